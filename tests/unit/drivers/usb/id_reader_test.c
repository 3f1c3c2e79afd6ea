/* links: drivers/ drivers/card/ drivers/scanner/ drivers/printer/ drivers/pinpad/ drivers/transport/ drivers/usb/ tests/usbbench/client.c tests/support/usb_story.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/usb_story.h"

/* The same stories over bulk and as HID reports. */
static const struct kind {
    const char *name;
    struct driver_binding binding;
} bulk = {"bulk", {.role = ROLE_ID_READER, .driver = "id-reader-sdt", .vid = 0x0400}},
  hid = {"hid", {.role = ROLE_ID_READER, .driver = "id-reader-sdt", .vid = 0x2b8b}};

static const struct kind *kind;
static struct usb *usb;

static void begin(void **state) {
    kind = *state;
    usb = story_begin(&kind->binding, 1);
    assert_true(story_device(ROLE_ID_READER, DEVICE_READY));
}

static void tell(const char *command) {
    assert_true(bench("%s %s", kind->name, command));
}

static void end(void) {
    static const char *const calm[] = {"heal",           "remove",        "corrupt 0",
                                       "noise off",      "delay 0",       "fail status 0 0",
                                       "lacks nothing",  "fail find 0 0", "fail read 0 0",
                                       "fail select 0 0"};
    story_end(usb);
    for (size_t i = 0; i < sizeof calm / sizeof *calm; i++)
        tell(calm[i]);
}

static void take_away(void) {
    tell("remove");
    assert_true(story_media(ROLE_ID_READER, MEDIA_NONE));
}

/* number "": a card that cannot be read. */
static void expect_card(const char *name, const char *number) {
    const struct driver_card *card = story_card();
    assert_non_null(card);
    assert_int_equal(card->kind, DRIVER_CARD_ID);
    assert_string_equal(card->name, name);
    assert_string_equal(card->number, number);
    assert_string_equal(card->id_no, number);
}

static void expect_zhang(void) {
    expect_card("张建丰", "11010519491231002X");
}

static void all_four_kinds_are_read(void **state) {
    begin(state);
    tell("insert citizen");
    expect_zhang();
    take_away();
    tell("insert foreigner");
    expect_card("玛丽亚", "FRA110000012345");
    take_away();
    tell("insert permit");
    expect_card("李大文", "810000197506170019");
    take_away();
    tell("insert foreigner2023");
    expect_card("SPECIMEN, WILHELMINA ALEXANDRA JOSEPHINE", "911124198108030024");
    end();
}

static void a_rare_name_is_whole(void **state) {
    begin(state);
    tell("insert citizen 𬭎𠮷 11010519491231002X");
    expect_card("𬭎𠮷", "11010519491231002X");
    end();
}

static void its_security_module_is_named(void **state) {
    begin(state);
    usb_arm(usb, 0);
    assert_true(story_detail(ROLE_ID_READER, "SAM 05.03-20131159-1234567890-7"));
    end();
}

static void a_card_is_not_found_again_until_it_is_lifted(void **state) {
    begin(state);
    tell("insert citizen");
    expect_zhang();
    story_pause(800);
    assert_int_equal(story_cards(), 1);
    take_away();
    tell("insert citizen");
    expect_zhang();
    end();
}

static void it_is_not_asked_for_a_card_while_nobody_waits(void **state) {
    begin(state);
    usb_arm(usb, 0);
    tell("insert citizen");
    story_pause(800);
    assert_int_equal(story_cards(), 0);
    usb_arm(usb, 1u << ROLE_ID_READER);
    expect_zhang();
    end();
}

static void a_number_that_is_wrong_is_not_a_person(void **state) {
    begin(state);
    tell("insert broken");
    expect_card("", "");
    story_pause(700);
    assert_int_equal(story_cards(), 1); /* said once */
    take_away();
    tell("insert citizen");
    expect_zhang();
    end();
}

static void a_card_that_cannot_be_read_is_said_so_once(void **state) {
    static const char *const failures[] = {"fail select 81 -1", "fail read 31 -1"};
    static const char *const no_more[] = {"fail select 81 0", "fail read 31 0"};
    begin(state);
    for (int i = 0; i < 2; i++) {
        tell(failures[i]);
        tell("insert citizen");
        expect_card("", "");
        story_pause(700);
        assert_int_equal(story_cards(), 2 * i + 1);
        tell(no_more[i]); /* put better, it is read after all */
        expect_zhang();
        take_away();
    }
    end();
}

static void a_card_that_slips_is_read_in_the_end(void **state) {
    begin(state);
    tell("fail read 41 1");
    tell("fail select 81 1");
    tell("insert citizen");
    expect_zhang();
    assert_int_equal(story_cards(), 1);
    end();
}

static void a_card_taken_away_too_soon_says_nothing(void **state) {
    begin(state);
    tell("delay 1000");
    tell("insert citizen");
    assert_true(bench_until("%s reading", kind->name));
    take_away();
    assert_int_equal(story_cards(), 0);
    tell("insert citizen");
    expect_zhang();
    end();
}

static void a_reading_that_broke_on_its_way_asks_for_the_card_again(void **state) {
    begin(state);
    assert_true(bench("%s delay %d", kind->name, 500 * story_slowness()));
    tell("insert citizen");
    assert_true(bench_until("%s reading", kind->name));
    tell("corrupt 1");
    expect_card("", "");
    take_away();
    tell("insert citizen");
    expect_zhang();
    end();
}

static void broken_answers_are_a_fault_until_they_are_whole(void **state) {
    begin(state);
    tell("corrupt 3");
    assert_true(story_was_detail(ROLE_ID_READER, "its answers are broken"));
    assert_true(story_device(ROLE_ID_READER, DEVICE_READY));
    tell("insert citizen");
    expect_zhang();
    end();
}

static void noise_before_an_answer_is_passed_over(void **state) {
    begin(state);
    tell("noise on");
    tell("insert citizen");
    expect_zhang();
    end();
}

static void a_security_module_that_fails_is_a_fault(void **state) {
    begin(state);
    usb_arm(usb, 0);
    tell("fail status 60 -1");
    assert_true(story_detail(ROLE_ID_READER, "SAM self-test failed"));
    assert_true(story_device(ROLE_ID_READER, DEVICE_FAULT));
    tell("fail status 60 0");
    assert_true(story_device(ROLE_ID_READER, DEVICE_READY));
    usb_arm(usb, ~0u);
    tell("fail find 66 -1");
    assert_true(story_detail(ROLE_ID_READER, "SAM not authorised"));
    tell("fail find 66 0");
    assert_true(story_device(ROLE_ID_READER, DEVICE_READY));
    end();
}

/* Pulled while each of its questions waits for an answer, and come back, it reads the card. */
static void unplugged_in_every_state_it_comes_back(void **state) {
    static const struct {
        const char *before, *present;
        int after_ms;
        bool armed;
    } moments[] = {{"heal", "insert citizen", 0, true},
                   {"hang", NULL, 350, false},                /* is it well? */
                   {"hang", NULL, 350, true},                 /* is there a card? */
                   {"slow 150", "insert citizen", 200, true}, /* each answer late */
                   {"slow 150", "insert citizen", 350, true},
                   {"slow 150", "insert citizen", 500, true},
                   {"delay 350", "insert citizen", 400, true} /* in the reading */};
    begin(state);
    for (size_t i = 0; i < sizeof moments / sizeof *moments; i++) {
        usb_arm(usb, moments[i].armed ? ~0u : 0);
        tell(moments[i].before);
        if (moments[i].present)
            tell(moments[i].present);
        story_pause(moments[i].after_ms);
        tell("unplug");
        assert_true(story_device(ROLE_ID_READER, DEVICE_ABSENT));
        tell("heal");
        tell("delay 0");
        tell("remove");
        tell("replug");
        assert_true(story_device(ROLE_ID_READER, DEVICE_READY));
    }
    int before = story_cards();
    tell("insert citizen");
    for (int i = 0; i <= before; i++)
        expect_zhang();
    end();
}

static void replugged_it_is_ready_within_a_second(void **state) {
    begin(state);
    int64_t best_ms = STORY_MS;
    for (int i = 0; i < 10 && best_ms > 1000; i++) {
        tell("unplug");
        assert_true(story_device(ROLE_ID_READER, DEVICE_ABSENT));
        int64_t from_ms = story_now_ms();
        tell("replug");
        assert_true(story_device(ROLE_ID_READER, DEVICE_READY));
        int64_t took_ms = story_now_ms() - from_ms;
        best_ms = took_ms < best_ms ? took_ms : best_ms;
    }
    assert_in_range(best_ms, 0, 1000 * story_slowness());
    end();
}

static void silence_stall_and_garbage_are_survived(void **state) {
    begin(state);
    tell("silent");
    assert_true(story_was_detail(ROLE_ID_READER, "does not answer"));
    tell("heal");
    assert_true(story_device(ROLE_ID_READER, DEVICE_READY));
    tell("stall");
    assert_true(story_was_device(ROLE_ID_READER, DEVICE_OFFLINE));
    assert_true(story_device(ROLE_ID_READER, DEVICE_READY));
    for (int i = 0; i < 5; i++)
        tell("garbage");
    tell("insert citizen");
    expect_zhang();
    end();
}

/* Some answer "unknown command", some nothing at all. */
static void a_reader_without_a_status_command_reads_cards(void **state) {
    static const char *const kinds[] = {"fail status 21 -1", "fail status 24 -1", "lacks status"};
    for (int i = 0; i < 3; i++) {
        kind = *state;
        tell(kinds[i]);
        begin(state);
        tell("insert citizen");
        expect_card("张建丰", "11010519491231002X");
        story_pause(700); /* two times longer than a status is good for */
        assert_true(story_device(ROLE_ID_READER, DEVICE_READY));
        end();
    }
}

int main(int argc, char **argv) {
    (void)argc;
    bench_enter(argv, "bulk=idreader hid=idreader-hid");
#define STORY(test) cmocka_unit_test_prestate(test, (void *)&bulk)
#define BOTH(test) STORY(test), cmocka_unit_test_prestate(test, (void *)&hid)
    const struct CMUnitTest tests[] = {
        BOTH(all_four_kinds_are_read),
        STORY(a_rare_name_is_whole),
        STORY(its_security_module_is_named),
        STORY(a_card_is_not_found_again_until_it_is_lifted),
        STORY(it_is_not_asked_for_a_card_while_nobody_waits),
        STORY(a_number_that_is_wrong_is_not_a_person),
        STORY(a_card_that_cannot_be_read_is_said_so_once),
        STORY(a_card_that_slips_is_read_in_the_end),
        STORY(a_card_taken_away_too_soon_says_nothing),
        BOTH(a_reading_that_broke_on_its_way_asks_for_the_card_again),
        STORY(broken_answers_are_a_fault_until_they_are_whole),
        BOTH(noise_before_an_answer_is_passed_over),
        STORY(a_security_module_that_fails_is_a_fault),
        BOTH(unplugged_in_every_state_it_comes_back),
        BOTH(replugged_it_is_ready_within_a_second),
        BOTH(silence_stall_and_garbage_are_survived),
        STORY(a_reader_without_a_status_command_reads_cards),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
