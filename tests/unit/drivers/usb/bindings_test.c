/* links: drivers/ drivers/card/ drivers/scanner/ drivers/printer/ drivers/pinpad/ drivers/transport/ drivers/usb/ tests/usbbench/client.c tests/support/usb_story.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/usb_story.h"

/* Who gets which device: devices that look alike, and a binding that does not name its own. The
 * port of each is its place in this list. */
static const char *const names[] = {"touch", "pos",   "serial",  "pinpad",
                                    "keys",  "wedge", "serial2", "pinpad2"};
#define DEVICES                                                                                    \
    "touch=touch-panel pos=scanner-pos serial=scanner-cdc pinpad keys=keyboard "                   \
    "wedge=scanner serial2=scanner-cdc pinpad2=pinpad"
#define AT_ONCE_MS 150 /* less than the time in which the like of a device may come */
#define NAME_COUNT (int)(sizeof names / sizeof *names)
static bool unplugged[NAME_COUNT];

static const struct driver_binding pos = {.role = ROLE_SCANNER, .driver = "scanner-pos"};
static const struct driver_binding wedge = {.role = ROLE_SCANNER, .driver = "scanner-hid"};
static const struct driver_binding keypad = {
    .role = ROLE_KEYPAD, .driver = "keypad-hid", .vid = 0x046d, .pid = 0xc31c};
static const struct driver_binding serial = {.role = ROLE_SCANNER, .driver = "scanner-cdc"};
static const struct driver_binding pinpad = {.role = ROLE_PINPAD, .driver = "pinpad-ecr"};

static struct usb *usb;
static uint32_t id;

static int number_of(const char *name) {
    for (int i = 0; i < NAME_COUNT; i++)
        if (strcmp(names[i], name) == 0)
            return i;
    return -1;
}

static void plug(const char *name) {
    unplugged[number_of(name)] = false;
    assert_true(bench("%s replug", name));
}

static void unplug(const char *name) {
    unplugged[number_of(name)] = true;
    assert_true(bench("%s unplug", name));
}

/* These are there, in this order of plugging in; every other one is not. */
static void only(const char *wanted) {
    char list[128], *rest = list;
    for (int i = 0; i < NAME_COUNT; i++)
        if (!unplugged[i])
            unplug(names[i]);
    snprintf(list, sizeof list, "%s", wanted);
    for (char *name; (name = strsep(&rest, " "));)
        plug(name);
}

static void begin(const struct driver_binding *first, const struct driver_binding *second) {
    static struct driver_binding bindings[2]; /* they live as long as the pump */
    bindings[0] = *first;
    if (second)
        bindings[1] = *second;
    usb = story_begin(bindings, second ? 2 : 1);
}

static void scan_and_expect(const char *name, const char *text) {
    assert_true(bench("%s scan %s", name, text));
    const struct driver_event *event = story_scan();
    assert_non_null(event);
    assert_string_equal(event->of.scan.text, text);
}

static void sell(void) {
    struct pos_request request = {.operation = POS_SALE, .id = ++id, .amount_fen = 100};
    snprintf(request.sequence, sizeof request.sequence, "%06u", id);
    usb_pos(usb, &request);
    const struct driver_event *event = story_pos(id);
    assert_non_null(event);
    assert_int_equal(event->of.pos.completion, COMPLETED_OK);
    assert_string_equal(event->of.pos.result.code, "00");
}

static void a_touch_panel_is_no_scanner(void **state) {
    static const char *const orders[] = {"touch pos", "pos touch", "touch wedge pos"};
    (void)state;
    for (int i = 0; i < 3; i++) {
        only(orders[i]);
        begin(&pos, NULL);
        assert_true(story_device(ROLE_SCANNER, DEVICE_READY));
        assert_true(bench("touch touch 100 200"));
        scan_and_expect("pos", "C10000001");
        assert_int_equal(story_scans(), 1);
        assert_true(bench("touch driver 0 usbhid")); /* the screen's own again */
        story_end(usb);
        assert_true(bench("pos driver 0 usbhid"));
    }
}

static void what_was_let_go_is_left_alone_until_it_is_plugged_in_again(void **state) {
    (void)state;
    only("touch");
    begin(&pos, NULL);
    assert_true(story_detail(ROLE_SCANNER, "let go 1-1 0eef:0001: no scanned data report: not a "
                                           "HID POS scanner"));
    assert_true(story_device(ROLE_SCANNER, DEVICE_ABSENT));
    plug("wedge"); /* all is looked at again */
    story_pause(3000);
    assert_true(bench("touch opened 1"));
    plug("pos");
    assert_true(story_device(ROLE_SCANNER, DEVICE_READY));
    assert_true(bench("touch opened 1"));
    unplug("touch");
    plug("touch");
    story_pause(500);
    assert_true(bench("touch opened 0")); /* the place is taken */
    unplug("pos");
    assert_true(bench_until("touch opened 1"));
    assert_true(story_device(ROLE_SCANNER, DEVICE_ABSENT));
    story_end(usb);
}

static void pinpad_and_scanner_find_their_own_port(void **state) {
    static const char *const orders[] = {"serial pinpad", "pinpad serial"};
    (void)state;
    for (int i = 0; i < 4; i++) {
        only(orders[i % 2]);
        if (i < 2)
            begin(&serial, &pinpad);
        else
            begin(&pinpad, &serial);
        assert_true(story_device(ROLE_PINPAD, DEVICE_READY));
        assert_true(story_device(ROLE_SCANNER, DEVICE_READY));
        scan_and_expect("serial", "C10000001");
        sell();
        unplug("serial");
        assert_true(story_device(ROLE_SCANNER, DEVICE_ABSENT));
        plug("serial");
        assert_true(story_device(ROLE_SCANNER, DEVICE_READY));
        unplug("pinpad");
        assert_true(story_device(ROLE_PINPAD, DEVICE_ABSENT));
        plug("pinpad");
        assert_true(story_device(ROLE_PINPAD, DEVICE_READY));
        scan_and_expect("serial", "C10000002");
        sell();
        story_end(usb);
    }
}

static void of_two_keyboards_none_is_the_scanner(void **state) {
    (void)state;
    only("keys wedge");
    begin(&wedge, NULL);
    assert_true(story_device(ROLE_SCANNER, DEVICE_FAULT));
    assert_true(story_detail(ROLE_SCANNER, "2 fit, write for the right one: "
                                           "\"vid\": \"046d\", \"pid\": \"c31c\" (1-5) or "
                                           "\"vid\": \"0c2e\", \"pid\": \"0200\" (1-6)"));
    assert_true(bench("keys scan 286111111111111111"));
    assert_true(bench("wedge scan 286111111111111111"));
    story_pause(400);
    assert_int_equal(story_scans(), 0);
    assert_true(bench("keys driver 0 usbhid"));
    assert_true(bench("wedge driver 0 usbhid"));
    unplug("wedge");
    plug("wedge"); /* without what it had typed */
    unplug("keys");
    assert_true(story_device(ROLE_SCANNER, DEVICE_READY));
    scan_and_expect("wedge", "C10000001");
    plug("keys"); /* the place is taken, and who comes later does not get it */
    assert_true(bench("keys scan C10000002"));
    story_pause(400);
    assert_int_equal(story_scans(), 1);
    unplug("wedge");
    assert_true(story_device(ROLE_SCANNER, DEVICE_ABSENT));
    assert_true(bench("keys driver 0 usbhid"));
    plug("wedge");
    assert_true(story_device(ROLE_SCANNER, DEVICE_READY));
    scan_and_expect("wedge", "C10000003");
    story_end(usb);
}

static void named_it_is_the_one(void **state) {
    (void)state;
    struct driver_binding named = wedge;
    only("keys wedge");
    named.vid = 0x0c2e;
    named.pid = 0x0200;
    begin(&named, NULL);
    assert_true(story_device(ROLE_SCANNER, DEVICE_READY));
    scan_and_expect("wedge", "C10000001");
    assert_true(bench("keys driver 0 usbhid"));
    story_end(usb);
    named = wedge;
    named.port = "1-6";
    begin(&named, NULL);
    assert_true(story_device(ROLE_SCANNER, DEVICE_READY));
    scan_and_expect("wedge", "C10000002");
    story_end(usb);
}

static void a_keypad_that_is_named_is_no_scanner(void **state) {
    (void)state;
    only("keys wedge");
    begin(&wedge, &keypad);
    assert_true(story_device(ROLE_KEYPAD, DEVICE_READY));
    assert_true(story_device(ROLE_SCANNER, DEVICE_READY));
    scan_and_expect("wedge", "C10000001");
    assert_int_equal(story_keys(), 0);
    assert_true(bench("keys scan 4.0x"));
    for (const char *key = "4.0X\n"; *key; key++)
        assert_int_equal(story_key(), *key);
    assert_int_equal(story_scans(), 1);
    unplug("keys");
    assert_true(story_device(ROLE_KEYPAD, DEVICE_ABSENT));
    plug("keys");
    assert_true(story_device(ROLE_KEYPAD, DEVICE_READY));
    story_end(usb);
}

static void a_stall_does_not_put_it_to_the_test_against_another(void **state) {
    (void)state;
    only("pinpad");
    begin(&pinpad, NULL);
    assert_true(story_device(ROLE_PINPAD, DEVICE_READY));
    plug("pinpad2");
    assert_true(bench("pinpad stall"));
    assert_true(story_was_device(ROLE_PINPAD, DEVICE_OFFLINE));
    assert_true(story_device(ROLE_PINPAD, DEVICE_READY));
    assert_true(bench("pinpad2 opened 0"));
    sell();
    story_end(usb);
}

/* A hub that comes back brings both, one after the other. On a busy machine the second may come too
 * late, and the first is the one: then both are plugged in anew. */
static void who_comes_first_is_not_the_one_when_its_like_comes_at_once(void **state) {
    int64_t begun_ms;
    (void)state;
    only("pos");
    begin(&wedge, NULL);
    assert_true(story_device(ROLE_SCANNER, DEVICE_ABSENT));
    for (;;) {
        begun_ms = story_now_ms();
        plug("keys");
        plug("wedge");
        if (story_now_ms() - begun_ms < AT_ONCE_MS)
            break;
        unplug("keys");
        unplug("wedge");
        assert_true(story_device(ROLE_SCANNER, DEVICE_ABSENT));
    }
    assert_true(story_device(ROLE_SCANNER, DEVICE_FAULT));
    assert_true(bench("keys driver 0 usbhid"));
    assert_true(bench("wedge driver 0 usbhid"));
    story_end(usb);
}

static void two_pinpads_are_told_apart_by_their_terminal_number(void **state) {
    (void)state;
    struct driver_binding pinned = pinpad;
    only("pinpad pinpad2");
    assert_true(bench("pinpad2 number BENCH002 898350180620001"));
    begin(&pinpad, NULL);
    assert_true(story_device(ROLE_PINPAD, DEVICE_FAULT));
    assert_true(story_detail(ROLE_PINPAD, "2 fit, write for the right one: \"port\": \"1-4\" "
                                          "(cafe:0001) or \"port\": \"1-8\" (cafe:0001)"));
    story_end(usb);
    pinned.terminal_no = "BENCH002";
    begin(&pinned, NULL);
    assert_true(story_device(ROLE_PINPAD, DEVICE_READY));
    sell();
    assert_true(bench("pinpad2 sold 1"));
    assert_true(bench("pinpad driver 0 cdc_acm"));
    story_end(usb);
}

static void a_line_is_set_as_configured(void **state) {
    (void)state;
    struct driver_binding slow = serial;
    only("serial");
    begin(&slow, NULL);
    assert_true(story_device(ROLE_SCANNER, DEVICE_READY));
    assert_true(bench("serial line 115200 8N1"));
    story_end(usb);
    slow.line = (struct driver_line){9600, 7, DRIVER_PARITY_EVEN, 2};
    begin(&slow, NULL);
    assert_true(story_device(ROLE_SCANNER, DEVICE_READY));
    assert_true(bench("serial line 9600 7E2"));
    story_end(usb);
    slow.line = (struct driver_line){.parity = DRIVER_PARITY_ODD};
    begin(&slow, NULL);
    assert_true(story_device(ROLE_SCANNER, DEVICE_READY));
    assert_true(bench("serial line 115200 8O1"));
    story_end(usb);
}

static void settings_that_are_refused_are_said_so(void **state) {
    (void)state;
    struct driver_binding slow = serial;
    only("serial");
    assert_true(bench("serial line refuses"));
    begin(&slow, NULL); /* many a device has no line at all: nothing was asked of it */
    assert_true(story_device(ROLE_SCANNER, DEVICE_READY));
    assert_true(story_detail(ROLE_SCANNER, ""));
    story_end(usb);
    slow.line.baud = 9600;
    begin(&slow, NULL);
    assert_true(story_device(ROLE_SCANNER, DEVICE_READY));
    assert_true(story_detail(ROLE_SCANNER, "the device refuses baud, bits, parity and stop of the "
                                           "configuration"));
    story_end(usb);
    assert_true(bench("serial line obeys"));
}

/* Neither has answered, so nothing tells which of the two is which. */
static void of_two_silent_ports_none_is_taken_until_one_speaks(void **state) {
    (void)state;
    only("pinpad serial");
    assert_true(bench("pinpad silent"));
    begin(&serial, &pinpad);
    assert_true(story_device(ROLE_SCANNER, DEVICE_FAULT));
    assert_true(story_device(ROLE_PINPAD, DEVICE_UNKNOWN));
    assert_true(bench("serial driver 0 cdc_acm"));
    assert_true(bench("serial driver 1 cdc_acm"));
    assert_true(bench("pinpad driver 0 cdc_acm"));
    assert_true(bench("pinpad heal"));
    assert_true(story_device(ROLE_PINPAD, DEVICE_READY));
    assert_true(story_device(ROLE_SCANNER, DEVICE_READY));
    scan_and_expect("serial", "C10000001");
    sell();
    story_end(usb);
}

static void a_scanner_does_not_wait_for_a_pinpad_that_is_not_there(void **state) {
    (void)state;
    only("serial");
    begin(&pinpad, &serial);
    assert_true(story_device(ROLE_SCANNER, DEVICE_READY));
    scan_and_expect("serial", "C10000001");
    plug("pinpad");
    assert_true(story_device(ROLE_PINPAD, DEVICE_READY));
    sell();
    story_end(usb);
}

static void a_scanner_leaves_the_pinpad_alone_that_came_first(void **state) {
    (void)state;
    only("pinpad");
    begin(&serial, &pinpad);
    assert_true(story_device(ROLE_PINPAD, DEVICE_READY));
    assert_true(story_device(ROLE_SCANNER, DEVICE_ABSENT));
    plug("serial");
    assert_true(story_device(ROLE_SCANNER, DEVICE_READY));
    scan_and_expect("serial", "C10000001");
    sell();
    story_end(usb);
}

static void a_binding_that_names_its_device_keeps_it_from_the_others(void **state) {
    (void)state;
    struct driver_binding named = serial;
    only("serial2");
    named.port = "1-7";
    begin(&serial, &named);
    assert_true(bench_until("serial2 driver 0 usbfs"));
    plug("serial"); /* that of the other is still free */
    assert_true(bench_until("serial driver 0 usbfs"));
    scan_and_expect("serial", "C10000001");
    scan_and_expect("serial2", "C10000002");
    unplug("serial2");
    story_pause(500);
    plug("serial2"); /* still the named one's */
    assert_true(bench_until("serial2 driver 0 usbfs"));
    scan_and_expect("serial2", "C10000003");
    story_end(usb);
}

static void a_stall_does_not_let_the_like_of_it_in(void **state) {
    (void)state;
    only("wedge");
    begin(&wedge, NULL);
    assert_true(story_device(ROLE_SCANNER, DEVICE_READY));
    plug("keys");
    story_pause(400);
    assert_true(bench("wedge stall"));
    assert_true(story_was_device(ROLE_SCANNER, DEVICE_OFFLINE));
    assert_true(story_device(ROLE_SCANNER, DEVICE_READY));
    scan_and_expect("wedge", "C10000001");
    assert_true(bench("keys driver 0 usbhid"));
    story_end(usb);
}

int main(int argc, char **argv) {
    (void)argc;
    bench_enter(argv, DEVICES);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_touch_panel_is_no_scanner),
        cmocka_unit_test(what_was_let_go_is_left_alone_until_it_is_plugged_in_again),
        cmocka_unit_test(pinpad_and_scanner_find_their_own_port),
        cmocka_unit_test(of_two_keyboards_none_is_the_scanner),
        cmocka_unit_test(named_it_is_the_one),
        cmocka_unit_test(a_keypad_that_is_named_is_no_scanner),
        cmocka_unit_test(of_two_silent_ports_none_is_taken_until_one_speaks),
        cmocka_unit_test(a_scanner_does_not_wait_for_a_pinpad_that_is_not_there),
        cmocka_unit_test(a_scanner_leaves_the_pinpad_alone_that_came_first),
        cmocka_unit_test(a_binding_that_names_its_device_keeps_it_from_the_others),
        cmocka_unit_test(a_stall_does_not_let_the_like_of_it_in),
        cmocka_unit_test(a_stall_does_not_put_it_to_the_test_against_another),
        cmocka_unit_test(who_comes_first_is_not_the_one_when_its_like_comes_at_once),
        cmocka_unit_test(two_pinpads_are_told_apart_by_their_terminal_number),
        cmocka_unit_test(a_line_is_set_as_configured),
        cmocka_unit_test(settings_that_are_refused_are_said_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
