/* links: app/core/ app/core/visit/ app/core/desk/ app/core/order/ app/core/terms/ ui/ids.c */
/* How insured bills are paid: their lines read first, one bill after the other, whose code it is.
 */
#include <stdlib.h>

#include "app/core/visit/bill_choice.h"
#include "tests/support/patient.h"

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

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_is_insured_is_named_only_where_it_is_wanted),
        cmocka_unit_test(an_insurance_code_is_decoded_first),
        cmocka_unit_test(insurance_takes_one_bill_after_the_other),
        cmocka_unit_test(bills_that_are_left_are_selected_again_on_their_list),
        cmocka_unit_test(the_lines_of_an_insured_bill_are_read_before_it_is_paid),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
