/* A bill of 10.00 of which the insurance settles its part alone (setlType HI): 7.50 are paid by it,
 * 2.50 are left to be paid here. */
#ifndef HOPKIOSK_OWN_PART_STORY_H
#define HOPKIOSK_OWN_PART_STORY_H

#include "tests/support/insured_story.h"

static struct leg *const own = &story.order.legs[1];

/* The centre names who was paid. */
static inline void settles(enum settled_part part, int64_t own_fen) {
    struct event_answer answer = answer_in(OUTCOME_ACCEPTED, TRADE_PAID, "6");
    answer.has_amount = true;
    answer.amount.fen = 1000;
    answer.settled = (uint8_t)part;
    answer.split = (struct split){.own = {own_fen}, .fund = {own_fen < 1000 ? 1000 - own_fen : 0}};
    story_answer(&story, answer);
}

static inline void own_uploaded(void) {
    story_begin_own_part(&story);
    story_durable(&story);
    assert_int_equal(story.verb, VERB_PLACE);
    assert_int_equal(claim->creditor, CREDITOR_TERMINAL);
    says(OUTCOME_ACCEPTED, TRADE_NONE, "1");
    assert_int_equal(leg->state, LEG_WAITING);
}

/* Settled by the insurance, and the patient may choose how the rest is paid. */
static inline void own_is_due(int64_t own_fen) {
    own_uploaded();
    next_is(VERB_ASK);
    settles(SETTLED_INSURANCE, own_fen);
    story_durable(&story);
    assert_int_equal(leg->state, LEG_PAID);
}

/* ... and has chosen: the code is on the screen. */
static inline void own_is_shown(void) {
    own_is_due(250);
    story_choose(&story, CHANNEL_WECHAT);
    story_durable(&story);
    assert_int_equal(story.verb, VERB_PLACE);
    story_leg_hears(&story, 1, TRADE_WAIT);
    story_durable(&story);
    assert_int_equal(own->state, LEG_WAITING);
}

static inline void own_is_paid(void) {
    own_is_shown();
    next_is(VERB_ASK);
    story_leg_hears(&story, 1, TRADE_PAID);
    story_durable(&story);
    assert_int_equal(own->state, LEG_PAID);
}

static inline void own_is_credited(void) {
    own_is_paid();
    story_lists(&story, 0, 1);
    story_durable(&story);
    story_hears(&story, &order->run.claim[0],
                (struct event_answer){.outcome = OUTCOME_ACCEPTED, .no = "SN1"});
    story_durable(&story);
    assert_int_equal(claim->state, CLAIM_DONE);
}

/* What the centre says of the settlement that goes back; what upp says of the own part. */
static inline void insurance_is_back(enum trade_state trade, const char *code) {
    int refund = order->refunds[0].leg == 0 ? 0 : 1;
    story_hears(
        &story, &order->run.refund[refund],
        (struct event_answer){.outcome = OUTCOME_PENDING, .trade = TRADE_WAIT, .code = "1"});
    story_durable(&story);
    while (order->run.refund[refund].request == 0)
        assert_true(story_until_sent(&story, HOURS_MS));
    story_hears(&story, &order->run.refund[refund], answer_in(OUTCOME_UNKNOWN, trade, code));
    story_durable(&story);
}

static inline void own_is_back(enum outcome outcome) {
    int refund = order->refunds[0].leg == 1 ? 0 : 1;
    story_hears(&story, &order->run.refund[refund],
                (struct event_answer){.outcome = outcome, .code = "1"});
    story_durable(&story);
}

#endif
