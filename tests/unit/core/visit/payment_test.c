/* links: app/core/ app/core/visit/ app/core/desk/ app/core/order/ app/core/terms/ ui/ids.c */
/* How bills are paid: the ways that there are, and the code that is cancelled, refused, declined or
 * runs out. */
#include <stdlib.h>

#include "app/core/visit/bill_choice.h"
#include "tests/support/patient.h"

static void cancelling_closes_the_payment(void **state) {
    struct patient p;

    (void)state;
    begin(&p);
    at_qr(&p);
    tap(&p, TOUCH_CANCEL);
    assert_int_equal(p.core.session.waiting, WAITING_CLOSE);
    durable(&p);
    assert_int_equal(p.asked.verb, VERB_CLOSE);
    answer(&p, OUTCOME_ACCEPTED, NULL);
    hears(&p, SCREEN_RESULT, NOTICE_NONE);
    assert_int_equal(p.core.session.payment.verdict, VERDICT_NOT_PAID);
    assert_int_equal(p.prints, 0);
    tap(&p, TOUCH_PRINT);
    assert_int_equal(p.prints, 1);
}

/* Declined for good: the same bills, another order, and how to pay is asked again. */
static void what_was_declined_can_be_paid_at_once(void **state) {
    char first_no[ORDER_NO_SIZE];
    struct patient p;

    (void)state;
    begin(&p);
    at_channel(&p);
    tap_number(&p, TOUCH_CHANNEL, CHANNEL_PHONE);
    scan(&p, "6212345678901234599");
    answer(&p, OUTCOME_ACCEPTED, &three_bills);
    durable(&p);
    memcpy(first_no, p.core.session.payment.order_no, ORDER_NO_SIZE);
    answer_trade(&p, OUTCOME_DECLINED, TRADE_FAILED, NULL);
    hears(&p, SCREEN_RESULT, NOTICE_DECLINED);
    tap(&p, TOUCH_AGAIN);
    hears(&p, SCREEN_CHANNEL, NOTICE_NONE);
    pass(&p, 1000);
    tap_number(&p, TOUCH_CHANNEL, CHANNEL_WECHAT);
    answer(&p, OUTCOME_ACCEPTED, &three_bills);
    durable(&p);
    assert_int_equal(p.asked.verb, VERB_PLACE);
    assert_string_not_equal(p.core.session.payment.order_no, first_no);
}

static void what_may_still_be_paid_is_not_offered_again(void **state) {
    struct patient p;

    (void)state;
    begin(&p);
    at_qr(&p);
    tap(&p, TOUCH_CANCEL);
    durable(&p);
    answer(&p, OUTCOME_ACCEPTED, NULL); /* closed, and nobody has said: unpaid */
    hears(&p, SCREEN_RESULT, NOTICE_NONE);
    tap(&p, TOUCH_AGAIN);
    hears(&p, SCREEN_RESULT, NOTICE_NONE);
}

/* Without the insurance: only an insured bill is sold once more, and only when it is proved that
 * nothing was paid. */
static void another_way_waits_for_the_proof(void **state) {
    struct patient p;

    (void)state;
    begin(&p);
    at_qr(&p);
    tap(&p, TOUCH_AGAIN); /* no insurance: it is on no screen there */
    hears(&p, SCREEN_PAY_QR, NOTICE_NONE);
    p.core.session.choice.channel = CHANNEL_INSURANCE;
    tap(&p, TOUCH_AGAIN);
    assert_int_equal(p.core.session.waiting, WAITING_CLOSE);
    durable(&p);
    assert_int_equal(p.asked.verb, VERB_CLOSE);
    answer(&p, OUTCOME_ACCEPTED, NULL); /* closed, and nobody has said: unpaid */
    hears(&p, SCREEN_RESULT, NOTICE_NONE);
    assert_true(p.core.session.payment.other_way);
}

static void a_cancel_that_meets_the_payment_ends_credited(void **state) {
    struct patient p;

    (void)state;
    begin(&p);
    at_qr(&p);
    tap(&p, TOUCH_CANCEL);
    durable(&p);
    struct event n = answer_to_last(&p, OUTCOME_ACCEPTED);
    n.of.answer.not_closed = true;
    happens(&p, n);
    assert_int_equal(p.core.session.screen, SCREEN_WAITING); /* never the QR code again */
    durable(&p);
    pass_by_deadlines(&p, 1);
    assert_int_equal(p.asked.verb, VERB_ASK);
    answer_trade(&p, OUTCOME_ACCEPTED, TRADE_PAID, NULL);
    assert_int_equal(p.core.session.waiting, WAITING_CREDIT);
}

static void home_with_an_open_payment_closes_it_first(void **state) {
    struct patient p;

    (void)state;
    begin(&p);
    at_qr(&p);
    tap(&p, TOUCH_HELP);
    tap(&p, TOUCH_HOME);
    assert_int_equal(p.core.session.screen, SCREEN_WAITING);
    assert_int_equal(p.core.session.waiting, WAITING_CLOSE);
}

static void a_platform_that_is_silent_gives_no_code(void **state) {
    struct patient p;

    (void)state;
    begin(&p);
    at_placing(&p);
    answer(&p, OUTCOME_UNKNOWN, NULL);
    assert_int_equal(p.core.session.waiting, WAITING_CLOSE);
    pass_by_deadlines(&p, 1);
    assert_int_equal(p.asked.verb, VERB_ASK);
    answer(&p, OUTCOME_UNKNOWN, NULL);
    durable(&p);
    assert_int_equal(p.asked.verb, VERB_CLOSE);
    answer(&p, OUTCOME_UNKNOWN, NULL); /* upp: silence closes */
    hears(&p, SCREEN_RESULT, NOTICE_PLATFORM_DOWN);
    assert_int_equal(p.core.session.payment.verdict, VERDICT_NOT_PAID);
}

static void a_code_for_another_amount_is_not_shown(void **state) {
    struct patient p;

    (void)state;
    begin(&p);
    at_placing(&p);
    struct event placed = answer_to_last(&p, OUTCOME_PENDING);
    placed.of.answer.trade = TRADE_WAIT;
    placed.of.answer.has_amount = true;
    placed.of.answer.amount.fen = 16571;
    placed.of.answer.document = &link_to_pay.head;
    happens(&p, placed);
    assert_null(session_link(&p.core.session));
    assert_int_equal(p.core.session.waiting, WAITING_CLOSE);
    durable(&p);
    assert_int_equal(p.asked.verb, VERB_CLOSE);
    answer(&p, OUTCOME_ACCEPTED, NULL);
    hears(&p, SCREEN_RESULT, NOTICE_CODE_AMOUNT);
    assert_int_equal(p.core.session.payment.verdict, VERDICT_NOT_PAID);
}

static void a_code_that_runs_out_is_closed(void **state) {
    struct patient p;

    (void)state;
    begin(&p);
    at_qr(&p);
    for (int i = 0; i < 80 && p.core.session.screen == SCREEN_PAY_QR; i++) {
        pass_by_deadlines(&p, 3000);
        if (p.asked.verb == VERB_ASK)
            answer_trade(&p, OUTCOME_PENDING, TRADE_WAIT, NULL);
    }
    assert_int_equal(p.core.session.waiting, WAITING_CLOSE);
    assert_int_equal(p.wipes, 0); /* the patient was not thrown out */
    durable(&p);
    answer(&p, OUTCOME_ACCEPTED, NULL);
    assert_int_equal(p.core.session.payment.verdict, VERDICT_NOT_PAID);
}

static void too_many_open_orders_are_refused_in_words(void **state) {
    struct patient p;

    (void)state;
    begin(&p);
    for (int i = 0; i < ORDERS_MAX; i++) {
        struct order *order = &p.core.book.orders[i];
        order->run.used = true;
        order->leg_count = 1;
        order->legs[0].route = ROUTE_UPP;
        order->legs[0].state = LEG_WAITING;
    }
    at_channel(&p);
    tap_number(&p, TOUCH_CHANNEL, CHANNEL_WECHAT);
    answer(&p, OUTCOME_ACCEPTED, &three_bills);
    hears(&p, SCREEN_CHANNEL, NOTICE_FULL);
    assert_int_equal(p.persists, 0);
}

/* Held out before it was chosen, a phone's code is answered in words and nothing is kept of it. */
static void a_pay_code_on_the_channels_is_answered(void **state) {
    struct patient p;

    (void)state;
    begin(&p);
    device_is(&p, ROLE_SCANNER, DEVICE_READY, SUPPLY_NOT_SUPPORTED);
    at_channel(&p);
    int sends = p.sends;
    scan(&p, "134567890123456700");
    hears(&p, SCREEN_CHANNEL, NOTICE_PAY_CODE_CHOOSE);
    assert_int_equal(p.core.session.payment.pay_code[0], '\0');
    assert_int_equal(p.core.session.payment.slot, -1);
    assert_int_equal(p.sends, sends);
    scan(&p, "C10000002"); /* nobody is asked for here */
    hears(&p, SCREEN_CHANNEL, NOTICE_PAY_CODE_CHOOSE);
    tap_number(&p, TOUCH_CHANNEL, CHANNEL_PHONE);
    hears(&p, SCREEN_PAY_CODE, NOTICE_NONE);
}

static void a_pay_code_that_cannot_be_taken_is_told_so(void **state) {
    struct core_setup setup = usual_setup();
    struct patient p;

    (void)state;
    setup.policy.channels[CHANNEL_PHONE] = false;
    begin_with(&p, &setup);
    at_channel(&p);
    scan(&p, "134567890123456700");
    hears(&p, SCREEN_CHANNEL, NOTICE_CHANNEL);
}

static void the_only_way_to_pay_is_not_asked_for(void **state) {
    struct core_setup setup = usual_setup();
    struct patient p;

    (void)state;
    for (enum channel way = CHANNEL_NONE + 1; way < CHANNEL_COUNT; way++)
        setup.policy.channels[way] = way == CHANNEL_PHONE;
    begin_with(&p, &setup);
    at_bills(&p);
    pass(&p, 1000);
    tap(&p, TOUCH_PAY);
    hears(&p, SCREEN_PAY_CODE, NOTICE_NONE);
    tap(&p, TOUCH_BACK);
    hears(&p, SCREEN_CHANNEL, NOTICE_NONE);
    device_is(&p, ROLE_SCANNER, DEVICE_ABSENT, SUPPLY_UNKNOWN);
    tap(&p, TOUCH_BACK);
    pass(&p, 1000);
    tap(&p, TOUCH_PAY); /* the one way does not work now: that is said where ways are chosen */
    hears(&p, SCREEN_CHANNEL, NOTICE_NONE);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_only_way_to_pay_is_not_asked_for),
        cmocka_unit_test(what_was_declined_can_be_paid_at_once),
        cmocka_unit_test(what_may_still_be_paid_is_not_offered_again),
        cmocka_unit_test(cancelling_closes_the_payment),
        cmocka_unit_test(another_way_waits_for_the_proof),
        cmocka_unit_test(a_cancel_that_meets_the_payment_ends_credited),
        cmocka_unit_test(home_with_an_open_payment_closes_it_first),
        cmocka_unit_test(a_platform_that_is_silent_gives_no_code),
        cmocka_unit_test(a_code_for_another_amount_is_not_shown),
        cmocka_unit_test(a_code_that_runs_out_is_closed),
        cmocka_unit_test(too_many_open_orders_are_refused_in_words),
        cmocka_unit_test(a_pay_code_on_the_channels_is_answered),
        cmocka_unit_test(a_pay_code_that_cannot_be_taken_is_told_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
