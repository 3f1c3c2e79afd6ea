/* What can go back of what was paid, until when, and how a balance is spread over the payments it
 * came from. Pure; nothing here moves money. */
#ifndef HOPKIOSK_CORE_VISIT_REFUNDABLE_H
#define HOPKIOSK_CORE_VISIT_REFUNDABLE_H

#include "app/core/order/payments.h"
#include "app/core/visit/notice.h"

/* What goes back, one payment after the other. */
#define REFUND_STEPS_MAX 16
struct refund_step {
    char order_no[ORDER_NO_SIZE];
    char refund_no[ORDER_NO_SIZE]; /* "" until it has one */
    int claim;
    struct fen amount;
    bool done; /* definitely */
};
struct refund_plan {
    int count;
    struct fen sum;
    struct refund_step steps[REFUND_STEPS_MAX];
};

/* Against what a payment is measured. */
struct refund_rules {
    const struct policy *policy;
    enum account_type account; /* of who stands there */
    struct fen balance;        /* of that account: a deposit that was spent cannot go back */
    int64_t wall_ms;
};

struct refund_offer {
    enum notice obstacle; /* NOTICE_NONE: `rest` may go back */
    struct fen rest;      /* 0 beside an obstacle */
    int64_t until_ms;     /* wall; the last moment its route allows it here */
    bool in_parts;        /* else whole or not at all */
};
struct refund_offer refund_offer(const struct refund_rules *rules, const struct payment_list *list,
                                 const struct payment_item *item);

/* Was it ever credited, so that it is shown among what may go back? */
bool refund_is_shown(const struct payment_item *item);
/* The index of the n-th (from 0) shown item; -1: there are not so many. */
int refund_shown(const struct payment_list *list, int n);

/* The account's deposits, newest first: together not more than the balance, each not more than its
 * rest. */
void refund_plan_balance(const struct refund_rules *rules, const struct payment_list *list,
                         struct refund_plan *out);
void refund_plan_one(const struct payment_list *list, const struct payment_item *item,
                     struct fen amount, struct refund_plan *out);

#endif
