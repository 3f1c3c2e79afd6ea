/* Both wires, and what each answer means for the money. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "app/config/privacy.h"
#include "app/wire/envelope.h"
#include "app/wire/gateway.h"
#include "app/wire/masked.h"
#include "tests/unit/platform/onepay/onepay_story.h"

#define NOW_MS INT64_C(1795140672345) /* 2026-11-20 10:11:12.345 */

static struct onepay_config onepay = {
    .serveraddr = "http://127.0.0.1:1/onepay", .appid = ONEPAY_APPID, .appsecret = ONEPAY_SECRET};
static const struct config_privacy privacy = {.hospital_key = "hospital"};
static const struct config config = {
    .part_count = 2, .parts = {{&onepay_section, &onepay}, {&config_privacy_section, &privacy}}};

static struct wire_request request;
static struct wire_reading reading;

static void send_whole(const char *type) {
    struct wire_complaint complaint;
    cJSON *members = onepay_members(type);
    wire_request_free(&request);
    if (!platform_onepay.build(&config, type, members, NOW_MS, &request, &complaint))
        fail_msg("%s", complaint.text);
    cJSON_Delete(members);
}

/* The answer as the platform sends it, for the newest request. */
static char *answer_body(const char *code, const char *param) {
    char sign[ENVELOPE_SM3_SIZE], key[GATEWAY_KEY_SIZE];
    bool envelope = onepay.wire == ONEPAY_ENVELOPE;
    const char *open = envelope ? "data" : "param";
    cJSON *answer = cJSON_CreateObject();
    cJSON_AddStringToObject(answer, "appId", ONEPAY_APPID);
    cJSON_AddStringToObject(answer, "transType", wire_text(request.message, "transType"));
    cJSON_AddStringToObject(answer, envelope ? "code" : "respCode", code);
    cJSON_AddItemToObject(answer, open, onepay_tree(param));
    if (envelope) {
        char *base = envelope_base(answer, ONEPAY_SECRET);
        envelope_sm3(base, sign);
        free(base);
        assert_true(envelope_key(ONEPAY_APPID, ONEPAY_SECRET, key));
    } else {
        gateway_sign(answer, ONEPAY_SECRET, sign);
        assert_true(gateway_key(ONEPAY_APPID, ONEPAY_SECRET, key));
    }
    cJSON_AddStringToObject(answer, envelope ? "signData" : "sign", sign);
    if (envelope || !onepay.plain) {
        char *closed = envelope ? envelope_encrypt(wire_member(answer, open), key)
                                : gateway_encrypt(wire_member(answer, open), key);
        cJSON_DeleteItemFromObject(answer, open);
        cJSON_AddStringToObject(answer, envelope ? "encData" : "encryptData", closed);
        free(closed);
    }
    char *body = wire_print(answer, false);
    cJSON_Delete(answer);
    return body;
}

static void drop_reading(void) {
    free(reading.document);
    wire_reading_free(&reading);
}

static void hears_body(const char *type, const char *body) {
    drop_reading();
    platform_onepay.read(&config, type, request.message, 200, body, strlen(body), &reading);
}

static void hears(const char *type, const char *code, const char *param) {
    send_whole(type);
    char *body = answer_body(code, param);
    hears_body(type, body);
    free(body);
}

static const enum onepay_wire wires[] = {ONEPAY_GATEWAY, ONEPAY_GATEWAY, ONEPAY_ENVELOPE};

static void every_type_goes_through_every_wire(void **state) {
    (void)state;
    for (size_t w = 0; w < 3; w++) {
        onepay.wire = wires[w];
        onepay.plain = w == 1;
        for (size_t i = 0; i < ONEPAY_TYPES; i++) {
            hears(onepay_whole[i].type, "000000",
                  "{\"notifyState\":\"succ\",\"result\":\"succ\","
                  "\"hisCustID\":\"C1\",\"balance\":\"1.00\","
                  "\"userName\":\"A\","
                  "\"authStatus\":\"succ\",\"traceNo\":\"T1\"}");
            assert_int_not_equal(reading.outcome, OUTCOME_MALFORMED);
            assert_int_not_equal(reading.outcome, OUTCOME_DECLINED);
            assert_non_null(wire_member(reading.tree, w == 2 ? "data" : "param"));
            assert_null(wire_member(reading.tree, w == 2 ? "encData" : "encryptData"));
        }
    }
    onepay.wire = ONEPAY_GATEWAY;
    onepay.plain = false;
}

static void a_request_is_the_gateways(void **state) {
    (void)state;
    send_whole("hop.trade.recharge");
    assert_string_equal(request.url, "http://127.0.0.1:1/onepay");
    cJSON *sent = onepay_tree(request.body);
    assert_null(wire_member(sent, "param"));
    assert_string_equal(wire_text(sent, "timestamp"), "20261120101112345");
    assert_string_equal(wire_text(sent, "encryptType"), "AES");
    assert_string_equal(wire_text(sent, "version"), "1.0");
    char key[GATEWAY_KEY_SIZE];
    assert_true(gateway_key(ONEPAY_APPID, ONEPAY_SECRET, key));
    cJSON *param = gateway_decrypt(wire_text(sent, "encryptData"), key);
    assert_string_equal(wire_text(param, "amount"), "100.00");
    cJSON_DeleteItemFromObject(sent, "encryptData");
    cJSON_AddItemToObject(sent, "param", param);
    assert_true(gateway_verify(sent, ONEPAY_SECRET));
    cJSON_Delete(sent);
    char *masked = masked_text(request.message);
    assert_null(strstr(masked, "D12345678"));
    assert_null(strstr(masked, "欧阳"));
    assert_non_null(strstr(masked, "26112510101009010001"));
    free(masked);
}

static void an_answer_that_does_not_verify_says_nothing(void **state) {
    (void)state;
    send_whole("hop.trade.query");
    for (size_t w = 0; w < 3; w++) {
        onepay.wire = wires[w];
        onepay.plain = w == 1;
        send_whole("hop.trade.query");
        char *body = answer_body("000000", "{\"result\":\"succ\"}");
        cJSON *answer = onepay_tree(body);
        const char *sign = w == 2 ? "signData" : "sign";
        cJSON_GetObjectItem(answer, sign)->valuestring[3] ^= 1;
        char *changed = wire_print(answer, false);
        hears_body("hop.trade.query", changed);
        assert_int_equal(reading.outcome, OUTCOME_MALFORMED);
        assert_int_equal(reading.answer.trade, TRADE_NONE);
        free(changed);
        cJSON_DeleteItemFromObject(answer, sign);
        changed = wire_print(answer, false);
        hears_body("hop.trade.query", changed);
        assert_int_equal(reading.outcome, OUTCOME_MALFORMED);
        free(changed);
        cJSON_Delete(answer);
        free(body);
    }
    onepay.wire = ONEPAY_ENVELOPE; /* a success must be closed */
    hears_body("hop.trade.query", "{\"code\":\"000000\",\"data\":{\"result\":\"succ\"}}");
    assert_int_equal(reading.outcome, OUTCOME_MALFORMED);
    onepay.wire = ONEPAY_GATEWAY;
    onepay.plain = false;
    send_whole("hop.account.info"); /* the answer to another question */
    char *body = answer_body("000000", "{\"result\":\"succ\"}");
    send_whole("hop.trade.query");
    hears_body("hop.trade.query", body);
    assert_int_equal(reading.outcome, OUTCOME_MALFORMED);
    free(body);
}

static void payments_are_placed_by_000000_and_paid_by_the_query(void **state) {
    (void)state;
    static const struct {
        const char *code;
        enum outcome outcome;
        enum trade_state trade;
    } codes[] = {
        {"000000", OUTCOME_PENDING, TRADE_WAIT},    {"033003", OUTCOME_PENDING, TRADE_WAIT},
        {"000002", OUTCOME_DECLINED, TRADE_FAILED}, {"010002", OUTCOME_DECLINED, TRADE_FAILED},
        {"020010", OUTCOME_DECLINED, TRADE_FAILED}, {"031003", OUTCOME_DECLINED, TRADE_FAILED},
        {"032001", OUTCOME_DECLINED, TRADE_FAILED}, {"090001", OUTCOME_DECLINED, TRADE_FAILED},
        {"033001", OUTCOME_UNKNOWN, TRADE_NONE},    {"030001", OUTCOME_UNKNOWN, TRADE_NONE},
        {"032002", OUTCOME_UNKNOWN, TRADE_NONE},    {"039001", OUTCOME_UNKNOWN, TRADE_NONE},
        {"055001", OUTCOME_UNKNOWN, TRADE_NONE},    {"060004", OUTCOME_UNKNOWN, TRADE_NONE},
        {"999999", OUTCOME_UNKNOWN, TRADE_NONE},    {"123456", OUTCOME_UNKNOWN, TRADE_NONE},
        {"00", OUTCOME_UNKNOWN, TRADE_NONE},        {"-28", OUTCOME_UNKNOWN, TRADE_NONE}};
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++)
        for (int recpay = 0; recpay < 2; recpay++) {
            hears(recpay ? "hop.trade.recpay" : "hop.trade.recharge", codes[i].code,
                  "{\"traceNo\":\"T1\",\"qrcode\":\"https://q/1\",\"tradeMode\":\"WX_QR\"}");
            assert_int_equal(reading.outcome, codes[i].outcome);
            assert_int_equal(reading.answer.trade, codes[i].trade);
        }
    hears("hop.trade.recharge", "000000",
          "{\"traceNo\":\"T1\",\"chargeNo\":\"CH1\","
          "\"qrcode\":\"https://q/1\",\"tradeMode\":\"WX_QR\"}");
    assert_string_equal(reading.answer.no, "T1");
    assert_string_equal(reading.answer.in_no, "CH1");
    assert_int_equal(reading.answer.paid_by, CHANNEL_WECHAT);
    assert_non_null(reading.document);
    hears("hop.trade.recharge", "000000", "{\"traceNo\":\"T1\",\"qrcode\":\"0\"}");
    assert_null(reading.document);
    assert_int_equal(reading.outcome, OUTCOME_PENDING);
    hears("hop.trade.recharge", "000000", "{\"qrcode\":\"https://q/1\"}");
    assert_int_equal(reading.outcome, OUTCOME_MALFORMED);
    hears("hop.trade.recharge", "000000", "{\"traceNo\":\"T1\",\"qrcode\":\"two words\"}");
    assert_int_equal(reading.outcome, OUTCOME_MALFORMED);
}

static void hears_result(const char *trade_type, const char *code, const char *result) {
    char param[128];
    hears("hop.trade.query", code, "{}");
    cJSON *asked = cJSON_GetObjectItem(request.message, "param");
    cJSON_DeleteItemFromObject(asked, "tradeType");
    cJSON_AddStringToObject(asked, "tradeType", trade_type);
    snprintf(param, sizeof param, "{\"result\":\"%s\",\"origTraceTime\":\"20261120101112\"}",
             result);
    char *body = answer_body(code, param);
    hears_body("hop.trade.query", body);
    free(body);
}

static void the_query_decides(void **state) {
    (void)state;
    static const struct {
        const char *result;
        enum outcome pay;
        enum trade_state pay_trade;
        enum outcome refund;
        enum trade_state refund_trade;
    } results[] = {{"succ", OUTCOME_ACCEPTED, TRADE_PAID, OUTCOME_ACCEPTED, TRADE_RETURNED},
                   {"fail", OUTCOME_DECLINED, TRADE_FAILED, OUTCOME_UNKNOWN, TRADE_NONE},
                   {"closed", OUTCOME_DECLINED, TRADE_CLOSED, OUTCOME_UNKNOWN, TRADE_OTHER},
                   {"notfound", OUTCOME_UNKNOWN, TRADE_ABSENT, OUTCOME_UNKNOWN, TRADE_NONE},
                   {"init", OUTCOME_PENDING, TRADE_WAIT, OUTCOME_PENDING, TRADE_WAIT},
                   {"ing", OUTCOME_PENDING, TRADE_WAIT, OUTCOME_PENDING, TRADE_WAIT},
                   {"exp", OUTCOME_UNKNOWN, TRADE_OTHER, OUTCOME_UNKNOWN, TRADE_OTHER},
                   {"other", OUTCOME_UNKNOWN, TRADE_OTHER, OUTCOME_UNKNOWN, TRADE_OTHER}};
    for (size_t i = 0; i < sizeof results / sizeof results[0]; i++) {
        hears_result("hop.trade.recharge", "000000", results[i].result);
        assert_int_equal(reading.outcome, results[i].pay);
        assert_int_equal(reading.answer.trade, results[i].pay_trade);
        assert_string_equal(reading.code, results[i].result);
        hears_result("hop.trade.refund", "000000", results[i].result);
        assert_int_equal(reading.outcome, results[i].refund);
        assert_int_equal(reading.answer.trade, results[i].refund_trade);
    }
    hears_result("hop.trade.recharge", "000000", "succ");
    assert_int_equal(reading.answer.time_ms, INT64_C(1795140672000));
    /* A query that was refused knows nothing, and nothing may be sent again for it. */
    hears_result("hop.trade.refund", "020001", "fail");
    assert_int_equal(reading.outcome, OUTCOME_UNKNOWN);
    assert_int_equal(reading.answer.trade, TRADE_OTHER);
    hears("hop.trade.query", "000000", "{}");
    assert_int_equal(reading.outcome, OUTCOME_MALFORMED);
}

static void closes_and_refunds_mean_what_the_page_says(void **state) {
    (void)state;
    static const struct {
        const char *code;
        enum outcome close, refund;
    } codes[] = {{"000000", OUTCOME_ACCEPTED, OUTCOME_ACCEPTED},
                 {"035001", OUTCOME_ACCEPTED, OUTCOME_UNKNOWN},
                 {"033001", OUTCOME_DECLINED, OUTCOME_UNKNOWN},
                 {"034002", OUTCOME_UNKNOWN, OUTCOME_ACCEPTED},
                 {"034001", OUTCOME_UNKNOWN, OUTCOME_DECLINED},
                 {"034010", OUTCOME_UNKNOWN, OUTCOME_DECLINED},
                 {"040007", OUTCOME_UNKNOWN, OUTCOME_DECLINED},
                 {"040008", OUTCOME_UNKNOWN, OUTCOME_DECLINED},
                 {"030002", OUTCOME_UNKNOWN, OUTCOME_DECLINED},
                 {"040018", OUTCOME_UNKNOWN, OUTCOME_DECLINED},
                 {"020003", OUTCOME_DECLINED, OUTCOME_DECLINED},
                 {"040037", OUTCOME_UNKNOWN, OUTCOME_PENDING},
                 {"040038", OUTCOME_UNKNOWN, OUTCOME_PENDING},
                 {"044003", OUTCOME_UNKNOWN, OUTCOME_PENDING},
                 {"040017", OUTCOME_UNKNOWN, OUTCOME_UNKNOWN},
                 {"040023", OUTCOME_UNKNOWN, OUTCOME_UNKNOWN},
                 {"040036", OUTCOME_UNKNOWN, OUTCOME_UNKNOWN},
                 {"040040", OUTCOME_UNKNOWN, OUTCOME_UNKNOWN},
                 {"040041", OUTCOME_UNKNOWN, OUTCOME_UNKNOWN},
                 {"055001", OUTCOME_UNKNOWN, OUTCOME_UNKNOWN},
                 {"060004", OUTCOME_UNKNOWN, OUTCOME_UNKNOWN},
                 {"999999", OUTCOME_UNKNOWN, OUTCOME_UNKNOWN},
                 {"-3", OUTCOME_UNKNOWN, OUTCOME_UNKNOWN}};
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        hears("hop.trade.recharge.close", codes[i].code, "{}");
        assert_int_equal(reading.outcome, codes[i].close);
        assert_int_equal(reading.answer.not_closed, codes[i].close == OUTCOME_DECLINED);
        hears("hop.trade.refund", codes[i].code, "{\"outRefundNo\":\"R1\"}");
        assert_int_equal(reading.outcome, codes[i].refund);
        hears("hop.trade.pay.cancel", codes[i].code, "{\"traceNo\":\"T2\"}");
        assert_int_equal(reading.outcome, codes[i].refund);
    }
    static const char *const of_persons[] = {"040017", "040023", "040036"};
    for (size_t i = 0; i < sizeof of_persons / sizeof of_persons[0]; i++) {
        hears("hop.trade.refund", of_persons[i], "{\"outRefundNo\":\"R1\"}");
        assert_int_equal(reading.answer.trade, TRADE_ABNORMAL);
    }
    hears("hop.trade.refund", "055001", "{\"outRefundNo\":\"R1\"}");
    assert_int_equal(reading.answer.trade, TRADE_OTHER);
    hears("hop.trade.refund", "000000", "{\"outRefundNo\":\"R1\",\"succAmount\":\"0.01\"}");
    assert_true(reading.answer.has_amount);
    assert_int_equal(reading.answer.amount.fen, 1);
    hears("hop.trade.refund", "000000", "{\"outRefundNo\":\"R2\"}");
    assert_int_equal(reading.outcome, OUTCOME_MALFORMED);
    hears("hop.trade.refund", "000000", "{\"succAmount\":\"all\"}");
    assert_int_equal(reading.outcome, OUTCOME_MALFORMED);
    hears("hop.trade.recharge.close", "000000", "{\"outChargeNo\":\"another\"}");
    assert_int_equal(reading.outcome, OUTCOME_MALFORMED);
}

static void questions_are_answered_or_refused(void **state) {
    (void)state;
    hears("hop.esccard.auth.qr", "000000", "{\"authStatus\":\"ing\"}");
    assert_int_equal(reading.outcome, OUTCOME_PENDING);
    hears("hop.esccard.auth.qr", "000000", "{\"authStatus\":\"cancel\"}");
    assert_int_equal(reading.outcome, OUTCOME_DECLINED);
    hears("hop.esccard.auth.qr", "000000", "{}");
    assert_int_equal(reading.outcome, OUTCOME_MALFORMED);
    hears("hop.mmpay.push.drug", "000000", "{\"notifyState\":\"fail\"}");
    assert_int_equal(reading.outcome, OUTCOME_DECLINED);
    hears("hop.inpatient.msg.common", "999999", "{}");
    assert_int_equal(reading.outcome, OUTCOME_UNKNOWN);
    hears("hop.inpatient.msg.common", "031003", "{}");
    assert_int_equal(reading.outcome, OUTCOME_DECLINED);
    assert_string_equal(reading.message, "用户非法"); /* the document's words where none came */
    assert_true(reading.own_words);
}

static void an_account_is_whose_card_was_shown(void **state) {
    (void)state;
    hears("hop.account.info", "000000",
          "{\"hisCustID\":\"C1\",\"balance\":\"350.00\",\"userName\":\"王淑兰\",\"idNo\":"
          "\"350102194702150043\",\"status\":\"01\"}");
    assert_int_equal(reading.outcome, OUTCOME_ACCEPTED);
    const struct account *account =
        (const struct account *)document_if(reading.document, DOCUMENT_ACCOUNT);
    assert_non_null(account);
    assert_string_equal(account->his_cust_id, "C1");
    assert_string_equal(account->mdtrt_cert_type, "10"); /* cardType 03 */
    assert_string_equal(account->mdtrt_cert_no, "D12345678");
    assert_int_equal(account->account_type, ACCOUNT_INPATIENT);
    assert_int_equal(account->balance.fen, 35000);
    assert_true(patient_keys_known(&account->keys));
    hears("hop.account.info", "000000",
          "{\"hisCustID\":\"C1\",\"balance\":\"0.00\",\"userName\":\"A\",\"status\":\"03\"}");
    assert_int_equal(reading.outcome, OUTCOME_DECLINED);
    assert_null(reading.document);
    hears("hop.account.info", "000000", "{\"hisCustID\":\"C1\",\"userName\":\"A\"}");
    assert_int_equal(reading.outcome, OUTCOME_MALFORMED);
}

/* As evidence has it: `extra` may be the text of an object, beside param and in it. */
static void of_a_cards_owner_nothing_is_seen(void **state) {
    (void)state;
    hears("hop.trade.recharge", "000000",
          "{\"traceNo\":\"T1\",\"qrcode\":\"0\",\"extra\":\"{\\\"BankCardNo\\\":"
          "\\\"6222021234567890123\\\",\\\"userName\\\":\\\"张三丰\\\",\\\"callsn\\\":\\\"S1\\\"}"
          "\"}");
    assert_int_equal(reading.outcome, OUTCOME_PENDING);
    char *seen = masked_text(reading.tree);
    assert_null(strstr(seen, "6222021234567890123"));
    assert_null(strstr(seen, "三丰"));
    assert_non_null(strstr(seen, "\"traceNo\":\"T1\""));
    assert_non_null(strstr(seen, "\\\"callsn\\\":\\\"S1\\\""));
    free(seen);
}

static void codes_have_words(void **state) {
    (void)state;
    assert_string_equal(onepay_code_words("034002", LANGUAGE_EN), "already returned");
    assert_string_equal(onepay_code_words("034002", LANGUAGE_ZH), "已退款成功");
    assert_null(onepay_code_words("777777", LANGUAGE_ZH));
}

static int forget(void **state) {
    (void)state;
    drop_reading();
    wire_request_free(&request);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_type_goes_through_every_wire),
        cmocka_unit_test(a_request_is_the_gateways),
        cmocka_unit_test(an_answer_that_does_not_verify_says_nothing),
        cmocka_unit_test(payments_are_placed_by_000000_and_paid_by_the_query),
        cmocka_unit_test(the_query_decides),
        cmocka_unit_test(closes_and_refunds_mean_what_the_page_says),
        cmocka_unit_test(questions_are_answered_or_refused),
        cmocka_unit_test(an_account_is_whose_card_was_shown),
        cmocka_unit_test(of_a_cards_owner_nothing_is_seen),
        cmocka_unit_test(codes_have_words),
    };
    return cmocka_run_group_tests(tests, NULL, forget);
}
