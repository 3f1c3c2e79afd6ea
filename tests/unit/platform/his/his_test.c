/* The HIS as we ask it: what its words mean for the money, and its lists as bounded documents. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/his_fixture.h"

static void bills_are_read_with_their_lines(void **state) {
    (void)state;
    struct wire_reading reading = read_text(
        "queryUnsettleList",
        "{\"ret_code\":\"00\",\"tip_msg\":\"温馨提醒\",\"unsettlelist\":["
        "{\"org_trace_no\":\"T1\",\"doc_trace_no\":\"D1\",\"dept_name\":\"内科\","
        "\"medfee_sumamt\":\"128.50\",\"rxlist\":[{\"item_name \":\"药\",\"pric\":\"1.234567\","
        "\"cnt\":\"2\",\"det_item_fee_sumamt\":\"2.47\"},{\"item_name\":\"b\","
        "\"det_item_fee_sumamt\":0.03}]},"
        "{\"org_trace_no\":\"T2\",\"doc_trace_no\":\"D2\",\"medfee_sumamt\":36.00,"
        "\"rxlist\":[{\"item_name\":\"c\",\"det_item_fee_sumamt\":\"36\"}]}]}");
    assert_int_equal(reading.outcome, OUTCOME_ACCEPTED);
    const struct bill_list *list = (const struct bill_list *)reading.document;
    assert_string_equal(list->tip, "温馨提醒");
    assert_int_equal(list->bill_count, 2);
    assert_int_equal(list->line_count, 3);
    assert_int_equal(list->bills[0].amount.fen, 12850);
    assert_int_equal(list->bills[1].first_line, 2);
    assert_int_equal(list->bills[1].line_count, 1);
    assert_string_equal(list->lines[0].name, "药");
    assert_string_equal(list->lines[0].price, "1.234567");
    assert_int_equal(list->lines[1].amount.fen, 3);
    free(reading.document);
}

/* Zeros beyond two decimals say nothing; a real third one is no amount that can be paid. */
static void amounts_of_more_decimals_are_read_where_they_are_zeros(void **state) {
    (void)state;
    struct wire_reading reading =
        read_text("queryUnsettleList",
                  "{\"ret_code\":\"00\",\"unsettlelist\":["
                  "{\"org_trace_no\":\"T1\",\"doc_trace_no\":\"D1\",\"medfee_sumamt\":\"128.5000\","
                  "\"rxlist\":[{\"det_item_fee_sumamt\":128.500}]},"
                  "{\"org_trace_no\":\"T2\",\"doc_trace_no\":\"D2\",\"medfee_sumamt\":\"1.005\"},"
                  "{\"org_trace_no\":\"T3\",\"doc_trace_no\":\"D3\",\"medfee_sumamt\":\"2.00\","
                  "\"rxlist\":[{\"det_item_fee_sumamt\":\"1.00\"},"
                  "{\"det_item_fee_sumamt\":\"0.9951\"}]},"
                  "{\"org_trace_no\":\"T4\",\"doc_trace_no\":\"D4\",\"medfee_sumamt\":36.000,"
                  "\"rxlist\":[{\"det_item_fee_sumamt\":\"36.00\"}]}]}");
    assert_int_equal(reading.outcome, OUTCOME_ACCEPTED);
    const struct bill_list *list = (const struct bill_list *)reading.document;
    assert_int_equal(list->bill_count, 2);
    assert_int_equal(list->left_out, 2);
    assert_int_equal(list->bills[0].amount.fen, 12850);
    assert_int_equal(list->lines[list->bills[0].first_line].amount.fen, 12850);
    assert_string_equal(list->bills[1].org_trace_no, "T4");
    assert_int_equal(list->bills[1].amount.fen, 3600);
    assert_int_equal(list->bills[1].line_count, 1);
    assert_int_equal(list->lines[list->bills[1].first_line].amount.fen, 3600);
    free(reading.document);
    reading = read_text("querySettleResult", "{\"ret_code\":\"00\",\"result\":\"succ\",\"call_sn\":"
                                             "\"S\",\"deposit_amount\":\"50.000\"}");
    assert_true(reading.answer.has_amount);
    assert_int_equal(reading.answer.amount.fen, 5000);
    free(reading.document);
    assert_int_equal(outcome_of("queryAccount", "{\"ret_code\":\"00\",\"psn_name\":\"张\","
                                                "\"balance\":\"350.0000\"}"),
                     OUTCOME_ACCEPTED);
    assert_int_equal(outcome_of("queryAccount", "{\"ret_code\":\"00\",\"psn_name\":\"张\","
                                                "\"balance\":\"350.0x00\"}"),
                     OUTCOME_MALFORMED);
}

static void an_empty_list_is_an_answer_but_what_is_no_list_is_not(void **state) {
    (void)state;
    assert_int_equal(outcome_of("queryUnsettleList", "{\"ret_code\":\"00\"}"), OUTCOME_ACCEPTED);
    assert_int_equal(outcome_of("queryUnsettleList", "{\"ret_code\":\"00\",\"unsettlelist\":[]}"),
                     OUTCOME_ACCEPTED);
    static const char *const bad[] = {
        "{\"ret_code\":\"00\",\"unsettlelist\":\"[]\"}",
        "{\"ret_code\":\"00\",\"unsettlelist\":{}}",
        "{\"ret_code\":\"00\",\"unsettlelist\":[1]}",
        "{\"ret_code\":\"00\",\"unsettlelist\":[{\"org_trace_no\":\"T\",\"doc_trace_no\":\"D\"}]}",
        "{\"ret_code\":\"00\",\"unsettlelist\":[{\"org_trace_no\":\"T\","
        "\"medfee_sumamt\":\"1.00\"}]}",
        "{\"ret_code\":\"00\",\"unsettlelist\":[{\"org_trace_no\":\"T\",\"doc_trace_no\":\"D\","
        "\"medfee_sumamt\":\"1.00\",\"rxlist\":[{\"item_name\":\"x\"}]}]}"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_int_equal(outcome_of("queryUnsettleList", bad[i]), OUTCOME_MALFORMED);
}

/* A list of so many bills of so many lines each. */
static enum outcome outcome_of_list(int bills, int lines) {
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);
    fprintf(out, "{\"ret_code\":\"00\",\"unsettlelist\":[");
    for (int i = 0; i < bills; i++) {
        fprintf(out,
                "%s{\"org_trace_no\":\"T%d\",\"doc_trace_no\":\"D\",\"medfee_sumamt\":1,"
                "\"rxlist\":[",
                i == 0 ? "" : ",", i);
        for (int j = 0; j < lines; j++)
            fprintf(out, "%s{\"det_item_fee_sumamt\":1}", j == 0 ? "" : ",");
        fprintf(out, "]}");
    }
    fprintf(out, "]}");
    fclose(out);
    enum outcome outcome = outcome_of("queryUnsettleList", text);
    free(text);
    return outcome;
}

static void more_than_anybody_owes_is_malformed(void **state) {
    (void)state;
    assert_int_equal(outcome_of_list(BILLS_MAX, BILL_LINES_MAX), OUTCOME_ACCEPTED);
    assert_int_equal(outcome_of_list(BILLS_MAX + 1, 0), OUTCOME_ACCEPTED);
    assert_int_equal(outcome_of_list(4096, 1), OUTCOME_ACCEPTED);
    assert_int_equal(outcome_of_list(4097, 0), OUTCOME_MALFORMED);
}

/* "org_trace_no doc_trace_no amount", a row each. */
static const struct bill_list *list_of_rows(const char *const *rows, int count,
                                            struct wire_reading *reading) {
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);
    fprintf(out, "{\"ret_code\":\"00\",\"unsettlelist\":[");
    for (int i = 0; i < count; i++) {
        char no[16], doc[16], amount[16];
        assert_int_equal(sscanf(rows[i], "%15s %15s %15s", no, doc, amount), 3);
        fprintf(out, "%s{\"org_trace_no\":\"%s\",\"doc_trace_no\":\"%s\",\"medfee_sumamt\":\"%s\"}",
                i == 0 ? "" : ",", no, doc, amount);
    }
    fprintf(out, "]}");
    fclose(out);
    *reading = read_text("queryUnsettleList", text);
    free(text);
    assert_int_equal(reading->outcome, OUTCOME_ACCEPTED);
    return (const struct bill_list *)reading->document;
}

static void a_bill_that_cannot_be_sold_leaves_the_others(void **state) {
    static const struct {
        const char *rows[5];
        int count, left_out;
        const char *listed;
    } lists[] = {
        {{"T1 D1 1.00", "T2 D2 -1.00", "T3 D3 3.00"}, 3, 1, "T1T3"},
        {{"T1 D1 1.234", "T2 D2 2.00"}, 2, 1, "T2"},
        {{"T1 D1 x", "T2 D2 2.00"}, 2, 1, "T2"},
        {{"T1 D1 1.00", "T2 D2 2.00", "T1 D1 1.00"}, 3, 1, "T1T2"}, /* one row twice */
        {{"T1 D1 1.00", "T2 D2 2.00", "T1 D1 1.01"}, 3, 2, "T2"},   /* which of them? */
        {{"T1 D1 1.00", "T1 D9 1.00"}, 2, 2, ""},
        {{"T1 D1 1.00", "T1 D1 1.00", "T1 D1 5.00", "T2 D2 2.00"}, 4, 3, "T2"},
        {{"T1 D1 -1.00"}, 1, 1, ""},
        {{"T1 D1 0.00", "T2 D2 2.00"}, 2, 0, "T1T2"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        struct wire_reading reading;
        const struct bill_list *list = list_of_rows(lists[i].rows, lists[i].count, &reading);
        char listed[64] = "";
        for (int b = 0; b < list->bill_count; b++)
            strcat(listed, list->bills[b].org_trace_no);
        assert_string_equal(listed, lists[i].listed);
        assert_int_equal(list->left_out, lists[i].left_out);
        assert_false(list->more);
        free(reading.document);
    }
}

static void many_bills_are_listed_as_far_as_there_is_room(void **state) {
    static char rows[300][48];
    static const char *row[300];
    struct wire_reading reading;
    (void)state;
    for (int i = 0; i < 300; i++) {
        snprintf(rows[i], sizeof rows[i], "T%d D%d 1.00", i, i);
        row[i] = rows[i];
    }
    const struct bill_list *list = list_of_rows(row, 200, &reading);
    assert_int_equal(list->bill_count, 200);
    assert_int_equal(list->left_out, 0);
    free(reading.document);
    list = list_of_rows(row, 300, &reading);
    assert_int_equal(list->bill_count, LISTED_BILLS_MAX);
    assert_int_equal(list->left_out, 300 - LISTED_BILLS_MAX);
    assert_true(list->more);
    free(reading.document);
    assert_int_equal(outcome_of_list(1, BILL_LINES_MAX + 1), OUTCOME_ACCEPTED);
}

static void only_fail_says_that_a_credit_was_refused(void **state) {
    (void)state;
    static const struct {
        const char *body;
        enum outcome settle, ask, cancel;
    } cases[] = {
        {"{\"ret_code\":\"00\",\"result\":\"succ\",\"call_sn\":\"S1\"}", OUTCOME_ACCEPTED,
         OUTCOME_ACCEPTED, OUTCOME_ACCEPTED},
        {"{\"ret_code\":\"00\",\"result\":\"succ\"}", OUTCOME_MALFORMED, OUTCOME_ACCEPTED,
         OUTCOME_ACCEPTED},
        {"{\"ret_code\":\"00\",\"result\":\"fail\"}", OUTCOME_DECLINED, OUTCOME_DECLINED,
         OUTCOME_DECLINED},
        {"{\"ret_code\":\"00\",\"result\":\"exp\"}", OUTCOME_UNKNOWN, OUTCOME_UNKNOWN,
         OUTCOME_UNKNOWN},
        {"{\"ret_code\":\"00\",\"result\":\"closed\"}", OUTCOME_UNKNOWN, OUTCOME_UNKNOWN,
         OUTCOME_UNKNOWN},
        {"{\"ret_code\":\"00\",\"result\":\"SUCC\"}", OUTCOME_UNKNOWN, OUTCOME_UNKNOWN,
         OUTCOME_UNKNOWN},
        {"{\"ret_code\":\"00\"}", OUTCOME_MALFORMED, OUTCOME_MALFORMED, OUTCOME_MALFORMED},
        {"{\"ret_code\":\"01\",\"result\":\"fail\"}", OUTCOME_UNKNOWN, OUTCOME_UNKNOWN,
         OUTCOME_UNKNOWN},
        {"{\"ret_code\":\"02\"}", OUTCOME_UNKNOWN, OUTCOME_UNKNOWN, OUTCOME_UNKNOWN},
        {"{\"ret_code\":\"99\"}", OUTCOME_UNKNOWN, OUTCOME_UNKNOWN, OUTCOME_UNKNOWN},
        {"{\"result\":\"succ\",\"call_sn\":\"S1\"}", OUTCOME_MALFORMED, OUTCOME_MALFORMED,
         OUTCOME_MALFORMED},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_int_equal(outcome_of("rechargeSettle", cases[i].body), cases[i].settle);
        assert_int_equal(outcome_of("querySettleResult", cases[i].body), cases[i].ask);
        assert_int_equal(outcome_of("cancelRechargeSettle", cases[i].body), cases[i].cancel);
    }
}

/* The framework of a hospital speaks in its place: nothing is known, and nothing was refused. A
 * ret_code beside it outranks it. */
static void a_code_of_the_framework_says_nothing(void **state) {
    (void)state;
    static const char *const operations[] = {"queryAccount",         "queryUnsettleList",
                                             "rechargeSettle",       "querySettleResult",
                                             "cancelRechargeSettle", "queryOrgTips"};
    for (size_t i = 0; i < sizeof operations / sizeof *operations; i++) {
        struct wire_reading reading =
            read_text(operations[i], "{\"code\":-1,\"msg\":\"系统繁忙\",\"result\":\"fail\"}");
        assert_int_equal(reading.outcome, OUTCOME_UNKNOWN);
        assert_string_equal(reading.code, "-1");
        assert_string_equal(reading.answer.code, "-1");
        assert_string_equal(reading.message, "系统繁忙");
        assert_null(reading.document);
        assert_int_equal(outcome_of(operations[i], "{\"code\":\"500\"}"), OUTCOME_UNKNOWN);
        assert_int_equal(outcome_of(operations[i], "{\"ret_code\":\"\",\"code\":0}"),
                         OUTCOME_UNKNOWN);
    }
    assert_int_equal(
        outcome_of("rechargeSettle", "{\"ret_code\":\"00\",\"code\":-1,\"result\":\"fail\"}"),
        OUTCOME_DECLINED);
}

static void a_credit_carries_whose_money_it_was(void **state) {
    (void)state;
    struct wire_reading reading = read_text(
        "querySettleResult", "{\"ret_code\":\"00\",\"result\":\"succ\",\"call_sn\":\"S1\","
                             "\"amp_trace_id\":\"261120101112000100010 1\",\"druginfo\":[]}");
    assert_string_equal(reading.answer.no, "S1");
    assert_string_equal(reading.answer.in_no, "261120101112000100010 1");
    assert_string_equal(reading.answer.code, "succ");
    assert_null(reading.document);
    assert_int_equal(outcome_of("querySettleResult", "{\"ret_code\":\"00\",\"result\":\"succ\","
                                                     "\"org_trace_no\":\"another\"}"),
                     OUTCOME_MALFORMED);
}

static void guidance_has_drugs_and_tips_with_their_codes(void **state) {
    (void)state;
    struct wire_reading reading = read_text(
        "rechargeSettle",
        "{\"ret_code\":\"00\",\"result\":\"succ\",\"call_sn\":\"S1\",\"druginfo\":["
        "{\"drug_no\":\"N1\",\"code_type\":\"bar\",\"code_value\":\"D34\",\"drug_addr\":\"二楼\","
        "\"drug_window\":\"204-1窗口\",\"drug_seq_no\":\"7\",\"wait_num\":13}],"
        "\"common_tip_list\":[{\"tip_title\":\"检查检验\",\"tip_items\":[{\"tip_key\":\"注意事项\","
        "\"tip_value\":\"空腹\"},{\"tip_key\":\"k\",\"code_type\":\"qr\",\"code_value\":\"Q\"}]}]"
        "}");
    const struct guidance *guidance = (const struct guidance *)reading.document;
    assert_int_equal(guidance->item_count, 3);
    assert_true(guidance->items[0].drug);
    assert_int_equal(guidance->items[0].code, CODE_TYPE_BAR);
    assert_string_equal(guidance->items[0].waiting, "13");
    assert_string_equal(guidance->items[1].title, "检查检验");
    assert_int_equal(guidance->items[1].code, CODE_TYPE_NONE);
    assert_int_equal(guidance->items[2].code, CODE_TYPE_QR);
    free(reading.document);
}

static void too_many_tips_do_not_lose_a_credit(void **state) {
    (void)state;
    char text[4096] = "{\"ret_code\":\"00\",\"result\":\"succ\",\"call_sn\":\"S1\",\"druginfo\":[";
    for (int i = 0; i <= GUIDE_ITEMS_MAX; i++)
        strcat(text, i == 0 ? "{\"drug_no\":\"N\"}" : ",{\"drug_no\":\"N\"}");
    strcat(text, "]}");
    struct wire_reading reading = read_text("rechargeSettle", text);
    assert_int_equal(reading.outcome, OUTCOME_ACCEPTED);
    assert_null(reading.document);
    assert_int_equal(outcome_of("queryOrgTips", text), OUTCOME_MALFORMED);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bills_are_read_with_their_lines),
        cmocka_unit_test(amounts_of_more_decimals_are_read_where_they_are_zeros),
        cmocka_unit_test(an_empty_list_is_an_answer_but_what_is_no_list_is_not),
        cmocka_unit_test(more_than_anybody_owes_is_malformed),
        cmocka_unit_test(a_bill_that_cannot_be_sold_leaves_the_others),
        cmocka_unit_test(many_bills_are_listed_as_far_as_there_is_room),
        cmocka_unit_test(only_fail_says_that_a_credit_was_refused),
        cmocka_unit_test(a_code_of_the_framework_says_nothing),
        cmocka_unit_test(a_credit_carries_whose_money_it_was),
        cmocka_unit_test(guidance_has_drugs_and_tips_with_their_codes),
        cmocka_unit_test(too_many_tips_do_not_lose_a_credit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
