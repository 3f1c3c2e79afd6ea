/* links: drivers/ drivers/card/ drivers/scanner/ drivers/printer/ drivers/pinpad/ drivers/transport/ drivers/usb/ tests/usbbench/client.c tests/support/usb_story.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/usb_story.h"

/* The same stories for the HID POS scanner and for the serial one. */
static const struct kind {
    const char *name;
    struct driver_binding binding;
} pos = {"pos", {.role = ROLE_SCANNER, .driver = "scanner-pos", .port = ""}},
  cdc = {"cdc", {.role = ROLE_SCANNER, .driver = "scanner-cdc", .port = ""}};

static const struct kind *kind;
static struct usb *usb;

static void begin(void **state) {
    kind = *state;
    usb = story_begin(&kind->binding, 1);
    assert_true(story_device(ROLE_SCANNER, DEVICE_READY));
}

static void end(void) {
    story_end(usb);
    assert_true(bench("%s heal", kind->name));
}

static void expect_scan(const char *text) {
    const struct driver_event *event = story_scan();
    assert_non_null(event);
    assert_string_equal(event->of.scan.text, text);
    assert_int_equal(event->of.scan.length, strlen(text));
}

static void scan_and_expect(const char *text) {
    assert_true(bench("%s scan %s", kind->name, text));
    expect_scan(text);
}

static void codes_short_and_long(void **state) {
    begin(state);
    scan_and_expect("C10000001");
    scan_and_expect("12345678901234567890123456789012345678901234567890123456"); /* one report */
    char text[401];
    memset(text, 'x', sizeof text);
    text[400] = 0;
    scan_and_expect(text);
    scan_and_expect("张建丰𠮷");
    end();
}

static void an_overlong_code_is_unreadable(void **state) {
    begin(state);
    char text[2001];
    memset(text, 'x', sizeof text);
    text[2000] = 0;
    assert_true(bench("%s scan %s", kind->name, text));
    const struct driver_event *event = story_scan();
    assert_non_null(event);
    assert_int_equal(event->of.scan.length, 0);
    scan_and_expect("C10000001");
    end();
}

static void it_comes_back(void **state) {
    begin(state);
    assert_true(bench("%s unplug", kind->name));
    assert_true(story_device(ROLE_SCANNER, DEVICE_ABSENT));
    assert_true(bench("%s replug", kind->name));
    assert_true(story_device(ROLE_SCANNER, DEVICE_READY));
    scan_and_expect("C10000001");
    assert_true(bench("%s stall", kind->name));
    assert_true(story_was_device(ROLE_SCANNER, DEVICE_OFFLINE));
    assert_true(story_device(ROLE_SCANNER, DEVICE_READY));
    scan_and_expect("C10000002");
    end();
}

static void garbage_does_not_stop_it(void **state) {
    begin(state);
    for (int i = 0; i < 5; i++)
        assert_true(bench("%s garbage", kind->name));
    assert_true(bench_until("%s heard", kind->name));
    story_pause(500);                                    /* half a report is forgotten */
    assert_true(bench("%s scan C10000001", kind->name)); /* ends what else it read */
    assert_true(bench("%s scan C10000002", kind->name));
    const struct driver_event *event;
    do
        event = story_scan();
    while (event != NULL && strcmp(event->of.scan.text, "C10000002") != 0);
    assert_non_null(event);
    end();
}

static void the_event_follows_the_last_byte_within_5_ms(void **state) {
    int64_t best = STORY_MS;
    begin(state);
    for (int i = 0; i < 10 || (i < 60 && best > 5); i++) {
        int64_t scanned = story_now_ms();
        assert_true(bench("%s scan 286123456789012345", kind->name));
        const struct driver_event *event = story_scan();
        assert_non_null(event);
        int64_t took = event->mono_ms - scanned;
        best = took < best ? took : best;
    }
    print_message("%s, scanned to its event: %d ms\n", kind->name, (int)best);
    assert_true(best <= 5 * story_slowness());
    end();
}

static void half_a_code_is_forgotten_with_the_device(void **state) {
    begin(state);
    if (kind == &pos) {
        assert_true(bench("pos begin 999"));
    } else {
        assert_true(bench("cdc suffix none"));
        assert_true(bench("cdc scan 999"));
    }
    assert_true(bench("%s unplug", kind->name));
    assert_true(story_device(ROLE_SCANNER, DEVICE_ABSENT));
    if (kind == &cdc)
        assert_true(bench("cdc suffix cr"));
    assert_true(bench("%s replug", kind->name));
    assert_true(story_device(ROLE_SCANNER, DEVICE_READY));
    scan_and_expect("C10000001");
    assert_int_equal(story_scans(), 1);
    end();
}

static void one_that_ends_its_codes_may_stop_in_the_middle(void **state) {
    begin(state);
    scan_and_expect("C10000001");
    assert_true(bench("cdc suffix none"));
    assert_true(bench("cdc scan C1000"));
    assert_true(bench_until("cdc heard"));
    int scans = story_scans();
    story_pause(3 * story_limits.scan_gap_ms * story_slowness());
    assert_int_equal(story_scans(), scans);
    assert_true(bench("cdc suffix crlf"));
    assert_true(bench("cdc scan 0002"));
    expect_scan("C10000002");
    end();
}

static void one_that_ends_its_codes_no_more_is_waited_for_once(void **state) {
    int64_t scanned, best = STORY_MS, gap_ms = story_limits.scan_gap_ms * story_slowness();
    begin(state);
    scan_and_expect("C10000001");
    assert_true(bench("cdc suffix none"));
    scan_and_expect("C10000002");
    for (int i = 0; i < 5 && best > 5 * gap_ms; i++) {
        scanned = story_now_ms();
        scan_and_expect("C10000003");
        best = story_now_ms() - scanned;
    }
    assert_true(best <= 5 * gap_ms);
    assert_true(bench("cdc suffix cr"));
    end();
}

static void pulled_before_it_has_said_its_layout_it_comes_back(void **state) {
    begin(state);
    for (int after_ms = 0; after_ms < 60; after_ms += 20) {
        assert_true(bench("%s slow 20", kind->name)); /* the answers to the questions of opening */
        assert_true(bench("%s unplug", kind->name));
        assert_true(story_device(ROLE_SCANNER, DEVICE_ABSENT));
        assert_true(bench("%s replug", kind->name));
        story_pause(after_ms);
    }
    assert_true(bench("%s heal", kind->name));
    assert_true(story_device(ROLE_SCANNER, DEVICE_READY));
    scan_and_expect("C10000001");
    end();
}

static void layouts_differ(void **state) {
    static const char *const layouts[] = {"newland", "plain", "honeywell"};
    begin(state);
    for (int i = 0; i < 3; i++) {
        assert_true(bench("pos unplug"));
        assert_true(story_device(ROLE_SCANNER, DEVICE_ABSENT));
        assert_true(bench("pos layout %s", layouts[i]));
        assert_true(bench("pos replug"));
        assert_true(story_device(ROLE_SCANNER, DEVICE_READY));
        scan_and_expect("C10000001");
        scan_and_expect("12345678901234567890123456789012345678901234567890123456"); /* one of 56 */
        scan_and_expect(
            "https://example.org/?code=1234567890123456789012345678901234567890&more=1");
    }
    end();
}

static void a_pos_scanner_may_send_gbk(void **state) {
    begin(state);
    assert_true(bench("pos gbk on"));
    scan_and_expect("张建丰");
    assert_true(bench("pos gbk off"));
    end();
}

static void a_serial_scanner_with_other_ends(void **state) {
    begin(state);
    assert_true(bench("cdc suffix crlf"));
    scan_and_expect("C10000001");
    assert_true(bench("cdc suffix none"));
    scan_and_expect("C10000002");
    assert_true(bench("cdc aim on"));
    scan_and_expect("286123456789012345");
    assert_true(bench("cdc aim off"));
    assert_true(bench("cdc suffix cr"));
    assert_int_equal(story_scans(), 3);
    end();
}

int main(int argc, char **argv) {
    (void)argc;
    bench_enter(argv, "pos=scanner-pos cdc=scanner-cdc");
#define STORY(test, kind) cmocka_unit_test_prestate(test, (void *)&(kind))
    const struct CMUnitTest tests[] = {
        STORY(codes_short_and_long, pos),
        STORY(codes_short_and_long, cdc),
        STORY(an_overlong_code_is_unreadable, pos),
        STORY(an_overlong_code_is_unreadable, cdc),
        STORY(it_comes_back, pos),
        STORY(it_comes_back, cdc),
        STORY(garbage_does_not_stop_it, pos),
        STORY(garbage_does_not_stop_it, cdc),
        STORY(the_event_follows_the_last_byte_within_5_ms, pos),
        STORY(the_event_follows_the_last_byte_within_5_ms, cdc),
        STORY(half_a_code_is_forgotten_with_the_device, pos),
        STORY(half_a_code_is_forgotten_with_the_device, cdc),
        STORY(pulled_before_it_has_said_its_layout_it_comes_back, pos),
        STORY(pulled_before_it_has_said_its_layout_it_comes_back, cdc),
        STORY(layouts_differ, pos),
        STORY(a_pos_scanner_may_send_gbk, pos),
        STORY(a_serial_scanner_with_other_ends, cdc),
        STORY(one_that_ends_its_codes_may_stop_in_the_middle, cdc),
        STORY(one_that_ends_its_codes_no_more_is_waited_for_once, cdc),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
