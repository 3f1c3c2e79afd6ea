/* What an order holds: the lines and numbers of its bills, so that nobody pays them a second time
 * while it may be credited, or is; and its caller's number, which is one payment for ever. */
#ifndef HOPKIOSK_CORE_ORDER_HOLDS_H
#define HOPKIOSK_CORE_ORDER_HOLDS_H

#include "app/core/order/order.h"

#define HOLD_OF_ORDER CLAIMS_MAX /* no claim's: never let go of */

struct hold {
    uint8_t claim; /* or HOLD_OF_ORDER */
    char key[HOLD_KEY_SIZE];
};

/* May the claim still be credited, or is it, or does a person decide about it? */
bool order_claim_holds(const struct order *order, int claim);
/* Is only a part of it for a person, as the own part of an insured bill may be? The rest was
 * credited, and stands whatever they decide: nobody may pay it again. */
bool order_rest_is_booked(const struct order *order, int claim);
/* The insurance called an upload of it revoked, and has not shown it unpaid: it may be settled yet,
 * or was, and a person decides. */
bool order_may_settle_yet(const struct order *order);
/* What a new order holds, with the list that its bills were chosen from (NULL: none): into at most
 * `max` of `out`. Returns how many there are. */
int order_holds(const struct order *order, const struct bill_list *bills, struct hold *out,
                int max);
/* The key of a bill's own number. Returns `out`. */
char *hold_key_of_number(const char *org_trace_no, char out[HOLD_KEY_SIZE]);
/* The key of the number that a caller of the desk pays by. Returns `out`. */
char *hold_key_of_caller(const char *caller_no, char out[HOLD_KEY_SIZE]);

#endif
