/* links: app/core/order/number.c app/core/terms/money.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "app/core/order/order.h"

#define NOON_2026_11_20_MS (INT64_C(1795147200000)) /* 2026-11-20 12:00:00 in China */

/* Of an older version: yyMMddHHmmss, terminal.no, counter. */
#define OLDER "26112012004500420007"

static char no[ORDER_NO_SIZE];

static const char *next_no(int64_t wall_ms, const char *mark, const char *last_no) {
    order_next_no(wall_ms, mark, last_no, no);
    return no;
}

static void the_first_number_is_the_minute_in_china(void **state) {
    (void)state;
    assert_string_equal(next_no(NOON_2026_11_20_MS + 59999, "7K0042", ""), "26112012007K00420000");
    assert_string_equal(next_no(NOON_2026_11_20_MS + 60000, "7K0042", ""), "26112012017K00420000");
}

static void the_counter_runs_on(void **state) {
    (void)state;
    assert_string_equal(next_no(NOON_2026_11_20_MS + 5000, "7K0042", "26112012007K00420007"),
                        "26112012007K00420008");
    assert_string_equal(next_no(NOON_2026_11_20_MS + 65000, "7K0042", "26112012007K00420007"),
                        "26112012017K00420008");
}

/* A clock that was never set, one that no two digits can tell, and days at the ends of months. */
static void any_clock_gives_a_number(void **state) {
    static const struct {
        int64_t wall_s;
        const char *no;
    } rows[] = {{0, "00010108007K00420000"},
                {-86400, "00010108007K00420000"},
                {946684799, "00010108007K00420000"},
                {INT64_C(946684800), "00010108007K00420000"},
                {INT64_C(951753600), "00022900007K00420000"},
                {INT64_C(951840000), "00030100007K00420000"},
                {INT64_C(1709136000), "24022900007K00420000"},
                {INT64_C(4102400000), "99123119337K00420000"},
                {INT64_C(9999999999), "99123119337K00420000"}};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_string_equal(next_no(rows[i].wall_s * 1000, "7K0042", ""), rows[i].no);
}

/* The hospital has them of every version: what is asked about after an update must be the same. */
static void a_claim_has_the_number_of_its_order_and_its_place(void **state) {
    static struct order order = {.no = "26112012007K00420007", .claim_count = 12};
    char trace[CLAIM_TRACE_SIZE];
    (void)state;
    assert_string_equal(order_claim_trace(&order, 0, trace), "26112012007K0042000701");
    assert_string_equal(order_claim_trace(&order, 11, trace), "26112012007K0042000712");
    assert_string_equal(order_no_such_trace(&order, trace), "26112012007K0042000700");
}

static void a_counter_used_up_within_a_minute_borrows_the_next(void **state) {
    (void)state;
    assert_string_equal(next_no(NOON_2026_11_20_MS + 5000, "7K0042", "26112012007K00429999"),
                        "26112012017K00420000");
    assert_string_equal(next_no(NOON_2026_11_20_MS + 6000, "7K0042", "26112012017K00420000"),
                        "26112012017K00420001");
    assert_string_equal(next_no(NOON_2026_11_20_MS + 120000, "7K0042", "26112012007K00429999"),
                        "26112012027K00420000");
}

static void a_clock_set_back_does_not_lower_the_number(void **state) {
    (void)state;
    assert_string_equal(next_no(NOON_2026_11_20_MS - 86400000, "7K0042", "26112012007K00420007"),
                        "26112012007K00420008");
    assert_string_equal(next_no(0, "7K0042", "26123123597K00429999"), "27010100007K00420000");
    assert_string_equal(next_no(0, "7K0042", "28022823597K00429999"), "28022900007K00420000");
}

static void another_mark_takes_a_later_minute_where_it_must(void **state) {
    (void)state;
    assert_string_equal(next_no(NOON_2026_11_20_MS, "7K0001", "26112012007K00420007"),
                        "26112012017K00010008");
    assert_string_equal(next_no(NOON_2026_11_20_MS, "8A0001", "26112012007K00420007"),
                        "26112012008A00010008");
}

/* In the minute of the change-over the seconds of an older number stand where the installation is.
 */
static void after_a_number_of_an_older_version_come_greater_ones(void **state) {
    (void)state;
    assert_string_equal(next_no(NOON_2026_11_20_MS + 46000, "7K0042", OLDER),
                        "26112012007K00420008");
    assert_string_equal(next_no(NOON_2026_11_20_MS + 46000, "3Z0042", OLDER),
                        "26112012013Z00420008");
    assert_string_equal(next_no(NOON_2026_11_20_MS + 46000, "220042", OLDER),
                        "26112012012200420008");
    assert_string_equal(next_no(NOON_2026_11_20_MS - 86400000, "220042", OLDER),
                        "26112012012200420008");
}

static void both_forms_are_ours(void **state) {
    static const char *const others[] = {"",
                                         "2611201200450042000",
                                         "261120120045004200077",
                                         "26132012004500420007",
                                         "26110012004500420007",
                                         "26112024004500420007",
                                         "26112012604500420007",
                                         "26112012007k00420007",
                                         "26112012007K0042000A",
                                         "A6112012007K00420007",
                                         "26112012007KA0420007",
                                         "2611201200 700420007"};
    (void)state;
    assert_true(order_no_is_ours(OLDER));
    assert_true(order_no_is_ours("26112012007K00420007"));
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (order_no_is_ours(others[i]))
            fail_msg("%s", others[i]);
}

static uint32_t draw(uint32_t *random) {
    *random = *random * 1103515245u + 12345u;
    return *random >> 16;
}

static void draw_mark(uint32_t *random, char out[NUMBER_MARK_SIZE]) {
    static const char letters[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    out[0] = letters[draw(random) % 36];
    out[1] = letters[draw(random) % 36];
    memcpy(out + 2, draw(random) % 2 ? "0042" : "9999", 5);
}

/* An older number of that second, as order_next_no gave it out then. */
static void draw_older(uint32_t *random, char out[ORDER_NO_SIZE]) {
    char second[3] = {(char)('0' + draw(random) % 6), (char)('0' + draw(random) % 10), '\0'};
    memcpy(out + 10, second, 2);
}

static void numbers_only_grow(void **state) {
    (void)state;
    int64_t wall_ms = NOON_2026_11_20_MS;
    uint32_t random = 1;
    for (int run = 0; run < 300; run++) {
        char last[ORDER_NO_SIZE] = "", mark[NUMBER_MARK_SIZE];
        draw_mark(&random, mark);
        for (int i = 0; i < 300; i++) {
            wall_ms += (int64_t)draw(&random) - 30000;
            next_no(wall_ms, mark, last);
            assert_true(order_no_is_ours(no));
            assert_true(strcmp(no, last) > 0);
            assert_memory_equal(no + 10, mark, 6);
            memcpy(last, no, sizeof last);
            if (i < 20)
                draw_older(&random, last); /* the version before gave it out */
        }
    }
}

static void two_terminals_of_one_number_give_out_no_equal_one(void **state) {
    (void)state;
    char other[ORDER_NO_SIZE];
    order_next_no(NOON_2026_11_20_MS, "8B0042", "", other);
    assert_string_not_equal(next_no(NOON_2026_11_20_MS, "7K0042", ""), other);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_number_is_the_minute_in_china),
        cmocka_unit_test(the_counter_runs_on),
        cmocka_unit_test(any_clock_gives_a_number),
        cmocka_unit_test(a_claim_has_the_number_of_its_order_and_its_place),
        cmocka_unit_test(a_counter_used_up_within_a_minute_borrows_the_next),
        cmocka_unit_test(a_clock_set_back_does_not_lower_the_number),
        cmocka_unit_test(another_mark_takes_a_later_minute_where_it_must),
        cmocka_unit_test(after_a_number_of_an_older_version_come_greater_ones),
        cmocka_unit_test(both_forms_are_ours),
        cmocka_unit_test(numbers_only_grow),
        cmocka_unit_test(two_terminals_of_one_number_give_out_no_equal_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
