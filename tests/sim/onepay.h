/* A platform that credits by itself. */
#ifndef HOPKIOSK_SIM_ONEPAY_H
#define HOPKIOSK_SIM_ONEPAY_H

#include "app/core/event.h"

struct sim;
struct sim_request;

void onepay_act(struct sim *sim, const struct sim_request *request, struct event_answer *answer);
void onepay_paid(struct sim *sim, int payment);

#endif
