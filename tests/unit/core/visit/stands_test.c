/* links: app/core/ app/core/visit/ app/core/desk/ app/core/order/ app/core/terms/ ui/ids.c */
/* Before a credit is taken back the hospital is asked whether it still has it: what a window took
 * back already is not given back once more. */
#include "tests/support/refund_story.h"

static void wanted_back(struct patient *p, enum settle_result settles) {
    struct core_setup setup = usual_setup();

    setup.policy.settle_result = settles;
    at_deposits(p, &setup);
    tap(p, TOUCH_ALL);
    confirmed(p, &newer);
    platform_has_it(p);
}

static void what_a_window_took_back_does_not_go_back_here(void **state) {
    struct patient p;

    (void)state;
    wanted_back(&p, SETTLE_RESULT_ORDER);
    assert_int_equal(p.core.session.screen, SCREEN_WAITING);
    int sends = p.sends;
    hospital_says(&p, OUTCOME_UNKNOWN, "closed");
    hears(&p, SCREEN_RECORDS, NOTICE_REFUND_ELSEWHERE);
    assert_int_equal(p.sends, sends);
    const struct order *order = &p.core.book.orders[book_find(&p.core.book, NEWER)];
    assert_true(order->claims[0].taken_elsewhere);
    assert_int_equal(order->refund_count, 0);
    assert_int_equal(p.persists, 1);
}

/* `closed` may be of another settlement of the visit: nothing goes back, nothing is noted. */
static void what_may_be_of_another_settlement_is_not_noted(void **state) {
    struct patient p;

    (void)state;
    wanted_back(&p, SETTLE_RESULT_AUTO);
    hospital_says(&p, OUTCOME_UNKNOWN, "closed");
    hears(&p, SCREEN_RECORDS, NOTICE_REFUND_ELSEWHERE);
    assert_int_equal(p.persists, 0);
}

/* A part of it went back here: that may be what `closed` tells of. */
static void what_is_partly_back_is_not_noted(void **state) {
    struct patient p;

    (void)state;
    wanted_back(&p, SETTLE_RESULT_ORDER);
    struct order *order = &p.core.book.orders[p.core.session.payment.slot];
    order->claims[0].refunded.fen = order->shares[0].returned.fen = 100;
    hospital_says(&p, OUTCOME_UNKNOWN, "closed");
    hears(&p, SCREEN_RECORDS, NOTICE_REFUND_ELSEWHERE);
    assert_int_equal(p.persists, 0);
}

/* Without an answer nobody could tell later whose `closed` it is. */
static void without_an_answer_nothing_goes_back(void **state) {
    static const struct {
        enum outcome outcome;
        const char *code;
        enum notice notice;
    } rows[] = {{OUTCOME_UNKNOWN, "", NOTICE_HIS_SLOW},
                {OUTCOME_UNKNOWN, "exp", NOTICE_HIS_SLOW},
                {OUTCOME_MALFORMED, "00", NOTICE_HIS_REFUSED}};
    struct patient p;

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        wanted_back(&p, SETTLE_RESULT_ORDER);
        hospital_says(&p, rows[i].outcome, rows[i].code);
        hears(&p, SCREEN_RECORDS, rows[i].notice);
        assert_int_equal(p.persists, 0);
    }
}

/* Of a `fail` the ORG_005 itself decides. */
static void any_other_word_lets_it_go_on(void **state) {
    struct patient p;

    (void)state;
    wanted_back(&p, SETTLE_RESULT_ORDER);
    hospital_says(&p, OUTCOME_DECLINED, "fail");
    durable(&p);
    assert_int_equal(p.asked.verb, VERB_UNCREDIT);
}

static void a_hospital_that_tells_of_visits_is_not_asked(void **state) {
    struct patient p;

    (void)state;
    wanted_back(&p, SETTLE_RESULT_VISIT);
    durable(&p);
    assert_int_equal(p.asked.verb, VERB_UNCREDIT);
}

/* Each payment of a balance is asked about by its own credit. */
static void the_credit_of_this_step_is_asked_about(void **state) {
    struct patient p;

    (void)state;
    at_paid_bills(&p);
    tap_number(&p, TOUCH_BILL, 2);
    confirmed(&p, &newer);
    platform_has_it(&p);
    assert_int_equal(p.asked.claim, p.core.session.giving_back.plan.steps[0].claim);
    assert_int_equal(p.asked.claim, 1);
    assert_int_equal(p.asked.to.kind, ADDRESS_ORDER);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_a_window_took_back_does_not_go_back_here),
        cmocka_unit_test(what_may_be_of_another_settlement_is_not_noted),
        cmocka_unit_test(what_is_partly_back_is_not_noted),
        cmocka_unit_test(without_an_answer_nothing_goes_back),
        cmocka_unit_test(any_other_word_lets_it_go_on),
        cmocka_unit_test(a_hospital_that_tells_of_visits_is_not_asked),
        cmocka_unit_test(the_credit_of_this_step_is_asked_about),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
