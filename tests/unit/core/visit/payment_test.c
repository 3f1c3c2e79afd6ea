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

/* What each line is to the insurance is read beside the code; a payment meanwhile is seen. */
static void the_lines_of_an_insured_bill_are_read_before_it_is_paid(void **state) {
    struct pay_link *link = calloc(1, sizeof *link + 8 * sizeof link->lines[0]);
    struct patient p;

    (void)state;
    assert_non_null(link);
    begin(&p);
    at_qr(&p);
    tap_number(&p, TOUCH_DETAIL, 1); /* nothing was said of this one's lines */
    hears(&p, SCREEN_PAY_QR, NOTICE_NONE);
    *link = link_to_pay;
    link->line_count = 8;
    begin(&p);
    at_placing(&p);
    answer_trade(&p, OUTCOME_PENDING, TRADE_WAIT, link);
    durable(&p);
    tap_number(&p, TOUCH_DETAIL, 1);
    hears(&p, SCREEN_INSURANCE, NOTICE_NONE);
    tap(&p, TOUCH_MORE);
    assert_int_equal(p.core.session.page, 1);
    tap(&p, TOUCH_MORE);
    assert_int_equal(p.core.session.page, 1);
    for (int i = 0; i < 10 && p.asked.verb != VERB_ASK; i++)
        pass(&p, 1000);
    answer_trade(&p, OUTCOME_PENDING, TRADE_WAIT, NULL);
    hears(&p, SCREEN_INSURANCE, NOTICE_NONE); /* not paid yet: it stays */
    tap(&p, TOUCH_BACK);
    hears(&p, SCREEN_PAY_QR, NOTICE_NONE);
    tap_number(&p, TOUCH_DETAIL, 1);
    pass(&p, 5000);
    answer_trade(&p, OUTCOME_ACCEPTED, TRADE_PAID, NULL);
    assert_int_equal(p.core.session.screen, SCREEN_WAITING);
    assert_int_equal(p.core.session.waiting, WAITING_CREDIT);
    free(link);
}

static void begin_insured(struct patient *p, bool by_name) {
    struct core_setup setup = usual_setup();

    setup.policy.insured_by_name = by_name;
    setup.policy.channels[CHANNEL_INSURANCE] = true;
    setup.code_rules[3] =
        (struct code_rule){.kind = IDENTITY_E_INSURANCE, .prefix = "EC", 11, 11, false};
    setup.code_rule_count = 4;
    begin_with(p, &setup);
}

static void settled_by_the_centre(struct patient *p) {
    answer_trade(p, OUTCOME_ACCEPTED, TRADE_NONE, &link_to_pay);
    durable(p);
    hears(p, SCREEN_PAY_QR, NOTICE_NONE);
    pass(p, 5000);
    assert_int_equal(p->asked.verb, VERB_ASK);
    struct event paid = answer_to_last(p, OUTCOME_ACCEPTED);
    paid.of.answer.trade = TRADE_PAID;
    paid.of.answer.has_amount = true;
    paid.of.answer.amount = p->core.session.choice.amount;
    paid.of.answer.split.own = p->core.session.choice.amount;
    happens(p, paid);
    durable(p);
    hears(p, SCREEN_RESULT, NOTICE_NONE);
    assert_int_equal(p->core.session.payment.verdict, VERDICT_CREDITED);
}

/* By insurance one bill at a time: the first is paid, the next is one touch away, and the way back
 * leads to all of them. */
static void insurance_takes_one_bill_after_the_other(void **state) {
    struct bill_list *fresh = calloc(1, sizeof *fresh);
    struct patient p;

    (void)state;
    assert_non_null(fresh);
    begin_insured(&p, false);
    at_channel(&p);
    tap_number(&p, TOUCH_CHANNEL, CHANNEL_INSURANCE);
    hears(&p, SCREEN_PAY_CODE, NOTICE_NONE);
    assert_int_equal(p.core.session.choice.amount.fen, 12850);
    tap(&p, TOUCH_BACK);
    hears(&p, SCREEN_CHANNEL, NOTICE_NONE);
    assert_int_equal(p.core.session.choice.amount.fen, 16570);
    pass(&p, 1000);
    tap_number(&p, TOUCH_CHANNEL, CHANNEL_INSURANCE);
    scan(&p, "EC123456789");
    answer(&p, OUTCOME_ACCEPTED, &three_bills);
    durable(&p);
    assert_int_equal(p.asked.verb, VERB_PLACE);
    settled_by_the_centre(&p);
    pass(&p, 1000);
    tap(&p, TOUCH_PAY);
    hears(&p, SCREEN_PAY_CODE, NOTICE_NONE);
    assert_int_equal(p.core.session.choice.amount.fen, 3600);
    assert_int_equal(bill_choice_count(&p.core.session), 1);
    scan(&p, "EC123456789");
    *fresh = three_bills; /* renumbered, the paid one gone, the last paid at a window meanwhile */
    fresh->bill_count = 1;
    fresh->bills[0] = three_bills.bills[1];
    answer(&p, OUTCOME_ACCEPTED, fresh);
    durable(&p);
    assert_int_equal(p.core.book.orders[p.core.session.payment.slot].claim_count, 1);
    assert_string_equal(p.core.book.orders[p.core.session.payment.slot].claims[0].org_trace_no,
                        "B2");
    settled_by_the_centre(&p);
    pass(&p, 1000);
    tap(&p, TOUCH_PAY); /* none is left */
    hears(&p, SCREEN_RESULT, NOTICE_NONE);
    free(fresh);
}

/* What is left for later is chosen again where the bills are. */
static void bills_that_are_left_are_selected_again_on_their_list(void **state) {
    struct patient p;

    (void)state;
    begin_insured(&p, false);
    at_bills(&p);
    tap_number(&p, TOUCH_BILL, 1);
    tap(&p, TOUCH_PAY);
    tap_number(&p, TOUCH_CHANNEL, CHANNEL_INSURANCE);
    assert_int_equal(p.core.session.choice.amount.fen, 3600);
    tap(&p, TOUCH_BACK);
    tap(&p, TOUCH_BACK);
    hears(&p, SCREEN_BILLS, NOTICE_NONE);
    assert_int_equal(bill_choice_count(&p.core.session), 2);
    assert_false(session_selected(&p.core.session, 0));
}

/* Name and token are kept whole only where the insurance asks by them, and nobody without an ID
 * number can be asked about. */
static void who_is_insured_is_named_only_where_it_is_wanted(void **state) {
    struct account nameless = zhang;
    struct pay_link link = link_to_pay;
    struct patient p;

    (void)state;
    strcpy(link.pay_token, "TOKEN");
    for (int by_name = 0; by_name < 2; by_name++) {
        begin_insured(&p, by_name);
        at_channel(&p);
        tap_number(&p, TOUCH_CHANNEL, CHANNEL_INSURANCE);
        scan(&p, "EC123456789");
        answer(&p, OUTCOME_ACCEPTED, &three_bills);
        const struct order_person *person = &p.core.book.orders[p.core.session.payment.slot].person;
        assert_string_equal(person->whole_name, by_name ? "张建丰" : "");
        durable(&p);
        answer_trade(&p, OUTCOME_ACCEPTED, TRADE_NONE, &link);
        assert_string_equal(person->pay_token, "TOKEN");
    }
    strcpy(nameless.cert_no, "110105********002X");
    begin_insured(&p, true);
    at_channel(&p);
    p.core.session.documents[DOCUMENT_ACCOUNT] = &nameless.head;
    tap_number(&p, TOUCH_CHANNEL, CHANNEL_INSURANCE);
    hears(&p, SCREEN_CHANNEL, NOTICE_INSURED_NO_ID);
}

/* Where the region decodes codes, the order is opened with what the code stands for. */
static void an_insurance_code_is_decoded_first(void **state) {
    static const struct {
        enum outcome outcome;
        const char *token;
        enum notice notice;
    } rows[] = {{OUTCOME_DECLINED, "", NOTICE_INSURED_CODE},
                {OUTCOME_UNKNOWN, "", NOTICE_INSURED_DOWN},
                {OUTCOME_MALFORMED, "", NOTICE_INSURED_DOWN},
                {OUTCOME_ACCEPTED, "", NOTICE_INSURED_DOWN},
                {OUTCOME_ACCEPTED, "TOKEN", NOTICE_NONE}};
    struct patient p;

    (void)state;
    begin_insured(&p, false);
    p.core.setup.policy.insured_decodes = true;
    at_channel(&p);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        pass(&p, 1000);
        tap_number(&p, TOUCH_CHANNEL, CHANNEL_INSURANCE);
        scan(&p, "EC123456789");
        assert_int_equal(p.asked.verb, VERB_DECODE);
        struct event decoded = answer_to_last(&p, rows[i].outcome);
        strcpy(decoded.of.answer.in_no, rows[i].token);
        happens(&p, decoded);
        if (rows[i].notice == NOTICE_NONE)
            break;
        hears(&p, SCREEN_CHANNEL, rows[i].notice);
        assert_string_equal(p.core.session.payment.pay_code, "");
        assert_int_equal(p.core.session.choice.amount.fen, 16570); /* all that were chosen */
        assert_int_equal(p.core.session.payment.slot, -1);
    }
    assert_int_equal(p.asked.verb, VERB_BILLS);
    assert_string_equal(p.core.session.payment.pay_code, "TOKEN");
    answer(&p, OUTCOME_ACCEPTED, &three_bills);
    durable(&p);
    assert_int_equal(p.asked.verb, VERB_PLACE);
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
        cmocka_unit_test(who_is_insured_is_named_only_where_it_is_wanted),
        cmocka_unit_test(an_insurance_code_is_decoded_first),
        cmocka_unit_test(insurance_takes_one_bill_after_the_other),
        cmocka_unit_test(bills_that_are_left_are_selected_again_on_their_list),
        cmocka_unit_test(the_lines_of_an_insured_bill_are_read_before_it_is_paid),
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
