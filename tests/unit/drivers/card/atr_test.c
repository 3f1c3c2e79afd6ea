/* links: drivers/card/atr.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "drivers/card/atr.h"

#define SOCIAL "\x3b\x6d\x00\x00\x00\x81\x54\x44\x86\x60\x35\x02\x00\x11\x22\x33\x44"
#define STORAGE "\x3b\x8f\x80\x01\x80\x4f\x0c\xa0\x00\x00\x03\x06\x03\x00\x01\x00\x00\x00\x00\x6a"

static bool parse(const char *bytes, size_t length, struct atr *atr) {
    return atr_parse((const uint8_t *)bytes, length, atr);
}

static void a_social_security_card_offers_t0(void **state) {
    (void)state;
    struct atr atr;
    uint8_t parameters[5];
    assert_true(parse(SOCIAL, sizeof SOCIAL - 1, &atr));
    assert_true(atr.t0);
    assert_false(atr.contactless);
    assert_int_equal(atr.historical_length, 13);
    atr_t0_parameters(&atr, true, parameters);
    assert_memory_equal(parameters, "\x11\x00\x00\x0a\x00", 5);
}

static void other_interface_bytes_are_read_too(void **state) {
    (void)state;
    struct atr atr;
    uint8_t parameters[5];
    /* TA1 95, TC1 02, TD1 40: T=0 with TC2 20 */
    assert_true(parse("\x3f\xd0\x95\x02\x40\x20", 6, &atr));
    assert_true(atr.t0);
    atr_t0_parameters(&atr, true, parameters);
    assert_memory_equal(parameters, "\x95\x02\x02\x20\x00", 5);
    atr_t0_parameters(&atr, false, parameters); /* nobody would tell the card of the speed */
    assert_int_equal(parameters[0], 0x11);
    /* TA1 95, TD1 10, TA2 00: the card has this speed from the start */
    assert_true(parse("\x3b\x90\x95\x10\x00", 5, &atr));
    atr_t0_parameters(&atr, false, parameters);
    assert_int_equal(parameters[0], 0x95);
}

static void a_card_of_t1_only_is_known(void **state) {
    (void)state;
    struct atr atr;
    assert_true(parse("\x3b\x80\x81\x31\x20\x55\x00", 7, &atr));
    assert_false(atr.t0);
    assert_false(atr.contactless);
}

static void what_a_contactless_reader_makes_up_is_known(void **state) {
    (void)state;
    struct atr atr;
    assert_true(parse(STORAGE, sizeof STORAGE - 1, &atr));
    assert_true(atr.contactless);
    assert_true(atr.storage);
    assert_true(parse("\x3b\x85\x80\x01hello\x00", 10, &atr)); /* with a processor */
    assert_true(atr.contactless);
    assert_false(atr.storage);
}

static void half_an_answer_is_none(void **state) {
    (void)state;
    struct atr atr;
    for (size_t length = 0; length < sizeof SOCIAL - 1; length++)
        assert_false(parse(SOCIAL, length, &atr));
    assert_false(parse("\x00\x00\x00", 3, &atr));
    char endless[40];
    memset(endless, 0xf0, sizeof endless);
    endless[0] = 0x3b;
    assert_true(parse(endless, sizeof endless, &atr)); /* and comes to an end */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_social_security_card_offers_t0),
        cmocka_unit_test(other_interface_bytes_are_read_too),
        cmocka_unit_test(a_card_of_t1_only_is_known),
        cmocka_unit_test(what_a_contactless_reader_makes_up_is_known),
        cmocka_unit_test(half_an_answer_is_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
