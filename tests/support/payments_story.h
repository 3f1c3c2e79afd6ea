/* Orders of before, as a journal would give them back: credited and settled, the person's numbers
 * blank. */
#ifndef HOPKIOSK_TESTS_PAYMENTS_STORY_H
#define HOPKIOSK_TESTS_PAYMENTS_STORY_H

#include <string.h>

#include "app/core/order/payments.h"
#include "tests/support/one_leg.h"

#define DAY_MS INT64_C(86400000)

static inline struct order paid_order(const char *no, const char *patient_key, enum service service,
                                      int64_t fen, int64_t paid_ms) {
    struct order order = {.service = service, .leg_count = 1, .created_ms = paid_ms - 60000};
    struct leg *leg = &order.legs[0];

    memcpy(order.no, no, ORDER_NO_SIZE);
    memcpy(order.person.keys.id, patient_key, strlen(patient_key) + 1);
    *leg = (struct leg){.route = ROUTE_UPP,
                        .channel = CHANNEL_WECHAT,
                        .state = LEG_PAID,
                        .amount = {fen},
                        .paid_ms = paid_ms,
                        .out_no = "YT1"};
    memcpy(leg->no, no, ORDER_NO_SIZE);
    return order;
}

static inline void add_done(struct order *order, const char *trace_no, int64_t fen) {
    struct claim *claim = &order->claims[order->claim_count++];

    *claim = (struct claim){.state = CLAIM_DONE, .amount = {fen}, .call_sn = "SN1"};
    memcpy(claim->org_trace_no, trace_no, strlen(trace_no) + 1);
    memcpy(claim->doc_trace_no, trace_no, strlen(trace_no) + 1);
    one_leg_pays(order);
}

static inline struct order paid_deposit(const char *no, const char *patient_key, int64_t fen,
                                        int64_t paid_ms) {
    struct order order = paid_order(no, patient_key, SERVICE_DEPOSIT, fen, paid_ms);

    order.person.account_type = ACCOUNT_INPATIENT;
    add_done(&order, no, fen);
    return order;
}

static inline struct order paid_bills(const char *no, const char *patient_key, int64_t paid_ms) {
    struct order order = paid_order(no, patient_key, SERVICE_BILLS, 16450, paid_ms);

    order.person.account_type = ACCOUNT_OUTPATIENT;
    add_done(&order, "B1", 12850);
    add_done(&order, "B2", 3600);
    return order;
}

/* Newest first, as they are given. */
static inline struct payment_list listed(const struct order *const *orders, int count) {
    struct payment_list list = {.head.kind = DOCUMENT_PAYMENTS};

    for (int i = 0; i < count; i++) {
        list.keys = orders[i]->person.keys; /* theirs, whoever they are */
        (void)payments_add(&list, orders[i]);
    }
    return list;
}

#endif
