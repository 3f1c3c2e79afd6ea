/* links: app/core/ app/core/visit/ app/core/desk/ app/core/order/ app/core/terms/ ui/ids.c */
/* The staff at the panel: the PIN and its pause, cases looked at and resolved, the way out. */
#include <stdlib.h>

#include "tests/support/patient.h"

static struct patient p;

static struct staff_cases two_cases = {
    .head = {DOCUMENT_STAFF_CASES},
    .count = 2,
    .rows = {{.order_no = "26112011240100010007", .case_no = "C00010007"},
             {.order_no = "26112011240100010009", .case_no = "C00010009"}}};
static struct staff_cases no_cases = {.head = {DOCUMENT_STAFF_CASES}};
static struct staff_file *one_file;

static int make_file(void **state) {
    (void)state;
    one_file = calloc(1, sizeof *one_file + 20 * sizeof one_file->lines[0]);
    assert_non_null(one_file);
    one_file->head.kind = DOCUMENT_STAFF_FILE;
    one_file->line_count = 20;
    return 0;
}

static int free_file(void **state) {
    (void)state;
    free(one_file);
    return 0;
}

static void answered(bool ok, const struct document *document) {
    struct event event = {.kind = EVENT_STAFF, .of.staff = p.staff};
    event.of.staff.ok = ok;
    event.of.staff.person = ok ? 2 : 0;
    event.of.staff.document = document;
    happens(&p, event);
}

static enum staff_page page(void) {
    assert_int_equal(p.core.session.screen, SCREEN_STAFF);
    return p.core.session.staff.page;
}

static void try_pin(const char *pin, bool right) {
    type(&p, pin);
    tap(&p, TOUCH_NEXT);
    assert_int_equal(p.staff.ask, STAFF_ASK_PIN);
    assert_string_equal(p.core.session.typed, pin);
    answered(right, NULL);
    assert_string_equal(p.core.session.typed, "");
}

static void enter(void) {
    begin(&p);
    tap(&p, TOUCH_STAFF);
    try_pin("135790", true);
    assert_int_equal(page(), STAFF_MENU);
}

static void at_cases(void) {
    enter();
    tap_number(&p, TOUCH_PICK, STAFF_ITEM_CASES);
    assert_int_equal(p.staff.ask, STAFF_ASK_CASES);
    answered(true, &two_cases.head);
}

static void at_reasons(void) {
    at_cases();
    tap_number(&p, TOUCH_CASE, 2);
    assert_int_equal(p.staff.ask, STAFF_ASK_CASE);
    assert_string_equal(p.core.session.staff.chosen.case_no, "C00010009");
    answered(true, &one_file->head);
    tap(&p, TOUCH_NEXT);
    assert_int_equal(page(), STAFF_REASON);
}

static void without_a_pin_in_the_configuration_there_is_no_staff_screen(void **state) {
    (void)state;
    struct core_setup setup = usual_setup();
    setup.has_staff_pin = false;
    begin_with(&p, &setup);
    tap(&p, TOUCH_STAFF);
    assert_int_equal(p.core.session.screen, SCREEN_WELCOME);
}

static void nothing_opens_before_the_pin_is_right(void **state) {
    (void)state;
    begin(&p);
    tap(&p, TOUCH_STAFF);
    tap_number(&p, TOUCH_PICK, STAFF_ITEM_CASES);
    tap_number(&p, TOUCH_CASE, 1);
    assert_int_equal(page(), STAFF_PIN);
    assert_int_equal(p.staff_asks, 0);
    try_pin("1111", false);
    assert_int_equal(page(), STAFF_PIN);
    assert_int_equal(p.core.session.notice, NOTICE_STAFF_PIN);
}

static void five_wrong_pins_are_followed_by_a_pause(void **state) {
    (void)state;
    begin(&p);
    tap(&p, TOUCH_STAFF);
    for (int i = 0; i < 5; i++)
        try_pin("1111", false);
    assert_int_equal(p.core.session.notice, NOTICE_STAFF_PAUSE);
    tap(&p, TOUCH_HOME); /* leaving and coming back is no way around */
    tap(&p, TOUCH_STAFF);
    type(&p, "135790");
    tap(&p, TOUCH_NEXT);
    assert_int_equal(p.staff_asks, 5);
    assert_int_equal(p.core.session.notice, NOTICE_STAFF_PAUSE);
    tap(&p, TOUCH_HOME);
    pass(&p, 5 * 60 * 1000);
    tap(&p, TOUCH_STAFF);
    try_pin("135790", true);
    assert_int_equal(page(), STAFF_MENU);
}

/* What the shell writes down with each try is what a restart is given. */
static void restart_after(int64_t ms) {
    struct core_setup setup = usual_setup();
    int64_t left_ms = p.staff_effect.of.staff.pause_ms - ms;
    setup.staff_tries = p.staff_effect.of.staff.tries;
    setup.staff_pause_ms = left_ms > 0 ? left_ms : 0;
    begin_with(&p, &setup);
    tap(&p, TOUCH_STAFF);
}

static void a_restart_forgets_no_wrong_pin(void **state) {
    (void)state;
    begin(&p);
    tap(&p, TOUCH_STAFF);
    for (int i = 1; i <= 5; i++) {
        try_pin("1111", false);
        assert_int_equal(p.staff_effect.of.staff.tries, i);
        assert_int_equal(p.staff_effect.of.staff.pause_ms, i == 5 ? 300000 : 0);
        if (i < 5)
            restart_after(0);
    }
    restart_after(10000);
    int asks = p.staff_asks;
    type(&p, "135790");
    tap(&p, TOUCH_NEXT);
    assert_int_equal(p.staff_asks, asks);
    assert_int_equal(p.core.session.notice, NOTICE_STAFF_PAUSE);
    tap(&p, TOUCH_HOME);
    pass(&p, 290000);
    tap(&p, TOUCH_STAFF);
    try_pin("135790", true);
    assert_int_equal(page(), STAFF_MENU);
    assert_int_equal(p.staff_effect.of.staff.tries, 1); /* the count begins anew */
}

/* The clock was set back while the terminal was off. */
static void a_pause_is_never_longer_than_it_was(void **state) {
    (void)state;
    struct core_setup setup = usual_setup();
    setup.staff_tries = 5;
    setup.staff_pause_ms = INT64_C(40) * 365 * 86400 * 1000;
    begin_with(&p, &setup);
    pass(&p, 5 * 60 * 1000);
    tap(&p, TOUCH_STAFF);
    try_pin("135790", true);
    assert_int_equal(page(), STAFF_MENU);
}

static void leaving_while_a_pin_is_checked_costs_the_try(void **state) {
    (void)state;
    begin(&p);
    for (int i = 0; i < 5; i++) {
        tap(&p, TOUCH_STAFF);
        type(&p, "1111");
        tap(&p, TOUCH_NEXT);
        tap(&p, TOUCH_HOME);
        answered(true, NULL); /* too late: nobody is there */
        assert_int_equal(p.core.session.screen, SCREEN_WELCOME);
    }
    tap(&p, TOUCH_STAFF);
    type(&p, "1111");
    tap(&p, TOUCH_NEXT);
    assert_int_equal(p.core.session.notice, NOTICE_STAFF_PAUSE);
}

static void a_case_is_resolved_with_a_reason_words_and_the_person(void **state) {
    (void)state;
    at_reasons();
    tap_number(&p, TOUCH_PICK, RESOLUTION_RETURNED);
    type(&p, "RECEIPT4711");
    tap(&p, TOUCH_NEXT);
    assert_int_equal(p.staff.ask, STAFF_ASK_RESOLVE);
    assert_int_equal(p.core.session.staff.resolution, RESOLUTION_RETURNED);
    assert_string_equal(p.core.session.staff.note, "RECEIPT4711");
    assert_int_equal(p.core.session.staff.person, 2); /* whose PIN it was */
    answered(true, NULL);
    assert_int_equal(p.core.session.notice, NOTICE_STAFF_RESOLVED);
    assert_int_equal(page(), STAFF_CASES);
    answered(true, &no_cases.head); /* the list is read again */
    assert_int_equal(session_staff_cases(&p.core.session)->count, 0);
}

static void another_reason_needs_words(void **state) {
    (void)state;
    at_reasons();
    tap_number(&p, TOUCH_PICK, RESOLUTION_OTHER);
    tap(&p, TOUCH_NEXT);
    assert_int_equal(page(), STAFF_NOTE);
    assert_int_equal(p.core.session.notice, NOTICE_STAFF_NOTE);
}

static void what_could_not_be_saved_is_said_and_can_be_tried_again(void **state) {
    (void)state;
    at_reasons();
    tap_number(&p, TOUCH_PICK, RESOLUTION_CREDITED);
    tap(&p, TOUCH_NEXT);
    int asks = p.staff_asks;
    tap(&p, TOUCH_NEXT); /* impatient: one answer is awaited */
    assert_int_equal(p.staff_asks, asks);
    answered(false, NULL);
    assert_int_equal(p.core.session.notice, NOTICE_STAFF_NOT_SAVED);
    tap(&p, TOUCH_NEXT);
    assert_int_equal(p.staff_asks, asks + 1);
}

static void a_journal_that_cannot_be_read_is_said(void **state) {
    (void)state;
    enter();
    tap_number(&p, TOUCH_PICK, STAFF_ITEM_CASES);
    answered(false, NULL);
    assert_int_equal(p.core.session.notice, NOTICE_RECORDS_FAILED);
}

static void an_answer_that_comes_under_the_help_is_heard(void **state) {
    (void)state;
    enter();
    tap_number(&p, TOUCH_PICK, STAFF_ITEM_CASES);
    tap(&p, TOUCH_HELP);
    answered(true, &two_cases.head);
    tap(&p, TOUCH_BACK);
    assert_int_equal(page(), STAFF_CASES);
    tap_number(&p, TOUCH_CASE, 1);
    assert_int_equal(p.staff.ask, STAFF_ASK_CASE);
}

static void back_leads_page_by_page_out(void **state) {
    (void)state;
    at_reasons();
    tap(&p, TOUCH_BACK);
    assert_int_equal(page(), STAFF_CASE);
    tap(&p, TOUCH_MORE);
    assert_int_equal(p.core.session.page, 1);
    tap(&p, TOUCH_BACK);
    assert_int_equal(page(), STAFF_CASES);
    answered(true, &two_cases.head);
    tap(&p, TOUCH_BACK);
    assert_int_equal(page(), STAFF_MENU);
    tap(&p, TOUCH_BACK);
    assert_int_equal(p.core.session.screen, SCREEN_WELCOME);
    assert_null(session_staff_cases(&p.core.session));
}

static void the_staff_take_it_out_of_service_and_shut_it_down(void **state) {
    (void)state;
    enter();
    tap_number(&p, TOUCH_PICK, STAFF_ITEM_SERVICE);
    assert_int_equal(p.logged.of.log.word, LOG_STAFF_CLOSED);
    assert_int_equal(p.logged.of.log.person, 2);
    tap(&p, TOUCH_BACK);
    assert_int_equal(p.core.session.screen, SCREEN_OUT_OF_SERVICE);
    tap(&p, TOUCH_STAFF); /* also from there */
    try_pin("135790", true);
    tap_number(&p, TOUCH_PICK, STAFF_ITEM_STOP);
    int asks = p.staff_asks, wipes = p.wipes;
    assert_int_equal(p.quits, 0);
    tap(&p, TOUCH_NEXT);
    assert_int_equal(p.quits, 1);
    assert_int_equal(p.logged.of.log.word, LOG_STAFF_QUIT);
    assert_int_equal(p.logged.of.log.person, 2);
    assert_int_equal(p.wipes, wipes + 1);
    assert_int_equal(p.staff_asks, asks);
    assert_int_equal(p.core.session.screen, SCREEN_OUT_OF_SERVICE);
}

static void a_forgotten_staff_screen_ends_by_itself(void **state) {
    (void)state;
    at_cases();
    pass_by_deadlines(&p, 90000);
    assert_int_equal(p.core.session.screen, SCREEN_WELCOME);
    tap(&p, TOUCH_STAFF);
    assert_int_equal(page(), STAFF_PIN);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_a_pin_in_the_configuration_there_is_no_staff_screen),
        cmocka_unit_test(nothing_opens_before_the_pin_is_right),
        cmocka_unit_test(five_wrong_pins_are_followed_by_a_pause),
        cmocka_unit_test(leaving_while_a_pin_is_checked_costs_the_try),
        cmocka_unit_test(a_restart_forgets_no_wrong_pin),
        cmocka_unit_test(a_pause_is_never_longer_than_it_was),
        cmocka_unit_test(a_case_is_resolved_with_a_reason_words_and_the_person),
        cmocka_unit_test(another_reason_needs_words),
        cmocka_unit_test(what_could_not_be_saved_is_said_and_can_be_tried_again),
        cmocka_unit_test(a_journal_that_cannot_be_read_is_said),
        cmocka_unit_test(an_answer_that_comes_under_the_help_is_heard),
        cmocka_unit_test(back_leads_page_by_page_out),
        cmocka_unit_test(the_staff_take_it_out_of_service_and_shut_it_down),
        cmocka_unit_test(a_forgotten_staff_screen_ends_by_itself),
    };
    return cmocka_run_group_tests(tests, make_file, free_file);
}
