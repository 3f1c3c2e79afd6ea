/* links: app/base/text.c */
/* Text is cut between characters, and counted by them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "app/base/text.h"

static void a_character_is_kept_whole_or_not_at_all(void **state) {
    (void)state;
    char out[8];
    assert_string_equal(text_cut(out, sizeof out, "张三丰"), "张三");
    assert_string_equal(text_cut(out, 7, "张三丰"), "张三");
    assert_string_equal(text_cut(out, 6, "张三丰"), "张");
    assert_string_equal(text_cut(out, 2, "张三丰"), "");
    assert_string_equal(text_cut(out, sizeof out, "1234567"), "1234567");
    assert_string_equal(text_cut(out, sizeof out, NULL), "");
}

static void a_text_may_be_cut_where_it_stands(void **state) {
    (void)state;
    char text[] = "张三";
    assert_string_equal(text_clean(text, 6, text), "张");
}

static void controls_of_another_side_become_blanks(void **state) {
    (void)state;
    char out[16];
    assert_string_equal(text_clean(out, sizeof out, "a\tb\x1b@\nc\x7f"), "a b @\nc ");
    assert_string_equal(text_cut(out, sizeof out, "a\tb"), "a\tb");
}

static void what_a_console_obeys_beyond_ascii_becomes_a_blank(void **state) {
    (void)state;
    char out[64];
    /* C1: CSI and NEL; marks that turn the direction; separators; a byte order mark */
    assert_string_equal(text_clean(out, sizeof out,
                                   "a\xc2\x9b"
                                   "31mb\xc2\x85"
                                   "c"),
                        "a 31mb c");
    assert_string_equal(text_clean(out, sizeof out, "张\u202e三\u2066丰\u200f"), "张 三 丰 ");
    assert_string_equal(text_clean(out, sizeof out, "\u061c1\u2028\ufeff2"), " 1  2");
    /* their neighbours stay */
    assert_string_equal(text_clean(out, sizeof out, "\u00a0é\u200d\u2030"), "\u00a0é\u200d\u2030");
    /* a raw C1 byte, half a character, a surrogate's and an overlong's bytes */
    assert_string_equal(text_clean(out, sizeof out, "a\x9b\xe5\xbc"), "a???");
    assert_string_equal(text_clean(out, sizeof out, "\xc0\x9b\xf8"), "???");
    char line[] = "a\nb\xc2\x85"
                  "c";
    text_one_line(line);
    assert_string_equal(line, "a b c");
}

static void characters_are_counted_not_bytes(void **state) {
    (void)state;
    assert_int_equal(text_characters(""), 0);
    assert_int_equal(text_characters("示范 a"), 4);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_character_is_kept_whole_or_not_at_all),
        cmocka_unit_test(a_text_may_be_cut_where_it_stands),
        cmocka_unit_test(controls_of_another_side_become_blanks),
        cmocka_unit_test(what_a_console_obeys_beyond_ascii_becomes_a_blank),
        cmocka_unit_test(characters_are_counted_not_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
