/* links: drivers/usb/ambiguity.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "drivers/usb/ambiguity.h"

static const char *words_of(const struct usb_alike *alike, int count) {
    static char words[192];
    usb_ambiguity_words(alike, count, words, sizeof words);
    return words;
}

static void by_kind_where_kinds_differ(void **state) {
    static const struct usb_alike two[] = {{0x046d, 0xc31c, "1-5", 0},
                                           {0x0c2e, 0x0200, "2-1.4", 0}};
    (void)state;
    assert_string_equal(words_of(two, 2), "2 fit, write for the right one: "
                                          "\"vid\": \"046d\", \"pid\": \"c31c\" (1-5) or "
                                          "\"vid\": \"0c2e\", \"pid\": \"0200\" (2-1.4)");
}

static void by_port_where_they_are_of_one_kind(void **state) {
    static const struct usb_alike two[] = {{0x0c2e, 0x0200, "1-1", 0}, {0x0c2e, 0x0200, "1-3", 0}};
    (void)state;
    assert_string_equal(words_of(two, 2),
                        "2 fit, write for the right one: \"port\": \"1-1\" (0c2e:0200) or "
                        "\"port\": \"1-3\" (0c2e:0200)");
}

static void by_interface_within_one_device(void **state) {
    static const struct usb_alike two[] = {{0x072f, 0x2301, "1-1", 0}, {0x072f, 0x2301, "1-1", 2}};
    (void)state;
    assert_string_equal(words_of(two, 2),
                        "2 fit, write for the right one: \"interface\": 0 or \"interface\": 2");
}

static void by_both_where_it_takes_both(void **state) {
    static const struct usb_alike three[] = {
        {0x072f, 0x2301, "1-1", 0}, {0x072f, 0x2301, "1-1", 1}, {0x076b, 0x5422, "1-2", 0}};
    (void)state;
    assert_string_equal(words_of(three, 3), "3 fit, write for the right one: "
                                            "\"port\": \"1-1\", \"interface\": 0 (072f:2301) or "
                                            "\"port\": \"1-1\", \"interface\": 1 (072f:2301) or "
                                            "\"port\": \"1-2\", \"interface\": 0 (076b:5422)");
}

static void what_has_no_room_is_left_out_whole(void **state) {
    struct usb_alike many[12];
    (void)state;
    for (int i = 0; i < 12; i++) {
        static const char *const places[] = {"1-1", "1-2", "1-3", "1-4", "1-5", "1-6",
                                             "1-7", "1-8", "1-9", "2-1", "2-2", "2-3"};
        many[i] = (struct usb_alike){0x1000, 1, places[i], 0};
    }
    const char *words = words_of(many, 12), *end = words + strlen(words);
    assert_int_equal(strncmp(words, "12 fit, write for the right one: ", 33), 0);
    assert_string_equal(end - strlen("(1000:0001)"), "(1000:0001)");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(by_kind_where_kinds_differ),
        cmocka_unit_test(by_port_where_they_are_of_one_kind),
        cmocka_unit_test(by_interface_within_one_device),
        cmocka_unit_test(by_both_where_it_takes_both),
        cmocka_unit_test(what_has_no_room_is_left_out_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
