/* What a pinpad has of an act that was sent to it, and what it is worth that it says it never had
 * one. */
#ifndef HOPKIOSK_CORE_ORDER_AT_PINPAD_H
#define HOPKIOSK_CORE_ORDER_AT_PINPAD_H

#include "app/core/order/turn.h"

/* Where an act for this leg leaves to now. Without a date just before and after the pinpad's
 * midnight. */
struct pos_place at_pinpad_place(const struct turn *turn, int leg);
/* The sale is about to be written, and with it where it leaves to; false: that stands there. */
bool at_pinpad_place_leg(const struct turn *turn, int leg);

/* Is this a code of the act, and not of the question about it? The pinpad has the act. */
bool at_pinpad_is_of_act(const char *code);
/* Keeps the code of an answer, but for one that says less than what is kept. */
void at_pinpad_keep_code(char kept[CODE_SIZE], const char *code);

/* The pinpad says that it never had the sale, void or refund that was sent `to` it, and is
 * believed: it is that pinpad, on the day of its own clock on which the act was sent, so it would
 * remember; it has never answered for the act (`kept`, the code of it); and nothing of it can be on
 * its way. */
bool at_pinpad_never_had(const struct turn *turn, const struct part_run *run,
                         const struct pos_place *to, const char *kept,
                         const struct event_answer *answer);

#endif
