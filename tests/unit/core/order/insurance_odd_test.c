/* links: app/core/order/ app/core/terms/ tests/support/order_story.c */
/* A bill that medical insurance pays, and a centre that says what does not fit together: no more
 * goes back than came, nothing goes back twice, and what nobody can explain is for a person. */
#include "tests/support/insured_story.h"

static void stranded(int64_t own_fen) {
    uploaded();
    next_is(VERB_ASK);
    says_split(OUTCOME_UNKNOWN, TRADE_OWN_STRANDED, "16", own_fen);
}

static void an_own_part_of_more_than_the_bill_is_a_case(void **state) {
    (void)state;
    stranded(2000);
    assert_int_equal(leg->state, LEG_CASE);
    assert_int_equal(leg->reason, CASE_ABNORMAL);
    assert_int_equal(order->refund_count, 0);
}

static void an_own_part_of_another_sum_is_a_case(void **state) {
    (void)state;
    uploaded();
    next_is(VERB_ASK);
    struct event_answer answer = answer_in(OUTCOME_UNKNOWN, TRADE_OWN_STRANDED, "16");
    answer.has_amount = true;
    answer.amount.fen = 900;
    answer.split.own.fen = 900;
    story_answer(&story, answer);
    story_durable(&story);
    assert_int_equal(leg->reason, CASE_ABNORMAL);
    assert_int_equal(order->refund_count, 0);
}

/* What is left of it is named then, and that is nothing. */
static void a_stranded_own_part_keeps_its_amount(void **state) {
    (void)state;
    stranded(250);
    next_is(VERB_ASK);
    says_split(OUTCOME_PENDING, TRADE_SETTLING, "17", 0);
    assert_int_equal(order_sums(order).paid.fen, 250);
    next_is(VERB_ASK);
    says_split(OUTCOME_UNKNOWN, TRADE_OWN_RETURNED, "9", 0);
    assert_int_equal(leg->state, LEG_RETURNED);
    assert_int_equal(order_sums(order).returned.fen, 250);
}

static void an_own_part_that_is_named_differently_later_is_a_case(void **state) {
    (void)state;
    stranded(250);
    next_is(VERB_ASK);
    says_split(OUTCOME_UNKNOWN, TRADE_OWN_STRANDED, "16", 0);
    assert_int_equal(leg->reason, CASE_ABNORMAL);
    assert_int_equal(order_leg_in_case(order, 0).fen, 250);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_own_part_of_more_than_the_bill_is_a_case),
        cmocka_unit_test(an_own_part_of_another_sum_is_a_case),
        cmocka_unit_test(a_stranded_own_part_keeps_its_amount),
        cmocka_unit_test(an_own_part_that_is_named_differently_later_is_a_case),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
