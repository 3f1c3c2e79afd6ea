/* What the patient is shown: masked, paged, with a reason for what is not to be had. */
#include "app/core/visit/keys.h"
#include "tests/support/patient.h"

#include <stdio.h>
#include <stdlib.h>

#include "app/present/parts.h"
#include "app/present/present.h"

static struct present_site site;
static struct present_store store;
static struct view view;

static const struct view *look(const struct patient *p) {
    present_view(&p->core, &site, p->now, &store, &view);
    return &view;
}

static int set_up(void **state) {
    (void)state;
    site.hospital_name = "仁和医院";
    site.terminal_no = "0001";
    site.channels[0] = CHANNEL_PHONE;
    site.channels[1] = CHANNEL_WECHAT;
    site.channel_count = 2;
    return 0;
}

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

static void welcome_offers_what_there_is(void **state) {
    struct patient p;

    (void)state;
    begin(&p);
    look(&p);
    assert_string_equal(view.clock, "2026-11-20 12:00");
    assert_int_equal(view.of.welcome.count, 4);
    assert_int_equal(view.of.welcome.services[0].service, SERVICE_BILLS);
    assert_true(view.of.welcome.services[0].enabled);
    assert_string_equal(view.of.welcome.services[0].reason_key, "");
    assert_int_equal(view.device_notice_count, 0);
    assert_false(view.can_home);
    assert_string_equal(view.notice_key, "");
}

static void devices_that_fail_are_named_and_silent_ones_are_not(void **state) {
    static const struct {
        enum device_word device;
        enum supply_word supply;
        const char *key;
    } rows[] = {{DEVICE_ABSENT, SUPPLY_UNKNOWN, "notice.printer_absent"},
                {DEVICE_FAULT, SUPPLY_OK, "notice.printer_absent"},
                {DEVICE_READY, SUPPLY_OUT, "notice.no_paper"},
                {DEVICE_READY, SUPPLY_JAM, "notice.printer_absent"},
                {DEVICE_READY, SUPPLY_LOW, "notice.paper_low"},
                {DEVICE_READY, SUPPLY_OK, NULL},
                {DEVICE_UNKNOWN, SUPPLY_UNKNOWN, NULL}};
    struct patient p;

    (void)state;
    begin(&p);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        device_is(&p, ROLE_PRINTER, rows[i].device, rows[i].supply);
        look(&p);
        assert_int_equal(view.device_notice_count, rows[i].key != NULL);
        if (rows[i].key != NULL)
            assert_string_equal(view.device_notice_keys[0], rows[i].key);
    }
}

static void at_confirm(struct patient *p) {
    begin(p);
    tap_number(p, TOUCH_SERVICE, SERVICE_BILLS);
    scan(p, "C10000001");
    answer(p, OUTCOME_ACCEPTED, &zhang);
    look(p);
    assert_int_equal(view.screen, SCREEN_CONFIRM);
}

/* The service closed while somebody stood there: going on would say the same again. */
static void a_service_that_closed_meanwhile_offers_to_leave(void **state) {
    struct patient p;

    (void)state;
    at_confirm(&p);
    assert_false(view.of.confirm.closed);
    p.core.setup.policy.hours[SERVICE_BILLS] = (struct hours){13 * 60, 17 * 60};
    tap(&p, TOUCH_NEXT);
    look(&p);
    assert_int_equal(view.screen, SCREEN_CONFIRM);
    assert_string_equal(view.notice_key, "notice.hours");
    assert_true(view.of.confirm.closed);
    tap(&p, TOUCH_HOME);
    look(&p);
    assert_int_equal(view.screen, SCREEN_WELCOME);
}

static void a_person_is_masked_and_money_hidden_until_confirmed(void **state) {
    struct patient p;

    (void)state;
    at_confirm(&p);
    assert_true(view.has_steps);
    assert_int_equal(view.steps[0].state, STEP_NOW);
    assert_false(view.identified); /* that is what it asks */
    assert_true(view.of.confirm.hidden);
    assert_string_equal(view.account.name, "张*丰");
    assert_string_equal(view.account.id_no, "110105********002X");
    assert_string_equal(view.account.card_no, "C1***0001");
    assert_false(view.account.has_balance);
    assert_int_equal(view.account.balance_fen, 0);
    tap(&p, TOUCH_NEXT);
    answer(&p, OUTCOME_ACCEPTED, &three_bills);
    assert_int_equal(look(&p)->account.balance_fen, 1200);
    assert_true(view.identified);
}

/* What others read over a shoulder is told only where the hospital wants it. */
static void age_and_ward_are_told_where_they_are_wanted(void **state) {
    static const struct {
        const char *id_no, *age;
    } rows[] = {{"11010519640119002X", "62"}, {"11010519641120002X", "62"},
                {"110105196411210021", "61"}, {"110105********002X", ""},
                {"110105640119002", ""},      {"", ""},
                {"11010529991119002X", ""},   {"11010500001119002X", ""}};
    struct patient p;

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct account account = zhang;
        strcpy(account.cert_no, rows[i].id_no);
        begin(&p);
        tap_number(&p, TOUCH_SERVICE, SERVICE_BILLS);
        scan(&p, "C10000001");
        answer(&p, OUTCOME_ACCEPTED, &account);
        look(&p);
        assert_string_equal(view.account.age, rows[i].age);
        assert_false(view.account.tells_more);
        p.core.setup.policy.show_age_ward = true;
        look(&p);
        assert_true(view.account.tells_more);
    }
}

static void long_lists_come_in_pages(void **state) {
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
    tap_number(&p, TOUCH_SERVICE, SERVICE_BILLS);
    scan(&p, "C10000001");
    answer(&p, OUTCOME_ACCEPTED, &zhang);
    tap(&p, TOUCH_NEXT);
    answer(&p, OUTCOME_ACCEPTED, &twelve);
    look(&p);
    assert_int_equal(view.of.bills.page_count, 3);
    assert_int_equal(view.of.bills.count, BILLS_A_PAGE);
    assert_int_equal(view.of.bills.selected_fen, 12 * 12850);
    assert_true(view.of.bills.all_selected);
    tap(&p, TOUCH_MORE);
    tap(&p, TOUCH_MORE);
    tap(&p, TOUCH_MORE); /* there is no fourth page */
    look(&p);
    assert_int_equal(view.of.bills.page, 2);
    assert_int_equal(view.of.bills.first, 10);
    assert_int_equal(view.of.bills.count, 2);
    tap_number(&p, TOUCH_DETAIL, 12);
    assert_int_equal(look(&p)->of.bill.count, 0);
    tap(&p, TOUCH_NEXT);
    assert_int_equal(look(&p)->of.bills.page, 2); /* back to where it was */
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

static void the_warning_counts_down(void **state) {
    struct patient p;

    (void)state;
    begin(&p);
    at_bills(&p);
    assert_false(look(&p)->warning);
    pass_by_deadlines(&p, 65000);
    assert_true(look(&p)->warning);
    assert_int_equal(view.warning_left_s, 15);
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

static void a_kind_of_card_is_named_not_numbered(void **state) {
    struct account coded = li;
    struct patient p;

    (void)state;
    memcpy(coded.cards[1].his_cust_type, "01", 3);
    memcpy(coded.cards[1].built, "2024-11-02 14:05:11", 20);
    begin(&p);
    tap_number(&p, TOUCH_SERVICE, SERVICE_BILLS);
    scan(&p, "C10000002");
    answer(&p, OUTCOME_ACCEPTED, &coded);
    assert_int_equal(look(&p)->of.cards.count, 2);
    assert_string_equal(view.of.cards.cards[0].type, "诊疗卡");
    assert_string_equal(view.of.cards.cards[1].type, "");
    assert_string_equal(view.of.cards.cards[1].built, "2024-11-02");
}

/* Every pointer of every screen can be read: no screen is left out, none shows a NULL. */
static void no_screen_shows_nothing(void **state) {
    (void)state;
    for (int i = 0; i < SCREEN_COUNT; i++) {
        struct patient p;
        begin(&p);
        p.core.session.screen = (enum screen)i;
        look(&p);
        assert_int_equal(view.screen, i);
        assert_non_null(view.notice_key);
        assert_non_null(view.notice_code);
        assert_true(i == SCREEN_HELP || view.can_help);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_of_an_insured_bill_have_the_names_of_the_list),
        cmocka_unit_test(the_phone_of_a_pushed_bill_is_masked),
        cmocka_unit_test(a_revoke_that_nobody_shows_has_words_of_its_own),
        cmocka_unit_test(welcome_offers_what_there_is),
        cmocka_unit_test(devices_that_fail_are_named_and_silent_ones_are_not),
        cmocka_unit_test(a_service_that_closed_meanwhile_offers_to_leave),
        cmocka_unit_test(a_person_is_masked_and_money_hidden_until_confirmed),
        cmocka_unit_test(age_and_ward_are_told_where_they_are_wanted),
        cmocka_unit_test(long_lists_come_in_pages),
        cmocka_unit_test(channels_come_as_configured_with_reasons),
        cmocka_unit_test(the_code_counts_down),
        cmocka_unit_test(the_warning_counts_down),
        cmocka_unit_test(without_paper_the_result_is_photographed),
        cmocka_unit_test(a_printer_that_says_nothing_prints_and_nobody_says_it_has),
        cmocka_unit_test(what_is_known_to_be_out_of_paper_or_not_there_is_not_tried),
        cmocka_unit_test(what_was_not_paid_names_no_amount),
        cmocka_unit_test(what_nobody_saw_paid_is_not_called_paid),
        cmocka_unit_test(a_phone_code_under_way_may_have_been_charged),
        cmocka_unit_test(a_kind_of_card_is_named_not_numbered),
        cmocka_unit_test(no_screen_shows_nothing),
    };
    return cmocka_run_group_tests(tests, set_up, NULL);
}
