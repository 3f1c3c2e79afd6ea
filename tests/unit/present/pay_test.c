/* How a payment is shown: the ways to pay, what is paid and with which code, the wait, and what the
 * result may say of it. */
#include <stdio.h>
#include <stdlib.h>

#include "app/core/visit/keys.h"
#include "tests/unit/present/present_story.h"

/* A line is called as the hospital calls it; one that its list does not name by its number. */
static void lines_of_an_insured_bill_have_the_names_of_the_list(void **state) {
    struct bill_list *bills = calloc(1, sizeof *bills + 2 * sizeof bills->lines[0]);
    struct pay_link *link = calloc(1, sizeof *link + 3 * sizeof link->lines[0]);
    struct patient p;

    (void)state;
    assert_non_null(bills);
    assert_non_null(link);
    *bills = three_bills;
    bills->bills[0].line_count = bills->line_count = 2;
    strcpy(bills->lines[0].key, "sn|H1|A1");
    strcpy(bills->lines[0].name, "血常规");
    strcpy(bills->lines[1].key, "sn|H1|1");
    strcpy(bills->lines[1].name, "代煎");
    *link = link_to_pay;
    link->line_count = 3;
    link->lines[0] = (struct insured_line){"1", INSURED_OUTSIDE, 0, {800}, {800}};
    link->lines[1] = (struct insured_line){"A1", INSURED_SECOND, 10, {1850}, {0}};
    link->lines[2] = (struct insured_line){"X", INSURED_UNSAID, 0, {100}, {0}};
    begin(&p);
    at_qr(&p);
    assert_int_equal(look(&p)->of.pay_qr.insured.line_count, 0);
    p.core.session.documents[DOCUMENT_BILLS] = &bills->head;
    p.core.session.documents[DOCUMENT_PAY_LINK] = &link->head;
    look(&p);
    assert_int_equal(view.of.pay_qr.insured.line_count, 3);
    assert_int_equal(view.of.pay_qr.insured.outside_count, 1);
    assert_int_equal(view.of.pay_qr.insured.outside_fen, 800);
    tap_number(&p, TOUCH_DETAIL, 1);
    assert_int_equal(look(&p)->screen, SCREEN_INSURANCE);
    assert_false(view.can_home);
    assert_int_equal(view.of.insurance.count, 3);
    assert_string_equal(view.of.insurance.rows[0].name, "代煎");
    assert_string_equal(view.of.insurance.rows[0].class_key, "insurance.outside");
    assert_string_equal(view.of.insurance.rows[1].name, "血常规");
    assert_int_equal(view.of.insurance.rows[1].share_percent, 10);
    assert_string_equal(view.of.insurance.rows[1].number, "");
    assert_string_equal(view.of.insurance.rows[2].name, "");
    assert_string_equal(view.of.insurance.rows[2].number, "X");
    free(bills);
    free(link);
}

/* To which phone is told, and to nobody who stands by. */
static void the_phone_of_a_pushed_bill_is_masked(void **state) {
    static struct account pushed_to;
    struct patient p;

    (void)state;
    begin(&p);
    at_qr(&p);
    pushed_to = zhang;
    strcpy(pushed_to.phone, "13800000011");
    p.core.session.documents[DOCUMENT_ACCOUNT] = &pushed_to.head;
    p.core.session.screen = SCREEN_PUSHED;
    p.core.book.orders[p.core.session.payment.slot].legs[0].route = ROUTE_AMP;
    look(&p);
    assert_string_equal(view.of.pushed.phone, "138****0011");
    assert_int_equal(view.of.pushed.amount_fen, 16570);
    assert_false(view.of.pushed.unsure);
    assert_false(view.can_home);
    p.core.book.orders[p.core.session.payment.slot].legs[0].state = LEG_PLACE_UNKNOWN;
    assert_true(look(&p)->of.pushed.unsure);
    assert_string_equal(
        present_verdict(&p.core.book.orders[p.core.session.payment.slot], VERDICT_UNKNOWN)
            .title_key,
        "verdict.push_unsure.title");
}

/* Called revoked and then denied: the words of a closed code would have it sold again. */
static void a_revoke_that_nobody_shows_has_words_of_its_own(void **state) {
    struct patient p;

    (void)state;
    begin(&p);
    at_qr(&p);
    struct order *order = &p.core.book.orders[p.core.session.payment.slot];
    struct leg *leg = &order->legs[0];
    leg->route = ROUTE_MMPC;
    leg->state = LEG_CLOSED;
    leg->watch_until_ms = 1;
    for (int i = 0; i < order->claim_count; i++)
        order->claims[i].state = CLAIM_VOID;
    assert_string_equal(present_verdict(order, VERDICT_NOT_PAID).title_key,
                        "verdict.revoke_unsure.title");
    assert_string_equal(fate_text_key(order, VERDICT_NOT_PAID), "result.revoke_unsure.text");
    leg->unpaid = true;
    assert_string_equal(present_verdict(order, VERDICT_NOT_PAID).title_key,
                        "verdict.not_paid.title");
    leg->unpaid = false;
    leg->watch_until_ms = 0; /* nobody asks any more */
    assert_string_equal(present_verdict(order, VERDICT_NOT_PAID).title_key, "verdict.closed.title");
}

static void channels_come_as_configured_with_reasons(void **state) {
    struct patient p;

    (void)state;
    begin(&p);
    device_is(&p, ROLE_SCANNER, DEVICE_ABSENT, SUPPLY_NOT_SUPPORTED);
    at_channel(&p);
    look(&p);
    assert_int_equal(view.of.channel.count, 2);
    assert_int_equal(view.of.channel.channels[0].channel, CHANNEL_PHONE);
    assert_false(view.of.channel.channels[0].enabled);
    assert_string_equal(view.of.channel.channels[0].reason_key, "reason.no_scanner");
    assert_true(view.of.channel.channels[1].enabled);
    assert_int_equal(view.of.channel.amount_fen, 16570);
}

static void the_code_counts_down(void **state) {
    struct patient p;

    (void)state;
    begin(&p);
    at_qr(&p);
    look(&p);
    assert_string_equal(view.of.pay_qr.link, link_to_pay.url);
    assert_string_equal(view.of.pay_qr.order_no, p.core.session.payment.order_no);
    assert_int_equal(view.of.pay_qr.whole_s, 180);
    int before = view.of.pay_qr.left_s;
    p.now.wall_ms += 10000;
    assert_int_equal(look(&p)->of.pay_qr.left_s, before - 10);
    p.now.wall_ms += 1000000;
    assert_int_equal(look(&p)->of.pay_qr.left_s, 0);
}

static void without_paper_the_result_is_photographed(void **state) {
    struct patient p;

    (void)state;
    begin(&p);
    at_qr(&p);
    device_is(&p, ROLE_PRINTER, DEVICE_READY, SUPPLY_OUT);
    pass_by_deadlines(&p, 3000);
    answer_trade(&p, OUTCOME_ACCEPTED, TRADE_PAID, NULL);
    assert_int_equal(look(&p)->screen, SCREEN_WAITING);
    assert_int_equal(view.of.waiting.amount_fen, 16570);
    pass_by_deadlines(&p, 21000);
    look(&p);
    assert_int_equal(view.screen, SCREEN_RESULT);
    assert_int_equal(view.of.result.tone, TONE_WAIT);
    assert_int_equal(view.of.result.amount_fen, 16570);
    assert_string_equal(view.of.result.receipt_key, "receipt.no_paper");
    assert_false(view.of.result.can_print);
    char photo[96];
    snprintf(photo, sizeof photo, "HK1|%s|ASKING|165.70", p.core.session.payment.order_no);
    assert_string_equal(view.of.result.photo_code, photo);
}

/* Paid, with a printer that stands so. */
static void pay_beside_printer(struct patient *p, const struct core_setup *setup,
                               enum device_word word, enum supply_word supply) {
    begin_with(p, setup);
    at_qr(p);
    device_is(p, ROLE_PRINTER, word, supply);
    pass_by_deadlines(p, 3000);
    answer_trade(p, OUTCOME_ACCEPTED, TRADE_PAID, NULL);
    pass_by_deadlines(p, 21000);
    look(p);
    assert_int_equal(view.screen, SCREEN_RESULT);
}

static void a_printer_that_says_nothing_prints_and_nobody_says_it_has(void **state) {
    struct core_setup setup = usual_setup();
    struct patient p;

    (void)state;
    pay_beside_printer(&p, &setup, DEVICE_UNKNOWN, SUPPLY_UNKNOWN);
    assert_string_equal(view.of.result.receipt_key, "receipt.printing");
    assert_int_not_equal(p.job, 0);
    happens(&p, (struct event){.kind = EVENT_PRINTED, .of.printed = {p.job, PRINT_UNKNOWN}});
    look(&p);
    assert_string_equal(view.of.result.receipt_key, "receipt.unknown");
    assert_string_not_equal(view.of.result.photo_code, "");
    assert_string_equal(view.of.result.photo_key, "result.photo_unknown");
    assert_true(view.of.result.can_print);
}

static void what_is_known_to_be_out_of_paper_or_not_there_is_not_tried(void **state) {
    struct core_setup setup = usual_setup();
    struct patient p;

    (void)state;
    pay_beside_printer(&p, &setup, DEVICE_UNKNOWN, SUPPLY_OUT);
    assert_string_equal(view.of.result.receipt_key, "receipt.no_paper");
    pay_beside_printer(&p, &setup, DEVICE_ABSENT, SUPPLY_UNKNOWN);
    assert_string_equal(view.of.result.receipt_key, "receipt.no_printer");
    setup.has_printer = false;
    pay_beside_printer(&p, &setup, DEVICE_UNKNOWN, SUPPLY_UNKNOWN);
    assert_string_equal(view.of.result.receipt_key, "receipt.no_printer");
    assert_int_equal(p.job, 0);
}

static void what_was_not_paid_names_no_amount(void **state) {
    struct patient p;

    (void)state;
    begin(&p);
    at_qr(&p);
    tap(&p, TOUCH_CANCEL);
    durable(&p);
    answer(&p, OUTCOME_ACCEPTED, NULL);
    assert_int_equal(look(&p)->screen, SCREEN_RESULT);
    assert_int_equal(view.of.result.tone, TONE_NOT_PAID);
    /* The phone may have been faster than the close: that nothing was taken nobody knows. */
    assert_string_equal(view.of.result.title_key, "verdict.closed.title");
    assert_string_equal(view.of.result.text_key, "verdict.closed.text");
    assert_string_equal(view.of.result.amount_key, "");
    assert_string_equal(view.of.result.channel_key, "");
}

/* Of a payment that a person must find out about nobody has said that it was paid. */
static void what_nobody_saw_paid_is_not_called_paid(void **state) {
    struct patient p;

    (void)state;
    begin(&p);
    at_qr(&p);
    struct order *order = &p.core.book.orders[p.core.session.payment.slot];
    order->legs[0].state = LEG_CASE;
    order->legs[0].reason = CASE_PAYMENT_UNKNOWN;
    p.core.session.screen = SCREEN_RESULT;
    p.core.session.payment.verdict = VERDICT_WINDOW;
    assert_string_equal(look(&p)->of.result.amount_key, "result.asked");
    order->legs[0].paid_ms = NOON_MS;
    assert_string_equal(look(&p)->of.result.amount_key, "result.amount");
}

/* Its money moves with the placing: only before that does the screen say that none has. */
static void a_phone_code_under_way_may_have_been_charged(void **state) {
    struct patient p;

    (void)state;
    begin(&p);
    device_is(&p, ROLE_SCANNER, DEVICE_READY, SUPPLY_OK);
    at_channel(&p);
    tap_number(&p, TOUCH_CHANNEL, CHANNEL_PHONE);
    scan(&p, "130000000000000011");
    answer(&p, OUTCOME_ACCEPTED, &three_bills);
    assert_int_equal(look(&p)->screen, SCREEN_WAITING);
    assert_string_equal(view.of.waiting.text_key, "waiting.placing.text");
    durable(&p);
    assert_int_equal(p.core.book.orders[0].legs[0].state, LEG_PLACING);
    assert_string_equal(look(&p)->of.waiting.title_key, "waiting.confirming.title");
    assert_string_equal(view.of.waiting.text_key, "waiting.confirming.text");
    assert_false(view.of.waiting.can_cancel);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_of_an_insured_bill_have_the_names_of_the_list),
        cmocka_unit_test(the_phone_of_a_pushed_bill_is_masked),
        cmocka_unit_test(a_revoke_that_nobody_shows_has_words_of_its_own),
        cmocka_unit_test(channels_come_as_configured_with_reasons),
        cmocka_unit_test(the_code_counts_down),
        cmocka_unit_test(without_paper_the_result_is_photographed),
        cmocka_unit_test(a_printer_that_says_nothing_prints_and_nobody_says_it_has),
        cmocka_unit_test(what_is_known_to_be_out_of_paper_or_not_there_is_not_tried),
        cmocka_unit_test(what_was_not_paid_names_no_amount),
        cmocka_unit_test(what_nobody_saw_paid_is_not_called_paid),
        cmocka_unit_test(a_phone_code_under_way_may_have_been_charged),
    };
    return cmocka_run_group_tests(tests, set_up_site, NULL);
}
