/* links: app/core/ app/core/visit/ app/core/desk/ app/core/order/ app/core/terms/ ui/ids.c */
/* Where is my money: the list, one payment looked at again, and the limits of the day that are read
 * the same way. */
#include "tests/support/one_leg.h"
#include "tests/support/patient.h"

#include "app/core/visit/flows.h"
#include "app/core/visit/keys.h"
#include "tests/support/payments_story.h"

#define EARLIER "26111912000000010002"

static struct order earlier;
static struct payment_list list;
static struct order_document reopened;

/* 张建丰 asks for his payments; the list is still to be given. */
static void asks_for_payments(struct patient *p) {
    tap_number(p, TOUCH_SERVICE, SERVICE_RECORDS);
    scan(p, "C10000001");
    answer(p, OUTCOME_ACCEPTED, &zhang);
    tap(p, TOUCH_NEXT);
    assert_int_equal(p->asked.verb, VERB_RECORDS);
}

static void at_records(struct patient *p) {
    begin(p);
    earlier = paid_bills(EARLIER, zhang.keys.id, NOON_MS - DAY_MS);
    list = listed((const struct order *const[]){&earlier}, 1);
    asks_for_payments(p);
    answer(p, OUTCOME_ACCEPTED, &list);
    hears(p, SCREEN_RECORDS, NOTICE_NONE);
}

static void looks_at_it(struct patient *p) {
    tap_number(p, TOUCH_BILL, 1);
    assert_int_equal(p->asked.verb, VERB_REOPEN);
    reopened = (struct order_document){.head.kind = DOCUMENT_ORDER, .order = earlier};
    answer(p, OUTCOME_ACCEPTED, &reopened);
}

static void a_payment_is_shown_with_fresh_advice_and_moves_nothing(void **state) {
    struct patient p;

    (void)state;
    at_records(&p);
    looks_at_it(&p);
    assert_int_equal(p.core.session.screen, SCREEN_RESULT);
    assert_int_equal(p.core.session.payment.verdict, VERDICT_CREDITED);
    assert_int_equal(p.asked.verb, VERB_GUIDANCE);
    assert_string_equal(p.core.book.orders[p.core.session.payment.slot].person.mdtrt_cert_no,
                        "C10000001");
    answer(&p, OUTCOME_ACCEPTED, &to_the_pharmacy);
    assert_ptr_equal(p.core.session.guidance[0], &to_the_pharmacy);
    assert_int_equal(p.asked.verb, VERB_GUIDANCE); /* of the other bill */
    answer(&p, OUTCOME_UNKNOWN, NULL);
    assert_null(p.core.session.guidance[1]);
    assert_int_equal(p.persists, 0);
    assert_int_equal(p.prints, 0);
}

static void its_receipt_is_a_reprint(void **state) {
    struct patient p;

    (void)state;
    at_records(&p);
    looks_at_it(&p);
    tap(&p, TOUCH_PRINT);
    assert_int_equal(p.prints, 1);
    assert_true(p.reprint);
}

static void back_from_it_reads_the_list_again_and_lets_go(void **state) {
    struct patient p;

    (void)state;
    at_records(&p);
    looks_at_it(&p);
    tap(&p, TOUCH_BACK);
    assert_int_equal(p.asked.verb, VERB_RECORDS);
    answer(&p, OUTCOME_ACCEPTED, &list);
    hears(&p, SCREEN_RECORDS, NOTICE_NONE);
    assert_int_equal(book_find(&p.core.book, EARLIER), -1);
    tap(&p, TOUCH_HOME);
    assert_int_equal(p.core.session.screen, SCREEN_WELCOME);
    assert_null(session_payments(&p.core.session));
}

/* Its case is kept in the journal; looking at it takes no place from a payment. */
static void an_old_case_that_was_looked_at_keeps_no_slot(void **state) {
    struct patient p;

    (void)state;
    at_records(&p);
    earlier.claims[0].state = CLAIM_CASE;
    earlier.claims[0].reason = CASE_CREDIT_UNKNOWN;
    looks_at_it(&p);
    assert_int_equal(p.core.session.payment.verdict, VERDICT_WINDOW);
    tap(&p, TOUCH_HOME);
    pass(&p, 100);
    assert_int_equal(book_find(&p.core.book, EARLIER), -1);
}

static void the_result_of_a_payment_has_no_way_back(void **state) {
    struct patient p;

    (void)state;
    begin(&p);
    at_qr(&p);
    tap(&p, TOUCH_CANCEL);
    durable(&p);
    assert_true(finds(&p, VERB_CLOSE));
    answer(&p, OUTCOME_ACCEPTED, NULL);
    assert_int_equal(p.core.session.screen, SCREEN_RESULT);
    assert_false(offer_back(core_situation(&p.core, p.now)));
    tap(&p, TOUCH_BACK);
    assert_int_equal(p.core.session.screen, SCREEN_RESULT);
}

/* A payment of which nobody knows yet is asked about when its owner asks for it. */
static void what_is_open_is_asked_about_at_once(void **state) {
    struct patient p;

    (void)state;
    begin(&p);
    at_qr(&p);
    tap(&p, TOUCH_CANCEL);
    durable(&p);
    assert_true(finds(&p, VERB_CLOSE));
    answer(&p, OUTCOME_ACCEPTED, NULL); /* closed: late money is looked for now and then */
    durable(&p);
    tap(&p, TOUCH_HOME);
    pass_by_deadlines(&p, 60000);
    while (finds(&p, VERB_ASK)) {
        answer(&p, OUTCOME_UNKNOWN, NULL);
        pass_by_deadlines(&p, 100);
    }
    asks_for_payments(&p);
    const struct order *open = &p.core.book.orders[0];
    list = listed(&open, 1);
    answer(&p, OUTCOME_ACCEPTED, &list);
    assert_int_equal(p.asked.verb, VERB_ASK);
    answer_trade(&p, OUTCOME_ACCEPTED, TRADE_PAID, NULL);
    struct payment row;
    payment_of_order(open, &row);
    assert_int_equal(row.verdict, VERDICT_LATE); /* never credited: it goes back */
}

static void nothing_paid_here_is_said_so(void **state) {
    struct patient p;

    (void)state;
    begin(&p);
    list = listed(NULL, 0);
    asks_for_payments(&p);
    answer(&p, OUTCOME_ACCEPTED, &list);
    hears(&p, SCREEN_RECORDS, NOTICE_NO_PAYMENTS);
}

static void verdict_of(struct order *order, enum verdict verdict) {
    one_leg_pays(order);
    assert_int_equal(order_verdict(order), verdict);
}

static void every_fate_has_its_verdict(void **state) {
    struct order order = paid_bills(EARLIER, "key", NOON_MS);
    struct payment row;
    struct claim *claim = &order.claims[0];

    (void)state;
    order.claim_count = 1;
    order.legs[0].amount = claim->amount;
    verdict_of(&order, VERDICT_CREDITED);
    claim->state = CLAIM_UNCREDITING;
    verdict_of(&order, VERDICT_REFUNDING);
    claim->state = CLAIM_DONE;
    claim->refunded.fen = 100;
    verdict_of(&order, VERDICT_REFUND_PARTLY);
    claim->state = CLAIM_REFUNDED;
    claim->refunded = claim->amount;
    verdict_of(&order, VERDICT_REFUNDED);
    claim->refunded.fen = 0;
    claim->state = CLAIM_REVERSED;
    verdict_of(&order, VERDICT_RETURNED);
    claim->state = CLAIM_CASE;
    verdict_of(&order, VERDICT_WINDOW);
    claim->reason = CASE_REFUND_UNCONFIRMED;
    verdict_of(&order, VERDICT_REFUND_UNCONFIRMED);
    order.resolved = true;
    verdict_of(&order, VERDICT_SETTLED);
    order.resolved = false;
    claim->state = CLAIM_VOID;
    order.legs[0].state = LEG_PAID_AFTER_CLOSE;
    verdict_of(&order, VERDICT_LATE);
    order.legs[0].state = LEG_RETURNED;
    verdict_of(&order, VERDICT_LATE_RETURNED);
    order.legs[0].state = LEG_CLOSED;
    verdict_of(&order, VERDICT_NOT_PAID);
    payment_of_order(&order, &row);
    assert_string_equal(payment_state_key(&row), "records.closed");
    order.legs[0].unpaid = true;
    payment_of_order(&order, &row);
    assert_string_equal(payment_state_key(&row), "records.not_paid");
    order.legs[0].state = LEG_CASE;
    order.legs[0].reason = CASE_REFUND_UNCONFIRMED;
    verdict_of(&order, VERDICT_REFUND_UNCONFIRMED);
}

/* At the channel of a kiosk with limits of the day, the channel chosen: the journal is asked. */
static void at_limits(struct patient *p, int64_t patient_fen, int64_t terminal_fen) {
    struct core_setup setup = usual_setup();

    setup.policy.patient_day_max = (struct fen){20000};
    setup.policy.terminal_day_max = (struct fen){1000000};
    begin_with(p, &setup);
    at_channel(p);
    tap_number(p, TOUCH_CHANNEL, CHANNEL_WECHAT);
    assert_int_equal(p->asked.verb, VERB_RECORDS);
    list = listed(NULL, 0);
    list.patient_today.fen = patient_fen;
    list.terminal_today.fen = terminal_fen;
    answer(p, OUTCOME_ACCEPTED, &list);
}

static void the_day_has_limits(void **state) {
    struct patient p;

    (void)state;
    at_limits(&p, 20000 - 16570, 0);
    assert_int_equal(p.asked.verb, VERB_BILLS); /* goes on to the payment */
    at_limits(&p, 20000 - 16570 + 1, 0);
    hears(&p, SCREEN_CHANNEL, NOTICE_PATIENT_DAY);
    at_limits(&p, 0, 1000000 - 16570 + 1);
    hears(&p, SCREEN_CHANNEL, NOTICE_TERMINAL_DAY);
    assert_int_equal(p.persists, 0);
}

static void a_day_that_cannot_be_read_opens_no_payment(void **state) {
    struct patient p;

    (void)state;
    struct core_setup setup = usual_setup();
    setup.policy.patient_day_max = (struct fen){20000};
    begin_with(&p, &setup);
    at_channel(&p);
    tap_number(&p, TOUCH_CHANNEL, CHANNEL_WECHAT);
    answer(&p, OUTCOME_UNKNOWN, NULL);
    hears(&p, SCREEN_CHANNEL, NOTICE_JOURNAL);
}

static void a_service_outside_its_hours_is_refused(void **state) {
    struct core_setup setup = usual_setup();
    struct patient p;

    (void)state;
    setup.policy.hours[SERVICE_BILLS] = (struct hours){13 * 60, 17 * 60};
    begin_with(&p, &setup);
    assert_int_equal(offer_service_obstacle(core_situation(&p.core, p.now), SERVICE_BILLS),
                     NOTICE_HOURS);
    assert_int_equal(offer_service_obstacle(core_situation(&p.core, p.now), SERVICE_DEPOSIT),
                     NOTICE_NONE);
    tap_number(&p, TOUCH_SERVICE, SERVICE_BILLS);
    hears(&p, SCREEN_WELCOME, NOTICE_HOURS);
    pass(&p, 3600000);
    tap_number(&p, TOUCH_SERVICE, SERVICE_BILLS);
    hears(&p, SCREEN_IDENTIFY, NOTICE_NONE);
}

/* One bill's money is back, the other's is not confirmed: no day is named for all of it. */
static void what_is_partly_back_is_not_said_to_be_returned(void **state) {
    struct order order = paid_bills(EARLIER, "key", NOON_MS);
    struct payment row;

    (void)state;
    assert_int_equal(order.claim_count, 2);
    order.claims[0].state = CLAIM_REVERSED;
    order.claims[1].state = CLAIM_REVERSING;
    order.refund_count = 2;
    order.refunds[0] =
        (struct refund){.state = REFUND_DONE, .amount = order.claims[0].amount, .done_ms = NOON_MS};
    order.refunds[1] =
        (struct refund){.state = REFUND_UNKNOWN, .claim = 1, .amount = order.claims[1].amount};
    one_leg_pays(&order);
    payment_of_order(&order, &row);
    assert_int_equal(row.returned_ms, 0);
    order.claims[1].state = CLAIM_REVERSED;
    order.refunds[1].state = REFUND_DONE;
    order.refunds[1].done_ms = NOON_MS + 1;
    one_leg_pays(&order);
    payment_of_order(&order, &row);
    assert_int_equal(row.returned_ms, NOON_MS + 1);
}

/* It is another machine's order: nothing of it is asked here, and no slot is taken. */
static void what_was_paid_at_another_machine_is_only_read(void **state) {
    struct patient p;

    (void)state;
    begin(&p);
    earlier = paid_bills(EARLIER, zhang.keys.id, NOON_MS - DAY_MS);
    list = (struct payment_list){.head.kind = DOCUMENT_PAYMENTS, .keys = zhang.keys};
    payments_add_elsewhere(&list, &earlier);
    assert_int_equal(list.count, 1);
    assert_string_equal(list.rows[0].elsewhere, "0001");
    asks_for_payments(&p);
    answer(&p, OUTCOME_ACCEPTED, &list);
    hears(&p, SCREEN_RECORDS, NOTICE_NONE);
    p.asked.verb = VERB_NONE;
    tap_number(&p, TOUCH_BILL, 1);
    hears(&p, SCREEN_RECORDS, NOTICE_PAID_ELSEWHERE);
    assert_int_equal(p.asked.verb, VERB_NONE);
    assert_int_equal(book_find(&p.core.book, EARLIER), -1);
    assert_int_equal(p.persists, 0);
}

static void a_list_of_this_machine_only_is_said_to_be_one(void **state) {
    struct patient p;

    (void)state;
    begin(&p);
    earlier = paid_bills(EARLIER, zhang.keys.id, NOON_MS - DAY_MS);
    list = listed((const struct order *const[]){&earlier}, 1);
    list.here_only = true;
    asks_for_payments(&p);
    answer(&p, OUTCOME_ACCEPTED, &list);
    hears(&p, SCREEN_RECORDS, NOTICE_RECORDS_HERE_ONLY);
    looks_at_it(&p);
    assert_int_equal(p.core.session.screen, SCREEN_RESULT);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_payment_is_shown_with_fresh_advice_and_moves_nothing),
        cmocka_unit_test(its_receipt_is_a_reprint),
        cmocka_unit_test(back_from_it_reads_the_list_again_and_lets_go),
        cmocka_unit_test(an_old_case_that_was_looked_at_keeps_no_slot),
        cmocka_unit_test(the_result_of_a_payment_has_no_way_back),
        cmocka_unit_test(what_is_open_is_asked_about_at_once),
        cmocka_unit_test(nothing_paid_here_is_said_so),
        cmocka_unit_test(every_fate_has_its_verdict),
        cmocka_unit_test(the_day_has_limits),
        cmocka_unit_test(a_day_that_cannot_be_read_opens_no_payment),
        cmocka_unit_test(a_service_outside_its_hours_is_refused),
        cmocka_unit_test(what_is_partly_back_is_not_said_to_be_returned),
        cmocka_unit_test(what_was_paid_at_another_machine_is_only_read),
        cmocka_unit_test(a_list_of_this_machine_only_is_said_to_be_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
