/* What onepay books of a desk's card payments: their money is at the pinpad. */
#ifndef HOPKIOSK_SIM_BOOKING_H
#define HOPKIOSK_SIM_BOOKING_H

#include <stdbool.h>

#include "app/core/event.h"

struct sim;
struct sim_request;

/* Is it about the booking of a card payment, not about its money? */
bool booking_serves_request(const struct sim_request *request);
void booking_act(struct sim *sim, const struct sim_request *request, struct event_answer *answer);

#endif
