/* links: drivers/[a-z]*.c tests/usbbench/client.c tests/unit/usb_story.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "tests/unit/usb_story.h"

/* The same stories over bulk and as HID reports. */
static const struct kind {
    const char *name;
    struct driver_binding binding;
} bulk = {"bulk", {.role = DRIVER_ID_READER, .driver = "id-reader-sdt", .vid = 0x0400}},
  hid = {"hid", {.role = DRIVER_ID_READER, .driver = "id-reader-sdt", .vid = 0x2b8b}};

static const struct kind *kind;
static struct usb *usb;

static void begin(void **state) {
    kind = *state;
    usb = story_begin(&kind->binding, 1);
    assert_true(story_device(DRIVER_ID_READER, DRIVER_READY));
}

static void end(void) {
    story_end(usb);
    assert_true(bench("%s heal", kind->name));
    assert_true(bench("%s remove", kind->name));
    assert_true(bench("%s unreadable off", kind->name));
    assert_true(bench("%s sam ok", kind->name));
    assert_true(bench("%s corrupt 0", kind->name));
}

static void insert(const char *what) {
    assert_true(bench("%s insert %s", kind->name, what));
}

static void take_away(void) {
    assert_true(bench("%s remove", kind->name));
    assert_true(story_media(DRIVER_ID_READER, DRIVER_MEDIA_NONE));
}

static void expect_card(const char *name, const char *number) {
    const struct driver_card *card = story_card();
    assert_non_null(card);
    assert_int_equal(card->kind, DRIVER_CARD_ID);
    assert_string_equal(card->name, name);
    assert_string_equal(card->id_no, number);
}

static void all_four_kinds_are_read(void **state) {
    begin(state);
    insert("citizen");
    expect_card("张建丰", "11010519491231002X");
    take_away();
    insert("I");
    expect_card("史密斯", "USA110081022501");
    take_away();
    insert("J");
    expect_card("陈大文", "810000199408230021");
    take_away();
    insert("Y");
    expect_card("MULLER, ANNA MARIA", "911124198108030024");
    end();
}

static void a_rare_name_is_whole(void **state) {
    begin(state);
    insert("citizen 𬭎𠮷 11010519491231002X");
    expect_card("𬭎𠮷", "11010519491231002X");
    end();
}

static void a_card_is_not_found_again_until_it_is_lifted(void **state) {
    begin(state);
    insert("citizen");
    expect_card("张建丰", "11010519491231002X");
    story_pause(800);
    assert_int_equal(story_cards(), 1);
    take_away();
    insert("citizen");
    expect_card("张建丰", "11010519491231002X");
    end();
}

static void it_is_not_asked_for_a_card_while_nobody_waits(void **state) {
    begin(state);
    usb_arm(usb, 0);
    insert("citizen");
    story_pause(800);
    assert_int_equal(story_cards(), 0);
    usb_arm(usb, 1u << DRIVER_ID_READER);
    expect_card("张建丰", "11010519491231002X");
    end();
}

static void a_number_that_is_wrong_is_not_a_person(void **state) {
    begin(state);
    insert("citizen 王五 110105194912310021");
    story_pause(900);
    assert_int_equal(story_cards(), 0);
    end();
}

static void what_cannot_be_read_is_said_so(void **state) {
    begin(state);
    assert_true(bench("%s unreadable on", kind->name));
    insert("citizen");
    assert_true(story_detail(DRIVER_ID_READER, "the card cannot be read"));
    assert_true(bench("%s unreadable off", kind->name));
    expect_card("张建丰", "11010519491231002X");
    end();
}

static void a_broken_reply_is_asked_for_again(void **state) {
    begin(state);
    assert_true(bench("%s corrupt 2", kind->name));
    insert("citizen");
    expect_card("张建丰", "11010519491231002X");
    end();
}

static void a_sam_that_fails_is_a_fault(void **state) {
    begin(state);
    usb_arm(usb, 0);
    assert_true(bench("%s sam fail", kind->name));
    assert_true(story_detail(DRIVER_ID_READER, "SAM self-test failed"));
    assert_true(story_device(DRIVER_ID_READER, DRIVER_FAULT));
    assert_true(bench("%s sam ok", kind->name));
    assert_true(story_device(DRIVER_ID_READER, DRIVER_READY));
    end();
}

static void unplugged_at_any_moment_it_comes_back(void **state) {
    begin(state);
    for (int delay_ms = 0; delay_ms < 400; delay_ms += 80) {
        assert_true(bench("%s slow 5", kind->name));
        insert("citizen");
        story_pause(delay_ms);
        assert_true(bench("%s unplug", kind->name));
        assert_true(story_device(DRIVER_ID_READER, DRIVER_ABSENT));
        assert_true(bench("%s heal", kind->name));
        assert_true(bench("%s replug", kind->name));
        assert_true(story_device(DRIVER_ID_READER, DRIVER_READY));
        assert_true(bench("%s remove", kind->name));
    }
    int before = story_cards();
    insert("citizen");
    for (int i = 0; i <= before; i++)
        expect_card("张建丰", "11010519491231002X");
    end();
}

static void silence_stall_and_garbage_are_survived(void **state) {
    begin(state);
    assert_true(bench("%s silent", kind->name));
    assert_true(story_detail(DRIVER_ID_READER, "does not answer"));
    assert_true(bench("%s heal", kind->name));
    assert_true(story_device(DRIVER_ID_READER, DRIVER_READY));
    assert_true(bench("%s stall", kind->name));
    assert_true(story_device(DRIVER_ID_READER, DRIVER_OFFLINE));
    assert_true(story_device(DRIVER_ID_READER, DRIVER_READY));
    assert_true(bench("%s garbage", kind->name));
    insert("citizen");
    expect_card("张建丰", "11010519491231002X");
    end();
}

int main(int argc, char **argv) {
    (void)argc;
    bench_enter(argv, "bulk=idreader hid=idreader-hid");
#define STORY(test)                                                                                \
    cmocka_unit_test_prestate(test, (void *)&bulk), cmocka_unit_test_prestate(test, (void *)&hid)
    const struct CMUnitTest tests[] = {
        STORY(all_four_kinds_are_read),
        STORY(a_rare_name_is_whole),
        STORY(a_card_is_not_found_again_until_it_is_lifted),
        STORY(it_is_not_asked_for_a_card_while_nobody_waits),
        STORY(a_number_that_is_wrong_is_not_a_person),
        STORY(what_cannot_be_read_is_said_so),
        STORY(a_broken_reply_is_asked_for_again),
        STORY(a_sam_that_fails_is_a_fault),
        STORY(unplugged_at_any_moment_it_comes_back),
        STORY(silence_stall_and_garbage_are_survived),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
