/* From the chosen channel to the open order. */
#ifndef HOPKIOSK_CORE_VISIT_CHECKOUT_H
#define HOPKIOSK_CORE_VISIT_CHECKOUT_H

#include "app/core/visit/screen.h"

/* The question how to pay; where the terminal has but one way, and it works, straight on to it. */
struct next checkout_ask_way(struct visit *visit);
/* The patient pays this way. */
struct next checkout_by(struct visit *visit, enum channel channel);
/* Why a payment is refused without asking anybody; NOTICE_NONE when it is not. */
enum notice checkout_obstacle(const struct visit *visit);
struct next checkout_refuse(struct visit *visit, enum notice notice);
/* Asks what must be known first (the day's payments, the list again), then opens the order. */
struct next checkout_begin(struct visit *visit);
/* The same with the patient's e-insurance code, which is decoded first where the region has a
 * gateway for that. */
struct next checkout_begin_insured(struct visit *visit);
struct next checkout_answer(struct visit *visit, enum visit_question question,
                            const struct event_answer *answer);

#endif
