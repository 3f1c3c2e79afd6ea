/* links: drivers/card/t0.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "drivers/card/t0.h"

static struct t0 t0;
static uint8_t block[T0_BLOCK_MAX];

static size_t begin(bool tpdu, const char *command, size_t length) {
    return t0_begin(&t0, tpdu, (const uint8_t *)command, length, block);
}

static size_t answer(const char *bytes, size_t length) {
    return t0_answer(&t0, (const uint8_t *)bytes, length, block);
}

static void a_tpdu_goes_without_le_behind_data(void **state) {
    (void)state;
    static const char select[] = "\x00\xa4\x02\x00\x02\xef\x05\x00";
    assert_int_equal(begin(true, select, 8), 7);
    assert_int_equal(begin(false, select, 8), 8);
    assert_int_equal(begin(true, select, 7), 7);
    assert_int_equal(begin(true, "\x00\x84\x00\x00", 4), 5);
    assert_int_equal(block[4], 0);
    assert_int_equal(begin(false, "\x00\x84\x00\x00", 4), 4);
    assert_int_equal(begin(true, "\x00\xa4\x00", 3), 0);
}

static void what_is_waiting_is_fetched_to_its_end(void **state) {
    (void)state;
    begin(true, "\x00\xa4\x04\x00\x02xy", 7);
    assert_int_equal(answer("\x61\x03", 2), 5);
    assert_memory_equal(block, "\x00\xc0\x00\x00\x03", 5);
    assert_int_equal(answer("abc\x61\x02", 5), 5);
    assert_int_equal(answer("de\x90\x00", 4), 0);
    assert_int_equal(t0.status, 0x9000);
    assert_int_equal(t0.answer_length, 5);
    assert_memory_equal(t0.answer, "abcde", 5);
}

static void a_wrong_length_is_corrected_in_what_was_sent(void **state) {
    (void)state;
    begin(true, "\x00\xb2\x08\x30\x14", 5);
    assert_int_equal(answer("\x6c\x0a", 2), 5);
    assert_memory_equal(block, "\x00\xb2\x08\x30\x0a", 5);
    assert_int_equal(answer("0123456789\x90\x00", 12), 0);
    assert_int_equal(t0.answer_length, 10);

    begin(true, "\x00\xa4\x04\x00\x02xy", 7);
    assert_int_equal(answer("\x61\x10", 2), 5);
    assert_int_equal(answer("\x6c\x02", 2), 5); /* of the fetching, not of the command */
    assert_memory_equal(block, "\x00\xc0\x00\x00\x02", 5);

    begin(false, "\x00\xa4\x04\x00\x02xy\x00", 8);
    assert_int_equal(answer("\x6c\x07", 2), 8);
    assert_memory_equal(block, "\x00\xa4\x04\x00\x02xy\x07", 8);
}

static void a_command_without_le_has_none_to_correct(void **state) {
    (void)state;
    begin(true, "\x00\xa4\x04\x00\x02xy", 7);
    assert_int_equal(answer("\x6c\x07", 2), 0);
    assert_int_equal(t0.status, 0x6c07);
}

static void a_card_that_never_ends_is_left(void **state) {
    (void)state;
    begin(true, "\x00\xb2\x08\x30\x14", 5);
    int rounds = 0;
    while (answer("\x61\x05", 2) > 0)
        assert_true(++rounds < 20);
    begin(true, "\x00\xb2\x08\x30\x14", 5);
    char much[302] = {0};
    much[300] = 0x61;
    assert_int_equal(answer(much, sizeof much), 5);
    assert_int_equal(answer(much, sizeof much), 0); /* more than any card here has */
    assert_int_equal(t0.status, 0);
}

static void less_than_a_status_is_no_answer(void **state) {
    (void)state;
    begin(true, "\x00\xb2\x08\x30\x14", 5);
    assert_int_equal(answer("\x90", 1), 0);
    assert_int_equal(t0.status, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_tpdu_goes_without_le_behind_data),
        cmocka_unit_test(what_is_waiting_is_fetched_to_its_end),
        cmocka_unit_test(a_wrong_length_is_corrected_in_what_was_sent),
        cmocka_unit_test(a_command_without_le_has_none_to_correct),
        cmocka_unit_test(a_card_that_never_ends_is_left),
        cmocka_unit_test(less_than_a_status_is_no_answer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
