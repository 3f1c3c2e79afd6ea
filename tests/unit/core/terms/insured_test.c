/* links: app/core/terms/ */
/* What a settlement says is kept as one text, and read as it was said. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "app/core/terms/insured.h"
#include "app/core/terms/money.h"

static struct settlement_row rows[SETTLEMENT_ROWS_MAX];

static void rows_are_read_as_they_were_added(void **state) {
    static const struct settlement_row said[] = {
        {SETTLEMENT_FUND, {MONEY_MAX_FEN}, "城镇职工基本医疗保险统筹基金"},
        {SETTLEMENT_FUND, {1}, "two words"},
        {SETTLEMENT_OUTSIDE, {200}, ""},
        {SETTLEMENT_SHARE, {300}, ""},
        {SETTLEMENT_OVER, {400}, ""},
        {SETTLEMENT_BALANCE, {0}, ""}};
    char text[SETTLEMENT_SIZE] = "";
    (void)state;
    for (size_t i = 0; i < sizeof said / sizeof said[0]; i++)
        assert_true(settlement_add(text, &said[i]));
    assert_int_equal(settlement_rows(text, rows), 6);
    for (int i = 0; i < 6; i++) {
        assert_int_equal(rows[i].kind, said[i].kind);
        assert_int_equal(rows[i].amount.fen, said[i].amount.fen);
        assert_string_equal(rows[i].name, said[i].name);
        assert_true((rows[i].name[0] != '\0') == (settlement_key(rows[i].kind)[0] == '\0'));
    }
}

static void what_has_no_room_is_left_out_whole(void **state) {
    struct settlement_row row = {SETTLEMENT_FUND, {123456}, ""};
    char text[SETTLEMENT_SIZE] = "", before[SETTLEMENT_SIZE];
    int added = 0;
    (void)state;
    memset(row.name, 'n', sizeof row.name - 1);
    for (; settlement_add(text, &row); added++)
        memcpy(before, text, sizeof text);
    assert_string_equal(text, before);
    assert_int_equal(settlement_rows(text, rows), added);
    assert_string_equal(rows[added - 1].name, row.name);
    assert_int_equal(rows[added - 1].amount.fen, 123456);
}

static void no_more_rows_are_read_than_there_is_room_for(void **state) {
    struct settlement_row row = {SETTLEMENT_FUND, {5}, "a"};
    char text[SETTLEMENT_SIZE] = "";
    (void)state;
    for (int i = 0; i < SETTLEMENT_ROWS_MAX + 3; i++)
        assert_true(settlement_add(text, &row));
    assert_int_equal(settlement_rows(text, rows), SETTLEMENT_ROWS_MAX);
}

static void what_is_no_row_is_passed_over(void **state) {
    static const char *const wrong[] = {"",       "\n",     "f",
                                        "f\n",    "f 1\n",  "f1\n",
                                        "x1 a\n", "f1a\n",  "f99999999999999999999 a\n",
                                        "1 a\n",  "f-1 a\n"};
    char text[400];
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        assert_int_equal(settlement_rows(wrong[i], rows), 0);
        strcpy(text, wrong[i]);
        strcat(text, "\nb7 \n");
        assert_int_equal(settlement_rows(text, rows), 1);
        assert_int_equal(rows[0].amount.fen, 7);
    }
    strcpy(text, "f1 ");
    memset(text + 3, 'n', FUND_NAME_SIZE);
    strcpy(text + 3 + FUND_NAME_SIZE, "\n");
    assert_int_equal(settlement_rows(text, rows), 0); /* a longer name is none of ours */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_read_as_they_were_added),
        cmocka_unit_test(what_has_no_room_is_left_out_whole),
        cmocka_unit_test(no_more_rows_are_read_than_there_is_room_for),
        cmocka_unit_test(what_is_no_row_is_passed_over),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
