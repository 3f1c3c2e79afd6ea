/* links: app/wire/ app/core/terms/ app/base/ */
/* What readers of all platforms share: a link to pay, what a vendor's library has left, and whose
 * words are said. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "app/core/terms/document.h"
#include "app/wire/json.h"
#include "app/wire/reading.h"

static struct wire_reading reading;

static int put_away(void **state) {
    (void)state;
    free(reading.document);
    reading.document = NULL;
    wire_reading_free(&reading);
    return 0;
}

static void link_is(const char *url, bool good) {
    (void)put_away(NULL);
    reading = (struct wire_reading){.outcome = OUTCOME_ACCEPTED};
    assert_int_equal(reading_pay_link(&reading, "x.link", url), good);
    assert_int_equal(reading.outcome, good ? OUTCOME_ACCEPTED : OUTCOME_MALFORMED);
    assert_int_equal(reading.document != NULL, good);
    if (good)
        assert_string_equal(((struct pay_link *)(void *)reading.document)->url, url);
    else
        assert_memory_equal(reading.message, "x.link, ", 8);
}

static void a_link_to_pay_has_no_blank_and_fits_a_code(void **state) {
    char url[PAY_LINK_SIZE + 1];

    (void)state;
    link_is("https://pay.example/1?token=支付", true);
    link_is("https://pay.example/1 2", false);
    link_is("https://pay.example/\n", false);
    link_is("https://pay.example/\x7f", false);
    memset(url, 'a', sizeof url);
    url[PAY_LINK_SIZE] = '\0';
    link_is(url, false);
    url[PAY_LINK_SIZE - 1] = '\0';
    link_is(url, true);
}

static bool is_zero(const char *code) {
    return strcmp(code, "0") == 0;
}

static bool library_says(const char *body, bool *left) {
    (void)put_away(NULL);
    assert_true(reading_begin(&reading, 200, body, strlen(body)));
    return reading_library(&reading, is_zero, left);
}

static void what_a_library_returned_is_the_calls_and_not_its_outputs(void **state) {
    bool left = false;

    (void)state;
    assert_true(library_says(
        "{\"returned\":\"7\",\"out\":\"{\\\"returned\\\":\\\"0\\\",\\\"a\\\":1}\"}", &left));
    assert_true(left);
    assert_string_equal(wire_text(reading.tree, "returned"), "7");
    assert_string_equal(wire_text(reading.tree, "a"), "1");
}

static void where_a_library_left_nothing_only_a_failure_is_believed(void **state) {
    static const struct {
        const char *body;
        bool good;
    } rows[] = {{"{\"returned\":\"7\",\"out\":\"\"}", true},
                {"{\"returned\":\"7\"}", true},
                {"{\"returned\":\"0\",\"out\":\"\"}", false},
                {"{\"returned\":\"0\"}", false},
                {"{\"returned\":\"7\",\"out\":\"garbage\"}", false},
                {"{\"returned\":\"7\",\"out\":\"[1]\"}", false},
                {"{\"returned\":\"\",\"out\":\"{}\"}", false},
                {"{\"out\":\"{}\"}", false},
                {"{\"returned\":\"123456789012345678901234567890123\",\"out\":\"{}\"}", false}};
    bool left;

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        left = true;
        if (library_says(rows[i].body, &left) != rows[i].good)
            fail_msg("%s", rows[i].body);
        if (rows[i].good)
            assert_false(left);
        else
            assert_int_equal(reading.outcome, OUTCOME_MALFORMED);
    }
}

static bool hears_words(int http_status, const char *body) {
    (void)put_away(NULL);
    return reading_begin(&reading, http_status, body, strlen(body));
}

/* What the log may have: our own words about an answer, but not the peer's. */
static void whose_words_a_message_has_is_known(void **state) {
    (void)state;
    assert_true(hears_words(200, "{}"));
    reading_code(&reading, "99", "患者张三丰 13800000000");
    assert_false(reading.own_words);
    assert_string_equal(reading.message, "患者张三丰 ***********");
    reading_own_words(&reading, "settled, and %s", "odd");
    assert_true(reading.own_words);
    reading_code(&reading, "99", reading.message);
    assert_false(reading.own_words);
    (void)reading_malformed(&reading, "%s is missing", "x");
    assert_true(reading.own_words);
    assert_string_equal(reading.code, "99");
    assert_false(hears_words(200, "张三丰"));
    assert_true(reading.own_words);
    assert_false(hears_words(502, "张三丰"));
    assert_true(reading.own_words);
    assert_string_equal(reading.code, "HTTP 502");
}

static void a_code_in_the_log_is_a_code(void **state) {
    static const struct {
        const char *code, *logged;
    } rows[] = {
        {"99", "99"}, {"-28", "-28"},     {"HTTP 502", "HTTP 502"}, {"pay_success", "pay_success"},
        {"", ""},     {"张三", "??????"}, {"a[1]\n", "a?1??"},      {"13800000000", "***********"}};
    char logged[CODE_SIZE];
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        assert_string_equal(reading_logged_code(rows[i].code, logged), rows[i].logged);
    assert_int_equal(strlen(reading_logged_code("a code that is longer than any", logged)),
                     CODE_SIZE - 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_link_to_pay_has_no_blank_and_fits_a_code),
        cmocka_unit_test(what_a_library_returned_is_the_calls_and_not_its_outputs),
        cmocka_unit_test(where_a_library_left_nothing_only_a_failure_is_believed),
        cmocka_unit_test(whose_words_a_message_has_is_known),
        cmocka_unit_test(a_code_in_the_log_is_a_code),
    };
    return cmocka_run_group_tests(tests, NULL, put_away);
}
