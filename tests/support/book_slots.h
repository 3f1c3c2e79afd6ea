/* A book whose slots are filled by hand: one bill of a person of its own for each. */
#ifndef HOPKIOSK_TESTS_BOOK_SLOTS_H
#define HOPKIOSK_TESTS_BOOK_SLOTS_H

#include <stdio.h>
#include <string.h>

#include "app/core/order/book.h"
#include "tests/support/one_leg.h"

#define NOON_MS INT64_C(1795150800000)

static struct book book;

static inline struct order *put_order(int slot, enum leg_state leg, enum claim_state claim) {
    struct order *order = &book.orders[slot];
    *order = (struct order){.service = SERVICE_BILLS, .leg_count = 1, .claim_count = 1};
    snprintf(order->no, sizeof order->no, "2611201200000042%04d", slot);
    snprintf(order->person.keys.cust, sizeof order->person.keys.cust, "cust of %d", slot);
    order->created_ms = NOON_MS;
    order->legs[0] = (struct leg){.route = ROUTE_UPP,
                                  .channel = CHANNEL_WECHAT,
                                  .state = leg,
                                  .amount = {1000},
                                  .expire_ms = NOON_MS + 180000,
                                  .watch_until_ms = NOON_MS + 86400000};
    memcpy(order->legs[0].no, order->no, ORDER_NO_SIZE);
    order->claims[0] = (struct claim){
        .state = claim, .amount = {1000}, .creditor = CREDITOR_TERMINAL, .org_trace_no = "B1"};
    one_leg_pays(order);
    order->run.used = true;
    return order;
}

#endif
