/* links: drivers/printer/escpos_status.c drivers/printer/presenter.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "drivers/printer/presenter.h"

static struct escpos_status status;

static int begin(void **state) {
    (void)state;
    escpos_status_begin(&status, presenter_of(DRIVER_PRESENTER_NONE), 0xf);
    return 0;
}

/* What the last of these bytes was. */
static enum escpos_heard hear(const char *bytes, size_t count, int asked) {
    enum escpos_heard heard = ESCPOS_NOTHING;
    for (size_t i = 0; i < count; i++)
        heard = escpos_status_byte(&status, (uint8_t)bytes[i], asked);
    return heard;
}
#define HEAR(text, asked) hear(text, sizeof(text) - 1, asked)

static void a_process_id_is_a_block_of_its_own(void **state) {
    (void)state;
    assert_int_equal(HEAR("\x37\x22"
                          "AKBO",
                          0),
                     ESCPOS_NOTHING);
    assert_int_equal(HEAR("\0", 0), ESCPOS_PROCESS_ID);
    assert_memory_equal(escpos_answered_id(&status), "AKBO", 4);
    assert_int_equal(HEAR("\x37\x22"
                          "ABCD\0",
                          0),
                     ESCPOS_PROCESS_ID);
    assert_memory_equal(escpos_answered_id(&status), "ABCD", 4);
}

static void a_real_time_answer_may_stand_within_it(void **state) {
    (void)state;
    HEAR("\x37\x22"
         "AB",
         2);
    assert_int_equal(HEAR("\x12", 2), ESCPOS_ANSWER);
    assert_int_equal(HEAR("CD\0", 0), ESCPOS_PROCESS_ID);
}

static void half_a_block_is_none(void **state) {
    (void)state;
    HEAR("\x37\x22"
         "AB",
         0);
    assert_int_equal(HEAR("\x10\0\0\0", 0), ESCPOS_AUTOMATIC);
    assert_int_equal(HEAR("CD\0", 0), ESCPOS_NOTHING);
    assert_int_equal(HEAR("\x37\x37\x22"
                          "ABCD\0",
                          0),
                     ESCPOS_NOTHING);
    assert_int_equal(HEAR("\x37\x22"
                          "abcd\0",
                          0),
                     ESCPOS_NOTHING);
}

static void a_cleared_buffer_says_so(void **state) {
    (void)state;
    assert_int_equal(HEAR("\x37\x25\0", 0), ESCPOS_CLEARED);
    assert_int_equal(HEAR("\x37\x25\0", 0), ESCPOS_CLEARED);
}

static void the_sensor_answers_only_when_it_was_asked(void **state) {
    (void)state;
    assert_int_equal(HEAR("\x0c", 0), ESCPOS_NOTHING);
    status.sensor_due = true;
    assert_int_equal(HEAR("\x10\0\0\0", 0), ESCPOS_AUTOMATIC); /* no byte of these is its answer */
    assert_int_equal(HEAR("\x03", 0), ESCPOS_SENSOR);
    assert_false(escpos_sensor_says_out(&status));
    assert_int_equal(HEAR("\x03", 0), ESCPOS_NOTHING);
    status.sensor_due = true;
    assert_int_equal(HEAR("\x0f", 0), ESCPOS_SENSOR);
    assert_true(escpos_sensor_says_out(&status));
}

static void a_round_is_complete_without_what_it_does_not_have(void **state) {
    (void)state;
    escpos_status_begin(&status, presenter_of(DRIVER_PRESENTER_NONE), 1u << 1);
    assert_int_equal(escpos_next_query(&status, 0), 2);
    assert_int_equal(escpos_next_query(&status, 2), 0);
    HEAR("\x10\0\x0c\0", 0);
    assert_true(escpos_troubles(&status) & ESCPOS_PAPER_OUT);
    HEAR("\x12", 2); /* newer than the automatic status, and all there is */
    assert_int_equal(escpos_troubles(&status), 0);
    escpos_status_begin(&status, presenter_of(DRIVER_PRESENTER_CUSTOM_KPM), 0xf);
    HEAR("\x1a", 1);
    assert_int_equal(escpos_troubles(&status), ESCPOS_OFFLINE);
    escpos_drop_query(&status, 1);
    assert_int_equal(escpos_troubles(&status), 0);
    assert_int_equal(escpos_next_query(&status, 0), 2);
    assert_int_equal(escpos_next_query(&status, 4), ESCPOS_OWN_QUERY);
}

int main(void) {
#define STORY(test) cmocka_unit_test_setup(test, begin)
    const struct CMUnitTest tests[] = {
        STORY(a_process_id_is_a_block_of_its_own),
        STORY(a_real_time_answer_may_stand_within_it),
        STORY(half_a_block_is_none),
        STORY(a_cleared_buffer_says_so),
        STORY(the_sensor_answers_only_when_it_was_asked),
        STORY(a_round_is_complete_without_what_it_does_not_have),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
