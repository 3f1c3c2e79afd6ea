/* links: app/core/order/ app/core/terms/ tests/support/order_story.c */
/* A refund on its way: done, refused, unknown, sent again under its number. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "tests/unit/core/order/back_story.h"

static enum leg_state leg(void) {
    return story.order.legs[0].state;
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

/* A platform knows a refund by its number, and says whether it has it: it is asked, and what it
 * said last is kept. */
static void what_did_not_leave_is_asked_about_where_the_platform_can_say(void **state) {
    (void)state;
    reverse();
    story_never_leaves(&story);
    assert_false(story.order.refunds[0].never_left);
    assert_true(story_until_sent(&story, 60000));
    assert_int_equal(story.verb, VERB_ASK_REFUND);
    story_says(&story, OUTCOME_PENDING, "7");
    assert_string_equal(story.order.refunds[0].code, "7");
    story_durable(&story);
    assert_true(story_until_sent(&story, 60000));
    story_says(&story, OUTCOME_ACCEPTED, "0");
    assert_string_equal(story.order.refunds[0].code, "0");
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

/* Refused, and the payment is perhaps being returned: nobody says whether it is back. */
static void a_refusal_of_what_goes_back_oddly_is_never_a_no(void **state) {
    (void)state;
    reverse();
    refuse();
    while (claim(0) == CLAIM_REVERSING) {
        story_trade(&story, TRADE_RETURN_ODD);
        if (claim(0) == CLAIM_REVERSING)
            assert_true(story_until_sent(&story, 600000));
    }
    assert_int_equal(claim(0), CLAIM_CASE);
    assert_int_equal(story.order.refunds[0].state, REFUND_CASE);
    assert_int_equal(story.order.refunds[0].reason, CASE_REFUND_UNCONFIRMED);
}

/* onepay 040023: the hospital has taken it back, and the wallet has nothing. */
static void what_the_platform_leaves_to_a_person_is_not_sent_again(void **state) {
    (void)state;
    reverse();
    story_answer(&story, (struct event_answer){.outcome = OUTCOME_UNKNOWN,
                                               .trade = TRADE_ABNORMAL,
                                               .code = "040023"});
    assert_int_equal(story.order.refunds[0].state, REFUND_CASE);
    assert_int_equal(claim(0), CLAIM_CASE);
    assert_int_equal(story.order.claims[0].reason, CASE_REFUND_UNCONFIRMED);
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

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_reversed_claim_is_returned),
        cmocka_unit_test(what_did_not_leave_is_asked_about_where_the_platform_can_say),
        cmocka_unit_test(a_refused_refund_of_what_is_still_paid_is_a_case),
        cmocka_unit_test(a_refusal_because_the_platform_returned_it_by_itself_is_no_case),
        cmocka_unit_test(a_refusal_of_what_goes_back_oddly_is_never_a_no),
        cmocka_unit_test(what_the_platform_leaves_to_a_person_is_not_sent_again),
        cmocka_unit_test(a_refusal_is_looked_into_again_after_a_restart),
        cmocka_unit_test(a_payment_that_says_nothing_after_a_refusal_is_a_case_in_the_end),
        cmocka_unit_test(a_lost_refund_is_asked_about_and_the_same_is_sent_again),
        cmocka_unit_test(
            a_refund_that_stays_unknown_is_unconfirmed_and_never_sent_under_another_number),
        cmocka_unit_test(another_amount_returned_is_a_case),
        cmocka_unit_test(after_a_restart_a_refund_is_asked_about),
        cmocka_unit_test(an_error_of_the_way_is_no_word_of_the_platform),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
