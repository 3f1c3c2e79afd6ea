/* links: app/core/ app/core/visit/ app/core/desk/ app/core/order/ app/core/terms/ ui/ids.c */
/* The visit in which bills are paid: the good one, and what the hospital or the journal puts in
 * between. */
#include "tests/support/patient.h"

/* Paid on the phone; every bill credited. */
static void pays_on_the_phone(struct patient *p) {
    pass_by_deadlines(p, 3000);
    assert_int_equal(p->asked.verb, VERB_ASK);
    answer_trade(p, OUTCOME_ACCEPTED, TRADE_PAID, NULL);
    assert_int_equal(p->core.session.screen, SCREEN_WAITING);
    assert_int_equal(p->core.session.waiting, WAITING_CREDIT);
    durable(p);
    if (p->asked.verb != VERB_BILLS)
        pass_by_deadlines(p, 1);
    assert_int_equal(p->asked.verb, VERB_BILLS);
    answer(p, OUTCOME_ACCEPTED, &three_bills);
    durable(p);
}

static void a_patient_pays_three_bills(void **state) {
    struct patient p;

    (void)state;
    begin(&p);
    at_qr(&p);
    assert_int_equal(p.core.book.orders[p.core.session.payment.slot].legs[0].amount.fen, 16570);
    assert_int_equal(p.core.book.orders[p.core.session.payment.slot].claim_count, 3);
    pays_on_the_phone(&p);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(p.asked.verb, VERB_CREDIT);
        assert_int_equal(p.core.session.screen, SCREEN_WAITING);
        answer(&p, OUTCOME_ACCEPTED, i == 2 ? &to_the_pharmacy : NULL);
        durable(&p);
    }
    assert_int_equal(p.core.session.screen, SCREEN_RESULT);
    assert_int_equal(p.core.session.payment.verdict, VERDICT_CREDITED);
    assert_ptr_equal(p.core.session.guidance[2], &to_the_pharmacy);
    assert_int_equal(p.prints, 1);
    assert_false(p.reprint);
    happens(&p, (struct event){.kind = EVENT_PRINTED, .of.printed = {p.job, PRINT_DONE}});
    assert_int_equal(p.core.session.payment.receipt, RECEIPT_PRINTED);
    tap(&p, TOUCH_LESS);
    assert_int_equal(p.core.session.page, 0);
    tap(&p, TOUCH_MORE);
    assert_int_equal(p.core.session.page, 1);
    tap(&p, TOUCH_PRINT);
    assert_int_equal(p.prints, 2);
    assert_true(p.reprint);
    tap(&p, TOUCH_HOME);
    assert_int_equal(p.core.session.screen, SCREEN_WELCOME);
    assert_int_equal(p.wipes, 1);
    assert_int_equal(p.core.session.who.identity_no[0], '\0');
    assert_null(session_account(&p.core.session));
}

/* Chosen, and read again: the payment is being written. Returns how many requests were sent. */
static int wants_to_pay(struct patient *p, enum channel channel) {
    begin(p);
    at_channel(p);
    tap_number(p, TOUCH_CHANNEL, channel);
    answer(p, OUTCOME_ACCEPTED, &three_bills);
    return p->sends;
}

static void nothing_is_sent_before_it_is_durable(void **state) {
    struct patient p;

    (void)state;
    int sends = wants_to_pay(&p, CHANNEL_ALIPAY);
    pass_by_deadlines(&p, 5000);
    assert_int_equal(p.sends, sends);
    durable(&p);
    assert_int_equal(p.asked.verb, VERB_PLACE);
}

static void a_list_that_names_a_bill_twice_is_not_trusted(void **state) {
    struct patient p;
    struct bill_list twice = three_bills;

    (void)state;
    strcpy(twice.bills[2].org_trace_no, "B1");
    begin(&p);
    tap_number(&p, TOUCH_SERVICE, SERVICE_BILLS);
    scan(&p, "C10000001");
    answer(&p, OUTCOME_ACCEPTED, &zhang);
    tap(&p, TOUCH_NEXT);
    answer(&p, OUTCOME_ACCEPTED, &twice);
    hears(&p, SCREEN_CONFIRM, NOTICE_HIS_REFUSED);
}

static void the_staff_are_called_from_help_until_the_visit_ends(void **state) {
    struct patient p;

    (void)state;
    begin(&p);
    at_bills(&p);
    tap(&p, TOUCH_HELP);
    tap(&p, TOUCH_CALL);
    assert_int_equal(p.core.session.called_ms, p.now.wall_ms);
    hears(&p, SCREEN_HELP, NOTICE_NONE);
    tap(&p, TOUCH_BACK);
    hears(&p, SCREEN_BILLS, NOTICE_NONE);
    assert_int_not_equal(p.core.session.called_ms, 0);
    tap(&p, TOUCH_HOME);
    assert_int_equal(p.core.session.called_ms, 0);
}

static void a_hospital_that_does_not_answer_is_asked_on_while_the_patient_goes(void **state) {
    struct patient p;

    (void)state;
    begin(&p);
    at_qr(&p);
    pays_on_the_phone(&p);
    for (int i = 0; i < 10 && p.core.session.screen == SCREEN_WAITING; i++) {
        answer(&p, OUTCOME_UNKNOWN, NULL);
        pass_by_deadlines(&p, 3000);
    }
    assert_int_equal(p.core.session.screen, SCREEN_RESULT);
    assert_int_equal(p.core.session.payment.verdict, VERDICT_ASKING);
    assert_int_equal(p.prints, 1);
    int slot = p.core.session.payment.slot;
    tap(&p, TOUCH_HOME);
    assert_int_equal(p.core.session.screen, SCREEN_WELCOME);
    assert_true(p.core.book.orders[slot].run.used);
    /* Nobody pays these bills a second time meanwhile. */
    at_bills(&p);
    hears(&p, SCREEN_BILLS, NOTICE_STILL_ASKING);
    assert_int_equal(p.core.session.choice.selected[0], 0);
    tap_number(&p, TOUCH_BILL, 1);
    hears(&p, SCREEN_BILLS, NOTICE_STILL_ASKING);
    assert_int_equal(p.core.session.choice.selected[0], 0);
}

/* ORG_004 says so. */
static void has_nothing_of_it(struct patient *p) {
    struct event event = answer_to_last(p, OUTCOME_DECLINED);

    memcpy(event.of.answer.code, "00", 3);
    happens(p, event);
}

static void a_definite_refusal_returns_that_bill_only(void **state) {
    struct patient p;

    (void)state;
    begin(&p);
    at_qr(&p);
    pays_on_the_phone(&p);
    const enum outcome hospital_says[] = {OUTCOME_ACCEPTED, OUTCOME_DECLINED, OUTCOME_ACCEPTED};
    int credits = 0;
    for (int turns = 0; turns < 20 && p.core.session.screen == SCREEN_WAITING; turns++) {
        if (finds(&p, VERB_CREDIT))
            answer(&p, hospital_says[credits++], NULL);
        else if (finds(&p, VERB_ASK_CREDIT))
            has_nothing_of_it(&p);
        else if (finds(&p, VERB_REFUND))
            answer_trade(&p, OUTCOME_ACCEPTED, TRADE_RETURNED, NULL);
        durable(&p);
    }
    assert_int_equal(credits, 3);
    assert_int_equal(p.core.session.payment.verdict, VERDICT_PARTLY);
    struct order_sums sums = order_sums(&p.core.book.orders[p.core.session.payment.slot]);
    assert_int_equal(sums.credited.fen, 12850 + 120);
    assert_int_equal(sums.returned.fen + sums.in_flight.fen, 3600);
}

static void a_journal_that_fails_opens_no_payment(void **state) {
    struct patient p;

    (void)state;
    int sends = wants_to_pay(&p, CHANNEL_WECHAT);
    persist_failed(&p);
    hears(&p, SCREEN_RESULT, NOTICE_JOURNAL);
    assert_int_equal(p.core.session.payment.verdict, VERDICT_NOT_PAID);
    assert_int_equal(p.sends, sends);
    tap(&p, TOUCH_HOME);
    assert_int_equal(p.core.session.screen, SCREEN_OUT_OF_SERVICE);
    /* It is tried again by itself, without a person. */
    pass_by_deadlines(&p, 60000);
    assert_int_equal(p.core.session.screen, SCREEN_WELCOME);
}

/* Nothing has left, the patient is told why, and the journal is sound: whoever comes next is
 * served. */
static void a_bill_that_another_order_holds_opens_no_payment(void **state) {
    struct patient p;

    (void)state;
    int sends = wants_to_pay(&p, CHANNEL_WECHAT);
    happens(&p, (struct event){.kind = EVENT_PERSIST_FAILED,
                               .of.durable = {.number = p.persisted, .conflict = true}});
    hears(&p, SCREEN_RESULT, NOTICE_STILL_ASKING);
    assert_int_equal(p.core.session.payment.verdict, VERDICT_NOT_PAID);
    assert_int_equal(p.sends, sends);
    tap(&p, TOUCH_HOME);
    assert_int_equal(p.core.session.screen, SCREEN_WELCOME);
}

static void the_tip_comes_before_the_list(void **state) {
    struct patient p;
    struct bill_list tipped = three_bills;

    (void)state;
    strcpy(tipped.tip, "请先到分诊台");
    begin(&p);
    tap_number(&p, TOUCH_SERVICE, SERVICE_BILLS);
    scan(&p, "C10000001");
    answer(&p, OUTCOME_ACCEPTED, &zhang);
    tap(&p, TOUCH_NEXT);
    answer(&p, OUTCOME_ACCEPTED, &tipped);
    assert_false(p.core.session.choice.tip_seen);
    tap(&p, TOUCH_NEXT);
    assert_true(p.core.session.choice.tip_seen);
    hears(&p, SCREEN_BILLS, NOTICE_NONE);
    tap(&p, TOUCH_NEXT);
    assert_int_equal(p.core.session.screen, SCREEN_CHANNEL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_patient_pays_three_bills),
        cmocka_unit_test(the_staff_are_called_from_help_until_the_visit_ends),
        cmocka_unit_test(nothing_is_sent_before_it_is_durable),
        cmocka_unit_test(a_list_that_names_a_bill_twice_is_not_trusted),
        cmocka_unit_test(a_hospital_that_does_not_answer_is_asked_on_while_the_patient_goes),
        cmocka_unit_test(a_definite_refusal_returns_that_bill_only),
        cmocka_unit_test(a_journal_that_fails_opens_no_payment),
        cmocka_unit_test(a_bill_that_another_order_holds_opens_no_payment),
        cmocka_unit_test(the_tip_comes_before_the_list),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
