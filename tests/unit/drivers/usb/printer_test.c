/* links: drivers/ drivers/card/ drivers/scanner/ drivers/printer/ drivers/pinpad/ drivers/transport/ drivers/usb/ tests/usbbench/client.c tests/support/usb_story.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/usb_story.h"

static const struct driver_binding bindings[] = {
    {.role = ROLE_PRINTER, .driver = "printer-escpos", .port = ""}};

static struct usb *usb;
static uint32_t job;

static int begin(void **state) {
    (void)state;
    usb = story_begin(bindings, 1);
    job++;
    return story_device(ROLE_PRINTER, DEVICE_READY) ? 0 : -1;
}

static int end(void **state) {
    (void)state;
    story_end(usb);
    return bench("printer heal") && bench("printer paper ok") && bench("printer cover close") &&
                   bench("printer clear")
               ? 0
               : -1;
}

/* The job ended like this, and once. */
static void expect_printed(enum driver_completion completion) {
    assert_int_equal(story_printed(job), completion);
    story_pause(50);
    assert_int_equal(story_completions(job), 1);
}

static void a_receipt_is_confirmed(void **state) {
    (void)state;
    assert_true(story_supply(ROLE_PRINTER, SUPPLY_OK));
    int64_t sent = story_now_ms();
    story_print(usb, job, 20);
    expect_printed(COMPLETED_OK);
    print_message("20 lines confirmed after %d ms\n", (int)(story_now_ms() - sent));
}

static void three_jobs_come_out_in_order(void **state) {
    (void)state;
    uint32_t first = job;
    for (int i = 0; i < 3; i++)
        story_print(usb, job++, 200);
    for (job = first; job < first + 3; job++)
        expect_printed(COMPLETED_OK);
}

static void near_end_is_told_and_still_prints(void **state) {
    (void)state;
    assert_true(bench("printer paper low"));
    assert_true(story_supply(ROLE_PRINTER, SUPPLY_LOW));
    assert_true(story_device(ROLE_PRINTER, DEVICE_READY));
    story_print(usb, job, 5);
    expect_printed(COMPLETED_OK);
}

static void without_paper_nothing_is_sent(void **state) {
    (void)state;
    assert_true(bench("printer paper out"));
    assert_true(story_supply(ROLE_PRINTER, SUPPLY_OUT));
    story_print(usb, job, 5);
    expect_printed(COMPLETED_FAILED);
    assert_true(bench("printer paper ok"));
    assert_true(story_supply(ROLE_PRINTER, SUPPLY_OK));
    job++;
    story_print(usb, job, 5);
    expect_printed(COMPLETED_OK);
}

static void the_cover_is_told_in_words(void **state) {
    (void)state;
    assert_true(bench("printer cover open"));
    assert_true(story_detail(ROLE_PRINTER, "cover open"));
    story_print(usb, job, 5);
    expect_printed(COMPLETED_FAILED);
    assert_true(bench("printer cover close"));
    assert_true(story_device(ROLE_PRINTER, DEVICE_READY));
}

static void a_jammed_cutter_is_a_fault(void **state) {
    (void)state;
    assert_true(bench("printer jam"));
    assert_true(story_supply(ROLE_PRINTER, SUPPLY_JAM));
    assert_true(story_device(ROLE_PRINTER, DEVICE_FAULT));
}

static void paper_that_ends_in_the_middle_is_not_ok(void **state) {
    (void)state;
    assert_true(bench("printer paper out after 10"));
    story_print(usb, job, 100);
    expect_printed(COMPLETED_FAILED);
    /* What it still held is not printed for the next patient. */
    assert_true(bench("printer paper ok"));
    assert_true(story_supply(ROLE_PRINTER, SUPPLY_OK));
    job++;
    story_print(usb, job, 3);
    expect_printed(COMPLETED_OK);
}

static void changes_are_seen_without_automatic_status(void **state) {
    (void)state;
    assert_true(bench("printer asb off"));
    assert_true(bench("printer paper out"));
    assert_true(story_supply(ROLE_PRINTER, SUPPLY_OUT));
    assert_true(bench("printer paper ok"));
    assert_true(story_supply(ROLE_PRINTER, SUPPLY_OK));
    assert_true(bench("printer asb on"));
}

static void no_answer_is_unknown_not_ok(void **state) {
    (void)state;
    assert_true(bench("printer silent"));
    story_print(usb, job, 5);
    expect_printed(COMPLETED_UNKNOWN);
    assert_true(story_device(ROLE_PRINTER, DEVICE_UNKNOWN));
    assert_true(bench("printer heal"));
    assert_true(story_device(ROLE_PRINTER, DEVICE_READY));
}

static void silent_and_out_of_paper_the_class_status_tells(void **state) {
    (void)state;
    assert_true(bench("printer silent"));
    assert_true(bench("printer paper out"));
    assert_true(story_supply(ROLE_PRINTER, SUPPLY_OUT));
}

static void a_printer_that_takes_nothing_ends_in_time(void **state) {
    (void)state;
    assert_true(bench("printer hang"));
    story_print(usb, job, 50);
    int completion = story_printed(job);
    assert_true(completion == COMPLETED_UNKNOWN || completion == COMPLETED_FAILED);
    assert_int_equal(story_completions(job), 1);
}

static void slow_is_only_slow(void **state) {
    (void)state;
    assert_true(bench("printer slow 20"));
    story_print(usb, job, 50);
    expect_printed(COMPLETED_OK);
}

static void garbage_is_not_a_status(void **state) {
    (void)state;
    for (int i = 0; i < 10; i++)
        assert_true(bench("printer garbage"));
    story_print(usb, job, 5);
    int completion = story_printed(job);
    assert_true(completion >= 0);
    job++;
    assert_true(story_device(ROLE_PRINTER, DEVICE_READY));
    story_print(usb, job, 5);
    expect_printed(COMPLETED_OK);
}

static void a_stall_ends_the_job_and_the_next_one_prints(void **state) {
    (void)state;
    assert_true(bench("printer stall"));
    story_print(usb, job, 5);
    assert_true(story_printed(job) >= 0);
    assert_true(story_was_device(ROLE_PRINTER, DEVICE_OFFLINE));
    assert_true(story_device(ROLE_PRINTER, DEVICE_READY));
    job++;
    story_print(usb, job, 5);
    expect_printed(COMPLETED_OK);
}

/* Unplugs it a little later each time: while it is asked, sent to, confirmed, idle. */
static void unplugged_at_any_moment_every_job_ends_once(void **state) {
    (void)state;
    for (int delay_ms = 0; delay_ms < 60; delay_ms += 4) {
        job++;
        assert_true(bench("printer slow 3"));
        story_print(usb, job, 150);
        story_pause(delay_ms);
        assert_true(bench("printer unplug"));
        int completion = story_printed(job);
        assert_true(completion >= 0);
        assert_true(story_device(ROLE_PRINTER, DEVICE_ABSENT));
        assert_true(bench("printer replug"));
        assert_true(story_device(ROLE_PRINTER, DEVICE_READY));
        assert_int_equal(story_completions(job), 1);
    }
}

static void replugged_without_paper_it_says_so(void **state) {
    (void)state;
    assert_true(bench("printer unplug"));
    assert_true(story_device(ROLE_PRINTER, DEVICE_ABSENT));
    assert_true(bench("printer paper out"));
    assert_true(bench("printer replug"));
    assert_true(story_supply(ROLE_PRINTER, SUPPLY_OUT));
}

static void without_a_printer_a_job_fails_at_once(void **state) {
    (void)state;
    assert_true(bench("printer unplug"));
    assert_true(story_device(ROLE_PRINTER, DEVICE_ABSENT));
    story_print(usb, job, 5);
    expect_printed(COMPLETED_FAILED);
    assert_true(bench("printer replug"));
    assert_true(story_device(ROLE_PRINTER, DEVICE_READY));
}

static void stopping_ends_what_is_under_way(void **state) {
    (void)state;
    assert_true(bench("printer slow 50"));
    for (uint32_t i = 0; i < 3; i++)
        story_print(usb, job + i, 100);
    story_end(usb);
    for (uint32_t i = 0; i < 3; i++)
        assert_int_equal(story_completions(job + i), 1);
    job += 3;
    assert_true(bench("printer heal"));
    usb = story_begin(bindings, 1);
}

int main(int argc, char **argv) {
    (void)argc;
    bench_enter(argv, "printer");
#define STORY(test) cmocka_unit_test_setup_teardown(test, begin, end)
    const struct CMUnitTest tests[] = {
        STORY(a_receipt_is_confirmed),
        STORY(three_jobs_come_out_in_order),
        STORY(near_end_is_told_and_still_prints),
        STORY(without_paper_nothing_is_sent),
        STORY(the_cover_is_told_in_words),
        STORY(a_jammed_cutter_is_a_fault),
        STORY(paper_that_ends_in_the_middle_is_not_ok),
        STORY(changes_are_seen_without_automatic_status),
        STORY(no_answer_is_unknown_not_ok),
        STORY(silent_and_out_of_paper_the_class_status_tells),
        STORY(a_printer_that_takes_nothing_ends_in_time),
        STORY(slow_is_only_slow),
        STORY(garbage_is_not_a_status),
        STORY(a_stall_ends_the_job_and_the_next_one_prints),
        STORY(unplugged_at_any_moment_every_job_ends_once),
        STORY(replugged_without_paper_it_says_so),
        STORY(without_a_printer_a_job_fails_at_once),
        STORY(stopping_ends_what_is_under_way),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
