/* links: drivers/scanner/hid_pos.c drivers/scanner/text.c */
/* Scanners differ: where the code is in a report is told by the report descriptor alone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "drivers/scanner/hid_pos.h"
#include "drivers/scanner/text.h"

#define SCANNER                                                                                    \
    0x05, 0x8c, 0x09, 0x02, 0xa1, 0x01, 0x09, 0x12, 0xa1, 0x02, 0x15, 0x00, 0x26, 0xff, 0
#define REPORT(id) 0x85, id
#define COUNT 0x75, 8, 0x95, 1, 0x05, 0x01, 0x09, 0x3b, 0x81, 2, 0x05, 0x8c
#define AIM 0x75, 8, 0x95, 3, 0x09, 0xfb, 0x09, 0xfc, 0x09, 0xfd, 0x81, 2
#define DATA(bytes) 0x75, 8, 0x95, bytes, 0x09, 0xfe, 0x82, 2, 1
#define MAKERS(bytes) 0x75, 8, 0x95, bytes, 0x06, 0x66, 0xff, 0x09, 4, 0x81, 2, 0x05, 0x8c
#define UNUSED(bytes) 0x75, 8, 0x95, bytes, 0x81, 3
#define MORE 0x75, 1, 0x95, 1, 0x09, 0xff, 0x81, 2, 0x95, 7, 0x81, 3
#define END 0xc0, 0xc0

static const uint8_t honeywell[] = {SCANNER,   REPORT(2), COUNT, AIM, DATA(56),
                                    MAKERS(1), UNUSED(1), MORE,  END};
static const uint8_t honeywell_flag_first[] = {SCANNER,  REPORT(2), COUNT,     AIM,
                                               DATA(56), MORE,      UNUSED(2), END};
static const uint8_t newland[] = {SCANNER,   REPORT(2), COUNT,     DATA(56),
                                  UNUSED(4), MAKERS(1), UNUSED(1), END};
static const uint8_t plain[] = {SCANNER, REPORT(1), COUNT, DATA(62), END};
static const uint8_t count_behind[] = {SCANNER, REPORT(1), DATA(62), COUNT, END};
static const uint8_t no_id[] = {SCANNER, COUNT, DATA(63), END};
static const uint8_t trigger_first[] = {SCANNER,   REPORT(4), COUNT,    MORE, UNUSED(3),
                                        REPORT(2), COUNT,     DATA(32), MORE, END};

static const struct layout_row {
    const char *name;
    const uint8_t *descriptor;
    size_t length;
    struct hid_pos_layout layout;
} rows[] = {
    {"honeywell", honeywell, sizeof honeywell, {2, 8, 40, 56, 504}},
    {"flag first", honeywell_flag_first, sizeof honeywell_flag_first, {2, 8, 40, 56, 488}},
    {"newland", newland, sizeof newland, {2, 8, 16, 56, -1}},
    {"plain", plain, sizeof plain, {1, 8, 16, 62, -1}},
    {"count behind", count_behind, sizeof count_behind, {1, 504, 8, 62, -1}},
    {"no id", no_id, sizeof no_id, {0, 0, 8, 63, -1}},
    {"trigger first", trigger_first, sizeof trigger_first, {2, 8, 16, 32, 272}},
};
#define ROW_COUNT (sizeof rows / sizeof *rows)

static void every_layout_is_found(void **state) {
    (void)state;
    for (size_t i = 0; i < ROW_COUNT; i++) {
        struct hid_pos_layout layout;
        print_message("%s\n", rows[i].name);
        assert_true(hid_pos_parse(rows[i].descriptor, rows[i].length, &layout));
        assert_memory_equal(&layout, &rows[i].layout, sizeof layout);
    }
}

static enum hid_pos_heard send(const struct hid_pos_layout *layout, struct hid_pos_code *code,
                               const char *text, bool more) {
    uint8_t report[64] = {(uint8_t)layout->report_id};
    size_t length = strlen(text);
    memset(report + layout->data_bit / 8, '#', (size_t)layout->data_bytes);
    memcpy(report + layout->data_bit / 8, text, length);
    report[layout->count_bit / 8] = (uint8_t)length;
    if (layout->more_bit >= 0)
        report[layout->more_bit / 8] |= (uint8_t)(more << layout->more_bit % 8);
    return hid_pos_report(layout, code, report, sizeof report);
}

static void a_code_comes_out_of_every_layout(void **state) {
    (void)state;
    for (size_t i = 0; i < ROW_COUNT; i++) {
        static struct hid_pos_code code;
        memset(&code, 0, sizeof code);
        print_message("%s\n", rows[i].name);
        assert_int_equal(send(&rows[i].layout, &code, "286123456789012345", false), HID_POS_WHOLE);
        assert_int_equal(code.length, 18);
        assert_memory_equal(code.bytes, "286123456789012345", 18);
    }
}

static void a_long_code_comes_in_parts(void **state) {
    (void)state;
    static struct hid_pos_code code;
    const struct hid_pos_layout *layout = &rows[0].layout;
    memset(&code, 0, sizeof code);
    assert_int_equal(send(layout, &code, "first ", true), HID_POS_PART);
    assert_int_equal(send(layout, &code, "second ", true), HID_POS_PART);
    assert_int_equal(send(layout, &code, "third", false), HID_POS_WHOLE);
    assert_int_equal(code.length, 18);
    assert_memory_equal(code.bytes, "first second third", 18);
}

static void without_a_flag_a_full_report_may_go_on(void **state) {
    (void)state;
    static struct hid_pos_code code;
    const struct hid_pos_layout *layout = &rows[3].layout;
    char full[63];
    memset(&code, 0, sizeof code);
    memset(full, '1', 62);
    full[62] = 0;
    assert_int_equal(send(layout, &code, full, false), HID_POS_PERHAPS);
    assert_int_equal(send(layout, &code, "23", false), HID_POS_WHOLE);
    assert_int_equal(code.length, 64);
    assert_memory_equal(code.bytes + 60, "1123", 4);
}

static void other_and_short_reports_are_not_codes(void **state) {
    (void)state;
    static struct hid_pos_code code;
    static const uint8_t other[64] = {4, 56, 'x'}, wanted[64] = {2, 200, ']', 'Q', '1', 'C', '1'};
    const struct hid_pos_layout *layout = &rows[0].layout;
    memset(&code, 0, sizeof code);
    assert_int_equal(hid_pos_report(layout, &code, other, sizeof other), HID_POS_OTHER);
    for (size_t length = 0; length < 5; length++)
        assert_int_equal(hid_pos_report(layout, &code, wanted, length), HID_POS_OTHER);
    assert_int_equal(code.length, 0);
    assert_int_equal(hid_pos_report(layout, &code, wanted, 7), HID_POS_WHOLE); /* it counts 200 */
    assert_int_equal(code.length, 2);
}

static void too_much_is_an_overflow_and_stays_inside(void **state) {
    (void)state;
    static struct hid_pos_code code;
    memset(&code, 0, sizeof code);
    for (int i = 0; i < HID_POS_CODE_MAX / 5 + 1; i++)
        send(&rows[0].layout, &code, "12345", true);
    assert_true(code.overflow);
    assert_in_range(code.length, HID_POS_CODE_MAX - 5, HID_POS_CODE_MAX);
}

static void what_is_no_scanner_is_refused(void **state) {
    (void)state;
    static const uint8_t keyboard[] = {0x05, 0x01, 0x09, 0x06, 0xa1, 0x01, 0x05, 0x07, 0x19, 0xe0,
                                       0x29, 0xe7, 0x75, 1,    0x95, 8,    0x81, 2,    0xc0};
    static const uint8_t odd[] = {SCANNER, 0x75, 4, 0x95, 1, 0x81, 3, DATA(20), END};
    struct hid_pos_layout layout;
    assert_false(hid_pos_parse(keyboard, sizeof keyboard, &layout));
    assert_false(hid_pos_parse(odd, sizeof odd, &layout)); /* data that begins inside a byte */
    for (size_t length = 0; length < sizeof honeywell; length++) /* cut anywhere: no crash */
        hid_pos_parse(honeywell, length, &layout);
    assert_false(hid_pos_parse(honeywell, 0, &layout));
}

static void long_items_and_pushed_state_are_passed_over(void **state) {
    (void)state;
    static const uint8_t descriptor[] = {
        0xfe,    3,         0x10,  1,    2,    3, /* a long item */
        SCANNER, REPORT(2), COUNT, 0xa4, 0x05, 0x01, 0x75, 4, 0xb4, AIM, DATA(56), MORE, END};
    struct hid_pos_layout layout;
    assert_true(hid_pos_parse(descriptor, sizeof descriptor, &layout));
    assert_int_equal(layout.data_bit, 40);
    assert_int_equal(layout.data_bytes, 56);
    assert_int_equal(layout.more_bit, 488);
}

static void texts_are_cleaned(void **state) {
    (void)state;
    static const struct {
        const char *bytes, *text;
    } texts[] = {{"C10000001\r\n", "C10000001"},
                 {"]Q1C10000001", "C10000001"},
                 {"]C0W20001234\t", "W20001234"},
                 {"]x1abc", "]x1abc"}, /* not one of AIM's */
                 {"张建丰", "张建丰"},
                 {"\xd5\xc5\xbd\xa8\xb7\xe1", "张建丰"}, /* GBK */
                 {"\xff\xff\xff", ""},
                 {"\r\n", ""}};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        char out[64];
        size_t length =
            scan_text((const uint8_t *)texts[i].bytes, strlen(texts[i].bytes), out, sizeof out);
        assert_string_equal(out, texts[i].text);
        assert_int_equal(length, strlen(out));
    }
    char small[5];
    assert_int_equal(scan_text((const uint8_t *)"12345", 5, small, sizeof small), 0);
    assert_int_equal(scan_text((const uint8_t *)"1234", 4, small, sizeof small), 4);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_layout_is_found),
        cmocka_unit_test(a_code_comes_out_of_every_layout),
        cmocka_unit_test(a_long_code_comes_in_parts),
        cmocka_unit_test(without_a_flag_a_full_report_may_go_on),
        cmocka_unit_test(other_and_short_reports_are_not_codes),
        cmocka_unit_test(too_much_is_an_overflow_and_stays_inside),
        cmocka_unit_test(what_is_no_scanner_is_refused),
        cmocka_unit_test(long_items_and_pushed_state_are_passed_over),
        cmocka_unit_test(texts_are_cleaned),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
