/* links: drivers/scanner/hid_keyboard.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "drivers/scanner/hid_keyboard.h"
#include "drivers/words.h"

enum { ENTER = 0x28, ALT = 0x04, SHIFT = 0x02 };

static struct hid_keyboard keyboard;

static int fresh(void **state) {
    (void)state;
    keyboard = (struct hid_keyboard){0};
    return 0;
}

static bool down(uint8_t modifiers, uint8_t first, uint8_t second) {
    return hid_keyboard_report(&keyboard, (uint8_t[]){modifiers, 0, first, second, 0, 0, 0, 0}, 8);
}

static bool press(uint8_t modifiers, uint8_t usage) {
    bool ended = down(modifiers, usage, 0);
    down(modifiers & ALT, 0, 0);
    return ended;
}

static void type_alt(const char *digits) {
    down(ALT, 0, 0);
    for (; *digits; digits++)
        press(ALT, *digits == '0' ? 0x62 : (uint8_t)(0x59 + *digits - '1'));
    down(0, 0, 0);
}

static void expect_code(const char *text) {
    assert_true(press(0, ENTER));
    assert_string_equal(keyboard.text, text);
    hid_keyboard_clear(&keyboard);
}

static void letters_and_digits(void **state) {
    (void)state;
    press(SHIFT, 0x04);
    press(0, 0x05);
    press(0, 0x1e);
    press(0, 0x27);
    press(0, 0x59); /* keypad 1 */
    expect_code("Ab101");
}

static void a_key_that_stays_down_is_one_character(void **state) {
    (void)state;
    down(0, 0x04, 0);
    down(0, 0x04, 0);
    down(0, 0x04, 0x05);
    down(0, 0x05, 0);
    down(0, 0, 0);
    down(0, 0x04, 0);
    expect_code("aba");
}

static void too_many_keys_is_no_news(void **state) {
    (void)state;
    down(0, 0x04, 0);
    hid_keyboard_report(&keyboard, (uint8_t[]){0, 0, 1, 1, 1, 1, 1, 1}, 8);
    down(0, 0x04, 0);
    expect_code("a");
}

static void enter_alone_is_no_code(void **state) {
    (void)state;
    assert_false(press(0, ENTER));
}

static void alt_with_a_zero_is_the_chinese_page(void **state) {
    (void)state;
    type_alt("0213"); /* D5 C5: 张 */
    type_alt("0197");
    type_alt("065");
    expect_code("张A");
}

static void alt_with_a_whole_pair(void **state) {
    (void)state;
    type_alt("54725"); /* D5C5 */
    expect_code("张");
}

static void alt_without_a_zero_is_page_437(void **state) {
    (void)state;
    type_alt("130");
    type_alt("65");
    expect_code("éA");
}

static void four_bytes_are_one_character(void **state) {
    (void)state;
    type_alt("0149"); /* 95 34 B2 35: U+20BB7; its ASCII bytes come as keys */
    press(0, 0x21);   /* 4 */
    type_alt("0178");
    press(0, 0x22); /* 5 */
    expect_code("𠮷");
}

static void half_a_character_does_not_swallow_the_end(void **state) {
    (void)state;
    press(0, 0x04);
    type_alt("0213");
    expect_code("a\xef\xbf\xbd");
}

static void silence_ends_what_has_no_suffix(void **state) {
    (void)state;
    assert_false(hid_keyboard_gap(&keyboard));
    press(0, 0x04);
    assert_true(hid_keyboard_gap(&keyboard));
    assert_string_equal(keyboard.text, "a");
}

static void an_overlong_code_is_unreadable(void **state) {
    (void)state;
    for (int i = 0; i < HID_KEYBOARD_TEXT_SIZE + 10; i++)
        press(0, 0x04);
    assert_true(press(0, ENTER));
    assert_true(keyboard.overflow);
    assert_int_equal(keyboard.length, 0);
    hid_keyboard_clear(&keyboard);
    press(0, 0x04);
    expect_code("a");
}

static void a_keypad_says_its_keys_one_by_one(void **state) {
    (void)state;
    uint8_t down[6] = {0}, pressed[6];
    static const uint8_t one[] = {0, 0, 0x1e}, both[] = {0, 0, 0x59, 0x1e}, none[8] = {0};
    uint8_t report[8] = {0};
    memcpy(report, one, sizeof one);
    assert_int_equal(hid_keyboard_pressed(down, report, 8, pressed), 1);
    assert_int_equal(hid_keyboard_key(pressed[0]), '1');
    assert_int_equal(hid_keyboard_pressed(down, report, 8, pressed), 0); /* held */
    memcpy(report, both, sizeof both);
    assert_int_equal(hid_keyboard_pressed(down, report, 8, pressed), 1);
    assert_int_equal(hid_keyboard_key(pressed[0]), '1'); /* of the keypad's block */
    assert_int_equal(hid_keyboard_pressed(down, none, 8, pressed), 0);
    assert_int_equal(hid_keyboard_pressed(down, report, 7, pressed), 0); /* too short */
    memset(report + 2, 1, 6);                                            /* too many keys */
    assert_int_equal(hid_keyboard_pressed(down, report, 8, pressed), 0);
    memset(report + 2, 0x62, 6); /* the same six times is one key */
    assert_int_equal(hid_keyboard_pressed(down, report, 8, pressed), 1);
    assert_int_equal(hid_keyboard_key(0x28), '\n');
    assert_int_equal(hid_keyboard_key(0x58), '\n');
    assert_int_equal(hid_keyboard_key(0x2a), '\b');
    assert_int_equal(hid_keyboard_key(0x29), 0x1b);
    assert_int_equal(hid_keyboard_key(0x63), '.');
    assert_int_equal(hid_keyboard_key(0x2b), KEYPAD_NEXT);
    assert_int_equal(hid_keyboard_key(0x4f), KEYPAD_RIGHT);
    assert_int_equal(hid_keyboard_key(0x50), KEYPAD_LEFT);
    assert_int_equal(hid_keyboard_key(0x51), KEYPAD_DOWN);
    assert_int_equal(hid_keyboard_key(0x52), KEYPAD_UP);
    assert_int_equal(hid_keyboard_key(0x55), KEYPAD_AGAIN);
    assert_int_equal(hid_keyboard_key(0x04), 'A');
    for (int usage = 0; usage < 256; usage++) {
        char key = hid_keyboard_key((uint8_t)usage);
        assert_true(
            key == 0 ||
            strchr("0123456789.ABCDEFGHIJKLMNOPQRSTUVWXYZ\n\b\x1b\t*\x1c\x1d\x1e\x1f", key));
    }
}

static void a_short_report_is_ignored(void **state) {
    (void)state;
    assert_false(hid_keyboard_report(&keyboard, (uint8_t[]){0, 0, 4}, 3));
    assert_int_equal(keyboard.length, 0);
}

int main(void) {
#define STORY(test) cmocka_unit_test_setup(test, fresh)
    const struct CMUnitTest tests[] = {
        STORY(letters_and_digits),
        STORY(a_key_that_stays_down_is_one_character),
        STORY(too_many_keys_is_no_news),
        STORY(enter_alone_is_no_code),
        STORY(alt_with_a_zero_is_the_chinese_page),
        STORY(alt_with_a_whole_pair),
        STORY(alt_without_a_zero_is_page_437),
        STORY(four_bytes_are_one_character),
        STORY(half_a_character_does_not_swallow_the_end),
        STORY(silence_ends_what_has_no_suffix),
        STORY(an_overlong_code_is_unreadable),
        cmocka_unit_test(a_keypad_says_its_keys_one_by_one),
        STORY(a_short_report_is_ignored),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
