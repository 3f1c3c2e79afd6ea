/* From the chosen channel to the open order. */
#ifndef HOPKIOSK_CORE_VISIT_CHECKOUT_H
#define HOPKIOSK_CORE_VISIT_CHECKOUT_H

#include "app/core/visit/screen.h"

/* Why a payment is refused without asking anybody; NOTICE_NONE when it is not. */
enum notice checkout_obstacle(const struct visit *visit);
struct next checkout_refuse(struct visit *visit, enum notice notice);
/* Asks what must be known first (the day's payments, the list again), then opens the order. */
struct next checkout_begin(struct visit *visit);
struct next checkout_answer(struct visit *visit, enum visit_question question,
                            const struct event_answer *answer);

#endif
