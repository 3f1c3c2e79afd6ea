/* links: app/pump/vendor.c app/wire/encoding.c app/base/ */
/* A vendor's library that behaves well, badly, or not at all: each request is answered once, and
 * the next one is served. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <curl/curl.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/base/clock.h"
#include "app/pump/vendor.h"

static char host[PATH_MAX + 64], library_path[PATH_MAX + 64];
static struct wire_library library = {.path = library_path,
                                      .function = "payTrans",
                                      .encoding = WIRE_GB18030,
                                      .settings = "{\"transType\":\"hop.trade.setinfo\"}"};

#define ANSWERS_MAX 64
static struct {
    pthread_mutex_t lock;
    pthread_cond_t more;
    int count;
    struct net_answer items[ANSWERS_MAX];
} answers = {.lock = PTHREAD_MUTEX_INITIALIZER, .more = PTHREAD_COND_INITIALIZER};

static void take_answer(void *context, const struct net_answer *answer) {
    (void)context;
    pthread_mutex_lock(&answers.lock);
    assert_true(answers.count < ANSWERS_MAX);
    answers.items[answers.count++] = *answer;
    pthread_cond_signal(&answers.more);
    pthread_mutex_unlock(&answers.lock);
}

static void forget_answers(void) {
    for (int i = 0; i < answers.count; i++)
        free(answers.items[i].body);
    answers.count = 0;
}

static void wait_answers(int count) {
    pthread_mutex_lock(&answers.lock);
    while (answers.count < count)
        pthread_cond_wait(&answers.more, &answers.lock);
    pthread_mutex_unlock(&answers.lock);
}

static void ask(struct vendor *vendor, const char *input, int timeout_ms) {
    static uint32_t number;
    vendor_send(vendor, &(struct vendor_request){.number = ++number,
                                                 .library = &library,
                                                 .input = input,
                                                 .timeout_ms = timeout_ms});
}

/* The one answer to one request. */
static const struct net_answer *answer_to(struct vendor *vendor, const char *input,
                                          int timeout_ms) {
    forget_answers();
    ask(vendor, input, timeout_ms);
    wait_answers(1);
    return &answers.items[0];
}

static void says(struct vendor *vendor, const char *input, const char *body) {
    const struct net_answer *answer = answer_to(vendor, input, 30000);
    assert_int_equal(answer->curl_code, CURLE_OK);
    assert_int_equal(answer->http_status, 200);
    assert_string_equal(answer->body, body);
}

#define GOOD                                                                                       \
    "{\"returned\":\"00000\",\"out\":\"{\\\"respCode\\\":\\\"000000\\\",\\\"respMsg\\\":"          \
    "\\\"张三\\\",\\\"param\\\":{\\\"result\\\":\\\"succ\\\",\\\"traceNo\\\":\\\"T1\\\","        \
    "\\\"qrcode\\\":\\\"0\\\"}}\"}"

static void it_is_asked_in_its_encoding_and_read_in_ours(void **state) {
    says(*state, "张三", GOOD);
    says(*state, "do-fail",
         "{\"returned\":\"020003\",\"out\":\"{\\\"respCode\\\":\\\"020003\\\","
         "\\\"respMsg\\\":\\\"金额非法\\\"}\"}");
}

static void what_it_does_badly_is_one_answer(void **state) {
    says(*state, "do-null", "{\"returned\":\"\",\"out\":\"\"}");
    says(*state, "do-silent", "{\"returned\":\"-28\",\"out\":\"\"}");
    says(*state, "do-garbage", "{\"returned\":\"00000\"}");
    const struct net_answer *answer = answer_to(*state, "do-fill", 30000);
    assert_int_equal(answer->curl_code, CURLE_OK);
    assert_int_equal(answer->length, 2048 + strlen("{\"returned\":\"00000\",\"out\":\"\"}"));
    answer = answer_to(*state, "do-long-code", 30000);
    assert_int_equal(answer->curl_code, CURLE_OK);
    assert_true(answer->length < 128);
}

static void what_kills_its_process_is_an_unknown_answer(void **state) {
    static const char *const deaths[] = {"do-crash", "do-exit", "do-overflow"};
    for (size_t i = 0; i < 3; i++) {
        const struct net_answer *answer = answer_to(*state, deaths[i], 30000);
        assert_int_equal(answer->curl_code, CURLE_RECV_ERROR);
        assert_true(answer->reached);
        says(*state, "张三", GOOD);
    }
}

static void one_that_hangs_is_ended_in_time(void **state) {
    int64_t began_ms = clock_mono_ms();
    const struct net_answer *answer = answer_to(*state, "do-hang", 300);
    assert_int_equal(answer->curl_code, CURLE_OPERATION_TIMEDOUT);
    assert_true(answer->reached);
    assert_true(clock_mono_ms() - began_ms >= 300);
    says(*state, "张三", GOOD);
}

/* Four at once; who waits longer than it may never reached the library. */
static void several_are_served_at_once(void **state) {
    forget_answers();
    for (int i = 0; i < VENDOR_HOSTS_MAX; i++)
        ask(*state, "do-hang", 1500);
    ask(*state, "张三", 400);
    wait_answers(1);
    assert_int_equal(answers.items[0].curl_code, CURLE_OPERATION_TIMEDOUT);
    assert_false(answers.items[0].reached);
    wait_answers(VENDOR_HOSTS_MAX + 1);
    forget_answers();
    for (int i = 0; i < 20; i++)
        ask(*state, i % 5 == 0 ? "do-crash" : "do-slow", 30000);
    wait_answers(20);
    int good = 0;
    for (int i = 0; i < 20; i++)
        good += answers.items[i].curl_code == CURLE_OK;
    assert_int_equal(good, 16);
}

static void what_cannot_be_loaded_was_not_reached(void **state) {
    static struct wire_library wrong = {.function = "payTrans", .settings = "refused-address"};
    static const char *const settings[] = {NULL, NULL,
                                           "{\"transType\":\"hop.trade.setinfo refused-address\"}"};
    (void)state;
    for (size_t i = 0; i < 3; i++) {
        wrong.path = i == 0 ? "/nowhere/lib.so" : library_path;
        wrong.function = i == 1 ? "noSuchFunction" : "payTrans";
        wrong.settings = settings[i];
        struct vendor_request request = {
            .number = 1, .library = &wrong, .input = "x", .timeout_ms = 30000};
        struct net_answer answer;
        vendor_once(host, &request, &answer);
        assert_int_equal(answer.curl_code, CURLE_COULDNT_CONNECT);
        assert_false(answer.reached);
        free(answer.body);
        vendor_once("/nowhere/host", &request, &answer);
        assert_int_equal(answer.curl_code, CURLE_COULDNT_CONNECT);
        assert_false(answer.reached);
        free(answer.body);
    }
}

static void what_does_not_fit_never_leaves(void **state) {
    char text[2049];
    memset(text, 'x', 2048);
    text[2048] = '\0';
    const struct net_answer *answer = answer_to(*state, text, 30000);
    assert_int_equal(answer->curl_code, CURLE_URL_MALFORMAT);
    assert_false(answer->reached);
}

static void a_stop_answers_what_is_under_way(void **state) {
    (void)state;
    struct vendor *vendor = vendor_start(host, take_answer, NULL);
    forget_answers();
    for (int i = 0; i < 6; i++)
        ask(vendor, "do-hang", 30000);
    vendor_stop(vendor);
    assert_int_equal(answers.count, 6);
    for (int i = 0; i < 6; i++)
        assert_int_equal(answers.items[i].curl_code, CURLE_ABORTED_BY_CALLBACK);
}

/* The build's folder is the one above tests/. */
static int start(void **state) {
    char program[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
    program[length > 0 ? length : 0] = '\0';
    char *tests = strstr(program, "/tests/unit/");
    if (tests == NULL)
        return -1;
    *tests = '\0';
    snprintf(host, sizeof host, "%s/vendorhost", program);
    snprintf(library_path, sizeof library_path, "%s/tests/libvendor.so", program);
    *state = vendor_start(host, take_answer, NULL);
    return 0;
}

static int stop(void **state) {
    vendor_stop(*state);
    forget_answers();
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_is_asked_in_its_encoding_and_read_in_ours),
        cmocka_unit_test(what_it_does_badly_is_one_answer),
        cmocka_unit_test(what_kills_its_process_is_an_unknown_answer),
        cmocka_unit_test(one_that_hangs_is_ended_in_time),
        cmocka_unit_test(several_are_served_at_once),
        cmocka_unit_test(what_cannot_be_loaded_was_not_reached),
        cmocka_unit_test(what_does_not_fit_never_leaves),
        cmocka_unit_test(a_stop_answers_what_is_under_way),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
