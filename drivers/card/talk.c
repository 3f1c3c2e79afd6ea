#include "drivers/card/talk.h"

#include <string.h>

#include "drivers/card/contactless.h"

void card_talk_begin(struct card_talk *talk, const struct atr *atr, bool tpdu,
                     enum driver_uid_form form) {
    explicit_bzero(talk, sizeof *talk);
    talk->contactless = atr->contactless;
    talk->tpdu = tpdu && !atr->contactless;
    talk->uid = atr->storage;
    talk->uid_form = form;
    social_begin(&talk->social, NULL);
}

static enum card_talk_step say_apdu(struct card_talk *talk, const uint8_t *command, size_t length,
                                    uint8_t *out, size_t *out_length) {
    *out_length = t0_begin(&talk->t0, talk->tpdu, command, length, out);
    return *out_length > 0 ? TALK_SEND : TALK_UNKNOWN;
}

static enum card_talk_step end_uid(struct card_talk *talk) {
    const struct t0 *t0 = &talk->t0;
    talk->card = (struct driver_card){.kind = DRIVER_CARD_CONTACTLESS};
    bool known = t0->status == 0x9000 && contactless_number(t0->answer, t0->answer_length,
                                                            talk->uid_form, talk->card.number);
    return known ? TALK_KNOWN : TALK_UNKNOWN;
}

static enum card_talk_step talk_go_on(struct card_talk *talk, uint8_t *out, size_t *out_length) {
    uint8_t apdu[SOCIAL_APDU_MAX];
    size_t length;
    switch (social_next(&talk->social, apdu, &length)) {
    case SOCIAL_SEND:
        return say_apdu(talk, apdu, length, out, out_length);
    case SOCIAL_WAIT:
        return TALK_WAIT;
    case SOCIAL_END:
        break;
    }
    if (social_result(&talk->social, &talk->card))
        return TALK_KNOWN;
    if (!talk->contactless)
        return TALK_UNKNOWN;
    talk->uid = true;
    return say_apdu(talk, contactless_get_uid, sizeof contactless_get_uid, out, out_length);
}

enum card_talk_step card_talk_next(struct card_talk *talk, const uint8_t *answer,
                                   size_t answer_length, uint8_t out[T0_BLOCK_MAX],
                                   size_t *length) {
    if (answer_length == 0)
        return talk->uid
                   ? say_apdu(talk, contactless_get_uid, sizeof contactless_get_uid, out, length)
                   : talk_go_on(talk, out, length);
    *length = t0_answer(&talk->t0, answer, answer_length, out);
    if (*length > 0)
        return TALK_SEND;
    if (talk->uid)
        return end_uid(talk);
    social_answer(&talk->social, talk->t0.answer, talk->t0.answer_length, talk->t0.status);
    return talk_go_on(talk, out, length);
}
