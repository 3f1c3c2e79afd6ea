/* links: drivers/ drivers/card/ drivers/scanner/ drivers/printer/ drivers/pinpad/ drivers/transport/ drivers/usb/ tests/usbbench/client.c tests/support/usb_story.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/usb_story.h"

/* The same stories for a reader of TPDUs with notices and for one of APDUs that is asked. */
static const struct kind {
    const char *name;
    struct driver_binding binding;
} tpdu = {"tpdu", {.role = ROLE_CARD_READER, .driver = "card-reader-ccid", .port = "1-1"}},
  apdu = {"apdu", {.role = ROLE_CARD_READER, .driver = "card-reader-ccid", .port = "1-2"}};

static const struct kind *kind;
static struct usb *usb;

static void begin(void **state) {
    kind = *state;
    usb = story_begin(&kind->binding, 1);
    assert_true(story_device(ROLE_CARD_READER, DEVICE_READY));
}

static void end(void) {
    story_end(usb);
    assert_true(bench("%s heal", kind->name));
    assert_true(bench("%s remove", kind->name));
    assert_true(bench("%s extension 0", kind->name));
}

static void insert(const char *what) {
    assert_true(bench("%s insert %s", kind->name, what));
}

static void take_out(void) {
    assert_true(bench("%s remove", kind->name));
    assert_true(story_media(ROLE_CARD_READER, MEDIA_NONE));
}

static void expect_person(void) {
    const struct driver_card *card = story_card();
    assert_non_null(card);
    assert_int_equal(card->kind, DRIVER_CARD_SOCIAL);
    assert_string_equal(card->number, "A12345678");
    assert_string_equal(card->id_no, "11010519491231002X");
    assert_string_equal(card->name, "张建丰");
}

static void expect_nothing_read(void) {
    const struct driver_card *card = story_card();
    assert_non_null(card);
    assert_string_equal(card->number, "");
    assert_string_equal(card->id_no, "");
}

static void a_social_security_card_is_read(void **state) {
    begin(state);
    int64_t inserted = story_now_ms();
    insert("social");
    expect_person();
    print_message("%s: card inserted to its event: %d ms\n", kind->name,
                  (int)(story_now_ms() - inserted));
    assert_true(story_media(ROLE_CARD_READER, MEDIA_PRESENT));
    take_out();
    end();
}

static void an_old_card_is_read_by_record_numbers(void **state) {
    begin(state);
    insert("social1");
    expect_person();
    end();
}

static void a_new_card_gives_its_public_data(void **state) {
    begin(state);
    insert("social3");
    const struct driver_card *card = story_card();
    assert_non_null(card);
    assert_string_equal(card->number, "A12345678");
    assert_string_equal(card->id_no, "");
    end();
}

static void a_contactless_card_has_its_number(void **state) {
    begin(state);
    insert("uid 04A1B2C3");
    const struct driver_card *card = story_card();
    assert_non_null(card);
    assert_int_equal(card->kind, DRIVER_CARD_CONTACTLESS);
    assert_string_equal(card->number, "04A1B2C3");
    end();
}

static void other_and_dead_cards_are_said_so(void **state) {
    begin(state);
    insert("bank");
    assert_true(story_detail(ROLE_CARD_READER, "a card of another kind"));
    expect_nothing_read();
    take_out();
    insert("dead");
    assert_true(story_detail(ROLE_CARD_READER, "the card does not answer"));
    expect_nothing_read();
    take_out();
    insert("social");
    expect_person();
    assert_int_equal(story_cards(), 3);
    end();
}

static void a_card_is_read_once_until_it_is_taken_out(void **state) {
    begin(state);
    insert("social");
    expect_person();
    story_pause(600);
    assert_int_equal(story_cards(), 1);
    take_out();
    insert("social");
    expect_person();
    end();
}

static void a_card_that_was_there_first_is_read_when_somebody_waits(void **state) {
    begin(state);
    usb_arm(usb, 0);
    insert("social");
    assert_true(story_media(ROLE_CARD_READER, MEDIA_PRESENT));
    story_pause(300);
    assert_int_equal(story_cards(), 0);
    usb_arm(usb, 1u << ROLE_CARD_READER);
    expect_person();
    end();
}

static void pulled_in_the_middle_it_is_gone_and_the_next_is_read(void **state) {
    begin(state);
    for (int block = 1; block <= 6; block++) {
        assert_true(bench("%s remove after %d", kind->name, block));
        insert("social");
        assert_true(story_was_media(ROLE_CARD_READER, MEDIA_PRESENT));
        assert_true(story_media(ROLE_CARD_READER, MEDIA_NONE));
        insert("social");
        expect_person();
        take_out();
    }
    assert_int_equal(story_cards(), 6);
    end();
}

static void a_card_that_falls_silent_is_said_to_be_unreadable(void **state) {
    begin(state);
    for (int block = 1; block <= 6; block++) {
        assert_true(bench("%s mute after %d", kind->name, block));
        insert("social");
        expect_nothing_read();
        assert_true(story_detail(ROLE_CARD_READER, "the card does not answer"));
        take_out();
    }
    insert("social");
    expect_person();
    end();
}

static void a_module_that_lives_in_the_slot_is_no_patients_card(void **state) {
    kind = *state;
    assert_true(bench("%s unplug", kind->name));
    assert_true(bench("%s insert bank", kind->name));
    assert_true(bench("%s replug", kind->name));
    begin(state);
    story_pause(300);
    assert_int_equal(story_cards(), 0);
    assert_true(story_media(ROLE_CARD_READER, MEDIA_NONE));
    assert_true(bench("%s remove", kind->name));
    assert_true(bench_until("%s looked", kind->name));
    assert_true(bench_until("%s heard", kind->name));
    insert("bank");
    expect_nothing_read();
    end();
}

static void a_reader_of_apdus_may_leave_the_rest_to_its_host(void **state) {
    begin(state);
    if (kind == &apdu)
        assert_true(bench("%s pass on", kind->name));
    insert("social");
    expect_person();
    take_out();
    insert("social1");
    expect_person();
    end();
    if (kind == &apdu)
        assert_true(bench("%s pass off", kind->name));
}

static void a_uid_is_written_as_the_hospital_does(void **state) {
    const struct kind *given = *state;
    static struct kind decimal;
    decimal = *given;
    decimal.binding.uid_form = DRIVER_UID_DECIMAL_REVERSED;
    void *own = &decimal;
    begin(&own);
    insert("uid 04A1B2C3");
    const struct driver_card *card = story_card();
    assert_non_null(card);
    assert_string_equal(card->number, "3283263748");
    end();
}

static void more_time_is_given(void **state) {
    begin(state);
    assert_true(bench("%s extension 3", kind->name));
    insert("social");
    expect_person();
    end();
}

static void unplugged_while_it_reads_it_comes_back(void **state) {
    begin(state);
    for (int delay_ms = 0; delay_ms < 30; delay_ms += 5) {
        assert_true(bench("%s slow 3", kind->name));
        insert("social");
        story_pause(delay_ms);
        assert_true(bench("%s unplug", kind->name));
        assert_true(story_device(ROLE_CARD_READER, DEVICE_ABSENT));
        assert_true(bench("%s heal", kind->name));
        assert_true(bench("%s replug", kind->name));
        expect_person(); /* the card is still in it */
        take_out();
    }
    end();
}

static void silence_and_stall_are_survived(void **state) {
    begin(state);
    assert_true(bench("%s silent", kind->name));
    insert("social");
    assert_true(story_was_detail(ROLE_CARD_READER, "does not answer"));
    assert_true(bench("%s heal", kind->name));
    expect_person();
    take_out();
    assert_true(bench("%s stall", kind->name));
    assert_true(story_was_device(ROLE_CARD_READER, DEVICE_OFFLINE));
    assert_true(story_device(ROLE_CARD_READER, DEVICE_READY));
    insert("social");
    expect_person();
    end();
}

static void garbage_is_survived(void **state) {
    begin(state);
    for (int i = 0; i < 5; i++)
        assert_true(bench("%s garbage", kind->name));
    insert("social");
    expect_person();
    end();
}

int main(int argc, char **argv) {
    (void)argc;
    bench_enter(argv, "tpdu=cardreader apdu=cardreader-apdu");
#define STORY(test)                                                                                \
    cmocka_unit_test_prestate(test, (void *)&tpdu), cmocka_unit_test_prestate(test, (void *)&apdu)
    const struct CMUnitTest tests[] = {
        STORY(a_social_security_card_is_read),
        STORY(an_old_card_is_read_by_record_numbers),
        STORY(a_new_card_gives_its_public_data),
        STORY(a_contactless_card_has_its_number),
        STORY(other_and_dead_cards_are_said_so),
        STORY(a_card_is_read_once_until_it_is_taken_out),
        STORY(a_card_that_was_there_first_is_read_when_somebody_waits),
        STORY(pulled_in_the_middle_it_is_gone_and_the_next_is_read),
        STORY(a_card_that_falls_silent_is_said_to_be_unreadable),
        STORY(a_module_that_lives_in_the_slot_is_no_patients_card),
        STORY(a_reader_of_apdus_may_leave_the_rest_to_its_host),
        STORY(a_uid_is_written_as_the_hospital_does),
        STORY(more_time_is_given),
        STORY(unplugged_while_it_reads_it_comes_back),
        STORY(silence_and_stall_are_survived),
        STORY(garbage_is_survived),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
