/* Everything the core can say has words, in both languages. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "app/core/visit/keys.h"
#include "tests/support/words_of.h"

static void has_words(const struct words *words, const char *key) {
    for (int language = 0; language < LANGUAGE_COUNT; language++)
        assert_true(strlen(words_of(words, (enum language)language, key)) > 0);
}

static void every_notice_has_a_sentence(void **state) {
    struct words words;

    (void)state;
    words_open(&words);
    for (int i = NOTICE_NONE + 1; i < NOTICE_COUNT; i++) {
        has_words(&words, notice_key((enum notice)i));
        if (reason_key((enum notice)i)[0] != '\0')
            has_words(&words, reason_key((enum notice)i));
        assert_non_null(notice_code((enum notice)i));
    }
    assert_string_equal(notice_key(NOTICE_NONE), "");
    words_close(&words);
}

static void what_makes_a_service_or_channel_unavailable_has_a_reason(void **state) {
    static const enum notice obstacles[] = {NOTICE_JOURNAL,        NOTICE_CHANNEL,
                                            NOTICE_SCANNER_ABSENT, NOTICE_NO_PINPAD,
                                            NOTICE_OUT_OF_SERVICE, NOTICE_NOT_OFFERED};

    (void)state;
    for (size_t i = 0; i < sizeof obstacles / sizeof *obstacles; i++)
        assert_true(strlen(reason_key(obstacles[i])) > 0);
}

static void every_wait_verdict_channel_and_service_has_words(void **state) {
    struct words words;

    (void)state;
    words_open(&words);
    for (int i = 0; i < WAITING_COUNT; i++) {
        const struct wait_row *row = wait_row((enum waiting_for)i);
        has_words(&words, row->title_key);
        has_words(&words, row->text_key);
        has_words(&words, row->card_text_key);
    }
    for (int i = VERDICT_NONE + 1; i < VERDICT_COUNT; i++) {
        has_words(&words, verdict_title_key((enum verdict)i));
        has_words(&words, verdict_text_key((enum verdict)i));
        assert_true(strlen(verdict_word((enum verdict)i)) > 0);
        for (int64_t returned_ms = 0; returned_ms < 2; returned_ms++)
            for (enum route route = ROUTE_NONE + 1; route < ROUTE_COUNT; route++)
                has_words(&words, payment_state_key(&(struct payment){.verdict = (enum verdict)i,
                                                                      .route = route,
                                                                      .returned_ms = returned_ms}));
    }
    for (int i = CHANNEL_NONE + 1; i < CHANNEL_COUNT; i++)
        has_words(&words, channel_key((enum channel)i));
    for (int i = SERVICE_NONE + 1; i < SERVICE_COUNT; i++)
        has_words(&words, service_key((enum service)i));
    words_close(&words);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_notice_has_a_sentence),
        cmocka_unit_test(what_makes_a_service_or_channel_unavailable_has_a_reason),
        cmocka_unit_test(every_wait_verdict_channel_and_service_has_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
