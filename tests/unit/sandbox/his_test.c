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
#include "tests/sandbox/serve.h"
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

static void set(struct sandbox *sandbox, const char *settings) {
    cJSON *order = read_text(settings), *answer = control_answer(sandbox, "settings", order);
    assert_string_equal(message_get(answer, "ok"), "true");
    cJSON_Delete(answer);
    cJSON_Delete(order);
}

/* The number that is asked, a bill of another, none at all: one answer, of the newest trial. */
static void a_hospital_may_tell_of_the_patients_newest_settlement(void **state) {
    struct sandbox *sandbox = *state;
    set(sandbox, "{\"settle_per_visit\":true}");
    expect(sandbox, "querySettleResult", BILL, "result", "fail");
    cJSON *settled = call(sandbox, "rechargeSettle", BILL MONEY("1.20", "A1", "P1"));
    cJSON *told = call(sandbox, "querySettleResult", CARD ",\"org_trace_no\":\"NOBODYS\"");
    assert_string_equal(message_get(told, "result"), "succ");
    assert_string_equal(message_get(told, "call_sn"), message_get(settled, "call_sn"));
    assert_null(message_text(told, "amp_trace_id"));
    assert_null(message_text(told, "deposit_amount"));
    cJSON_Delete(told);
    cJSON_Delete(settled);
    expect(sandbox, "rechargeSettle",
           CARD ",\"org_trace_no\":\"MZ10000001-1\",\"doc_trace_no\":\"CF10000001-1\"" MONEY(
               "1.20", "A2", "P2"),
           "result", "fail");
    expect(sandbox, "querySettleResult", BILL, "result", "fail");
    cJSON_Delete(call(sandbox, "cancelRechargeSettle", BILL));
    expect(sandbox, "querySettleResult", BILL, "result", "fail");    /* never closed */
    expect(sandbox, "querySettleResult", DEPOSIT, "result", "fail"); /* another patient */
}

static void a_second_settlement_may_be_refused_whoever_asks(void **state) {
    struct sandbox *sandbox = *state;
    set(sandbox, "{\"refuse_second\":true}");
    expect(sandbox, "rechargeSettle", BILL MONEY("1.20", "A1", "P1"), "result", "succ");
    expect(sandbox, "rechargeSettle", BILL MONEY("1.20", "A1", "P1"), "ret_code", "02");
    expect(sandbox, "rechargeSettle", BILL MONEY("1.20", "A1", "P1"), "result", "fail");
    expect(sandbox, "rechargeSettle", BILL MONEY("1.20", "A2", "P2"), "ret_code", "02");
    expect(sandbox, "rechargeSettle", DEPOSIT MONEY("5.00", "A3", "P3"), "ret_code", "00");
    expect(sandbox, "rechargeSettle", DEPOSIT MONEY("5.00", "A3", "P3"), "ret_code", "02");
    assert_int_equal(sandbox->books.credits.count, 2);
}

static void times_are_as_this_hospital_reads_them(void **state) {
    struct sandbox *sandbox = *state;
    static const char moment[] =
        BILL MONEY("1.20", "A1", "P1") ",\"setl_time\":\"2026-11-20 12:00:00\"";
    static const char epoch[] = BILL MONEY("1.20", "A1", "P1") ",\"setl_time\":\"1795147200000\"";
    expect(sandbox, "rechargeSettle", epoch, "ret_msg", "setl_time: expected yyyy-MM-dd HH:mm:ss");
    set(sandbox, "{\"epoch_time\":true}");
    expect(sandbox, "rechargeSettle", moment, "ret_msg", "setl_time: expected epoch milliseconds");
    expect(sandbox, "rechargeSettle", BILL MONEY("1.20", "A1", "P1"), "ret_code", "02");
    assert_int_equal(sandbox->books.credits.count, 0);
    expect(sandbox, "rechargeSettle", epoch, "result", "succ");
    const struct credit *credit = sandbox->books.credits.at[0];
    assert_string_equal(credit->setl_time, "1795147200000");
}

static void errors_may_come_in_the_frameworks_words(void **state) {
    struct sandbox *sandbox = *state;
    set(sandbox, "{\"odd_errors\":true,\"refuse_second\":true}");
    cJSON_Delete(call(sandbox, "rechargeSettle", BILL MONEY("1.20", "A1", "P1")));
    cJSON *odd = call(sandbox, "rechargeSettle", BILL MONEY("1.20", "A1", "P1"));
    assert_int_equal(cJSON_GetObjectItem(odd, "code")->valueint, -1);
    assert_string_equal(message_get(odd, "msg"), "已结算");
    assert_null(message_text(odd, "ret_code"));
    assert_null(message_text(odd, "result"));
    cJSON_Delete(odd);
    expect(sandbox, "querySettleResult", BILL, "ret_code", "00"); /* what is no error is itself */
}

static int status_of(struct sandbox *sandbox, const char *path, const char *hospital) {
    struct call call = {
        .path = path, .post = true, .body = "{}", .length = 2, .hospital = hospital};
    struct response response = {.status = 0};
    serve(sandbox, &call, &response);
    free(response.body);
    return response.status;
}

static void a_hospital_may_be_told_apart_by_a_header_and_lack_an_operation(void **state) {
    struct sandbox *sandbox = *state;
    assert_int_equal(status_of(sandbox, "/his/queryAccount", NULL), 200);
    assert_int_equal(status_of(sandbox, "/his/cancelRechargeSettle", NULL), 200);
    set(sandbox, "{\"headers\":\"xm-02\",\"no_cancel\":true}");
    assert_int_equal(status_of(sandbox, "/his/queryAccount", NULL), 403);
    assert_int_equal(status_of(sandbox, "/his/queryAccount", "xm-03"), 403);
    assert_int_equal(status_of(sandbox, "/his/queryAccount", "xm-02"), 200);
    assert_int_equal(status_of(sandbox, "/his/cancelRechargeSettle", "xm-02"), 404);
    assert_int_equal(status_of(sandbox, "/access/network", NULL), 200);
}

static void a_setting_that_is_wrong_changes_nothing(void **state) {
    struct sandbox *sandbox = *state;
    cJSON *order = read_text("{\"renumber\":true,\"unsettled\":\"perhaps\"}");
    cJSON *answer = control_answer(sandbox, "settings", order);
    assert_string_equal(message_get(answer, "error"), "unsettled: expected fail or exp");
    assert_false(sandbox->settings.renumber);
    cJSON_Delete(answer);
    cJSON_Delete(order);
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
        STORY(a_hospital_may_tell_of_the_patients_newest_settlement),
        STORY(a_second_settlement_may_be_refused_whoever_asks),
        STORY(times_are_as_this_hospital_reads_them),
        STORY(errors_may_come_in_the_frameworks_words),
        STORY(a_hospital_may_be_told_apart_by_a_header_and_lack_an_operation),
        STORY(a_setting_that_is_wrong_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
