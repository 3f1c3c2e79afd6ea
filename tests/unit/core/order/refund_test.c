/* links: app/core/order/ app/core/terms/ tests/support/order_story.c */
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

static enum claim_state claim(int i) {
    return story.order.claims[i].state;
}

/* The HIS refused the credit: the money goes back, the REFUND has left. */
static void reverse(void) {
    story_begin(&story, 1, CHANNEL_WECHAT);
    story_credit(&story);
    story_refuses(&story, 0);
    assert_int_equal(story.verb, VERB_NONE);
    story_durable(&story);
    assert_int_equal(story.verb, VERB_REFUND);
}

static enum refusal give_back(int i, int64_t fen) {
    struct order_rules rules = story_rules(&story);
    enum refusal refusal =
        order_refund_request(&story.order, &rules, i, (struct fen){fen}, story.now, &story.out);
    effects_clear(&story.out);
    return refusal;
}

/* Credited, and wanted back: ORG_005 has left. */
static void uncredit(int bills, int64_t fen) {
    story_begin(&story, bills, CHANNEL_WECHAT);
    story_credit(&story);
    story_answer(&story, (struct event_answer){.outcome = OUTCOME_ACCEPTED, .no = "SN"});
    story_durable(&story);
    assert_int_equal(give_back(0, fen), REFUSAL_NONE);
    story_durable(&story);
    assert_int_equal(story.verb, VERB_UNCREDIT);
}

static struct order_sums sums(void) {
    return order_sums(&story.order);
}

/* A platform names it itself. */
static void the_his_number_of_a_refund_is_a_portals_alone(void **state) {
    (void)state;
    uncredit(1, 1000);
    story_answer(&story, (struct event_answer){.outcome = OUTCOME_ACCEPTED, .no = "TFSN77"});
    story_durable(&story);
    assert_int_equal(story.verb, VERB_REFUND);
    assert_string_equal(story.order.refunds[0].out_no, "");
}

static void a_reversed_claim_is_returned(void **state) {
    (void)state;
    reverse();
    story_says(&story, OUTCOME_ACCEPTED, "0");
    assert_int_equal(claim(0), CLAIM_REVERSED);
    assert_int_equal(order_state(&story.order), ORDER_RETURNED);
    assert_int_equal(sums().returned.fen, 1000);
    assert_int_equal(leg(), LEG_PAID);
}

/* The platform refuses the refund under way: the payment itself is asked. */
static void refuse(void) {
    story_says(&story, OUTCOME_DECLINED, "0");
    assert_int_equal(story.verb, VERB_ASK);
    assert_int_equal(sums().in_cases.fen, 0);
    story_durable(&story);
}

static void a_refused_refund_of_what_is_still_paid_is_a_case(void **state) {
    (void)state;
    reverse();
    refuse();
    story_trade(&story, TRADE_PAID);
    assert_int_equal(claim(0), CLAIM_CASE);
    assert_int_equal(story.order.claims[0].reason, CASE_REFUND_REFUSED);
    assert_int_equal(sums().in_cases.fen, 1000);
}

static void a_refusal_because_the_platform_returned_it_by_itself_is_no_case(void **state) {
    (void)state;
    reverse();
    refuse();
    story_says(&story, OUTCOME_UNKNOWN, ""); /* the network is down for a moment */
    assert_true(story_until_sent(&story, 20000));
    assert_int_equal(story.verb, VERB_ASK);
    story_trade(&story, TRADE_RETURNED);
    assert_int_equal(claim(0), CLAIM_REVERSED);
    assert_int_equal(order_state(&story.order), ORDER_RETURNED);
    assert_int_equal(sums().returned.fen, 1000);
    story_durable(&story);
    assert_true(order_finished(&story.order));
}

static void a_refusal_is_looked_into_again_after_a_restart(void **state) {
    (void)state;
    reverse();
    refuse();
    story_restart(&story);
    assert_int_equal(story.verb, VERB_ASK_REFUND);
    refuse();
    story_trade(&story, TRADE_RETURNED);
    assert_int_equal(claim(0), CLAIM_REVERSED);
}

static void a_payment_that_says_nothing_after_a_refusal_is_a_case_in_the_end(void **state) {
    (void)state;
    reverse();
    refuse();
    while (claim(0) == CLAIM_REVERSING) {
        story_says(&story, OUTCOME_UNKNOWN, "");
        if (claim(0) == CLAIM_REVERSING)
            assert_true(story_until_sent(&story, 20000));
    }
    assert_int_equal(story.order.claims[0].reason, CASE_REFUND_REFUSED);
}

static void a_lost_refund_is_asked_about_and_the_same_is_sent_again(void **state) {
    (void)state;
    reverse();
    char no[ORDER_NO_SIZE];
    memcpy(no, story.order.refunds[0].no, sizeof no);
    story_says(&story, OUTCOME_UNKNOWN, "");
    story_durable(&story);
    int64_t sent_ms = story.now.mono_ms;
    while (story.verb != VERB_REFUND) {
        assert_int_equal(story.verb, VERB_ASK_REFUND);
        story_says(&story, OUTCOME_UNKNOWN, "1");
        if (story.verb == VERB_NONE)
            assert_true(story_until_sent(&story, 20000));
    }
    assert_true(story.now.mono_ms - sent_ms >= story.limits.credit_quiet_ms);
    assert_int_equal(story.order.refund_count, 1);
    assert_string_equal(story.order.refunds[0].no, no);
    story_says(&story, OUTCOME_DECLINED, "0"); /* the first may have done it */
    assert_true(story_until_sent(&story, 20000));
    assert_int_equal(story.verb, VERB_ASK_REFUND);
    story_says(&story, OUTCOME_ACCEPTED, "0");
    assert_int_equal(claim(0), CLAIM_REVERSED);
}

static void
a_refund_that_stays_unknown_is_unconfirmed_and_never_sent_under_another_number(void **state) {
    (void)state;
    reverse();
    story_says(&story, OUTCOME_UNKNOWN, "");
    story_durable(&story);
    while (claim(0) == CLAIM_REVERSING) {
        story_says(&story, OUTCOME_UNKNOWN, "");
        if (claim(0) == CLAIM_REVERSING)
            assert_true(story_until_sent(&story, 20000));
    }
    assert_int_equal(story.order.refund_count, 1);
    assert_int_equal(story.order.refunds[0].state, REFUND_CASE);
    assert_int_equal(story.order.claims[0].reason, CASE_REFUND_UNCONFIRMED);
    assert_int_equal(sums().in_cases.fen, 1000);
}

static void another_amount_returned_is_a_case(void **state) {
    (void)state;
    reverse();
    story_answer(&story, (struct event_answer){
                             .outcome = OUTCOME_ACCEPTED, .has_amount = true, .amount = {999}});
    assert_int_equal(claim(0), CLAIM_CASE);
}

static void after_a_restart_a_refund_is_asked_about(void **state) {
    (void)state;
    reverse();
    story_restart(&story);
    assert_int_equal(story.verb, VERB_ASK_REFUND);
    story_says(&story, OUTCOME_ACCEPTED, "0");
    assert_int_equal(claim(0), CLAIM_REVERSED);
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

static void an_error_of_the_way_is_no_word_of_the_platform(void **state) {
    (void)state;
    static const char *const codes[] = {"", "-28", "HTTP 502"};
    reverse();
    story_says(&story, OUTCOME_UNKNOWN, "");
    story_durable(&story);
    for (int i = 0; i < 12; i++) {
        assert_int_equal(story.verb, VERB_ASK_REFUND);
        story_says(&story, OUTCOME_UNKNOWN, codes[i % 3]);
        assert_true(story_until_sent(&story, 20000));
    }
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
        cmocka_unit_test(a_reversed_claim_is_returned),
        cmocka_unit_test(a_refused_refund_of_what_is_still_paid_is_a_case),
        cmocka_unit_test(a_refusal_because_the_platform_returned_it_by_itself_is_no_case),
        cmocka_unit_test(a_refusal_is_looked_into_again_after_a_restart),
        cmocka_unit_test(a_payment_that_says_nothing_after_a_refusal_is_a_case_in_the_end),
        cmocka_unit_test(a_lost_refund_is_asked_about_and_the_same_is_sent_again),
        cmocka_unit_test(
            a_refund_that_stays_unknown_is_unconfirmed_and_never_sent_under_another_number),
        cmocka_unit_test(another_amount_returned_is_a_case),
        cmocka_unit_test(after_a_restart_a_refund_is_asked_about),
        cmocka_unit_test(only_what_is_credited_can_be_given_back_and_only_once),
        cmocka_unit_test(a_bill_goes_back_whole_or_not_at_all),
        cmocka_unit_test(a_deposit_goes_back_in_parts_that_never_exceed_it),
        cmocka_unit_test(what_is_still_booked_tells_whether_a_part_was_taken_back),
        cmocka_unit_test(a_part_of_which_the_his_says_nothing_is_a_case_and_never_a_guess),
        cmocka_unit_test(a_fail_of_what_was_credited_is_a_case),
        cmocka_unit_test(one_of_two_bills_given_back_leaves_the_other),
        cmocka_unit_test(an_error_of_the_way_is_no_word_of_the_platform),
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
