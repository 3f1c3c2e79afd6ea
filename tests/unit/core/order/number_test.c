/* links: app/core/order/number.c app/core/terms/money.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "app/core/order/order.h"

#define NOON_2026_11_20_MS (INT64_C(1795147200000)) /* 2026-11-20 12:00:00 in China */

static void the_first_number_is_the_time_in_china(void **state) {
    (void)state;
    char no[ORDER_NO_SIZE];
    order_next_no(NOON_2026_11_20_MS, "0042", "", no);
    assert_string_equal(no, "26112012000000420000");
}

static void the_counter_runs_on(void **state) {
    (void)state;
    char no[ORDER_NO_SIZE];
    order_next_no(NOON_2026_11_20_MS + 5000, "0042", "26112012000000420007", no);
    assert_string_equal(no, "26112012000500420008");
}

static void a_clock_set_back_does_not_lower_the_number(void **state) {
    (void)state;
    char no[ORDER_NO_SIZE];
    order_next_no(NOON_2026_11_20_MS - 86400000, "0042", "26112012000000420007", no);
    assert_string_equal(no, "26112012000000420008");
    order_next_no(0, "0042", "26123123595900429999", no);
    assert_string_equal(no, "27010100000000420000");
    order_next_no(0, "0042", "28022823595900429999", no);
    assert_string_equal(no, "28022900000000420000");
}

static void another_terminal_number_takes_a_later_second(void **state) {
    (void)state;
    char no[ORDER_NO_SIZE];
    order_next_no(NOON_2026_11_20_MS, "0001", "26112012000000420007", no);
    assert_string_equal(no, "26112012000100010008");
}

static void numbers_only_grow(void **state) {
    (void)state;
    char last[ORDER_NO_SIZE] = "", no[ORDER_NO_SIZE];
    int64_t wall_ms = NOON_2026_11_20_MS;
    uint32_t random = 1;
    for (int i = 0; i < 30000; i++) {
        random = random * 1103515245u + 12345u;
        wall_ms += (int64_t)(random >> 16) - 30000;
        order_next_no(wall_ms, "0042", last, no);
        assert_int_equal(strlen(no), ORDER_NO_LENGTH);
        assert_true(strcmp(no, last) > 0);
        memcpy(last, no, sizeof last);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_number_is_the_time_in_china),
        cmocka_unit_test(the_counter_runs_on),
        cmocka_unit_test(a_clock_set_back_does_not_lower_the_number),
        cmocka_unit_test(another_terminal_number_takes_a_later_second),
        cmocka_unit_test(numbers_only_grow),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
