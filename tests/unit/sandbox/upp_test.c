/* links: libsandbox.a */
/* The platform as a client meets it: strict about requests, faithful about money. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/sandbox/control.h"
#include "tests/sandbox/payment.h"
#include "tests/sandbox/service.h"
#include "tests/sandbox/sign.h"
#include "tests/sandbox/value.h"

static const struct options options = {.isv_id = "20000", .partner_id = "12345", .key = "secret"};

/* One expiry a test: a repeat must not differ because a second has passed. */
static char expire[MOMENT_SIZE];

static int set_up(void **state) {
    struct sandbox *sandbox = calloc(1, sizeof *sandbox);
    sandbox_init(sandbox, &options);
    moment_write(sandbox_now_ms(sandbox) + 60000, expire);
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

static cJSON *send(struct sandbox *sandbox, const char *name, const cJSON *request) {
    for (const struct operation *o = upp_operations; o->name != NULL; o++)
        if (strcmp(o->name + strlen("upp."), name) == 0)
            return upp_answer(sandbox, o, request);
    fail_msg("no operation %s", name);
    return NULL;
}

static void sign_request(cJSON *request) {
    char sign[SIGN_SIZE];
    cJSON_DeleteItemFromObject(request, "sign");
    sign_make(request, options.key, sign);
    cJSON_AddStringToObject(request, "sign", sign);
}

/* The members of one operation, completed and signed. */
static cJSON *request_of(const char *members) {
    char text[1024];
    snprintf(
        text, sizeof text,
        "{\"isvId\":20000,\"partnerId\":12345,\"version\":\"1.0.0\",\"timestamp\":1564971898889,"
        "\"expireTime\":\"%s\",%s}",
        expire, members);
    cJSON *request = read_text(text);
    sign_request(request);
    return request;
}

static cJSON *call(struct sandbox *sandbox, const char *name, const char *members) {
    cJSON *request = request_of(members);
    cJSON *answer = send(sandbox, name, request);
    assert_true(sign_good(answer, options.key));
    cJSON_Delete(request);
    return answer;
}

static const char *data_of(const cJSON *answer, const char *name) {
    return message_get(cJSON_GetObjectItem(answer, "data"), name);
}

#define SCAN                                                                                       \
    "\"paymentNo\":\"P1\",\"channelProduct\":\"ten_scan_code\",\"tradeFee\":\"17.60\","            \
    "\"subject\":\"缴费\""
#define QUERY "\"paymentNo\":\"P1\",\"bizType\":\"scan_pay\""

/* Calls, then compares one member of data. */
static void expect(struct sandbox *sandbox, const char *name, const char *members,
                   const char *member, const char *value) {
    cJSON *answer = call(sandbox, name, members);
    assert_string_equal(message_get(answer, "msg"), "");
    assert_string_equal(data_of(answer, member), value);
    cJSON_Delete(answer);
}

static void refuse(struct sandbox *sandbox, const char *name, const char *members,
                   const char *complaint) {
    cJSON *answer = call(sandbox, name, members);
    assert_string_equal(message_get(answer, "result"), "false");
    assert_string_not_equal(message_get(answer, "kind"), "0");
    assert_ptr_equal(strstr(message_get(answer, "msg"), complaint), message_get(answer, "msg"));
    cJSON_Delete(answer);
}

static struct payment *payment_p1(struct sandbox *sandbox) {
    struct payment *payment = ROWS_FIND(&sandbox->books.payments, payment, payment_no, "P1");
    assert_non_null(payment);
    return payment;
}

static void pass_ms(struct sandbox *sandbox, int64_t ms) {
    sandbox->clock_offset_ms += ms;
    payments_chores(sandbox);
}

static void every_missing_member_is_named(void **state) {
    struct sandbox *sandbox = *state;
    static const char *const members[] = {"isvId",     "partnerId",      "version",
                                          "timestamp", "paymentNo",      "expireTime",
                                          "tradeFee",  "channelProduct", "subject"};
    for (size_t i = 0; i < sizeof members / sizeof members[0]; i++) {
        cJSON *request = request_of(SCAN);
        cJSON_DeleteItemFromObject(request, members[i]);
        sign_request(request);
        cJSON *answer = send(sandbox, "scanCode", request);
        assert_string_equal(message_get(answer, "result"), "false");
        assert_non_null(strstr(message_get(answer, "msg"), members[i]));
        cJSON_Delete(answer);
        cJSON_Delete(request);
    }
    assert_int_equal(sandbox->books.payments.count, 0);
}

static void wrong_values_are_named(void **state) {
    static const struct {
        const char *members, *complaint;
    } wrong[] = {
        {SCAN ",\"sourceType\":\"kiosk\"", "sourceType"},
        {SCAN ",\"bizData\":\"not json\"", "bizData"},
        {"\"paymentNo\":\"P1\",\"channelProduct\":\"cash\",\"tradeFee\":\"1.00\",\"subject\":\"a\"",
         "channelProduct"},
        {"\"paymentNo\":\"P1\",\"channelProduct\":\"ali_scan_code\",\"tradeFee\":\"0.00\","
         "\"subject\":\"a\"",
         "tradeFee"},
        {"\"paymentNo\":\"P1\",\"channelProduct\":\"ali_scan_code\",\"tradeFee\":\"100000000.00\","
         "\"subject\":\"a\"",
         "tradeFee"},
        {"\"paymentNo\":\"P1\",\"channelProduct\":\"ali_scan_code\",\"tradeFee\":\"1.00\","
         "\"subject\":\"a,b\"",
         "subject"},
        {"\"paymentNo\":7,\"channelProduct\":\"ali_scan_code\",\"tradeFee\":\"1.00\","
         "\"subject\":\"a\"",
         "paymentNo"},
        {"\"paymentNo\":\"123456789012345678901234567890123\",\"channelProduct\":\"ali_scan_code\","
         "\"tradeFee\":\"1.00\",\"subject\":\"a\"",
         "paymentNo"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        refuse(*state, "scanCode", wrong[i].members, wrong[i].complaint);
}

static void a_wrong_signature_is_refused(void **state) {
    struct sandbox *sandbox = *state;
    cJSON *request = request_of(SCAN);
    cJSON_ReplaceItemInObject(request, "tradeFee", cJSON_CreateString("0.01"));
    cJSON *answer = send(sandbox, "scanCode", request);
    assert_string_equal(message_get(answer, "msg"), "sign: wrong");
    assert_int_equal(sandbox->books.payments.count, 0);
    cJSON_Delete(answer);
    cJSON_Delete(request);
}

static void a_repeat_is_the_same_payment(void **state) {
    struct sandbox *sandbox = *state;
    cJSON *first = call(sandbox, "scanCode", SCAN), *again = call(sandbox, "scanCode", SCAN);
    assert_string_equal(data_of(first, "outPaymentNo"), data_of(again, "outPaymentNo"));
    assert_string_equal(data_of(first, "sign"), data_of(again, "sign"));
    assert_int_equal(sandbox->books.payments.count, 1);
    refuse(sandbox, "scanCode", SCAN ",\"districtId\":\"2\"", "paymentNo: already placed");
    cJSON_Delete(first);
    cJSON_Delete(again);
}

static void a_payment_waits_until_the_phone_pays(void **state) {
    struct sandbox *sandbox = *state;
    cJSON_Delete(call(sandbox, "scanCode", SCAN));
    expect(sandbox, "paymentQuery", QUERY, "tradeStatus", "wait_pay");
    assert_null(payment_phone(sandbox, payment_p1(sandbox), PHONE_PAY));
    expect(sandbox, "paymentQuery", QUERY, "tradeStatus", "pay_success");
    expect(sandbox, "close", QUERY, "isCloseOrder", "N");
    refuse(sandbox, "paymentQuery", "\"paymentNo\":\"P1\",\"bizType\":\"barcode_pay\"", "bizType");
    refuse(sandbox, "paymentQuery", "\"paymentNo\":\"P2\",\"bizType\":\"scan_pay\"", "paymentNo");
}

static void the_code_says_what_the_phone_does(void **state) {
    static const struct {
        const char *code, *product, *status;
    } phones[] = {
        {"130000000000000000", "ten_bar_code", "pay_success"},
        {"280000000000000011", "ali_bar_code", "wait_pay"},
        {"6200000000000000099", "uni_bar_code", "pay_failed"},
    };
    for (size_t i = 0; i < sizeof phones / sizeof phones[0]; i++) {
        char members[256];
        snprintf(members, sizeof members,
                 "\"paymentNo\":\"B%zu\",\"authCode\":\"%s\",\"tradeFee\":\"1.00\","
                 "\"subject\":\"a\"",
                 i, phones[i].code);
        cJSON *answer = call(*state, "barCode", members);
        assert_string_equal(data_of(answer, "channelProduct"), phones[i].product);
        assert_string_equal(data_of(answer, "tradeStatus"), phones[i].status);
        cJSON_Delete(answer);
    }
    refuse(*state, "barCode",
           "\"paymentNo\":\"B9\",\"authCode\":\"77\",\"tradeFee\":\"1.00\",\"subject\":\"a\"",
           "authCode");
}

static void refund(struct sandbox *sandbox, const char *no, const char *fee, const char *status) {
    char members[256];
    snprintf(members, sizeof members,
             QUERY ",\"requestNo\":\"%s\",\"refundNo\":\"%s\",\"refundFee\":\"%s\"", no, no, fee);
    expect(sandbox, "refund", members, "tradeStatus", status);
}

static void refunds_never_exceed_what_was_paid(void **state) {
    struct sandbox *sandbox = *state;
    cJSON_Delete(call(sandbox, "scanCode", SCAN));
    refund(sandbox, "R0", "17.60", "refund_failed");
    payment_phone(sandbox, payment_p1(sandbox), PHONE_PAY);
    refund(sandbox, "R1", "10.00", "refund_success");
    refund(sandbox, "R1", "10.00", "refund_success");
    refund(sandbox, "R2", "7.61", "refund_failed");
    expect(sandbox, "paymentQuery", QUERY, "tradeStatus", "pay_success");
    refund(sandbox, "R3", "7.60", "refund_success");
    expect(sandbox, "paymentQuery", QUERY, "tradeStatus", "refund_success");
    expect(sandbox, "refundQuery", "\"requestNo\":\"R2\"", "tradeStatus", "refund_failed");
    assert_int_equal(payment_p1(sandbox)->returned_fen, 1760);
    refuse(sandbox, "refund",
           QUERY ",\"requestNo\":\"R1\",\"refundNo\":\"R1\",\"refundFee\":\"9.00\"", "requestNo");
}

static void an_open_refund_keeps_its_money(void **state) {
    struct sandbox *sandbox = *state;
    cJSON_Delete(call(sandbox, "scanCode", SCAN));
    payment_phone(sandbox, payment_p1(sandbox), PHONE_PAY);
    sandbox->settings.refund_state = REFUND_EXCEPTION;
    refund(sandbox, "R1", "17.60", "refund_exception");
    sandbox->settings.refund_state = REFUND_DONE;
    refund(sandbox, "R2", "0.01", "refund_failed");
    cJSON *order = read_text("{\"requestNo\":\"R1\",\"state\":\"refund_success\"}");
    cJSON_Delete(control_answer(sandbox, "refund", order));
    expect(sandbox, "refundQuery", "\"requestNo\":\"R1\"", "tradeStatus", "refund_success");
    assert_int_equal(payment_p1(sandbox)->returned_fen, 1760);
    cJSON_Delete(order);
}

static void money_after_close_goes_back(void **state) {
    struct sandbox *sandbox = *state;
    cJSON_Delete(call(sandbox, "scanCode", SCAN));
    payment_phone(sandbox, payment_p1(sandbox), PHONE_LATE);
    expect(sandbox, "close", QUERY, "isCloseOrder", "Y");
    pass_ms(sandbox, sandbox->settings.late_pay_ms);
    expect(sandbox, "paymentQuery", QUERY, "tradeStatus", "pay_success");
    expect(sandbox, "close", QUERY, "isCloseOrder", "Y");
    pass_ms(sandbox, sandbox->settings.late_return_ms);
    expect(sandbox, "paymentQuery", QUERY, "tradeStatus", "refund_success");
    assert_int_equal(sandbox->books.refunds.count, 1);
}

static void money_after_expiry_stays_when_the_hospital_has_it(void **state) {
    struct sandbox *sandbox = *state;
    cJSON_Delete(call(sandbox, "scanCode", SCAN));
    pass_ms(sandbox, 61000);
    assert_non_null(payment_phone(sandbox, payment_p1(sandbox), PHONE_PAY));
    payment_pay(sandbox, payment_p1(sandbox));
    struct credit *credit = rows_add(&sandbox->books.credits);
    text_set(credit->mch_trace_no, NO_SIZE, "P1");
    credit->amount_fen = 1760;
    pass_ms(sandbox, sandbox->settings.late_return_ms);
    expect(sandbox, "paymentQuery", QUERY, "tradeStatus", "pay_success");
    assert_true(payment_p1(sandbox)->his_has_it);
}

static void bills_have_a_row_for_each_movement(void **state) {
    struct sandbox *sandbox = *state;
    char day[MOMENT_SIZE], members[128];
    cJSON_Delete(call(sandbox, "scanCode", SCAN));
    payment_phone(sandbox, payment_p1(sandbox), PHONE_PAY);
    refund(sandbox, "R1", "0.60", "refund_success");
    day_write(sandbox_now_ms(sandbox), day);
    snprintf(members, sizeof members, "\"startDate\":\"%s\",\"endDate\":\"%s\"", day, day);
    static const char *const names[] = {"yuntaiBills", "channelBills"};
    for (int i = 0; i < 2; i++) {
        cJSON *answer = call(sandbox, names[i], members);
        const cJSON *rows = cJSON_GetObjectItem(answer, "data");
        assert_int_equal(cJSON_GetArraySize(rows), 2);
        assert_string_equal(message_get(cJSON_GetArrayItem(rows, 0), "tradeFee"), "17.60");
        assert_string_equal(message_get(cJSON_GetArrayItem(rows, 1), "tradeNo"), "R1");
        cJSON_Delete(answer);
    }
    refuse(sandbox, "yuntaiBills", "\"startDate\":\"2026-02-02\",\"endDate\":\"2026-02-01\"",
           "endDate");
    refuse(sandbox, "yuntaiBills", "\"startDate\":\"2026-02-30\",\"endDate\":\"2026-03-01\"",
           "startDate");
}

#define STORY(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        STORY(every_missing_member_is_named),
        STORY(wrong_values_are_named),
        STORY(a_wrong_signature_is_refused),
        STORY(a_repeat_is_the_same_payment),
        STORY(a_payment_waits_until_the_phone_pays),
        STORY(the_code_says_what_the_phone_does),
        STORY(refunds_never_exceed_what_was_paid),
        STORY(an_open_refund_keeps_its_money),
        STORY(money_after_close_goes_back),
        STORY(money_after_expiry_stays_when_the_hospital_has_it),
        STORY(bills_have_a_row_for_each_movement),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
