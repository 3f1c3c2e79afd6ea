/* A query is believed about the payment or refund that it asked about, and about no other. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "tests/unit/platform/onepay/onepay_story.h"

static struct onepay_config onepay = {.backend = ONEPAY_LIBRARY,
                                      .vendor = {.function = "payTrans"}};
static const struct config config = {.part_count = 1, .parts = {{&onepay_section, &onepay}}};

static struct wire_request request;
static struct wire_reading reading;

static int put_away(void **state) {
    (void)state;
    free(reading.document);
    wire_reading_free(&reading);
    wire_request_free(&request);
    return 0;
}

/* Asks about a payment or a refund by a number, and hears this of it. */
static void hears_asked(const char *type, const char *member, const char *no, const char *param) {
    struct wire_complaint complaint;
    cJSON *members = onepay_members("hop.trade.query"), *answer = cJSON_CreateObject();
    (void)put_away(NULL);
    cJSON_DeleteItemFromObject(members, "tradeType");
    cJSON_DeleteItemFromObject(members, "traceNo");
    cJSON_AddStringToObject(members, "tradeType", type);
    cJSON_AddStringToObject(members, member, no);
    if (!platform_onepay.build(&config, "hop.trade.query", members, 0, &request, &complaint))
        fail_msg("%s", complaint.text);
    cJSON_Delete(members);
    cJSON_AddItemToObject(answer, "param", onepay_tree(param));
    char *out = wire_print(answer, false);
    cJSON_DeleteItemFromObject(answer, "param");
    cJSON_AddStringToObject(answer, "returned", "000000");
    cJSON_AddStringToObject(answer, "out", out);
    free(out);
    char *body = wire_print(answer, false);
    cJSON_Delete(answer);
    platform_onepay.read(&config, "hop.trade.query", request.message, 200, body, strlen(body),
                         &reading);
    free(body);
}

/* `no`: the number that is kept, "" none; NULL: the answer is about another, and says nothing. */
static void a_query_is_answered_about_what_was_asked(void **state) {
    static const char *const types[] = {"hop.trade.recharge", "hop.trade.refund"};
    static const struct {
        const char *member, *param, *no;
    } rows[] = {
        {"traceNo", "{\"result\":\"succ\",\"traceNo\":\"T2\"}", NULL},
        {"traceNo", "{\"result\":\"succ\",\"traceNo\":\"T1\"}", "T1"},
        {"traceNo", "{\"result\":\"succ\",\"origTraceNo\":\"T1\"}", "T1"},
        {"traceNo", "{\"result\":\"succ\",\"traceNo\":\"\",\"origTraceNo\":\"T1\"}", "T1"},
        {"traceNo", "{\"result\":\"succ\",\"traceNo\":\"T1\",\"origTraceNo\":\"T7\"}", "T1"},
        {"traceNo", "{\"result\":\"succ\"}", ""},
        {"traceNo", "{\"result\":\"fail\",\"traceNo\":\"T2\",\"origTraceNo\":\"T1\"}", NULL},
        {"traceNo", "{\"result\":\"notfound\",\"origTraceNo\":\"T2\"}", NULL},
        {"traceNo", "{\"result\":\"succ\",\"traceNo\":\"\",\"origTraceNo\":\"T2\"}", NULL},
        {"traceNo", "{\"result\":\"succ\",\"traceNo\":\"T1 \"}", NULL},
        {"outTradeNo", "{\"result\":\"succ\",\"traceNo\":\"T2\"}", "T2"},
        {"outTradeNo", "{\"result\":\"succ\",\"traceNo\":\"T2\",\"outTradeNo\":\"T1\"}", "T2"},
        {"outTradeNo", "{\"result\":\"succ\",\"traceNo\":\"T2\",\"outTradeNo\":\"N2\"}", NULL},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        for (size_t t = 0; t < 2; t++) {
            hears_asked(types[t], rows[i].member, "T1", rows[i].param);
            if ((reading.outcome == OUTCOME_MALFORMED) != (rows[i].no == NULL))
                fail_msg("%s: %s", rows[i].param, outcome_word(reading.outcome));
            assert_string_equal(reading.answer.no, rows[i].no == NULL ? "" : rows[i].no);
            if (rows[i].no == NULL)
                assert_int_equal(reading.answer.trade, TRADE_NONE);
        }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_query_is_answered_about_what_was_asked),
    };
    return cmocka_run_group_tests(tests, NULL, put_away);
}
