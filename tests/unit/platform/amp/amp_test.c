/* The insurance portal: what is sent to it, and what its answers mean for the money. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "app/platform/amp/amp.h"
#include "app/wire/envelope.h"
#include "app/wire/json.h"
#include "app/wire/masked.h"

#define NOW_MS INT64_C(1795140672345) /* 2026-11-20 10:11:12.345 */
#define APP_ID "43AF047BBA47FC8A1AE8EFB232BDBBCB"
#define KEY "4117E877F5FA0A0188891283E4B617D5"

static struct amp_config amp = {
    .server_addr = "http://127.0.0.1:1/",
    .app_id = APP_ID,
    .app_key = KEY,
    .org_id = "H46010000000",
    .org_secret = "hidden-secret",
    .vendor = {.path = "x.so", .function = "MobileTrans", .encoding = WIRE_GB18030},
    .keys = {APP_ID, KEY, NULL, NULL, NULL}};
static const struct config config = {.part_count = 1, .parts = {{&amp_section, &amp}}};

static struct wire_request request;
static struct wire_reading reading;
static struct wire_complaint complaint;

#define PUSH                                                                                        \
    "{\"hisCustType\":\"01\",\"hisCustId\":\"532494\",\"phone\":\"13800000000\",\"appType\":"       \
    "\"01\",\"medOrgOrd\":\"ZL05\",\"orderStatus\":\"MERCHANT_WAIT_PAY\",\"orgCode\":\"H46\","      \
    "\"patientName\":\"周大鹏\",\"idType\":\"01\",\"idNo\":\"460029196507081627\",\"pushType\":" \
    "\"HOSPITAL_PAYMENT\",\"amount\":\"12.30\"}"
#define REFUND                                                                                     \
    "{\"ampTraceId\":\"A1\",\"traceId\":\"T1\",\"orgTraceNo\":\"O1\",\"orgCode\":\"H46\","         \
    "\"refundReason\":\"退费\",\"refundAmount\":\"1.00\",\"refundType\":\"01\",\"outRefundNo\":" \
    "\"R1\",\"orgRefundSn\":\"S1\"}"
#define QUERY "{\"orgCode\":\"H46\",\"outRefundNo\":\"R1\",\"ampRefundId\":\"AR1\"}"
#define FILE_OF_DAY "{\"orgCode\":\"H46\",\"billDate\":\"2022-04-24\",\"billType\":\"ALL\"}"

static const struct {
    const char *operation, *members;
} whole[] = {{"pushMsg", PUSH},
             {"refund", REFUND},
             {"queryRefundResult", QUERY},
             {"getTradeFile", FILE_OF_DAY}};

static cJSON *tree_of(const char *text) {
    const char *error = NULL;
    cJSON *tree = wire_parse(text, strlen(text), &error);
    if (tree == NULL)
        fail_msg("%s: %s", text, error);
    return tree;
}

static bool build_tree(const char *operation, const cJSON *members) {
    wire_request_free(&request);
    complaint.text[0] = '\0';
    return platform_amp.build(&config, operation, members, NOW_MS, &request, &complaint);
}

static void sends(const char *operation, const char *members) {
    cJSON *tree = tree_of(members);
    if (!build_tree(operation, tree))
        fail_msg("%s", complaint.text);
    cJSON_Delete(tree);
}

static void refuses(const char *operation, const cJSON *members, const char *member) {
    char begins[64];
    snprintf(begins, sizeof begins, "amp.%s.%s:", operation, member);
    assert_false(build_tree(operation, members));
    if (strncmp(complaint.text, begins, strlen(begins)) != 0)
        fail_msg("%s instead of %s", complaint.text, begins);
}

/* `value` NULL: without the member. */
static void refuses_with(const char *operation, const char *members, const char *member,
                         const char *value, const char *named) {
    cJSON *tree = tree_of(members);
    cJSON_DeleteItemFromObjectCaseSensitive(tree, member);
    if (value != NULL)
        cJSON_AddStringToObject(tree, member, value);
    refuses(operation, tree, named);
    cJSON_Delete(tree);
}

static void over_http(void) {
    amp.by_library = false;
}

static void what_is_missing_too_long_or_unheard_is_refused_by_its_name(void **state) {
    (void)state;
    static char long_text[600];
    memset(long_text, '1', sizeof long_text - 1);
    over_http();
    for (size_t i = 0; i < sizeof whole / sizeof whole[0]; i++) {
        cJSON *members = tree_of(whole[i].members);
        for (const cJSON *member = members->child; member != NULL; member = member->next) {
            bool optional = strcmp(member->string, "ampRefundId") == 0 ||
                            strcmp(member->string, "refundAmount") == 0;
            if (!optional)
                refuses_with(whole[i].operation, whole[i].members, member->string, NULL,
                             member->string);
            refuses_with(whole[i].operation, whole[i].members, member->string, long_text,
                         member->string);
        }
        cJSON_Delete(members);
        refuses_with(whole[i].operation, whole[i].members, "unheard", "1", "unheard");
    }
}

static void one_member_demands_another(void **state) {
    (void)state;
    over_http();
    refuses_with("pushMsg", PUSH, "orderStatus", "MERCHANT_REFUNDED", "refundReason");
    refuses_with("pushMsg", PUSH, "orderStatus", "MERCHANT_LOST", "orderStatus");
    refuses_with("pushMsg", PUSH, "amount", "0.00", "amount");
    refuses_with("refund", REFUND, "refundType", "02", "refundAmount");
    refuses_with("refund", REFUND, "refundType", "04", "refundType");
    refuses_with("getTradeFile", FILE_OF_DAY, "billType", "SUCCESS", "billType");
    refuses_with("getTradeFile", FILE_OF_DAY, "billDate", "20220424", "billDate");
    cJSON *members = tree_of(PUSH); /* of another kind of message no amount is wanted */
    cJSON_DeleteItemFromObjectCaseSensitive(members, "amount");
    cJSON_ReplaceItemInObjectCaseSensitive(members, "pushType",
                                           cJSON_CreateString("HOSPITAL_CHECK"));
    assert_true(build_tree("pushMsg", members));
    cJSON_Delete(members);
}

static void the_envelope_is_signed_with_sm3(void **state) {
    (void)state;
    char key[ENVELOPE_KEY_SIZE];
    over_http();
    sends("getTradeFile", FILE_OF_DAY);
    assert_string_equal(request.url, "http://127.0.0.1:1/api/amp/hos/getTradeFile");
    cJSON *body = tree_of(request.body);
    assert_null(wire_member(body, "data"));
    assert_string_equal(wire_text(body, "signType"), "SM3");
    assert_string_equal(wire_text(body, "version"), "1.0.0");
    assert_string_equal(wire_text(body, "timestamp"), "2026-11-20 10:11:12");
    assert_true(envelope_key(APP_ID, KEY, key));
    cJSON_AddItemToObject(body, "data", envelope_decrypt(wire_text(body, "encData"), key));
    assert_true(envelope_sm3_verify(body, KEY));
    assert_string_equal(wire_text(wire_member(body, "data"), "orgSecret"), "hidden-secret");
    cJSON_Delete(body);
    char *masked = masked_text(request.message);
    assert_null(strstr(masked, "hidden-secret"));
    free(masked);
}

/* Answers */

static void drop_reading(void) {
    free(reading.document);
    wire_reading_free(&reading);
}

static void hears_body(const char *operation, const char *body) {
    drop_reading();
    platform_amp.read(&config, operation, request.message, 200, body, strlen(body), &reading);
}

static char *sealed_answer(const char *code, const char *data, const char *key) {
    char sign[ENVELOPE_SM3_SIZE];
    struct sealed_keys keys = {APP_ID, key, NULL, NULL, NULL};
    cJSON *message = cJSON_CreateObject();
    cJSON_AddStringToObject(message, "appId", APP_ID);
    cJSON_AddStringToObject(message, "code", code);
    cJSON_AddStringToObject(message, "message", "x");
    if (data != NULL)
        cJSON_AddItemToObject(message, "data", tree_of(data));
    char *base = envelope_base(message, key);
    envelope_sm3(base, sign);
    free(base);
    cJSON_AddStringToObject(message, "signData", sign);
    char *body = data != NULL ? sealed_body(&keys, message) : wire_print(message, false);
    cJSON_Delete(message);
    return body;
}

static void hears_code(const char *operation, const char *code, const char *data) {
    char *body = sealed_answer(code, data, KEY);
    hears_body(operation, body);
    free(body);
}

static void hears(const char *operation, const char *data) {
    hears_code(operation, "000000", data);
}

static void means(enum outcome outcome, enum trade_state trade) {
    if (reading.outcome != outcome || reading.answer.trade != trade)
        fail_msg("%s [%s] %s, trade %d", outcome_word(reading.outcome), reading.code,
                 reading.message, reading.answer.trade);
    assert_int_equal(reading.answer.outcome, outcome);
}

#define STATUS(word)                                                                               \
    "{\"ampRefundId\":\"AR1\",\"refundTraceId\":\"RT1\",\"traceId\":\"T1\"" word "}"

static void each_status_of_a_refund_has_its_meaning(void **state) {
    (void)state;
    static const struct {
        const char *data;
        enum outcome outcome;
        enum trade_state trade;
    } rows[] = {
        {STATUS(",\"tradeStatus\":\"SUCCESS\""), OUTCOME_ACCEPTED, TRADE_RETURNED},
        {STATUS(",\"tradeStatus\":\"REFUND\""), OUTCOME_ACCEPTED, TRADE_RETURNED},
        {STATUS(",\"tradeStatus\":\"FAIL\""), OUTCOME_DECLINED, TRADE_RETURN_FAILED},
        {STATUS(",\"tradeStatus\":\"INIT\""), OUTCOME_PENDING, TRADE_WAIT},
        {STATUS(",\"tradeStatus\":\"ING\""), OUTCOME_PENDING, TRADE_WAIT},
        {STATUS(",\"tradeStatus\":\"EXP\""), OUTCOME_UNKNOWN, TRADE_OTHER},
        {STATUS(",\"tradeStatus\":\"success\""), OUTCOME_UNKNOWN, TRADE_OTHER},
        {STATUS(""), OUTCOME_UNKNOWN, TRADE_OTHER},
        {"{\"tradeStatus\":\"SUCCESS\"}", OUTCOME_MALFORMED, TRADE_NONE},
        {"{\"ampRefundId\":\"AR1\",\"refundTraceId\":\"RT1\",\"tradeStatus\":\"SUCCESS\"}",
         OUTCOME_MALFORMED, TRADE_NONE},
        {"{\"ampRefundId\":\"AR2\",\"traceId\":\"T9\",\"tradeStatus\":\"SUCCESS\"}",
         OUTCOME_MALFORMED, TRADE_NONE},
    };
    over_http();
    sends("refund", REFUND);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        hears("refund", rows[i].data);
        means(rows[i].outcome, rows[i].trade);
    }
    sends("queryRefundResult", QUERY);
    hears("queryRefundResult", STATUS(",\"tradeStatus\":\"SUCCESS\""));
    means(OUTCOME_ACCEPTED, TRADE_RETURNED);
    hears("queryRefundResult", "{\"ampRefundId\":\"AR2\",\"tradeStatus\":\"SUCCESS\"}");
    means(OUTCOME_MALFORMED, TRADE_NONE);
}

static void messages_and_files_are_read(void **state) {
    (void)state;
    over_http();
    sends("pushMsg", PUSH);
    hears("pushMsg", "{\"response\":\"SUCCESS\"}");
    means(OUTCOME_ACCEPTED, TRADE_NONE);
    hears("pushMsg", "{\"response\":\"ERROR\"}");
    means(OUTCOME_DECLINED, TRADE_NONE);
    hears("pushMsg", "{\"response\":\"INVALID_PUSH_TYPE\"}");
    means(OUTCOME_DECLINED, TRADE_NONE);
    assert_string_equal(reading.message, "INVALID_PUSH_TYPE");
    hears("pushMsg", "{\"response\":\"\"}");
    means(OUTCOME_MALFORMED, TRADE_NONE);
#define DIGEST "0123456789abcdef0123456789ABCDEF01234567"
    hears("getTradeFile", "{\"digest\":\"" DIGEST "\",\"digestType\":\"SHA1\",\"downloadUrl\":"
                          "\"https://x/y\"}");
    means(OUTCOME_ACCEPTED, TRADE_NONE);
    assert_false(reading.unverified);
    hears("getTradeFile", "{\"digest\":\"" DIGEST "0\",\"downloadUrl\":\"https://x/y\"}");
    means(OUTCOME_MALFORMED, TRADE_NONE);
    hears("getTradeFile", "{\"digest\":\"" DIGEST "\",\"digestType\":\"MD5\",\"downloadUrl\":"
                          "\"https://x/y\"}");
    means(OUTCOME_MALFORMED, TRADE_NONE);
    hears("getTradeFile", "{\"digest\":\"" DIGEST "\",\"downloadUrl\":\"file:///etc/passwd\"}");
    means(OUTCOME_MALFORMED, TRADE_NONE);
}

static void only_what_verifies_is_believed(void **state) {
    (void)state;
    over_http();
    sends("refund", REFUND);
    char *body =
        sealed_answer("000000", STATUS(",\"tradeStatus\":\"SUCCESS\""), "another-key-of-it");
    hears_body("refund", body);
    means(OUTCOME_MALFORMED, TRADE_NONE);
    free(body);
    hears_body("refund",
               "{\"code\":\"000000\",\"data\":" STATUS(",\"tradeStatus\":\"SUCCESS\"") "}");
    means(OUTCOME_MALFORMED, TRADE_NONE);
    hears_body("refund", "{\"code\":\"-2\"}");
    means(OUTCOME_MALFORMED, TRADE_NONE);
    hears_body("refund", "{}");
    means(OUTCOME_MALFORMED, TRADE_NONE);
}

/* The vendor's library */

static void by_library(void) {
    amp.by_library = true;
}

static void a_library_is_told_all_in_its_input(void **state) {
    (void)state;
    by_library();
    sends("pushMsg", PUSH);
    assert_non_null(request.library);
    cJSON *input = tree_of(request.body);
    const cJSON *data = wire_member(input, "data");
    assert_string_equal(wire_text(input, "orgId"), "H46010000000");
    assert_string_equal(wire_text(data, "serverAddr"), "http://127.0.0.1:1/api/amp/hos/pushMsg");
    assert_string_equal(wire_text(data, "appKey"), KEY);
    assert_string_equal(wire_text(data, "encryptType"), "SM4");
    assert_string_equal(wire_text(data, "hisCustId"), "532494");
    cJSON_Delete(input);
    assert_null(wire_text(wire_member(request.message, "data"), "appKey")); /* is not remembered */
    cJSON *members = tree_of(PUSH);
    char *text = malloc(2100);
    memset(text, 'x', 2099);
    text[2099] = '\0';
    cJSON_AddStringToObject(members, "extData", text);
    free(text);
    assert_false(build_tree("pushMsg", members));
    assert_non_null(strstr(complaint.text, "amp.pushMsg: expected at most 2047 bytes"));
    cJSON_Delete(members);
}

static void hears_library_of(const char *operation, const char *returned, const char *out) {
    cJSON *reply = cJSON_CreateObject();
    if (returned != NULL)
        cJSON_AddStringToObject(reply, "returned", returned);
    cJSON_AddStringToObject(reply, "out", out);
    char *body = wire_print(reply, false);
    hears_body(operation, body);
    free(body);
    cJSON_Delete(reply);
}

static void hears_library(const char *returned, const char *out) {
    hears_library_of("pushMsg", returned, out);
}

/* It does not say what it checked: nobody vouches for the digest of the trade file. */
static void a_librarys_trade_file_is_unverified(void **state) {
    (void)state;
    by_library();
    sends("getTradeFile", FILE_OF_DAY);
    hears_library_of("getTradeFile", "000000",
                     "{\"code\":0,\"data\":{\"digest\":\"" DIGEST
                     "\",\"downloadUrl\":\"https://x/y\"}}");
    means(OUTCOME_ACCEPTED, TRADE_NONE);
    assert_true(reading.unverified);
}

/* "" names no payment, as it names no refund. */
static void an_empty_number_names_no_payment(void **state) {
    (void)state;
    by_library();
    sends("refund", REFUND);
    hears_library_of("refund", "000000",
                     "{\"code\":0,\"data\":{\"ampRefundId\":\"AR9\",\"traceId\":\"\","
                     "\"tradeStatus\":\"SUCCESS\"}}");
    means(OUTCOME_MALFORMED, TRADE_NONE);
}

/* Each code of the document, over http and from a library: what it says of a message and of a
 * refund; a question that is refused says nothing. All of them are answers, also those that look
 * like an error of transport. */
static const struct {
    const char *code;
    enum outcome act;
    bool spoke;
} codes_of_document[] = {
    {"-2", OUTCOME_DECLINED, true},     {"-4", OUTCOME_DECLINED, true},
    {"-5", OUTCOME_DECLINED, true},     {"-8", OUTCOME_DECLINED, true},
    {"000105", OUTCOME_DECLINED, true}, {"404404", OUTCOME_DECLINED, true},
    {"000001", OUTCOME_UNKNOWN, true},  {"000002", OUTCOME_UNKNOWN, true},
    {"000003", OUTCOME_UNKNOWN, true},  {"000100", OUTCOME_UNKNOWN, true},
    {"000101", OUTCOME_UNKNOWN, true},  {"000102", OUTCOME_UNKNOWN, true},
    {"010010", OUTCOME_UNKNOWN, true},  {"-1", OUTCOME_UNKNOWN, true},
    {"-3", OUTCOME_UNKNOWN, true},      {"-6", OUTCOME_UNKNOWN, true},
    {"-7", OUTCOME_UNKNOWN, true},      {"444444", OUTCOME_UNKNOWN, true},
    {"777777", OUTCOME_UNKNOWN, true}, /* no code of the document's */
    {"-28", OUTCOME_UNKNOWN, false},    {"-9", OUTCOME_UNKNOWN, false},
};

static void is_said(enum outcome outcome, bool spoke) {
    means(outcome, TRADE_NONE);
    if (answer_spoke(&reading.answer) != spoke)
        fail_msg("[%s] is taken for %s", reading.code, spoke ? "silence" : "an answer");
}

static void each_code_has_its_meaning(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof codes_of_document / sizeof codes_of_document[0]; i++) {
        const char *code = codes_of_document[i].code;
        enum outcome act = codes_of_document[i].act;
        over_http();
        sends("refund", REFUND);
        hears_code("refund", code, NULL);
        is_said(act, codes_of_document[i].spoke);
        hears_code("pushMsg", code, NULL);
        is_said(act, codes_of_document[i].spoke);
        hears_code("queryRefundResult", code, NULL);
        is_said(OUTCOME_UNKNOWN, codes_of_document[i].spoke);
        by_library();
        hears_library(code, "");
        is_said(act, codes_of_document[i].spoke);
    }
}

static void both_forms_of_a_library_are_read(void **state) {
    (void)state;
    by_library();
    sends("pushMsg", PUSH);
    hears_library("000000", "{\"code\":0,\"data\":{\"response\":\"SUCCESS\"},\"orgId\":\"H46\"}");
    means(OUTCOME_ACCEPTED, TRADE_NONE);
    hears_library("000000", "{\"respCode\":\"000000\",\"respMsg\":\"x\",\"param\":"
                            "\"{\\\"response\\\":\\\"ERROR\\\"}\"}");
    means(OUTCOME_DECLINED, TRADE_NONE);
    hears_library("000000", "{\"code\":-2,\"message\":\"no\"}");
    means(OUTCOME_DECLINED, TRADE_NONE);
    hears_library("000105", "");
    means(OUTCOME_DECLINED, TRADE_NONE);
    hears_library("000105", "{\"code\":0,\"data\":{\"response\":\"SUCCESS\"}}");
    means(OUTCOME_MALFORMED, TRADE_NONE);
    hears_library("000000", "");
    means(OUTCOME_MALFORMED, TRADE_NONE);
    hears_library("000000", "garbage");
    means(OUTCOME_MALFORMED, TRADE_NONE);
    hears_library(NULL, "{}");
    means(OUTCOME_MALFORMED, TRADE_NONE);
    hears_library("444444", "");
    means(OUTCOME_UNKNOWN, TRADE_NONE);
}

static int put_away(void **state) {
    (void)state;
    drop_reading();
    wire_request_free(&request);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_missing_too_long_or_unheard_is_refused_by_its_name),
        cmocka_unit_test(one_member_demands_another),
        cmocka_unit_test(the_envelope_is_signed_with_sm3),
        cmocka_unit_test(each_code_has_its_meaning),
        cmocka_unit_test(each_status_of_a_refund_has_its_meaning),
        cmocka_unit_test(messages_and_files_are_read),
        cmocka_unit_test(only_what_verifies_is_believed),
        cmocka_unit_test(a_library_is_told_all_in_its_input),
        cmocka_unit_test(an_empty_number_names_no_payment),
        cmocka_unit_test(both_forms_of_a_library_are_read),
        cmocka_unit_test(a_librarys_trade_file_is_unverified),
    };
    return cmocka_run_group_tests(tests, NULL, put_away);
}
