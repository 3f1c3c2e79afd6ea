/* links: libsandbox.a */
/* The hospital as a client meets it: a bill is settled once, whoever asks how often. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/sandbox/control.h"
#include "tests/sandbox/hospital.h"
#include "tests/sandbox/service.h"

static int set_up(void **state) {
    static const struct options options = {.isv_id = "1", .partner_id = "1", .key = "k"};
    struct sandbox *sandbox = calloc(1, sizeof *sandbox);
    sandbox_init(sandbox, &options);
    *state = sandbox;
    return 0;
}

static int tear_down(void **state) {
    sandbox_destroy(*state);
    free(*state);
    return 0;
}

static cJSON *read_text(const char *text) {
    cJSON *tree = message_read(text, strlen(text));
    assert_non_null(tree);
    return tree;
}

static cJSON *call(struct sandbox *sandbox, const char *name, const char *members) {
    char text[1024];
    snprintf(text, sizeof text, "{\"org_code\":\"%s\",%s}", ORG_CODE, members);
    cJSON *request = read_text(text), *answer = NULL;
    for (const struct operation *o = his_operations; o->name != NULL; o++)
        if (strcmp(o->name + strlen("his."), name) == 0)
            answer = his_answer(sandbox, o, request);
    cJSON_Delete(request);
    assert_non_null(answer);
    return answer;
}

static void expect(struct sandbox *sandbox, const char *name, const char *members,
                   const char *member, const char *value) {
    cJSON *answer = call(sandbox, name, members);
    assert_string_equal(message_get(answer, member), value);
    cJSON_Delete(answer);
}

#define CARD "\"mdtrt_cert_type\":\"10\",\"mdtrt_cert_no\":\"C10000001\""
#define BAND "\"mdtrt_cert_type\":\"05\",\"mdtrt_cert_no\":\"W20005678\""
#define BILL CARD ",\"org_trace_no\":\"MZ10000001-3\",\"doc_trace_no\":\"CF10000001-3\""
#define MONEY(amount, claim, payment)                                                              \
    ",\"feesum_amt\":\"" amount "\",\"deposit_amount\":\"" amount "\",\"amp_trace_id\":\"" claim   \
    "\",\"mch_trace_no\":\"" payment                                                               \
    "\",\"pay_chnl_trace_no\":\"CH1\",\"used_patient_type\":\"00\",\"trace_id\":\"YT1\""
#define DEPOSIT BAND ",\"account_type\":\"02\",\"org_trace_no\":\"D1\",\"doc_trace_no\":\"D1\""

static void who_is_found_and_who_is_not(void **state) {
    struct sandbox *sandbox = *state;
    expect(sandbox, "queryAccount", CARD ",\"cert_no\":\"C10000001\",\"account_type\":\"01\"",
           "psn_name", "张建丰");
    expect(sandbox, "queryAccount", BAND ",\"cert_no\":\"W20005678\",\"account_type\":\"02\"",
           "deposit_cap", "500.00");
    expect(sandbox, "queryAccount", BAND ",\"cert_no\":\"W20005678\",\"account_type\":\"01\"",
           "ret_msg", "未找到患者");
    expect(sandbox, "queryAccount", CARD ",\"account_type\":\"01\"", "ret_msg",
           "cert_no: expected a value");
}

static int bills_of(struct sandbox *sandbox, const char *members) {
    cJSON *answer = call(sandbox, "queryUnsettleList", members);
    int count = cJSON_GetArraySize(cJSON_GetObjectItem(answer, "unsettlelist"));
    cJSON_Delete(answer);
    return count;
}

static void lists_are_as_seeded(void **state) {
    struct sandbox *sandbox = *state;
    static const char other[] = "\"mdtrt_cert_type\":\"10\",\"cert_no\":\"x\",\"mdtrt_cert_no\":";
    char members[256];
    assert_int_equal(bills_of(sandbox, CARD ",\"cert_no\":\"C10000001\""), 3);
    snprintf(members, sizeof members, "%s\"C10000002\",\"his_cust_id\":\"P20000022\"", other);
    assert_int_equal(bills_of(sandbox, members), 1);
    snprintf(members, sizeof members, "%s\"C10000003\"", other);
    assert_int_equal(bills_of(sandbox, members), 0);
    snprintf(members, sizeof members, "%s\"C10000004\"", other);
    cJSON *answer = call(sandbox, "queryUnsettleList", members);
    const cJSON *list = cJSON_GetObjectItem(answer, "unsettlelist");
    assert_int_equal(cJSON_GetArraySize(list), 12);
    assert_int_equal(cJSON_GetArraySize(cJSON_GetObjectItem(cJSON_GetArrayItem(list, 0), "rxlist")),
                     40);
    assert_string_not_equal(message_get(answer, "tip_msg"), "");
    cJSON_Delete(answer);
}

static void a_bill_is_settled_once(void **state) {
    struct sandbox *sandbox = *state;
    expect(sandbox, "querySettleResult", BILL, "result", "fail");
    expect(sandbox, "rechargeSettle", BILL MONEY("1.21", "A1", "P1"), "result", "fail");
    cJSON *first = call(sandbox, "rechargeSettle", BILL MONEY("1.20", "A1", "P1"));
    assert_string_equal(message_get(first, "result"), "succ");
    assert_int_equal(cJSON_GetArraySize(cJSON_GetObjectItem(first, "druginfo")), 2);
    const char *call_sn = message_get(first, "call_sn");
    expect(sandbox, "rechargeSettle", BILL MONEY("1.20", "A1", "P1"), "call_sn", call_sn);
    expect(sandbox, "rechargeSettle", BILL MONEY("1.20", "A1", "P2"), "ret_code", "02");
    expect(sandbox, "rechargeSettle", BILL MONEY("1.20", "A2", "P2"), "result", "fail");
    expect(sandbox, "querySettleResult", BILL, "call_sn", call_sn);
    assert_int_equal(sandbox->books.credits.count, 1);
    assert_int_equal(hospital_holds_fen(sandbox, "P1"), 120);
    cJSON_Delete(first);
}

static void the_window_may_be_first(void **state) {
    struct sandbox *sandbox = *state;
    cJSON *order = read_text("{\"org_trace_no\":\"MZ10000001-3\"}");
    cJSON_Delete(control_answer(sandbox, "window", order));
    cJSON_Delete(order);
    assert_int_equal(bills_of(sandbox, CARD ",\"cert_no\":\"C10000001\""), 2);
    expect(sandbox, "rechargeSettle", BILL MONEY("1.20", "A1", "P1"), "result", "fail");
    expect(sandbox, "querySettleResult", BILL, "result", "succ");
    expect(sandbox, "cancelRechargeSettle", BILL, "result", "fail");
    assert_int_equal(sandbox->books.credits.count, 0);
}

static void what_is_taken_back_is_not_booked_again(void **state) {
    struct sandbox *sandbox = *state;
    expect(sandbox, "cancelRechargeSettle", BILL, "result", "fail");
    cJSON_Delete(call(sandbox, "rechargeSettle", BILL MONEY("1.20", "A1", "P1")));
    expect(sandbox, "cancelRechargeSettle", BILL, "result", "succ");
    expect(sandbox, "cancelRechargeSettle", BILL, "result", "succ");
    expect(sandbox, "rechargeSettle", BILL MONEY("1.20", "A1", "P1"), "result", "fail");
    expect(sandbox, "querySettleResult", BILL, "result", "closed");
    assert_int_equal(hospital_holds_fen(sandbox, "P1"), 0);
    assert_int_equal(bills_of(sandbox, CARD ",\"cert_no\":\"C10000001\""), 3);
}

static void deposits_are_booked_once_and_capped(void **state) {
    struct sandbox *sandbox = *state;
    expect(sandbox, "rechargeSettle", DEPOSIT MONEY("500.01", "A1", "P1"), "result", "fail");
    expect(sandbox, "querySettleResult", DEPOSIT, "result", "fail");
    expect(sandbox, "rechargeSettle", DEPOSIT MONEY("500.00", "A1", "P1"), "balance", "500.00");
    expect(sandbox, "rechargeSettle", DEPOSIT MONEY("500.00", "A1", "P1"), "balance", "500.00");
    expect(sandbox, "querySettleResult", DEPOSIT, "result", "succ");
    expect(sandbox, "cancelRechargeSettle", DEPOSIT, "balance", "0.00");
    expect(sandbox, "querySettleResult", DEPOSIT, "result", "closed");
}

static void members_are_checked(void **state) {
    struct sandbox *sandbox = *state;
    expect(sandbox, "rechargeSettle", BILL, "ret_msg", "amp_trace_id: expected a value");
    expect(sandbox, "rechargeSettle", BILL MONEY("1.2", "A1", "P1"), "ret_msg",
           "feesum_amt: expected yuan with two decimals");
    expect(sandbox, "rechargeSettle", BILL MONEY("1.20", "A1", "P1") ",\"deposit_type\":\"CASH\"",
           "ret_msg", "deposit_type: expected a value of the list");
    expect(sandbox, "querySettleResult",
           "\"mdtrt_cert_type\":\"99\",\"mdtrt_cert_no\":\"1\",\"org_trace_no\":\"1\"", "ret_code",
           "02");
    assert_int_equal(sandbox->books.credits.count, 0);
}

#define STORY(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        STORY(who_is_found_and_who_is_not),
        STORY(lists_are_as_seeded),
        STORY(a_bill_is_settled_once),
        STORY(the_window_may_be_first),
        STORY(what_is_taken_back_is_not_booked_again),
        STORY(deposits_are_booked_once_and_capped),
        STORY(members_are_checked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
