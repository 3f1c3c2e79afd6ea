/* What the patient is shown: masked, paged, with a reason for what is not to be had. */
#include <stdio.h>

#include "tests/unit/present/present_story.h"

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
        cmocka_unit_test(welcome_offers_what_there_is),
        cmocka_unit_test(devices_that_fail_are_named_and_silent_ones_are_not),
        cmocka_unit_test(a_service_that_closed_meanwhile_offers_to_leave),
        cmocka_unit_test(a_person_is_masked_and_money_hidden_until_confirmed),
        cmocka_unit_test(age_and_ward_are_told_where_they_are_wanted),
        cmocka_unit_test(long_lists_come_in_pages),
        cmocka_unit_test(the_warning_counts_down),
        cmocka_unit_test(a_kind_of_card_is_named_not_numbered),
        cmocka_unit_test(no_screen_shows_nothing),
    };
    return cmocka_run_group_tests(tests, set_up_site, NULL);
}
