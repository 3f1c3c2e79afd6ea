/* links: drivers/card/contactless.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "drivers/card/contactless.h"

static void the_hospital_says_how_it_writes_a_uid(void **state) {
    (void)state;
    static const struct {
        enum driver_uid_form form;
        const char *number;
    } rows[] = {{DRIVER_UID_HEX, "04A1B2C3"},
                {DRIVER_UID_HEX_REVERSED, "C3B2A104"},
                {DRIVER_UID_DECIMAL, "77705923"},
                {DRIVER_UID_DECIMAL_REVERSED, "3283263748"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char number[41];
        assert_true(
            contactless_number((const uint8_t *)"\x04\xa1\xb2\xc3", 4, rows[i].form, number));
        assert_string_equal(number, rows[i].number);
    }
}

static void longer_uids_too(void **state) {
    (void)state;
    char number[41];
    static const uint8_t uid[10] = {0x04, 1, 2, 3, 4, 5, 6, 7, 8, 9};
    assert_true(contactless_number(uid, 7, DRIVER_UID_HEX, number));
    assert_string_equal(number, "04010203040506");
    assert_true(contactless_number(uid, 10, DRIVER_UID_HEX, number));
    assert_string_equal(number, "04010203040506070809");
    assert_false(contactless_number(uid, 10, DRIVER_UID_DECIMAL, number));
}

static void a_uid_made_up_for_the_moment_is_no_number(void **state) {
    (void)state;
    char number[41];
    assert_false(
        contactless_number((const uint8_t *)"\x08\x01\x02\x03", 4, DRIVER_UID_HEX, number));
    assert_false(contactless_number((const uint8_t *)"", 0, DRIVER_UID_HEX, number));
    assert_false(
        contactless_number((const uint8_t *)"\x01\x02\x03\x04\x05", 5, DRIVER_UID_HEX, number));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_hospital_says_how_it_writes_a_uid),
        cmocka_unit_test(longer_uids_too),
        cmocka_unit_test(a_uid_made_up_for_the_moment_is_no_number),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
