/* links: app/base/clock.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "app/base/clock.h"

static void china_time_is_shown_and_read_back(void **state) {
    (void)state;
    char text[CLOCK_TEXT_SIZE], digits[15];
    int64_t wall_ms = INT64_C(1795140672000); /* 2026-11-20 02:11:12 UTC */
    assert_string_equal(clock_text(wall_ms, text), "2026-11-20 10:11:12");
    assert_string_equal(clock_digits(wall_ms, digits), "20261120101112");
    int64_t out = 0;
    assert_true(clock_parse("2026-11-20 10:11:12", &out));
    assert_int_equal(out, wall_ms);
    assert_true(clock_parse("20261120101112", &out));
    assert_int_equal(out, wall_ms);
}

static void what_is_no_time_is_refused_and_changes_nothing(void **state) {
    (void)state;
    static const char *const bad[] = {"",
                                      "2026-11-20",
                                      "2026-11-20 10:11",
                                      "2026-02-30 10:11:12",
                                      "2026-13-01 10:11:12",
                                      "2026-11-20 24:00:00",
                                      "2026-11-20 10:60:00",
                                      "2026-11-20 10:11:12 ",
                                      "2026-11-2010:11:12",
                                      "2026112010111",
                                      "２026-11-20 10:11:12"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        int64_t out = 42;
        assert_false(clock_parse(bad[i], &out));
        assert_int_equal(out, 42);
    }
}

static void monotonic_time_does_not_go_back(void **state) {
    (void)state;
    int64_t first_ms = clock_mono_ms(), second_ms = clock_mono_ms();
    assert_true(second_ms >= first_ms);
    assert_true(clock_wall_ms() > INT64_C(1700000000000));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(china_time_is_shown_and_read_back),
        cmocka_unit_test(what_is_no_time_is_refused_and_changes_nothing),
        cmocka_unit_test(monotonic_time_does_not_go_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
