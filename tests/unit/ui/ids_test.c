/* links: ui/ids.c */
/* Names of screens and touches: what a script says is what is touched. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ui/ids.h"

static void every_screen_has_a_name_that_leads_back(void **state) {
    (void)state;
    for (int i = 0; i < SCREEN_COUNT; i++) {
        enum screen screen = SCREEN_COUNT;
        assert_true(screen_parse(screen_name((enum screen)i), &screen));
        assert_int_equal(screen, i);
    }
    enum screen screen = SCREEN_BILLS;
    assert_false(screen_parse("nowhere", &screen));
    assert_int_equal(screen, SCREEN_BILLS);
}

static void every_touch_has_a_name_that_leads_back(void **state) {
    static const struct {
        const char *name;
        struct touch touch;
    } rows[] = {{"back", {TOUCH_BACK, 0}},
                {"home", {TOUCH_HOME, 0}},
                {"lang", {TOUCH_LANG, 0}},
                {"next", {TOUCH_NEXT, 0}},
                {"pay", {TOUCH_PAY, 0}},
                {"extend", {TOUCH_EXTEND, 0}},
                {"bill.3", {TOUCH_BILL, 3}},
                {"bill.64", {TOUCH_BILL, 64}},
                {"detail.1", {TOUCH_DETAIL, 1}},
                {"card.2", {TOUCH_CARD, 2}},
                {"amount.6", {TOUCH_AMOUNT, 6}},
                {"key.7", {TOUCH_KEY, '7'}},
                {"key.X", {TOUCH_KEY, 'X'}},
                {"key.del", {TOUCH_KEY, KEY_DELETE}},
                {"key.clear", {TOUCH_KEY, KEY_CLEAR}},
                {"key.dot", {TOUCH_KEY, '.'}},
                {"channel.wechat", {TOUCH_CHANNEL, 1}},
                {"channel.card", {TOUCH_CHANNEL, 5}},
                {"service.bills", {TOUCH_SERVICE, 1}},
                {"service.records", {TOUCH_SERVICE, 4}},
                {"case.2", {TOUCH_CASE, 2}},
                {"pick.5", {TOUCH_PICK, 5}},
                {"function.12", {TOUCH_FUNCTION, 12}},
                {"reprint.3", {TOUCH_REPRINT, 3}}};
    char name[TOUCH_NAME_SIZE];

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct touch touch = {TOUCH_NONE, 0};
        assert_true(touch_parse(rows[i].name, &touch));
        assert_int_equal(touch.kind, rows[i].touch.kind);
        assert_int_equal(touch.n, rows[i].touch.n);
        assert_string_equal(touch_name(touch, name), rows[i].name);
    }
}

static void what_does_not_exist_is_not_parsed(void **state) {
    static const char *const names[] = {
        "",           "none",    "bill",      "bill.", "bill.0", "bill.-1", "bill.03",
        "bill.99999", "bill.3x", "home.1",    "key.",  "key.ab", "key.!",   "channel.x",
        "channel.",   "nextt",   "service.0", ".",     "bills.1"};

    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct touch touch = {TOUCH_HOME, 42};
        assert_false(touch_parse(names[i], &touch));
        assert_int_equal(touch.n, 42);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_screen_has_a_name_that_leads_back),
        cmocka_unit_test(every_touch_has_a_name_that_leads_back),
        cmocka_unit_test(what_does_not_exist_is_not_parsed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
