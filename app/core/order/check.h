/* What must hold of an order at the door and at the exit of every turn, in the simulator and in
 * production: a bug of ours stops the program before anything wrong is written. */
#ifndef HOPKIOSK_CORE_ORDER_CHECK_H
#define HOPKIOSK_CORE_ORDER_CHECK_H

#include "app/core/order/order.h"

/* What is given once and never changes: numbers, routes, amounts. */
struct given {
    int leg_count, claim_count, share_count, refund_count;
    uint64_t digest; /* of the parts that there were */
};
struct given check_begin(const struct order *order);
void check_end(const struct order *order, const struct given *given);

#endif
