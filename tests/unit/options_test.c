/* links: app/options.c */
/* The command line, good and bad. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "app/options.h"

#define PARSE(out, ...)                                                                            \
    options_parse((int)(sizeof((char *[]){__VA_ARGS__}) / sizeof(char *)),                         \
                  (char *[]){__VA_ARGS__}, out)

static void every_option_is_taken(void **state) {
    (void)state;
    struct options options;
    assert_true(PARSE(&options, "kiosk", "--config", "a.json", "--role", "kiosk", "--headless",
                      "--script", "-", "--shots", "pictures", "--check-config"));
    assert_string_equal(options.config_path, "a.json");
    assert_string_equal(options.role, "kiosk");
    assert_string_equal(options.script_path, "-");
    assert_string_equal(options.shots_dir, "pictures");
    assert_true(options.headless && options.check_config && !options.help);
}

static void what_is_not_given_is_off(void **state) {
    (void)state;
    struct options options;
    assert_true(PARSE(&options, "kiosk", "--config", "a.json"));
    assert_null(options.role);
    assert_null(options.script_path);
    assert_null(options.shots_dir);
    assert_false(options.headless || options.check_config || options.help);
}

static void a_wrong_line_is_refused(void **state) {
    (void)state;
    struct options options;
    assert_false(PARSE(&options, "kiosk"));
    assert_false(PARSE(&options, "kiosk", "--config"));
    assert_false(PARSE(&options, "kiosk", "--config", "a.json", "--role", "doctor"));
    assert_false(PARSE(&options, "kiosk", "--config", "a.json", "--fullscreen"));
}

static void help_needs_nothing_else(void **state) {
    (void)state;
    struct options options;
    assert_true(PARSE(&options, "kiosk", "--help"));
    assert_true(options.help);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_option_is_taken),
        cmocka_unit_test(what_is_not_given_is_off),
        cmocka_unit_test(a_wrong_line_is_refused),
        cmocka_unit_test(help_needs_nothing_else),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
