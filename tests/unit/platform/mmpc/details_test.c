/* What the insurance centre says beside the amounts: read for people, kept whole as evidence, and
 * nothing of the person seen. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "app/wire/masked.h"
#include "tests/support/mmpc_fixture.h"

static void uploads(const char *ext) {
    char data[4000];
    plainly();
    sends("upload", "{\"medOrgOrd\":\"P1\",\"ecToken\":\"E\"}");
    snprintf(data, sizeof data,
             "{\"payOrdId\":\"ORD1\",\"payToken\":\"T\",\"cashierUrl\":\"https://x/\","
             "\"extData\":%s}",
             ext);
    hears("upload", data);
    means(OUTCOME_ACCEPTED, TRADE_NONE);
}

static const struct pay_link *link_heard(void) {
    assert_int_equal(reading.document->kind, DOCUMENT_PAY_LINK);
    return (const struct pay_link *)(const void *)reading.document;
}

/* What is outside comes first. */
static void each_line_is_seen_with_the_eyes_of_the_insurance(void **state) {
    (void)state;
    uploads("{\"result\":["
            "{\"feedetl_sn\":\"1\",\"det_item_fee_sumamt\":5.00,\"chrgitm_lv\":\"01\","
            "\"selfpay_prop\":0.0000,\"fulamt_ownpay_amt\":0.0},"
            "{\"feedetl_sn\":\"2\",\"det_item_fee_sumamt\":\"40.000000\",\"chrgitm_lv\":\"02\","
            "\"selfpay_prop\":\"0.1\",\"overlmt_amt\":3.5},"
            "{\"feedetl_sn\":\"3\",\"det_item_fee_sumamt\":7,\"chrgitm_lv\":\"03\"},"
            "{\"feedetl_sn\":\"4\",\"det_item_fee_sumamt\":7,\"fulamt_ownpay_amt\":9},"
            "{\"det_item_fee_sumamt\":7},\"no line\",{\"feedetl_sn\":\"5\"}]}");
    const struct pay_link *link = link_heard();
    assert_int_equal(link->line_count, 5);
    static const struct insured_line wanted[] = {{"2", INSURED_SECOND, 10, {4000}, {350}},
                                                 {"3", INSURED_OUTSIDE, 0, {700}, {700}},
                                                 {"4", INSURED_OUTSIDE, 0, {700}, {700}},
                                                 {"1", INSURED_FIRST, 0, {500}, {0}},
                                                 {"5", INSURED_UNSAID, 0, {0}, {0}}};
    for (int i = 0; i < 5; i++) {
        assert_string_equal(link->lines[i].sn, wanted[i].sn);
        assert_int_equal(link->lines[i].class, wanted[i].class);
        assert_int_equal(link->lines[i].share_percent, wanted[i].share_percent);
        assert_int_equal(link->lines[i].amount.fen, wanted[i].amount.fen);
        assert_int_equal(link->lines[i].outside.fen, wanted[i].outside.fen);
    }
}

static void the_other_spelling_and_a_text_are_read_too(void **state) {
    (void)state;
    uploads("{\"upload\":[{\"feedetlSn\":\"1\",\"detItemFeeSumamt\":5,\"chrgitmLv\":\"03\","
            "\"selfpayProp\":1.0000,\"fulamtOwnpayAmt\":5}]}");
    assert_int_equal(link_heard()->lines[0].outside.fen, 500);
    uploads("\"{\\\"upload\\\":[{\\\"feedetlSn\\\":\\\"1\\\"}]}\"");
    assert_int_equal(link_heard()->line_count, 1);
    static const char *const none[] = {
        "\"\"", "null", "[]", "{}", "7", "\"{\"", "{\"result\":{},\"upload\":\"x\"}"};
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++) {
        uploads(none[i]);
        assert_int_equal(link_heard()->line_count, 0);
    }
}

static void no_more_lines_than_a_bill_has(void **state) {
    char body[40000] = "{\"code\":1,\"data\":{\"payOrdId\":\"ORD1\",\"payToken\":\"T\","
                       "\"cashierUrl\":\"https://x/\",\"extData\":{\"result\":[";
    (void)state;
    uploads("{}");
    for (int i = 0; i < BILL_LINES_MAX + 10; i++)
        snprintf(body + strlen(body), sizeof body - strlen(body), "%s{\"feedetl_sn\":\"%d\"}",
                 i > 0 ? "," : "", i);
    strcat(body, "]}}}");
    hears_body("upload", body);
    means(OUTCOME_ACCEPTED, TRADE_NONE);
    assert_int_equal(link_heard()->line_count, BILL_LINES_MAX);
}

static void settles(const char *ext) {
    char data[4000];
    asks_order();
    snprintf(data, sizeof data,
             "{\"medOrgOrd\":\"P1\",\"payOrdId\":\"ORD1\",\"ordStas\":\"6\",\"feeSumamt\":39.09,"
             "\"fundPay\":21.50,\"psnAcctPay\":0,\"ownPayAmt\":17.59,\"extData\":%s}",
             ext);
    hears("query", data);
    means(OUTCOME_ACCEPTED, TRADE_PAID);
}

static const char *rows_heard(void) {
    assert_int_equal(reading.document->kind, DOCUMENT_SETTLEMENT);
    return ((const struct settlement *)(const void *)reading.document)->rows;
}

static void funds_and_what_the_own_part_is_are_read(void **state) {
    (void)state;
    settles("{\"setldetail\":[{\"fund_pay_type_name\":\"居民\\n基金\",\"fund_payamt\":21.5},"
            "{\"fund_pay_type_name\":\"none\",\"fund_payamt\":0},{\"fund_payamt\":1},7],"
            "\"setlinfo\":{\"acctPay\":1,\"balc\":16.73,\"fulamtOwnpayAmt\":2,"
            "\"preselfpayAmt\":\"0.01\",\"overlmtSelfpay\":0}}");
    assert_string_equal(rows_heard(), "f2150 居民 基金\no200 \ns1 \nb1673 \n");
    settles("{\"SETLINFO\":{\"acct_pay\":0,\"balc\":5,\"overlmt_selfpay\":-3.00}}");
    assert_string_equal(rows_heard(), "l300 \n"); /* an account that did not pay is not spoken of */
    settles("\"nothing\"");
    assert_string_equal(rows_heard(), "");
}

static void of_what_is_not_settled_nothing_is_kept(void **state) {
    (void)state;
    asks_order();
    hears("query", ORDER("\"1\"", "17.59"));
    assert_null(reading.document);
    hears("query", NAMED("\"6\"", "17.60"));
    assert_null(reading.document);
}

static void stands_in(const char *text, const char *const *words) {
    for (; *words != NULL; words++)
        if (strstr(text, *words) == NULL)
            fail_msg("%s is not in %s", *words, text);
}

/* Members that no document names are evidence like all others. */
static void a_settlement_is_kept_whole_without_its_person(void **state) {
    static const char *const kept[] = {"\"setlId\":\"420700G9000572017647\"",
                                       "\"fundPaySumamt\":21.5",
                                       "\"setl_time\":\"2023-04-18 11:34:41\"",
                                       "\"payChnlId\":\"ALI\"",
                                       "居民基金",
                                       "\"local_subsidy\":0.07",
                                       "\"prePaidBalc\":3",
                                       "\"local_no\":\"H4207-1\"",
                                       NULL};
    static const char *const hidden[] = {"徐梦君",      "李某",       "420983199511143628",
                                         "13800000000", "1995-11-14", "Xu Mengjun",
                                         "66667579",    NULL};
    const char *ext = "{\"payChnlInfo\":{\"payChnlId\":\"ALI\"},\"setldetail\":["
                      "{\"fund_pay_type_name\":\"居民基金\",\"fund_payamt\":21.5}],"
                      "\"setlinfo\":{\"setlId\":\"420700G9000572017647\",\"fundPaySumamt\":21.5,"
                      "\"psnName\":\"徐梦君\",\"certno\":\"420983199511143628\",\"brdy\":"
                      "\"1995-11-14\",\"psnNo\":\"42070000000000100066667579\"},"
                      "\"SETLINFO\":{\"setl_time\":\"2023-04-18 11:34:41\",\"local_subsidy\":0.07,"
                      "\"local_no\":\"H4207-1\",\"local_friend\":\"李某\",\"local_called\":"
                      "\"Xu Mengjun\",\"local_phone\":\"13800000000\",\"local_tel\":13800000000,"
                      "\"local_id\":\"42070000000000100066667579\"},\"prePaidBalc\":3}";
    char quoted[2400] = "\"";
    (void)state;
    size_t used = 1;
    for (const char *c = ext; *c != '\0'; c++) {
        if (*c == '"')
            quoted[used++] = '\\';
        quoted[used++] = *c;
    }
    strcpy(quoted + used, "\"");
    for (int as_text = 0; as_text < 2; as_text++) {
        settles(as_text ? quoted : ext);
        char *text = masked_text(reading.tree), *plain = text;
        for (char *c = text; *c != '\0'; c++)
            if (*c != '\\')
                *plain++ = *c;
        *plain = '\0';
        stands_in(text, kept);
        for (size_t i = 0; hidden[i] != NULL; i++)
            if (strstr(text, hidden[i]) != NULL)
                fail_msg("%s is in %s", hidden[i], text);
        free(text);
    }
    settles("\"徐梦君 {\"");
    char *text = masked_text(reading.tree);
    assert_null(strstr(text, "徐梦君"));
    free(text);
}

/* A settlement is found again by its numbers, also where they look like a card's or a phone's. */
static void a_settlements_own_numbers_are_kept(void **state) {
    static const char *const kept[] = {"\"setlId\":\"510000000000000012\"",
                                       "\"setl_id\":\"13288273411\"",
                                       "\"mdtrt_id\":12537463712",
                                       "\"mdtrtId\":\"1253746371200000\"",
                                       "\"medinsSetlId\":\"20230418113440110\"",
                                       "\"medins_setl_id\":\"20230418113440111\"",
                                       "\"clr_optins\":\"42079900000\"",
                                       "\"clrOptins\":\"42079900001\"",
                                       NULL};
    (void)state;
    settles("{\"setlinfo\":{\"setlId\":\"510000000000000012\",\"setl_id\":\"13288273411\","
            "\"mdtrt_id\":12537463712,\"mdtrtId\":\"1253746371200000\","
            "\"medinsSetlId\":\"20230418113440110\",\"medins_setl_id\":\"20230418113440111\","
            "\"clr_optins\":\"42079900000\",\"clrOptins\":\"42079900001\"},"
            "\"SETLINFO\":{\"setlId\":\"42098319951114362X\",\"setl_id\":\"李某某某\"}}");
    char *text = masked_text(reading.tree);
    stands_in(text, kept);
    assert_null(strstr(text, "42098319951114362X"));
    assert_null(strstr(text, "李某"));
    free(text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_line_is_seen_with_the_eyes_of_the_insurance),
        cmocka_unit_test(the_other_spelling_and_a_text_are_read_too),
        cmocka_unit_test(no_more_lines_than_a_bill_has),
        cmocka_unit_test(funds_and_what_the_own_part_is_are_read),
        cmocka_unit_test(of_what_is_not_settled_nothing_is_kept),
        cmocka_unit_test(a_settlement_is_kept_whole_without_its_person),
        cmocka_unit_test(a_settlements_own_numbers_are_kept),
    };
    return cmocka_run_group_tests(tests, NULL, put_away);
}
