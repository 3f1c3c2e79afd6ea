/* What the order law and the visit send is complete by the documents' tables, and the numbers are
 * the same on every retry. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "app/base/text.h"
#include "app/config/rules.h"
#include "app/config/terminal_rows.h"
#include "app/core/order/order.h"
#include "app/platform/his/his.h"
#include "app/platform/onepay/onepay.h"
#include "app/platform/upp/upp.h"
#include "app/wire/json.h"
#include "tests/support/one_leg.h"

#define NOW_MS INT64_C(1795140672000) /* 2026-11-20 10:11:12 */

static struct his_config his = {.base_url = "http://127.0.0.1:1/his"};
static const struct upp_config upp = {
    .base_url = "http://127.0.0.1:1", .key = "k", .isv_id = 1, .partner_id = 2};
static struct config_terminal terminal = {.id = "K1",
                                          .org_code = "H1",
                                          .sub_org_code = "",
                                          .operator_id = "",
                                          .operator_name = "",
                                          .hospital_name = "示范,医院"};
static const struct onepay_config onepay = {.serveraddr = "http://127.0.0.1:1/onepay",
                                            .appid = "0123456789ABCDEF",
                                            .appsecret = "s",
                                            .refund_type = "direct",
                                            .notify_url = ""};
static struct config_rules rules;
static const struct config config = {.part_count = 5,
                                     .parts = {{&his_section, &his},
                                               {&upp_section, &upp},
                                               {&onepay_section, &onepay},
                                               {&config_rules_section, &rules},
                                               {&config_terminal_section, &terminal}}};

static struct order an_order(void) {
    struct order order = {.no = "26112010111200010001",
                          .service = SERVICE_BILLS,
                          .person = {.mdtrt_cert_type = "10",
                                     .mdtrt_cert_no = "C10000001",
                                     .his_cust_id = "H1",
                                     .account_type = ACCOUNT_OUTPATIENT},
                          .leg_count = 1,
                          .claim_count = 2,
                          .refund_count = 1};
    order.legs[0] = (struct leg){.route = ROUTE_UPP,
                                 .channel = CHANNEL_ALIPAY,
                                 .no = "26112010111200010001",
                                 .amount = {16450},
                                 .expire_ms = NOW_MS + 180000,
                                 .out_no = "YT1",
                                 .in_no = "CH1"};
    order.claims[0] = (struct claim){.org_trace_no = "T1", .doc_trace_no = "D1", .amount = {12850}};
    order.claims[1] = (struct claim){.org_trace_no = "T2", .doc_trace_no = "D2", .amount = {3600}};
    order.refunds[0] =
        (struct refund){.no = "26112010111200010002", .leg = 0, .claim = 1, .amount = {3600}};
    one_leg_pays(&order);
    return order;
}

/* The message as it would leave; fails when the document's table refuses it. */
static cJSON *message_of(const struct order *order, enum verb verb, int claim, int refund,
                         const char *pay_code, const char *wanted) {
    const char *operation = NULL;
    cJSON *members = NULL;
    struct wire_request wire;
    struct wire_complaint complaint = {.text = ""};
    struct platform_act act = {
        .verb = verb, .order = order, .claim = claim, .refund = refund, .pay_code = pay_code};
    const struct platform *platform = platform_compose(&config, &act, &operation, &members);
    assert_non_null(platform);
    assert_string_equal(operation, wanted);
    if (!platform->build(&config, operation, members, NOW_MS, &wire, &complaint))
        fail_msg("%s", complaint.text);
    cJSON *message = cJSON_Duplicate(wire.message, true);
    wire_request_free(&wire);
    cJSON_Delete(members);
    return message;
}

static void has(const cJSON *message, const char *name, const char *text) {
    const char *got = wire_text(message, name);
    if (got == NULL || strcmp(got, text) != 0)
        fail_msg("%s: expected %s, got %s", name, text, got == NULL ? "nothing" : got);
}

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

static cJSON *asked(const struct question *question) {
    const char *operation;
    cJSON *members;
    struct wire_request wire;
    struct wire_complaint complaint = {.text = ""};
    const struct platform *platform = platform_ask(&config, question, &operation, &members);
    assert_ptr_equal(platform, &platform_his);
    if (!platform->build(&config, operation, members, NOW_MS, &wire, &complaint))
        fail_msg("%s", complaint.text);
    cJSON *message = cJSON_Duplicate(wire.message, true);
    wire_request_free(&wire);
    cJSON_Delete(members);
    return message;
}

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

static void a_visit_asks_for_the_account_of_its_code(void **state) {
    (void)state;
    struct question question = {.verb = VERB_ACCOUNT,
                                .identity = IDENTITY_HOSPITAL_CARD,
                                .identity_no = "C10000001",
                                .id_no = "",
                                .service = SERVICE_BILLS};
    cJSON *message = asked(&question);
    has(message, "mdtrt_cert_type", "10");
    has(message, "cert_no", "C10000001");
    has(message, "account_type", "01");
    cJSON_Delete(message);
    question.identity = IDENTITY_WRISTBAND;
    question.service = SERVICE_DEPOSIT;
    message = asked(&question);
    has(message, "mdtrt_cert_type", "05");
    has(message, "account_type", "02");
    cJSON_Delete(message);
    question = (struct question){.verb = VERB_ACCOUNT,
                                 .identity = IDENTITY_SOCIAL_CARD,
                                 .identity_no = "A12345678",
                                 .id_no = "11010519491231002X"};
    message = asked(&question);
    has(message, "mdtrt_cert_type", "03");
    has(message, "mdtrt_cert_no", "A12345678");
    has(message, "cert_no", "11010519491231002X");
    cJSON_Delete(message);
}

static void a_visit_asks_for_the_bills_of_the_chosen_card(void **state) {
    (void)state;
    struct account account = {.mdtrt_cert_no = "C10000002",
                              .mdtrt_cert_type = "10",
                              .cert_no = "110101199003070038",
                              .his_cust_id = "A",
                              .account_type = ACCOUNT_OUTPATIENT,
                              .card_count = 2};
    strcpy(account.cards[1].his_cust_id, "B");
    struct question question = {.verb = VERB_BILLS,
                                .identity = IDENTITY_HOSPITAL_CARD,
                                .identity_no = "C10000001",
                                .id_no = "",
                                .account = &account,
                                .card = 1};
    cJSON *message = asked(&question);
    has(message, "his_cust_id", "B");
    has(message, "cert_no", "110101199003070038");
    cJSON_Delete(message);
    question.card = -1;
    message = asked(&question);
    has(message, "his_cust_id", "A");
    cJSON_Delete(message);
}

/* What a visit was told by ORG_001 is what ORG_002 and ORG_004 are asked with: one certificate. */
static void a_visit_asks_about_a_bill_with_the_certificate_of_its_list(void **state) {
    (void)state;
    struct account account = {.mdtrt_cert_no = "11010519491231002X",
                              .mdtrt_cert_type = "02",
                              .cert_no = "11010519491231002X",
                              .account_type = ACCOUNT_OUTPATIENT};
    struct question question = {.verb = VERB_BILLS,
                                .identity = IDENTITY_HOSPITAL_CARD,
                                .identity_no = "C10000001",
                                .id_no = "",
                                .account = &account,
                                .card = -1};
    cJSON *list = asked(&question);
    question.verb = VERB_ASK_CREDIT;
    question.org_trace_no = "T7";
    cJSON *settled = asked(&question);
    has(settled, "org_trace_no", "T7");
    has(settled, "mdtrt_cert_type", wire_text(list, "mdtrt_cert_type"));
    has(settled, "mdtrt_cert_no", wire_text(list, "mdtrt_cert_no"));
    has(settled, "mdtrt_cert_type", "02");
    cJSON_Delete(settled);
    account.mdtrt_cert_no[0] = account.mdtrt_cert_type[0] = '\0'; /* as the patient showed it */
    settled = asked(&question);
    has(settled, "mdtrt_cert_type", "10");
    has(settled, "mdtrt_cert_no", "C10000001");
    cJSON_Delete(settled);
    cJSON_Delete(list);
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
        cmocka_unit_test(no_upp_for_a_card_at_the_pinpad),
        cmocka_unit_test(onepay_is_told_of_bills_and_of_deposits),
        cmocka_unit_test(onepay_returns_by_one_number),
        cmocka_unit_test(onepay_has_the_accounts_where_it_takes_the_money),
        cmocka_unit_test(a_visit_asks_for_the_account_of_its_code),
        cmocka_unit_test(a_visit_asks_for_the_bills_of_the_chosen_card),
        cmocka_unit_test(a_visit_asks_about_a_bill_with_the_certificate_of_its_list),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
