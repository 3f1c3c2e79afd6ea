/* links: app/core/ app/core/visit/ app/core/desk/ app/core/order/ app/core/terms/ ui/ids.c */
/* A caller's number is one payment: opened once, found again, told what became of it. */
#include <stdio.h>

#include "app/core/desk/desk.h"
#include "tests/support/patient.h"

static struct patient p;
static struct call_document call;
static uint32_t calls;

static struct call_document usual_call(void) {
    struct call_document document = {.head.kind = DOCUMENT_CALL,
                                     .caller_no = "20161125000000001",
                                     .caller_channel = "WX_BAR",
                                     .service = SERVICE_DEPOSIT,
                                     .channel = CHANNEL_PHONE,
                                     .amount = {10000}};
    document.person.account_type = ACCOUNT_INPATIENT;
    strcpy(document.person.keys.cust, "c57");
    strcpy(document.person.masked_name, "王*兰");
    strcpy(document.person.his_cust_id, "W1");
    return document;
}

/* The one effect about this call. */
static const struct effect *told(void) {
    const struct effect *found = NULL;
    for (int i = 0; i < p.out.count; i++)
        if (p.out.items[i].kind == EFFECT_CALL && p.out.items[i].number == calls) {
            assert_null(found);
            found = &p.out.items[i];
        }
    assert_non_null(found);
    return found;
}

static int told_of_changes(void) {
    int count = 0;
    for (int i = 0; i < p.out.count; i++)
        count += p.out.items[i].kind == EFFECT_CALL && p.out.items[i].number == 0;
    return count;
}

static const struct effect *wish(enum call_wish kind) {
    happens(&p, (struct event){.kind = EVENT_CALL, .of.call = {++calls, kind, &call.head}});
    return told();
}

static const struct order *called_order(void) {
    for (int i = 0; i < ORDERS_MAX; i++)
        if (p.core.book.orders[i].run.used &&
            strcmp(p.core.book.orders[i].caller_no, call.caller_no) == 0)
            return &p.core.book.orders[i];
    return NULL;
}

static void write_done(void) {
    happens(&p, (struct event){.kind = EVENT_DURABLE, .of.durable.number = p.persisted});
}

static int setup_desk(void **state) {
    (void)state;
    begin(&p);
    call = usual_call();
    return 0;
}

static void open_call(void) {
    assert_int_equal(wish(CALL_WISH_PAY)->of.call.refusal, CALL_TAKEN);
}

static void say_trade(enum verb verb, enum outcome outcome, enum trade_state trade) {
    assert_true(finds(&p, verb));
    struct event event = answer_to_last(&p, outcome);
    event.of.answer.trade = trade;
    strcpy(event.of.answer.no, "T1");
    happens(&p, event);
}

static void say_less(enum verb verb, enum trade_state trade) {
    assert_true(finds(&p, verb));
    struct event event = answer_to_last(&p, OUTCOME_ACCEPTED);
    event.of.answer.trade = trade;
    event.of.answer.has_amount = true;
    event.of.answer.amount.fen = 3000;
    happens(&p, event);
}

/* Placed, asked about, paid. */
static void pay_call(void) {
    open_call();
    write_done();
    say_trade(VERB_PLACE, OUTCOME_PENDING, TRADE_WAIT);
    assert_int_equal(desk_payment_news(called_order()), CALL_PLACED);
    pass(&p, 6000);
    say_trade(VERB_ASK, OUTCOME_ACCEPTED, TRADE_PAID);
    assert_int_equal(told_of_changes(), 0); /* a kill could still undo it */
}

static void test_nothing_leaves_before_it_is_durable(void **state) {
    (void)state;
    open_call();
    assert_int_equal(p.sends, 0);
    assert_int_equal(p.persists, 1);
    write_done();
    assert_int_equal(p.asked.verb, VERB_PLACE);
    const struct order *order = called_order();
    assert_true(order_no_is_ours(order->no) && order_no_is_ours(order->legs[0].no));
    assert_int_equal(order->legs[0].route, ROUTE_ONEPAY);
    assert_int_equal(order->claims[0].creditor, CREDITOR_PLATFORM);
    assert_int_equal(desk_payment_news(order), CALL_UNDER_WAY);
}

static void test_same_number_is_same_payment(void **state) {
    (void)state;
    open_call();
    open_call();
    assert_int_equal(p.persists, 1);
    call.amount.fen++;
    assert_int_equal(wish(CALL_WISH_PAY)->of.call.refusal, CALL_OTHER);
    call = usual_call();
    strcpy(call.person.keys.cust, "another");
    assert_int_equal(wish(CALL_WISH_PAY)->of.call.refusal, CALL_OTHER);
    call = usual_call();
    call.service = SERVICE_BILLS;
    assert_int_equal(wish(CALL_WISH_PAY)->of.call.refusal, CALL_OTHER);
    assert_int_equal(p.persists, 1);
}

static void test_taken_number_opens_nothing(void **state) {
    (void)state;
    open_call();
    happens(&p, (struct event){.kind = EVENT_PERSIST_FAILED,
                               .of.durable = {.number = p.persisted, .conflict = true}});
    assert_int_equal(told_of_changes(), 1);
    assert_int_equal(p.sends, 0);
}

static void test_without_a_journal_nothing_opens(void **state) {
    (void)state;
    p.core.book.journal_ok = false;
    assert_int_equal(wish(CALL_WISH_PAY)->of.call.refusal, CALL_NO_JOURNAL);
    assert_int_equal(p.persists, 0);
}

static void test_full_book(void **state) {
    (void)state;
    for (int i = 0; i < ORDERS_MAX; i++) {
        snprintf(call.caller_no, sizeof call.caller_no, "N%d", i);
        open_call();
        write_done();
    }
    snprintf(call.caller_no, sizeof call.caller_no, "one more");
    assert_int_equal(wish(CALL_WISH_PAY)->of.call.refusal, CALL_FULL);
    /* What the journal knows may be paid: nobody is told that nothing has left. */
    call.order = p.core.book.orders[0];
    strcpy(call.order.no, "26112012007K00019999");
    strcpy(call.order.caller_no, call.caller_no);
    call.found = true;
    assert_int_equal(wish(CALL_WISH_PAY)->of.call.refusal, CALL_NO_ROOM);
    assert_int_equal(wish(CALL_WISH_REFUND)->of.call.refusal, CALL_NO_ROOM);
}

static void test_paid_and_found_again(void **state) {
    (void)state;
    pay_call();
    assert_int_equal(desk_payment_news(called_order()), CALL_PAID);
    call.order = *called_order();
    call.found = true;
    write_done();
    assert_int_equal(told_of_changes(), 1);
    assert_null(called_order()); /* finished: its slot is free */
    open_call();                 /* as the journal gives it back */
    assert_int_equal(desk_payment_news(&p.core.book.orders[told()->to.index]), CALL_PAID);
    call.amount.fen--;
    assert_int_equal(wish(CALL_WISH_PAY)->of.call.refusal, CALL_OTHER);
}

/* A credited payment of before, in the journal. */
static void find_paid(void) {
    pay_call();
    call.order = *called_order();
    call.found = true;
    write_done();
    strcpy(call.refund_no, "R1");
}

static void test_refund_is_at_most_what_is_left(void **state) {
    (void)state;
    find_paid();
    call.amount.fen = 999999;
    assert_int_equal(wish(CALL_WISH_REFUND)->of.call.refusal, CALL_TAKEN);
    const struct order *order = called_order();
    const struct refund *refund = desk_refund(order, "R1");
    assert_non_null(refund);
    assert_int_equal(refund->amount.fen, 10000);
    assert_true(order_no_is_ours(refund->no));
    assert_false(finds(&p, VERB_REFUND)); /* not durable yet */
    write_done();
    assert_int_equal(desk_refund_news(order, "R1"), CALL_UNDER_WAY);
    assert_int_equal(wish(CALL_WISH_REFUND)->of.call.refusal, CALL_TAKEN);
    assert_int_equal(order->refund_count, 1);
    strcpy(call.refund_no, "R2");
    assert_int_equal(wish(CALL_WISH_REFUND)->of.call.refusal, CALL_BUSY);
    strcpy(call.refund_no, "R1");
    call.amount.fen = 1;
    assert_int_equal(wish(CALL_WISH_REFUND)->of.call.refusal, CALL_OTHER);
    say_trade(VERB_REFUND, OUTCOME_ACCEPTED, TRADE_RETURNED);
    assert_int_equal(told_of_changes(), 0);
    write_done();
    assert_int_equal(told_of_changes(), 1);
}

static void refuse_refund(void) {
    say_trade(VERB_REFUND, OUTCOME_DECLINED, TRADE_RETURN_FAILED);
    assert_int_equal(wish(CALL_WISH_REFUND)->of.call.refusal, CALL_TAKEN); /* a kill undoes it */
    assert_int_equal(called_order()->refund_count, 1);
    call.order = *called_order();
    write_done();
    assert_int_equal(told_of_changes(), 1);
}

/* "Do not change the refund number": the same one is tried again, and may be done then. */
static void test_refused_refund_is_tried_again(void **state) {
    (void)state;
    find_paid();
    call.amount.fen = 4000;
    assert_int_equal(wish(CALL_WISH_REFUND)->of.call.refusal, CALL_TAKEN);
    write_done();
    refuse_refund();
    assert_int_equal(desk_refund_news(&call.order, "R1"), CALL_UNPAID);
    call.amount.fen = 4001;
    assert_int_equal(wish(CALL_WISH_REFUND)->of.call.refusal, CALL_OTHER);
    call.amount.fen = 4000;
    assert_int_equal(wish(CALL_WISH_REFUND)->of.call.refusal, CALL_TAKEN);
    const struct order *order = called_order();
    assert_int_equal(order->refund_count, 2);
    assert_int_equal(desk_refund_news(order, "R1"), CALL_UNDER_WAY);
    assert_string_not_equal(order->refunds[0].no, order->refunds[1].no);
    assert_int_equal(wish(CALL_WISH_REFUND)->of.call.refusal, CALL_TAKEN);
    assert_int_equal(order->refund_count, 2);
    write_done();
    say_trade(VERB_REFUND, OUTCOME_ACCEPTED, TRADE_RETURNED);
    assert_int_equal(desk_refund_news(order, "R1"), CALL_PAID);
    assert_int_equal(order->claims[0].refunded.fen, 4000);
}

/* A wallet's money is not handed out in cash too, nor is the hospital told twice: under its number
 * it is one refund, by one way, whatever became of it. */
static void test_refund_number_is_one_way_back(void **state) {
    static const struct {
        const char *mode, *flow;
        enum call_refusal refusal;
    } rows[] = {{"1", "hisDecide", CALL_OTHER},
                {"0", "direct", CALL_OTHER},
                {"0", "", CALL_OTHER},
                {"0", "hisDecide", CALL_TAKEN}};
    static const enum outcome ends[] = {OUTCOME_UNKNOWN, OUTCOME_DECLINED, OUTCOME_ACCEPTED};
    for (size_t end = 0; end < 3; end++) {
        setup_desk(state);
        find_paid();
        call.in_cash = true;
        strcpy(call.mode, "0");
        strcpy(call.flow, "hisDecide");
        assert_int_equal(wish(CALL_WISH_REFUND)->of.call.refusal, CALL_TAKEN);
        assert_string_equal(called_order()->refunds[0].caller_mode, "0"); /* with its intent */
        assert_string_equal(called_order()->refunds[0].caller_flow, "hisDecide");
        write_done();
        say_trade(VERB_REFUND, ends[end], TRADE_NONE);
        call.order = *called_order();
        write_done();
        for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
            strcpy(call.mode, rows[i].mode);
            strcpy(call.flow, rows[i].flow);
            assert_int_equal(wish(CALL_WISH_REFUND)->of.call.refusal, rows[i].refusal);
        }
    }
}

/* An earlier version has not kept what was asked. */
static void test_refund_of_an_earlier_version(void **state) {
    (void)state;
    find_paid();
    assert_int_equal(wish(CALL_WISH_REFUND)->of.call.refusal, CALL_TAKEN);
    write_done();
    strcpy(call.mode, "1");
    strcpy(call.flow, "direct");
    assert_int_equal(wish(CALL_WISH_REFUND)->of.call.refusal, CALL_TAKEN);
}

/* Only what was cut to what was left may have been asked for as more. */
static void test_refund_number_is_one_amount(void **state) {
    (void)state;
    find_paid();
    call.amount.fen = 4000;
    assert_int_equal(wish(CALL_WISH_REFUND)->of.call.refusal, CALL_TAKEN);
    call.amount.fen = 5000;
    assert_int_equal(wish(CALL_WISH_REFUND)->of.call.refusal, CALL_OTHER);
}

/* What is not written yet may be otherwise after a kill: no refund is refused by it. */
static void test_refund_waits_for_the_journal(void **state) {
    (void)state;
    open_call();
    write_done();
    say_trade(VERB_PLACE, OUTCOME_DECLINED, TRADE_FAILED);
    strcpy(call.refund_no, "R1");
    assert_int_equal(wish(CALL_WISH_REFUND)->of.call.refusal, CALL_BUSY);
}

static void test_refund_of_what_is_not_there(void **state) {
    (void)state;
    strcpy(call.refund_no, "R1");
    assert_int_equal(wish(CALL_WISH_REFUND)->of.call.refusal, CALL_ABSENT);
    open_call();
    write_done();
    assert_int_equal(wish(CALL_WISH_REFUND)->of.call.refusal, CALL_BUSY); /* it may be paid */
    say_trade(VERB_PLACE, OUTCOME_DECLINED, TRADE_FAILED);
    call.order = *called_order();
    call.found = true;
    write_done();
    assert_int_equal(wish(CALL_WISH_REFUND)->of.call.refusal, CALL_NOT_PAID);
    strcpy(call.person.keys.cust, "another");
    assert_int_equal(wish(CALL_WISH_REFUND)->of.call.refusal, CALL_OTHER);
}

/* The platform names less than was asked: the patient has paid, and a person decides. */
static void test_refund_of_what_a_person_decides_about(void **state) {
    (void)state;
    open_call();
    write_done();
    say_trade(VERB_PLACE, OUTCOME_PENDING, TRADE_WAIT);
    pass(&p, 6000);
    say_less(VERB_ASK, TRADE_PAID);
    call.order = *called_order();
    call.found = true;
    write_done();
    assert_int_equal(call.order.legs[0].state, LEG_CASE);
    strcpy(call.refund_no, "R1");
    assert_int_equal(wish(CALL_WISH_REFUND)->of.call.refusal, CALL_IN_CASE);
    assert_string_equal(p.core.book.orders[told()->to.index].no, call.order.no);
}

/* Less went back than was asked: a person decides about the payment. */
static void test_refund_after_one_that_is_a_case(void **state) {
    (void)state;
    find_paid();
    call.amount.fen = 4000;
    assert_int_equal(wish(CALL_WISH_REFUND)->of.call.refusal, CALL_TAKEN);
    write_done();
    say_less(VERB_REFUND, TRADE_RETURNED);
    call.order = *called_order();
    write_done();
    assert_int_equal(desk_payment_news(&call.order), CALL_WITH_PERSON);
    assert_int_equal(wish(CALL_WISH_REFUND)->of.call.refusal, CALL_TAKEN); /* told of as a case */
    strcpy(call.refund_no, "R2");
    assert_int_equal(wish(CALL_WISH_REFUND)->of.call.refusal, CALL_IN_CASE);
}

/* Else the platform would call the second one done. */
static void test_refund_number_is_one_refunds(void **state) {
    (void)state;
    find_paid();
    assert_int_equal(wish(CALL_WISH_REFUND)->of.call.refusal, CALL_TAKEN);
    struct order *other = &p.core.book.orders[40];
    *other = call.order;
    other->run = (struct order_run){.used = true};
    strcpy(other->no, "26112012007K00019999");
    strcpy(other->caller_no, "another");
    strcpy(call.caller_no, "another");
    assert_int_equal(wish(CALL_WISH_REFUND)->of.call.refusal, CALL_OTHER);
    assert_int_equal(other->refund_count, 0);
}

/* ... also where the other one is in the journal only. */
static void test_refund_number_of_the_journal(void **state) {
    (void)state;
    find_paid();
    strcpy(call.refund_owner, "26112012007K00019999");
    assert_int_equal(wish(CALL_WISH_REFUND)->of.call.refusal, CALL_OTHER);
    strcpy(call.refund_owner, call.order.no);
    assert_int_equal(wish(CALL_WISH_REFUND)->of.call.refusal, CALL_TAKEN);
}

/* Such a number would one day be given out for something else. */
static void test_number_of_ours_is_no_callers(void **state) {
    (void)state;
    find_paid();
    order_next_no(p.now.wall_ms, p.core.setup.number_mark, "", call.refund_no);
    assert_int_equal(wish(CALL_WISH_REFUND)->of.call.refusal, CALL_OTHER);
    strcpy(call.caller_no, call.refund_no);
    call.found = false;
    assert_int_equal(wish(CALL_WISH_PAY)->of.call.refusal, CALL_OTHER);
    call.caller_no[10] ^= 1; /* another terminal's */
    assert_int_equal(wish(CALL_WISH_PAY)->of.call.refusal, CALL_TAKEN);
}

static void test_refund_names_the_payment_twice(void **state) {
    (void)state;
    find_paid();
    strcpy(call.trace_no, "T2");
    assert_int_equal(wish(CALL_WISH_REFUND)->of.call.refusal, CALL_OTHER_TRACE);
    strcpy(call.trace_no, "T1");
    assert_int_equal(wish(CALL_WISH_REFUND)->of.call.refusal, CALL_TAKEN);
}

/* What a visit paid for several things, or by another platform, the desk does not give back. */
static void test_refund_of_a_visit(void **state) {
    (void)state;
    find_paid();
    strcpy(call.order.caller_no, "");
    strcpy(call.order.no, "26112012007K00019998");
    call.order.legs[0].route = ROUTE_UPP;
    assert_int_equal(wish(CALL_WISH_REFUND)->of.call.refusal, CALL_REFUSED);
    assert_int_equal(wish(CALL_WISH_CLOSE)->of.call.refusal, CALL_ABSENT);
    assert_int_equal(wish(CALL_WISH_PAY)->of.call.refusal, CALL_OTHER);
}

/* ... by onepay for one thing it does, and says what became of it. */
static void test_refund_of_a_visits_only_payment(void **state) {
    (void)state;
    find_paid();
    strcpy(call.order.caller_no, "");
    strcpy(call.order.no, "26112012007K00019998");
    assert_int_equal(wish(CALL_WISH_REFUND)->of.call.refusal, CALL_TAKEN);
    write_done();
    assert_int_equal(told_of_changes(), 1);
    say_trade(VERB_REFUND, OUTCOME_ACCEPTED, TRADE_RETURNED);
    assert_int_equal(told_of_changes(), 0);
    write_done();
    assert_int_equal(told_of_changes(), 1);
}

static void test_close(void **state) {
    (void)state;
    assert_int_equal(wish(CALL_WISH_CLOSE)->of.call.refusal, CALL_ABSENT);
    open_call();
    write_done();
    say_trade(VERB_PLACE, OUTCOME_PENDING, TRADE_WAIT);
    assert_int_equal(wish(CALL_WISH_CLOSE)->of.call.refusal, CALL_TAKEN);
    write_done();
    assert_true(finds(&p, VERB_CLOSE));
    happens(&p, answer_to_last(&p, OUTCOME_ACCEPTED));
    assert_int_equal(desk_payment_news(called_order()), CALL_UNPAID);
}

/* A visit's own orders are nobody's call. */
static void test_others_are_not_told(void **state) {
    (void)state;
    pass(&p, 1000);
    assert_int_equal(told_of_changes(), 0);
}

#define TEST(name) cmocka_unit_test_setup(name, setup_desk)

int main(void) {
    const struct CMUnitTest tests[] = {TEST(test_nothing_leaves_before_it_is_durable),
                                       TEST(test_same_number_is_same_payment),
                                       TEST(test_taken_number_opens_nothing),
                                       TEST(test_without_a_journal_nothing_opens),
                                       TEST(test_full_book),
                                       TEST(test_paid_and_found_again),
                                       TEST(test_refund_is_at_most_what_is_left),
                                       TEST(test_refused_refund_is_tried_again),
                                       TEST(test_refund_number_is_one_amount),
                                       TEST(test_refund_number_is_one_way_back),
                                       TEST(test_refund_of_an_earlier_version),
                                       TEST(test_refund_waits_for_the_journal),
                                       TEST(test_refund_of_what_is_not_there),
                                       TEST(test_refund_of_what_a_person_decides_about),
                                       TEST(test_refund_after_one_that_is_a_case),
                                       TEST(test_refund_number_is_one_refunds),
                                       TEST(test_refund_number_of_the_journal),
                                       TEST(test_number_of_ours_is_no_callers),
                                       TEST(test_refund_names_the_payment_twice),
                                       TEST(test_refund_of_a_visit),
                                       TEST(test_refund_of_a_visits_only_payment),
                                       TEST(test_close),
                                       TEST(test_others_are_not_told)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
