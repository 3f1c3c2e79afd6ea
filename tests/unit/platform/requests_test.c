/* What the order law sends is complete by the documents' tables, and the numbers are the same on
 * every retry. */
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

/* One bill, of which the insurance has settled its part alone: 5.00 of 128.50 were prepaid. */
static struct order with_an_own_part(int64_t own_fen) {
    struct order order = an_order();
    order.claim_count = 1;
    order.claims[0].creditor = CREDITOR_TERMINAL;
    order.claims[0].state = CLAIM_CREDITING;
    order.claims[0].tries = 1;
    order.legs[0].route = ROUTE_MMPC;
    order.legs[0].channel = CHANNEL_INSURANCE;
    order.legs[0].state = LEG_PAID;
    order.legs[0].amount.fen = 12850;
    text_cut(order.legs[0].out_no, sizeof order.legs[0].out_no, "35S1");
    order.legs[0].split = (struct split){
        .fund = {12350 - 1000 - own_fen}, .account = {1000}, .own = {own_fen}, .prepaid = {500}};
    order.share_count = 0;
    order_add_share(&order, 0, 0, (struct fen){12850});
    if (own_fen == 0)
        return order;
    struct leg *own =
        order_add_leg(&order, CHANNEL_WECHAT, "26112010111200010003", (struct fen){own_fen});
    own->state = LEG_PAID;
    text_cut(own->out_no, sizeof own->out_no, "YT2");
    order_add_share(&order, 0, 1, (struct fen){own_fen});
    return order;
}

static void a_credit_names_what_the_insurance_has_settled(void **state) {
    (void)state;
    for (int zero = 0; zero < 2; zero++) {
        struct order order = with_an_own_part(zero ? 0 : 1440);
        cJSON *message = message_of(&order, VERB_CREDIT, 0, PART_NONE, NULL, "rechargeSettle");
        has(message, "feesum_amt", "128.50");
        has(message, "used_patient_type", "01");
        has(message, "setl_id", "35S1");
        has(message, "fund_pay_sumamt", zero ? "113.50" : "99.10");
        has(message, "acct_pay", "10.00");
        has(message, "psn_cash_pay", zero ? "0.00" : "14.40");
        has(message, "hosp_balc_pay_amt", "5.00");
        if (zero) {
            assert_null(wire_member(message, "deposit_amount")); /* nothing came by a channel */
            assert_null(wire_member(message, "deposit_type"));
        } else {
            has(message, "deposit_amount", "14.40");
            has(message, "deposit_type", "WX");
            has(message, "trace_id", "YT2");
            has(message, "mch_trace_no", "26112010111200010003");
        }
        cJSON_Delete(message);
    }
}

/* ORG_005 names what came by a channel; the centre is told that its part goes back alone. */
static void both_parts_go_back_each_in_its_words(void **state) {
    (void)state;
    struct order order = with_an_own_part(1440);
    order.claims[0].state = CLAIM_UNCREDITING;
    order.refund_count = 2;
    order.refunds[0] =
        (struct refund){.no = "26112010111200010004", .leg = 0, .claim = 0, .amount = {11410}};
    order.refunds[1] =
        (struct refund){.no = "26112010111200010005", .leg = 1, .claim = 0, .amount = {1440}};
    cJSON *message = message_of(&order, VERB_UNCREDIT, 0, 0, NULL, "cancelRechargeSettle");
    has(message, "deposit_amount", "14.40");
    has(message, "deposit_type", "WX");
    cJSON_Delete(message);
    message = message_of(&order, VERB_REFUND, 0, 0, NULL, "refund");
    has(message, "refdType", "HI");
    has(message, "appRefdSn", "26112010111200010004");
    cJSON_Delete(message);
    message = message_of(&order, VERB_REFUND, 0, 1, NULL, "refund");
    has(message, "refundFee", "14.40");
    has(message, "paymentNo", "26112010111200010003");
    cJSON_Delete(message);
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

static struct order a_pushed_order(void) {
    struct order order = an_order();
    order.person.account_type = ACCOUNT_OUTPATIENT;
    strcpy(order.person.cert_no, "460029196507081627");
    order.claim_count = 1;
    order.legs[0].route = ROUTE_AMP;
    order.legs[0].channel = CHANNEL_INSURANCE;
    order.legs[0].amount.fen = 12850;
    one_leg_pays(&order);
    return order;
}

static void a_bill_is_pushed_to_the_patients_phone(void **state) {
    (void)state;
    struct order order = a_pushed_order();
    cJSON *message = message_of(&order, VERB_PLACE, PART_NONE, PART_NONE, NULL, "pushMsg");
    const cJSON *data = wire_member(message, "data");
    static const struct {
        const char *name, *text;
    } members[] = {{"hisCustType", "01"},
                   {"hisCustId", "H1"},
                   {"phone", "13800000000"},
                   {"patientName", "周大鹏"},
                   {"idType", "01"},
                   {"idNo", "460029196507081627"},
                   {"appType", "01"},
                   {"medOrgOrd", "T1"},
                   {"orderStatus", "MERCHANT_WAIT_PAY"},
                   {"orgCode", "H1"},
                   {"pushType", "HOSPITAL_PAYMENT"},
                   {"amount", "128.50"}};
    for (size_t i = 0; i < sizeof members / sizeof members[0]; i++)
        has(data, members[i].name, members[i].text);
    assert_int_equal(cJSON_GetArraySize(data), sizeof members / sizeof members[0]);
    cJSON_Delete(message);
    strcpy(order.person.his_cust_type, "07");
    order.person.account_type = ACCOUNT_INPATIENT;
    message = message_of(&order, VERB_PLACE, PART_NONE, PART_NONE, NULL, "pushMsg");
    has(wire_member(message, "data"), "hisCustType", "07");
    has(wire_member(message, "data"), "appType", "02");
    cJSON_Delete(message);
}

/* Uploaded before: the message names the upload, and where the bill comes from as far as the
 * hospital has said it. The insurance's own platform is asked and revokes. */
static void a_bill_that_was_uploaded_is_pushed_with_its_number(void **state) {
    (void)state;
    struct order order = a_pushed_order();
    struct bill bill = {.department = "总院牙体牙髓科", .doctor = "周小鹏"};
    order.legs[0].route = ROUTE_AMP_UPLOADED;
    strcpy(order.legs[0].in_no, "ORD324976159723947394273416");
    const char *operation;
    cJSON *members;
    struct platform_act act = {.verb = VERB_PUSH,
                               .order = &order,
                               .claim = PART_NONE,
                               .refund = PART_NONE,
                               .person_name = "周大鹏",
                               .person_phone = "13800000000",
                               .bill = &bill};
    assert_ptr_equal(platform_compose(&config, &act, &operation, &members), &platform_amp);
    assert_string_equal(operation, "pushMsg");
    has(members, "payOrdId", "ORD324976159723947394273416");
    has(members, "deptName", "总院牙体牙髓科");
    has(members, "drName", "周小鹏");
    cJSON_Delete(members);
    static const struct {
        enum verb verb;
        const char *operation;
    } at_centre[] = {{VERB_PLACE, "upload"}, {VERB_ASK, "query"}, {VERB_CLOSE, "revoke"}};
    for (size_t i = 0; i < sizeof at_centre / sizeof at_centre[0]; i++) {
        act.verb = at_centre[i].verb;
        assert_ptr_equal(platform_compose(&config, &act, &operation, &members), &platform_mmpc);
        assert_string_equal(operation, at_centre[i].operation);
        cJSON_Delete(members);
    }
}

/* The portal is asked nothing: what became of the bill is the hospital's to say. */
static void what_became_of_a_pushed_bill_the_hospital_is_asked(void **state) {
    static const enum verb none[] = {VERB_ASK, VERB_CLOSE, VERB_PUSH};
    (void)state;
    struct order order = a_pushed_order();
    cJSON *message = message_of(&order, VERB_ASK_CREDIT, 0, PART_NONE, NULL, "querySettleResult");
    has(message, "org_trace_no", "T1");
    has(message, "mdtrt_cert_no", "C10000001");
    cJSON_Delete(message);
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++) {
        const char *operation;
        cJSON *members;
        struct platform_act act = {.verb = none[i], .order = &order, .refund = PART_NONE};
        assert_null(platform_compose(&config, &act, &operation, &members));
    }
}

static void are_in_data(cJSON *message, const char *const members[][2]) {
    for (int i = 0; members[i][0] != NULL; i++)
        has(wire_member(message, "data"), members[i][0], members[i][1]);
    cJSON_Delete(message);
}

/* All of it, under the portal's own numbers, after the hospital: by the hospital's number of that
 * where it has named one. The portal's part of the patient's is not ours to name. */
static void what_a_portal_settled_is_wanted_back_by_its_numbers(void **state) {
    (void)state;
    struct order order = a_pushed_order();
    strcpy(order.legs[0].in_no, "AMP1");
    strcpy(order.legs[0].out_no, "TR1");
    order.refunds[0].claim = 0;
    order.refunds[0].amount = order.claims[0].amount;
    cJSON *message = message_of(&order, VERB_UNCREDIT, 0, 0, NULL, "cancelRechargeSettle");
    has(message, "trace_id", "TR1");
    assert_null(wire_member(message, "deposit_amount"));
    cJSON_Delete(message);
    for (int named = 0; named < 2; named++) {
        strcpy(order.refunds[0].out_no, named ? "TF1" : "");
        const char *const members[][2] = {{"ampTraceId", "AMP1"},
                                          {"traceId", "TR1"},
                                          {"orgTraceNo", "T1"},
                                          {"refundType", "02"},
                                          {"outRefundNo", "26112010111200010002"},
                                          {"orgRefundSn", named ? "TF1" : "26112010111200010002"},
                                          {NULL, NULL}};
        are_in_data(message_of(&order, VERB_REFUND, PART_NONE, 0, NULL, "refund"), members);
    }
    const char *const asked[][2] = {
        {"outRefundNo", "26112010111200010002"}, {"traceId", "TR1"}, {NULL, NULL}};
    are_in_data(message_of(&order, VERB_ASK_REFUND, PART_NONE, 0, NULL, "queryRefundResult"),
                asked);
}

/* By messages only where the hospital says what became of them. */
static void insurance_by_messages_needs_a_hospital_that_tells_of_numbers(void **state) {
    (void)state;
    rules.policy.insurance = ROUTE_AMP;
    assert_string_equal(platform_insurance_lacks(&config), "his.settle_result order");
    his.settle_result = SETTLE_RESULT_VISIT;
    assert_string_equal(platform_insurance_lacks(&config), "his.settle_result order");
    his.settle_result = SETTLE_RESULT_ORDER;
    assert_null(platform_insurance_lacks(&config));
    assert_false(platform_decodes_insurance(&config));
    assert_false(platform_insurance_names_person(&config));
    amp.server_addr = "";
    assert_string_equal(platform_insurance_lacks(&config), "platforms.amp");
    amp.server_addr = "http://127.0.0.1:1";
    rules.policy.insurance = ROUTE_AMP_UPLOADED;
    assert_null(platform_insurance_lacks(&config));
    mmpc.base_url = "";
    assert_string_equal(platform_insurance_lacks(&config), "platforms.mmpc");
    mmpc.base_url = "http://127.0.0.1:2";
    his.settle_result = SETTLE_RESULT_AUTO;
    rules.policy.insurance = ROUTE_NONE;
}

/* It would reach nobody. */
static void without_a_phone_nothing_is_pushed(void **state) {
    (void)state;
    struct order order = a_pushed_order();
    const char *operation;
    cJSON *members;
    struct wire_request wire;
    struct wire_complaint complaint;
    struct platform_act act = {.verb = VERB_PLACE,
                               .order = &order,
                               .claim = PART_NONE,
                               .refund = PART_NONE,
                               .person_name = "周大鹏",
                               .person_phone = ""};
    const struct platform *platform = platform_compose(&config, &act, &operation, &members);
    assert_false(platform->build(&config, operation, members, NOW_MS, &wire, &complaint));
    assert_non_null(strstr(complaint.text, "amp.pushMsg.phone"));
    cJSON_Delete(members);
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
        cmocka_unit_test(a_credit_names_what_the_insurance_has_settled),
        cmocka_unit_test(both_parts_go_back_each_in_its_words),
        cmocka_unit_test(a_credit_says_when_it_was_paid_in_the_hospitals_form),
        cmocka_unit_test(what_a_hospital_does_not_have_is_not_asked),
        cmocka_unit_test(a_number_that_does_not_exist_is_asked_as_any),
        cmocka_unit_test(a_long_channel_number_gives_way_to_the_platforms),
        cmocka_unit_test(an_inpatients_deposit_says_so),
        cmocka_unit_test(the_rest_of_the_verbs_fill_their_tables),
        cmocka_unit_test(a_long_hospital_name_still_makes_a_subject),
        cmocka_unit_test(a_bill_is_pushed_to_the_patients_phone),
        cmocka_unit_test(a_bill_that_was_uploaded_is_pushed_with_its_number),
        cmocka_unit_test(what_became_of_a_pushed_bill_the_hospital_is_asked),
        cmocka_unit_test(what_a_portal_settled_is_wanted_back_by_its_numbers),
        cmocka_unit_test(insurance_by_messages_needs_a_hospital_that_tells_of_numbers),
        cmocka_unit_test(without_a_phone_nothing_is_pushed),
        cmocka_unit_test(no_upp_for_a_card_at_the_pinpad),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
