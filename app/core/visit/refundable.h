/* What of a payment may be given back and until when, and how a balance is spread over the payments
 * it came from. Pure: nothing here moves money. */
#ifndef HOPKIOSK_CORE_VISIT_REFUNDABLE_H
#define HOPKIOSK_CORE_VISIT_REFUNDABLE_H

#include "app/core/order/payments.h"
#include "app/core/visit/notice.h"

/* The plan of a refund: a step a payment. */
#define REFUND_STEPS_MAX 16
struct refund_step {
    char order_no[ORDER_NO_SIZE];
    char refund_no[ORDER_NO_SIZE]; /* "" before it begins */
    int claim;
    struct fen amount;
    bool done; /* it has definitely gone back */
};
struct refund_plan {
    int count;
    struct fen sum;
    struct refund_step steps[REFUND_STEPS_MAX];
};

/* What the offer of a refund depends on. */
struct refund_rules {
    const struct policy *policy;
    enum account_type account; /* of the visit's person */
    struct fen balance;        /* of that account: a spent deposit cannot go back */
    bool insured_code;         /* this visit has the patient's e-insurance code */
    int64_t wall_ms;
};

struct refund_offer {
    enum notice obstacle; /* NOTICE_NONE: `rest` may go back */
    struct fen rest;      /* 0 when there is an obstacle */
    int64_t until_ms;     /* wall time until which the route allows it */
    bool in_parts;        /* false: whole or not at all */
};
struct refund_offer refund_offer(const struct refund_rules *rules, const struct payment_list *list,
                                 const struct payment_item *item);

/* True when it was ever credited: only those are shown for a refund. */
bool refund_is_shown(const struct payment_item *item);
/* The index of the n-th (from 0) shown item; -1 when there are fewer. */
int refund_shown(const struct payment_list *list, int n);

/* Plans the account's deposits, newest first: together at most the balance, each at most its rest.
 */
void refund_plan_balance(const struct refund_rules *rules, const struct payment_list *list,
                         struct refund_plan *out);
void refund_plan_one(const struct payment_list *list, const struct payment_item *item,
                     struct fen amount, struct refund_plan *out);

#endif
