/* links: app/core/ app/core/visit/ app/core/desk/ app/core/order/ app/core/terms/ ui/ids.c */
/* The visit in which bills are paid: the good one, and what can come between. */
#include "app/core/visit/bill_choice.h"
#include "tests/support/one_leg.h"
#include <stdio.h>

#include "tests/support/patient.h"

static void hears(struct patient *p, enum screen screen, enum notice notice) {
    assert_int_equal(p->core.session.screen, screen);
    assert_int_equal(p->core.session.notice, notice);
}

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

static void nothing_is_sent_before_it_is_durable(void **state) {
    struct patient p;

    (void)state;
    begin(&p);
    at_channel(&p);
    tap_number(&p, TOUCH_CHANNEL, CHANNEL_ALIPAY);
    answer(&p, OUTCOME_ACCEPTED, &three_bills);
    int sends = p.sends;
    pass_by_deadlines(&p, 5000);
    assert_int_equal(p.sends, sends);
    durable(&p);
    assert_int_equal(p.asked.verb, VERB_PLACE);
}

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
    at_channel(&p);
    tap_number(&p, TOUCH_CHANNEL, CHANNEL_WECHAT);
    answer(&p, OUTCOME_ACCEPTED, &three_bills);
    durable(&p);
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
    at_channel(&p);
    tap_number(&p, TOUCH_CHANNEL, CHANNEL_WECHAT);
    answer(&p, OUTCOME_ACCEPTED, &three_bills);
    durable(&p);
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
    begin(&p);
    at_channel(&p);
    tap_number(&p, TOUCH_CHANNEL, CHANNEL_WECHAT);
    answer(&p, OUTCOME_ACCEPTED, &three_bills);
    int sends = p.sends;
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

static void too_many_open_orders_are_refused_in_words(void **state) {
    struct patient p;

    (void)state;
    begin(&p);
    for (int i = 0; i < ORDERS_MAX; i++) {
        struct order *order = &p.core.book.orders[i];
        order->run.used = true;
        order->leg_count = 1;
        order->legs[0].state = LEG_WAITING;
    }
    at_channel(&p);
    tap_number(&p, TOUCH_CHANNEL, CHANNEL_WECHAT);
    answer(&p, OUTCOME_ACCEPTED, &three_bills);
    hears(&p, SCREEN_CHANNEL, NOTICE_FULL);
    assert_int_equal(p.persists, 0);
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
        cmocka_unit_test(a_patient_pays_three_bills),
        cmocka_unit_test(the_only_way_to_pay_is_not_asked_for),
        cmocka_unit_test(what_was_declined_can_be_paid_at_once),
        cmocka_unit_test(what_may_still_be_paid_is_not_offered_again),
        cmocka_unit_test(without_bills_they_are_looked_for_again),
        cmocka_unit_test(with_bills_nothing_else_is_asked_for),
        cmocka_unit_test(the_staff_are_called_from_help_until_the_visit_ends),
        cmocka_unit_test(nothing_is_sent_before_it_is_durable),
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
        cmocka_unit_test(a_list_that_names_a_bill_twice_is_not_trusted),
        cmocka_unit_test(cancelling_closes_the_payment),
        cmocka_unit_test(a_cancel_that_meets_the_payment_ends_credited),
        cmocka_unit_test(home_with_an_open_payment_closes_it_first),
        cmocka_unit_test(a_platform_that_is_silent_gives_no_code),
        cmocka_unit_test(a_code_for_another_amount_is_not_shown),
        cmocka_unit_test(a_code_that_runs_out_is_closed),
        cmocka_unit_test(a_hospital_that_does_not_answer_is_asked_on_while_the_patient_goes),
        cmocka_unit_test(a_definite_refusal_returns_that_bill_only),
        cmocka_unit_test(a_journal_that_fails_opens_no_payment),
        cmocka_unit_test(too_many_open_orders_are_refused_in_words),
        cmocka_unit_test(the_tip_comes_before_the_list),
        cmocka_unit_test(a_pay_code_on_the_channels_is_answered),
        cmocka_unit_test(a_pay_code_that_cannot_be_taken_is_told_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
