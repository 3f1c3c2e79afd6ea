/* links: drivers/ drivers/card/ drivers/scanner/ drivers/printer/ drivers/pinpad/ drivers/transport/ drivers/usb/ tests/usbbench/client.c tests/support/usb_story.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/support/usb_story.h"

/* A mechanism that is slower than the bus: what is on paper when a job has ended. */
#define LINES 20     /* 600 rows: 750 ms at 100 mm/s, and the cut */
#define KNOWN_MS 300 /* after the mechanism has come to rest */
#define SENSOR_ID "MFG:CITIZEN;CMD:ESC/POS;MDL:CT-S310II;CLS:PRINTER;"
#define NEITHER_ID "MFG:NOBODY;CMD:ESC/POS;MDL:ANY 80;CLS:PRINTER;"
#define USUAL_ID "MFG:EPSON;CMD:ESC/POS;MDL:TM-T20II;CLS:PRINTER;"

static const struct driver_binding bindings[] = {
    {.role = ROLE_PRINTER, .driver = "printer-escpos", .port = ""}};

static struct usb *usb;
static uint32_t job;

static int begin(void **state) {
    (void)state;
    usb = story_begin(bindings, 1);
    job++;
    return story_device(ROLE_PRINTER, DEVICE_READY) && bench("printer speed 100") ? 0 : -1;
}

static int end(void **state) {
    (void)state;
    static const char *const usual[] = {
        "heal",           "paper ok",   "speed 0",     "buffer 4096", "has asb",
        "has process-id", "has sensor", "has eot2",    "has eot3",    "has eot4",
        "has clear",      "power",      "id " USUAL_ID};
    bool held = true;
    story_end(usb);
    for (size_t i = 0; i < sizeof usual / sizeof *usual; i++)
        held = bench("printer %s", usual[i]) && held;
    return held ? 0 : -1;
}

/* It is this model now. */
static void become(const char *id) {
    assert_true(bench("printer id %s", id));
    assert_true(bench("printer unplug"));
    assert_true(story_device(ROLE_PRINTER, DEVICE_ABSENT));
    assert_true(bench("printer replug"));
    assert_true(story_device(ROLE_PRINTER, DEVICE_READY));
}

/* The machine may be busy just now: the best of some. */
static void print_onto_paper(int lines) {
    bool in_time = false;
    for (int i = 0; i < 5 && !in_time; i++) {
        story_print(usb, ++job, lines);
        assert_int_equal(story_printed(job), COMPLETED_OK);
        in_time = bench("printer rested %d before %lld", KNOWN_MS * story_slowness(),
                        (long long)story_printed_ms(job));
    }
    assert_true(in_time);
}

static void printed_means_on_paper(void **state) {
    (void)state;
    int64_t sent = story_now_ms();
    print_onto_paper(LINES);
    int known_ms = 5;
    while (!bench("printer rested %d before %lld", known_ms, (long long)story_printed_ms(job)))
        known_ms += 5;
    print_message("%d lines on paper after %d ms, known within %d ms\n", LINES,
                  (int)(story_printed_ms(job) - sent), known_ms);
}

static void so_it_does_where_only_the_paper_sensor_can_be_asked(void **state) {
    (void)state;
    become(SENSOR_ID);
    assert_true(bench("printer lacks process-id"));
    print_onto_paper(LINES);
}

static void paper_that_ends_after_the_last_byte_is_no_receipt(void **state) {
    (void)state;
    assert_true(bench("printer paper out after 10"));
    story_print(usb, job, LINES);
    assert_int_equal(story_printed(job), COMPLETED_FAILED);
    assert_int_equal(story_completions(job), 1);
}

static void a_model_with_neither_question_is_unknown_when_its_time_is_over(void **state) {
    (void)state;
    become(NEITHER_ID);
    assert_true(bench("printer lacks process-id") && bench("printer lacks sensor"));
    int64_t sent = story_now_ms();
    story_print(usb, job, LINES);
    assert_int_equal(story_printed(job), COMPLETED_UNKNOWN);
    assert_true(bench("printer rests"));
    int64_t took = story_printed_ms(job) - sent;
    print_message("%d lines unknown after %d ms\n", LINES, (int)took);
    assert_true(took < 4000 * story_slowness()); /* and not at the end of all patience */
}

static void a_buffer_that_is_too_small_only_makes_us_wait(void **state) {
    (void)state;
    assert_true(bench("printer buffer 100"));
    print_onto_paper(LINES);
}

static void a_question_the_model_should_have_and_has_not_is_unknown(void **state) {
    (void)state;
    assert_true(bench("printer lacks process-id"));
    story_print(usb, job, LINES);
    assert_int_equal(story_printed(job), COMPLETED_UNKNOWN);
}

static void three_jobs_wait_for_each_other(void **state) {
    (void)state;
    for (uint32_t i = 0; i < 3; i++)
        story_print(usb, job + i, 5);
    for (int i = 0; i < 3; i++, job++)
        assert_int_equal(story_printed(job), COMPLETED_OK);
}

/* --- one patient's receipt is cut off, and the next one's follows ----------------------------- */

#define NEXT_LINES 5
#define SHEET_MAX 8192

struct sheet {
    int number; /* of the last file; 0: none */
    uint8_t bytes[SHEET_MAX];
    size_t length;
};

static void read_last_sheet(struct sheet *sheet) {
    char path[300];
    int number = sheet->number;
    while (snprintf(path, sizeof path, "%s/%03d.bin", bench_folder(), number + 1),
           access(path, F_OK) == 0)
        number++;
    snprintf(path, sizeof path, "%s/%03d.bin", bench_folder(), number);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    sheet->length = fread(sheet->bytes, 1, sizeof sheet->bytes, file);
    sheet->number = number;
    fclose(file);
}

static void print_next(struct sheet *sheet) {
    story_print(usb, ++job, NEXT_LINES);
    assert_int_equal(story_printed(job), COMPLETED_OK);
    read_last_sheet(sheet);
}

/* As it is where nothing went before that has to be cleared. */
static void print_reference(struct sheet *sheet) {
    print_next(sheet);
    print_next(sheet);
}

/* A reset that came before is no part of what is on it. */
static void expect_same(const struct sheet *sheet, const struct sheet *alone) {
    size_t at = 0;
    while (sheet->length - at > alone->length && memcmp(sheet->bytes + at, "\x1b@", 2) == 0)
        at += 2;
    assert_int_equal(sheet->length - at, alone->length);
    assert_memory_equal(sheet->bytes + at, alone->bytes, alone->length);
}

static void plug_in_again(void) {
    assert_true(story_device(ROLE_PRINTER, DEVICE_ABSENT));
    assert_true(bench("printer replug"));
    assert_true(story_device(ROLE_PRINTER, DEVICE_READY));
}

static void a_cable_that_goes_in_the_middle(void **state) {
    (void)state;
    struct sheet alone = {0}, sheet = {0};
    assert_true(bench("printer speed 0"));
    print_reference(&alone);
    for (int after = 5; after < 900; after += 71) {
        job++;
        assert_true(bench("printer unplug after %d", after));
        story_print(usb, job, LINES);
        assert_int_not_equal(story_printed(job), COMPLETED_OK);
        assert_int_equal(story_completions(job), 1);
        plug_in_again();
        print_next(&sheet);
        expect_same(&sheet, &alone);
    }
}

static void paper_that_ends_in_the_middle(void **state) {
    (void)state;
    struct sheet alone = {0}, sheet = {0};
    assert_true(bench("printer buffer 200")); /* half of it is still with us */
    print_reference(&alone);
    for (int after = 1; after < LINES; after += 9) {
        job++;
        assert_true(bench("printer paper out after %d", after));
        story_print(usb, job, LINES);
        assert_int_equal(story_printed(job), COMPLETED_FAILED);
        assert_true(bench("printer holds"));
        assert_true(bench("printer paper ok"));
        assert_true(story_device(ROLE_PRINTER, DEVICE_READY));
        print_next(&sheet);
        expect_same(&sheet, &alone);
    }
}

static void paper_that_ends_where_only_the_sensor_can_be_asked(void **state) {
    (void)state;
    become(SENSOR_ID);
    assert_true(bench("printer lacks process-id"));
    for (int clears = 0; clears < 2; clears++) {
        assert_true(bench(clears ? "printer has clear" : "printer lacks clear"));
        paper_that_ends_in_the_middle(state);
    }
}

static void a_buffer_that_cannot_be_cleared_comes_out_alone(void **state) {
    (void)state;
    assert_true(bench("printer lacks clear"));
    paper_that_ends_in_the_middle(state);
}

/* Nothing comes out of it that was not asked for, and no paper is wasted. */
static void plugging_in_moves_no_paper(void **state) {
    (void)state;
    struct sheet before = {0}, after;
    print_reference(&before);
    after = before;
    for (int i = 0; i < 3; i++) {
        assert_true(bench("printer unplug"));
        plug_in_again();
    }
    assert_true(bench_until("printer rests"));
    read_last_sheet(&after);
    assert_int_equal(after.number, before.number);
    print_reference(&after);
    assert_int_equal(after.number, before.number + 2);
    expect_same(&after, &before);
}

int main(int argc, char **argv) {
    (void)argc;
    bench_enter(argv, "printer");
#define STORY(test) cmocka_unit_test_setup_teardown(test, begin, end)
    const struct CMUnitTest tests[] = {
        STORY(printed_means_on_paper),
        STORY(so_it_does_where_only_the_paper_sensor_can_be_asked),
        STORY(paper_that_ends_after_the_last_byte_is_no_receipt),
        STORY(a_model_with_neither_question_is_unknown_when_its_time_is_over),
        STORY(a_buffer_that_is_too_small_only_makes_us_wait),
        STORY(a_question_the_model_should_have_and_has_not_is_unknown),
        STORY(three_jobs_wait_for_each_other),
        STORY(a_cable_that_goes_in_the_middle),
        STORY(paper_that_ends_in_the_middle),
        STORY(paper_that_ends_where_only_the_sensor_can_be_asked),
        STORY(a_buffer_that_cannot_be_cleared_comes_out_alone),
        STORY(plugging_in_moves_no_paper),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
