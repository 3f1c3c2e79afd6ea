/* A core whose book fills with orders that the journal brings. */
#ifndef HOPKIOSK_TESTS_BOOK_STORY_H
#define HOPKIOSK_TESTS_BOOK_STORY_H

#include <stdio.h>

#include "tests/support/one_leg.h"
#include "tests/support/patient.h"

static struct core core;
static struct effects out;
static const struct now noon = {NOON_MS, 1000};
static struct now now;

static inline struct order an_order(int n, enum leg_state leg, enum claim_state claim) {
    struct order order = {.service = SERVICE_DEPOSIT, .leg_count = 1, .claim_count = 1};
    snprintf(order.no, sizeof order.no, "2611201200000042%04u", (unsigned)n % 10000);
    order.legs[0] = (struct leg){.route = ROUTE_UPP,
                                 .channel = CHANNEL_WECHAT,
                                 .state = leg,
                                 .amount = {1000},
                                 .expire_ms = NOON_MS + 180000,
                                 .watch_until_ms = NOON_MS + 86400000};
    memcpy(order.legs[0].no, order.no, ORDER_NO_SIZE);
    order.claims[0] = (struct claim){.state = claim, .amount = {1000}};
    one_leg_pays(&order);
    if (claim == CLAIM_CASE)
        order.claims[0].reason = CASE_CREDIT_UNKNOWN;
    return order;
}

/* No slot is free, and a visit looks at order 105. */
static inline void full_book_one_shown(void) {
    for (int i = 0; i < ORDERS_MAX; i++) {
        core.book.orders[i] = an_order(i + 100, LEG_WAITING, CLAIM_WAITING);
        core.book.orders[i].run.used = true;
    }
    core.book.orders[5] = an_order(105, LEG_PAID, CLAIM_DONE);
    core.book.orders[5].run.used = true;
    core.session.payment.slot = 5;
}

/* As the journal's thread brings it; true: it has a slot. */
static inline bool fetch(const struct order *order, int64_t next_ms) {
    static struct due_order due;
    due = (struct due_order){
        .head.kind = DOCUMENT_DUE_ORDER, .found = order != NULL, .next_ms = next_ms};
    if (order != NULL)
        due.order = *order;
    core_step(&core, &(struct event){.kind = EVENT_TICK, .now = now}, &out);
    assert_true(core.book.fetch_request != 0);
    struct event event = {.kind = EVENT_ANSWER,
                          .now = now,
                          .of.answer = {.request = core.book.fetch_request,
                                        .verb = VERB_FETCH,
                                        .outcome = OUTCOME_ACCEPTED,
                                        .reached = true,
                                        .document = &due.head}};
    core_step(&core, &event, &out);
    return order != NULL && book_find(&core.book, order->no) >= 0;
}

static inline bool restore(int n, enum leg_state leg, enum claim_state claim) {
    struct order order = an_order(n, leg, claim);
    return fetch(&order, now.wall_ms);
}

static inline int open_core(void **state) {
    struct core_setup setup = usual_setup();
    (void)state;
    now = noon;
    core_init(&core, &setup, noon);
    return 0;
}

static inline void wait_for(int64_t ms) {
    now.wall_ms += ms;
    now.mono_ms += ms;
}

static inline int effects_of(enum effect_kind kind) {
    int count = 0;
    for (int i = 0; i < out.count; i++)
        count += out.items[i].kind == kind;
    return count;
}

static inline bool asks_for_due(void) {
    core_step(&core, &(struct event){.kind = EVENT_TICK, .now = now}, &out);
    return core.book.fetch_request != 0;
}

#endif
