/* What the order law sends is complete by the documents' tables, and the numbers are the same on
 * every retry. */
#include <stdio.h>
#include <stdlib.h>

#include "app/wire/sign.h"
#include "tests/unit/platform/requests_story.h"

static void a_qr_code_is_placed(void **state) {
    (void)state;
    struct order order = an_order();
    cJSON *message = message_of(&order, VERB_PLACE, PART_NONE, PART_NONE, "", "scanCode");
    has(message, "paymentNo", order.no);
    has(message, "channelProduct", "ali_scan_code");
    has(message, "expireTime", "2026-11-20 10:14:12");
    has(message, "tradeFee", "164.50");
    has(message, "subject", "示范 医院门诊缴费");
    has(message, "sourceType", "outpatient");
    cJSON_Delete(message);
}

static void one_code_for_every_wallet_names_none(void **state) {
    (void)state;
    struct order order = an_order();
    order.legs[0].channel = CHANNEL_ONE;
    cJSON *message = message_of(&order, VERB_PLACE, PART_NONE, PART_NONE, "", "aggCode");
    has(message, "paymentNo", order.no);
    has(message, "tradeFee", "164.50");
    assert_null(wire_member(message, "channelProduct"));
    cJSON_Delete(message);
    message = message_of(&order, VERB_CLOSE, PART_NONE, PART_NONE, NULL, "close");
    has(message, "bizType", "scan_pay");
    cJSON_Delete(message);
}

static void a_phones_code_is_placed_and_asked_about_as_one(void **state) {
    (void)state;
    struct order order = an_order();
    order.legs[0].channel = CHANNEL_PHONE;
    cJSON *message =
        message_of(&order, VERB_PLACE, PART_NONE, PART_NONE, "134567890123456700", "barCode");
    has(message, "authCode", "134567890123456700");
    assert_null(wire_member(message, "channelProduct"));
    cJSON_Delete(message);
    message = message_of(&order, VERB_ASK, PART_NONE, PART_NONE, NULL, "paymentQuery");
    has(message, "bizType", "barcode_pay");
    cJSON_Delete(message);
    message = message_of(&order, VERB_CLOSE, PART_NONE, PART_NONE, NULL, "close");
    has(message, "bizType", "barcode_pay");
    cJSON_Delete(message);
}

static void a_phones_code_that_is_gone_is_not_sent(void **state) {
    (void)state;
    struct order order = an_order();
    struct wire_request wire;
    struct wire_complaint complaint;
    const char *operation;
    cJSON *members;
    order.legs[0].channel = CHANNEL_PHONE;
    struct platform_act act = {
        .verb = VERB_PLACE, .order = &order, .claim = PART_NONE, .refund = PART_NONE};
    const struct platform *platform = platform_compose(&config, &act, &operation, &members);
    assert_false(platform->build(&config, operation, members, NOW_MS, &wire, &complaint));
    cJSON_Delete(members);
}

static void a_credit_has_its_own_number_for_ever(void **state) {
    (void)state;
    struct order order = an_order();
    for (int retry = 0; retry < 2; retry++) {
        cJSON *message = message_of(&order, VERB_CREDIT, 1, PART_NONE, NULL, "rechargeSettle");
        has(message, "org_trace_no", "T2");
        has(message, "doc_trace_no", "D2");
        has(message, "amp_trace_id", "2611201011120001000102");
        has(message, "feesum_amt", "36.00");
        has(message, "deposit_amount", "36.00");
        has(message, "deposit_type", "ALI");
        has(message, "trace_id", "YT1");
        has(message, "pay_chnl_trace_no", "CH1");
        has(message, "mch_trace_no", order.no);
        has(message, "used_patient_type", "00");
        has(message, "fee_type", "08");
        cJSON_Delete(message);
    }
}

/* When it was paid, in the form that this hospital reads; the same on every retry. */
static void a_credit_says_when_it_was_paid_in_the_hospitals_form(void **state) {
    (void)state;
    static const struct {
        enum his_setl_time form;
        const char *paid, *placed;
    } forms[] = {{HIS_SETL_TIME_DOCUMENT, "2026-11-20 10:11:12", "2026-11-20 10:11:11"},
                 {HIS_SETL_TIME_EPOCH_MS, "1795140672000", "1795140671000"}};
    struct order order = an_order();
    order.created_ms = NOW_MS - 1000;
    cJSON *message = message_of(&order, VERB_CREDIT, 0, PART_NONE, NULL, "rechargeSettle");
    assert_null(wire_member(message, "setl_time"));
    cJSON_Delete(message);
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        his.setl_time = forms[i].form;
        order.legs[0].paid_ms = NOW_MS;
        message = message_of(&order, VERB_CREDIT, 0, PART_NONE, NULL, "rechargeSettle");
        has(message, "setl_time", forms[i].paid);
        cJSON_Delete(message);
        order.legs[0].paid_ms = 0; /* nobody said when */
        message = message_of(&order, VERB_CREDIT, 0, PART_NONE, NULL, "rechargeSettle");
        has(message, "setl_time", forms[i].placed);
        cJSON_Delete(message);
    }
    his.setl_time = HIS_SETL_TIME_NONE;
}

static int operation_bit(const char *name) {
    int i = 0;
    while (strcmp(his_table[i].name, name) != 0)
        i++;
    return 1 << i;
}

static void refused_here(const struct order *order, enum verb verb, int refund,
                         const char *complaint_text) {
    const char *operation = NULL;
    cJSON *members = NULL;
    struct wire_request wire;
    struct wire_complaint complaint = {.text = ""};
    struct platform_act act = {.verb = verb, .order = order, .claim = 1, .refund = refund};
    const struct platform *platform = platform_compose(&config, &act, &operation, &members);
    assert_false(platform->build(&config, operation, members, NOW_MS, &wire, &complaint));
    assert_string_equal(complaint.text, complaint_text);
    cJSON_Delete(members);
}

/* Nothing leaves to an operation that this hospital does not have. */
static void what_a_hospital_does_not_have_is_not_asked(void **state) {
    (void)state;
    struct order order = an_order();
    assert_true(platform_his_has(&config, VERB_UNCREDIT));
    his.names_operations = true;
    his.operations_bits =
        (uint32_t)(operation_bit("queryAccount") | operation_bit("queryUnsettleList") |
                   operation_bit("rechargeSettle") | operation_bit("querySettleResult"));
    assert_false(platform_his_has(&config, VERB_UNCREDIT));
    assert_false(platform_his_has(&config, VERB_GUIDANCE));
    assert_true(platform_his_has(&config, VERB_CREDIT));
    refused_here(&order, VERB_UNCREDIT, 0,
                 "his.cancelRechargeSettle: this hospital does not have it (his.operations)");
    refused_here(&order, VERB_GUIDANCE, PART_NONE,
                 "his.queryOrgTips: this hospital does not have it (his.operations)");
    cJSON_Delete(message_of(&order, VERB_CREDIT, 1, PART_NONE, NULL, "rechargeSettle"));
    cJSON_Delete(message_of(&order, VERB_PROBE_CREDIT, 1, PART_NONE, NULL, "querySettleResult"));
    his.names_operations = false;
    his.operations_bits = 0;
    cJSON_Delete(message_of(&order, VERB_UNCREDIT, 1, 0, NULL, "cancelRechargeSettle"));
}

/* The same question in all but the number, which no bill of the hospital can have. */
static void a_number_that_does_not_exist_is_asked_as_any(void **state) {
    (void)state;
    struct order order = an_order();
    char none[CLAIM_TRACE_SIZE];
    cJSON *own = message_of(&order, VERB_ASK_CREDIT, 1, PART_NONE, NULL, "querySettleResult");
    cJSON *probe = message_of(&order, VERB_PROBE_CREDIT, 1, PART_NONE, NULL, "querySettleResult");
    has(own, "org_trace_no", "T2");
    has(probe, "org_trace_no", order_no_such_trace(&order, none));
    for (int i = 0; i < order.claim_count; i++) {
        char trace[CLAIM_TRACE_SIZE];
        assert_string_not_equal(none, order.claims[i].org_trace_no);
        assert_string_not_equal(none, order_claim_trace(&order, i, trace));
    }
    assert_string_not_equal(none, order.no); /* a deposit's own number */
    cJSON_ReplaceItemInObject(probe, "org_trace_no", cJSON_CreateString("T2"));
    assert_true(cJSON_Compare(own, probe, true));
    cJSON_Delete(own);
    cJSON_Delete(probe);
}

static void a_long_channel_number_gives_way_to_the_platforms(void **state) {
    (void)state;
    struct order order = an_order();
    memset(order.legs[0].in_no, '7', 41);
    cJSON *message = message_of(&order, VERB_CREDIT, 0, PART_NONE, NULL, "rechargeSettle");
    has(message, "pay_chnl_trace_no", "YT1");
    cJSON_Delete(message);
}

static void an_inpatients_deposit_says_so(void **state) {
    (void)state;
    struct order order = an_order();
    order.service = SERVICE_DEPOSIT;
    order.person.account_type = ACCOUNT_INPATIENT;
    order.legs[0].paid_by = CHANNEL_WECHAT;
    cJSON *message = message_of(&order, VERB_CREDIT, 0, PART_NONE, NULL, "rechargeSettle");
    has(message, "account_type", "02");
    has(message, "fee_type", "10");
    has(message, "deposit_type", "WX");
    cJSON_Delete(message);
    message = message_of(&order, VERB_PLACE, PART_NONE, PART_NONE, NULL, "scanCode");
    has(message, "sourceType", "inpatient");
    has(message, "subject", "示范 医院住院预缴");
    cJSON_Delete(message);
}

static void the_rest_of_the_verbs_fill_their_tables(void **state) {
    (void)state;
    struct order order = an_order();
    cJSON *message = message_of(&order, VERB_BILLS, 0, PART_NONE, NULL, "queryUnsettleList");
    has(message, "cert_no", "C10000001");
    cJSON_Delete(message);
    message = message_of(&order, VERB_ASK_CREDIT, 0, PART_NONE, NULL, "querySettleResult");
    has(message, "org_trace_no", "T1");
    cJSON_Delete(message);
    message = message_of(&order, VERB_UNCREDIT, 1, 0, NULL, "cancelRechargeSettle");
    has(message, "org_trace_no", "T2");
    has(message, "deposit_amount", "36.00");
    cJSON_Delete(message);
    cJSON_Delete(message_of(&order, VERB_GUIDANCE, 0, PART_NONE, NULL, "queryOrgTips"));
    message = message_of(&order, VERB_REFUND, PART_NONE, 0, NULL, "refund");
    has(message, "refundFee", "36.00");
    has(message, "requestNo", "26112010111200010002");
    has(message, "refundNo", "26112010111200010002");
    has(message, "paymentNo", order.no);
    cJSON_Delete(message);
    message = message_of(&order, VERB_ASK_REFUND, PART_NONE, 0, NULL, "refundQuery");
    has(message, "requestNo", "26112010111200010002");
    cJSON_Delete(message);
}

static void a_long_hospital_name_still_makes_a_subject(void **state) {
    (void)state;
    struct order order = an_order();
    char name[301] = "";
    for (int i = 0; i < 100; i++)
        strcat(name, "院");
    terminal.hospital_name = name;
    cJSON *message = message_of(&order, VERB_PLACE, PART_NONE, PART_NONE, NULL, "scanCode");
    assert_true(text_characters(wire_text(message, "subject")) <= 64);
    cJSON_Delete(message);
    terminal.hospital_name = "示范,医院";
}

/* What a question about the refund hears, when the answer names it so. */
static enum outcome heard_of_refund(const struct order *order, const char *payment_no,
                                    const char *refund_no) {
    char text[512], sign[SIGN_MD5_SIZE];
    const char *ignored;
    struct wire_reading reading;
    cJSON *sent = message_of(order, VERB_ASK_REFUND, PART_NONE, 0, NULL, "refundQuery");
    snprintf(text, sizeof text,
             "{\"result\":true,\"kind\":\"0\",\"data\":{\"tradeStatus\":\"refund_success\","
             "\"refundFee\":\"36.00\",\"outRefundNo\":\"YR1\",\"requestNo\":\"%s\","
             "\"refundNo\":\"%s\",\"paymentNo\":\"%s\"}}",
             order->refunds[0].no, refund_no, payment_no);
    cJSON *answer = wire_parse(text, strlen(text), &ignored);
    sign_upp(answer, upp.key, sign);
    cJSON_AddStringToObject(answer, "sign", sign);
    char *body = wire_print(answer, false);
    platform_upp.read(&config, "refundQuery", sent, 200, body, strlen(body), &reading);
    wire_reading_free(&reading);
    cJSON_Delete(answer);
    cJSON_Delete(sent);
    free(body);
    return reading.outcome;
}

/* 4.7 is asked with requestNo alone and names the payment and the refund: they have to be ours. */
static void a_refund_of_another_payment_is_not_the_one_asked_about(void **state) {
    (void)state;
    struct order order = an_order();
    const char *payment = order.legs[0].no, *refund = order.refunds[0].no;
    assert_int_equal(heard_of_refund(&order, payment, refund), OUTCOME_ACCEPTED);
    assert_int_equal(heard_of_refund(&order, "26112010111200019999", refund), OUTCOME_MALFORMED);
    assert_int_equal(heard_of_refund(&order, payment, "26112010111200019998"), OUTCOME_MALFORMED);
}

static void no_upp_for_a_card_at_the_pinpad(void **state) {
    (void)state;
    struct order order = an_order();
    const char *operation;
    cJSON *members;
    order.legs[0].route = ROUTE_POS;
    struct platform_act act = {
        .verb = VERB_PLACE, .order = &order, .claim = PART_NONE, .refund = PART_NONE};
    assert_null(platform_compose(&config, &act, &operation, &members));
    assert_null(members);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_qr_code_is_placed),
        cmocka_unit_test(one_code_for_every_wallet_names_none),
        cmocka_unit_test(a_phones_code_is_placed_and_asked_about_as_one),
        cmocka_unit_test(a_phones_code_that_is_gone_is_not_sent),
        cmocka_unit_test(a_credit_has_its_own_number_for_ever),
        cmocka_unit_test(a_credit_says_when_it_was_paid_in_the_hospitals_form),
        cmocka_unit_test(what_a_hospital_does_not_have_is_not_asked),
        cmocka_unit_test(a_number_that_does_not_exist_is_asked_as_any),
        cmocka_unit_test(a_long_channel_number_gives_way_to_the_platforms),
        cmocka_unit_test(an_inpatients_deposit_says_so),
        cmocka_unit_test(the_rest_of_the_verbs_fill_their_tables),
        cmocka_unit_test(a_long_hospital_name_still_makes_a_subject),
        cmocka_unit_test(a_refund_of_another_payment_is_not_the_one_asked_about),
        cmocka_unit_test(no_upp_for_a_card_at_the_pinpad),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
