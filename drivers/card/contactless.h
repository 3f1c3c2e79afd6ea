/* The UID of a contactless card as the hospital writes it. Pure. */
#ifndef HOPKIOSK_DRIVERS_CARD_CONTACTLESS_H
#define HOPKIOSK_DRIVERS_CARD_CONTACTLESS_H

#include "drivers/driver.h"

/* PC/SC part 3: GET DATA, answered by the reader. */
extern const uint8_t contactless_get_uid[5];

/* False: no number a card keeps. Four bytes that begin with 08 are made up anew each time (ISO
 * 14443-3). `out` is at least 41 bytes. */
bool contactless_number(const uint8_t *uid, size_t length, enum driver_uid_form form, char *out);

#endif
