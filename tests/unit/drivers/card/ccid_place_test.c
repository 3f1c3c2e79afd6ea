/* links: drivers/card/ccid_place.c drivers/card/ccid.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "drivers/card/ccid_place.h"

static enum ccid_place place_of(const char *text) {
    uint8_t descriptor[255] = {(uint8_t)(2 + 2 * strlen(text)), 3};
    for (size_t i = 0; text[i]; i++)
        descriptor[2 + 2 * i] = (uint8_t)text[i];
    return ccid_place_of_text(descriptor, descriptor[0]);
}

/* As readers of several interfaces call them (the reader files of libccid). */
static void interfaces_are_known_by_what_they_are_called(void **state) {
    static const struct {
        const char *text;
        enum ccid_place place;
    } rows[] = {{"CRT-603 (CZ1) CCR SAM1", CCID_PLACE_MODULE},
                {"DC4 SAMX_Reader", CCID_PLACE_MODULE},
                {"ACR1581 1S Dual Reader SAM", CCID_PLACE_MODULE},
                {"DC4 Contactless_Reader", CCID_PLACE_CONTACTLESS},
                {"DC4 NFC_Peer_T0_Peer_Device", CCID_PLACE_CONTACTLESS},
                {"ACR1581 1S Dual Reader PICC", CCID_PLACE_CONTACTLESS},
                {"OMNIKEY 5422CL Smartcard Reader", CCID_PLACE_CONTACTLESS},
                {"DC4 Smart_Card_Reader", CCID_PLACE_CONTACT},
                {"ACR1581 1S Dual Reader ICC", CCID_PLACE_CONTACT},
                {"OMNIKEY 5422 Smartcard Reader", CCID_PLACE_CONTACT},
                {"Contact Reader", CCID_PLACE_CONTACT},
                {"CCID Interface", CCID_PLACE_UNKNOWN},
                {"", CCID_PLACE_UNKNOWN}};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_int_equal(place_of(rows[i].text), rows[i].place);
}

static void what_is_no_text_says_nothing(void **state) {
    static const uint8_t other_type[] = {8, 2, 'S', 0, 'A', 0, 'M', 0};
    static const uint8_t too_long[] = {200, 3, 'S', 0, 'A', 0};
    (void)state;
    assert_int_equal(ccid_place_of_text(other_type, sizeof other_type), CCID_PLACE_UNKNOWN);
    assert_int_equal(ccid_place_of_text(too_long, sizeof too_long), CCID_PLACE_UNKNOWN);
    assert_int_equal(ccid_place_of_text(too_long, 0), CCID_PLACE_UNKNOWN);
    assert_int_equal(ccid_place_of_text(too_long, 1), CCID_PLACE_UNKNOWN);
}

static void without_a_text_the_descriptor_gives_a_hint(void **state) {
    (void)state;
    const struct ccid_info contact = {.protocols = 3, .clock_khz = 5000};
    const struct ccid_info only_t1 = {.protocols = 2, .clock_khz = 4800};
    const struct ccid_info fast = {.protocols = 3, .clock_khz = 13560};
    const struct ccid_info hidden = {.protocols = 3, .clock_khz = 4800, .others_tell = true};
    assert_int_equal(ccid_place_of_info(&contact), CCID_PLACE_UNKNOWN);
    assert_int_equal(ccid_place_of_info(&only_t1), CCID_PLACE_CONTACTLESS);
    assert_int_equal(ccid_place_of_info(&fast), CCID_PLACE_CONTACTLESS);
    assert_int_equal(ccid_place_of_info(&hidden), CCID_PLACE_HIDDEN);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(interfaces_are_known_by_what_they_are_called),
        cmocka_unit_test(what_is_no_text_says_nothing),
        cmocka_unit_test(without_a_text_the_descriptor_gives_a_hint),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
