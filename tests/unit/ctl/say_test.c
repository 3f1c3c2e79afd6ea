/* links: app/ctl/say.c app/journal/words.c app/core/terms/money.c */
/* Whatever the journal stores has words for hospital staff, in both languages. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "app/ctl/say.h"
#include "app/journal/journal.h"

static void assert_said(const char *zh, const char *en, const char *stored) {
    assert_non_null(zh);
    assert_non_null(en);
    if (!zh[0] || !en[0] || !strcmp(zh, "?") || !strcmp(zh, en))
        fail_msg("no words for %s", stored);
}

#define SAID(say, value, stored)                                                                   \
    assert_said(say(LANGUAGE_ZH, value), say(LANGUAGE_EN, value), stored)

static void every_note_and_state_has_words(void **state) {
    (void)state;
    for (int i = 0; i < NOTE_COUNT; i++)
        SAID(say_note, note_name((enum note)i), note_name((enum note)i));
    for (int i = 0; i < ORDER_STATE_COUNT; i++)
        SAID(say_order_state, (enum order_state)i, order_state_name((enum order_state)i));
    for (int i = 0; i <= LEG_CASE; i++)
        SAID(say_leg_state, (enum leg_state)i, leg_state_name((enum leg_state)i));
    for (int i = 0; i <= CLAIM_CASE; i++)
        SAID(say_claim_state, (enum claim_state)i, claim_state_name((enum claim_state)i));
    for (int i = 0; i <= REFUND_CASE; i++)
        SAID(say_refund_state, (enum refund_state)i, refund_state_name((enum refund_state)i));
}

static void every_reason_service_and_channel_has_words(void **state) {
    (void)state;
    for (int i = 1; i < CASE_REASON_COUNT; i++)
        SAID(say_case_reason, (enum case_reason)i, case_reason_name((enum case_reason)i));
    for (int i = 1; i < SERVICE_COUNT; i++)
        SAID(say_service, (enum service)i, "service");
    for (int i = 1; i < CHANNEL_COUNT; i++)
        SAID(say_channel, (enum channel)i, "channel");
    for (int i = 0; i < SAY_COUNT; i++)
        SAID(say_heading, (enum say_word)i, "word");
}

static void stored_words_are_each_their_own(void **state) {
    (void)state;
    for (int i = 0; i < NOTE_COUNT; i++)
        for (int k = 0; k < i; k++)
            assert_string_not_equal(note_name((enum note)i), note_name((enum note)k));
    assert_string_equal(note_name(NOTE_COUNT), "?");
}

static void a_print_says_what_became_of_it(void **state) {
    (void)state;
    assert_string_equal(say_printed(LANGUAGE_EN, "unknown", false),
                        "receipt printed or not: unknown");
    assert_string_equal(say_printed(LANGUAGE_ZH, "done", true), "凭条已补打");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_note_and_state_has_words),
        cmocka_unit_test(every_reason_service_and_channel_has_words),
        cmocka_unit_test(stored_words_are_each_their_own),
        cmocka_unit_test(a_print_says_what_became_of_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
