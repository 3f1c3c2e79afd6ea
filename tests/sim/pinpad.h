/* The bank's device. */
#ifndef HOPKIOSK_SIM_PINPAD_H
#define HOPKIOSK_SIM_PINPAD_H

#include <stdbool.h>

#include "app/core/event.h"

#define PINPAD_TERMINAL "SIM00001"

struct sim;
struct sim_request;

bool pinpad_serves_request(const struct sim *sim, const struct sim_request *request);
/* False: the patient is still at it, the answer comes with wire_reply. */
bool pinpad_act(struct sim *sim, const struct sim_request *request, int asked_by,
                struct event_answer *answer);
void pinpad_decide(struct sim *sim, int payment);

#endif
