/* A social security card (LD/T 32 and 33, devices.md B): which APDU next, and what its answer says.
 * Its bank application is the pinpad's and is left alone. Pure. */
#ifndef HOPKIOSK_DRIVERS_CARD_SOCIAL_CARD_H
#define HOPKIOSK_DRIVERS_CARD_SOCIAL_CARD_H

#include "drivers/driver.h"

#define SOCIAL_APDU_MAX 64
#define SOCIAL_NAME_MAX 30
#define SOCIAL_NAME_EXTENSION_MAX 20

enum social_step { SOCIAL_END = 0, SOCIAL_SEND, SOCIAL_WAIT };

/* Who has the keys of cards of version 3.00, which give the person's data only to them: a PSAM or
 * the province's service. It exchanges APDUs with the card until the card is unlocked, or gives up.
 * Without an authority these data stay unread. */
struct social_authority {
    void *context;
    /* Takes the card's answer to the last APDU (NULL at first and after SOCIAL_WAIT) and gives the
     * next APDU. SOCIAL_END: it is done. */
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
    int file;       /* index in the table of files */
    int way;        /* index of the way of asking, which differs by card */
    int good_way;   /* the way that worked in the file before */
    int item;       /* of the file's tags, or the record's number */
    bool again;     /* asked once more, in another form */
    bool works;     /* the card understands this way of asking */
    bool not_ours;  /* the card has no such application */
    unsigned found; /* bit n: the file's n-th tag was found */

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
/* The next APDU. SOCIAL_WAIT: the authority has no answer yet, ask again later. */
enum social_step social_next(struct social_card *card, uint8_t apdu[SOCIAL_APDU_MAX],
                             size_t *length);
void social_answer(struct social_card *card, const uint8_t *data, size_t length, uint16_t status);
/* True when it is a person's card; name and the person's number may still be "". */
bool social_result(const struct social_card *card, struct driver_card *out);

#endif
