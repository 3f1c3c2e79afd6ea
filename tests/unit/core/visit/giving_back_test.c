/* links: app/core/ app/core/visit/ app/core/desk/ app/core/order/ app/core/terms/ ui/ids.c */
/* The smaller print of giving money back: which row, how much of it, where a plan stops, and
 * whether it was we or the platform that returned it. */
#include "app/core/visit/giving_back.h"
#include "tests/support/refund_story.h"

static struct patient p;

static struct situation situation(void) {
    return (struct situation){&p.core.setup, &p.core.terminal, &p.core.book, &p.core.session,
                              p.now};
}

/* The whole way of one refund that everybody agrees to. */
static void goes_back(const struct order *order) {
    journal_gives(&p, order);
    both_have_it(&p);
    taken_back(&p);
    returned(&p);
    durable(&p);
}

/* The platform says no, and that the payment stands. */
static void platform_keeps(void) {
    answer(&p, OUTCOME_DECLINED, NULL);
    answer_trade(&p, OUTCOME_ACCEPTED, TRADE_PAID, NULL);
}

static void a_row_that_is_not_there_is_none(void **state) {
    (void)state;
    at_two_deposits(&p);
    tap_number(&p, TOUCH_BILL, 3);
    hears(&p, SCREEN_RECORDS, NOTICE_NONE);
    assert_int_equal(p.core.session.giving_back.plan.count, 0);
}

static void what_is_typed_for_one_payment_is_not_for_the_next(void **state) {
    (void)state;
    at_two_deposits(&p);
    tap_number(&p, TOUCH_BILL, 1);
    type(&p, "150");
    tap(&p, TOUCH_BACK);
    tap_number(&p, TOUCH_BILL, 2);
    hears(&p, SCREEN_AMOUNT, NOTICE_NONE);
    assert_int_equal(giving_back_cap(situation()).fen, 10000);
    tap(&p, TOUCH_NEXT);
    hears(&p, SCREEN_AMOUNT, NOTICE_AMOUNT_ZERO);
    type(&p, "0.01"); /* the least there is */
    tap(&p, TOUCH_NEXT);
    hears(&p, SCREEN_CONFIRM, NOTICE_NONE);
    confirmed(&p, &older);
}

/* Insurance paid 7.50 of 10.00: all of it, or the patient's own part. */
static void what_is_insured_goes_back_whole_or_its_own_part(void **state) {
    static const struct {
        const char *typed;
        enum notice notice;
    } rows[] = {{"5", NOTICE_REFUND_INSURED},
                {"2.49", NOTICE_REFUND_INSURED},
                {"9.99", NOTICE_REFUND_INSURED},
                {"10.01", NOTICE_REFUND_OVER},
                {"2.5", NOTICE_NONE},
                {"10", NOTICE_NONE}};
    struct fen presets[6];

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        begin(&p);
        newer = paid_order(NEWER, zhang.keys.id, SERVICE_BILLS, 1000, NOON_MS - DAY_MS);
        newer.person.account_type = ACCOUNT_OUTPATIENT;
        add_done(&newer, "B1", 1000);
        list = listed((const struct order *const[]){&newer}, 1);
        list.items[0].insured = true;
        list.items[0].own.fen = 250;
        at_list(&p, "C10000001", &zhang);
        tap_number(&p, TOUCH_BILL, 1);
        hears(&p, SCREEN_AMOUNT, NOTICE_NONE);
        assert_int_equal(giving_back_presets(situation(), presets), 2);
        assert_int_equal(presets[0].fen, 1000);
        assert_int_equal(presets[1].fen, 250);
        type(&p, rows[i].typed);
        tap(&p, TOUCH_NEXT);
        hears(&p, rows[i].notice == NOTICE_NONE ? SCREEN_CONFIRM : SCREEN_AMOUNT, rows[i].notice);
    }
    at_two_deposits(&p);
    tap_number(&p, TOUCH_BILL, 1);
    assert_int_equal(giving_back_presets(situation(), presets), 1);
}

/* The newest is what it says, not what the journal said a moment ago. */
static void an_order_that_is_open_is_not_read_again(void **state) {
    (void)state;
    at_paid_bills(&p);
    p.core.book.orders[0] = newer;
    p.core.book.orders[0].run.used = true;
    p.core.book.orders[0].claims[1].state = CLAIM_CREDIT_UNKNOWN;
    tap_number(&p, TOUCH_BILL, 1);
    tap(&p, TOUCH_PAY);
    assert_int_equal(p.asked.verb, VERB_ASK);
    assert_int_equal(p.core.session.payment.slot, 0);
}

static void the_next_plan_begins_with_its_first_payment(void **state) {
    (void)state;
    at_two_deposits(&p);
    tap(&p, TOUCH_ALL);
    tap(&p, TOUCH_PAY);
    goes_back(&newer);
    goes_back(&older);
    verdict_is(&p, VERDICT_REFUNDED);
    struct order third = paid_deposit("26111712000000010003", wang.keys.id, 500, NOON_MS - DAY_MS);
    list = listed((const struct order *const[]){&third}, 1);
    tap(&p, TOUCH_BACK);
    answer(&p, OUTCOME_ACCEPTED, &list);
    tap_number(&p, TOUCH_BILL, 1);
    tap_number(&p, TOUCH_AMOUNT, 1);
    tap(&p, TOUCH_NEXT);
    confirmed(&p, &third);
    both_have_it(&p);
    taken_back(&p);
    returned(&p);
    verdict_is(&p, VERDICT_REFUNDED);
}

/* It meets who stands here by its card, and is another person's. */
static void what_the_journal_shows_of_another_person_does_not_go_back(void **state) {
    (void)state;
    struct account mine = zhang;
    strcpy(mine.keys.card, "card-of-both");
    begin(&p);
    newer = paid_bills(NEWER, zhang.keys.id, NOON_MS - DAY_MS);
    list = listed((const struct order *const[]){&newer}, 1);
    at_list(&p, "C10000001", &mine);
    tap_number(&p, TOUCH_BILL, 1);
    newer.person.keys = (struct patient_keys){.id = "key-of-li", .card = "card-of-both"};
    confirmed(&p, &newer);
    platform_has_it(&p);
    hospital_says(&p, OUTCOME_ACCEPTED, "00");
    hears(&p, SCREEN_RECORDS, NOTICE_REFUND_CARD);
    assert_int_equal(p.persists, 0);
}

static void a_bill_that_the_order_does_not_have_does_not_go_back(void **state) {
    (void)state;
    at_paid_bills(&p);
    tap_number(&p, TOUCH_BILL, 2);
    newer = paid_order(NEWER, zhang.keys.id, SERVICE_BILLS, 12850, NOON_MS - DAY_MS);
    add_done(&newer, "B1", 12850);
    confirmed(&p, &newer);
    hears(&p, SCREEN_RECORDS, NOTICE_REFUND_STATE);
    assert_int_equal(p.persists, 0);
}

/* Between two payments of a plan: what went back is shown, and nothing more begins. */
static void leaving_between_two_payments_stops_there(void **state) {
    (void)state;
    at_two_deposits(&p);
    tap(&p, TOUCH_ALL);
    tap(&p, TOUCH_PAY);
    goes_back(&newer);
    assert_int_equal(p.asked.verb, VERB_REOPEN);
    tap(&p, TOUCH_HOME);
    verdict_is(&p, VERDICT_REFUND_PARTLY);
    assert_int_equal(session_refunded(&p.core.session).fen, 20000);
    int sends = p.sends;
    reopened = (struct order_document){.head.kind = DOCUMENT_ORDER, .order = older};
    answer(&p, OUTCOME_ACCEPTED, &reopened);
    verdict_is(&p, VERDICT_REFUND_PARTLY);
    assert_int_equal(p.sends, sends);
}

/* The result stands there while the refund is under way, and becomes what it turns out to be. */
static void what_arrives_after_the_result_is_shown_on_it(void **state) {
    (void)state;
    for (int two = 0; two < 2; two++) {
        at_two_deposits(&p);
        if (two) {
            tap(&p, TOUCH_ALL);
        } else {
            tap_number(&p, TOUCH_BILL, 1);
            tap_number(&p, TOUCH_AMOUNT, 1);
            tap(&p, TOUCH_NEXT);
        }
        confirmed(&p, &newer);
        both_have_it(&p);
        taken_back(&p);
        tap(&p, TOUCH_HOME);
        verdict_is(&p, VERDICT_REFUNDING);
        assert_true(finds(&p, VERB_REFUND));
        returned(&p);
        verdict_is(&p, two ? VERDICT_REFUND_PARTLY : VERDICT_REFUNDED);
        assert_int_equal(session_refunded(&p.core.session).fen, 20000);
    }
}

static void a_hospital_that_refuses_the_second_leaves_the_first_returned(void **state) {
    (void)state;
    at_two_deposits(&p);
    tap(&p, TOUCH_ALL);
    tap(&p, TOUCH_PAY);
    goes_back(&newer);
    journal_gives(&p, &older);
    both_have_it(&p);
    answer(&p, OUTCOME_DECLINED, NULL);
    verdict_is(&p, VERDICT_REFUND_PARTLY);
    assert_int_equal(p.core.session.giving_back.given_back.fen, 20000);
}

/* 50.00 of it went back before: that was we, and says nothing of what the platform does. */
static void an_earlier_refund_is_not_taken_for_the_platforms(void **state) {
    (void)state;
    begin(&p);
    newer = paid_deposit(NEWER, wang.keys.id, 20000, NOON_MS - DAY_MS);
    newer.refunds[newer.refund_count++] =
        (struct refund){.state = REFUND_DONE, .amount = {5000}, .no = "26111913000000010009"};
    newer.claims[0].refunded.fen = newer.shares[0].returned.fen = 5000;
    list = listed((const struct order *const[]){&newer}, 1);
    at_list(&p, "W20001234", &wang);
    tap_number(&p, TOUCH_BILL, 1);
    type(&p, "30");
    tap(&p, TOUCH_NEXT);
    confirmed(&p, &newer);
    both_have_it(&p);
    taken_back(&p);
    platform_keeps();
    verdict_is(&p, VERDICT_WINDOW);
    /* The hospital took it off the account: it is not there to be given back again. */
    assert_int_equal(p.core.session.giving_back.given_back.fen, 3000);
}

static void a_fen_that_the_platform_returned_is_back(void **state) {
    (void)state;
    begin(&p);
    newer = paid_deposit(NEWER, wang.keys.id, 1, NOON_MS - DAY_MS);
    list = listed((const struct order *const[]){&newer}, 1);
    at_list(&p, "W20001234", &wang);
    tap(&p, TOUCH_ALL);
    confirmed(&p, &newer);
    both_have_it(&p);
    taken_back(&p);
    answer(&p, OUTCOME_DECLINED, NULL);
    answer_trade(&p, OUTCOME_UNKNOWN, TRADE_RETURNED, NULL);
    verdict_is(&p, VERDICT_REFUNDED);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_row_that_is_not_there_is_none),
        cmocka_unit_test(what_is_typed_for_one_payment_is_not_for_the_next),
        cmocka_unit_test(what_is_insured_goes_back_whole_or_its_own_part),
        cmocka_unit_test(an_order_that_is_open_is_not_read_again),
        cmocka_unit_test(the_next_plan_begins_with_its_first_payment),
        cmocka_unit_test(what_the_journal_shows_of_another_person_does_not_go_back),
        cmocka_unit_test(a_bill_that_the_order_does_not_have_does_not_go_back),
        cmocka_unit_test(leaving_between_two_payments_stops_there),
        cmocka_unit_test(what_arrives_after_the_result_is_shown_on_it),
        cmocka_unit_test(a_hospital_that_refuses_the_second_leaves_the_first_returned),
        cmocka_unit_test(an_earlier_refund_is_not_taken_for_the_platforms),
        cmocka_unit_test(a_fen_that_the_platform_returned_is_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
