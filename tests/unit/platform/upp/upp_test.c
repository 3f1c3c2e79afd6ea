/* upp: what leaves is complete and right; what comes back means what the document says. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "app/platform/upp/upp.h"
#include "app/wire/json.h"
#include "app/wire/masked.h"
#include "app/wire/sign.h"

#define KEY "9f2c1b7a5d3e48f6"
#define NOW_MS INT64_C(1795140672000) /* 2026-11-20 10:11:12 */
#define NO "26112010111200010001"

static const struct upp_config upp = {
    .base_url = "http://127.0.0.1:1/", .key = KEY, .isv_id = 20000, .partner_id = 12345};
static const struct config config = {.part_count = 1, .parts = {{&upp_section, &upp}}};

static cJSON *parse(const char *text) {
    const char *error = NULL;
    cJSON *tree = wire_parse(text, strlen(text), &error);
    if (tree == NULL)
        fail_msg("%s: %s", error, text);
    return tree;
}

static bool build(const char *operation, const char *members, struct wire_request *wire,
                  struct wire_complaint *complaint) {
    cJSON *tree = parse(members);
    bool built = platform_upp.build(&config, operation, tree, NOW_MS, wire, complaint);
    cJSON_Delete(tree);
    return built;
}

static void refused(const char *operation, const char *members, const char *wanted) {
    struct wire_request wire;
    struct wire_complaint complaint = {.text = ""};
    assert_false(build(operation, members, &wire, &complaint));
    assert_string_equal(complaint.text, wanted);
}

#define SCAN(fee, subject, expire)                                                                 \
    "{\"paymentNo\":\"" NO "\",\"channelProduct\":\"ten_scan_code\",\"expireTime\":\"" expire      \
    "\",\"tradeFee\":" fee ",\"subject\":\"" subject "\"}"
#define LATER "2026-11-20 10:14:12"

static void a_request_is_signed_and_complete(void **state) {
    (void)state;
    struct wire_request wire;
    struct wire_complaint complaint;
    assert_true(
        build("scanCode", SCAN("\"128.50\"", "示范医院门诊缴费", LATER), &wire, &complaint));
    assert_string_equal(wire.url, "http://127.0.0.1:1/access/scanCode");
    cJSON *sent = parse(wire.body);
    assert_true(sign_upp_verify(sent, KEY));
    assert_string_equal(wire_text(sent, "timestamp"), "1795140672000");
    assert_true(cJSON_IsRaw(wire_member(sent, "isvId")));
    assert_true(cJSON_IsString(wire_member(sent, "tradeFee")));
    assert_string_equal(wire_text(sent, "version"), "1.0.0");
    cJSON_Delete(sent);
    wire_request_free(&wire);
}

static void an_amount_as_a_number_leaves_as_text(void **state) {
    (void)state;
    struct wire_request wire;
    struct wire_complaint complaint;
    assert_true(build("scanCode", SCAN("17.60", "x", LATER), &wire, &complaint));
    assert_string_equal(wire_text(wire.message, "tradeFee"), "17.60");
    assert_true(cJSON_IsString(wire_member(wire.message, "tradeFee")));
    wire_request_free(&wire);
}

static void channel_bills_go_where_the_platforms_own_clients_ask(void **state) {
    (void)state;
    struct wire_request wire;
    struct wire_complaint complaint;
    assert_true(build("channelBills", "{\"startDate\":\"2026-11-19\",\"endDate\":\"2026-11-19\"}",
                      &wire, &complaint));
    assert_string_equal(wire.url, "http://127.0.0.1:1/access/channelBills");
    wire_request_free(&wire);
}

static void what_is_wrong_is_refused_by_name(void **state) {
    (void)state;
    static const char yuan[] = "yuan above zero with two decimals, at most 8 digits before them";
    char wanted[256];
    static const struct {
        const char *fee, *got;
    } fees[] = {{"\"0\"", "\"0\""},
                {"\"0.00\"", "\"0.00\""},
                {"\"-1.00\"", "\"-1.00\""},
                {"\"1\"", "\"1\""},
                {"0.1", "0.1"},
                {"\"123456789.00\"", "\"123456789.00\""},
                {"\"1e2.00\"", "\"1e2.00\""},
                {"true", "true"}};
    for (size_t i = 0; i < sizeof fees / sizeof fees[0]; i++) {
        char members[400];
        snprintf(members, sizeof members, SCAN("%s", "x", LATER), fees[i].fee);
        snprintf(wanted, sizeof wanted, "upp.scanCode.tradeFee: expected %s, got %s", yuan,
                 fees[i].got);
        refused("scanCode", members, wanted);
    }
    refused("scanCode", "{}", "upp.scanCode.paymentNo: expected a value (required), got nothing");
    refused("scanCode", SCAN("\"1.00\"", "a,b", LATER),
            "upp.scanCode.subject: expected no English comma (4.2), got \"a,b\"");
    refused("scanCode", SCAN("\"1.00\"", "x", "2026-11-20 10:11:12"),
            "upp.scanCode.expireTime: expected a time to come (4.2), got \"2026-11-20 10:11:12\"");
    refused("scanCode", SCAN("\"1.00\"", "x", "2026-11-31 10:11:12"),
            "upp.scanCode.expireTime: expected yyyy-MM-dd HH:mm:ss, got \"2026-11-31 10:11:12\"");
    refused("refundQuery", "{\"requestNo\":\"123456789012345678901234567890123\"}",
            "upp.refundQuery.requestNo: expected at most 32 characters, got "
            "\"123456789012345678901234567890123\"");
    refused("refundQuery", "{\"requestNo\":1}",
            "upp.refundQuery.requestNo: expected a string, got 1");
    refused("close", "{\"paymentNo\":\"1\",\"bizType\":\"cash\"}",
            "upp.close.bizType: expected one of scan_pay, barcode_pay, got \"cash\"");
    refused("network", "{\"x\":\"1\"}", "upp.network.x: expected no such member, got \"1\"");
    refused("yuntaiBills", "{\"startDate\":\"2026-11-20\",\"endDate\":\"2026-11-19\"}",
            "upp.yuntaiBills.endDate: expected a day not before startDate, got \"2026-11-19\"");
    refused("nothing", "{}", "upp.nothing: no such operation");
}

static void a_pay_code_is_never_in_a_complaint(void **state) {
    (void)state;
    struct wire_request wire;
    struct wire_complaint complaint;
    char members[600], code[258];
    memset(code, '1', 257);
    code[257] = '\0';
    snprintf(members, sizeof members,
             "{\"paymentNo\":\"" NO "\",\"expireTime\":\"" LATER "\",\"tradeFee\":\"1.00\","
             "\"subject\":\"x\",\"authCode\":\"%s\"}",
             code);
    assert_false(build("barCode", members, &wire, &complaint));
    assert_string_equal(complaint.text, "upp.barCode.authCode: expected at most 256 characters, "
                                        "got 257 characters (not shown)");
}

/* The answer to `operation`, signed over `root` (a JSON object). */
static struct wire_reading reading_of(const char *operation, const char *sent_text,
                                      const char *root) {
    cJSON *answer = parse(root), *sent = parse(sent_text);
    char sign[SIGN_MD5_SIZE];
    sign_upp(answer, KEY, sign);
    cJSON_AddStringToObject(answer, "sign", sign);
    char *body = wire_print(answer, false);
    struct wire_reading reading;
    platform_upp.read(&config, operation, sent, 200, body, strlen(body), &reading);
    free(body);
    cJSON_Delete(answer);
    cJSON_Delete(sent);
    wire_reading_free(&reading);
    return reading;
}

#define OK(data)                                                                                   \
    "{\"result\":true,\"kind\":\"0\",\"version\":\"1.0.0\",\"timestamp\":1795140672001,"           \
    "\"data\":" data "}"
#define SENT "{\"paymentNo\":\"" NO "\",\"requestNo\":\"R1\"}"
#define PAYMENT(state)                                                                             \
    "{\"tradeStatus\":\"" state "\",\"paymentNo\":\"" NO "\",\"outPaymentNo\":\"YT1\","            \
    "\"inPaymentNo\":\"WX9\",\"tradeFee\":\"0.01\",\"channelType\":\"ten\","                       \
    "\"paymentTime\":\"2026-11-20 10:12:00\"}"

static void the_trade_state_decides_about_a_payment(void **state) {
    (void)state;
    static const struct {
        const char *root;
        enum outcome outcome;
        enum trade_state trade;
    } cases[] = {
        {OK(PAYMENT("pay_success")), OUTCOME_ACCEPTED, TRADE_PAID},
        {OK(PAYMENT("pay_failed")), OUTCOME_DECLINED, TRADE_FAILED},
        {OK(PAYMENT("wait_pay")), OUTCOME_PENDING, TRADE_WAIT},
        {OK(PAYMENT("refund_apply_success")), OUTCOME_UNKNOWN, TRADE_RETURNED},
        {OK(PAYMENT("refund_success")), OUTCOME_UNKNOWN, TRADE_RETURNED},
        {OK(PAYMENT("refund_failed")), OUTCOME_UNKNOWN, TRADE_RETURN_FAILED},
        {OK(PAYMENT("refund_exception")), OUTCOME_UNKNOWN, TRADE_RETURN_ODD},
        {OK(PAYMENT("PAY_SUCCESS")), OUTCOME_UNKNOWN, TRADE_OTHER},
        {"{\"result\":false,\"kind\":\"E1\",\"msg\":\"no\",\"data\":" PAYMENT("pay_success") "}",
         OUTCOME_UNKNOWN, TRADE_NONE},
        {"{\"result\":true,\"kind\":\"7\",\"data\":" PAYMENT("pay_success") "}", OUTCOME_UNKNOWN,
         TRADE_NONE},
        {OK("null"), OUTCOME_MALFORMED, TRADE_NONE},
        {OK("{\"tradeStatus\":\"pay_success\"}"), OUTCOME_MALFORMED, TRADE_NONE},
        {OK("{\"paymentNo\":\"" NO "\",\"tradeFee\":1}"), OUTCOME_MALFORMED, TRADE_NONE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct wire_reading reading = reading_of("paymentQuery", SENT, cases[i].root);
        assert_int_equal(reading.outcome, cases[i].outcome);
        assert_int_equal(reading.answer.outcome, cases[i].outcome);
        assert_int_equal(reading.answer.trade, cases[i].trade);
    }
}

static void a_paid_answer_carries_its_numbers(void **state) {
    (void)state;
    struct wire_reading reading = reading_of("paymentQuery", SENT, OK(PAYMENT("pay_success")));
    assert_true(reading.answer.has_amount);
    assert_int_equal(reading.answer.amount.fen, 1);
    assert_string_equal(reading.answer.no, "YT1");
    assert_string_equal(reading.answer.in_no, "WX9");
    assert_int_equal(reading.answer.paid_by, CHANNEL_WECHAT);
    assert_int_equal(reading.answer.time_ms, NOW_MS + 48000);
    assert_int_equal(reading.peer_time_ms, NOW_MS + 1);
}

static void another_payments_answer_is_malformed(void **state) {
    static const char *const nobodys[] = {
        OK("{\"tradeStatus\":\"pay_success\",\"tradeFee\":0.01}"),
        OK("{\"tradeStatus\":\"pay_success\",\"tradeFee\":0.01,\"paymentNo\":\"\"}"),
        OK("{\"tradeStatus\":\"pay_success\",\"tradeFee\":0.01,\"paymentNo\":null,"
           "\"outPaymentNo\":\"YT1\"}"),
        OK("{\"tradeStatus\":\"pay_failed\",\"tradeFee\":0.01}")};
    (void)state;
    struct wire_reading reading =
        reading_of("paymentQuery", "{\"paymentNo\":\"other\"}", OK(PAYMENT("pay_success")));
    assert_int_equal(reading.outcome, OUTCOME_MALFORMED);
    for (size_t i = 0; i < sizeof nobodys / sizeof *nobodys; i++)
        assert_int_equal(reading_of("paymentQuery", SENT, nobodys[i]).outcome, OUTCOME_MALFORMED);
}

#define PLACED(link)                                                                               \
    OK("{\"channelType\":\"ali\",\"channelProduct\":\"ali_scan_code\",\"sign\":\"" link            \
       "\",\"outPaymentNo\":\"YT1\",\"paymentNo\":\"" NO "\",\"tradeFee\":17.60}")

static void a_placed_payment_waits_and_has_its_link(void **state) {
    (void)state;
    struct wire_reading reading =
        reading_of("scanCode", SENT, PLACED("https://pay.example.test/q/YT1?a=1&b=/x"));
    assert_int_equal(reading.outcome, OUTCOME_PENDING);
    assert_int_equal(reading.answer.trade, TRADE_WAIT);
    assert_int_equal(reading.answer.amount.fen, 1760);
    const struct pay_link *link = (const struct pay_link *)reading.document;
    assert_int_equal(link->head.kind, DOCUMENT_PAY_LINK);
    assert_string_equal(link->url, "https://pay.example.test/q/YT1?a=1&b=/x");
    assert_ptr_equal(reading.answer.document, reading.document);
    free(reading.document);
    reading = reading_of("scanCode", SENT, PLACED(""));
    assert_int_equal(reading.outcome, OUTCOME_MALFORMED);
    reading = reading_of("scanCode", SENT, PLACED("https://x y"));
    assert_int_equal(reading.outcome, OUTCOME_MALFORMED);
}

static void only_n_says_that_a_close_failed(void **state) {
    (void)state;
    static const struct {
        const char *root;
        enum outcome outcome;
        bool not_closed;
    } cases[] = {
        {OK("{\"paymentNo\":\"" NO "\",\"isCloseOrder\":\"Y\"}"), OUTCOME_ACCEPTED, false},
        {OK("{\"paymentNo\":\"" NO "\",\"isCloseOrder\":\"N\"}"), OUTCOME_DECLINED, true},
        {OK("{\"paymentNo\":\"" NO "\"}"), OUTCOME_ACCEPTED, false},
        {OK("null"), OUTCOME_ACCEPTED, false},
        {"{\"result\":false,\"kind\":\"1\"}", OUTCOME_ACCEPTED, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct wire_reading reading = reading_of("close", SENT, cases[i].root);
        assert_int_equal(reading.outcome, cases[i].outcome);
        assert_int_equal(reading.answer.not_closed, cases[i].not_closed);
    }
}

#define REFUND(state)                                                                              \
    OK("{\"tradeStatus\":\"" state "\",\"requestNo\":\"R1\",\"refundFee\":\"0.01\","               \
       "\"outRefundNo\":\"YR1\",\"paymentNo\":\"" NO "\"}")

static void the_trade_state_decides_about_a_refund(void **state) {
    (void)state;
    static const struct {
        const char *root;
        enum outcome outcome;
    } cases[] = {
        {REFUND("refund_apply_success"), OUTCOME_ACCEPTED},
        {REFUND("refund_success"), OUTCOME_ACCEPTED},
        {REFUND("refund_failed"), OUTCOME_DECLINED},
        {REFUND("refund_exception"), OUTCOME_UNKNOWN},
        {REFUND("pay_success"), OUTCOME_UNKNOWN},
        {"{\"result\":false,\"kind\":\"1\",\"msg\":\"no\"}", OUTCOME_UNKNOWN},
        {OK("{\"tradeStatus\":\"refund_success\",\"requestNo\":\"R2\",\"refundFee\":1}"),
         OUTCOME_MALFORMED},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_int_equal(reading_of("refund", SENT, cases[i].root).outcome, cases[i].outcome);
    assert_string_equal(reading_of("refundQuery", SENT, REFUND("refund_success")).answer.no, "YR1");
}

/* Whole and good, but of another refund, or of another payment. */
static void a_refund_answered_for_another_is_not_ours(void **state) {
    (void)state;
#define GOOD_REFUND                                                                                \
    "\"tradeStatus\":\"refund_success\",\"refundFee\":\"0.01\",\"outRefundNo\":\"YR1\""
#define ASKED                                                                                      \
    "{\"requestNo\":\"R1\",\"" WIRE_EXPECTED "\":{\"paymentNo\":\"" NO "\",\"refundNo\":\"F1\"}}"
    static const struct {
        const char *root;
        enum outcome outcome;
    } cases[] = {
        {OK("{" GOOD_REFUND ",\"requestNo\":\"R1\"}"), OUTCOME_ACCEPTED},
        {OK("{" GOOD_REFUND "}"), OUTCOME_MALFORMED},
        {OK("{" GOOD_REFUND ",\"requestNo\":\"R2\"}"), OUTCOME_MALFORMED},
        {OK("{" GOOD_REFUND ",\"requestNo\":\"R1\",\"refundNo\":\"F2\"}"), OUTCOME_MALFORMED},
        {OK("{" GOOD_REFUND ",\"requestNo\":\"R1\",\"paymentNo\":\"P2\"}"), OUTCOME_MALFORMED},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_int_equal(reading_of("refundQuery", ASKED, cases[i].root).outcome, cases[i].outcome);
}

static void network_and_bills(void **state) {
    (void)state;
    assert_int_equal(
        reading_of("network", "{}", OK("{\"field\":\"杭州恒生芸泰网络科技有限公司\"}")).outcome,
        OUTCOME_ACCEPTED);
    assert_int_equal(reading_of("network", "{}", OK("{\"field\":\"other\"}")).outcome,
                     OUTCOME_MALFORMED);
    assert_int_equal(reading_of("network", "{}", "{\"result\":false,\"kind\":\"1\"}").outcome,
                     OUTCOME_DECLINED);
    assert_int_equal(reading_of("yuntaiBills", "{}",
                                OK("[{\"tradeType\":\"pay\",\"outTradeNo\":\"Y\",\"tradeFee\":1.00}"
                                   "]"))
                         .outcome,
                     OUTCOME_ACCEPTED);
    assert_int_equal(reading_of("yuntaiBills", "{}", OK("[{\"tradeType\":\"pay\"}]")).outcome,
                     OUTCOME_MALFORMED);
    assert_int_equal(reading_of("channelBills", "{}", OK("[]")).outcome, OUTCOME_ACCEPTED);
}

static void what_cannot_be_relied_on_says_nothing(void **state) {
    (void)state;
    static const struct {
        int status;
        const char *body;
        enum outcome outcome;
    } cases[] = {
        {200, "", OUTCOME_MALFORMED},
        {200, "<html>", OUTCOME_MALFORMED},
        {200, "[]", OUTCOME_MALFORMED},
        {200, OK(PAYMENT("pay_success")), OUTCOME_MALFORMED},
        {200, "{\"result\":true,\"sign\":\"00000000000000000000000000000000\"}", OUTCOME_MALFORMED},
        {500, OK(PAYMENT("pay_success")), OUTCOME_UNKNOWN},
        {302, "", OUTCOME_UNKNOWN},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct wire_reading reading;
        platform_upp.read(&config, "paymentQuery", NULL, cases[i].status, cases[i].body,
                          strlen(cases[i].body), &reading);
        assert_int_equal(reading.outcome, cases[i].outcome);
        assert_null(reading.document);
        wire_reading_free(&reading);
    }
}

static void secrets_and_persons_are_masked(void **state) {
    (void)state;
    cJSON *tree =
        parse("{\"sign\":\"abc\",\"authCode\":\"134567890123456789\",\"psn_name\":\"张建丰\","
              "\"cert_no\":\"11010519491231002X\",\"paymentNo\":\"" NO "\","
              "\"other\":\"11010519491231002X\",\"expandData\":{\"a\":1},"
              "\"msg\":\"code 134567890123456789 for " NO "\",\"data\":{\"sign\":\"http\"}}");
    char *text = masked_text(tree);
    assert_string_equal(text, "{\"sign\":\"***\",\"authCode\":\"***\",\"psn_name\":\"张***\","
                              "\"cert_no\":\"11***\",\"paymentNo\":\"" NO "\",\"other\":\"***\","
                              "\"expandData\":{},\"msg\":\"code ****************** for " NO "\","
                              "\"data\":{\"sign\":\"***\"}}");
    free(text);
    cJSON_Delete(tree);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_request_is_signed_and_complete),
        cmocka_unit_test(an_amount_as_a_number_leaves_as_text),
        cmocka_unit_test(channel_bills_go_where_the_platforms_own_clients_ask),
        cmocka_unit_test(what_is_wrong_is_refused_by_name),
        cmocka_unit_test(a_pay_code_is_never_in_a_complaint),
        cmocka_unit_test(the_trade_state_decides_about_a_payment),
        cmocka_unit_test(a_paid_answer_carries_its_numbers),
        cmocka_unit_test(another_payments_answer_is_malformed),
        cmocka_unit_test(a_placed_payment_waits_and_has_its_link),
        cmocka_unit_test(only_n_says_that_a_close_failed),
        cmocka_unit_test(the_trade_state_decides_about_a_refund),
        cmocka_unit_test(a_refund_answered_for_another_is_not_ours),
        cmocka_unit_test(network_and_bills),
        cmocka_unit_test(what_cannot_be_relied_on_says_nothing),
        cmocka_unit_test(secrets_and_persons_are_masked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
