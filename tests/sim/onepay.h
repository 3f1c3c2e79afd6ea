/* A platform that credits by itself. */
#ifndef HOPKIOSK_SIM_ONEPAY_H
#define HOPKIOSK_SIM_ONEPAY_H

#include "app/core/event.h"

struct sim;
struct sim_request;
struct sim_refund;

void onepay_act(struct sim *sim, const struct sim_request *request, struct event_answer *answer);
/* What a refund, made or refused, is answered; what is said of it (NULL: there is none). */
void onepay_answer_refund(const struct sim *sim, struct sim_refund *refund, const char *refusal,
                          struct event_answer *answer);
void onepay_tell_refund(const struct sim *sim, struct sim_refund *refund,
                        struct event_answer *answer);
void onepay_paid(struct sim *sim, int payment);

#endif
