/* An order whose money goes back, in a story: it was not credited, or it is wanted back. */
#ifndef HOPKIOSK_TESTS_BACK_STORY_H
#define HOPKIOSK_TESTS_BACK_STORY_H

#include "tests/support/order_story.h"

static struct story story;

static inline enum claim_state claim(int i) {
    return story.order.claims[i].state;
}

/* The HIS refused the credit: the money goes back, the REFUND has left. */
static inline void reverse(void) {
    story_begin(&story, 1, CHANNEL_WECHAT);
    story_credit(&story);
    story_refuses(&story, 0);
    assert_int_equal(story.verb, VERB_NONE);
    story_durable(&story);
    assert_int_equal(story.verb, VERB_REFUND);
}

static inline enum refusal give_back(int i, int64_t fen) {
    struct order_rules rules = story_rules(&story);
    enum refusal refusal =
        order_refund_request(&story.order, &rules, i, (struct fen){fen}, story.now, &story.out);
    effects_clear(&story.out);
    return refusal;
}

/* Credited, and wanted back: ORG_005 has left. */
static inline void uncredit(int bills, int64_t fen) {
    story_begin(&story, bills, CHANNEL_WECHAT);
    story_credit(&story);
    story_answer(&story, (struct event_answer){.outcome = OUTCOME_ACCEPTED, .no = "SN"});
    story_durable(&story);
    assert_int_equal(give_back(0, fen), REFUSAL_NONE);
    story_durable(&story);
    assert_int_equal(story.verb, VERB_UNCREDIT);
}

static inline struct order_sums sums(void) {
    return order_sums(&story.order);
}

/* The platform refuses the refund under way: the payment itself is asked. */
static inline void refuse(void) {
    story_says(&story, OUTCOME_DECLINED, "0");
    assert_int_equal(story.verb, VERB_ASK);
    assert_int_equal(sums().in_cases.fen, 0);
    story_durable(&story);
}

#endif
