/* What a patient paid at this terminal, as the journal has it: a bounded document of facts that the
 * shell reads, and one whole order that is opened again. What may go back of it: refund.h. */
#ifndef HOPKIOSK_CORE_ORDER_PAYMENTS_H
#define HOPKIOSK_CORE_ORDER_PAYMENTS_H

#include "app/core/order/verdict.h"

#define PAYMENTS_MAX 48
#define PAYMENT_ITEMS_MAX 256

#define PAYMENT_PLACE_SIZE 5 /* terminal.no, as it stands in the order's number and on receipts */

/* What one order came to. */
struct payment {
    char order_no[ORDER_NO_SIZE];
    char elsewhere[PAYMENT_PLACE_SIZE]; /* the other machine that took it: only to be read here, it
                                           has no items; "" this one */
    enum service service;
    enum account_type account_type;
    enum route route;
    enum channel channel; /* the one that paid, where it is known */
    enum verdict verdict;
    bool perhaps_paid;                        /* NOT_PAID: order_perhaps_paid */
    bool may_settle;                          /* ... order_may_settle_yet */
    int64_t created_ms, paid_ms, returned_ms; /* wall; 0 none */
    struct fen amount;                        /* asked */
    struct fen returned;                      /* definitely */
    bool of_caller;                           /* of a desk's window software */
    bool portal_keeps;                        /* settled by a portal that returns it alone */
    bool returnable;                          /* to whose list this is (patient_keys_agree) */
    char case_no[ORDER_CASE_NO_SIZE];         /* "" none */
    int first_item, item_count;               /* its claims, in payment_list.items */
};

/* One claim of it: a bill, or a deposit. */
struct payment_item {
    int payment; /* row of payment_list.rows */
    int claim;
    enum claim_state state;
    bool unproven;        /* DONE, as far as the HIS shows */
    bool taken_elsewhere; /* DONE, and given back at a window */
    bool to_window;       /* DONE, and left to a person (order.to_window) */
    struct fen amount, refunded;
    bool insured;           /* it goes back whole, or its own part alone */
    struct fen own;         /* ... which is so much, and may go back alone; 0: not any more */
    struct fen uncrediting; /* the HIS may take so much back at any moment */
};

/* Newest first. */
struct payment_list {
    struct document head;
    struct patient_keys keys;                 /* whose list it is */
    struct fen patient_today, terminal_today; /* paid, or perhaps paid, since midnight */
    bool more;                                /* there are older ones */
    bool partly;                              /* some cannot be read */
    bool here_only;                           /* what other machines took is not known now */
    int count, item_count;
    struct payment rows[PAYMENTS_MAX];
    struct payment_item items[PAYMENT_ITEMS_MAX];
};

/* An order read back to be looked at, or to be given back. */
struct order_document {
    struct document head;
    struct order order;
};

/* What an order is as a row, but for `returnable`; items are not touched. */
void payment_of_order(const struct order *order, struct payment *out);
/* False and `more` when there is no room. */
bool payments_add(struct payment_list *list, const struct order *order);
/* Of another machine, into its place by time. One that the list has, or that is somebody else's, is
 * left out. */
void payments_add_elsewhere(struct payment_list *list, const struct order *order);

#endif
