/* An order that several legs pay: its codes and its card, each heard by itself. */
#ifndef HOPKIOSK_SPLIT_STORY_H
#define HOPKIOSK_SPLIT_STORY_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "app/core/order/shares.h"
#include "tests/support/order_story.h"

static struct story story;
static struct order *const order = &story.order;

/* A bill of 10.00: 6.00 by WeChat, 4.00 by Alipay. */
static const struct story_leg two_codes[] = {{CHANNEL_WECHAT, 600}, {CHANNEL_ALIPAY, 400}, {0}};
/* A deposit of 100.00: 60.00 by card, 40.00 by WeChat. */
static const struct story_leg card_and_code[] = {{CHANNEL_CARD, 6000}, {CHANNEL_WECHAT, 4000}, {0}};

static inline struct order_sums sums(void) {
    return order_sums(order);
}

static inline void durable(void) {
    while (order->run.durable_wait != 0)
        story_durable(&story);
}

/* Two codes stand on the screen. */
static inline void at_codes(int bills, const struct story_leg *legs) {
    story_begin_split(&story, bills, legs);
    durable();
    story_leg_hears(&story, 0, TRADE_WAIT);
    durable();
    story_leg_hears(&story, 1, TRADE_WAIT);
    durable();
}

static inline void at_two_codes(int bills) {
    at_codes(bills, two_codes);
}

/* The next asking of this leg, whatever else is asked meanwhile. */
static inline void ask_leg(int leg) {
    for (int i = 0; i < 100 && order->run.leg[leg].request == 0; i++)
        story_tick(&story, 1000);
    assert_true(order->run.leg[leg].request != 0);
}

static inline void leg_turns_out(int leg, enum trade_state trade) {
    ask_leg(leg);
    story_leg_hears(&story, leg, trade);
}

/* A deposit, 60.00 of it by card and 40.00 by code, all there: its ORG_003 has left. */
static inline void card_and_code_pay(void) {
    story_begin_split(&story, 0, card_and_code);
    durable();
    story_leg_hears(&story, 1, TRADE_WAIT);
    story_leg_hears(&story, 0, TRADE_PAID);
    durable();
    leg_turns_out(1, TRADE_PAID);
    durable();
}

/* A code that failed is closed; then nothing comes of it. */
static inline void leg_fails(int leg) {
    leg_turns_out(leg, TRADE_FAILED);
    durable();
    assert_int_equal(order->run.leg[leg].verb, VERB_CLOSE);
    story_hears(&story, &order->run.leg[leg], (struct event_answer){.outcome = OUTCOME_ACCEPTED});
}

/* The close leaves as soon as nothing is asked any more, and hears this. */
static inline void close_hears(int leg, struct event_answer answer) {
    durable();
    if (order->run.leg[leg].verb == VERB_ASK && order->run.leg[leg].request != 0)
        story_leg_hears(&story, leg, TRADE_WAIT);
    durable();
    assert_int_equal(order->run.leg[leg].verb, VERB_CLOSE);
    story_hears(&story, &order->run.leg[leg], answer);
}

static inline void refund_says(int refund, enum outcome outcome) {
    durable();
    assert_int_equal(order->run.refund[refund].verb, VERB_REFUND);
    story_hears(&story, &order->run.refund[refund], (struct event_answer){.outcome = outcome});
}

#endif
