/* tongji: a query is whole and signed as the document says; answers mean what they say. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "app/platform/tongji/tongji.h"
#include "app/wire/json.h"
#include "app/wire/sign.h"

static const struct tongji_config tongji = {
    .base_url = "http://127.0.0.1:1/TongjiMerConsole/", .hosp_id = "100200", .key = "KEY"};
static const struct config config = {.part_count = 1, .parts = {{&tongji_section, &tongji}}};

static bool build(const char *operation, const char *members, struct wire_request *wire,
                  struct wire_complaint *complaint) {
    const char *error = NULL;
    cJSON *tree = wire_parse(members, strlen(members), &error);
    if (tree == NULL)
        fail_msg("%s: %s", error, members);
    bool built = platform_tongji.build(&config, operation, tree, 0, wire, complaint);
    cJSON_Delete(tree);
    return built;
}

#define QUERY(begin, end, page)                                                                    \
    "{\"beginDate\":\"" begin "\",\"endDate\":\"" end                                              \
    "\",\"payChannel\":\"ALL\",\"resStyle\":\"JSON\",\"pageIndex\":" page "}"

static void a_query_is_signed_over_its_raw_values(void **state) {
    (void)state;
    struct wire_request wire;
    struct wire_complaint complaint = {.text = ""};
    char sign[SIGN_MD5_SIZE], url[512];
    assert_true(build("recon",
                      "{\"beginDate\":\"20150801\",\"endDate\":\"20150831\",\"payChannel\":\"ALL\","
                      "\"resStyle\":\"JSON\",\"pageIndex\":1,\"numPerPage\":200,"
                      "\"cfgParams\":\"01,02 \"}",
                      &wire, &complaint));
    sign_md5_upper("beginDate=20150801&cfgParams=01,02 &endDate=20150831&hospId=100200&"
                   "numPerPage=200&pageIndex=1&payChannel=ALL&resStyle=JSON",
                   "KEY", sign);
    snprintf(url, sizeof url,
             "http://127.0.0.1:1/TongjiMerConsole/recon.do?beginDate=20150801&endDate=20150831&"
             "payChannel=ALL&resStyle=JSON&pageIndex=1&numPerPage=200&cfgParams=01%%2C02%%20&"
             "hospId=100200&sign=%s",
             sign);
    assert_string_equal(wire.url, url);
    assert_null(wire.content_type);
    assert_null(wire.body);
    wire_request_free(&wire);
}

static void a_query_that_breaks_the_document_is_refused(void **state) {
    (void)state;
    static const struct {
        const char *operation, *members, *complaint;
    } wrong[] = {
        {"recon", QUERY("20150801", "20150901", "1"),
         "tongji.recon.endDate: expected at most 31 days from beginDate, got \"20150901\""},
        {"reconflow", QUERY("20150802", "20150801", "1"),
         "tongji.reconflow.endDate: expected a day not before beginDate, got \"20150801\""},
        {"recon", QUERY("20150230", "20150301", "1"),
         "tongji.recon.beginDate: expected yyyyMMdd, got \"20150230\""},
        {"recon", QUERY("20150801", "20150801", "0"),
         "tongji.recon.pageIndex: expected a page, from 1, got 0"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct wire_request wire;
        struct wire_complaint complaint = {.text = ""};
        assert_false(build(wrong[i].operation, wrong[i].members, &wire, &complaint));
        assert_string_equal(complaint.text, wrong[i].complaint);
    }
}

#define ROW "{\"appOrderId\":\"A1\",\"payAmt\":\"7\"}"

static void answers_mean_what_they_say(void **state) {
    (void)state;
    static const struct {
        const char *body;
        enum outcome outcome;
    } answers[] = {
        {"{\"respCode\":\"0000\",\"detail\":[" ROW "]}", OUTCOME_ACCEPTED},
        {"{\"respCode\":\"0002\",\"msg\":\"none\"}", OUTCOME_ACCEPTED},
        {"{\"respCode\":\"0001\",\"msg\":\"sign\"}", OUTCOME_DECLINED},
        {"{\"respCode\":\"0003\"}", OUTCOME_DECLINED},
        {"{\"respCode\":\"0004\"}", OUTCOME_UNKNOWN},
        {"{\"respCode\":\"0000\"}", OUTCOME_MALFORMED},
        {"{\"respCode\":\"0000\",\"detail\":[{\"payAmt\":\"7\"}]}", OUTCOME_MALFORMED},
        {"{\"detail\":[]}", OUTCOME_MALFORMED},
        {"<c><respCode>0000</respCode><detail>< appOrderId >A1</ appOrderId ></detail></c>",
         OUTCOME_ACCEPTED},
        {"<c><respCode>0002</respCode><msg>none</msg></c>", OUTCOME_ACCEPTED},
        {"<c><respCode>0000</respCode>", OUTCOME_MALFORMED},
        {"", OUTCOME_MALFORMED},
    };
    for (size_t i = 0; i < sizeof answers / sizeof *answers; i++) {
        struct wire_reading reading;
        platform_tongji.read(&config, "recon", NULL, 200, answers[i].body, strlen(answers[i].body),
                             &reading);
        if (reading.outcome != answers[i].outcome)
            fail_msg("%s: %d %s", answers[i].body, reading.outcome, reading.message);
        wire_reading_free(&reading);
    }
}

static void an_http_error_says_nothing(void **state) {
    (void)state;
    struct wire_reading reading;
    platform_tongji.read(&config, "recon", NULL, 503, "<html>", 6, &reading);
    assert_int_equal(reading.outcome, OUTCOME_UNKNOWN);
    assert_string_equal(reading.code, "HTTP 503");
    wire_reading_free(&reading);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_query_is_signed_over_its_raw_values),
        cmocka_unit_test(a_query_that_breaks_the_document_is_refused),
        cmocka_unit_test(answers_mean_what_they_say),
        cmocka_unit_test(an_http_error_says_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
