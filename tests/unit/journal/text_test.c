/* links: app/journal/ app/core/order/ app/core/terms/ app/base/ */
/* The text of an event: as long as it has to be, and what a string holds is its own. */
#include "app/journal/rows.h"
#include "tests/support/journal_fixture.h"

static void a_text_grows_with_what_is_added(void **state) {
    (void)state;
    static char expected[20000];
    struct text text = {0};
    size_t length = 0;
    for (size_t piece = 0; piece < 190; piece++) { /* past every length at which it grows */
        memset(expected + length, (int)('a' + piece % 26), piece);
        text_add(&text, expected + length, piece);
        length += piece;
        assert_int_equal(text.length, length);
        assert_int_equal(text.data[length], '\0');
    }
    assert_memory_equal(text.data, expected, length);
    text_clear(&text);
    assert_string_equal(text.data, "");
    text_word(&text, "anew");
    assert_string_equal(text.data, "anew");
    text_free(&text);
    assert_null(text.data);
    text_clear(&text); /* may be used again */
    assert_string_equal(text.data, "");
    text_free(&text);
}

/* Exactly up to its room, and one byte more. */
static void a_text_of_every_length_has_its_end(void **state) {
    (void)state;
    static char long_one[3000];
    memset(long_one, 'x', sizeof long_one);
    for (size_t length = 1000; length < 2100; length++) {
        struct text text = {0};
        text_add(&text, long_one, length);
        assert_int_equal(strlen(text.data), length);
        assert_true(text.room > length);
        text_free(&text);
    }
}

static void numbers_are_written_whole(void **state) {
    (void)state;
    struct text text = {0};
    text_number(&text, INT64_MIN);
    text_word(&text, ",");
    text_number(&text, INT64_MAX);
    text_word(&text, ",");
    text_number(&text, 0);
    assert_string_equal(text.data, "-9223372036854775808,9223372036854775807,0");
    text_free(&text);
}

/* Whatever a hospital's text holds, it ends nothing and begins nothing. */
static void a_string_is_escaped_where_it_must_be(void **state) {
    (void)state;
    struct text text = {0};
    text_json_string(&text, "");
    text_json_string(&text, "a\"b\\c\"");
    text_json_string(&text, "\x01\x1f \x7f\n\t张");
    assert_string_equal(text.data, "\"\"\"a\\\"b\\\\c\\\"\""
                                   "\"\\u0001\\u001f \x7f\\u000a\\u0009张\"");
    text_free(&text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_text_grows_with_what_is_added),
        cmocka_unit_test(a_text_of_every_length_has_its_end),
        cmocka_unit_test(numbers_are_written_whole),
        cmocka_unit_test(a_string_is_escaped_where_it_must_be),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
