/* links: app/core/order/ app/core/terms/ tests/support/order_story.c */
/* An order whose platform credits at the HIS by itself (onepay): what it calls paid is credited,
 * what it calls failed is over, and a refund is told to the HIS by it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/order_story.h"

static struct story story;
static struct order *const order = &story.order;
static struct leg *const leg = &story.order.legs[0];
static struct claim *const claim = &story.order.claims[0];

static void begin(int bills) {
    story_begin_by(&story, bills, CHANNEL_WECHAT, ROUTE_ONEPAY);
    story_durable(&story);
    assert_int_equal(story.verb, VERB_PLACE);
    assert_int_equal(claim->creditor, CREDITOR_PLATFORM);
}

/* What the platform says, without an amount. */
static void says(enum outcome outcome, enum trade_state trade, const char *no) {
    struct event_answer answer = {.outcome = outcome, .trade = trade, .code = "000000"};
    strcpy(answer.no, no);
    story_answer(&story, answer);
}

static void place(int bills) {
    begin(bills);
    says(OUTCOME_PENDING, TRADE_WAIT, "T1");
    story_durable(&story);
    assert_int_equal(leg->state, LEG_WAITING);
}

static void asked(void) {
    assert_true(story_until_sent(&story, 4000000));
    assert_int_equal(story.verb, VERB_ASK);
}

static void paid(int bills) {
    place(bills);
    asked();
    says(OUTCOME_ACCEPTED, TRADE_PAID, "T1");
    story_durable(&story);
}

static void what_is_paid_is_credited(void **state) {
    (void)state;
    for (int bills = 0; bills < 3; bills += 2) {
        paid(bills);
        assert_int_equal(leg->state, LEG_PAID);
        assert_int_equal(claim->state, CLAIM_DONE);
        assert_int_equal(claim->tries, 0);
        assert_true(order_finished(order));
        assert_int_equal(order_sums(order).credited.fen, leg->amount.fen);
        for (int i = 0; i < story.told_count; i++)
            assert_int_not_equal(story.told[i], NOTE_CREDITING); /* nothing of ours leaves */
    }
}

static void an_amount_that_is_named_must_be_the_one_asked(void **state) {
    (void)state;
    place(1);
    asked();
    story_answer(&story, (struct event_answer){.outcome = OUTCOME_ACCEPTED,
                                               .trade = TRADE_PAID,
                                               .has_amount = true,
                                               .amount = {999}});
    assert_int_equal(leg->state, LEG_CASE);
}

/* It returns the money and tells the hospital nothing (refundType hisDecide): the book would stay.
 */
static void what_nobody_tells_the_hospital_is_the_windows(void **state) {
    (void)state;
    for (int bills = 0; bills < 2; bills++)
        for (int untold = 0; untold < 2; untold++) {
            struct order_rules rules;
            place(bills);
            asked();
            says(OUTCOME_ACCEPTED, TRADE_PAID, "T1");
            story_durable(&story);
            assert_int_equal(claim->state, CLAIM_DONE);
            story.policy.refund_untold[ROUTE_ONEPAY] = untold;
            rules = story_rules(&story);
            effects_clear(&story.out);
            assert_int_equal(
                order_refund_request(order, &rules, 0, claim->amount, story.now, &story.out),
                untold ? REFUSAL_HIS_KEEPS : REFUSAL_NONE);
            assert_int_equal(order->refund_count, !untold);
        }
}

static void what_is_refused_at_once_is_over(void **state) {
    (void)state;
    for (int bills = 0; bills < 2; bills++) {
        begin(bills);
        says(OUTCOME_DECLINED, TRADE_FAILED, "");
        assert_int_equal(leg->state, LEG_DECLINED);
        assert_int_equal(claim->state, CLAIM_VOID);
        story_durable(&story);
        assert_true(order_finished(order));
    }
}

static void a_closed_code_is_never_paid(void **state) {
    (void)state;
    place(1);
    asked();
    says(OUTCOME_DECLINED, TRADE_CLOSED, "T1");
    assert_int_equal(leg->state, LEG_DECLINED);
    assert_int_equal(order->refund_count, 0);
}

/* A recharge that failed is returned by the platform. */
static void a_deposit_that_failed_is_over(void **state) {
    (void)state;
    place(0);
    asked();
    says(OUTCOME_DECLINED, TRADE_FAILED, "T1");
    assert_int_equal(leg->state, LEG_DECLINED);
    assert_int_equal(order->refund_count, 0);
}

/* Of a bill that failed the money may be there: it is returned, at once and not by the platform. */
static void bill_failed(void) {
    place(1);
    asked();
    says(OUTCOME_DECLINED, TRADE_FAILED, "T1");
    assert_int_equal(leg->state, LEG_PAID_AFTER_CLOSE);
    assert_int_equal(claim->state, CLAIM_VOID);
    story_durable(&story);
    asked();
    says(OUTCOME_DECLINED, TRADE_FAILED, "T1");
    assert_int_equal(order->refund_count, 1);
    story_durable(&story);
    assert_int_equal(story.verb, VERB_REFUND);
}

static void the_money_of_a_bill_that_failed_goes_back(void **state) {
    (void)state;
    bill_failed();
    says(OUTCOME_ACCEPTED, TRADE_RETURNED, "R1");
    assert_int_equal(leg->state, LEG_RETURNED);
    assert_int_equal(order_sums(order).returned.fen, 1000);
}

static void a_bill_that_failed_without_money_is_over(void **state) {
    (void)state;
    bill_failed();
    says(OUTCOME_DECLINED, TRADE_FAILED, "");
    assert_int_equal(leg->state, LEG_DECLINED);
    assert_int_equal(order->refunds[0].state, REFUND_REFUSED);
    assert_int_equal(order_sums(order).paid.fen, 0);
    story_durable(&story);
    assert_true(order_finished(order));
}

static void a_refund_that_is_refused_otherwise_is_for_a_person(void **state) {
    (void)state;
    bill_failed();
    says(OUTCOME_DECLINED, TRADE_RETURN_FAILED, "");
    story_durable(&story);
    asked();
    says(OUTCOME_DECLINED, TRADE_FAILED, "T1");
    assert_int_equal(leg->state, LEG_CASE);
    assert_int_equal(leg->reason, CASE_REFUND_REFUSED);
}

/* The platform knows no expireTime of ours: what it took before a close it has credited. */
static void what_is_paid_before_a_close_is_in_time(void **state) {
    (void)state;
    place(1);
    story.now.wall_ms = leg->expire_ms + 5000;
    asked();
    says(OUTCOME_ACCEPTED, TRADE_PAID, "T1");
    assert_int_equal(leg->state, LEG_PAID);
    assert_int_equal(claim->state, CLAIM_DONE);
}

static void a_close_without_an_answer_closed_nothing(void **state) {
    (void)state;
    place(1);
    story_cancel(&story);
    story_durable(&story);
    assert_int_equal(story.verb, VERB_CLOSE);
    story_says(&story, OUTCOME_UNKNOWN, "-28");
    assert_int_equal(leg->state, LEG_WAITING);
    story_durable(&story);
    asked();
    says(OUTCOME_ACCEPTED, TRADE_PAID, "T1");
    assert_int_equal(leg->state, LEG_PAID);
}

static void money_after_a_close_is_returned_by_us(void **state) {
    (void)state;
    place(1);
    story_cancel(&story);
    story_durable(&story);
    story_says(&story, OUTCOME_ACCEPTED, "000000");
    assert_int_equal(leg->state, LEG_CLOSED);
    story_durable(&story);
    asked();
    says(OUTCOME_ACCEPTED, TRADE_PAID, "T1");
    assert_int_equal(leg->state, LEG_PAID_AFTER_CLOSE);
    story_durable(&story);
    asked();
    says(OUTCOME_ACCEPTED, TRADE_PAID, "T1");
    assert_int_equal(order->refund_count, 1);
}

/* "notfound" may come from an old copy: it is believed long after the payment's time, and never of
 * a payment that the platform has named. */
static void a_request_that_was_lost_is_over_after_its_time(void **state) {
    (void)state;
    begin(1);
    story_says(&story, OUTCOME_UNKNOWN, "-28");
    while (leg->state != LEG_DECLINED && story_until_sent(&story, 4000000)) {
        if (story.now.wall_ms <= leg->expire_ms + story.limits.credit_deadline_ms)
            assert_int_not_equal(leg->state, LEG_DECLINED);
        says(OUTCOME_UNKNOWN, story.verb == VERB_ASK ? TRADE_ABSENT : TRADE_NONE, "");
    }
    assert_int_equal(leg->state, LEG_DECLINED);
    assert_int_equal(claim->state, CLAIM_VOID);
}

/* Nor is it for a person because this machine was off until its watch was over: nobody has been
 * asked for long enough yet. */
static void a_request_that_was_lost_is_over_also_after_days_without_power(void **state) {
    (void)state;
    begin(1);
    story_says(&story, OUTCOME_UNKNOWN, "-28");
    story.now.wall_ms = leg->watch_until_ms + 1;
    story_restart(&story);
    while (leg->state != LEG_DECLINED && leg->state != LEG_CASE &&
           story_until_sent(&story, 4000000))
        says(OUTCOME_UNKNOWN, story.verb == VERB_ASK ? TRADE_ABSENT : TRADE_NONE, "");
    assert_int_equal(leg->state, LEG_DECLINED);
}

static void a_payment_that_was_named_is_not_lost(void **state) {
    (void)state;
    place(1);
    for (int i = 0; i < 20000 && leg->state != LEG_CASE && story_until_sent(&story, 4000000); i++)
        says(OUTCOME_UNKNOWN, story.verb == VERB_ASK ? TRADE_ABSENT : TRADE_NONE, "");
    assert_int_equal(leg->state, LEG_CASE);
    assert_int_equal(leg->reason, CASE_PAYMENT_UNKNOWN);
}

static enum refusal give_back(int64_t fen) {
    struct order_rules rules = story_rules(&story);
    return order_refund_request(order, &rules, 0, (struct fen){fen}, story.now, &story.out);
}

static void refunding(int64_t fen) {
    paid(0);
    assert_int_equal(give_back(fen), REFUSAL_NONE);
    assert_int_equal(claim->state, CLAIM_UNCREDITING);
    story_durable(&story);
    assert_int_equal(story.verb, VERB_REFUND); /* no ORG_005 before it */
}

static void a_refund_is_told_to_the_his_by_the_platform(void **state) {
    (void)state;
    refunding(10000);
    says(OUTCOME_ACCEPTED, TRADE_RETURNED, "R1");
    assert_int_equal(claim->state, CLAIM_REFUNDED);
    refunding(4000);
    says(OUTCOME_ACCEPTED, TRADE_RETURNED, "R1");
    assert_int_equal(claim->state, CLAIM_DONE);
    assert_int_equal(claim->refunded.fen, 4000);
}

static void a_refund_that_is_refused_leaves_it_credited(void **state) {
    (void)state;
    refunding(10000);
    says(OUTCOME_DECLINED, TRADE_RETURN_FAILED, "");
    assert_int_equal(claim->state, CLAIM_DONE);
    assert_int_equal(claim->refunded.fen, 0);
    assert_int_equal(order_sums(order).credited.fen, 10000);
    assert_int_equal(give_back(10000), REFUSAL_NONE);
}

static void less_than_was_asked_went_back(void **state) {
    (void)state;
    refunding(10000);
    story_answer(&story, (struct event_answer){.outcome = OUTCOME_ACCEPTED,
                                               .trade = TRADE_RETURNED,
                                               .has_amount = true,
                                               .amount = {6000}});
    assert_int_equal(claim->state, CLAIM_CASE);
    assert_int_equal(claim->reason, CASE_REFUND_UNCONFIRMED);
}

/* Lost on its way, or failed: the same number again, after its quiet time. */
static void a_refund_that_was_lost_is_sent_again(void **state) {
    (void)state;
    char no[ORDER_NO_SIZE];
    refunding(10000);
    memcpy(no, order->refunds[0].no, sizeof no);
    story_says(&story, OUTCOME_UNKNOWN, "-28");
    while (story_until_sent(&story, 60000)) {
        assert_int_equal(story.verb, VERB_ASK_REFUND);
        story_answer(&story, (struct event_answer){
                                 .outcome = OUTCOME_UNKNOWN, .trade = TRADE_NONE, .code = "fail"});
        if (story.verb == VERB_REFUND)
            break;
    }
    assert_int_equal(story.verb, VERB_REFUND);
    assert_string_equal(order->refunds[0].no, no);
    assert_int_equal(order->refund_count, 1);
    says(OUTCOME_ACCEPTED, TRADE_RETURNED, "R1");
    assert_int_equal(claim->state, CLAIM_REFUNDED);
}

static void a_refund_is_asked_about_after_a_restart(void **state) {
    (void)state;
    refunding(10000);
    story_restart(&story);
    assert_true(story_until_sent(&story, 60000));
    assert_int_equal(story.verb, VERB_ASK_REFUND);
    says(OUTCOME_ACCEPTED, TRADE_RETURNED, "R1");
    assert_int_equal(claim->state, CLAIM_REFUNDED);
}

/* The query has said that there is none: then a no to the same number is one. */
static void a_refund_that_is_refused_again_leaves_it_credited(void **state) {
    (void)state;
    refunding(10000);
    story_says(&story, OUTCOME_UNKNOWN, "-28");
    while (story.verb != VERB_REFUND && story_until_sent(&story, 60000))
        story_answer(&story, (struct event_answer){.outcome = OUTCOME_UNKNOWN,
                                                   .trade = TRADE_NONE,
                                                   .code = "notfound"});
    says(OUTCOME_DECLINED, TRADE_RETURN_FAILED, "");
    assert_int_equal(claim->state, CLAIM_DONE);
    assert_int_equal(order->refunds[0].state, REFUND_REFUSED);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_paid_is_credited),
        cmocka_unit_test(an_amount_that_is_named_must_be_the_one_asked),
        cmocka_unit_test(what_nobody_tells_the_hospital_is_the_windows),
        cmocka_unit_test(what_is_refused_at_once_is_over),
        cmocka_unit_test(a_closed_code_is_never_paid),
        cmocka_unit_test(a_deposit_that_failed_is_over),
        cmocka_unit_test(the_money_of_a_bill_that_failed_goes_back),
        cmocka_unit_test(a_bill_that_failed_without_money_is_over),
        cmocka_unit_test(a_refund_that_is_refused_otherwise_is_for_a_person),
        cmocka_unit_test(what_is_paid_before_a_close_is_in_time),
        cmocka_unit_test(a_close_without_an_answer_closed_nothing),
        cmocka_unit_test(money_after_a_close_is_returned_by_us),
        cmocka_unit_test(a_request_that_was_lost_is_over_after_its_time),
        cmocka_unit_test(a_request_that_was_lost_is_over_also_after_days_without_power),
        cmocka_unit_test(a_payment_that_was_named_is_not_lost),
        cmocka_unit_test(a_refund_is_told_to_the_his_by_the_platform),
        cmocka_unit_test(a_refund_that_is_refused_leaves_it_credited),
        cmocka_unit_test(less_than_was_asked_went_back),
        cmocka_unit_test(a_refund_that_was_lost_is_sent_again),
        cmocka_unit_test(a_refund_that_is_refused_again_leaves_it_credited),
        cmocka_unit_test(a_refund_is_asked_about_after_a_restart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
