/* links: app/pump/ app/base/ app/wire/ app/core/terms/ */
/* A program that runs once a day: which day is due, what becomes of a failure, how it ends. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "app/base/clock.h"
#include "app/pump/daily.h"

#define DAY_MS INT64_C(86400000)
#define MIDNIGHT INT64_C(1795104000000) /* 2026-11-20 00:00 in China */

static void the_day_before_is_due_from_its_time_on(void **state) {
    (void)state;
    char time[CLOCK_TEXT_SIZE];
    assert_string_equal(clock_text(MIDNIGHT, time), "2026-11-20 00:00:00");
    int64_t due = MIDNIGHT + 390 * 60000;
    assert_int_equal(daily_due_day(due - 1, 390, 0), 0);
    assert_int_equal(daily_due_day(due, 390, 0), MIDNIGHT - DAY_MS);
    assert_int_equal(daily_due_day(due, 390, MIDNIGHT - DAY_MS), 0);
    assert_int_equal(daily_due_day(due + DAY_MS - 1, 390, MIDNIGHT - DAY_MS), 0);
    assert_int_equal(daily_due_day(due + DAY_MS, 390, MIDNIGHT - DAY_MS), MIDNIGHT);
    assert_int_equal(daily_due_day(MIDNIGHT, 0, MIDNIGHT - 3 * DAY_MS), MIDNIGHT - DAY_MS);
}

struct heard {
    volatile int runs, code;
};

static void hear(void *context, int64_t day_ms, int code) {
    struct heard *heard = context;
    assert_true(day_ms > 0);
    heard->code = code;
    heard->runs++;
}

static bool until(const struct heard *heard, int runs) {
    for (int i = 0; i < 500 && heard->runs < runs; i++)
        usleep(10000);
    return heard->runs >= runs;
}

/* No such program stands beside the test. */
static void a_failure_is_tried_again(void **state) {
    (void)state;
    struct heard heard = {0, 0};
    const char *arguments[] = {"no-such-program", DAILY_DAY, NULL};
    struct daily_plan plan = {
        .program = "no-such-program", .arguments = arguments, .retry_ms = 20, .good = {0, 10}};
    struct daily *daily = daily_start(&plan, hear, &heard);
    assert_true(until(&heard, 3));
    assert_int_equal(heard.code, -1);
    daily_stop(daily);
}

static void what_was_done_is_not_run_again(void **state) {
    (void)state;
    struct heard heard = {0, 0};
    const char *arguments[] = {"no-such-program", NULL};
    struct daily_plan plan = {.program = "no-such-program",
                              .arguments = arguments,
                              .done_ms = clock_wall_ms(),
                              .retry_ms = 20,
                              .good = {0, 10}};
    struct daily *daily = daily_start(&plan, hear, &heard);
    usleep(100000);
    daily_stop(daily);
    assert_int_equal(heard.runs, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_day_before_is_due_from_its_time_on),
        cmocka_unit_test(a_failure_is_tried_again),
        cmocka_unit_test(what_was_done_is_not_run_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
