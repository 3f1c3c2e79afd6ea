/* A bill whose fees are uploaded to the insurance first and whose message then goes to the
 * patient's phone, told in the words of the HIS and of the insurance. */
#ifndef HOPKIOSK_TESTS_UPLOADED_STORY_H
#define HOPKIOSK_TESTS_UPLOADED_STORY_H

#include "tests/support/insured_story.h"

#define HIS_SAYS_NO "fail" /* not settled, not yet */
#define PAY_ORD_ID "ORD350100202611290000000001"

static inline void begin_upload(void) {
    story_begin_by(&story, 1, CHANNEL_INSURANCE, ROUTE_AMP_UPLOADED);
    story_durable(&story);
    assert_int_equal(story.verb, VERB_PLACE);
}

/* Uploaded, durable: its message leaves with the number of the upload. */
static inline void push_uploaded(void) {
    begin_upload();
    story_answer(&story, answer_in(OUTCOME_ACCEPTED, TRADE_NONE, "1"));
    assert_int_equal(leg->state, LEG_PUSHED);
    assert_string_equal(leg->in_no, PAY_ORD_ID);
    assert_int_equal(story.verb, VERB_NONE); /* not before it is durable */
    story_durable(&story);
    assert_int_equal(story.verb, VERB_PUSH);
}

static inline void uploaded_and_pushed(void) {
    push_uploaded();
    assert_true(order_push_is_leaving(order));
    story_says(&story, OUTCOME_ACCEPTED, "SUCCESS");
    assert_int_equal(leg->state, LEG_PUSHED);
    assert_int_equal(story.note, NOTE_PUSHED);
    assert_true(order_push_is_sure(order));
    assert_false(order_push_is_leaving(order));
    story_durable(&story);
}

/* What one of them has answered may have had the other asked at once. */
static inline void asked_now_is(enum verb verb) {
    if (story.verb == VERB_NONE)
        next_is(verb);
    assert_int_equal(story.verb, verb);
}

static inline void his_says(enum outcome outcome, const char *code) {
    asked_now_is(VERB_ASK_CREDIT);
    story_says(&story, outcome, code);
}

static inline void his_has_it(void) {
    struct event_answer answer = {.outcome = OUTCOME_ACCEPTED, .code = "succ", .no = "SN77"};
    strcpy(answer.in_no, "AMP0001");
    asked_now_is(VERB_ASK_CREDIT);
    story_answer(&story, answer);
}

static inline void centre_says(enum outcome outcome, enum trade_state trade, const char *code) {
    asked_now_is(VERB_ASK);
    says(outcome, trade, code);
}

static inline void centre_settled(void) {
    asked_now_is(VERB_ASK);
    says_split(OUTCOME_ACCEPTED, TRADE_PAID, "6", 250);
}

#endif
