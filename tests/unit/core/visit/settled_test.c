/* links: app/core/ app/core/visit/ app/core/desk/ app/core/order/ app/core/terms/ ui/ids.c */
/* Before anybody pays: does the hospital call a bill settled that it lists? And whether it says so
 * of everything. */
#include "app/core/visit/bill_choice.h"
#include "tests/support/one_leg.h"
#include "tests/support/patient.h"

/* All three bills are chosen, the list is read again, the first is asked about. */
static void asking(struct patient *p, enum settle_result settles) {
    struct core_setup setup = usual_setup();
    setup.policy.settle_result = settles;
    begin_with(p, &setup);
    p->asks_settled = true;
    at_channel(p);
    tap_number(p, TOUCH_CHANNEL, CHANNEL_WECHAT);
    answer(p, OUTCOME_ACCEPTED, &three_bills);
    assert_int_equal(p->asked.verb, VERB_ASK_CREDIT);
    assert_int_equal(p->core.session.screen, SCREEN_WAITING);
    assert_int_equal(p->core.session.payment.slot, -1);
}

/* What is still chosen is paid once more: the list is read again. */
static void pays_again(struct patient *p) {
    tap(p, TOUCH_PAY);
    tap_number(p, TOUCH_CHANNEL, CHANNEL_WECHAT);
    answer(p, OUTCOME_ACCEPTED, &three_bills);
}

static const char *asked_number(const struct patient *p) {
    return session_question(&p->core.session, VERB_ASK_CREDIT).org_trace_no;
}

static bool opened(const struct patient *p) {
    return p->core.session.payment.slot >= 0;
}

static void each_chosen_bill_is_asked_about_once(void **state) {
    static const char *const numbers[] = {"B1", "B2", "B3"};
    struct patient p;
    (void)state;
    asking(&p, SETTLE_RESULT_ORDER);
    for (int i = 0; i < 3; i++) {
        assert_false(opened(&p));
        assert_string_equal(asked_number(&p), numbers[i]);
        answer_code(&p, i == 1 ? OUTCOME_UNKNOWN : OUTCOME_DECLINED, i == 1 ? "closed" : "fail");
    }
    assert_true(opened(&p));
    assert_int_equal(p.core.book.orders[0].claim_count, 3);
}

static void a_bill_that_is_settled_is_not_sold(void **state) {
    struct patient p;
    (void)state;
    asking(&p, SETTLE_RESULT_ORDER);
    answer_code(&p, OUTCOME_DECLINED, "fail");
    answer_code(&p, OUTCOME_ACCEPTED, "00");
    hears(&p, SCREEN_BILLS, NOTICE_BILL_SOLD);
    assert_false(opened(&p));
    assert_int_equal(p.core.session.choice.selected[0], 5);
    tap_number(&p, TOUCH_BILL, 2);
    hears(&p, SCREEN_BILLS, NOTICE_BILL_SOLD);
    assert_int_equal(p.core.session.choice.selected[0], 5);
    p.asks_settled = false;
    pays_again(&p);
    assert_true(opened(&p));
    assert_int_equal(p.core.book.orders[0].claim_count, 2);
}

static void a_hospital_that_calls_everything_settled_is_found_out(void **state) {
    struct patient p;
    (void)state;
    asking(&p, SETTLE_RESULT_AUTO);
    answer_code(&p, OUTCOME_ACCEPTED, "00");
    assert_false(opened(&p));
    assert_int_equal(p.asked.verb, VERB_ASK_CREDIT);
    assert_true(order_no_is_ours(asked_number(&p)));
    answer_code(&p, OUTCOME_ACCEPTED, "00");
    assert_true(opened(&p)); /* its word means nothing: the other bills are not asked about */
    assert_int_equal(p.found, SETTLE_RESULT_VISIT);
    assert_int_equal(p.core.book.settles, SETTLE_RESULT_VISIT);
    assert_int_equal(p.core.book.orders[0].claim_count, 3);
}

static void in_doubt_a_definite_word_about_nothing_makes_it_sold(void **state) {
    struct patient p;
    (void)state;
    asking(&p, SETTLE_RESULT_AUTO);
    answer_code(&p, OUTCOME_ACCEPTED, "00");
    answer_code(&p, OUTCOME_UNKNOWN, "01");
    hears(&p, SCREEN_BILLS, NOTICE_BILL_SOLD);
    assert_int_equal(p.found, SETTLE_RESULT_AUTO);
    asking(&p, SETTLE_RESULT_AUTO); /* no word: neither is known, nothing is sold */
    answer_code(&p, OUTCOME_ACCEPTED, "00");
    answer_code(&p, OUTCOME_UNKNOWN, "");
    hears(&p, SCREEN_CHANNEL, NOTICE_HIS_SLOW);
    assert_false(opened(&p));
}

/* Sold, by a word about nothing: the next payment asks about its own bill first. */
static void a_doubt_is_over_with_its_bill(void **state) {
    struct patient p;
    (void)state;
    asking(&p, SETTLE_RESULT_AUTO);
    answer_code(&p, OUTCOME_ACCEPTED, "00");
    answer_code(&p, OUTCOME_UNKNOWN, "01");
    hears(&p, SCREEN_BILLS, NOTICE_BILL_SOLD);
    pays_again(&p);
    assert_string_equal(asked_number(&p), "B2");
    answer_code(&p, OUTCOME_ACCEPTED, "00");
    assert_true(order_no_is_ours(asked_number(&p))); /* doubted by itself */
}

static void the_code_for_a_bill_that_is_sold_is_forgotten(void **state) {
    struct patient p;
    static const char nothing[sizeof p.core.session.payment.pay_code];
    (void)state;
    begin(&p);
    p.asks_settled = true;
    at_channel(&p);
    tap_number(&p, TOUCH_CHANNEL, CHANNEL_PHONE);
    scan(&p, "134567890123456700");
    answer(&p, OUTCOME_ACCEPTED, &three_bills);
    assert_string_equal(p.core.session.payment.pay_code, "134567890123456700");
    answer_code(&p, OUTCOME_ACCEPTED, "00");
    hears(&p, SCREEN_BILLS, NOTICE_BILL_SOLD);
    assert_memory_equal(p.core.session.payment.pay_code, nothing,
                        sizeof p.core.session.payment.pay_code);
}

static void a_hospital_of_visits_is_not_asked(void **state) {
    struct core_setup setup = usual_setup();
    struct patient p;
    (void)state;
    setup.policy.settle_result = SETTLE_RESULT_AUTO;
    setup.found = SETTLE_RESULT_VISIT;
    begin_with(&p, &setup);
    p.asks_settled = true;
    at_channel(&p);
    tap_number(&p, TOUCH_CHANNEL, CHANNEL_WECHAT);
    answer(&p, OUTCOME_ACCEPTED, &three_bills);
    assert_true(opened(&p));
}

/* It only saves a payment from going back: nobody waits long for it. */
static void a_silent_hospital_keeps_nobody_waiting(void **state) {
    struct patient p;
    (void)state;
    asking(&p, SETTLE_RESULT_ORDER);
    answer_code(&p, OUTCOME_UNKNOWN, "");
    assert_true(opened(&p));
    asking(&p, SETTLE_RESULT_ORDER);
    pass(&p, 3000);
    answer_code(&p, OUTCOME_DECLINED, "fail");
    assert_true(opened(&p));
}

/* What was credited here and taken back at a window may be paid again. */
static void a_list_from_before_a_release_is_read_again(void **state) {
    struct patient p;
    (void)state;
    begin(&p);
    at_bills(&p);
    p.core.book.released++;
    happens(&p, (struct event){.kind = EVENT_TICK});
    assert_int_equal(p.asked.verb, VERB_BILLS);
    answer(&p, OUTCOME_ACCEPTED, &three_bills);
    assert_int_equal(p.core.session.screen, SCREEN_BILLS);
    happens(&p, (struct event){.kind = EVENT_TICK});
    assert_int_equal(p.core.session.screen, SCREEN_BILLS);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_chosen_bill_is_asked_about_once),
        cmocka_unit_test(a_bill_that_is_settled_is_not_sold),
        cmocka_unit_test(a_hospital_that_calls_everything_settled_is_found_out),
        cmocka_unit_test(in_doubt_a_definite_word_about_nothing_makes_it_sold),
        cmocka_unit_test(a_doubt_is_over_with_its_bill),
        cmocka_unit_test(the_code_for_a_bill_that_is_sold_is_forgotten),
        cmocka_unit_test(a_hospital_of_visits_is_not_asked),
        cmocka_unit_test(a_silent_hospital_keeps_nobody_waiting),
        cmocka_unit_test(a_list_from_before_a_release_is_read_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
