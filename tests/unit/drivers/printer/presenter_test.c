/* links: drivers/printer/escpos_status.c drivers/printer/presenter.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "drivers/printer/presenter.h"

static struct escpos_status status;

static enum escpos_heard hear(const char *bytes, size_t count, int asked) {
    enum escpos_heard heard = ESCPOS_NOTHING;
    for (size_t i = 0; i < count; i++)
        heard = escpos_status_byte(&status, (uint8_t)bytes[i], asked);
    return heard;
}
#define HEAR(text, asked) hear(text, sizeof(text) - 1, asked)

static void begin(enum driver_presenter kind) {
    escpos_status_begin(&status, presenter_of(kind), 0xf);
}

static struct driver_status words(void) {
    struct driver_status out;
    escpos_words(escpos_troubles(&status), &out);
    return out;
}

static void without_one_both_bits_are_the_end_of_the_paper(void **state) {
    (void)state;
    begin(DRIVER_PRESENTER_NONE);
    assert_int_equal(escpos_next_query(&status, 4), 0);
    assert_int_equal(HEAR("\x52", 4), ESCPOS_ANSWER);
    assert_int_equal(words().supply, SUPPLY_OUT);
    assert_int_equal(words().media, MEDIA_NONE);
}

static void a_citizen_tells_its_ticket_by_query_4(void **state) {
    (void)state;
    begin(DRIVER_PRESENTER_CITIZEN_PPU);
    assert_int_equal(escpos_next_query(&status, 4), 0);
    HEAR("\x52", 4);
    assert_int_equal(words().supply, SUPPLY_OK);
    assert_int_equal(words().media, MEDIA_PRESENT);
    assert_int_equal(words().device, DEVICE_READY);
    assert_false(escpos_cannot_print(escpos_troubles(&status)));
    HEAR("\x32", 4);
    assert_int_equal(words().supply, SUPPLY_OUT);
    assert_int_equal(words().media, MEDIA_NONE);
}

static void a_custom_has_six_bytes_of_its_own(void **state) {
    (void)state;
    begin(DRIVER_PRESENTER_CUSTOM_KPM);
    assert_int_equal(escpos_next_query(&status, 4), 5);
    assert_int_equal(escpos_query_byte(&status, 5), 0x14);
    assert_int_equal(HEAR("\x10\x0f\x20\x00\x00\x00", 5), ESCPOS_ANSWER);
    assert_int_equal(words().media, MEDIA_PRESENT);
    assert_int_equal(HEAR("\x10\x0f\x05\x01\x00\x00", 5), ESCPOS_ANSWER);
    assert_int_equal(words().media, MEDIA_NONE);
    assert_int_equal(words().supply, SUPPLY_OUT);
    assert_string_equal(words().detail, "cover open");
    HEAR("\x10\x0f\x00\x00\x12\x40", 5); /* whatever stands in it is no answer to another */
    assert_string_equal(words().detail, "unrecoverable error");
}

static void an_automatic_status_may_come_first_and_keeps_the_ticket(void **state) {
    (void)state;
    begin(DRIVER_PRESENTER_CUSTOM_KPM);
    HEAR("\x10\x0f\x20\x00\x00\x00", 5);
    assert_int_equal(HEAR("\x10\x00\x03\x00", 5), ESCPOS_AUTOMATIC);
    assert_int_equal(words().supply, SUPPLY_LOW);
    assert_int_equal(words().media, MEDIA_PRESENT);
    assert_int_equal(HEAR("\x10\x0f\x00\x00\x00\x00", 5), ESCPOS_ANSWER);
    assert_int_equal(words().media, MEDIA_NONE);
}

static void half_an_answer_is_forgotten(void **state) {
    (void)state;
    begin(DRIVER_PRESENTER_CUSTOM_KPM);
    HEAR("\x10\x0f\x20", 5);
    assert_int_equal(HEAR("\x12", 1), ESCPOS_ANSWER);
    assert_int_equal(HEAR("\x10\x0f\x00\x00\x00\x00", 5), ESCPOS_ANSWER);
    assert_int_equal(words().media, MEDIA_NONE);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_one_both_bits_are_the_end_of_the_paper),
        cmocka_unit_test(a_citizen_tells_its_ticket_by_query_4),
        cmocka_unit_test(a_custom_has_six_bytes_of_its_own),
        cmocka_unit_test(an_automatic_status_may_come_first_and_keeps_the_ticket),
        cmocka_unit_test(half_an_answer_is_forgotten),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
