/* What goes back of a portal's settlement. */
#ifndef HOPKIOSK_SIM_AMP_REFUND_H
#define HOPKIOSK_SIM_AMP_REFUND_H

#include "app/core/event.h"
#include "app/core/order/order.h"

struct sim;
struct sim_payment;
struct sim_request;

/* A refund, or a question about one. */
void amp_refund(struct sim *sim, const struct sim_request *request, struct event_answer *answer);
/* The payment that the portal settled under this trace; -1: it is none of the portal's. */
int amp_payment_of(const struct sim *sim, const char *amp_trace_id);
/* A refund that the portal has never heard of: nothing that it says about it is definite. */
bool amp_has_no_refund(const struct sim *sim, const struct order *order, int refund);
/* The books of an order of which something was wanted back. */
void amp_check_refunds(struct sim *sim, const struct order *order,
                       const struct sim_payment *payment);

#endif
