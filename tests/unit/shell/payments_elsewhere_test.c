/* What other machines took becomes rows of a list: by time, once, the patient's only, and nothing
 * that could be given back here. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/shell/payments_elsewhere.h"
#include "tests/support/payments_story.h"

#define KEY "5f0c5f0c5f0c5f0c5f0c5f0c5f0c5f0c5f0c5f0c5f0c5f0c5f0c5f0c5f0c5f0c"

/* An order as the database has it: rows of the journal's tables. */
static const char order_text[] =
    "{\"order_no\":\"2611290940WE00020000\",\"terminal\":\"K02\",\"rows\":{"
    "\"orders\":{\"service\":\"bills\",\"created_ms\":%lld,\"patient_key\":\"%s\","
    "\"masked_name\":\"张*丰\",\"patient_type\":\"00\",\"account_type\":\"outpatient\","
    "\"state\":\"credited\",\"settled\":1,\"seal\":\"\"},"
    "\"legs/0\":{\"no\":\"2611290940WE00020000\",\"route\":\"upp\",\"channel\":\"wechat\","
    "\"state\":\"paid\",\"amount_fen\":%d,\"expire_ms\":0,\"paid_ms\":1795916414000,"
    "\"watch_until_ms\":0,\"paid_by\":\"wechat\",\"out_no\":\"YT1\",\"in_no\":\"\",\"code\":\"0\","
    "\"place_tries\":1,\"close_wanted\":0,\"reason\":\"\"},"
    "\"claims/0\":{\"state\":\"done\",\"tries\":1,\"org_trace_no\":\"B1\",\"doc_trace_no\":\"D1\","
    "\"amount_fen\":120,\"refunded_fen\":0,\"call_sn\":\"S1\",\"code\":\"\",\"sent_ms\":0,"
    "\"reason\":\"\"},\"shares/0\":{\"claim\":0,\"leg\":0,\"amount_fen\":120,"
    "\"returned_fen\":0,\"reason\":\"\"}}}";

static char *answer_of(int64_t created_ms, const char *key, int leg_fen) {
    char *order = NULL, *answer = NULL;
    assert_true(asprintf(&order, order_text, (long long)created_ms, key, leg_fen) > 0);
    assert_true(asprintf(&answer, "{\"orders\":[%s],\"more\":false}\n", order) > 0);
    free(order);
    return answer;
}

static struct payment_list list_of(int count, int64_t newest_ms) {
    struct payment_list list = {.head.kind = DOCUMENT_PAYMENTS};
    snprintf(list.keys.id, sizeof list.keys.id, "%s", KEY);
    for (int i = 0; i < count; i++) {
        char no[32];
        snprintf(no, sizeof no, "2611290940WE0001%04d", i);
        struct order order = paid_bills(no, KEY, newest_ms - i * 1000 + 60000);
        assert_true(payments_add(&list, &order));
    }
    return list;
}

static void read_into(struct payment_list *list, int64_t created_ms, const char *key, int fen) {
    char *answer = answer_of(created_ms, key, fen);
    elsewhere_read(list, answer);
    free(answer);
}

static void check_items(const struct payment_list *list) {
    for (int i = 0; i < list->item_count; i++) {
        const struct payment *row = &list->rows[list->items[i].payment];
        assert_int_equal(row->elsewhere[0], '\0');
        assert_in_range(i, row->first_item, row->first_item + row->item_count - 1);
    }
}

static void another_machines_payment_stands_in_its_place(void **state) {
    (void)state;
    struct payment_list list = list_of(3, 10000);
    read_into(&list, 9500, KEY, 120);
    assert_int_equal(list.count, 4);
    assert_string_equal(list.rows[1].elsewhere, "0002");
    assert_int_equal(list.rows[1].verdict, VERDICT_CREDITED);
    assert_int_equal(list.rows[1].amount.fen, 120);
    assert_false(list.here_only || list.partly || list.more);
    check_items(&list);
}

static void nothing_of_it_can_be_given_back_here(void **state) {
    (void)state;
    struct payment_list list = list_of(0, 0);
    read_into(&list, 9500, KEY, 120);
    assert_int_equal(list.count, 1);
    assert_int_equal(list.item_count, 0);
    assert_int_equal(list.rows[0].item_count, 0);
    assert_false(list.rows[0].returnable);
}

static void it_stands_once(void **state) {
    (void)state;
    struct payment_list list = list_of(0, 0);
    read_into(&list, 9500, KEY, 120);
    read_into(&list, 9500, KEY, 120);
    assert_int_equal(list.count, 1);
}

static void somebody_elses_is_not_shown(void **state) {
    (void)state;
    struct payment_list list = list_of(1, 10000);
    read_into(&list, 9500, "aa0c5f0c", 120);
    assert_int_equal(list.count, 1);
    assert_false(list.here_only);
}

static void a_full_list_keeps_the_newest(void **state) {
    (void)state;
    struct payment_list list = list_of(PAYMENTS_MAX, 1000000);
    int items = list.item_count;
    read_into(&list, 2000000, KEY, 120);
    assert_int_equal(list.count, PAYMENTS_MAX);
    assert_string_equal(list.rows[0].elsewhere, "0002");
    assert_int_equal(list.item_count, items - 2);
    assert_true(list.more);
    check_items(&list);
    struct payment_list older = list_of(PAYMENTS_MAX, 1000000);
    read_into(&older, 1, KEY, 120);
    assert_int_equal(older.item_count, items);
    assert_true(older.more);
}

static void no_answer_is_this_machine_only(void **state) {
    static const char *const answers[] = {
        NULL, "", "nonsense", "{}", "[]", "{\"error\":\"unknown\"}\n", "{\"orders\":7}"};
    (void)state;
    for (size_t i = 0; i < sizeof answers / sizeof answers[0]; i++) {
        struct payment_list list = list_of(2, 10000);
        elsewhere_read(&list, answers[i]);
        assert_true(list.here_only);
        assert_int_equal(list.count, 2);
    }
}

static void what_does_not_add_up_is_left_out_and_said(void **state) {
    (void)state;
    struct payment_list list = list_of(1, 10000);
    read_into(&list, 9500, KEY, 100); /* less was paid than its claim takes */
    assert_int_equal(list.count, 1);
    assert_true(list.partly);
    elsewhere_read(&list, "{\"orders\":[{\"order_no\":\"x\",\"rows\":{}},7]}");
    assert_int_equal(list.count, 1);
    assert_true(list.partly);
}

/* An amount is a whole number of fen, in its digits. */
static void an_amount_that_is_no_whole_number_is_left_out(void **state) {
    static const char *const amounts[] = {"120.5", "1.2e2", "99999999999999999999", "12-0", "true"};
    static const char whole[] = "\"amount_fen\":120,\"expire_ms\"";
    (void)state;
    for (size_t i = 0; i < sizeof amounts / sizeof amounts[0]; i++) {
        struct payment_list list = list_of(1, 10000);
        char *answer = answer_of(9500, KEY, 120), *at = strstr(answer, whole), *changed = NULL;
        assert_non_null(at);
        assert_true(asprintf(&changed, "%.*s\"amount_fen\":%s,\"expire_ms\"%s", (int)(at - answer),
                             answer, amounts[i], at + strlen(whole)) > 0);
        elsewhere_read(&list, changed);
        if (list.count != 1)
            fail_msg("%s", amounts[i]);
        free(answer);
        free(changed);
    }
}

static void the_question_has_the_known_keys_only(void **state) {
    (void)state;
    struct patient_keys keys = {.id = "aa", .card = "cc"};
    char *line = elsewhere_question(&keys);
    assert_string_equal(line, "{\"ask\":\"payments\",\"keys\":[\"aa\",\"cc\"]}\n");
    free(line);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(another_machines_payment_stands_in_its_place),
        cmocka_unit_test(nothing_of_it_can_be_given_back_here),
        cmocka_unit_test(it_stands_once),
        cmocka_unit_test(somebody_elses_is_not_shown),
        cmocka_unit_test(a_full_list_keeps_the_newest),
        cmocka_unit_test(no_answer_is_this_machine_only),
        cmocka_unit_test(what_does_not_add_up_is_left_out_and_said),
        cmocka_unit_test(an_amount_that_is_no_whole_number_is_left_out),
        cmocka_unit_test(the_question_has_the_known_keys_only),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
