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

/* `closed`: a window has taken a settlement of it back, perhaps ours, whose answer was lost. */
static void what_a_window_may_have_taken_back_is_not_credited_again(void **state) {
    static const enum settle_result settles[] = {SETTLE_RESULT_ORDER, SETTLE_RESULT_AUTO};
    (void)state;
    for (size_t i = 0; i < sizeof settles / sizeof settles[0]; i++) {
        story_begin(&story, 1, CHANNEL_WECHAT);
        story.policy.settle_result = settles[i];
        story_credit(&story);
        story_says(&story, OUTCOME_UNKNOWN, "");
        story_durable(&story);
        while (claim(0)->state == CLAIM_CREDIT_UNKNOWN) {
            assert_int_equal(story.verb, VERB_ASK_CREDIT);
            story_says(&story, OUTCOME_UNKNOWN, "closed");
            if (claim(0)->state == CLAIM_CREDIT_UNKNOWN)
                waits_for(60000);
        }
        assert_int_equal(claim(0)->state, CLAIM_CASE);
        assert_int_equal(claim(0)->reason, CASE_CREDIT_CONTRADICTS);
        assert_int_equal(claim(0)->tries, 1);
    }
}

/* A no, and then an unknown error: the money does not go back by that. */
static void an_unknown_error_says_nothing_after_a_no(void **state) {
    (void)state;
    story_begin(&story, 1, CHANNEL_WECHAT);
    story.policy.settle_result = SETTLE_RESULT_ORDER;
    story_credit(&story);
    story_says(&story, OUTCOME_DECLINED, "fail");
    story_durable(&story);
    assert_int_equal(story.verb, VERB_ASK_CREDIT);
    story_says(&story, OUTCOME_UNKNOWN, "99");
    assert_int_equal(claim(0)->state, CLAIM_CREDIT_UNKNOWN);
    waits_for(60000);
    assert_int_equal(story.verb, VERB_ASK_CREDIT);
    story_says(&story, OUTCOME_ACCEPTED, "00");
    assert_int_equal(claim(0)->state, CLAIM_CASE);
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

static void returned_is_believed_of_what_all_goes_back(void **state) {
    struct event_answer no = {.outcome = OUTCOME_DECLINED, .code = "1"};
    (void)state;
    story_begin(&story, 2, CHANNEL_WECHAT);
    story_credit(&story);
    story_refuses(&story, 0);
    story_durable(&story);
    story_refuses(&story, 1);
    story_durable(&story);
    for (int i = 0; i < 2; i++) {
        story_hears(&story, &story.order.run.refund[i], no);
        story_durable(&story);
    }
    for (int i = 0; i < 2; i++) {
        payment_says(i, TRADE_RETURNED);
        story_durable(&story);
        assert_int_equal(refund(i)->state, REFUND_REFUSED);
        assert_int_equal(claim(i)->state, CLAIM_REVERSED);
    }
    assert_int_equal(order_sums(&story.order).returned.fen, 3000);
}

static void a_placing_that_is_accepted_without_a_state_waits(void **state) {
    static const enum outcome outcomes[] = {OUTCOME_ACCEPTED, OUTCOME_PENDING, OUTCOME_DECLINED};
    static const enum leg_state states[] = {LEG_WAITING, LEG_WAITING, LEG_PLACE_UNKNOWN};
    (void)state;
    for (int i = 0; i < 3; i++) {
        story_begin(&story, 1, CHANNEL_WECHAT);
        story_durable(&story);
        assert_int_equal(story.verb, VERB_PLACE);
        story_says(&story, outcomes[i], "0");
        assert_int_equal(leg(), states[i]);
    }
}

static void every_line_of_the_slip_is_kept(void **state) {
    struct event_answer paid = {.outcome = OUTCOME_ACCEPTED,
                                .has_amount = true,
                                .trade = TRADE_PAID,
                                .code = "00",
                                .slip = {.voucher = "V1",
                                         .batch = "B1",
                                         .terminal = "T1",
                                         .card = "6222****1234",
                                         .date = "20261120"}};
    (void)state;
    story_begin(&story, 1, CHANNEL_CARD);
    story_durable(&story);
    paid.amount = story.order.legs[0].amount;
    story_answer(&story, paid);
    const struct pos_slip *slip = &story.order.legs[0].slip;
    assert_int_equal(leg(), LEG_PAID);
    assert_string_equal(slip->voucher, "V1");
    assert_string_equal(slip->batch, "B1");
    assert_string_equal(slip->terminal, "T1");
    assert_string_equal(slip->card, "6222****1234");
    assert_string_equal(slip->date, "20261120");
}

/* 01 and 02 of ORG_003 itself: the HIS has not looked at the deposit. */
static void a_deposit_that_was_not_looked_at_is_sent_again(void **state) {
    static const char *const codes[] = {"01", "02"};
    (void)state;
    for (int i = 0; i < 2; i++) {
        story_begin(&story, 0, CHANNEL_WECHAT);
        story_credit(&story);
        story_says(&story, OUTCOME_UNKNOWN, codes[i]);
        story_durable(&story);
        int asked = 0;
        while (story.verb != VERB_CREDIT && asked++ < 60) {
            waits_for(60000);
            if (story.verb == VERB_ASK_CREDIT)
                story_says(&story, OUTCOME_UNKNOWN, "01");
            if (story.order.run.durable_wait != 0)
                story_durable(&story);
        }
        assert_int_equal(story.verb, VERB_CREDIT);
        assert_int_equal(claim(0)->tries, 2);
    }
}

static void a_write_that_fails_is_tried_after_longer_and_longer_pauses(void **state) {
    (void)state;
    story_begin(&story, 1, CHANNEL_WECHAT);
    story_durable(&story);
    story_trade(&story, TRADE_WAIT);
    int64_t pause_ms = 1000;
    for (int i = 0; i < 12; i++) {
        story_persist_fails(&story);
        int64_t next_ms = story.order.run.persist_next_mono_ms;
        assert_int_equal(next_ms - story.now.mono_ms, pause_ms);
        story_tick(&story, pause_ms - 1);
        assert_int_equal(story.persists, 0);
        story_tick(&story, 1);
        assert_int_equal(story.persists, 1);
        pause_ms =
            pause_ms * 2 < story.limits.retry_max_ms ? pause_ms * 2 : story.limits.retry_max_ms;
    }
}

/* Two legs pay two bills, the second of both: what the first paid alone is credited. */
static void a_leg_that_fails_takes_along_only_what_it_should_have_paid(void **state) {
    static const struct story_leg legs[] = {
        {CHANNEL_WECHAT, 1500}, {CHANNEL_ALIPAY, 1500}, {CHANNEL_NONE, 0}};
    (void)state;
    story_begin_split(&story, 2, legs);
    story_durable(&story);
    story_leg_hears(&story, 0, TRADE_PAID);
    story_durable(&story);
    assert_int_equal(claim(0)->state, CLAIM_CHECKING);
    assert_int_equal(claim(1)->state, CLAIM_WAITING);
    story_leg_hears(&story, 1, TRADE_RETURNED);
    story_durable(&story);
    assert_int_equal(claim(0)->state, CLAIM_CHECKING);
    assert_int_equal(claim(1)->state, CLAIM_REVERSING);
    assert_int_equal(story.order.refund_count, 1);
    assert_int_equal(refund(0)->amount.fen, 500);
    assert_int_equal(refund(0)->leg, 0);
}

/* Nothing was there, and nothing will come: no money goes anywhere. */
static void a_claim_whose_only_leg_fails_is_void(void **state) {
    static const struct story_leg legs[] = {
        {CHANNEL_WECHAT, 1000}, {CHANNEL_ALIPAY, 2000}, {CHANNEL_NONE, 0}};
    (void)state;
    story_begin_split(&story, 2, legs);
    story_durable(&story);
    story_leg_hears(&story, 0, TRADE_RETURNED);
    story_durable(&story);
    assert_int_equal(claim(0)->state, CLAIM_VOID);
    assert_int_equal(claim(1)->state, CLAIM_WAITING);
    assert_int_equal(story.order.refund_count, 0);
    story_leg_hears(&story, 1, TRADE_PAID);
    assert_int_equal(claim(1)->state, CLAIM_CHECKING);
}

/* `closed`, and whose settlement it was is named: another's, so ours is not there. The list says
 * whether the bill is to be paid, as before. */
static void what_another_has_taken_back_is_not_ours(void **state) {
    (void)state;
    story_credit_unanswered(&story);
    while (story.verb != VERB_BILLS && claim(0)->state == CLAIM_CREDIT_UNKNOWN) {
        assert_int_equal(story.verb, VERB_ASK_CREDIT);
        story_answer(&story, (struct event_answer){.outcome = OUTCOME_UNKNOWN,
                                                   .code = "closed",
                                                   .in_no = "2611201100000042000099",
                                                   .reached = true});
        if (claim(0)->state == CLAIM_CREDIT_UNKNOWN)
            waits_for(600000);
    }
    assert_int_not_equal(claim(0)->state, CLAIM_CASE);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_another_has_taken_back_is_not_ours),
        cmocka_unit_test(a_credit_that_is_pending_is_not_done),
        cmocka_unit_test(a_hospital_that_does_not_know_yet_is_not_sent_the_same_again),
        cmocka_unit_test(what_a_window_may_have_taken_back_is_not_credited_again),
        cmocka_unit_test(an_unknown_error_says_nothing_after_a_no),
        cmocka_unit_test(another_receipt_for_the_same_credit_is_a_case),
        cmocka_unit_test(a_payment_without_a_time_is_in_time_while_it_may_be_paid),
        cmocka_unit_test(a_payment_without_a_time_that_is_first_seen_after_its_end_is_late),
        cmocka_unit_test(returned_may_be_said_of_the_other_refund_of_the_payment),
        cmocka_unit_test(returned_is_believed_of_what_all_goes_back),
        cmocka_unit_test(a_placing_that_is_accepted_without_a_state_waits),
        cmocka_unit_test(every_line_of_the_slip_is_kept),
        cmocka_unit_test(a_deposit_that_was_not_looked_at_is_sent_again),
        cmocka_unit_test(a_write_that_fails_is_tried_after_longer_and_longer_pauses),
        cmocka_unit_test(a_leg_that_fails_takes_along_only_what_it_should_have_paid),
        cmocka_unit_test(a_claim_whose_only_leg_fails_is_void),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
