/* links: app/core/ app/core/visit/ app/core/desk/ app/core/order/ app/core/terms/ ui/ids.c */
/* Which bills are paid: chosen, listed, settled elsewhere meanwhile. */
#include <stdio.h>

#include "app/core/visit/bill_choice.h"
#include "tests/support/one_leg.h"
#include "tests/support/patient.h"

static void only_the_chosen_bills_are_paid(void **state) {
    struct patient p;

    (void)state;
    begin(&p);
    at_bills(&p);
    tap_number(&p, TOUCH_BILL, 1);
    tap_number(&p, TOUCH_BILL, 3);
    tap(&p, TOUCH_PAY);
    assert_int_equal(p.core.session.choice.amount.fen, 3600);
    tap_number(&p, TOUCH_CHANNEL, CHANNEL_WECHAT);
    answer(&p, OUTCOME_ACCEPTED, &three_bills);
    const struct order *order = &p.core.book.orders[p.core.session.payment.slot];
    assert_int_equal(order->claim_count, 1);
    assert_string_equal(order->claims[0].org_trace_no, "B2");
    assert_string_equal(order->claims[0].doc_trace_no, "D2");
    assert_string_equal(order->person.masked_name, "张*丰");
    assert_string_equal(order->person.keys.id, "key-of-zhang");
}

static void without_a_choice_nothing_is_paid(void **state) {
    struct patient p;

    (void)state;
    begin(&p);
    at_bills(&p);
    tap(&p, TOUCH_ALL);
    assert_int_equal(p.core.session.choice.selected[0], 0);
    tap(&p, TOUCH_PAY);
    hears(&p, SCREEN_BILLS, NOTICE_NO_SELECTION);
    tap(&p, TOUCH_ALL);
    assert_int_equal(p.core.session.choice.selected[0], 7);
}

static struct bill_list *make_bills(int count, int left_out) {
    static struct bill_list bills;

    bills =
        (struct bill_list){.head.kind = DOCUMENT_BILLS, .bill_count = count, .left_out = left_out};
    for (int i = 0; i < count; i++) {
        snprintf(bills.bills[i].org_trace_no, TRACE_NO_SIZE, "M%d", i);
        snprintf(bills.bills[i].doc_trace_no, TRACE_NO_SIZE, "N%d", i);
        bills.bills[i].amount.fen = 100;
    }
    return &bills;
}

static void looks_at(struct patient *p, const struct bill_list *bills) {
    begin(p);
    tap_number(p, TOUCH_SERVICE, SERVICE_BILLS);
    scan(p, "C10000001");
    answer(p, OUTCOME_ACCEPTED, &zhang);
    tap(p, TOUCH_NEXT);
    answer(p, OUTCOME_ACCEPTED, bills);
}

static int selected_count(const struct patient *p) {
    int count = 0;

    for (int i = 0; i < LISTED_BILLS_MAX; i++)
        count += session_selected(&p->core.session, i);
    return count;
}

static void of_many_bills_as_many_are_paid_as_one_order_holds(void **state) {
    struct patient p;

    (void)state;
    looks_at(&p, make_bills(70, 0));
    hears(&p, SCREEN_BILLS, NOTICE_MANY_BILLS);
    assert_int_equal(selected_count(&p), 64);
    assert_true(bill_choice_is_all(core_situation(&p.core, p.now)));
    tap_number(&p, TOUCH_BILL, 70);
    hears(&p, SCREEN_BILLS, NOTICE_MANY_BILLS);
    assert_int_equal(selected_count(&p), 64);
    tap_number(&p, TOUCH_BILL, 1);
    tap_number(&p, TOUCH_BILL, 70);
    hears(&p, SCREEN_BILLS, NOTICE_NONE);
    assert_int_equal(selected_count(&p), 64);
    tap(&p, TOUCH_PAY);
    assert_int_equal(p.core.session.choice.amount.fen, 6400);
    tap_number(&p, TOUCH_CHANNEL, CHANNEL_WECHAT);
    answer(&p, OUTCOME_ACCEPTED, make_bills(70, 0));
    const struct order *order = &p.core.book.orders[p.core.session.payment.slot];
    assert_int_equal(order->claim_count, 64);
    assert_string_equal(order->claims[0].org_trace_no, "M1");
    assert_string_equal(order->claims[63].org_trace_no, "M69");
}

static void every_page_of_many_bills_can_be_chosen_from(void **state) {
    struct patient p;

    (void)state;
    looks_at(&p, make_bills(LISTED_BILLS_MAX, 0));
    tap(&p, TOUCH_ALL);
    assert_int_equal(selected_count(&p), 0);
    assert_false(bill_choice_is_all(core_situation(&p.core, p.now)));
    tap_number(&p, TOUCH_BILL, LISTED_BILLS_MAX);
    assert_true(session_selected(&p.core.session, LISTED_BILLS_MAX - 1));
    assert_int_equal(selected_count(&p), 1);
    tap(&p, TOUCH_PAY);
    assert_int_equal(p.core.session.choice.amount.fen, 100);
}

static void what_was_left_out_is_said_and_the_rest_is_paid(void **state) {
    struct patient p;

    (void)state;
    looks_at(&p, make_bills(2, 1));
    hears(&p, SCREEN_BILLS, NOTICE_BILLS_LEFT_OUT);
    assert_int_equal(selected_count(&p), 2);
    tap(&p, TOUCH_PAY);
    assert_int_equal(p.core.session.screen, SCREEN_CHANNEL);
    looks_at(&p, make_bills(0, 3)); /* not "nothing to pay" */
    hears(&p, SCREEN_BILLS, NOTICE_BILLS_LEFT_OUT);
    struct bill_list *bills = make_bills(LISTED_BILLS_MAX, 9);
    bills->more = true;
    looks_at(&p, bills);
    hears(&p, SCREEN_BILLS, NOTICE_MORE_BILLS);
}

static void a_bill_that_another_window_settled_is_not_paid(void **state) {
    struct patient p;
    struct bill_list fewer = {.head.kind = DOCUMENT_BILLS, .bill_count = 2};

    (void)state;
    memcpy(fewer.bills, three_bills.bills, 2 * sizeof *fewer.bills);
    begin(&p);
    at_channel(&p);
    tap_number(&p, TOUCH_CHANNEL, CHANNEL_WECHAT);
    answer(&p, OUTCOME_ACCEPTED, &fewer);
    hears(&p, SCREEN_BILLS, NOTICE_BILLS_CHANGED);
    assert_int_equal(p.persists, 0);
    assert_ptr_equal(session_bills(&p.core.session), &fewer);
    assert_int_equal(p.core.session.choice.selected[0], 3);
}

static void a_bill_with_a_new_amount_is_shown_again(void **state) {
    struct patient p;
    struct bill_list dearer = three_bills;

    (void)state;
    dearer.bills[1].amount.fen = 3601;
    begin(&p);
    at_channel(&p);
    tap_number(&p, TOUCH_CHANNEL, CHANNEL_WECHAT);
    answer(&p, OUTCOME_ACCEPTED, &dearer);
    hears(&p, SCREEN_BILLS, NOTICE_BILLS_CHANGED);
}

/* Some order in another slot that names the first bill. */
static void other_order(struct patient *p, enum leg_state leg, enum claim_state claim) {
    struct order *order = &p->core.book.orders[9];

    *order = (struct order){.service = SERVICE_BILLS, .leg_count = 1, .claim_count = 1};
    order->run.used = true;
    order->legs[0].state = leg;
    order->claims[0].state = claim;
    strcpy(order->claims[0].org_trace_no, "B1");
    one_leg_pays(order);
}

static void a_bill_is_taken_as_long_as_money_may_be_credited_for_it(void **state) {
    static const struct {
        enum leg_state leg;
        enum claim_state claim;
        bool taken;
    } rows[] = {{LEG_NEW, CLAIM_WAITING, true},
                {LEG_PLACING, CLAIM_WAITING, true},
                {LEG_PLACE_UNKNOWN, CLAIM_WAITING, true},
                {LEG_WAITING, CLAIM_WAITING, true},
                {LEG_CLOSING, CLAIM_WAITING, true},
                {LEG_CASE, CLAIM_WAITING, true},
                {LEG_PAID, CLAIM_CHECKING, true},
                {LEG_PAID, CLAIM_CREDITING, true},
                {LEG_PAID, CLAIM_CREDIT_UNKNOWN, true},
                {LEG_PAID, CLAIM_DONE, true},
                {LEG_PAID, CLAIM_CASE, true},
                {LEG_PAID, CLAIM_UNCREDITING, true},
                {LEG_PAID, CLAIM_REVERSING, false},
                {LEG_PAID, CLAIM_REVERSED, false},
                {LEG_PAID, CLAIM_REFUNDED, false},
                {LEG_CLOSED, CLAIM_VOID, false},
                {LEG_DECLINED, CLAIM_VOID, false},
                {LEG_CLOSED, CLAIM_WAITING, false}};
    struct patient p;

    (void)state;
    begin(&p);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        other_order(&p, rows[i].leg, rows[i].claim);
        assert_int_equal(book_bill_busy(&p.core.book, "B1"), rows[i].taken);
        assert_false(book_bill_busy(&p.core.book, "B2"));
    }
}

static void a_case_keeps_its_bill_until_a_person_decides(void **state) {
    struct event resolved = {.kind = EVENT_CONTROL, .of.control.control = CONTROL_RESOLVED};
    struct patient p;

    (void)state;
    begin(&p);
    other_order(&p, LEG_PAID, CLAIM_CASE);
    strcpy(p.core.book.orders[9].no, "26112011240500010007");
    p.core.book.orders[9].run.durable_wait = 99; /* not written yet: it keeps its slot */
    pass(&p, 1000);
    assert_true(book_bill_busy(&p.core.book, "B1"));
    strcpy(resolved.of.control.order_no, "26112011240500010008");
    happens(&p, resolved);
    assert_true(book_bill_busy(&p.core.book, "B1"));
    strcpy(resolved.of.control.order_no, "26112011240500010007");
    resolved.of.control.kept = true; /* the hospital has booked it */
    happens(&p, resolved);
    assert_true(book_bill_busy(&p.core.book, "B1"));
    resolved.of.control.kept = false;
    happens(&p, resolved);
    assert_false(book_bill_busy(&p.core.book, "B1"));
}

static void cases_never_keep_a_new_payment_out(void **state) {
    struct patient p;

    (void)state;
    begin(&p);
    for (int i = 0; i < ORDERS_MAX; i++) {
        other_order(&p, LEG_PAID, CLAIM_CASE);
        strcpy(p.core.book.orders[9].claims[0].org_trace_no, "other");
        p.core.book.orders[i] = p.core.book.orders[9];
    }
    at_qr(&p);
}

static void a_bill_that_is_taken_meanwhile_is_not_paid(void **state) {
    struct patient p;

    (void)state;
    begin(&p);
    at_channel(&p);
    tap_number(&p, TOUCH_CHANNEL, CHANNEL_WECHAT);
    other_order(&p, LEG_PAID, CLAIM_CREDIT_UNKNOWN);
    answer(&p, OUTCOME_ACCEPTED, &three_bills);
    hears(&p, SCREEN_BILLS, NOTICE_BILLS_CHANGED);
    assert_int_equal(p.core.session.choice.selected[0], 6);
    assert_int_equal(p.persists, 0);
}

/* ... by an order that is not in memory any more: the list that is read again says so. */
static void a_bill_that_the_journal_holds_meanwhile_is_not_paid(void **state) {
    static const enum bill_hold holds[] = {BILL_BEING_PAID, BILL_PAID};
    static struct bill_list held;
    struct patient p;

    (void)state;
    for (size_t i = 0; i < sizeof holds / sizeof *holds; i++) {
        held = three_bills;
        held.bills[0].hold = holds[i];
        begin(&p);
        at_channel(&p);
        tap_number(&p, TOUCH_CHANNEL, CHANNEL_WECHAT);
        answer(&p, OUTCOME_ACCEPTED, &held);
        hears(&p, SCREEN_BILLS, NOTICE_BILLS_CHANGED);
        assert_int_equal(p.core.session.choice.selected[0], 6);
        assert_int_equal(p.persists, 0);
    }
}

static void without_bills_they_are_looked_for_again(void **state) {
    struct patient p;

    (void)state;
    looks_at(&p, &no_bills);
    hears(&p, SCREEN_BILLS, NOTICE_NO_BILLS);
    tap(&p, TOUCH_AGAIN);
    assert_int_equal(p.asked.verb, VERB_BILLS);
    answer(&p, OUTCOME_ACCEPTED, &no_bills);
    tap_number(&p, TOUCH_SERVICE, SERVICE_REFUND); /* not from here */
    hears(&p, SCREEN_BILLS, NOTICE_NO_BILLS);
    tap_number(&p, TOUCH_SERVICE, SERVICE_RECORDS);
    assert_int_equal(p.asked.verb, VERB_RECORDS);
    assert_int_equal(p.core.session.service, SERVICE_RECORDS);
}

static void with_bills_nothing_else_is_asked_for(void **state) {
    struct patient p;

    (void)state;
    begin(&p);
    at_bills(&p);
    tap(&p, TOUCH_AGAIN);
    tap_number(&p, TOUCH_SERVICE, SERVICE_RECORDS);
    hears(&p, SCREEN_BILLS, NOTICE_NONE);
    assert_int_equal(p.core.session.service, SERVICE_BILLS);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_bills_they_are_looked_for_again),
        cmocka_unit_test(with_bills_nothing_else_is_asked_for),
        cmocka_unit_test(only_the_chosen_bills_are_paid),
        cmocka_unit_test(without_a_choice_nothing_is_paid),
        cmocka_unit_test(of_many_bills_as_many_are_paid_as_one_order_holds),
        cmocka_unit_test(every_page_of_many_bills_can_be_chosen_from),
        cmocka_unit_test(what_was_left_out_is_said_and_the_rest_is_paid),
        cmocka_unit_test(a_bill_that_another_window_settled_is_not_paid),
        cmocka_unit_test(a_bill_with_a_new_amount_is_shown_again),
        cmocka_unit_test(a_bill_is_taken_as_long_as_money_may_be_credited_for_it),
        cmocka_unit_test(a_case_keeps_its_bill_until_a_person_decides),
        cmocka_unit_test(cases_never_keep_a_new_payment_out),
        cmocka_unit_test(a_bill_that_is_taken_meanwhile_is_not_paid),
        cmocka_unit_test(a_bill_that_the_journal_holds_meanwhile_is_not_paid),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
