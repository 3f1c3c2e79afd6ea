/* What became of each order, and what was sent for it. */
#ifndef HOPKIOSK_SIM_OUTCOME_H
#define HOPKIOSK_SIM_OUTCOME_H

#include "app/core/order/order.h"

struct sim;
struct sim_request;

/* A message has left. */
void outcome_note_sent(struct sim *sim, const struct sim_request *request);
/* What became of an order at the end. */
void outcome_note_order(struct sim *sim, const struct order *order);

#endif
