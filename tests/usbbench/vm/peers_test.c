/* Our drivers and devices that others made: QEMU's card reader and QEMU's keyboard. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "tests/support/usb_story.h"

static void qemus_card_reader_reads_a_social_security_card(void **state) {
    (void)state;
    const struct driver_binding binding = {
        .role = ROLE_CARD_READER, .driver = "card-reader-ccid", .port = ""};
    struct usb *usb = story_begin(&binding, 1);
    assert_true(story_device(ROLE_CARD_READER, DEVICE_READY));
    const struct driver_card *card = story_card();
    assert_non_null(card);
    assert_string_equal(card->number, "A12345678");
    assert_string_equal(card->id_no, "11010519491231002X");
    assert_string_equal(card->name, "张建丰");
    story_end(usb);
}

static void qemus_keyboard_is_taken_from_the_kernel_and_types_a_code(void **state) {
    (void)state;
    const struct driver_binding binding = {
        .role = ROLE_SCANNER, .driver = "scanner-hid", .port = ""};
    struct usb *usb = story_begin(&binding, 1);
    assert_true(story_device(ROLE_SCANNER, DEVICE_READY));
    const struct driver_event *scan = story_scan();
    if (!scan || scan->of.scan.length != 9)
        scan = story_scan(); /* it may have begun in the middle */
    assert_non_null(scan);
    assert_string_equal(scan->of.scan.text, "C10000001");
    story_end(usb);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(qemus_card_reader_reads_a_social_security_card),
        cmocka_unit_test(qemus_keyboard_is_taken_from_the_kernel_and_types_a_code),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
