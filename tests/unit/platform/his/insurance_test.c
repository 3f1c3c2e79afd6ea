/* ORG_007 to ORG_009, and what the insurance centre asks the HIS: requests and answers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "app/config/privacy.h"
#include "app/config/terminal_rows.h"
#include "app/platform/his/his.h"
#include "app/wire/json.h"

static const struct his_config his = {.base_url = "http://127.0.0.1:1/his"};
static const struct config_terminal terminal = {
    .id = "K1", .org_code = "H1", .sub_org_code = "", .operator_id = "op", .operator_name = ""};
static const struct config_privacy privacy = {.hospital_key = "0123456789abcdef"};
static const struct config config = {.part_count = 3,
                                     .parts = {{&his_section, &his},
                                               {&config_terminal_section, &terminal},
                                               {&config_privacy_section, &privacy}}};

static const struct {
    const char *operation, *members;
} whole[] = {
    {"orgPreorder",
     "{\"org_trace_no\":\"T1\",\"doc_trace_no\":\"D1\",\"account_type\":\"01\",\"feesum_amt\":"
     "\"11.01\",\"deposit_amount\":\"0.00\",\"deposit_type\":\"WX\",\"channel_type\":\"WX\","
     "\"trace_id\":\"A1\",\"used_patient_type\":\"01\",\"pay_ord_id\":\"O1\",\"psn_no\":\"35\","
     "\"own_pay_amt\":\"0.01\",\"psn_acct_pay\":\"11.00\",\"fund_pay\":\"0.00\",\"hs_ext_data\":"
     "\"{}\"}"},
    {"orgHsTradeFile", "{\"stmt_begndate\":\"2026-11-20\",\"stmt_enddate\":\"2026-11-20\","
                       "\"page_no\":1,\"page_size\":100,\"clr_type\":\"11\"}"},
    {"orgHsCancel", "{\"mdtr_id\":\"M1\",\"setl_id\":\"S1\",\"account_type\":\"01\","
                    "\"doc_trace_no\":\"D1\",\"ipt_otp_no\":\"I1\"}"},
    {"mmpcFees", "{\"medOrgOrd\":\"T1\"}"},
    {"mmpcList", "{\"idNo\":\"11010519491231002X\"}"},
};

static cJSON *tree_of(const char *text) {
    const char *error = NULL;
    cJSON *tree = wire_parse(text, strlen(text), &error);
    if (tree == NULL)
        fail_msg("%s: %s", text, error);
    return tree;
}

static const char *complaint_of(const char *operation, const cJSON *members) {
    static struct wire_complaint complaint;
    struct wire_request request;
    complaint.text[0] = '\0';
    if (platform_his.build(&config, operation, members, 0, &request, &complaint))
        wire_request_free(&request);
    return complaint.text;
}

static void complains_of(const char *operation, const cJSON *members, const char *member) {
    char begins[64];
    snprintf(begins, sizeof begins, "his.%s.%s:", operation, member);
    const char *text = complaint_of(operation, members);
    if (strncmp(text, begins, strlen(begins)) != 0)
        fail_msg("\"%s\" instead of %s", text, begins);
}

static void what_is_missing_too_long_or_unheard_is_refused_by_its_name(void **state) {
    (void)state;
    static const char *const required[] = {"org_trace_no",      "doc_trace_no",  "feesum_amt",
                                           "used_patient_type", "stmt_begndate", "stmt_enddate",
                                           "mdtr_id",           "setl_id",       "ipt_otp_no",
                                           "medOrgOrd",         "idNo"};
    static char long_text[4200];
    memset(long_text, '1', sizeof long_text - 1);
    for (size_t i = 0; i < sizeof whole / sizeof whole[0]; i++) {
        cJSON *members = tree_of(whole[i].members);
        assert_string_equal(complaint_of(whole[i].operation, members), "");
        for (size_t j = 0; j < sizeof required / sizeof required[0]; j++)
            if (wire_member(members, required[j]) != NULL) {
                cJSON *less = cJSON_Duplicate(members, true);
                cJSON_DeleteItemFromObjectCaseSensitive(less, required[j]);
                complains_of(whole[i].operation, less, required[j]);
                cJSON_Delete(less);
            }
        for (const cJSON *member = members->child; member != NULL; member = member->next) {
            cJSON *more = cJSON_Duplicate(members, true);
            cJSON_ReplaceItemInObjectCaseSensitive(more, member->string,
                                                   cJSON_CreateString(long_text));
            complains_of(whole[i].operation, more, member->string);
            cJSON_Delete(more);
        }
        cJSON_AddStringToObject(members, "unheard", "1");
        complains_of(whole[i].operation, members, "unheard");
        cJSON_Delete(members);
    }
}

static void the_centre_s_questions_name_the_institution_alone(void **state) {
    (void)state;
    struct wire_request request;
    struct wire_complaint complaint;
    cJSON *members = tree_of("{\"medOrgOrd\":\"T1\"}");
    assert_true(platform_his.build(&config, "mmpcFees", members, 0, &request, &complaint));
    assert_string_equal(request.url, "http://127.0.0.1:1/his/mmpcFees");
    assert_string_equal(request.body, "{\"orgCodg\":\"H1\",\"medOrgOrd\":\"T1\"}");
    wire_request_free(&request);
    cJSON_Delete(members);
}

static void means(const char *operation, const char *body, enum outcome outcome) {
    cJSON *sent = tree_of("{\"org_trace_no\":\"T1\",\"medOrgOrd\":\"T1\"}");
    struct wire_reading reading;
    platform_his.read(&config, operation, sent, 200, body, strlen(body), &reading);
    if (reading.outcome != outcome || reading.answer.outcome != outcome)
        fail_msg("%s %s: %s, %s", operation, body, outcome_word(reading.outcome), reading.message);
    free(reading.document);
    wire_reading_free(&reading);
    cJSON_Delete(sent);
}

static void a_preorder_is_what_its_result_says(void **state) {
    (void)state;
    means("orgPreorder", "{\"ret_code\":\"00\",\"result\":\"succ\",\"call_sn\":\"S\"}",
          OUTCOME_ACCEPTED);
    means("orgPreorder", "{\"ret_code\":\"00\",\"result\":\"succ\"}", OUTCOME_MALFORMED);
    means("orgPreorder", "{\"ret_code\":\"00\",\"result\":\"fail\"}", OUTCOME_DECLINED);
    means("orgPreorder", "{\"ret_code\":\"00\",\"result\":\"exp\"}", OUTCOME_UNKNOWN);
    means("orgPreorder", "{\"ret_code\":\"02\",\"result\":\"fail\"}", OUTCOME_UNKNOWN);
    means("orgPreorder", "{\"ret_code\":\"00\"}", OUTCOME_MALFORMED);
}

#define TRADE "{\"setl_id\":\"1\",\"mdtrt_id\":\"2\",\"medfee_sumamt\":\"10.00\"}"

static void a_page_of_insurance_trades_needs_ids_and_amounts(void **state) {
    (void)state;
    means("orgHsTradeFile", "{\"current\":1,\"pages\":2,\"billdetail\":[" TRADE "," TRADE "]}",
          OUTCOME_ACCEPTED);
    means("orgHsTradeFile", "{\"billdetail\":[]}", OUTCOME_ACCEPTED);
    means("orgHsTradeFile", "{\"current\":1}", OUTCOME_MALFORMED);
    means("orgHsTradeFile", "{\"pages\":\"many\",\"billdetail\":[]}", OUTCOME_MALFORMED);
    means("orgHsTradeFile", "{\"billdetail\":[{\"setl_id\":\"1\",\"mdtrt_id\":\"2\"}]}",
          OUTCOME_MALFORMED);
    means("orgHsTradeFile", "{\"billdetail\":[{\"mdtrt_id\":\"2\",\"medfee_sumamt\":1}]}",
          OUTCOME_MALFORMED);
    means("orgHsTradeFile", "{\"ret_code\":\"01\"}", OUTCOME_DECLINED);
    means("orgHsTradeFile", "{\"ret_code\":\"99\"}", OUTCOME_UNKNOWN);
}

static void a_cancelled_settlement_says_so_or_nothing_is_known(void **state) {
    (void)state;
    means("orgHsCancel", "{\"ret_code\":\"00\",\"ret_msg\":\"x\"}", OUTCOME_ACCEPTED);
    means("orgHsCancel", "{\"ret_code\":\"01\"}", OUTCOME_UNKNOWN);
    means("orgHsCancel", "{\"ret_code\":\"99\"}", OUTCOME_UNKNOWN);
    means("orgHsCancel", "{}", OUTCOME_MALFORMED);
}

#define FEES(order, sum, total)                                                                    \
    "{\"code\":1,\"message\":\"x\",\"data\":{\"medOrgOrd\":" order ",\"medfeeSumamt\":" sum        \
    ",\"feedetailList\":[{\"feedetlSn\":\"1\",\"detItemFeeSumamt\":" total "}]}}"

static void the_fees_of_an_order_are_read(void **state) {
    (void)state;
    means("mmpcFees", FEES("\"T1\"", "\"40.12\"", "\"40.123456\""), OUTCOME_ACCEPTED);
    means("mmpcFees", FEES("\"T1\"", "40.12", "40.123456"), OUTCOME_ACCEPTED);
    means("mmpcFees", FEES("\"T2\"", "40.12", "40.12"), OUTCOME_MALFORMED);
    means("mmpcFees", FEES("\"T1\"", "40.123", "40.12"), OUTCOME_MALFORMED);
    means("mmpcFees", FEES("\"T1\"", "40.12", "40.1234567"), OUTCOME_MALFORMED);
    means("mmpcFees", FEES("\"T1\"", "40.12", "\"1e3\""), OUTCOME_MALFORMED);
    means("mmpcFees", "{\"code\":1,\"data\":{\"medOrgOrd\":\"T1\",\"medfeeSumamt\":1}}",
          OUTCOME_MALFORMED);
    means("mmpcFees", "{\"code\":0,\"message\":\"none\"}", OUTCOME_DECLINED);
    means("mmpcFees", "{\"data\":{}}", OUTCOME_MALFORMED);
    means("mmpcList",
          "{\"code\":\"1\",\"data\":{\"pendingChargeList\":[{\"medOrgOrd\":\"T1\","
          "\"medfeeSumamt\":58}]}}",
          OUTCOME_ACCEPTED);
    means("mmpcList", "{\"code\":1,\"data\":{\"pendingChargeList\":[]}}", OUTCOME_ACCEPTED);
    means("mmpcList", "{\"code\":1,\"data\":{}}", OUTCOME_MALFORMED);
    means("mmpcList", "{\"code\":1,\"data\":{\"pendingChargeList\":[{\"medfeeSumamt\":58}]}}",
          OUTCOME_MALFORMED);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_missing_too_long_or_unheard_is_refused_by_its_name),
        cmocka_unit_test(the_centre_s_questions_name_the_institution_alone),
        cmocka_unit_test(a_preorder_is_what_its_result_says),
        cmocka_unit_test(a_page_of_insurance_trades_needs_ids_and_amounts),
        cmocka_unit_test(a_cancelled_settlement_says_so_or_nothing_is_known),
        cmocka_unit_test(the_fees_of_an_order_are_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
