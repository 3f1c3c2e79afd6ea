/* links: app/core/terms/money.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "app/core/terms/money.h"

static const struct {
    const char *text;
    enum money_result result;
    int64_t fen;
} texts[] = {
    {"0", MONEY_OK, 0},
    {"1", MONEY_OK, 100},
    {"1.5", MONEY_OK, 150},
    {"1.50", MONEY_OK, 150},
    {"0.01", MONEY_OK, 1},
    {"-3.00", MONEY_OK, -300},
    {"99999999.99", MONEY_OK, MONEY_MAX_FEN},
    {"00000001", MONEY_OK, 100},
    {"", MONEY_SYNTAX, 0},
    {"-", MONEY_SYNTAX, 0},
    {".5", MONEY_SYNTAX, 0},
    {"1.", MONEY_SYNTAX, 0},
    {"1.234", MONEY_SYNTAX, 0},
    {"1,00", MONEY_SYNTAX, 0},
    {" 1", MONEY_SYNTAX, 0},
    {"1 ", MONEY_SYNTAX, 0},
    {"+1", MONEY_SYNTAX, 0},
    {"1e2", MONEY_SYNTAX, 0},
    {"--1", MONEY_SYNTAX, 0},
    {"100000000", MONEY_RANGE, 0},
    {"99999999999999999999999", MONEY_RANGE, 0},
};

static void yuan_texts_are_read_strictly(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct fen out = {-77};
        enum money_result result = money_parse(texts[i].text, strlen(texts[i].text), &out);
        assert_int_equal(result, texts[i].result);
        assert_int_equal(out.fen, result == MONEY_OK ? texts[i].fen : -77);
    }
}

static void only_the_given_length_is_read(void **state) {
    (void)state;
    struct fen out;
    assert_int_equal(money_parse("12.345", 5, &out), MONEY_OK);
    assert_int_equal(out.fen, 1234);
}

static void what_is_written_is_read_back(void **state) {
    (void)state;
    static const int64_t amounts[] = {
        0, 1, 9, 10, 99, 100, 12850, -1, -300, -MONEY_MAX_FEN, MONEY_MAX_FEN};
    for (size_t i = 0; i < sizeof amounts / sizeof amounts[0]; i++) {
        char text[MONEY_TEXT_SIZE];
        struct fen back;
        money_format((struct fen){amounts[i]}, text);
        assert_int_equal(money_parse(text, strlen(text), &back), MONEY_OK);
        assert_int_equal(back.fen, amounts[i]);
    }
    char text[MONEY_TEXT_SIZE];
    assert_string_equal(money_format((struct fen){1}, text), "0.01");
    assert_string_equal(money_format((struct fen){-300}, text), "-3.00");
    assert_string_equal(money_format((struct fen){-MONEY_MAX_FEN}, text), "-99999999.99");
}

static void sums_stay_in_range(void **state) {
    (void)state;
    struct fen max = {MONEY_MAX_FEN}, one = {1}, out = {5};
    assert_false(money_add(max, one, &out));
    assert_false(money_subtract((struct fen){-MONEY_MAX_FEN}, one, &out));
    assert_false(money_add((struct fen){INT64_MAX}, (struct fen){INT64_MAX}, &out));
    assert_int_equal(out.fen, 5);
    assert_true(money_subtract(max, one, &out));
    assert_int_equal(out.fen, MONEY_MAX_FEN - 1);
    assert_int_equal(money_compare(one, max), -1);
    assert_int_equal(money_compare(max, one), 1);
    assert_int_equal(money_compare(one, one), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(yuan_texts_are_read_strictly),
        cmocka_unit_test(only_the_given_length_is_read),
        cmocka_unit_test(what_is_written_is_read_back),
        cmocka_unit_test(sums_stay_in_range),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
