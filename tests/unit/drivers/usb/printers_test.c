/* links: drivers/ drivers/card/ drivers/scanner/ drivers/printer/ drivers/pinpad/ drivers/transport/ drivers/usb/ tests/usbbench/client.c tests/support/usb_story.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/usb_story.h"

/* Printers that hold their ticket, and two of a kind. */
static const struct driver_binding at_first = {
    .role = ROLE_PRINTER, .driver = "printer-escpos", .port = "1-1"};
static const struct driver_binding at_second = {
    .role = ROLE_PRINTER, .driver = "printer-escpos", .port = "1-2"};
static const struct driver_binding anywhere[] = {
    {.role = ROLE_PRINTER, .driver = "printer-escpos", .port = ""},
    {.role = ROLE_PRINTER, .driver = "printer-escpos", .port = ""}};

static struct usb *usb;
static uint32_t job;

static void begin(const struct driver_binding *bindings, int count) {
    usb = story_begin(bindings, count);
    assert_true(story_device(ROLE_PRINTER, DEVICE_READY));
}

static void print_and_expect(enum driver_completion completion) {
    story_print(usb, ++job, 5);
    assert_int_equal(story_printed(job), completion);
    assert_int_equal(story_completions(job), 1);
}

static void hold_and_take(const char *name, const struct driver_binding *binding) {
    begin(binding, 1);
    assert_true(story_media(ROLE_PRINTER, MEDIA_NONE));
    print_and_expect(COMPLETED_OK);
    assert_true(story_media(ROLE_PRINTER, MEDIA_PRESENT));
    assert_true(story_device(ROLE_PRINTER, DEVICE_READY));
    print_and_expect(COMPLETED_OK); /* one that waits does not keep the next from coming out */
    assert_true(bench("%s take", name));
    assert_true(story_media(ROLE_PRINTER, MEDIA_NONE));
    assert_true(bench("%s paper out", name));
    assert_true(story_supply(ROLE_PRINTER, SUPPLY_OUT));
    assert_true(bench("%s paper ok", name));
    assert_true(story_supply(ROLE_PRINTER, SUPPLY_OK));
    story_end(usb);
}

static void a_custom_says_when_its_ticket_is_taken(void **state) {
    (void)state;
    hold_and_take("kpm", &at_first);
}

static void a_citizen_says_when_its_ticket_is_taken(void **state) {
    (void)state;
    hold_and_take("ppu", &at_second);
}

static void the_configuration_may_know_better_than_the_id(void **state) {
    (void)state;
    struct driver_binding none = at_first;
    none.presenter = DRIVER_PRESENTER_NONE;
    begin(&none, 1);
    print_and_expect(COMPLETED_OK);
    story_pause(700); /* two rounds of questions */
    assert_true(story_media(ROLE_PRINTER, MEDIA_NONE));
    story_end(usb);
    assert_true(bench("kpm take"));
}

static void a_second_printer_may_come_and_go_while_one_prints(void **state) {
    (void)state;
    assert_true(bench("ppu unplug"));
    begin(anywhere, 2);
    for (int round = 0; round < 3; round++) {
        story_print(usb, ++job, 100);
        assert_true(bench("ppu replug"));
        assert_int_equal(story_printed(job), COMPLETED_OK);
        assert_true(bench_until("ppu heard"));
        assert_true(bench("kpm unplug")); /* the other one takes over */
        assert_true(bench_until("ppu heard"));
        story_print(usb, ++job, 5);
        int completion = story_printed(job); /* sent just when it went: then it says so */
        if (completion != COMPLETED_OK)
            print_and_expect(COMPLETED_OK);
        assert_true(bench("kpm replug"));
        assert_true(bench_until("kpm heard"));
        assert_true(bench("ppu unplug"));
        assert_true(bench_until("ppu left")); /* or the next is sent to it */
        assert_true(story_device(ROLE_PRINTER, DEVICE_READY));
    }
    story_end(usb);
    assert_true(bench("ppu replug"));
}

static void of_two_the_one_with_paper_prints(void **state) {
    (void)state;
    begin(anywhere, 2);
    assert_true(bench_until("kpm watched"));
    assert_true(bench_until("ppu watched"));
    assert_true(bench("kpm paper out"));
    assert_true(bench_until("kpm heard")); /* the other one speaks for both: nothing is said */
    print_and_expect(COMPLETED_OK);
    assert_true(bench("kpm paper ok"));
    assert_true(bench_until("kpm heard"));
    assert_true(bench("ppu paper out"));
    assert_true(bench_until("ppu heard"));
    print_and_expect(COMPLETED_OK);
    story_end(usb);
    assert_true(bench("ppu paper ok"));
}

static void silence_is_unknown_and_not_the_last_word(void **state) {
    (void)state;
    begin(&at_first, 1);
    assert_true(bench("kpm paper low"));
    assert_true(story_supply(ROLE_PRINTER, SUPPLY_LOW));
    assert_true(bench("kpm silent"));
    assert_true(story_device(ROLE_PRINTER, DEVICE_UNKNOWN));
    assert_true(story_supply(ROLE_PRINTER, SUPPLY_UNKNOWN));
    assert_true(story_media(ROLE_PRINTER, MEDIA_UNKNOWN));
    assert_true(bench("kpm heal"));
    assert_true(bench("kpm paper ok"));
    assert_true(story_supply(ROLE_PRINTER, SUPPLY_OK));
    story_end(usb);
}

static void an_a4_laser_is_no_receipt_printer(void **state) {
    (void)state;
    assert_true(bench("kpm unplug"));
    assert_true(bench("ppu unplug"));
    usb = story_begin(anywhere, 1);
    assert_true(story_device(ROLE_PRINTER, DEVICE_ABSENT));
    assert_true(story_detail(ROLE_PRINTER, "let go 1-3 03f0:5c17: speaks PJL,PML,PCLXL,POSTSCRIPT,"
                                           "PCL, not ESC/POS"));
    assert_true(bench_until("laser driver 0 usblp"));
    assert_true(bench("ppu replug"));
    assert_true(story_device(ROLE_PRINTER, DEVICE_READY));
    print_and_expect(COMPLETED_OK);
    assert_true(bench("laser blank"));
    story_end(usb);
    assert_true(bench("kpm replug"));
}

int main(int argc, char **argv) {
    (void)argc;
    bench_enter(argv, "kpm=printer-kpm ppu=printer-ppu laser=printer-a4");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_custom_says_when_its_ticket_is_taken),
        cmocka_unit_test(a_citizen_says_when_its_ticket_is_taken),
        cmocka_unit_test(the_configuration_may_know_better_than_the_id),
        cmocka_unit_test(a_second_printer_may_come_and_go_while_one_prints),
        cmocka_unit_test(of_two_the_one_with_paper_prints),
        cmocka_unit_test(silence_is_unknown_and_not_the_last_word),
        cmocka_unit_test(an_a4_laser_is_no_receipt_printer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
