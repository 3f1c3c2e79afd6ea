/* links: drivers/ drivers/card/ drivers/scanner/ drivers/printer/ drivers/pinpad/ drivers/transport/ drivers/usb/ tests/usbbench/client.c tests/support/usb_story.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "drivers/usb/port.h"
#include "tests/support/usb_story.h"

static const struct driver_binding bindings[] = {
    {.role = ROLE_SCANNER, .driver = "scanner-hid", .port = "1-1"},
    {.role = ROLE_SCANNER, .driver = "scanner-hid", .vid = 0x0c2e, .pid = 0x0200, .port = "1-3"},
    {.role = ROLE_PRINTER, .driver = "printer-escpos", .port = ""}};

static struct usb *usb;

static int begin(void **state) {
    (void)state;
    usb = story_begin(bindings, 3);
    return story_device(ROLE_SCANNER, DEVICE_READY) && story_device(ROLE_PRINTER, DEVICE_READY)
               ? 0
               : -1;
}

static int end(void **state) {
    (void)state;
    story_end(usb);
    return 0;
}

static void scans_arrive_while_a_receipt_is_printed(void **state) {
    (void)state;
    for (uint32_t job = 1; job <= 10; job++) {
        story_print(usb, job, 100);
        assert_true(bench("%s scan C%08u", job % 2 ? "left" : "right", job));
        char wanted[16];
        snprintf(wanted, sizeof wanted, "C%08u", job);
        const struct driver_event *event = story_scan();
        assert_non_null(event);
        assert_string_equal(event->of.scan.text, wanted);
        assert_int_equal(story_printed(job), COMPLETED_OK);
    }
}

static void one_of_two_scanners_is_enough(void **state) {
    (void)state;
    assert_true(bench("left unplug"));
    story_pause(200); /* nothing must be said */
    assert_true(story_device(ROLE_SCANNER, DEVICE_READY));
    assert_true(bench("right scan W20001234"));
    assert_non_null(story_scan());
    assert_true(bench("right unplug"));
    assert_true(story_device(ROLE_SCANNER, DEVICE_ABSENT));
    assert_true(story_device(ROLE_PRINTER, DEVICE_READY));
    assert_true(bench("left replug"));
    assert_true(story_device(ROLE_SCANNER, DEVICE_READY));
    assert_true(bench("right replug"));
}

/* Nothing tells them apart: each binding takes one of them. */
static void two_of_a_kind_need_no_ports(void **state) {
    (void)state;
    static const struct driver_binding alike[] = {
        {.role = ROLE_SCANNER, .driver = "scanner-hid", .port = ""},
        {.role = ROLE_SCANNER, .driver = "scanner-hid", .port = ""}};
    usb = story_begin(alike, 2);
    assert_true(story_device(ROLE_SCANNER, DEVICE_READY));
    for (int round = 0; round < 2; round++) {
        assert_true(bench("left scan C10000001"));
        assert_string_equal(story_scan()->of.scan.text, "C10000001");
        assert_true(bench("right scan C10000002"));
        assert_string_equal(story_scan()->of.scan.text, "C10000002");
        assert_true(bench("left unplug")); /* and plugged in again it is the free binding's */
        assert_true(bench("right scan C10000003"));
        assert_string_equal(story_scan()->of.scan.text, "C10000003");
        assert_true(bench("left replug"));
        assert_true(bench_until("left heard"));
    }
    story_end(usb);
}

static void a_port_is_a_role(void **state) {
    (void)state;
    static const struct driver_binding by_port[] = {
        {.role = ROLE_SCANNER, .driver = "scanner-hid", .port = "1-3"},
        {.role = ROLE_SCANNER, .driver = "scanner-hid", .port = "1-9"}};
    usb = story_begin(by_port, 2);
    assert_true(story_device(ROLE_SCANNER, DEVICE_READY));
    assert_true(bench("left scan C10000001")); /* 1-1 is nobody's */
    assert_true(bench("right scan C10000002"));
    assert_string_equal(story_scan()->of.scan.text, "C10000002");
    assert_int_equal(story_scans(), 1);
    story_end(usb);
}

static void a_missing_permission_names_the_rule(void **state) {
    (void)state;
    assert_non_null(strstr(usb_error_detail(LIBUSB_ERROR_ACCESS), "config/60-hopkiosk.rules"));
    assert_string_equal(usb_error_detail(0), "");
}

static void an_unknown_driver_is_refused_by_name(void **state) {
    (void)state;
    char error[128] = "";
    const struct driver_binding wrong = {.role = ROLE_SCANNER, .driver = "scanner-laser"};
    assert_null(usb_start(&wrong, 1, &story_limits, NULL, NULL, error, sizeof error));
    assert_string_equal(error, "no driver is called \"scanner-laser\"");
}

int main(int argc, char **argv) {
    (void)argc;
    bench_enter(argv, "left=scanner printer right=scanner");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(scans_arrive_while_a_receipt_is_printed, begin, end),
        cmocka_unit_test_setup_teardown(one_of_two_scanners_is_enough, begin, end),
        cmocka_unit_test(two_of_a_kind_need_no_ports),
        cmocka_unit_test(a_port_is_a_role),
        cmocka_unit_test(a_missing_permission_names_the_rule),
        cmocka_unit_test(an_unknown_driver_is_refused_by_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
