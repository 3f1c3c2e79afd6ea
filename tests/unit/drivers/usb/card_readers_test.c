/* links: drivers/ drivers/card/ drivers/scanner/ drivers/printer/ drivers/pinpad/ drivers/transport/ drivers/usb/ tests/usbbench/client.c tests/support/usb_story.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/usb_story.h"

/* One device that is three readers, and readers that are not for us. */
static const struct driver_binding any = {.role = ROLE_CARD_READER, .driver = "card-reader-ccid"};
static struct driver_binding bindings[2]; /* they live as long as the pump */
static struct usb *usb;

static struct driver_binding at_interface(uint8_t number) {
    struct driver_binding binding = any;
    binding.interface_given = true;
    binding.interface = number;
    return binding;
}

static void only(const char *name) {
    static const char *const names[] = {"multi", "chars", "plain"};
    static const char *plugged[] = {"multi", "chars", "plain"};
    for (int i = 0; i < 3; i++) {
        bool wanted = strstr(name, names[i]) != NULL;
        if (wanted && !plugged[i])
            assert_true(bench("%s replug", names[i]));
        else if (!wanted && plugged[i])
            assert_true(bench("%s unplug", names[i]));
        plugged[i] = wanted ? names[i] : NULL;
    }
}

static void begin(const struct driver_binding *first, const struct driver_binding *second) {
    bindings[0] = *first;
    if (second)
        bindings[1] = *second;
    usb = story_begin(bindings, second ? 2 : 1);
}

static void put_and_expect(int interface, const char *what, const char *number) {
    assert_true(bench("multi on %d insert %s", interface, what));
    const struct driver_card *card = story_card();
    assert_non_null(card);
    assert_string_equal(card->number, number);
    assert_true(bench("multi on %d remove", interface));
}

static void of_several_readers_the_contact_slot_is_read(void **state) {
    static const char *const texts[] = {"own", "none"};
    (void)state;
    only("multi");
    for (int i = 0; i < 2; i++) {
        assert_true(bench("multi texts %s", texts[i]));
        begin(&any, NULL);
        assert_true(story_device(ROLE_CARD_READER, DEVICE_READY));
        assert_true(bench("multi driver 0 none"));
        assert_true(bench("multi driver 1 usbfs"));
        assert_true(bench("multi driver 2 none"));
        put_and_expect(1, "social", "A12345678");
        story_end(usb);
    }
    assert_true(bench("multi texts own"));
}

static void it_is_ready_within_a_second_of_plugging_in(void **state) {
    int best = STORY_MS;
    (void)state;
    only("multi");
    begin(&any, NULL);
    assert_true(story_device(ROLE_CARD_READER, DEVICE_READY));
    for (int i = 0; i < 3 || (i < 10 && best > 1000); i++) {
        assert_true(bench("multi unplug"));
        assert_true(story_device(ROLE_CARD_READER, DEVICE_ABSENT));
        int64_t plugged = story_now_ms();
        assert_true(bench("multi replug"));
        assert_true(story_device(ROLE_CARD_READER, DEVICE_READY));
        int took = (int)(story_now_ms() - plugged);
        best = took < best ? took : best;
        put_and_expect(1, "social", "A12345678");
    }
    print_message("three readers in one, replug to ready: %d ms\n", best);
    assert_true(best <= 1000 * story_slowness());
    story_end(usb);
}

static void two_roles_share_one_device(void **state) {
    const struct driver_binding contactless = at_interface(0), contact = at_interface(1);
    const struct driver_binding *const pairs[][2] = {
        {&contactless, &contact}, {&any, &any}, {&any, &contactless}};
    (void)state;
    only("multi");
    for (int i = 0; i < 3; i++) {
        begin(pairs[i][0], pairs[i][1]);
        assert_true(bench_until("multi driver 0 usbfs"));
        assert_true(bench_until("multi driver 1 usbfs"));
        assert_true(bench("multi driver 2 none"));
        put_and_expect(0, "uid 04A1B2C3", "04A1B2C3");
        put_and_expect(1, "social", "A12345678");
        assert_true(bench("multi stall"));
        assert_true(story_device(ROLE_CARD_READER, DEVICE_READY));
        assert_true(bench("multi heal"));
        put_and_expect(1, "social", "A12345678");
        put_and_expect(0, "uid 04A1B2C3", "04A1B2C3");
        assert_true(bench("multi unplug"));
        assert_true(story_device(ROLE_CARD_READER, DEVICE_ABSENT));
        assert_true(bench("multi replug"));
        put_and_expect(1, "social", "A12345678");
        put_and_expect(0, "uid 04A1B2C3", "04A1B2C3");
        story_end(usb);
    }
}

static void readers_that_call_themselves_alike_need_a_word(void **state) {
    const struct driver_binding contact = at_interface(1);
    (void)state;
    only("multi");
    assert_true(bench("multi texts alike"));
    begin(&any, NULL);
    assert_true(story_device(ROLE_CARD_READER, DEVICE_FAULT));
    assert_true(story_detail(ROLE_CARD_READER,
                             "3 fit, write for the right one: \"interface\": 0 or "
                             "\"interface\": 1 or \"interface\": 2"));
    for (int i = 0; i < 3; i++)
        assert_true(bench("multi driver %d none", i));
    story_end(usb);
    begin(&contact, NULL);
    assert_true(story_device(ROLE_CARD_READER, DEVICE_READY));
    put_and_expect(1, "social", "A12345678");
    story_end(usb);
    assert_true(bench("multi texts own"));
}

static void a_slot_for_modules_is_read_only_when_named(void **state) {
    const struct driver_binding module = at_interface(2);
    (void)state;
    only("multi");
    begin(&module, NULL);
    assert_true(story_device(ROLE_CARD_READER, DEVICE_READY));
    put_and_expect(2, "social", "A12345678");
    story_end(usb);
}

static void a_reader_of_characters_is_refused_in_words(void **state) {
    static const char refused[] = "let go 1-2 08e6:3437: a reader of single characters is not "
                                  "supported";
    struct driver_binding named = any;
    (void)state;
    only("chars");
    begin(&any, NULL);
    assert_true(story_detail(ROLE_CARD_READER, refused));
    assert_true(story_device(ROLE_CARD_READER, DEVICE_ABSENT));
    assert_true(bench("chars driver 0 none"));
    story_end(usb);
    only("chars plain");
    begin(&any, NULL);
    assert_true(story_device(ROLE_CARD_READER, DEVICE_READY));
    assert_true(bench("plain driver 0 usbfs"));
    story_end(usb);
    only("chars");
    named.vid = 0x08e6;
    named.pid = 0x3437;
    begin(&named, NULL);
    assert_true(story_device(ROLE_CARD_READER, DEVICE_FAULT));
    assert_true(story_detail(ROLE_CARD_READER, "a reader of single characters is not supported"));
    story_end(usb);
}

int main(int argc, char **argv) {
    (void)argc;
    bench_enter(argv, "multi=cardreader-multi chars=cardreader-character plain=cardreader-apdu");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(of_several_readers_the_contact_slot_is_read),
        cmocka_unit_test(it_is_ready_within_a_second_of_plugging_in),
        cmocka_unit_test(two_roles_share_one_device),
        cmocka_unit_test(readers_that_call_themselves_alike_need_a_word),
        cmocka_unit_test(a_slot_for_modules_is_read_only_when_named),
        cmocka_unit_test(a_reader_of_characters_is_refused_in_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
