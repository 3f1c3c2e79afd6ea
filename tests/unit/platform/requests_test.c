/* What the order law and the visit send is complete by the documents' tables, and the numbers are
 * the same on every retry. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "app/base/text.h"
#include "app/config/terminal_rows.h"
#include "app/core/order/order.h"
#include "app/platform/his/his.h"
#include "app/platform/upp/upp.h"
#include "app/wire/json.h"
#include "tests/support/one_leg.h"

#define NOW_MS INT64_C(1795140672000) /* 2026-11-20 10:11:12 */

static const struct his_config his = {.base_url = "http://127.0.0.1:1/his"};
static const struct upp_config upp = {
    .base_url = "http://127.0.0.1:1", .key = "k", .isv_id = 1, .partner_id = 2};
static struct config_terminal terminal = {.id = "K1",
                                          .org_code = "H1",
                                          .sub_org_code = "",
                                          .operator_id = "",
                                          .operator_name = "",
                                          .hospital_name = "示范,医院"};
static const struct config config = {
    .part_count = 3,
    .parts = {{&his_section, &his}, {&upp_section, &upp}, {&config_terminal_section, &terminal}}};

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
    struct wire_complaint complaint = {""};
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
    struct wire_complaint complaint = {""};
    const struct platform *platform = platform_ask(question, &operation, &members);
    assert_ptr_equal(platform, &platform_his);
    if (!platform->build(&config, operation, members, NOW_MS, &wire, &complaint))
        fail_msg("%s", complaint.text);
    cJSON *message = cJSON_Duplicate(wire.message, true);
    wire_request_free(&wire);
    cJSON_Delete(members);
    return message;
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

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_qr_code_is_placed),
        cmocka_unit_test(a_phones_code_is_placed_and_asked_about_as_one),
        cmocka_unit_test(a_phones_code_that_is_gone_is_not_sent),
        cmocka_unit_test(a_credit_has_its_own_number_for_ever),
        cmocka_unit_test(a_long_channel_number_gives_way_to_the_platforms),
        cmocka_unit_test(an_inpatients_deposit_says_so),
        cmocka_unit_test(the_rest_of_the_verbs_fill_their_tables),
        cmocka_unit_test(a_long_hospital_name_still_makes_a_subject),
        cmocka_unit_test(no_upp_for_a_card_at_the_pinpad),
        cmocka_unit_test(a_visit_asks_for_the_account_of_its_code),
        cmocka_unit_test(a_visit_asks_for_the_bills_of_the_chosen_card),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
