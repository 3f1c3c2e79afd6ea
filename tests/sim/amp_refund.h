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
/* The payment of this order, or of another with the same bill, whose message was settled; -1: there
 * is none. Two may stand on a phone when a person has decided about the first too early. */
int amp_settled_by(const struct sim *sim, const struct order *order);
/* A refund that the portal has never heard of: nothing that it says about it is definite. */
bool amp_has_no_refund(const struct sim *sim, const struct order *order, int refund);
/* The books of an order of which something was wanted back. */
void amp_check_refunds(struct sim *sim, const struct order *order);

#endif
