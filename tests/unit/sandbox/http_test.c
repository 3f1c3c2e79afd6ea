/* links: libsandbox.a */
/* The sandbox over real HTTP: what goes wrong on the way, and who is not held up by it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>
#include <curl/curl.h>

#include "tests/sandbox/hospital.h"
#include "tests/sandbox/payment.h"
#include "tests/sandbox/server.h"

struct bench {
    struct options options;
    struct sandbox sandbox;
    struct server *server;
};

struct heard {
    CURLcode code;
    long status;
    size_t length;
    char text[1 << 16];
};

static int set_up(void **state) {
    struct bench *bench = calloc(1, sizeof *bench);
    bench->options = (struct options){.isv_id = "1", .partner_id = "1", .key = "k"};
    sandbox_init(&bench->sandbox, &bench->options);
    bench->server = server_start(&bench->sandbox, 0);
    assert_non_null(bench->server);
    *state = bench;
    return 0;
}

static int tear_down(void **state) {
    struct bench *bench = *state;
    server_stop(bench->server);
    sandbox_destroy(&bench->sandbox);
    free(bench);
    return 0;
}

static size_t hear(char *data, size_t size, size_t count, void *context) {
    struct heard *heard = context;
    size_t length = size * count;
    if (heard->length + length >= sizeof heard->text)
        return 0;
    memcpy(heard->text + heard->length, data, length);
    heard->length += length;
    heard->text[heard->length] = '\0';
    return length;
}

static CURL *prepare(const struct bench *bench, const char *path, const char *body,
                     struct heard *heard) {
    char url[256];
    CURL *easy = curl_easy_init();
    *heard = (struct heard){.code = CURLE_OK};
    snprintf(url, sizeof url, "http://127.0.0.1:%d%s", bench->sandbox.port, path);
    curl_easy_setopt(easy, CURLOPT_URL, url);
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, 10000L);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, hear);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, heard);
    if (body != NULL)
        curl_easy_setopt(easy, CURLOPT_COPYPOSTFIELDS, body);
    return easy;
}

static void call(const struct bench *bench, const char *path, const char *body,
                 struct heard *heard) {
    CURL *easy = prepare(bench, path, body, heard);
    heard->code = curl_easy_perform(easy);
    curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &heard->status);
    curl_easy_cleanup(easy);
}

static void order(const struct bench *bench, const char *name, const char *body) {
    struct heard heard;
    char path[64];
    snprintf(path, sizeof path, "/control/%s", name);
    call(bench, path, body, &heard);
    assert_int_equal(heard.status, 200);
}

#define SETTLE                                                                                     \
    "{\"org_code\":\"" ORG_CODE "\",\"mdtrt_cert_type\":\"10\",\"mdtrt_cert_no\":\"C10000001\","   \
    "\"org_trace_no\":\"MZ10000001-2\",\"doc_trace_no\":\"CF10000001-2\",\"amp_trace_id\":\"A1\"," \
    "\"feesum_amt\":\"36.00\",\"used_patient_type\":\"00\",\"pay_chnl_trace_no\":\"CH1\","         \
    "\"mch_trace_no\":\"P1\"}"

static int64_t held_fen(struct bench *bench) {
    pthread_mutex_lock(&bench->sandbox.lock);
    int64_t fen = hospital_holds_fen(&bench->sandbox, "P1");
    pthread_mutex_unlock(&bench->sandbox.lock);
    return fen;
}

static void a_lost_request_did_nothing(void **state) {
    struct heard heard;
    order(*state, "fault", "{\"on\":\"his.rechargeSettle\",\"kind\":\"drop_before\"}");
    call(*state, "/his/rechargeSettle", SETTLE, &heard);
    assert_int_equal(heard.code, CURLE_GOT_NOTHING);
    assert_int_equal(held_fen(*state), 0);
}

static void a_lost_answer_was_acted_on(void **state) {
    struct heard heard;
    order(*state, "fault", "{\"on\":\"his.*\",\"kind\":\"drop_after\"}");
    call(*state, "/his/rechargeSettle", SETTLE, &heard);
    assert_int_equal(heard.code, CURLE_GOT_NOTHING);
    assert_int_equal(held_fen(*state), 3600);
    call(*state, "/his/rechargeSettle", SETTLE, &heard);
    assert_non_null(strstr(heard.text, "succ"));
    assert_int_equal(held_fen(*state), 3600);
}

static void a_request_that_comes_twice_books_once(void **state) {
    struct heard heard;
    order(*state, "fault", "{\"on\":\"*\",\"kind\":\"duplicate\"}");
    call(*state, "/his/rechargeSettle", SETTLE, &heard);
    assert_non_null(strstr(heard.text, "succ"));
    assert_int_equal(held_fen(*state), 3600);
}

static void any_answer_can_be_ordered(void **state) {
    struct heard heard;
    order(*state, "fault",
          "{\"on\":\"upp.close\",\"kind\":\"answer\",\"status\":418,\"body\":{\"result\":true}}");
    call(*state, "/access/close", "{}", &heard);
    assert_int_equal(heard.status, 418);
    assert_non_null(strstr(heard.text, "\"sign\":"));
    order(*state, "fault", "{\"on\":\"upp.close\",\"kind\":\"garbage\"}");
    call(*state, "/access/close", "{}", &heard);
    assert_null(message_read(heard.text, heard.length));
    order(*state, "fault", "{\"on\":\"upp.close\",\"kind\":\"unsigned\"}");
    call(*state, "/access/close", "{}", &heard);
    assert_null(strstr(heard.text, "\"sign\":\""));
    order(*state, "fault", "{\"on\":\"upp.close\",\"kind\":\"down\"}");
    call(*state, "/access/close", "{}", &heard);
    assert_int_equal(heard.status, 503);
}

/* The held request runs in a multi handle of its own; the other goes through beside it. */
static void a_held_answer_holds_nobody_else(void **state) {
    struct bench *bench = *state;
    struct heard held, other;
    int running = 1, waits = 0;
    order(bench, "fault", "{\"on\":\"his.rechargeSettle\",\"kind\":\"hold\"}");
    CURLM *multi = curl_multi_init();
    CURL *easy = prepare(bench, "/his/rechargeSettle", SETTLE, &held);
    curl_multi_add_handle(multi, easy);
    for (; held_fen(bench) == 0 && waits < 100; waits++) {
        curl_multi_perform(multi, &running);
        curl_multi_poll(multi, NULL, 0, 20, NULL);
    }
    assert_int_equal(held_fen(bench), 3600);
    call(bench, "/access/network", "{}", &other);
    assert_int_equal(other.status, 200);
    curl_multi_perform(multi, &running);
    assert_int_equal(running, 1);
    order(bench, "release", "{}");
    for (waits = 0; running && waits < 100; waits++) {
        curl_multi_poll(multi, NULL, 0, 20, NULL);
        curl_multi_perform(multi, &running);
    }
    assert_non_null(strstr(held.text, "succ"));
    curl_multi_remove_handle(multi, easy);
    curl_easy_cleanup(easy);
    curl_multi_cleanup(multi);
}

static struct payment *add_payment(struct bench *bench, int64_t left_ms) {
    pthread_mutex_lock(&bench->sandbox.lock);
    struct payment *payment = rows_add(&bench->sandbox.books.payments);
    *payment = (struct payment){.payment_no = "P1",
                                .token = "TOKEN",
                                .operation = "scanCode",
                                .subject = "<缴费>",
                                .fee_fen = 3600};
    payment->expire_ms = sandbox_now_ms(&bench->sandbox) + left_ms;
    pthread_mutex_unlock(&bench->sandbox.lock);
    return payment;
}

static void the_phone_page_pays(void **state) {
    struct bench *bench = *state;
    struct heard heard;
    const struct payment *payment = add_payment(bench, 60000);
    call(bench, "/pay/TOKEN", NULL, &heard);
    assert_int_equal(heard.status, 200);
    assert_non_null(strstr(heard.text, "¥36.00"));
    assert_non_null(strstr(heard.text, "&lt;缴费>"));
    call(bench, "/pay/TOKEN", "act=pay", &heard);
    assert_int_equal(heard.status, 303);
    pthread_mutex_lock(&bench->sandbox.lock);
    assert_int_equal(payment->state, PAYMENT_PAID);
    pthread_mutex_unlock(&bench->sandbox.lock);
    call(bench, "/pay/TOKEN?lang=en", NULL, &heard);
    assert_non_null(strstr(heard.text, ">Paid<"));
    call(bench, "/pay/OTHER", NULL, &heard);
    assert_int_equal(heard.status, 404);
}

static int64_t returned_fen(struct bench *bench, const struct payment *payment) {
    pthread_mutex_lock(&bench->sandbox.lock);
    int64_t fen = payment->returned_fen;
    pthread_mutex_unlock(&bench->sandbox.lock);
    return fen;
}

static void late_money_returns_while_nobody_asks(void **state) {
    struct bench *bench = *state;
    order(bench, "settings", "{\"late_return_ms\":30,\"late_pay_ms\":30}");
    const struct payment *payment = add_payment(bench, 50 - 1000); /* its last second is in time */
    order(bench, "phone", "{\"act\":\"late\"}");
    for (int waits = 0; returned_fen(bench, payment) == 0 && waits < 500; waits++)
        nanosleep(&(struct timespec){0, 10000000}, NULL);
    assert_int_equal(returned_fen(bench, payment), 3600);
}

static void the_books_survive_a_restart(void **state) {
    (void)state;
    char path[] = "/tmp/sandbox_state_XXXXXX";
    int file = mkstemp(path);
    assert_true(file >= 0);
    close(file);
    struct books books, again;
    books_init(&books);
    books_init(&again);
    *(struct payment *)rows_add(&books.payments) =
        (struct payment){.payment_no = "P\"1", .state = PAYMENT_PAID, .fee_fen = 1760};
    *(struct credit *)rows_add(&books.credits) = (struct credit){.deposit = true, .credited_ms = 7};
    books.serial = 41;
    books_save(&books, path);
    assert_true(books_load(&again, path));
    cJSON *first = books_tree(&books), *second = books_tree(&again);
    char *first_text = cJSON_PrintUnformatted(first), *second_text = cJSON_PrintUnformatted(second);
    assert_string_equal(first_text, second_text);
    assert_non_null(strstr(first_text, "17.60"));
    free(first_text);
    free(second_text);
    cJSON_Delete(first);
    cJSON_Delete(second);
    books_clear(&books);
    books_clear(&again);
    unlink(path);
}

#define STORY(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        STORY(a_lost_request_did_nothing),
        STORY(a_lost_answer_was_acted_on),
        STORY(a_request_that_comes_twice_books_once),
        STORY(any_answer_can_be_ordered),
        STORY(a_held_answer_holds_nobody_else),
        STORY(the_phone_page_pays),
        STORY(late_money_returns_while_nobody_asks),
        cmocka_unit_test(the_books_survive_a_restart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
