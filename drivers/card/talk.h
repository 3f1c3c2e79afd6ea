/* The exchange with a card until it is known whose it is: a social security card by its
 * application, a contactless card of the hospital by its UID. Pure. */
#ifndef HOPKIOSK_DRIVERS_CARD_TALK_H
#define HOPKIOSK_DRIVERS_CARD_TALK_H

#include "drivers/card/atr.h"
#include "drivers/card/social_card.h"
#include "drivers/card/t0.h"

enum card_talk_step {
    TALK_SEND = 0,
    TALK_WAIT,   /* the authority has not answered: ask again later */
    TALK_KNOWN,  /* talk->card says whose it is */
    TALK_UNKNOWN /* a card of another kind */
};

struct card_talk {
    bool tpdu, uid; /* uid: the UID is asked for */
    enum driver_uid_form uid_form;
    bool contactless;
    struct t0 t0;
    struct social_card social;
    struct driver_card card;
};

/* tpdu: the reader takes TPDUs of T=0. */
void card_talk_begin(struct card_talk *talk, const struct atr *atr, bool tpdu,
                     enum driver_uid_form form);
/* Takes the card's answer to the last block (length 0 at first and after TALK_WAIT) and gives the
 * next block. */
enum card_talk_step card_talk_next(struct card_talk *talk, const uint8_t *answer,
                                   size_t answer_length, uint8_t out[T0_BLOCK_MAX], size_t *length);

#endif
