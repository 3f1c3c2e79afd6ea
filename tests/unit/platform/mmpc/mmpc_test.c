/* The insurance centre: what is sent to it, and what its answers mean for the money. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "app/core/order/shares.h"
#include "app/platform/mmpc/mmpc.h"
#include "app/wire/envelope.h"
#include "app/wire/json.h"
#include "app/wire/masked.h"

#define NOW_MS INT64_C(1795140672345) /* 2026-11-20 10:11:12.345 */
#define APP_ID "43AF047BBA47FC8A1AE8EFB232BDBBCB"
#define SECRET "4117E877F5FA0A0188891283E4B617D5"
/* Of tests/vectors/envelope.json: a pair that signs for both sides. */
#define PRIVATE "211fee8c3c5fee2fad3dc926fc9403366d2def02cdd0bb5bd683ca015d99db7f"
#define PUBLIC                                                                                     \
    "0417cc16abaebedc7f87b2e0a508c0cb93631761db7fa19adece712c6aade1d673e389b5e902df7a2e6fe3917b0f" \
    "55747e00d74e36e939ecc3e7967b7058a91858"

static struct mmpc_config mmpc = {.base_url = "http://127.0.0.1:1",
                                  .app_id = APP_ID,
                                  .app_secret = SECRET,
                                  .org_codg = "H1",
                                  .keys = {APP_ID, SECRET, PRIVATE, PUBLIC, NULL}};
static const struct config config = {.part_count = 1, .parts = {{&mmpc_section, &mmpc}}};

static struct wire_request request;
static struct wire_reading reading;
static struct wire_complaint complaint;

static const struct {
    const char *operation, *members;
    enum mmpc_dialect dialect;
} whole[] = {
    {"cashier",
     "{\"medOrgOrd\":\"P1\",\"openId\":\"o\",\"returnUrl\":\"http://h/r?a=1\",\"notifyUrl\":"
     "\"http://h/n\"}",
     MMPC_DOCUMENT},
    {"query", "{\"payOrdId\":\"ORD1\"}", MMPC_DOCUMENT},
    {"query", "{\"medOrgOrd\":\"P1\"}", MMPC_DOCUMENT},
    {"refund",
     "{\"medOrgOrd\":\"P1\",\"appRefdSn\":\"R1\",\"refChannel\":\"offline\",\"ecToken\":\"E\","
     "\"refdType\":\"ALL\"}",
     MMPC_DOCUMENT},
    {"bill", "{\"orgCodg\":\"H1\",\"billDate\":\"20260519\",\"billType\":\"ALL\"}", MMPC_DOCUMENT},
    {"upload", "{\"medOrgOrd\":\"P1\",\"ecToken\":\"E\"}", MMPC_DOCUMENT},
    {"upload", "{\"medOrgOrd\":\"P1\",\"payAuthNo\":\"A\"}", MMPC_NATIONAL},
    {"revoke", "{\"payOrdId\":\"ORD1\"}", MMPC_DOCUMENT},
    {"notice",
     "{\"psnName\":\"张伞\",\"idType\":\"01\",\"idNo\":\"510100\",\"orgCodg\":\"H1\",\"msgType\":"
     "\"1\",\"channel\":\"13\"}",
     MMPC_DOCUMENT},
    {"query",
     "{\"payOrdId\":\"ORD1\",\"orgCodg\":\"H1\",\"payToken\":\"T\",\"idNo\":\"510100\","
     "\"userName\":\"张伞\",\"idType\":\"01\"}",
     MMPC_NATIONAL},
    {"refund",
     "{\"payOrdId\":\"ORD1\",\"appRefdSn\":\"R1\",\"appRefdTime\":\"20261120101112\","
     "\"totlRefdAmt\":\"12.30\",\"cashRefdAmt\":\"0.00\",\"payAuthNo\":\"A\"}",
     MMPC_NATIONAL},
};
#define WHOLE_COUNT (sizeof whole / sizeof whole[0])

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
    return platform_mmpc.build(&config, operation, members, NOW_MS, &request, &complaint);
}

static bool builds(const char *operation, const char *members) {
    cJSON *tree = tree_of(members);
    bool good = build_tree(operation, tree);
    cJSON_Delete(tree);
    return good;
}

static void sends(const char *operation, const char *members) {
    if (!builds(operation, members))
        fail_msg("%s", complaint.text);
}

static void refuses(const char *operation, const cJSON *members, const char *member) {
    char begins[64];
    snprintf(begins, sizeof begins, "mmpc.%s.%s:", operation, member);
    assert_false(build_tree(operation, members));
    if (strncmp(complaint.text, begins, strlen(begins)) != 0)
        fail_msg("%s instead of %s", complaint.text, begins);
}

static void plainly(void) {
    mmpc.sealed = false;
    mmpc.dialect = MMPC_DOCUMENT;
}

static void every_missing_member_is_refused_by_its_name(void **state) {
    (void)state;
    static const char *const optional[] = {"openId", "returnUrl", "notifyUrl", "appId", "orgCodg"};
    for (size_t i = 0; i < WHOLE_COUNT; i++) {
        plainly();
        mmpc.dialect = whole[i].dialect;
        cJSON *members = tree_of(whole[i].members);
        if (!build_tree(whole[i].operation, members))
            fail_msg("%s", complaint.text);
        for (const cJSON *member = members->child; member != NULL; member = member->next) {
            bool needed = true;
            for (size_t j = 0; j < sizeof optional / sizeof optional[0]; j++)
                needed = needed && strcmp(optional[j], member->string) != 0;
            cJSON *less = cJSON_Duplicate(members, true);
            cJSON_DeleteItemFromObjectCaseSensitive(less, member->string);
            if (needed) {
                assert_false(build_tree(whole[i].operation, less));
                assert_non_null(strstr(complaint.text, member->string));
            }
            cJSON_Delete(less);
        }
        cJSON_Delete(members);
    }
}

static void what_is_too_long_or_not_listed_is_refused_by_its_name(void **state) {
    (void)state;
    static const char *const listed[] = {"refChannel", "refdType", "billType",   "msgType",
                                         "channel",    "billDate", "appRefdTime"};
    char long_text[600];
    memset(long_text, '1', sizeof long_text - 1);
    long_text[sizeof long_text - 1] = '\0';
    for (size_t i = 0; i < WHOLE_COUNT; i++) {
        plainly();
        mmpc.dialect = whole[i].dialect;
        cJSON *members = tree_of(whole[i].members);
        for (const cJSON *member = members->child; member != NULL; member = member->next) {
            cJSON *changed = cJSON_Duplicate(members, true);
            cJSON_ReplaceItemInObjectCaseSensitive(changed, member->string,
                                                   cJSON_CreateString(long_text));
            refuses(whole[i].operation, changed, member->string);
            cJSON_Delete(changed);
        }
        for (size_t j = 0; j < sizeof listed / sizeof listed[0]; j++)
            if (cJSON_HasObjectItem(members, listed[j])) {
                cJSON *changed = cJSON_Duplicate(members, true);
                cJSON_ReplaceItemInObjectCaseSensitive(changed, listed[j],
                                                       cJSON_CreateString("99"));
                refuses(whole[i].operation, changed, listed[j]);
                cJSON_Delete(changed);
            }
        cJSON_AddStringToObject(members, "unheard", "1");
        refuses(whole[i].operation, members, "unheard");
        cJSON_Delete(members);
    }
}

static void of_two_members_exactly_one_is_sent(void **state) {
    (void)state;
    static const struct {
        const char *operation, *members, *named;
    } both[] = {
        {"query", "{\"payOrdId\":\"O\",\"medOrgOrd\":\"P\"}", "medOrgOrd"},
        {"revoke", "{\"payOrdId\":\"O\",\"medOrgOrd\":\"P\"}", "medOrgOrd"},
        {"revoke", "{}", "payOrdId"},
        {"upload", "{\"medOrgOrd\":\"P\",\"ecToken\":\"E\",\"payAuthNo\":\"A\"}", "payAuthNo"},
        {"upload", "{\"medOrgOrd\":\"P\",\"ecToken\":\"\",\"payAuthNo\":null}", "ecToken"},
    };
    plainly();
    for (size_t i = 0; i < sizeof both / sizeof both[0]; i++) {
        cJSON *members = tree_of(both[i].members);
        refuses(both[i].operation, members, both[i].named);
        cJSON_Delete(members);
    }
    sends("refund", "{\"medOrgOrd\":\"P1\",\"appRefdSn\":\"R1\",\"refChannel\":\"online\","
                    "\"refdType\":\"CASH\"}"); /* online needs no ecToken */
}

static void a_plain_request_goes_to_its_path_with_our_id(void **state) {
    (void)state;
    plainly();
    sends("query", "{\"medOrgOrd\":\"P1\"}");
    assert_string_equal(request.url, "http://127.0.0.1:1/org/local/api/hos/query_order_info");
    assert_string_equal(request.body, "{\"appId\":\"" APP_ID "\",\"medOrgOrd\":\"P1\"}");
}

static void the_cashier_is_a_link_encoded_once(void **state) {
    (void)state;
    plainly();
    sends("cashier", "{\"medOrgOrd\":\"P 1\",\"returnUrl\":\"http://h/r?a=1&b=%20\"}");
    assert_true(request.shown);
    assert_null(request.body);
    assert_string_equal(request.url,
                        "http://127.0.0.1:1/cashier?appId=" APP_ID
                        "&medOrgOrd=P%201&returnUrl=http%3A%2F%2Fh%2Fr%3Fa%3D1%26b%3D%2520");
}

static void the_envelope_holds_what_was_asked(void **state) {
    (void)state;
    char key[ENVELOPE_KEY_SIZE];
    plainly();
    mmpc.sealed = true;
    sends("query", "{\"medOrgOrd\":\"P1\"}");
    cJSON *body = tree_of(request.body);
    assert_null(wire_member(body, "data"));
    assert_string_equal(wire_text(body, "signType"), "SM2");
    assert_string_equal(wire_text(body, "version"), "2.0.1");
    assert_string_equal(wire_text(body, "timestamp"), "20261120101112");
    assert_true(envelope_key(APP_ID, SECRET, key));
    cJSON *data = envelope_decrypt(wire_text(body, "encData"), key);
    assert_string_equal(wire_text(data, "appId"), APP_ID);
    assert_string_equal(wire_text(data, "medOrgOrd"), "P1");
    cJSON_AddItemToObject(body, "data", data);
    char *base = envelope_base(body, SECRET);
    assert_true(envelope_sm2_verify(base, PUBLIC, wire_text(body, "signData")));
    free(base);
    cJSON_Delete(body);
}

/* Answers */

static void hears_body(const char *operation, const char *body) {
    free(reading.document);
    wire_reading_free(&reading);
    platform_mmpc.read(&config, operation, request.message, 200, body, strlen(body), &reading);
}

static void means(enum outcome outcome, enum trade_state trade) {
    if (reading.outcome != outcome || reading.answer.trade != trade)
        fail_msg("%s [%s] %s, trade %d", outcome_word(reading.outcome), reading.code,
                 reading.message, reading.answer.trade);
    assert_int_equal(reading.answer.outcome, outcome);
}

#define ORDER(state, own)                                                                          \
    "{\"medOrgOrd\":\"P1\",\"payOrdId\":\"ORD1\",\"ordStas\":" state ",\"feeSumamt\":39.09,"       \
    "\"fundPay\":21.50,\"psnAcctPay\":0.00,\"ownPayAmt\":" own                                     \
    ",\"hiChrgTime\":\"20230418113442\",\"extData\":{\"setlinfo\":{\"acctPay\":0}}}"
#define DONE ORDER("\"6\"", "17.59")

static void hears(const char *operation, const char *data) {
    char body[2000];
    snprintf(body, sizeof body, "{\"code\":1,\"message\":\"成功\",\"data\":%s}", data);
    hears_body(operation, body);
}

static void asks_order(void) {
    plainly();
    sends("query", "{\"medOrgOrd\":\"P1\"}");
}

static void each_state_of_an_order_has_its_meaning(void **state) {
    (void)state;
    static const struct {
        enum outcome outcome;
        enum trade_state trade;
    } wanted[] = {{OUTCOME_PENDING, TRADE_WAIT},          {OUTCOME_PENDING, TRADE_WAIT},
                  {OUTCOME_PENDING, TRADE_SETTLING},      {OUTCOME_PENDING, TRADE_SETTLING},
                  {OUTCOME_PENDING, TRADE_SETTLING},      {OUTCOME_PENDING, TRADE_SETTLING},
                  {OUTCOME_ACCEPTED, TRADE_PAID},         {OUTCOME_UNKNOWN, TRADE_RETURNED},
                  {OUTCOME_UNKNOWN, TRADE_HALF_RETURNED}, {OUTCOME_UNKNOWN, TRADE_OWN_RETURNED},
                  {OUTCOME_UNKNOWN, TRADE_HALF_RETURNED}, {OUTCOME_UNKNOWN, TRADE_HALF_RETURNED},
                  {OUTCOME_UNKNOWN, TRADE_REVOKED},       {OUTCOME_UNKNOWN, TRADE_HALF_RETURNED},
                  {OUTCOME_UNKNOWN, TRADE_ABNORMAL},      {OUTCOME_DECLINED, TRADE_FAILED},
                  {OUTCOME_UNKNOWN, TRADE_OWN_STRANDED},  {OUTCOME_PENDING, TRADE_SETTLING},
                  {OUTCOME_UNKNOWN, TRADE_OTHER}};
    asks_order();
    for (int i = 0; i < (int)(sizeof wanted / sizeof wanted[0]); i++) {
        char data[64];
        snprintf(data, sizeof data, "{\"medOrgOrd\":\"P1\",\"ordStas\":\"%d\"}", i);
        hears("query", i == 6 ? DONE : data);
        means(wanted[i].outcome, wanted[i].trade);
    }
    hears("query", DONE);
    assert_true(reading.answer.has_amount);
    assert_int_equal(reading.answer.split.own.fen, 1759);
    assert_string_equal(reading.answer.no, "ORD1");
    assert_string_equal(reading.code, "6");
    assert_int_equal(reading.answer.time_ms, INT64_C(1681788882000));
}

static void a_settled_order_needs_amounts_that_add_up(void **state) {
    (void)state;
    asks_order();
    hears("query", ORDER("\"6\"", "17.60"));
    means(OUTCOME_MALFORMED, TRADE_NONE);
    hears("query", ORDER("\"6\"", "\"17.59\"")); /* numbers may be text, text numbers */
    means(OUTCOME_ACCEPTED, TRADE_PAID);
    hears("query", ORDER("6", "17.59"));
    means(OUTCOME_ACCEPTED, TRADE_PAID);
    hears("query", "{\"medOrgOrd\":\"P1\",\"ordStas\":\"6\",\"feeSumamt\":39.09}");
    means(OUTCOME_MALFORMED, TRADE_NONE);
    hears("query", ORDER("\"1\"", "17.59"));
    means(OUTCOME_PENDING, TRADE_WAIT);
    assert_int_equal(reading.answer.amount.fen, 3909); /* all of it, whoever pays */
    assert_int_equal(reading.answer.split.fund.fen, 2150);
    assert_int_equal(reading.answer.split.own.fen, 1759);
    hears("query", ORDER("\"1\"", "17.60"));
    means(OUTCOME_PENDING, TRADE_WAIT);
    assert_false(reading.answer.has_amount); /* is not shown */
    hears("query", "{\"medOrgOrd\":\"P1\",\"ordStas\":\"6\",\"feeSumamt\":20,\"outOfMIFee\":5.5,"
                   "\"fundPay\":10,\"psnAcctPay\":12.34,\"ownpayAmt\":2.16,"
                   "\"prePaidDeduction\":\"1.00\"}");
    means(OUTCOME_ACCEPTED, TRADE_PAID);
    hears("query", "{\"medOrgOrd\":\"P1\",\"ordStas\":\"6\",\"feeSumamt\":99999999.99,"
                   "\"outOfMIFee\":99999999.99,\"fundPay\":99999999.99,"
                   "\"psnAcctPay\":99999999.99,\"ownPayAmt\":0}");
    means(OUTCOME_MALFORMED, TRADE_NONE); /* no bill is so much */
}

static struct order an_insured_order(void) {
    struct order order = {.no = "26112010111200010001",
                          .service = SERVICE_BILLS,
                          .leg_count = 1,
                          .claim_count = 1,
                          .refund_count = 1};
    order.legs[0] = (struct leg){.route = ROUTE_MMPC,
                                 .channel = CHANNEL_INSURANCE,
                                 .no = "26112010111200010001",
                                 .amount = {3909}};
    order.claims[0] = (struct claim){.org_trace_no = "P1", .amount = {3909}};
    order.refunds[0] = (struct refund){.no = "26112010111200010002", .amount = {3909}};
    order_add_share(&order, 0, 0, order.legs[0].amount);
    return order;
}

/* The message of an act, as text; fails when the document's table refuses it. */
static void acts(const struct order *order, enum verb verb, const char *operation,
                 const char *wanted) {
    const struct platform_act act = {.verb = verb, .order = order, .pay_code = "EC1"};
    cJSON *members = cJSON_CreateObject();
    assert_string_equal(mmpc_compose(&config, &act, members), operation);
    wire_request_free(&request);
    assert_true(platform_mmpc.build(&config, operation, members, NOW_MS, &request, &complaint));
    char *text = cJSON_PrintUnformatted(members);
    assert_string_equal(text, wanted);
    free(text);
    cJSON_Delete(members);
}

static void an_act_names_the_bill_until_the_centre_has_named_the_order(void **state) {
    (void)state;
    struct order order = an_insured_order();
    plainly();
    acts(&order, VERB_PLACE, "upload", "{\"medOrgOrd\":\"P1\",\"ecToken\":\"EC1\"}");
    acts(&order, VERB_ASK, "query", "{\"medOrgOrd\":\"P1\"}");
    strcpy(order.legs[0].in_no, "ORD1");
    acts(&order, VERB_ASK, "query", "{\"payOrdId\":\"ORD1\"}");
    acts(&order, VERB_CLOSE, "revoke", "{\"payOrdId\":\"ORD1\"}");
    acts(&order, VERB_ASK_REFUND, "query", "{\"payOrdId\":\"ORD1\"}");
    acts(&order, VERB_REFUND, "refund",
         "{\"payOrdId\":\"ORD1\",\"appRefdSn\":\"26112010111200010002\",\"refChannel\":\"online\","
         "\"refdType\":\"ALL\"}");
    order.refunds[0].amount.fen = 1759;
    acts(&order, VERB_REFUND, "refund",
         "{\"payOrdId\":\"ORD1\",\"appRefdSn\":\"26112010111200010002\",\"refChannel\":\"online\","
         "\"refdType\":\"CASH\"}");
    order.legs[0].own_only = true; /* the insurance failed: there is nothing else to return */
    order.refunds[0].amount.fen = 3909;
    acts(&order, VERB_REFUND, "refund",
         "{\"payOrdId\":\"ORD1\",\"appRefdSn\":\"26112010111200010002\",\"refChannel\":\"online\","
         "\"refdType\":\"CASH\"}");
}

static void another_order_or_none_says_nothing(void **state) {
    (void)state;
    static const char *const bodies[] = {
        "",
        "{",
        "[]",
        "{}",
        "{\"code\":1}",
        "{\"code\":1,\"data\":{}}",
        "{\"code\":1,\"data\":[]}",
        "{\"code\":1,\"data\":{\"medOrgOrd\":\"P1\"}}",
        "{\"code\":1,\"data\":{\"ordStas\":\"15\"}}",
        "{\"code\":1,\"data\":{\"medOrgOrd\":\"P2\",\"ordStas\":\"15\"}}",
        "{\"data\":{\"medOrgOrd\":\"P1\",\"ordStas\":\"15\"}}",
        "{\"code\":\"\",\"data\":{\"medOrgOrd\":\"P1\",\"ordStas\":\"15\"}}",
    };
    asks_order();
    for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++) {
        hears_body("query", bodies[i]);
        if (reading.outcome != OUTCOME_MALFORMED)
            fail_msg("%s", bodies[i]);
    }
    hears_body("query", "{\"code\":0,\"message\":\"busy\"}");
    means(OUTCOME_UNKNOWN, TRADE_NONE);
    hears_body("query",
               "{\"code\":1,\"data\":{\"code\":0,\"medOrgOrd\":\"P1\",\"ordStas\":\"6\"}}");
    means(OUTCOME_UNKNOWN, TRADE_NONE);
}

static void an_answer_may_be_wrapped_three_times(void **state) {
    (void)state;
    asks_order();
    hears_body("query", "{\"code\":\"1\",\"body\":{\"output\":{\"data\":" DONE "}}}");
    means(OUTCOME_ACCEPTED, TRADE_PAID);
    hears_body("query", "{\"code\":\"1\",\"data\":\"{\\\"medOrgOrd\\\":\\\"P1\\\",\\\"ordStas\\\":"
                        "\\\"15\\\"}\"}");
    means(OUTCOME_DECLINED, TRADE_FAILED);
    hears_body("query", "{\"code\":1,\"data\":{\"data\":{\"data\":{\"data\":" DONE "}}}}");
    means(OUTCOME_MALFORMED, TRADE_NONE);
    mmpc.dialect = MMPC_NATIONAL;
    hears_body("query", "{\"infcode\":0,\"output\":" DONE "}");
    means(OUTCOME_ACCEPTED, TRADE_PAID);
    hears_body("query", "{\"infcode\":\"-1\",\"err_msg\":\"x\",\"output\":" DONE "}");
    means(OUTCOME_UNKNOWN, TRADE_NONE);
}

static void a_refund_is_taken_and_asked_about(void **state) {
    (void)state;
    plainly();
    sends("refund", "{\"medOrgOrd\":\"P1\",\"appRefdSn\":\"R1\",\"refChannel\":\"online\","
                    "\"refdType\":\"ALL\"}");
    hears("refund", "{\"medOrgOrd\":\"P1\",\"feeSumamt\":48.68,\"ownpayRefAmt\":-7.61}");
    means(OUTCOME_PENDING, TRADE_WAIT);
    hears("refund", "{\"medOrgOrd\":\"P1\"}");
    means(OUTCOME_MALFORMED, TRADE_NONE);
    hears("refund", "{\"medOrgOrd\":\"P2\",\"feeSumamt\":48.68}");
    means(OUTCOME_MALFORMED, TRADE_NONE);
    hears_body("refund", "{\"code\":0,\"message\":\"no\"}");
    means(OUTCOME_UNKNOWN, TRADE_NONE);
    hears("refund", "{\"refStatus\":\"SUCC\"}");
    means(OUTCOME_ACCEPTED, TRADE_RETURNED);
    hears("refund", "{\"refStatus\":\"FAIL\"}");
    means(OUTCOME_DECLINED, TRADE_RETURN_FAILED);
    hears("refund", "{\"refStatus\":\"EXP\"}");
    means(OUTCOME_UNKNOWN, TRADE_OTHER);
}

static void links_and_flags_are_read(void **state) {
    (void)state;
    plainly();
    sends("upload", "{\"medOrgOrd\":\"P1\",\"ecToken\":\"E\"}");
    hears("upload", "{\"payOrdId\":\"ORD1\",\"payToken\":\"T\",\"cashierUrl\":\"https://x/?a=1\"}");
    means(OUTCOME_ACCEPTED, TRADE_NONE);
    assert_int_equal(reading.document->kind, DOCUMENT_PAY_LINK);
    hears("upload",
          "{\"payOrdId\":\"ORD1\",\"payToken\":\"T\"}"); /* then the link of 1.2 is shown */
    means(OUTCOME_ACCEPTED, TRADE_NONE);
    assert_int_equal(reading.document->kind, DOCUMENT_PAY_LINK);
    const struct pay_link *link = (const struct pay_link *)reading.document;
    assert_true(link->alipay_only);
    assert_string_equal(link->url, "http://127.0.0.1:1/cashier?appId=" APP_ID "&medOrgOrd=P1");
    hears("upload", "{\"payToken\":\"T\"}");
    means(OUTCOME_MALFORMED, TRADE_NONE);
    hears("upload", "{\"payOrdId\":\"ORD1\",\"cashierUrl\":\"javascript:x\"}");
    means(OUTCOME_MALFORMED, TRADE_NONE);
    hears_body("upload", "{\"code\":2,\"message\":\"no\"}");
    means(OUTCOME_DECLINED, TRADE_NONE);
    hears("bill", "{\"downloadUrl\":\"https://x/b\"}");
    means(OUTCOME_ACCEPTED, TRADE_NONE);
    hears("bill", "{}");
    means(OUTCOME_MALFORMED, TRADE_NONE);
    hears("revoke", "{\"success\":true}");
    means(OUTCOME_ACCEPTED, TRADE_NONE);
    hears("revoke", "{\"success\":\"false\"}");
    means(OUTCOME_DECLINED, TRADE_NONE);
    hears_body("notice", "{\"code\":1,\"success\":\"true\",\"data\":{}}");
    means(OUTCOME_MALFORMED, TRADE_NONE);
    mmpc.dialect = MMPC_NATIONAL;
    hears_body("revoke", "{\"infcode\":\"0\",\"output\":{\"data\":\"true\"}}");
    means(OUTCOME_ACCEPTED, TRADE_NONE);
    hears_body("revoke", "{\"infcode\":\"0\",\"output\":{\"data\":\"perhaps\"}}");
    means(OUTCOME_MALFORMED, TRADE_NONE);
}

/* The answer as the centre seals it. */
static char *sealed_answer(const char *code, const char *data, const char *secret, bool closed) {
    struct sealed_keys keys = {APP_ID, secret, PRIVATE, PUBLIC, NULL};
    cJSON *message = cJSON_CreateObject();
    cJSON_AddStringToObject(message, "appId", APP_ID);
    cJSON_AddStringToObject(message, "code", code);
    cJSON_AddStringToObject(message, "message", "x");
    if (data != NULL)
        cJSON_AddItemToObject(message, "data", tree_of(data));
    char *base = envelope_base(message, secret);
    char *sign = envelope_sm2_sign(base, PRIVATE);
    cJSON_AddStringToObject(message, "signData", sign);
    char *body = closed ? sealed_body(&keys, message) : wire_print(message, false);
    free(sign);
    free(base);
    cJSON_Delete(message);
    return body;
}

static void hears_sealed(const char *code, const char *data, const char *secret, bool closed) {
    char *body = sealed_answer(code, data, secret, closed);
    hears_body("query", body);
    free(body);
}

static void a_sealed_answer_is_believed_only_when_it_verifies(void **state) {
    (void)state;
    asks_order();
    mmpc.sealed = true;
    sends("query", "{\"medOrgOrd\":\"P1\"}");
    hears_sealed("1", DONE, SECRET, true);
    means(OUTCOME_ACCEPTED, TRADE_PAID);
    hears_sealed("1", DONE, "another secret of thirty-two bytes", true);
    means(OUTCOME_MALFORMED, TRADE_NONE);
    hears_sealed("1", DONE, SECRET, false); /* only a failure may come open */
    means(OUTCOME_MALFORMED, TRADE_NONE);
    hears_sealed("1", NULL, SECRET, false);
    means(OUTCOME_MALFORMED, TRADE_NONE);
    hears_sealed("0", NULL, SECRET, false);
    means(OUTCOME_UNKNOWN, TRADE_NONE);
    assert_string_equal(reading.code, "0");
    hears_body("query", "{\"code\":0,\"message\":\"no\"}");
    means(OUTCOME_MALFORMED, TRADE_NONE);
    char *body = sealed_answer("1", DONE, SECRET, true);
    strstr(body, "signData")[12] ^= 1;
    hears_body("query", body);
    means(OUTCOME_MALFORMED, TRADE_NONE);
    free(body);
}

static void nothing_secret_is_seen(void **state) {
    (void)state;
    plainly();
    sends("upload", "{\"medOrgOrd\":\"P1\",\"ecToken\":\"hidden-token\"}");
    hears("upload", "{\"payOrdId\":\"ORD1\",\"payToken\":\"hidden-pay\",\"cashierUrl\":"
                    "\"https://hidden\",\"extData\":{\"psnNo\":\"hidden-person\"}}");
    char *sent = masked_text(request.message), *heard = masked_text(reading.tree);
    assert_null(strstr(sent, "hidden"));
    assert_null(strstr(heard, "hidden"));
    free(sent);
    free(heard);
}

static int put_away(void **state) {
    (void)state;
    free(reading.document);
    wire_reading_free(&reading);
    wire_request_free(&request);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_missing_member_is_refused_by_its_name),
        cmocka_unit_test(what_is_too_long_or_not_listed_is_refused_by_its_name),
        cmocka_unit_test(of_two_members_exactly_one_is_sent),
        cmocka_unit_test(a_plain_request_goes_to_its_path_with_our_id),
        cmocka_unit_test(the_cashier_is_a_link_encoded_once),
        cmocka_unit_test(the_envelope_holds_what_was_asked),
        cmocka_unit_test(each_state_of_an_order_has_its_meaning),
        cmocka_unit_test(a_settled_order_needs_amounts_that_add_up),
        cmocka_unit_test(an_act_names_the_bill_until_the_centre_has_named_the_order),
        cmocka_unit_test(another_order_or_none_says_nothing),
        cmocka_unit_test(an_answer_may_be_wrapped_three_times),
        cmocka_unit_test(a_refund_is_taken_and_asked_about),
        cmocka_unit_test(links_and_flags_are_read),
        cmocka_unit_test(a_sealed_answer_is_believed_only_when_it_verifies),
        cmocka_unit_test(nothing_secret_is_seen),
    };
    return cmocka_run_group_tests(tests, NULL, put_away);
}
