/* What is sent to the insurance centre: complete, in both dialects, in its envelope. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "app/core/order/shares.h"
#include "app/wire/masked.h"
#include "tests/support/mmpc_fixture.h"

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
    {"decode", "{\"ecQrCode\":\"EC1\"}", MMPC_DOCUMENT},
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

static void refuses(const char *operation, const cJSON *members, const char *member) {
    char begins[64];
    snprintf(begins, sizeof begins, "mmpc.%s.%s:", operation, member);
    assert_false(build_tree(operation, members));
    if (strncmp(complaint.text, begins, strlen(begins)) != 0)
        fail_msg("%s instead of %s", complaint.text, begins);
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
    order.claims[0] =
        (struct claim){.org_trace_no = "P1", .amount = {3909}, .creditor = CREDITOR_PLATFORM};
    order.refunds[0] = (struct refund){.no = "26112010111200010002", .amount = {3909}};
    order_add_share(&order, 0, 0, order.legs[0].amount);
    return order;
}

/* Asked by the centre's number an answer has to be of the bill, whose number is not sent. */
static void expects_the_bill(cJSON *members) {
    cJSON *expected = cJSON_DetachItemFromObjectCaseSensitive(members, WIRE_EXPECTED);
    const cJSON *remembered = wire_member(request.message, WIRE_EXPECTED);
    if (wire_member(members, "payOrdId") != NULL) {
        assert_string_equal(wire_text(expected, "medOrgOrd"), "P1");
        assert_true(cJSON_Compare(expected, remembered, true));
        assert_null(strstr(request.body, "P1"));
    } else {
        assert_null(expected);
        assert_null(remembered);
    }
    cJSON_Delete(expected);
}

/* The message of an act, as text; fails when the document's table refuses it. */
static void acts(const struct order *order, enum verb verb, const char *operation,
                 const char *wanted) {
    const struct platform_act act = {.verb = verb, .order = order, .pay_code = "EC1"};
    cJSON *members = cJSON_CreateObject();
    assert_string_equal(mmpc_compose(&config, &act, members), operation);
    wire_request_free(&request);
    assert_true(platform_mmpc.build(&config, operation, members, NOW_MS, &request, &complaint));
    expects_the_bill(members);
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
    strcpy(order.refunds[0].caller_no, "R1"); /* window software's, the same when it tries again */
    acts(&order, VERB_REFUND, "refund",
         "{\"payOrdId\":\"ORD1\",\"appRefdSn\":\"R1\",\"refChannel\":\"online\","
         "\"refdType\":\"CASH\"}");
}

/* Of the other generation a question names the patient; the centre's number goes with the token of
 * the upload, without it the bill's does. */
static void a_national_act_names_the_patient(void **state) {
    (void)state;
    struct order order = an_insured_order();
    plainly();
    mmpc.dialect = MMPC_NATIONAL;
    strcpy(order.person.cert_no, "11010519491231002X");
    strcpy(order.person.whole_name, "张建丰");
    strcpy(order.legs[0].in_no, "ORD1");
    order.legs[0].split.own.fen = 1759;
    const char *by_bill = "{\"medOrgOrd\":\"P1\",\"idNo\":\"11010519491231002X\","
                          "\"userName\":\"张建丰\",\"idType\":\"01\"}";
    const char *by_token = "{\"payOrdId\":\"ORD1\",\"payToken\":\"T\",\"idNo\":"
                           "\"11010519491231002X\",\"userName\":\"张建丰\",\"idType\":\"01\"}";
    acts(&order, VERB_PLACE, "upload", "{\"medOrgOrd\":\"P1\",\"ecToken\":\"EC1\"}");
    acts(&order, VERB_ASK, "query", by_bill);
    acts(&order, VERB_CLOSE, "revoke", by_bill);
    strcpy(order.person.pay_token, "T");
    acts(&order, VERB_ASK, "query", by_token);
    acts(&order, VERB_CLOSE, "revoke", by_token);
    acts(&order, VERB_ASK_REFUND, "query", by_token);
    order.refunds[0].created_ms = NOW_MS;
    acts(&order, VERB_REFUND, "refund",
         "{\"payOrdId\":\"ORD1\",\"appRefdSn\":\"26112010111200010002\",\"refChannel\":\"online\","
         "\"refdType\":\"ALL\",\"appRefdTime\":\"20261120101112\",\"totlRefdAmt\":\"39.09\","
         "\"cashRefdAmt\":\"17.59\",\"ecToken\":\"EC1\"}");
    order.refunds[0].amount.fen = 1759;
    acts(&order, VERB_REFUND, "refund",
         "{\"payOrdId\":\"ORD1\",\"appRefdSn\":\"26112010111200010002\",\"refChannel\":\"online\","
         "\"refdType\":\"CASH\",\"appRefdTime\":\"20261120101112\",\"totlRefdAmt\":\"17.59\","
         "\"cashRefdAmt\":\"17.59\",\"ecToken\":\"EC1\"}");
    /* Nobody shows the code any more: it cannot be sent. */
    const struct platform_act act = {.verb = VERB_REFUND, .order = &order, .pay_code = ""};
    cJSON *members = cJSON_CreateObject();
    mmpc_compose(&config, &act, members);
    wire_request_free(&request);
    assert_false(platform_mmpc.build(&config, "refund", members, NOW_MS, &request, &complaint));
    assert_non_null(strstr(complaint.text, "mmpc.refund.ecToken"));
    cJSON_Delete(members);
}

/* The region's gateway is another server, and speaks without the centre's envelope and id. */
static void a_code_goes_to_the_gateway_of_the_region(void **state) {
    (void)state;
    const struct question question = {.verb = VERB_DECODE, .code = "EC1"};
    const struct question other = {.verb = VERB_ACCOUNT, .code = "EC1"};
    cJSON *members = cJSON_CreateObject();
    plainly();
    mmpc.sealed = true;
    assert_null(mmpc_ask(&config, &other, members));
    assert_string_equal(mmpc_ask(&config, &question, members), "decode");
    assert_true(build_tree("decode", members));
    assert_string_equal(request.url, "http://127.0.0.1:2/decode");
    assert_string_equal(request.body, "{\"ecQrCode\":\"EC1\",\"orgCodg\":\"H1\"}");
    char *seen = masked_text(request.message);
    assert_null(strstr(seen, "EC1"));
    free(seen);
    mmpc.decode_url = "";
    assert_null(mmpc_ask(&config, &question, members));
    assert_false(build_tree("decode", members));
    assert_non_null(strstr(complaint.text, "platforms.mmpc.decode_url"));
    mmpc.decode_url = "http://127.0.0.1:2";
    cJSON_Delete(members);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_missing_member_is_refused_by_its_name),
        cmocka_unit_test(what_is_too_long_or_not_listed_is_refused_by_its_name),
        cmocka_unit_test(of_two_members_exactly_one_is_sent),
        cmocka_unit_test(a_plain_request_goes_to_its_path_with_our_id),
        cmocka_unit_test(the_cashier_is_a_link_encoded_once),
        cmocka_unit_test(the_envelope_holds_what_was_asked),
        cmocka_unit_test(a_code_goes_to_the_gateway_of_the_region),
        cmocka_unit_test(a_national_act_names_the_patient),
        cmocka_unit_test(an_act_names_the_bill_until_the_centre_has_named_the_order),
    };
    return cmocka_run_group_tests(tests, NULL, put_away);
}
