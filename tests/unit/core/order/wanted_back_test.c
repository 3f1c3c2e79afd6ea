/* links: app/core/order/ app/core/terms/ tests/support/order_story.c */
/* What was credited and is wanted back: how much of it, the HIS first, then the money. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "tests/unit/core/order/back_story.h"

/* A platform names it itself. */
static void the_his_number_of_a_refund_is_a_portals_alone(void **state) {
    (void)state;
    uncredit(1, 1000);
    story_answer(&story, (struct event_answer){.outcome = OUTCOME_ACCEPTED, .no = "TFSN77"});
    story_durable(&story);
    assert_int_equal(story.verb, VERB_REFUND);
    assert_string_equal(story.order.refunds[0].out_no, "");
}

static void only_what_is_credited_can_be_given_back_and_only_once(void **state) {
    (void)state;
    reverse();
    assert_int_equal(give_back(0, 1000), REFUSAL_STATE);
    uncredit(1, 1000);
    assert_int_equal(give_back(0, 1000), REFUSAL_STATE);
    story_says(&story, OUTCOME_ACCEPTED, "00");
    story_durable(&story);
    story_says(&story, OUTCOME_ACCEPTED, "0");
    assert_int_equal(give_back(0, 1000), REFUSAL_STATE);
}

static void credited(int bills) {
    story_begin(&story, bills, CHANNEL_WECHAT);
    story_credit(&story);
    story_answer(&story, (struct event_answer){.outcome = OUTCOME_ACCEPTED});
    story_durable(&story);
}

static void a_bill_goes_back_whole_or_not_at_all(void **state) {
    (void)state;
    credited(1);
    assert_int_equal(give_back(0, 0), REFUSAL_ZERO);
    assert_int_equal(give_back(0, 999), REFUSAL_WHOLE);
    assert_int_equal(give_back(0, 1001), REFUSAL_OVER_PAID);
    assert_int_equal(give_back(0, 1000), REFUSAL_NONE);
}

/* ORG_005 for so much of the deposit has left. */
static void part_back(int64_t fen) {
    assert_int_equal(give_back(0, fen), REFUSAL_NONE);
    story_durable(&story);
    assert_int_equal(story.verb, VERB_UNCREDIT);
    assert_int_equal(story.sent_refund, story.order.refund_count - 1);
}

static void a_deposit_goes_back_in_parts_that_never_exceed_it(void **state) {
    (void)state;
    credited(0);
    for (int64_t rest = 10000; rest > 0; rest -= 4000) {
        int64_t part = rest < 4000 ? rest : 4000;
        assert_int_equal(give_back(0, rest + 1), REFUSAL_OVER_PAID);
        part_back(part);
        story_says(&story, OUTCOME_ACCEPTED, "00");
        story_durable(&story);
        story_says(&story, OUTCOME_ACCEPTED, "0");
        assert_int_equal(sums().returned.fen, 10000 - rest + part);
        assert_int_equal(sums().credited.fen, rest - part);
    }
    assert_int_equal(claim(0), CLAIM_REFUNDED);
    assert_int_equal(story.order.refund_count, 3);
}

/* The unanswered taking back of 40.00 of 100.00, when the HIS says what is booked. */
static void asked_after_part(bool has_amount, int64_t fen) {
    credited(0);
    part_back(4000);
    story_says(&story, OUTCOME_UNKNOWN, "");
    while (claim(0) == CLAIM_UNCREDITING && story.order.refunds[0].state == REFUND_NEW) {
        struct event_answer booked = {
            .outcome = OUTCOME_ACCEPTED, .has_amount = has_amount, .amount = {fen}};
        story_answer(&story, booked);
        if (claim(0) == CLAIM_UNCREDITING && story.order.refunds[0].state == REFUND_NEW)
            assert_true(story_until_sent(&story, 20000));
    }
}

static void what_is_still_booked_tells_whether_a_part_was_taken_back(void **state) {
    (void)state;
    asked_after_part(true, 6000);
    assert_int_equal(story.order.refunds[0].state, REFUND_SENDING);
    asked_after_part(true, 10000);
    assert_int_equal(claim(0), CLAIM_DONE);
    assert_int_equal(story.order.refunds[0].state, REFUND_REFUSED);
    asked_after_part(true, 5000);
    assert_int_equal(story.order.claims[0].reason, CASE_CREDIT_CONTRADICTS);
}

static void a_part_of_which_the_his_says_nothing_is_a_case_and_never_a_guess(void **state) {
    (void)state;
    asked_after_part(false, 0);
    assert_int_equal(claim(0), CLAIM_CASE);
    assert_int_equal(story.order.claims[0].reason, CASE_CREDIT_UNKNOWN);
    assert_int_equal(sums().in_cases.fen, 4000); /* the part only: 60.00 stay credited */
    assert_int_equal(sums().credited.fen, 6000);
}

/* Only `closed` proves that what was credited is taken back. */
static void a_fail_of_what_was_credited_is_a_case(void **state) {
    (void)state;
    uncredit(1, 1000);
    story_says(&story, OUTCOME_UNKNOWN, "");
    story_durable(&story);
    for (int i = 0; i < 50 && claim(0) == CLAIM_UNCREDITING; i++) {
        assert_int_equal(story.verb, VERB_ASK_CREDIT);
        story_says(&story, OUTCOME_DECLINED, "00");
        if (claim(0) == CLAIM_UNCREDITING)
            assert_true(story_until_sent(&story, 20000));
    }
    assert_int_equal(claim(0), CLAIM_CASE);
    assert_int_equal(story.order.claims[0].reason, CASE_CREDIT_CONTRADICTS);
    assert_int_equal(story.order.refunds[0].state, REFUND_REFUSED);
    assert_int_equal(sums().in_cases.fen, 1000);
}

static void one_of_two_bills_given_back_leaves_the_other(void **state) {
    (void)state;
    story_begin(&story, 2, CHANNEL_WECHAT);
    story_credit(&story);
    for (int i = 0; i < 2; i++) {
        story_answer(&story, (struct event_answer){.outcome = OUTCOME_ACCEPTED});
        story_durable(&story);
    }
    assert_int_equal(give_back(0, 1000), REFUSAL_NONE);
    story_durable(&story);
    story_says(&story, OUTCOME_ACCEPTED, "00");
    story_durable(&story);
    story_says(&story, OUTCOME_ACCEPTED, "0");
    assert_int_equal(claim(0), CLAIM_REFUNDED);
    assert_int_equal(claim(1), CLAIM_DONE);
    assert_int_equal(order_state(&story.order), ORDER_PARTLY);
    assert_int_equal(sums().returned.fen, 1000);
    assert_int_equal(sums().credited.fen, 2000);
}

static void the_money_goes_only_when_the_his_has_taken_the_credit_back(void **state) {
    (void)state;
    uncredit(1, 1000);
    story_says(&story, OUTCOME_ACCEPTED, "00");
    assert_int_equal(story.verb, VERB_NONE); /* not durable yet */
    story_durable(&story);
    assert_int_equal(story.verb, VERB_REFUND);
    story_says(&story, OUTCOME_ACCEPTED, "0");
    assert_int_equal(claim(0), CLAIM_REFUNDED);
    assert_int_equal(order_state(&story.order), ORDER_RETURNED);
}

static void a_his_that_refuses_leaves_everything_as_it_was(void **state) {
    (void)state;
    uncredit(1, 1000);
    story_says(&story, OUTCOME_DECLINED, "00");
    story_durable(&story);
    assert_int_equal(claim(0), CLAIM_DONE);
    assert_int_equal(sums().credited.fen, 1000);
    assert_true(order_finished(&story.order));
    assert_int_equal(give_back(0, 1000), REFUSAL_NONE); /* it may be asked for again */
}

static void taken_back_at_the_his_and_refused_by_the_platform_is_a_case(void **state) {
    (void)state;
    uncredit(1, 1000);
    story_says(&story, OUTCOME_ACCEPTED, "00");
    story_durable(&story);
    refuse();
    story_trade(&story, TRADE_PAID);
    assert_int_equal(story.order.claims[0].reason, CASE_UNCREDITED_NOT_REFUNDED);
}

static void an_unanswered_taking_back_is_asked_about_until_it_is_quiet(void **state) {
    (void)state;
    uncredit(1, 1000);
    story_says(&story, OUTCOME_UNKNOWN, "");
    assert_int_equal(story.verb, VERB_ASK_CREDIT);
    story_says(&story, OUTCOME_ACCEPTED, "00"); /* succ: the state before it, perhaps */
    assert_int_equal(claim(0), CLAIM_UNCREDITING);
    while (story.order.refunds[0].state == REFUND_NEW) {
        assert_true(story_until_sent(&story, 20000));
        story_says(&story, OUTCOME_UNKNOWN, "closed");
    }
    story_durable(&story);
    assert_int_equal(story.verb, VERB_REFUND);
}

static void a_taking_back_that_never_arrived_leaves_the_credit(void **state) {
    (void)state;
    uncredit(1, 1000);
    story_says(&story, OUTCOME_UNKNOWN, "");
    while (claim(0) == CLAIM_UNCREDITING) {
        story_says(&story, OUTCOME_ACCEPTED, "00");
        if (claim(0) == CLAIM_UNCREDITING)
            assert_true(story_until_sent(&story, 20000));
    }
    assert_int_equal(claim(0), CLAIM_DONE);
    assert_int_equal(sums().credited.fen, 1000);
}

static void after_a_restart_an_unanswered_taking_back_is_asked_about(void **state) {
    (void)state;
    uncredit(1, 1000);
    story_restart(&story);
    assert_int_equal(story.verb, VERB_ASK_CREDIT);
    assert_int_equal(story.order.refunds[0].state, REFUND_NEW);
}

/* The least there is goes back as well; where there is no room for its refund, nothing begins. */
static void a_fen_goes_back_where_there_is_room(void **state) {
    (void)state;
    credited(0);
    assert_int_equal(give_back(0, 0), REFUSAL_ZERO);
    story.order.refund_count = REFUNDS_MAX;
    assert_int_equal(give_back(0, 1), REFUSAL_FULL);
    story.order.refund_count = 0;
    assert_int_equal(give_back(0, 1), REFUSAL_NONE);
    assert_int_equal(story.order.refunds[0].amount.fen, 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_his_number_of_a_refund_is_a_portals_alone),
        cmocka_unit_test(only_what_is_credited_can_be_given_back_and_only_once),
        cmocka_unit_test(a_bill_goes_back_whole_or_not_at_all),
        cmocka_unit_test(a_deposit_goes_back_in_parts_that_never_exceed_it),
        cmocka_unit_test(what_is_still_booked_tells_whether_a_part_was_taken_back),
        cmocka_unit_test(a_part_of_which_the_his_says_nothing_is_a_case_and_never_a_guess),
        cmocka_unit_test(a_fail_of_what_was_credited_is_a_case),
        cmocka_unit_test(one_of_two_bills_given_back_leaves_the_other),
        cmocka_unit_test(the_money_goes_only_when_the_his_has_taken_the_credit_back),
        cmocka_unit_test(a_his_that_refuses_leaves_everything_as_it_was),
        cmocka_unit_test(taken_back_at_the_his_and_refused_by_the_platform_is_a_case),
        cmocka_unit_test(an_unanswered_taking_back_is_asked_about_until_it_is_quiet),
        cmocka_unit_test(a_taking_back_that_never_arrived_leaves_the_credit),
        cmocka_unit_test(after_a_restart_an_unanswered_taking_back_is_asked_about),
        cmocka_unit_test(a_fen_goes_back_where_there_is_room),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
