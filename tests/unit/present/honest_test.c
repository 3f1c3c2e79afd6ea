/* What a screen may claim: whose money it is, what has happened and what has not, under one name.
 */
#include <stdio.h>

#include "tests/support/payments_story.h"
#include "tests/unit/present/present_story.h"

static void steps_are(const struct patient *p, enum view_step_state pay,
                      enum view_step_state recorded) {
    look(p);
    assert_true(view.has_steps);
    assert_int_equal(view.steps[0].state, STEP_DONE);
    assert_int_equal(view.steps[1].state, STEP_DONE);
    assert_int_equal(view.steps[2].state, pay);
    assert_int_equal(view.steps[3].state, recorded);
}

static void paid(struct patient *p) {
    pass_by_deadlines(p, 3000);
    answer_trade(p, OUTCOME_ACCEPTED, TRADE_PAID, NULL);
}

/* Also where nobody says which wallet it was. */
static void every_way_to_pay_has_a_name(void **state) {
    (void)state;
    for (enum channel way = CHANNEL_NONE; way < CHANNEL_COUNT; way++)
        assert_true(way_key(way) != NULL && (way_key(way)[0] != '\0') == (way != CHANNEL_NONE));
}

/* Said and written are two things: the tick waits for the journal. */
static void a_step_is_ticked_with_its_journal_entry(void **state) {
    struct patient p;

    (void)state;
    begin(&p);
    at_channel(&p);
    steps_are(&p, STEP_NOW, STEP_LATER);
    tap_number(&p, TOUCH_CHANNEL, CHANNEL_WECHAT);
    answer(&p, OUTCOME_ACCEPTED, &three_bills);
    durable(&p);
    answer_trade(&p, OUTCOME_PENDING, TRADE_WAIT, &link_to_pay);
    durable(&p);
    steps_are(&p, STEP_NOW, STEP_LATER);
    paid(&p);
    steps_are(&p, STEP_NOW, STEP_LATER);
    durable(&p);
    steps_are(&p, STEP_DONE, STEP_NOW);
    answer(&p, OUTCOME_ACCEPTED, &three_bills);
    for (int i = 0; i < 3; i++) {
        durable(&p);
        assert_int_equal(p.asked.verb, VERB_CREDIT);
        steps_are(&p, STEP_DONE, STEP_NOW);
        answer(&p, OUTCOME_ACCEPTED, &to_the_pharmacy);
    }
    durable(&p);
    steps_are(&p, STEP_DONE, STEP_DONE);
    assert_string_equal(view.of.result.title_key, "verdict.credited.title");
}

static void what_was_not_paid_ticks_nothing(void **state) {
    struct patient p;

    (void)state;
    begin(&p);
    at_qr(&p);
    tap(&p, TOUCH_CANCEL);
    look(&p);
    assert_int_equal(view.steps[2].state, STEP_ASKED); /* the phone may be faster */
    durable(&p);
    answer(&p, OUTCOME_ACCEPTED, NULL);
    durable(&p);
    assert_int_equal(look(&p)->screen, SCREEN_RESULT);
    steps_are(&p, STEP_NOT, STEP_LATER);
    assert_string_equal(view.of.result.title_key, "verdict.closed.title");
    assert_string_equal(view.steps[2].key, "step.3.closed"); /* nobody has said yet: unpaid */
}

static void what_is_not_known_is_asked_not_ticked(void **state) {
    struct patient p;

    (void)state;
    begin(&p);
    at_qr(&p);
    paid(&p);
    durable(&p);
    answer(&p, OUTCOME_ACCEPTED, &three_bills);
    durable(&p);
    pass_by_deadlines(&p, 30000); /* the hospital says nothing */
    durable(&p);
    assert_int_equal(look(&p)->screen, SCREEN_RESULT);
    steps_are(&p, STEP_DONE, STEP_ASKED);
    assert_string_equal(view.steps[3].key, "step.asked");
}

static void known_as_zhang(const struct patient *p) {
    assert_true(look(p)->identified);
    assert_string_equal(view.account.name, "张*丰");
    assert_string_equal(view.account.number, "C1***0001");
}

static void whose_money_it_is_stands_on_every_screen(void **state) {
    struct patient p;

    (void)state;
    begin(&p);
    assert_false(look(&p)->identified);
    tap_number(&p, TOUCH_SERVICE, SERVICE_BILLS);
    assert_false(look(&p)->identified);
    tap(&p, TOUCH_HOME);
    at_bills(&p);
    known_as_zhang(&p);
    assert_true(view.not_me);
    tap_number(&p, TOUCH_DETAIL, 1);
    known_as_zhang(&p);
    tap(&p, TOUCH_HELP);
    known_as_zhang(&p);
    tap(&p, TOUCH_BACK);
    tap(&p, TOUCH_NEXT);
    tap(&p, TOUCH_PAY);
    known_as_zhang(&p);
    assert_false(view.not_me);
    tap_number(&p, TOUCH_CHANNEL, CHANNEL_WECHAT);
    known_as_zhang(&p);
    answer(&p, OUTCOME_ACCEPTED, &three_bills);
    durable(&p);
    answer_trade(&p, OUTCOME_PENDING, TRADE_WAIT, &link_to_pay);
    durable(&p);
    assert_int_equal(view.screen, SCREEN_WAITING);
    known_as_zhang(&p);
    assert_int_equal(view.screen, SCREEN_PAY_QR);
    tap(&p, TOUCH_CANCEL);
    durable(&p);
    answer(&p, OUTCOME_ACCEPTED, NULL);
    known_as_zhang(&p);
    assert_int_equal(view.screen, SCREEN_RESULT);
    tap(&p, TOUCH_HOME);
    assert_false(look(&p)->identified);
    assert_string_equal(view.account.name, "");
}

/* A code that can be paid, and a card at the bank's terminal, are left by one button. */
static void a_live_payment_has_one_way_out(void **state) {
    struct patient p;

    (void)state;
    begin(&p);
    at_qr(&p);
    look(&p);
    assert_false(view.can_home);
    assert_false(view.can_back);
}

/* By the phone's own code: the payer's wallet is what everybody calls it, here and later. */
/* Closed without a word that nobody has paid: nobody knows, and the coin lies nowhere. */
static void a_coin_lies_only_where_it_is_known_to_be(void **state) {
    (void)state;
    for (int unpaid = 0; unpaid <= 1; unpaid++) {
        struct order closed =
            paid_order("F0010T01OPD1700000000000", "1", SERVICE_BILLS, 5000, 1000);
        struct payment_list list;
        struct patient p;

        add_done(&closed, "T1", 5000);
        closed.claims[0].state = CLAIM_VOID;
        closed.legs[0].state = LEG_CLOSED;
        closed.legs[0].unpaid = unpaid;
        list = listed((const struct order *const[]){&closed}, 1);
        begin(&p);
        tap_number(&p, TOUCH_SERVICE, SERVICE_RECORDS);
        scan(&p, "C10000001");
        answer(&p, OUTCOME_ACCEPTED, &zhang);
        tap(&p, TOUCH_NEXT);
        answer(&p, OUTCOME_ACCEPTED, &list);
        assert_int_equal(look(&p)->of.records.count, 1);
        assert_int_equal(view.of.records.rows[0].place, unpaid ? PLACE_YOU : PLACE_UNKNOWN);
        assert_string_equal(view.of.records.rows[0].state_key,
                            unpaid ? "records.not_paid" : "records.closed");
    }
}

static void a_payment_has_one_name(void **state) {
    static struct order before;
    static struct payment_list list;
    struct patient p;

    (void)state;
    begin(&p);
    at_qr(&p);
    paid(&p);
    durable(&p);
    p.core.book.orders[p.core.session.payment.slot].legs[0].channel = CHANNEL_PHONE;
    p.core.book.orders[p.core.session.payment.slot].legs[0].paid_by = CHANNEL_ALIPAY;
    before = p.core.book.orders[p.core.session.payment.slot];
    tap(&p, TOUCH_CANCEL);
    tap(&p, TOUCH_HOME);
    begin(&p);
    before.claims[0].state = before.claims[1].state = before.claims[2].state = CLAIM_DONE;
    list = listed((const struct order *const[]){&before}, 1);
    tap_number(&p, TOUCH_SERVICE, SERVICE_REFUND);
    scan(&p, "C10000001");
    answer(&p, OUTCOME_ACCEPTED, &zhang);
    tap(&p, TOUCH_NEXT);
    answer(&p, OUTCOME_ACCEPTED, &list);
    assert_string_equal(look(&p)->of.records.rows[0].channel_key, "way.alipay");
    tap_number(&p, TOUCH_BILL, 1);
    assert_int_equal(look(&p)->of.confirm.refund_count, 1);
    assert_string_equal(view.of.confirm.refunds[0].channel_key, "way.alipay");
}

static void what_cannot_go_back_is_not_offered(void **state) {
    static struct order bills, deposit;
    static struct payment_list list;
    struct patient p;

    (void)state;
    begin(&p);
    deposit = paid_deposit("26111912000000010002", zhang.keys.id, 20000, NOON_MS - DAY_MS);
    bills = paid_bills("26111812000000010001", zhang.keys.id, NOON_MS - 2 * DAY_MS);
    list = listed((const struct order *const[]){&deposit, &bills}, 2);
    tap_number(&p, TOUCH_SERVICE, SERVICE_REFUND);
    scan(&p, "C10000001");
    answer(&p, OUTCOME_ACCEPTED, &zhang);
    tap(&p, TOUCH_NEXT);
    answer(&p, OUTCOME_ACCEPTED, &list);
    look(&p);
    assert_int_equal(view.of.records.count, 3);
    assert_true(view.of.records.rows[0].off); /* of another account */
    assert_string_equal(view.of.records.rows[0].state_key, "refund.no.account");
    assert_false(view.of.records.rows[1].off);
}

/* A balance that came from one payment goes back by touching that; several, by one button too. */
static void one_payment_needs_no_button_for_all(void **state) {
    static struct order deposits[2];
    static struct payment_list list;

    (void)state;
    for (int count = 1; count <= 2; count++) {
        struct patient p;
        begin(&p);
        deposits[0] = paid_deposit("26111912000000010002", wang.keys.id, 2000, NOON_MS - DAY_MS);
        deposits[1] = paid_deposit("26111812000000010001", wang.keys.id, 3000, NOON_MS - DAY_MS);
        list = listed((const struct order *const[]){&deposits[0], &deposits[1]}, count);
        tap_number(&p, TOUCH_SERVICE, SERVICE_REFUND);
        scan(&p, "W20001234");
        answer(&p, OUTCOME_ACCEPTED, &wang);
        tap(&p, TOUCH_NEXT);
        answer(&p, OUTCOME_ACCEPTED, &list);
        assert_int_equal(look(&p)->of.records.balance_fen, count == 1 ? 2000 : 5000);
        assert_int_equal(view.of.records.at_once, count > 1);
    }
}

/* A deposit is no bill, in no line. */
static void a_deposit_is_called_a_deposit(void **state) {
    struct patient p;

    (void)state;
    begin(&p);
    tap_number(&p, TOUCH_SERVICE, SERVICE_DEPOSIT);
    scan(&p, "W20001234");
    answer(&p, OUTCOME_ACCEPTED, &wang);
    tap(&p, TOUCH_NEXT);
    assert_string_equal(look(&p)->steps[1].key, "step.2.amount");
    type(&p, "1234.5");
    assert_string_equal(look(&p)->of.amount.typed, "1,234.5");
    type(&p, "\n");
    assert_string_equal(look(&p)->what_key, "what.deposit");
    tap_number(&p, TOUCH_CHANNEL, CHANNEL_UNIONPAY);
    durable(&p);
    answer_trade(&p, OUTCOME_PENDING, TRADE_WAIT, &link_to_pay);
    durable(&p);
    paid(&p);
    durable(&p);
    answer(&p, OUTCOME_ACCEPTED, NULL);
    durable(&p);
    assert_int_equal(look(&p)->screen, SCREEN_RESULT);
    assert_string_equal(view.what_key, "what.deposit");
    assert_string_equal(view.of.result.title_key, "verdict.credited.title");
}

static void a_wait_says_what_is_known_and_what_not_to_do(void **state) {
    struct patient p;

    (void)state;
    begin(&p);
    at_qr(&p);
    paid(&p);
    durable(&p);
    look(&p);
    assert_int_equal(view.screen, SCREEN_WAITING);
    assert_true(view.of.waiting.warns);
    assert_int_equal(view.of.waiting.check_count, 3);
    assert_int_equal(view.of.waiting.checks[0].state, CHECK_DONE);
    assert_string_equal(view.of.waiting.checks[0].key, "check.platform.paid");
    assert_int_equal(view.of.waiting.checks[1].state, CHECK_NOW);
    assert_int_equal(view.of.waiting.checks[2].state, CHECK_LATER);
    assert_string_equal(view.of.waiting.order_no, p.core.session.payment.order_no);
    p.now.mono_ms += 4000;
    assert_int_equal(look(&p)->of.waiting.waited_s, 4);
}

/* Zhang comes for these bills. */
static void opens_bills(struct patient *p, const struct bill_list *bills) {
    tap_number(p, TOUCH_SERVICE, SERVICE_BILLS);
    scan(p, "C10000001");
    answer(p, OUTCOME_ACCEPTED, &zhang);
    tap(p, TOUCH_NEXT);
    answer(p, OUTCOME_ACCEPTED, bills);
}

static void doctors_are_named_and_days_are_short(void **state) {
    static struct bill_list bills;
    struct patient p;

    (void)state;
    bills = three_bills;
    memcpy(bills.bills[0].doctor, "周明远", sizeof "周明远");
    memcpy(bills.bills[0].begun, "2026-11-20 06:50:00", 20);
    memcpy(bills.bills[1].begun, "2026-11-18 15:20:00", 20);
    memcpy(bills.bills[2].begun, "2025-12-31 08:00:00", 20);
    begin(&p);
    opens_bills(&p, &bills);
    look(&p);
    assert_string_equal(view.of.bills.rows[0].doctor, "周明远");
    assert_string_equal(view.of.bills.rows[0].begun, "06:50");
    assert_string_equal(view.of.bills.rows[1].begun, "11-18 15:20");
    assert_string_equal(view.of.bills.rows[2].begun, "2025-12-31 08:00");
}

/* Not to be chosen, and since when: who paid it yesterday knows it by its day. */
static void what_is_paid_or_being_paid_is_shown_with_its_time(void **state) {
    static struct bill_list bills;
    struct patient p;

    (void)state;
    bills = three_bills;
    begin(&p);
    bills.bills[0].hold = BILL_PAID;
    bills.bills[0].held_ms = p.now.wall_ms - INT64_C(2) * 86400000;
    bills.bills[1].hold = BILL_BEING_PAID;
    bills.bills[1].held_ms = p.now.wall_ms - 60000;
    opens_bills(&p, &bills);
    look(&p);
    assert_string_equal(view.of.bills.rows[0].hold_key, "bills.paid");
    assert_string_equal(view.of.bills.rows[0].held_since, "11-18 12:00");
    assert_false(view.of.bills.rows[0].selected);
    assert_string_equal(view.of.bills.rows[1].hold_key, "bills.being_paid");
    assert_string_equal(view.of.bills.rows[1].held_since, "11:59");
    assert_string_equal(view.of.bills.rows[2].hold_key, "");
    assert_true(view.of.bills.rows[2].selected);
}

/* Larger, lower, darker: as long as the visit lives; a page holds fewer rows then. */
static void wishes_last_as_long_as_the_visit(void **state) {
    static struct bill_list twelve;
    struct patient p;

    (void)state;
    twelve = three_bills;
    twelve.bill_count = 12;
    for (int i = 0; i < 12; i++) {
        twelve.bills[i] = three_bills.bills[0];
        snprintf(twelve.bills[i].org_trace_no, TRACE_NO_SIZE, "B%d", i);
    }
    begin(&p);
    tap(&p, TOUCH_LARGER);
    tap(&p, TOUCH_DARK);
    assert_true(look(&p)->mode.elder && view.mode.dark && !view.mode.low);
    opens_bills(&p, &twelve);
    assert_int_equal(look(&p)->of.bills.count, 3);
    assert_int_equal(view.of.bills.page_count, 4);
    for (int i = 0; i < 5; i++)
        tap(&p, TOUCH_MORE);
    assert_int_equal(look(&p)->of.bills.page, 3);
    tap(&p, TOUCH_LARGER);
    assert_int_equal(look(&p)->of.bills.page, 0);
    assert_int_equal(view.of.bills.count, 5);
    tap(&p, TOUCH_HOME);
    assert_false(look(&p)->mode.elder || view.mode.dark);
}

/* Nobody's wish stays on a screen that nobody uses. */
static void a_wish_of_somebody_who_left_is_forgotten(void **state) {
    struct patient p;

    (void)state;
    begin(&p);
    tap(&p, TOUCH_LOW);
    assert_true(look(&p)->mode.low);
    pass_by_deadlines(&p, 200000);
    assert_false(look(&p)->mode.low);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_way_to_pay_has_a_name),
        cmocka_unit_test(a_step_is_ticked_with_its_journal_entry),
        cmocka_unit_test(what_was_not_paid_ticks_nothing),
        cmocka_unit_test(what_is_not_known_is_asked_not_ticked),
        cmocka_unit_test(whose_money_it_is_stands_on_every_screen),
        cmocka_unit_test(a_live_payment_has_one_way_out),
        cmocka_unit_test(a_coin_lies_only_where_it_is_known_to_be),
        cmocka_unit_test(a_payment_has_one_name),
        cmocka_unit_test(what_cannot_go_back_is_not_offered),
        cmocka_unit_test(one_payment_needs_no_button_for_all),
        cmocka_unit_test(a_deposit_is_called_a_deposit),
        cmocka_unit_test(a_wait_says_what_is_known_and_what_not_to_do),
        cmocka_unit_test(doctors_are_named_and_days_are_short),
        cmocka_unit_test(what_is_paid_or_being_paid_is_shown_with_its_time),
        cmocka_unit_test(wishes_last_as_long_as_the_visit),
        cmocka_unit_test(a_wish_of_somebody_who_left_is_forgotten),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
