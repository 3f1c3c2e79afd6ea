/* A social security card (LD/T 32 and 33, devices.md B): which APDU next, and what its answer says.
 * Its bank application is the pinpad's and is left alone. Pure. */
#ifndef HOPKIOSK_DRIVERS_CARD_SOCIAL_CARD_H
#define HOPKIOSK_DRIVERS_CARD_SOCIAL_CARD_H

#include "drivers/driver.h"

#define SOCIAL_APDU_MAX 64
#define SOCIAL_NAME_MAX 30
#define SOCIAL_NAME_EXTENSION_MAX 20

enum social_step { SOCIAL_END = 0, SOCIAL_SEND, SOCIAL_WAIT };

/* Cards of 3.00 give the person's data only to who has keys: a PSAM or the province's service. It
 * talks to the card until it has opened it, or gives up. Where there is none, these data stay
 * unread. */
struct social_authority {
    void *context;
    /* The card's answer to the last APDU (NULL at first and after SOCIAL_WAIT) and the next APDU;
     * SOCIAL_END: it is done. */
    enum social_step (*next)(void *context, const uint8_t *answer, size_t answer_length,
                             uint16_t status, uint8_t apdu[SOCIAL_APDU_MAX], size_t *length);
};

enum social_phase {
    SOCIAL_APPLICATION = 0,
    SOCIAL_FILE,
    SOCIAL_TAGS,
    SOCIAL_RECORDS,
    SOCIAL_UNLOCK,
    SOCIAL_DONE
};

struct social_card {
    enum social_phase phase;
    int file;       /* of the table of what is wanted */
    int way;        /* of asking: cards differ */
    int good_way;   /* the one that worked in the file before */
    int item;       /* of the file's tags, or the record's number */
    bool again;     /* the same once more, otherwise */
    bool works;     /* this way of asking is understood */
    bool not_ours;  /* the card has no such application */
    unsigned found; /* bit n: of the file's tags */

    const struct social_authority *authority; /* NULL: none */
    bool authority_asked;
    int authority_rounds;
    enum social_step authority_step;
    size_t apdu_length;
    uint8_t apdu[SOCIAL_APDU_MAX];

    size_t name_length, extension_length;
    uint8_t name[SOCIAL_NAME_MAX], extension[SOCIAL_NAME_EXTENSION_MAX];
    char number[10], id_no[19];
};

void social_begin(struct social_card *card, const struct social_authority *authority);
/* The next APDU. SOCIAL_WAIT: the authority thinks, ask again later. */
enum social_step social_next(struct social_card *card, uint8_t apdu[SOCIAL_APDU_MAX],
                             size_t *length);
void social_answer(struct social_card *card, const uint8_t *data, size_t length, uint16_t status);
/* True: it is a card of a person; the name may be "", and the person's number too. */
bool social_result(const struct social_card *card, struct driver_card *out);

#endif
