/* links: house libsandbox.a */
/* Two readings of the same documents meet: what the program builds is what the sandbox wants, and
 * what the sandbox answers is what the program reads. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "app/base/clock.h"
#include "app/config/privacy.h"
#include "app/config/terminal_rows.h"
#include "app/platform/his/his.h"
#include "app/platform/upp/upp.h"
#include "app/wire/json.h"
#include "tests/sandbox/direct.h"

#define BASE "http://127.0.0.1:1"

static const struct config_terminal terminal = {.org_code = "H35010200227"};
static const struct config_privacy privacy = {.hospital_key = NULL};
static const struct his_config his = {.base_url = BASE "/his"};
static const struct upp_config upp = {
    .base_url = BASE, .key = "secret", .isv_id = 20000, .partner_id = 12345};
static const struct config config = {.part_count = 4,
                                     .parts = {{&config_terminal_section, &terminal},
                                               {&config_privacy_section, &privacy},
                                               {&his_section, &his},
                                               {&upp_section, &upp}}};

static char expire[CLOCK_TEXT_SIZE];

static int set_up(void **state) {
    *state = direct_open("secret");
    clock_text(direct_now_ms(*state) + 60000, expire);
    return 0;
}

static int tear_down(void **state) {
    direct_close(*state);
    return 0;
}

static void exchange(struct sandbox *sandbox, const struct platform *platform,
                     const char *operation, const char *members, struct wire_reading *reading) {
    struct wire_request wire;
    struct wire_complaint complaint = {.text = ""};
    const char *error = NULL;
    cJSON *tree = wire_parse(members, strlen(members), &error);
    assert_non_null(tree);
    if (!platform->build(&config, operation, tree, direct_now_ms(sandbox), &wire, &complaint))
        fail_msg("%s", complaint.text);
    char *text = direct_post(sandbox, wire.url + strlen(BASE), wire.body);
    platform->read(&config, operation, tree, 200, text, strlen(text), reading);
    free(text);
    cJSON_Delete(tree);
    wire_request_free(&wire);
}

struct meant {
    enum outcome outcome;
    enum trade_state trade;
    int64_t fen; /* 0: no amount is read */
};

static void expect(struct sandbox *sandbox, const struct platform *platform, const char *operation,
                   const char *members, struct meant meant) {
    struct wire_reading reading;
    exchange(sandbox, platform, operation, members, &reading);
    if (reading.outcome != meant.outcome)
        fail_msg("%s: outcome %d, code %s, %s", operation, (int)reading.outcome, reading.code,
                 reading.message);
    assert_int_equal(reading.answer.trade, meant.trade);
    assert_int_equal(reading.answer.has_amount, meant.fen != 0);
    if (meant.fen != 0)
        assert_int_equal(reading.answer.amount.fen, meant.fen);
    free(reading.document);
    wire_reading_free(&reading);
}

static void upp_says(void *sandbox, const char *operation, const char *members,
                     enum outcome outcome, enum trade_state trade, int64_t fen) {
    expect(sandbox, &platform_upp, operation, members, (struct meant){outcome, trade, fen});
}

static char *members_of(char text[512], const char *form, const char *no) {
    snprintf(text, 512, form, no, expire);
    return text;
}

#define SCAN                                                                                       \
    "{\"paymentNo\":\"%s\",\"expireTime\":\"%s\",\"channelProduct\":\"ali_scan_code\","            \
    "\"tradeFee\":\"17.60\",\"subject\":\"门诊缴费\",\"sourceType\":\"outpatient\"}"
#define AGGREGATE                                                                                  \
    "{\"paymentNo\":\"%s\",\"expireTime\":\"%s\",\"tradeFee\":\"17.60\","                          \
    "\"subject\":\"门诊缴费\",\"sourceType\":\"outpatient\"}"
#define QUERY "{\"paymentNo\":\"P1\",\"bizType\":\"scan_pay\"}"
#define REFUND                                                                                     \
    "{\"paymentNo\":\"P1\",\"bizType\":\"scan_pay\",\"requestNo\":\"R1\",\"refundNo\":\"R1\","     \
    "\"refundFee\":\"7.60\"}"

static void order(struct sandbox *sandbox, const char *path, const char *body) {
    char *text = direct_post(sandbox, path, body);
    assert_non_null(strstr(text, "\"ok\":true"));
    free(text);
}

static void a_payment_is_placed_paid_and_refunded(void **state) {
    char text[512];
    upp_says(*state, "network", "{}", OUTCOME_ACCEPTED, TRADE_NONE, 0);
    members_of(text, SCAN, "P1");
    upp_says(*state, "scanCode", text, OUTCOME_PENDING, TRADE_WAIT, 1760);
    upp_says(*state, "paymentQuery", QUERY, OUTCOME_PENDING, TRADE_WAIT, 1760);
    order(*state, "/control/phone", "{\"act\":\"pay\"}");
    upp_says(*state, "paymentQuery", QUERY, OUTCOME_ACCEPTED, TRADE_PAID, 1760);
    upp_says(*state, "close", QUERY, OUTCOME_DECLINED, TRADE_NONE, 0);
    upp_says(*state, "refund", REFUND, OUTCOME_ACCEPTED, TRADE_RETURNED, 760);
    upp_says(*state, "refundQuery", "{\"requestNo\":\"R1\"}", OUTCOME_ACCEPTED, TRADE_RETURNED,
             760);
    upp_says(*state, "refundQuery", "{\"requestNo\":\"R2\"}", OUTCOME_UNKNOWN, TRADE_NONE, 0);
}

static void a_phone_code_pays_waits_or_is_declined(void **state) {
    char text[512];
    static const struct {
        const char *no, *code;
        struct meant meant;
    } phones[] = {
        {"B1", "130000000000000000", {OUTCOME_ACCEPTED, TRADE_PAID, 100}},
        {"B2", "130000000000000011", {OUTCOME_PENDING, TRADE_WAIT, 100}},
        {"B3", "130000000000000099", {OUTCOME_DECLINED, TRADE_FAILED, 100}},
    };
    for (size_t i = 0; i < sizeof phones / sizeof phones[0]; i++) {
        snprintf(text, sizeof text,
                 "{\"paymentNo\":\"%s\",\"expireTime\":\"%s\",\"authCode\":\"%s\","
                 "\"tradeFee\":\"1.00\",\"subject\":\"a\"}",
                 phones[i].no, expire, phones[i].code);
        expect(*state, &platform_upp, "barCode", text, phones[i].meant);
    }
}

static void a_closed_payment_that_is_paid_is_returned(void **state) {
    char text[512];
    members_of(text, SCAN, "P1");
    upp_says(*state, "scanCode", text, OUTCOME_PENDING, TRADE_WAIT, 1760);
    order(*state, "/control/phone", "{\"act\":\"late\"}");
    upp_says(*state, "close", QUERY, OUTCOME_ACCEPTED, TRADE_NONE, 0);
    order(*state, "/control/clock", "{\"offset_ms\":1000}");
    upp_says(*state, "paymentQuery", QUERY, OUTCOME_ACCEPTED, TRADE_PAID, 1760);
    order(*state, "/control/clock", "{\"offset_ms\":4000}");
    struct wire_reading reading;
    exchange(*state, &platform_upp, "paymentQuery", QUERY, &reading);
    assert_int_equal(reading.answer.trade, TRADE_RETURNED);
    wire_reading_free(&reading);
}

/* Which wallet it was is known when it has paid. */
static void one_code_is_placed_and_paid_by_some_wallet(void **state) {
    char text[512];
    struct wire_reading reading;
    members_of(text, AGGREGATE, "P1");
    upp_says(*state, "aggCode", text, OUTCOME_PENDING, TRADE_WAIT, 1760);
    exchange(*state, &platform_upp, "paymentQuery", QUERY, &reading);
    assert_int_equal(reading.answer.paid_by, CHANNEL_NONE);
    wire_reading_free(&reading);
    order(*state, "/control/phone", "{\"act\":\"pay\"}");
    exchange(*state, &platform_upp, "paymentQuery", QUERY, &reading);
    assert_int_equal(reading.outcome, OUTCOME_ACCEPTED);
    assert_int_equal(reading.answer.paid_by, CHANNEL_WECHAT);
    wire_reading_free(&reading);
    upp_says(*state, "refund", REFUND, OUTCOME_ACCEPTED, TRADE_RETURNED, 760);
}

static void bills_are_read(void **state) {
    char text[512], day[CLOCK_TEXT_SIZE];
    members_of(text, SCAN, "P1");
    upp_says(*state, "scanCode", text, OUTCOME_PENDING, TRADE_WAIT, 1760);
    order(*state, "/control/phone", "{\"act\":\"pay\"}");
    clock_text(direct_now_ms(*state), day);
    day[strlen("yyyy-MM-dd")] = '\0';
    snprintf(text, sizeof text, "{\"startDate\":\"%s\",\"endDate\":\"%s\"}", day, day);
    upp_says(*state, "yuntaiBills", text, OUTCOME_ACCEPTED, TRADE_NONE, 0);
    upp_says(*state, "channelBills", text, OUTCOME_ACCEPTED, TRADE_NONE, 0);
}

#define ASKED                                                                                      \
    "{\"mdtrt_cert_type\":\"10\",\"mdtrt_cert_no\":\"C10000001\",\"org_trace_no\":\"MZ10000001-"   \
    "3\""
#define BILL ASKED ",\"doc_trace_no\":\"CF10000001-3\""
#define SETTLE                                                                                     \
    BILL ",\"feesum_amt\":\"1.20\",\"deposit_amount\":\"1.20\",\"deposit_type\":\"WX\","           \
         "\"amp_trace_id\":\"A1\",\"mch_trace_no\":\"P1\",\"trace_id\":\"YT1\","                   \
         "\"pay_chnl_trace_no\":\"CH1\",\"used_patient_type\":\"00\",\"fee_type\":\"08\"}"

static void his_says(void *sandbox, const char *operation, const char *members,
                     enum outcome outcome) {
    struct wire_reading reading;
    exchange(sandbox, &platform_his, operation, members, &reading);
    if (reading.outcome != outcome)
        fail_msg("%s: outcome %d, code %s, %s", operation, (int)reading.outcome, reading.code,
                 reading.message);
    free(reading.document);
    wire_reading_free(&reading);
}

static void a_settlement_is_asked_for_and_taken_back(void **state) {
    his_says(*state, "querySettleResult", ASKED "}", OUTCOME_DECLINED);
    his_says(*state, "rechargeSettle", SETTLE, OUTCOME_ACCEPTED);
    his_says(*state, "rechargeSettle", SETTLE, OUTCOME_ACCEPTED);
    his_says(*state, "querySettleResult", ASKED "}", OUTCOME_ACCEPTED);
    his_says(*state, "queryOrgTips", BILL "}", OUTCOME_ACCEPTED);
    his_says(*state, "cancelRechargeSettle", BILL "}", OUTCOME_ACCEPTED);
    his_says(*state, "querySettleResult", ASKED "}", OUTCOME_UNKNOWN);
}

static void whose_money_settled_it_is_read(void **state) {
    struct wire_reading reading;
    exchange(*state, &platform_his, "rechargeSettle", SETTLE, &reading);
    assert_string_equal(reading.answer.in_no, "A1");
    assert_non_null(reading.document);
    assert_int_equal(((struct guidance *)reading.document)->item_count, 3);
    free(reading.document);
    wire_reading_free(&reading);
}

static void every_patient_and_bill_is_read(void **state) {
    static const struct {
        const char *type, *no, *account;
        int cards, bills, lines;
    } patients[] = {
        {"10", "C10000001", "01", 0, 3, 5}, {"10", "C10000002", "01", 2, 2, 4},
        {"10", "C10000003", "01", 0, 0, 0}, {"10", "C10000004", "01", 0, 12, 60},
        {"05", "W20001234", "02", 0, 0, 0},
    };
    for (size_t i = 0; i < sizeof patients / sizeof patients[0]; i++) {
        struct wire_reading reading;
        char text[512];
        snprintf(text, sizeof text,
                 "{\"mdtrt_cert_type\":\"%s\",\"mdtrt_cert_no\":\"%s\",\"cert_no\":\"%s\","
                 "\"account_type\":\"%s\"}",
                 patients[i].type, patients[i].no, patients[i].no, patients[i].account);
        exchange(*state, &platform_his, "queryAccount", text, &reading);
        assert_int_equal(reading.outcome, OUTCOME_ACCEPTED);
        assert_int_equal(((struct account *)reading.document)->card_count, patients[i].cards);
        free(reading.document);
        wire_reading_free(&reading);
        exchange(*state, &platform_his, "queryUnsettleList", text, &reading);
        assert_int_equal(reading.outcome, OUTCOME_ACCEPTED);
        assert_int_equal(((struct bill_list *)reading.document)->bill_count, patients[i].bills);
        assert_true(((struct bill_list *)reading.document)->line_count >= patients[i].lines);
        free(reading.document);
        wire_reading_free(&reading);
    }
}

#define STORY(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        STORY(a_payment_is_placed_paid_and_refunded),
        STORY(a_phone_code_pays_waits_or_is_declined),
        STORY(a_closed_payment_that_is_paid_is_returned),
        STORY(one_code_is_placed_and_paid_by_some_wallet),
        STORY(bills_are_read),
        STORY(a_settlement_is_asked_for_and_taken_back),
        STORY(whose_money_settled_it_is_read),
        STORY(every_patient_and_bill_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
