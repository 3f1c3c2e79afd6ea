/* Writes the UID of a contactless card as the hospital does. Pure. */
#ifndef HOPKIOSK_DRIVERS_CARD_CONTACTLESS_H
#define HOPKIOSK_DRIVERS_CARD_CONTACTLESS_H

#include "drivers/driver.h"

/* GET DATA of PC/SC part 3, answered by the reader. */
extern const uint8_t contactless_get_uid[5];

/* False when it is no permanent number: four bytes that begin with 08 are random each time (ISO
 * 14443-3). `out` has at least 41 bytes. */
bool contactless_number(const uint8_t *uid, size_t length, enum driver_uid_form form, char *out);

#endif
