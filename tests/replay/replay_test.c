/* links: drivers/ drivers/card/ drivers/scanner/ drivers/printer/ drivers/pinpad/ drivers/transport/ drivers/usb/ tests/usbbench/client.c tests/support/usb_story.c */
/* Devices as they were recorded, through today's drivers: the same must come out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/usb_story.h"

static void a_social_security_card(void **state) {
    (void)state;
    const struct driver_binding binding = {
        .role = ROLE_CARD_READER, .driver = "card-reader-ccid", .record_path = getenv("RECORD")};
    struct usb *usb = story_begin(&binding, 1);
    assert_true(story_device(ROLE_CARD_READER, DEVICE_READY));
    if (binding.record_path)
        assert_true(bench("card insert social"));
    const struct driver_card *card = story_card();
    assert_non_null(card);
    assert_string_equal(card->number, "A12345678");
    assert_string_equal(card->name, "张建丰");
    story_end(usb);
}

/* RECORD=FILE: makes the recording anew, with the virtual card. */
int main(int argc, char **argv) {
    (void)argc;
    bench_enter(argv,
                getenv("RECORD") ? "card=cardreader" : "card=replay:tests/replay/social_card.txt");
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_social_security_card)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
