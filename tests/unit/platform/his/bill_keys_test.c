/* What a bill is, whatever its numbers: a hospital may give it new ones at every ORG_002. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/his_fixture.h"

#define LINE(sn) "{\"feedetl_sn\":\"" sn "\",\"det_item_fee_sumamt\":\"1.00\"}"
#define BILL(no, visit, lines)                                                                     \
    "{\"org_trace_no\":\"" no "\",\"doc_trace_no\":\"D" no "\",\"mdtrt_id\":\"" visit              \
    "\",\"medfee_sumamt\":\"2.00\",\"rxlist\":[" lines "]}"

/* Caller: free(). */
static struct bill_list *listed(const char *rows) {
    char text[2048];
    snprintf(text, sizeof text, "{\"ret_code\":\"00\",\"unsettlelist\":[%s]}", rows);
    struct wire_reading reading = read_text("queryUnsettleList", text);
    assert_int_equal(reading.outcome, OUTCOME_ACCEPTED);
    return (struct bill_list *)reading.document;
}

static void key_of(const char *row, char out[BILL_KEY_SIZE]) {
    struct bill_list *list = listed(row);
    assert_int_equal(list->bill_count, 1);
    memcpy(out, list->bills[0].key, BILL_KEY_SIZE);
    free(list);
}

/* A line's number is the hospital's own: another's may have the same. */
static void a_line_is_known_by_its_number_and_its_hospital(void **state) {
    (void)state;
    struct bill_list *list =
        listed(BILL("T1", "V1", LINE("F1") ",{\"det_item_fee_sumamt\":\"1.00\"}"));
    assert_string_equal(list->lines[0].key, "sn|H35010200227|F1");
    assert_string_equal(list->lines[1].key, "");
    free(list);
}

static void a_bill_is_the_same_under_new_numbers_and_in_another_order(void **state) {
    char first[BILL_KEY_SIZE], again[BILL_KEY_SIZE];
    (void)state;
    key_of(BILL("T1", "V1", LINE("F1") "," LINE("F2")), first);
    assert_string_not_equal(first, "");
    key_of(BILL("T9", "V1", LINE("F2") "," LINE("F1")), again);
    assert_string_equal(again, first);
}

static void other_lines_or_another_visit_are_another_bill(void **state) {
    static const char *const others[] = {
        BILL("T1", "V1", LINE("F1")), BILL("T1", "V1", LINE("F1") "," LINE("F3")),
        BILL("T1", "V1", LINE("F1") "," LINE("F2") "," LINE("F3")), BILL("T1", "V1", LINE("F1F2")),
        BILL("T1", "V2", LINE("F1") "," LINE("F2"))};
    char first[BILL_KEY_SIZE], other[BILL_KEY_SIZE];
    (void)state;
    key_of(BILL("T1", "V1", LINE("F1") "," LINE("F2")), first);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        key_of(others[i], other);
        assert_string_not_equal(other, "");
        assert_string_not_equal(other, first);
    }
}

/* Then its org_trace_no is all that it is known by. */
static void a_line_without_a_number_makes_no_bill_known(void **state) {
    static const char long_no[] = "12345678901234567890123456789012345678901";
    char row[512], key[BILL_KEY_SIZE];
    (void)state;
    key_of(BILL("T1", "V1", ""), key);
    assert_string_equal(key, "");
    key_of(BILL("T1", "V1", LINE("F1") "," LINE("")), key);
    assert_string_equal(key, "");
    assert_int_equal(strlen(long_no), TRACE_NO_SIZE);
    snprintf(row, sizeof row, BILL("T1", "V1", LINE("%s")), long_no);
    key_of(row, key);
    assert_string_equal(key, "");
}

/* A number that stands in two bills tells none of them apart, and would hold the one for the other.
 */
static void numbers_that_two_bills_share_say_nothing(void **state) {
    (void)state;
    struct bill_list *list = listed(BILL("T1", "V1", LINE("F1")) "," BILL(
        "T2", "V1", LINE("F2") "," LINE("F1")) "," BILL("T3", "V1", LINE("F3")));
    assert_int_equal(list->bill_count, 3);
    for (int i = 0; i < list->bill_count; i++)
        assert_string_equal(list->bills[i].key, "");
    for (int i = 0; i < list->line_count; i++)
        assert_string_equal(list->lines[i].key, "");
    free(list);
}

/* That is one bill's affair. */
static void a_number_that_stands_twice_in_one_bill_is_its_own(void **state) {
    char key[BILL_KEY_SIZE];
    (void)state;
    key_of(BILL("T1", "V1", LINE("F1") "," LINE("F1")), key);
    assert_string_not_equal(key, "");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_is_known_by_its_number_and_its_hospital),
        cmocka_unit_test(a_bill_is_the_same_under_new_numbers_and_in_another_order),
        cmocka_unit_test(other_lines_or_another_visit_are_another_bill),
        cmocka_unit_test(a_line_without_a_number_makes_no_bill_known),
        cmocka_unit_test(numbers_that_two_bills_share_say_nothing),
        cmocka_unit_test(a_number_that_stands_twice_in_one_bill_is_its_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
