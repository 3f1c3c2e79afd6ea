/* Where the cards of a reader's slot are: what its interface is called and its descriptor tell.
 * Pure. */
#ifndef HOPKIOSK_DRIVERS_CARD_CCID_PLACE_H
#define HOPKIOSK_DRIVERS_CARD_CCID_PLACE_H

#include "drivers/card/ccid.h"

/* The later the more likely that a patient's card is put in there. */
enum ccid_place {
    CCID_PLACE_MODULE = 0, /* a slot for security modules */
    CCID_PLACE_HIDDEN,     /* alone among its like it tells nobody when a card comes */
    CCID_PLACE_CONTACTLESS,
    CCID_PLACE_UNKNOWN,
    CCID_PLACE_CONTACT
};

/* A string descriptor as it came (UTF-16), "ACR1581 1S Dual Reader ICC". */
enum ccid_place ccid_place_of_text(const uint8_t *descriptor, size_t length);
enum ccid_place ccid_place_of_info(const struct ccid_info *info);

#endif
