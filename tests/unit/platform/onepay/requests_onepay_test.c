/* The same of onepay: its own numbers, and its accounts where it takes the money. */
#include <stdlib.h>

#include "tests/unit/platform/requests_story.h"

static struct order an_onepay_order(enum service service) {
    struct order order = an_order();
    order.service = service;
    order.legs[0].route = ROUTE_ONEPAY;
    order.refunds[0].claim = PART_NONE;
    strcpy(order.person.masked_name, "张*丰");
    terminal.operator_id = "kiosk01";
    terminal.operator_name = "自助机01";
    return order;
}

static cJSON *param_of(const struct order *order, enum verb verb, int refund, const char *wanted) {
    cJSON *message = message_of(order, verb, PART_NONE, refund, "", wanted);
    cJSON *param = cJSON_DetachItemFromObject(message, "param");
    cJSON_Delete(message);
    assert_non_null(param);
    return param;
}

/* The same numbers on every retry, the platform's own where it has said it. */
static void onepay_is_told_of_bills_and_of_deposits(void **state) {
    (void)state;
    struct order order = an_onepay_order(SERVICE_BILLS);
    cJSON *param = param_of(&order, VERB_PLACE, PART_NONE, "hop.trade.recpay");
    has(param, "outTradeNo", order.no);
    has(param, "cardType", "03");
    has(param, "rechargeAmount", "164.50");
    has(param, "consumeAmount", "164.50");
    has(param, "depositType", "ALI_QR");
    const char *error, *exams = wire_text(wire_member(param, "extra"), "examList");
    cJSON *rows = wire_parse(exams, strlen(exams), &error);
    assert_int_equal(cJSON_GetArraySize(rows), 2);
    has(cJSON_GetArrayItem(rows, 1), "purchaseNo", "T2");
    has(cJSON_GetArrayItem(rows, 1), "totPrice", "36.00");
    cJSON_Delete(rows);
    cJSON_Delete(param);
    order = an_onepay_order(SERVICE_DEPOSIT);
    order.legs[0].channel = CHANNEL_ONE;
    param = param_of(&order, VERB_PLACE, PART_NONE, "hop.trade.recharge");
    has(param, "outChargeNo", order.no);
    has(param, "amount", "164.50");
    has(param, "userName", "张*丰");
    has(param, "depositType", "ONE_QR");
    cJSON_Delete(param);
    param = param_of(&order, VERB_ASK, PART_NONE, "hop.trade.query");
    has(param, "traceNo", "YT1");
    has(param, "tradeType", "hop.trade.recharge");
    assert_null(wire_member(param, "outTradeNo"));
    cJSON_Delete(param);
    order.legs[0].out_no[0] = '\0';
    param = param_of(&order, VERB_ASK, PART_NONE, "hop.trade.query");
    has(param, "outTradeNo", order.no);
    cJSON_Delete(param);
    param = param_of(&order, VERB_CLOSE, PART_NONE, "hop.trade.recharge.close");
    has(param, "outChargeNo", order.no);
    cJSON_Delete(param);
}

static void onepay_returns_by_one_number(void **state) {
    (void)state;
    struct order order = an_onepay_order(SERVICE_DEPOSIT);
    cJSON *param = param_of(&order, VERB_REFUND, 0, "hop.trade.refund");
    has(param, "outRefundNo", order.refunds[0].no);
    has(param, "outChargeNo", order.no);
    has(param, "traceNo", "YT1");
    has(param, "amount", "36.00");
    has(param, "withdrawMode", "1");
    has(param, "refundType", "direct");
    has(param, "refundDeskMode", "1");
    has(param, "tradeChannel", "ALI_QR");
    cJSON_Delete(param);
    param = param_of(&order, VERB_ASK_REFUND, 0, "hop.trade.query");
    has(param, "tradeType", "hop.trade.refund");
    has(param, "outTradeNo", order.refunds[0].no);
    cJSON_Delete(param);
    terminal.operator_id = terminal.operator_name = "";
}

/* Some platforms name in the answer to a refund the payment that it is of: asked about by that
 * number, it is the payment that has succeeded. */
static void a_refund_is_never_asked_about_by_its_payments_number(void **state) {
    (void)state;
    struct order order = an_onepay_order(SERVICE_DEPOSIT);
    strcpy(order.refunds[0].out_no, order.legs[0].out_no);
    cJSON *param = param_of(&order, VERB_ASK_REFUND, 0, "hop.trade.query");
    has(param, "tradeType", "hop.trade.refund");
    assert_null(wire_text(param, "traceNo"));
    has(param, "outTradeNo", order.refunds[0].no);
    cJSON_Delete(param);
    strcpy(order.refunds[0].out_no, "YR1"); /* its own */
    param = param_of(&order, VERB_ASK_REFUND, 0, "hop.trade.query");
    has(param, "traceNo", "YR1");
    cJSON_Delete(param);
    terminal.operator_id = terminal.operator_name = "";
}

/* As its caller said, however often it is sent: what the terminal's configuration says, and the way
 * the money came, is for those of whom nobody said it. */
static void a_callers_refund_goes_back_as_it_was_asked(void **state) {
    static const struct {
        const char *mode, *flow;
        bool in_cash;
        const char *said_mode, *said_flow;
    } rows[] = {{"0", "hisDecide", true, "0", "hisDecide"},
                {"1", "prepareAndConfirm", false, "1", "prepareAndConfirm"},
                {"2", "direct", false, "2", "direct"},
                {"", "", true, "0", "direct"}, /* of an earlier version */
                {"", "", false, "1", "direct"}};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct order order = an_onepay_order(SERVICE_DEPOSIT);
        struct refund *refund = &order.refunds[0];
        strcpy(order.caller_no, "N1");
        strcpy(refund->caller_no, "R1");
        strcpy(refund->caller_mode, rows[i].mode);
        strcpy(refund->caller_flow, rows[i].flow);
        refund->in_cash = rows[i].in_cash;
        cJSON *param = param_of(&order, VERB_REFUND, 0, "hop.trade.refund");
        has(param, "outRefundNo", "R1");
        has(param, "withdrawMode", rows[i].said_mode);
        has(param, "refundType", rows[i].said_flow);
        cJSON_Delete(param);
    }
    terminal.operator_id = terminal.operator_name = "";
}

/* A reversal whose caller does not say who tells the hospital leaves it to the platform. */
static void a_callers_reversal_says_what_was_said(void **state) {
    static const char *const flows[] = {"hisDecide", "direct", ""};
    (void)state;
    for (size_t i = 0; i < 3; i++) {
        struct order order = an_onepay_order(SERVICE_BILLS);
        struct platform_act act = {.verb = VERB_REFUND, .order = &order, .pay_code = ""};
        const char *operation = NULL, *said;
        cJSON *members = NULL;
        order.refunds[0].why = REFUND_WHY_REVERSED;
        strcpy(order.refunds[0].caller_no, "R1");
        strcpy(order.refunds[0].caller_mode, "1");
        strcpy(order.refunds[0].caller_flow, flows[i]);
        assert_non_null(platform_compose(&config, &act, &operation, &members));
        assert_string_equal(operation, "hop.trade.pay.cancel");
        has(members, "withdrawMode", "1");
        said = wire_text(members, "refundType");
        assert_string_equal(said == NULL ? "" : said, flows[i]);
        cJSON_Delete(members);
    }
    terminal.operator_id = terminal.operator_name = "";
}

/* What an integrator agrees on with the platform: config/README.md has these members. */
static void a_card_at_the_pinpad_is_booked_with_its_slip(void **state) {
    (void)state;
    struct order order = an_onepay_order(SERVICE_DEPOSIT);
    struct leg *leg = &order.legs[0];
    leg->route = ROUTE_POS;
    leg->slip = (struct pos_slip){.voucher = "000123",
                                  .batch = "000001",
                                  .terminal = "12345678",
                                  .card = "622202******1234",
                                  .date = "20261126"};
    strcpy(leg->out_no, "162345678901");
    strcpy(leg->pos_no, "2");
    strcpy(order.caller_no, "C1");
    strcpy(order.caller_channel, "POS");
    cJSON *message = message_of(&order, VERB_CREDIT, 0, PART_NONE, "", "hop.trade.recharge");
    const cJSON *param = wire_member(message, "param"), *extra = wire_member(param, "extra");
    has(param, "depositType", "POS");
    has(param, "PosNo", "2");
    has(param, "outChargeNo", "C1");
    char *said = wire_print(wire_member(extra, "posTrans"), false);
    assert_string_equal(said, "{\"amount\":\"164.50\",\"referenceNo\":\"162345678901\","
                              "\"voucherNo\":\"000123\",\"batchNo\":\"000001\","
                              "\"terminalNo\":\"12345678\",\"BankCardNo\":\"622202******1234\","
                              "\"transDate\":\"20261126\"}");
    free(said);
    cJSON_Delete(message);
    terminal.operator_id = terminal.operator_name = "";
}

/* A wristband is asked about first, and its account then by its code. */
static void onepay_has_the_accounts_where_it_takes_the_money(void **state) {
    (void)state;
    const char *operation;
    cJSON *members, *next = cJSON_CreateObject();
    struct wire_request wire;
    struct wire_complaint complaint = {.text = ""};
    struct question question = {.verb = VERB_ACCOUNT,
                                .identity = IDENTITY_WRISTBAND,
                                .identity_no = "W1",
                                .id_no = "",
                                .service = SERVICE_DEPOSIT};
    terminal.operator_id = terminal.operator_name = "kiosk";
    rules.policy.wallets = ROUTE_ONEPAY;
    assert_ptr_equal(platform_ask(&config, &question, &operation, &members), &platform_onepay);
    assert_string_equal(operation, "portal.wb.queryAccount");
    has(members, "key", "W1");
    assert_true(platform_onepay.build(&config, operation, members, NOW_MS, &wire, &complaint));
    assert_string_equal(platform_onepay.follow(&config, operation, wire.message, next),
                        "hop.account.info");
    has(next, "cardType", "07");
    has(next, "cardNo", "W1");
    has(next, "accountType", "02");
    assert_null(platform_onepay.follow(&config, "hop.account.info", wire.message, next));
    wire_request_free(&wire);
    cJSON_Delete(next);
    cJSON_Delete(members);
    question.identity = IDENTITY_HOSPITAL_CARD;
    question.service = SERVICE_BILLS;
    assert_ptr_equal(platform_ask(&config, &question, &operation, &members), &platform_onepay);
    assert_string_equal(operation, "hop.account.info");
    has(members, "accountType", "01");
    cJSON_Delete(members);
    question.identity = IDENTITY_E_INSURANCE; /* not in onepay's list: the HIS knows it */
    assert_ptr_equal(platform_ask(&config, &question, &operation, &members), &platform_his);
    cJSON_Delete(members);
    rules.policy.wallets = ROUTE_NONE;
    terminal.operator_id = terminal.operator_name = "";
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(onepay_is_told_of_bills_and_of_deposits),
        cmocka_unit_test(onepay_returns_by_one_number),
        cmocka_unit_test(a_refund_is_never_asked_about_by_its_payments_number),
        cmocka_unit_test(a_callers_refund_goes_back_as_it_was_asked),
        cmocka_unit_test(a_callers_reversal_says_what_was_said),
        cmocka_unit_test(a_card_at_the_pinpad_is_booked_with_its_slip),
        cmocka_unit_test(onepay_has_the_accounts_where_it_takes_the_money),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
