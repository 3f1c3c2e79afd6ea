/* links: drivers/card/ccid.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "drivers/card/ccid.h"

#define FUNCTIONAL                                                                                 \
    54, 0x21, 0x10, 0x01, 1, 3, 1, 0, 0, 0, 0xa0, 0x0f, 0, 0, 0xa0, 0x0f, 0, 0, 0, 0x00, 0x2a, 0,  \
        0, 0x00, 0x2a, 0, 0, 0, 0xfe, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x38, 0x00, 0x01, 0x00,     \
        0x0f, 0x01, 0, 0, 0xff, 0xff, 0, 0, 0, 1
#define INTERFACE(number, class) 9, 4, number, 0, 2, class, 0, 0, 0
#define NOTICES 7, 5, 0x83, 3, 8, 0, 16
#define BULK_IN 7, 5, 0x81, 2, 64, 0, 0

static void the_descriptor_says_what_the_reader_does_itself(void **state) {
    (void)state;
    static const uint8_t usual[] = {9,          2,      0, 0, 1, 1, 0, 0x80, 50, INTERFACE(0, 0x0b),
                                    FUNCTIONAL, BULK_IN};
    struct ccid_info info;
    assert_true(ccid_describe(usual, sizeof usual, 0, &info));
    assert_int_equal(info.slots, 2);
    assert_int_equal(info.voltages, 3);
    assert_int_equal(info.level, CCID_TPDU);
    assert_int_equal(info.message_max, 271);
    assert_true(info.features & CCID_AUTO_VOLTAGE);
    assert_false(info.features & CCID_AUTO_NEGOTIATION);
}

static void it_may_stand_behind_an_endpoint_but_not_in_another_interface(void **state) {
    (void)state;
    static const uint8_t behind[] = {
        9, 2, 0, 0, 1, 1, 0, 0x80, 50, INTERFACE(0, 0x0b), BULK_IN, FUNCTIONAL};
    static const uint8_t elsewhere[] = {INTERFACE(0, 0x0b), BULK_IN, INTERFACE(1, 0x03),
                                        FUNCTIONAL};
    struct ccid_info info;
    assert_true(ccid_describe(behind, sizeof behind, 0, &info));
    assert_false(ccid_describe(elsewhere, sizeof elsewhere, 0, &info));
    assert_false(ccid_describe(behind, sizeof behind - 1, 0, &info));
}

static void of_several_readers_each_has_its_own(void **state) {
    (void)state;
    static const uint8_t several[] = {
        INTERFACE(0, 0x0b), FUNCTIONAL, BULK_IN,   NOTICES, INTERFACE(1, 0x03), NOTICES,
        INTERFACE(4, 0x0b), BULK_IN,    FUNCTIONAL};
    struct ccid_info info;
    assert_true(ccid_describe(several, sizeof several, 4, &info));
    assert_int_equal(info.interfaces, 2);
    assert_int_equal(info.text, 0);
    assert_int_equal(info.clock_khz, 4000);
    assert_int_equal(info.protocols, 1);
    assert_true(info.others_tell);
    assert_true(ccid_describe(several, sizeof several, 0, &info));
    assert_false(info.others_tell);
    assert_false(ccid_describe(several, sizeof several, 1, &info));
    assert_false(ccid_describe(several, sizeof several, 2, &info));
}

static void a_message_has_its_head(void **state) {
    (void)state;
    uint8_t out[CCID_MESSAGE_MAX];
    size_t length = ccid_message(CCID_XFR_BLOCK, 1, 7, (const uint8_t[]){0, 0, 0},
                                 (const uint8_t *)"\x00\xc0\x00\x00\x0f", 5, out);
    assert_int_equal(length, 15);
    assert_memory_equal(out, "\x6f\x05\0\0\0\x01\x07\0\0\0\x00\xc0\x00\x00\x0f", 15);
    assert_int_equal(ccid_message(CCID_XFR_BLOCK, 0, 0, out, out, CCID_DATA_MAX + 1, out), 0);
}

static void a_reply_is_whole_when_its_data_are_there(void **state) {
    (void)state;
    struct ccid_reader reader = {0};
    struct ccid_reply reply;
    uint8_t message[10 + 70] = {0x80, 70, 0, 0, 0, 1, 9};
    message[79] = 0x90;
    assert_int_equal(ccid_read(&reader, message, 64, &reply), CCID_NOTHING);
    assert_int_equal(ccid_read(&reader, message + 64, 16, &reply), CCID_REPLY);
    assert_int_equal(reply.length, 70);
    assert_int_equal(reply.slot, 1);
    assert_int_equal(reply.sequence, 9);
    assert_int_equal(reply.result, CCID_OK);
    assert_int_equal(reply.data[69], 0x90);
}

static void more_time_failure_and_absence_are_told_apart(void **state) {
    (void)state;
    static const struct {
        uint8_t status, error;
        enum ccid_result result;
        enum ccid_card card;
        const char *words;
    } rows[] = {
        {0x80, 0x04, CCID_TIME_EXTENSION, CCID_CARD_ACTIVE, NULL},
        {0x42, 0xfe, CCID_FAILED, CCID_CARD_ABSENT, "the card does not answer"},
        {0x41, 0xf6, CCID_FAILED, CCID_CARD_INACTIVE, "the card's protocol is not supported"},
        {0x40, 0x05, CCID_FAILED, CCID_CARD_ACTIVE, "the reader refuses"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct ccid_reader reader = {0};
        struct ccid_reply reply;
        const uint8_t message[10] = {0x80, 0, 0, 0, 0, 0, 1, rows[i].status, rows[i].error, 0};
        assert_int_equal(ccid_read(&reader, message, sizeof message, &reply), CCID_REPLY);
        assert_int_equal(reply.result, rows[i].result);
        assert_int_equal(reply.card, rows[i].card);
        if (rows[i].words)
            assert_string_equal(ccid_error_words(reply.error), rows[i].words);
    }
}

static void what_is_no_message_is_dropped_and_the_next_is_read(void **state) {
    (void)state;
    struct ccid_reader reader = {0};
    struct ccid_reply reply;
    static const uint8_t huge[10] = {0x80, 0xff, 0xff, 0xff, 0xff}, good[10] = {0x81};
    assert_int_equal(ccid_read(&reader, (const uint8_t *)"noise", 5, &reply), CCID_BROKEN);
    assert_int_equal(ccid_read(&reader, huge, sizeof huge, &reply), CCID_BROKEN);
    assert_int_equal(ccid_read(&reader, good, sizeof good, &reply), CCID_REPLY);
}

static void a_notice_tells_of_each_slot(void **state) {
    (void)state;
    bool present;
    const uint8_t notice[] = {0x50, 0x32, 0x03}; /* slot 0 gone, 2 come, 4 come */
    assert_true(ccid_notice(notice, sizeof notice, 0, &present));
    assert_false(present);
    assert_false(ccid_notice(notice, sizeof notice, 1, &present));
    assert_true(ccid_notice(notice, sizeof notice, 2, &present));
    assert_true(present);
    assert_true(ccid_notice(notice, sizeof notice, 4, &present));
    assert_false(ccid_notice(notice, sizeof notice, 8, &present));
    assert_false(ccid_notice((const uint8_t *)"\x51\xff", 2, 0, &present));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_descriptor_says_what_the_reader_does_itself),
        cmocka_unit_test(it_may_stand_behind_an_endpoint_but_not_in_another_interface),
        cmocka_unit_test(of_several_readers_each_has_its_own),
        cmocka_unit_test(a_message_has_its_head),
        cmocka_unit_test(a_reply_is_whole_when_its_data_are_there),
        cmocka_unit_test(more_time_failure_and_absence_are_told_apart),
        cmocka_unit_test(what_is_no_message_is_dropped_and_the_next_is_read),
        cmocka_unit_test(a_notice_tells_of_each_slot),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
