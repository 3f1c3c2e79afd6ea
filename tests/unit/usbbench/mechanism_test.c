/* links: tests/usbbench/mechanism.c tests/usbbench/paper.c tests/usbbench/canvas.c tests/usbbench/png.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "tests/usbbench/mechanism.h"

#define DOTS 384
#define LINE "a line of text\n" /* 30 rows: 37.5 ms at 100 mm/s */

static struct mechanism mechanism;
static char asked[16]; /* the letters of the questions whose turn has come */

static void hear_question(void *context, const uint8_t *command, size_t length) {
    (void)context, (void)length;
    size_t count = strlen(asked);
    if (count + 1 < sizeof asked)
        asked[count] = (char)(command[1] == '(' ? command[2] : command[1]);
}

static int begin(void **state) {
    (void)state;
    memset(asked, 0, sizeof asked);
    if (!mechanism_init(&mechanism, DOTS))
        return -1;
    mechanism.speed_mm_s = 100;
    mechanism.paper.asked = hear_question;
    return 0;
}

static int end(void **state) {
    (void)state;
    mechanism_free(&mechanism);
    return 0;
}

static bool send_at(int64_t now_ms, const char *bytes, size_t length) {
    mechanism.now_ms = now_ms;
    mechanism_receive(&mechanism, (const uint8_t *)bytes, length);
    return mechanism_run(&mechanism, now_ms);
}
#define SEND_AT(now_ms, text) send_at(now_ms, text, sizeof(text) - 1)

/* Lets it run to its end; when that was. */
static int64_t run_out(void) {
    int64_t due;
    while ((due = mechanism_due_ms(&mechanism)) != 0)
        (void)mechanism_run(&mechanism, due);
    (void)mechanism_run(&mechanism, (mechanism.due_us + 999) / 1000);
    return mechanism_rested_ms(&mechanism);
}

static void it_takes_its_time_and_the_question_waits_for_it(void **state) {
    (void)state;
    SEND_AT(1000, LINE LINE LINE LINE "\x1dVB\0\x1dr\1");
    assert_false(mechanism_rests(&mechanism));
    assert_string_equal(asked, "");
    /* four lines of 37.5 ms, the cut's 37.5 and the cutter's 300 */
    assert_in_range(run_out(), 1487, 1488);
    assert_string_equal(asked, "r");
    assert_true(mechanism_rests(&mechanism));
}

static void where_no_time_passes_all_is_done_at_once(void **state) {
    (void)state;
    mechanism.speed_mm_s = 0;
    SEND_AT(1000, LINE "\x1dVB\0\x1d(H\6\0"
                       "00AAAA");
    assert_true(mechanism_rests(&mechanism));
    assert_string_equal(asked, "H");
    assert_int_equal(mechanism.paper.sheets, 1);
}

static void what_begins_later_begins_then(void **state) {
    (void)state;
    SEND_AT(1000, LINE);
    assert_int_equal(run_out(), 1037);
    SEND_AT(5000, LINE);
    assert_int_equal(run_out(), 5037);
}

static void the_buffer_survives_the_end_of_the_paper(void **state) {
    (void)state;
    mechanism.lines_left = 2;
    SEND_AT(1000, LINE LINE LINE LINE "\x1dVB\0");
    bool has_ended = false;
    for (int64_t due; !has_ended && (due = mechanism_due_ms(&mechanism)) != 0;)
        has_ended = mechanism_run(&mechanism, due);
    assert_true(has_ended);
    assert_true(mechanism_stopped(&mechanism));
    assert_int_equal(mechanism.length, 2 * (sizeof LINE - 1) + 4);
    mechanism.roll = PAPER_OK;
    (void)mechanism_run(&mechanism, 60000); /* it goes on then, not in the past */
    assert_false(mechanism_rests(&mechanism));
    assert_true(run_out() >= 60000 + 2 * 37);
    assert_int_equal(mechanism.paper.sheets, 1);
}

static void it_holds_so_much_and_no_more(void **state) {
    (void)state;
    mechanism.size = 20;
    mechanism.cover_open = true;
    SEND_AT(0, LINE);
    assert_int_equal(mechanism_room(&mechanism), 20 - (sizeof LINE - 1));
    mechanism.cover_open = false;
    run_out();
    assert_int_equal(mechanism_room(&mechanism), 20);
}

static void half_a_command_waits_for_its_other_half_until_it_is_cleared(void **state) {
    (void)state;
    SEND_AT(0, "\x1d(k\x50\0"
               "1P0abc");
    run_out();
    SEND_AT(1000, LINE); /* swallowed: its data */
    run_out();
    assert_int_equal(mechanism.paper.lines, 0);
    mechanism_clear(&mechanism);
    SEND_AT(2000, LINE);
    run_out();
    assert_int_equal(mechanism.paper.lines, 1);
}

static void what_it_lacks_is_printed_as_text(void **state) {
    (void)state;
    mechanism.paper.lacks = PAPER_PROCESS_ID | PAPER_CUTTER;
    SEND_AT(0, "\x1d(H\6\0"
               "00AAAA\n\x1dVB\0");
    run_out();
    assert_string_equal(asked, "");
    assert_int_equal(mechanism.paper.lines, 1);
    assert_int_equal(mechanism.paper.sheets, 0);
}

int main(void) {
#define STORY(test) cmocka_unit_test_setup_teardown(test, begin, end)
    const struct CMUnitTest tests[] = {
        STORY(it_takes_its_time_and_the_question_waits_for_it),
        STORY(where_no_time_passes_all_is_done_at_once),
        STORY(what_begins_later_begins_then),
        STORY(the_buffer_survives_the_end_of_the_paper),
        STORY(it_holds_so_much_and_no_more),
        STORY(half_a_command_waits_for_its_other_half_until_it_is_cleared),
        STORY(what_it_lacks_is_printed_as_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
