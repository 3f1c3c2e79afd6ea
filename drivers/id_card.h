/* The text of an ID card: four layouts (devices.md A3). Pure. */
#ifndef HOPKIOSK_ID_CARD_H
#define HOPKIOSK_ID_CARD_H

#include "drivers/driver.h"

#define ID_CARD_TEXT_BYTES 256

/* The reply to "read base": lengths, text, photograph. NULL: no text in it. */
const uint8_t *id_card_text(const uint8_t *data, size_t length);
/* False: no number, or one whose check digit is wrong. */
bool id_card_read(const uint8_t text[ID_CARD_TEXT_BYTES], struct driver_card *out);
/* 18 characters that pass MOD 11-2 (GB 11643). */
bool id_number_is_good(const char *number);

#endif
