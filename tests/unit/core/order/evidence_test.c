/* links: app/core/order/ app/core/terms/ tests/support/order_story.c */
/* What an answer proves, and what it only seems to prove. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/order_story.h"

static struct story story;

static enum leg_state leg(void) {
    return story.order.legs[0].state;
}

static const struct claim *claim(int i) {
    return &story.order.claims[i];
}

static const struct refund *refund(int i) {
    return &story.order.refunds[i];
}

static void waits_for(int64_t ms) {
    if (story.verb == VERB_NONE)
        assert_true(story_until_sent(&story, ms));
}

static void a_credit_that_is_pending_is_not_done(void **state) {
    (void)state;
    story_begin(&story, 1, CHANNEL_WECHAT);
    story_credit(&story);
    story_says(&story, OUTCOME_PENDING, "00");
    assert_int_equal(claim(0)->state, CLAIM_CREDIT_UNKNOWN);
    waits_for(5000);
    assert_int_equal(story.verb, VERB_ASK_CREDIT);
    story_says(&story, OUTCOME_PENDING, "00");
    assert_int_equal(claim(0)->state, CLAIM_CREDIT_UNKNOWN);
    assert_int_equal(order_sums(&story.order).credited.fen, 0);
}

/* `exp`: it may have settled. Only an HIS that has nothing may be sent the same again. */
static void a_hospital_that_does_not_know_yet_is_not_sent_the_same_again(void **state) {
    (void)state;
    story_begin(&story, 1, CHANNEL_WECHAT);
    story_credit(&story);
    story_says(&story, OUTCOME_UNKNOWN, "exp");
    story_durable(&story);
    int64_t quiet_ms = story.now.mono_ms + 2 * story.limits.credit_quiet_ms;
    while (story.now.mono_ms < quiet_ms) {
        waits_for(60000);
        assert_int_equal(story.verb, VERB_ASK_CREDIT);
        story_says(&story, OUTCOME_UNKNOWN, "exp");
    }
    waits_for(60000);
    story_says(&story, OUTCOME_UNKNOWN, "01");
    waits_for(60000);
    assert_int_equal(story.verb, VERB_BILLS);
    assert_int_equal(claim(0)->tries, 1);
}

static void another_receipt_for_the_same_credit_is_a_case(void **state) {
    (void)state;
    story_begin(&story, 1, CHANNEL_WECHAT);
    story_credit(&story);
    story_says(&story, OUTCOME_UNKNOWN, "");
    memcpy(story.order.claims[0].call_sn, "SN1", sizeof "SN1");
    waits_for(5000);
    story_answer(&story,
                 (struct event_answer){.outcome = OUTCOME_ACCEPTED, .no = "SN2", .code = "00"});
    assert_int_equal(claim(0)->state, CLAIM_CASE);
    assert_int_equal(claim(0)->reason, CASE_CREDIT_CONTRADICTS);
    assert_string_equal(claim(0)->call_sn, "SN1");
}

static void paid_without_a_time(void) {
    story_answer(&story, (struct event_answer){.outcome = OUTCOME_ACCEPTED,
                                               .trade = TRADE_PAID,
                                               .has_amount = true,
                                               .amount = story.order.legs[0].amount,
                                               .code = "0"});
}

static void a_payment_without_a_time_is_in_time_while_it_may_be_paid(void **state) {
    (void)state;
    story_begin(&story, 1, CHANNEL_WECHAT);
    story_wait(&story);
    waits_for(5000);
    paid_without_a_time();
    assert_int_equal(leg(), LEG_PAID);
    assert_int_equal(story.order.legs[0].paid_ms, story.now.wall_ms);
}

static void a_payment_without_a_time_that_is_first_seen_after_its_end_is_late(void **state) {
    (void)state;
    story_begin(&story, 1, CHANNEL_WECHAT);
    story_wait(&story);
    story_tick(&story, story.limits.expire_ms + 1000);
    assert_int_equal(story.verb, VERB_ASK);
    paid_without_a_time();
    assert_int_equal(leg(), LEG_PAID_AFTER_CLOSE);
    assert_int_equal(claim(0)->state, CLAIM_VOID);
    assert_true(story.order.legs[0].paid_ms > story.order.legs[0].expire_ms);
}

static void payment_says(int i, enum trade_state trade) {
    story_hears(&story, &story.order.run.refund[i],
                (struct event_answer){.outcome = OUTCOME_UNKNOWN, .trade = trade, .code = "0"});
}

/* Both bills of one payment go back; one refund is done, the other refused. */
static void one_of_two_is_refused(void) {
    struct event_answer done = {.outcome = OUTCOME_ACCEPTED, .code = "0"};
    struct event_answer no = {.outcome = OUTCOME_DECLINED, .code = "1"};
    story_begin(&story, 2, CHANNEL_WECHAT);
    story_credit(&story);
    story_refuses(&story, 0);
    story_durable(&story);
    story_refuses(&story, 1);
    story_durable(&story);
    story_hears(&story, &story.order.run.refund[0], done);
    story_durable(&story);
    story_hears(&story, &story.order.run.refund[1], no);
    story_durable(&story);
    assert_int_equal(refund(0)->state, REFUND_DONE);
    assert_int_equal(story.order.run.refund[1].verb, VERB_ASK);
}

static void returned_may_be_said_of_the_other_refund_of_the_payment(void **state) {
    (void)state;
    one_of_two_is_refused();
    payment_says(1, TRADE_RETURNED);
    assert_int_equal(refund(1)->state, REFUND_UNKNOWN);
    assert_int_equal(claim(1)->state, CLAIM_REVERSING);
    assert_int_equal(order_sums(&story.order).returned.fen, 1000);
    int64_t end_ms = story.now.mono_ms + 2 * story.limits.refund_deadline_ms;
    while (refund(1)->state == REFUND_UNKNOWN && story.now.mono_ms < end_ms) {
        assert_true(story_until_sent(&story, 60000));
        payment_says(1, TRADE_RETURNED);
    }
    assert_int_equal(claim(1)->state, CLAIM_CASE);
    assert_int_equal(claim(1)->reason, CASE_REFUND_REFUSED);
    assert_int_equal(order_sums(&story.order).in_cases.fen, 2000);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_credit_that_is_pending_is_not_done),
        cmocka_unit_test(a_hospital_that_does_not_know_yet_is_not_sent_the_same_again),
        cmocka_unit_test(another_receipt_for_the_same_credit_is_a_case),
        cmocka_unit_test(a_payment_without_a_time_is_in_time_while_it_may_be_paid),
        cmocka_unit_test(a_payment_without_a_time_that_is_first_seen_after_its_end_is_late),
        cmocka_unit_test(returned_may_be_said_of_the_other_refund_of_the_payment),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
