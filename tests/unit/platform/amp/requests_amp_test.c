/* The same of a bill that is sent to the patient's phone, and of what goes back of it. */
#include "tests/unit/platform/requests_story.h"

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

/* Of what we uploaded the portal took the patient's part: it returns it, by its own numbers. The
 * own part alone has an amount, and ours is the number of it. */
static void an_upload_goes_back_by_the_portal_too(void **state) {
    (void)state;
    struct order order = a_pushed_order();
    struct leg *leg = &order.legs[0];
    leg->route = ROUTE_AMP_UPLOADED;
    strcpy(leg->in_no, "ORD1");
    strcpy(leg->out_no, "ORD1");
    strcpy(leg->portal_no, "AMP1");
    strcpy(leg->portal_trace, "TR1");
    leg->split.own.fen = 250;
    order.refunds[0].claim = 0;
    for (int own = 0; own < 2; own++) {
        order.refunds[0].amount = own ? leg->split.own : order.claims[0].amount;
        cJSON *message = message_of(&order, VERB_REFUND, PART_NONE, 0, NULL, "refund");
        if (!own)
            assert_null(wire_member(wire_member(message, "data"), "refundAmount"));
        else
            has(wire_member(message, "data"), "refundAmount", "2.50");
        const char *const members[][2] = {{"ampTraceId", "AMP1"},
                                          {"traceId", "TR1"},
                                          {"refundType", own ? "01" : "02"},
                                          {"orgRefundSn", "26112010111200010002"},
                                          {NULL, NULL}};
        are_in_data(message, members);
    }
    cJSON *message = message_of(&order, VERB_UNCREDIT, 0, 0, NULL, "cancelRechargeSettle");
    has(message, "trace_id", "TR1");
    cJSON_Delete(message);
    /* What the insurance took before any message had left goes back there. */
    order.refunds[0].claim = PART_NONE;
    order.refunds[0].amount = leg->split.own;
    leg->own_only = true;
    static const enum verb at_centre[] = {VERB_REFUND, VERB_ASK_REFUND};
    for (size_t i = 0; i < sizeof at_centre / sizeof at_centre[0]; i++) {
        const char *operation;
        cJSON *members;
        struct platform_act act = {.verb = at_centre[i], .order = &order, .refund = 0};
        assert_ptr_equal(platform_compose(&config, &act, &operation, &members), &platform_mmpc);
        assert_string_equal(operation, i == 0 ? "refund" : "query");
        has(members, "payOrdId", "ORD1");
        if (i == 0)
            has(members, "refdType", "CASH");
        cJSON_Delete(members);
    }
    order.refunds[0].claim = 0;
    leg->own_only = false;
    const char *const asked[][2] = {{"traceId", "TR1"}, {NULL, NULL}};
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

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_bill_is_pushed_to_the_patients_phone),
        cmocka_unit_test(a_bill_that_was_uploaded_is_pushed_with_its_number),
        cmocka_unit_test(what_became_of_a_pushed_bill_the_hospital_is_asked),
        cmocka_unit_test(what_a_portal_settled_is_wanted_back_by_its_numbers),
        cmocka_unit_test(an_upload_goes_back_by_the_portal_too),
        cmocka_unit_test(insurance_by_messages_needs_a_hospital_that_tells_of_numbers),
        cmocka_unit_test(without_a_phone_nothing_is_pushed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
