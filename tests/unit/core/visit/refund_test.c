/* links: app/core/ app/core/visit/ app/core/desk/ app/core/order/ app/core/terms/ ui/ids.c */
/* What goes back on request: chosen, confirmed, asked about, taken back, returned; and all that may
 * go wrong on the way. */
#include "tests/support/refund_story.h"

static void a_bill_goes_back_whole(void **state) {
    struct patient p;

    (void)state;
    at_paid_bills(&p);
    tap_number(&p, TOUCH_BILL, 2);
    assert_int_equal(p.core.session.giving_back.plan.sum.fen, 3600);
    confirmed(&p, &newer);
    both_have_it(&p);
    assert_string_equal(the_order(&p)->person.mdtrt_cert_no, "C10000001"); /* of who stands there */
    assert_string_equal(the_order(&p)->person.his_cust_id, "10000001");
    taken_back(&p);
    assert_int_equal(the_order(&p)->refunds[0].amount.fen, 3600);
    returned(&p);
    verdict_is(&p, VERDICT_REFUNDED);
    assert_int_equal(session_refund_amount(&p.core.session).fen, 3600);
    assert_int_equal(p.prints, 1);
    assert_int_equal(order_sums(the_order(&p)).returned.fen, 3600);
    durable(&p);
    tap(&p, TOUCH_BACK);
    assert_int_equal(p.asked.verb, VERB_RECORDS); /* read anew */
    assert_int_equal(p.core.session.payment.slot, -1);
}

static void part_of_a_deposit_goes_back(void **state) {
    struct patient p;

    (void)state;
    at_two_deposits(&p);
    tap_number(&p, TOUCH_BILL, 1);
    hears(&p, SCREEN_AMOUNT, NOTICE_NONE);
    tap(&p, TOUCH_NEXT);
    hears(&p, SCREEN_AMOUNT, NOTICE_AMOUNT_ZERO);
    type(&p, "200.01");
    tap(&p, TOUCH_NEXT);
    hears(&p, SCREEN_AMOUNT, NOTICE_REFUND_OVER);
    tap_number(&p, TOUCH_AMOUNT, 1); /* all of it */
    assert_int_equal(p.core.session.choice.amount.fen, 20000);
    tap_number(&p, TOUCH_KEY, KEY_CLEAR);
    type(&p, "50");
    tap(&p, TOUCH_NEXT);
    confirmed(&p, &newer);
    both_have_it(&p);
    taken_back(&p);
    returned(&p);
    verdict_is(&p, VERDICT_REFUNDED);
    assert_int_equal(order_sums(the_order(&p)).credited.fen, 15000);
}

static void nothing_leaves_before_it_is_confirmed(void **state) {
    struct patient p;

    (void)state;
    at_paid_bills(&p);
    int sends = p.sends;
    tap_number(&p, TOUCH_BILL, 1);
    type(&p, "\n"); /* a key moves no money */
    hears(&p, SCREEN_CONFIRM, NOTICE_NONE);
    tap(&p, TOUCH_BACK);
    hears(&p, SCREEN_RECORDS, NOTICE_NONE);
    tap_number(&p, TOUCH_BILL, 1);
    tap(&p, TOUCH_HOME);
    assert_int_equal(p.core.session.screen, SCREEN_WELCOME);
    assert_int_equal(p.sends, sends);
    assert_int_equal(p.persists, 0);
}

static void a_balance_goes_back_payment_after_payment_newest_first(void **state) {
    struct patient p;

    (void)state;
    at_two_deposits(&p);
    tap(&p, TOUCH_ALL);
    assert_int_equal(p.core.session.giving_back.plan.sum.fen, 30000);
    confirmed(&p, &newer);
    both_have_it(&p);
    taken_back(&p);
    returned(&p);
    durable(&p);
    assert_int_equal(p.core.session.screen, SCREEN_WAITING);
    journal_gives(&p, &older); /* only now the next */
    both_have_it(&p);
    taken_back(&p);
    returned(&p);
    verdict_is(&p, VERDICT_REFUNDED);
    assert_int_equal(session_refunded(&p.core.session).fen, 30000);
    assert_int_equal(p.prints, 1);
    assert_string_not_equal(p.core.session.giving_back.plan.steps[0].refund_no,
                            p.core.session.giving_back.plan.steps[1].refund_no);
}

static void what_this_visit_gave_back_of_the_balance_is_not_there_again(void **state) {
    struct account small = wang;
    struct patient p;

    (void)state;
    begin(&p);
    small.balance = (struct fen){15000};
    newer = paid_deposit(NEWER, wang.keys.id, 20000, NOON_MS - DAY_MS);
    list = listed((const struct order *const[]){&newer}, 1);
    at_list(&p, "W20001234", &small);
    tap(&p, TOUCH_ALL);
    assert_int_equal(p.core.session.giving_back.plan.sum.fen, 15000);
    confirmed(&p, &newer);
    both_have_it(&p);
    taken_back(&p);
    returned(&p);
    durable(&p);
    newer = *the_order(&p);
    list = listed((const struct order *const[]){&newer}, 1);
    tap(&p, TOUCH_BACK);
    answer(&p, OUTCOME_ACCEPTED, &list);
    tap_number(&p, TOUCH_BILL, 1); /* 50.00 of it is left, the balance is not */
    hears(&p, SCREEN_RECORDS, NOTICE_REFUND_SPENT);
    tap(&p, TOUCH_ALL);
    hears(&p, SCREEN_RECORDS, NOTICE_NO_REFUNDS);
}

/* The hospital's balance has it yet: its ORG_005 is on its way. */
static void what_is_being_taken_back_is_not_there_for_another_payment(void **state) {
    struct account small = wang;
    struct patient p;

    (void)state;
    begin(&p);
    small.balance = (struct fen){15000};
    newer = paid_deposit(NEWER, wang.keys.id, 20000, NOON_MS - DAY_MS);
    newer.claims[0].state = CLAIM_UNCREDITING;
    newer.refund_count = 1;
    newer.refunds[0] = (struct refund){.state = REFUND_NEW, .amount = {12000}};
    older = paid_deposit(OLDER, wang.keys.id, 10000, NOON_MS - 2 * DAY_MS);
    list = listed((const struct order *const[]){&newer, &older}, 2);
    at_list(&p, "W20001234", &small);
    tap(&p, TOUCH_ALL);
    assert_int_equal(p.core.session.giving_back.plan.count, 1);
    assert_int_equal(p.core.session.giving_back.plan.sum.fen, 3000);
}

static void a_hospital_that_refuses_stops_it_and_nothing_went_back(void **state) {
    struct patient p;

    (void)state;
    at_two_deposits(&p);
    tap(&p, TOUCH_ALL);
    confirmed(&p, &newer);
    both_have_it(&p);
    int sends = p.sends;
    answer(&p, OUTCOME_DECLINED, NULL);
    verdict_is(&p, VERDICT_REFUND_REFUSED);
    durable(&p);
    pass_by_deadlines(&p, 5000);
    assert_int_equal(p.sends, sends); /* neither a refund nor the next payment */
    assert_int_equal(p.core.session.giving_back.given_back.fen, 0);
}

static void a_balance_that_stops_half_way_says_what_went_back(void **state) {
    struct patient p;

    (void)state;
    at_two_deposits(&p);
    tap(&p, TOUCH_ALL);
    confirmed(&p, &newer);
    both_have_it(&p);
    taken_back(&p);
    returned(&p);
    durable(&p);
    journal_gives(&p, &older);
    answer_trade(&p, OUTCOME_UNKNOWN, TRADE_NONE, NULL);
    verdict_is(&p, VERDICT_REFUND_PARTLY);
    assert_int_equal(p.core.session.notice, NOTICE_REFUND_PLATFORM);
    assert_int_equal(session_refund_amount(&p.core.session).fen, 20000);
}

static void a_payment_that_the_platform_knows_otherwise_is_left_alone(void **state) {
    static const struct {
        enum outcome outcome;
        enum trade_state trade;
        enum notice notice;
    } rows[] = {{OUTCOME_ACCEPTED, TRADE_RETURNED, NOTICE_REFUND_MISMATCH},
                {OUTCOME_UNKNOWN, TRADE_RETURNED, NOTICE_REFUND_MISMATCH},
                {OUTCOME_DECLINED, TRADE_FAILED, NOTICE_REFUND_MISMATCH},
                {OUTCOME_PENDING, TRADE_WAIT, NOTICE_REFUND_PLATFORM},
                {OUTCOME_UNKNOWN, TRADE_NONE, NOTICE_REFUND_PLATFORM},
                {OUTCOME_MALFORMED, TRADE_NONE, NOTICE_REFUND_PLATFORM}};
    struct patient p;

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        at_paid_bills(&p);
        tap_number(&p, TOUCH_BILL, 1);
        confirmed(&p, &newer);
        answer_trade(&p, rows[i].outcome, rows[i].trade, NULL);
        hears(&p, SCREEN_RECORDS, rows[i].notice);
        assert_int_equal(p.persists, 0);
        assert_int_equal(p.core.session.payment.slot, -1);
    }
}

static void an_order_of_somebody_else_is_never_given_back(void **state) {
    struct patient p;

    (void)state;
    at_paid_bills(&p);
    tap_number(&p, TOUCH_BILL, 1);
    newer.person = (struct order_person){.keys.id = "key-of-li"};
    confirmed(&p, &newer);
    hears(&p, SCREEN_RECORDS, NOTICE_REFUND_ACCOUNT);
    assert_int_equal(p.asked.verb, VERB_REOPEN);
}

/* The card's number was given out again: the payment is shown, its money stays. */
static void what_only_the_card_shows_of_another_person_does_not_go_back(void **state) {
    struct patient p;

    (void)state;
    at_paid_bills(&p);
    struct refund_rules rules = {
        .policy = &p.core.setup.policy, .account = ACCOUNT_OUTPATIENT, .wall_ms = NOON_MS};
    newer.person.keys = (struct patient_keys){.id = "key-of-li", .card = "card-of-both"};
    list = listed((const struct order *const[]){&newer}, 1);
    list.keys = (struct patient_keys){.id = "key-of-zhang", .card = "card-of-both"};
    list.count = list.item_count = 0;
    assert_true(payments_add(&list, &newer));
    assert_int_equal(refund_offer(&rules, &list, &list.items[0]).obstacle, NOTICE_REFUND_CARD);
    tap_number(&p, TOUCH_BILL, 1);
    hears(&p, SCREEN_RECORDS, NOTICE_REFUND_CARD);
}

static void what_changed_meanwhile_does_not_go_back_twice(void **state) {
    struct patient p;

    (void)state;
    at_paid_bills(&p);
    tap_number(&p, TOUCH_BILL, 1);
    newer.claims[0].state = CLAIM_REFUNDED; /* the list was older */
    newer.claims[0].refunded = newer.claims[0].amount;
    one_leg_pays(&newer);
    confirmed(&p, &newer);
    platform_has_it(&p);
    hospital_says(&p, OUTCOME_ACCEPTED, "00");
    hears(&p, SCREEN_RECORDS, NOTICE_REFUND_STATE);
    assert_int_equal(p.persists, 0);
}

/* The refund has left and nobody answers. */
static void at_silence(struct patient *p) {
    at_paid_bills(p);
    tap_number(p, TOUCH_BILL, 1);
    confirmed(p, &newer);
    both_have_it(p);
    taken_back(p);
    answer(p, OUTCOME_UNKNOWN, NULL);
    durable(p);
}

static void a_refund_nobody_confirms_is_told_so_and_never_made_again(void **state) {
    struct patient p;

    (void)state;
    at_silence(&p);
    assert_int_equal(p.core.session.screen, SCREEN_WAITING);
    p.core.setup.limits.result_ms = 2 * p.core.setup.limits.refund_deadline_ms;
    for (int i = 0; i < 400 && p.core.session.payment.verdict != VERDICT_REFUND_UNCONFIRMED; i++) {
        if (finds(&p, VERB_ASK_REFUND) || finds(&p, VERB_REFUND))
            answer(&p, OUTCOME_MALFORMED, NULL); /* it is there, but cannot be understood */
        durable(&p);
        pass_by_deadlines(&p, 10000);
        if (p.core.session.screen == SCREEN_RESULT && i < 100)
            verdict_is(&p, VERDICT_REFUNDING);
    }
    verdict_is(&p, VERDICT_REFUND_UNCONFIRMED);
    assert_int_equal(the_order(&p)->refund_count, 1);
    assert_int_equal(p.core.session.payment.case_no[0], 'C');
}

static void leaving_in_the_middle_tells_and_the_refund_goes_on(void **state) {
    struct patient p;

    (void)state;
    at_silence(&p);
    tap(&p, TOUCH_HOME);
    verdict_is(&p, VERDICT_REFUNDING);
    tap(&p, TOUCH_HOME);
    assert_int_equal(p.core.session.screen, SCREEN_WELCOME);
    assert_true(finds(&p, VERB_ASK_REFUND));
    answer(&p, OUTCOME_ACCEPTED, NULL);
    durable(&p);
    assert_int_equal(book_find(&p.core.book, NEWER), -1); /* done, written, let go */
}

static void the_platform_refusing_after_the_hospital_is_a_case(void **state) {
    struct patient p;

    (void)state;
    at_paid_bills(&p);
    tap_number(&p, TOUCH_BILL, 1);
    confirmed(&p, &newer);
    both_have_it(&p);
    taken_back(&p);
    answer(&p, OUTCOME_DECLINED, NULL);
    assert_int_equal(p.asked.verb, VERB_ASK); /* perhaps it was returned by itself */
    answer_trade(&p, OUTCOME_ACCEPTED, TRADE_PAID, NULL);
    verdict_is(&p, VERDICT_WINDOW);
    assert_int_equal(p.core.session.payment.case_no[0], 'C');
    assert_int_equal(the_order(&p)->claims[0].reason, CASE_UNCREDITED_NOT_REFUNDED);
}

static void what_the_platform_returned_by_itself_is_refunded(void **state) {
    struct patient p;

    (void)state;
    begin(&p);
    newer = paid_order(NEWER, zhang.keys.id, SERVICE_BILLS, 3600, NOON_MS - DAY_MS);
    newer.person.account_type = ACCOUNT_OUTPATIENT;
    add_done(&newer, "B2", 3600);
    list = listed((const struct order *const[]){&newer}, 1);
    at_list(&p, "C10000001", &zhang);
    tap_number(&p, TOUCH_BILL, 1);
    confirmed(&p, &newer);
    both_have_it(&p);
    taken_back(&p);
    answer(&p, OUTCOME_DECLINED, NULL);
    answer_trade(&p, OUTCOME_UNKNOWN, TRADE_RETURNED, NULL);
    verdict_is(&p, VERDICT_REFUNDED);
    assert_int_equal(session_refunded(&p.core.session).fen, 3600);
}

static void each_rule_of_refunds_refuses_in_words(void **state) {
    struct core_setup setup = usual_setup();
    struct patient p;

    (void)state;
    setup.policy.refund_age_days[ROUTE_UPP] = 1;
    at_deposits(&p, &setup);
    tap_number(&p, TOUCH_BILL, 2);
    hears(&p, SCREEN_RECORDS, NOTICE_REFUND_OLD);
    setup.policy.refund_staff_confirm[ROUTE_UPP] = true;
    at_deposits(&p, &setup);
    tap_number(&p, TOUCH_BILL, 1);
    hears(&p, SCREEN_RECORDS, NOTICE_REFUND_STAFF);
    tap(&p, TOUCH_ALL);
    hears(&p, SCREEN_RECORDS, NOTICE_NO_REFUNDS);
    setup = usual_setup();
    setup.policy.hours[SERVICE_REFUND] = (struct hours){8 * 60, 11 * 60};
    begin_with(&p, &setup);
    tap_number(&p, TOUCH_SERVICE, SERVICE_REFUND);
    hears(&p, SCREEN_WELCOME, NOTICE_HOURS);
}

static void a_card_does_not_give_back_what_the_wristband_paid(void **state) {
    struct account card = wang;
    struct patient p;

    (void)state;
    card.account_type = ACCOUNT_OUTPATIENT;
    begin(&p);
    newer = paid_deposit(NEWER, wang.keys.id, 20000, NOON_MS - DAY_MS);
    list = listed((const struct order *const[]){&newer}, 1);
    at_list(&p, "C10000001", &card);
    tap_number(&p, TOUCH_BILL, 1);
    hears(&p, SCREEN_RECORDS, NOTICE_REFUND_ACCOUNT);
}

static void a_journal_that_cannot_be_read_is_said_so(void **state) {
    struct patient p;

    (void)state;
    begin(&p);
    tap_number(&p, TOUCH_SERVICE, SERVICE_REFUND);
    scan(&p, "C10000001");
    answer(&p, OUTCOME_ACCEPTED, &zhang);
    tap(&p, TOUCH_NEXT);
    answer(&p, OUTCOME_UNKNOWN, NULL);
    hears(&p, SCREEN_CONFIRM, NOTICE_RECORDS_FAILED);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_bill_goes_back_whole),
        cmocka_unit_test(part_of_a_deposit_goes_back),
        cmocka_unit_test(nothing_leaves_before_it_is_confirmed),
        cmocka_unit_test(a_balance_goes_back_payment_after_payment_newest_first),
        cmocka_unit_test(what_this_visit_gave_back_of_the_balance_is_not_there_again),
        cmocka_unit_test(what_is_being_taken_back_is_not_there_for_another_payment),
        cmocka_unit_test(a_hospital_that_refuses_stops_it_and_nothing_went_back),
        cmocka_unit_test(a_balance_that_stops_half_way_says_what_went_back),
        cmocka_unit_test(a_payment_that_the_platform_knows_otherwise_is_left_alone),
        cmocka_unit_test(an_order_of_somebody_else_is_never_given_back),
        cmocka_unit_test(what_only_the_card_shows_of_another_person_does_not_go_back),
        cmocka_unit_test(what_changed_meanwhile_does_not_go_back_twice),
        cmocka_unit_test(a_refund_nobody_confirms_is_told_so_and_never_made_again),
        cmocka_unit_test(leaving_in_the_middle_tells_and_the_refund_goes_on),
        cmocka_unit_test(the_platform_refusing_after_the_hospital_is_a_case),
        cmocka_unit_test(what_the_platform_returned_by_itself_is_refunded),
        cmocka_unit_test(each_rule_of_refunds_refuses_in_words),
        cmocka_unit_test(a_card_does_not_give_back_what_the_wristband_paid),
        cmocka_unit_test(a_journal_that_cannot_be_read_is_said_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
