/* A bill that medical insurance pays, told in the words of the centre (mmpc 1.3): of 10.00 the
 * patient pays 2.50 and the account 1.00. */
#ifndef HOPKIOSK_INSURED_STORY_H
#define HOPKIOSK_INSURED_STORY_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "app/core/order/holds.h"
#include "app/core/order/shares.h"
#include "app/core/order/verdict.h"
#include "tests/support/order_story.h"

#define HOURS_MS INT64_C(3600000)

static struct story story;
static struct order *const order = &story.order;
static struct leg *const leg = &story.order.legs[0];
static struct claim *const claim = &story.order.claims[0];

static inline struct event_answer answer_in(enum outcome outcome, enum trade_state trade,
                                            const char *code) {
    struct event_answer answer = {.outcome = outcome, .trade = trade, .reached = true};
    strcpy(answer.code, code);
    strcpy(answer.in_no, "ORD350100202611290000000001");
    return answer;
}

static inline void says(enum outcome outcome, enum trade_state trade, const char *code) {
    story_answer(&story, answer_in(outcome, trade, code));
    story_durable(&story);
}

static inline void says_split(enum outcome outcome, enum trade_state trade, const char *code,
                              int64_t own_fen) {
    struct event_answer answer = answer_in(outcome, trade, code);
    answer.has_amount = true;
    answer.amount.fen = 1000;
    int64_t account_fen = own_fen > 900 ? 0 : 100;
    int64_t fund_fen = own_fen > 900 ? 0 : 900 - own_fen;
    answer.split = (struct split){.own = {own_fen}, .account = {account_fen}, .fund = {fund_fen}};
    story_answer(&story, answer);
    story_durable(&story);
}

static inline void next_is(enum verb verb) {
    assert_true(story_until_sent(&story, HOURS_MS));
    assert_int_equal(story.verb, verb);
}

static inline void upload(void) {
    story_begin(&story, 1, CHANNEL_INSURANCE);
    story_durable(&story);
    assert_int_equal(story.verb, VERB_PLACE);
    assert_int_equal(claim->creditor, CREDITOR_PLATFORM);
}

static inline void uploaded(void) {
    upload();
    says(OUTCOME_ACCEPTED, TRADE_NONE, "1");
    assert_int_equal(leg->state, LEG_WAITING);
    assert_string_equal(leg->in_no, "ORD350100202611290000000001");
}

/* The patient leaves: asked about first, and while it is open the revoke is on its way. */
static inline void revoking(void) {
    uploaded();
    story_cancel(&story);
    story_durable(&story);
    next_is(VERB_ASK);
    says(OUTCOME_PENDING, TRADE_WAIT, "1");
    assert_int_equal(leg->state, LEG_CLOSING);
    assert_int_equal(story.verb, VERB_CLOSE);
}

static inline void settled(void) {
    uploaded();
    next_is(VERB_ASK);
    says_split(OUTCOME_ACCEPTED, TRADE_PAID, "6", 250);
}

static inline enum refusal want_back(int64_t fen) {
    struct order_rules rules = story_rules(&story);
    effects_clear(&story.out);
    return order_refund_request(order, &rules, 0, (struct fen){fen}, story.now, &story.out);
}

#endif
