/* The public data of a social security card (LD/T 32, devices.md B): which APDU next, and what its
 * answer says. Pure. */
#ifndef HOPKIOSK_SOCIAL_CARD_H
#define HOPKIOSK_SOCIAL_CARD_H

#include "drivers/driver.h"

#define SOCIAL_CARD_APDU_MAX 32
#define SOCIAL_CARD_NAME_MAX 50 /* 30 bytes and the extension's 20, GB18030 */

struct social_card {
    int step, attempt; /* of the table of what is read */
    bool not_ours;     /* the card has no such application */
    size_t name_length;
    uint8_t name[SOCIAL_CARD_NAME_MAX];
    struct driver_card card;
};

/* The next APDU's length, 0: nothing more to ask. */
size_t social_card_next(const struct social_card *card, uint8_t out[SOCIAL_CARD_APDU_MAX]);
void social_card_answer(struct social_card *card, const uint8_t *data, size_t length,
                        uint16_t status);
/* True: it is a card of a person; `out` is filled. */
bool social_card_result(struct social_card *card, struct driver_card *out);

/* 4.2 of PC/SC 3: an answer to reset that a contactless reader made up. */
bool atr_is_contactless(const uint8_t *atr, size_t length);

#endif
