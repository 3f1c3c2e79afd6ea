/* links: app/pump/net.c app/base/ */
/* The net pump against a small server that behaves well, badly, or not at all. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <arpa/inet.h>
#include <cmocka.h>
#include <curl/curl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "app/base/queue.h"
#include "app/pump/net.h"

struct server {
    int listener, port;
    atomic_int requests;
    char last[4096]; /* the newest request's head; read once its answer has come */
    pthread_t thread;
};

static void write_all(int client, const char *text) {
    assert_int_equal(send(client, text, strlen(text), MSG_NOSIGNAL), (ssize_t)strlen(text));
}

static void answer_much(int client) {
    static char block[65536];
    memset(block, 'x', sizeof block);
    write_all(client, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
    while (send(client, block, sizeof block, MSG_NOSIGNAL) > 0) {
    }
}

static void answer_with_headers(int client) {
    char line[1024];
    snprintf(line, sizeof line, "X-Much: %0900d\r\n", 0);
    write_all(client, "HTTP/1.1 200 OK\r\n");
    while (send(client, line, strlen(line), MSG_NOSIGNAL) > 0) {
    }
}

/* The path says how to behave. */
static void behave(int client, const char *request) {
    if (strstr(request, " /echo ") != NULL) {
        write_all(client, "HTTP/1.1 200 OK\r\nDate: Fri, 20 Nov 2026 03:24:07 GMT\r\n"
                          "Content-Length: 5\r\n\r\nhello");
    } else if (strstr(request, " /moved ") != NULL) {
        write_all(client, "HTTP/1.1 302 Found\r\nLocation: /echo\r\nContent-Length: 0\r\n\r\n");
    } else if (strstr(request, " /much ") != NULL) {
        answer_much(client);
    } else if (strstr(request, " /headers ") != NULL) {
        answer_with_headers(client);
    } else if (strstr(request, " /silence ") != NULL) {
        char end;
        ssize_t got = recv(client, &end, 1, 0);
        (void)got; /* until the other side gives up */
    }
}

static void *serve(void *context) {
    struct server *server = context;
    int client;
    while ((client = accept(server->listener, NULL, NULL)) >= 0) {
        char request[4096] = "";
        size_t length = 0;
        while (strstr(request, "\r\n\r\n") == NULL) {
            ssize_t got = recv(client, request + length, sizeof request - 1 - length, 0);
            if (got <= 0)
                break;
            length += (size_t)got;
            request[length] = '\0';
        }
        memcpy(server->last, request, sizeof request);
        atomic_fetch_add(&server->requests, 1);
        behave(client, request);
        close(client);
    }
    return NULL;
}

static int listen_anywhere(int *port) {
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof at;
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    assert_int_equal(bind(listener, (struct sockaddr *)&at, sizeof at), 0);
    assert_int_equal(listen(listener, 8), 0);
    assert_int_equal(getsockname(listener, (struct sockaddr *)&at, &size), 0);
    *port = ntohs(at.sin_port);
    return listener;
}

static int start_server(void **state) {
    struct server *server = calloc(1, sizeof *server);
    server->listener = listen_anywhere(&server->port);
    assert_int_equal(pthread_create(&server->thread, NULL, serve, server), 0);
    *state = server;
    return 0;
}

static int stop_server(void **state) {
    struct server *server = *state;
    shutdown(server->listener, SHUT_RDWR);
    pthread_join(server->thread, NULL);
    close(server->listener);
    free(server);
    return 0;
}

static struct net_answer ask(int port, const char *path, int timeout_ms) {
    char url[128];
    snprintf(url, sizeof url, "http://127.0.0.1:%d%s", port, path);
    struct net_request request = {.number = 7,
                                  .url = url,
                                  .content_type = "application/json",
                                  .body = "{}",
                                  .body_length = 2,
                                  .timeout_ms = timeout_ms};
    struct net_answer answer;
    net_once(false, &request, &answer);
    assert_int_equal(answer.number, 7);
    assert_non_null(answer.body);
    return answer;
}

static void an_answer_comes_with_its_status_and_date(void **state) {
    struct server *server = *state;
    struct net_answer answer = ask(server->port, "/echo", 5000);
    assert_int_equal(answer.curl_code, 0);
    assert_int_equal(answer.http_status, 200);
    assert_string_equal(answer.body, "hello");
    assert_int_equal(answer.server_date_ms, INT64_C(1795145047000));
    free(answer.body);
}

static void a_refused_connection_surely_never_reached(void **state) {
    (void)state;
    int port;
    close(listen_anywhere(&port));
    struct net_answer answer = ask(port, "/echo", 5000);
    assert_int_equal(answer.curl_code, CURLE_COULDNT_CONNECT);
    assert_false(answer.reached);
    free(answer.body);
}

static void a_hang_up_after_the_request_may_have_reached(void **state) {
    struct server *server = *state;
    int before = server->requests;
    struct net_answer answer = ask(server->port, "/hang-up", 5000);
    assert_int_equal(answer.curl_code, CURLE_GOT_NOTHING);
    assert_true(answer.reached);
    assert_int_equal(server->requests, before + 1); /* never sent again behind our back */
    free(answer.body);
}

static void silence_ends_at_the_deadline(void **state) {
    struct server *server = *state;
    struct net_answer answer = ask(server->port, "/silence", 100);
    assert_int_equal(answer.curl_code, CURLE_OPERATION_TIMEDOUT);
    assert_true(answer.reached);
    free(answer.body);
}

static void a_redirection_is_an_answer_not_an_order(void **state) {
    struct server *server = *state;
    struct net_answer answer = ask(server->port, "/moved", 5000);
    assert_int_equal(answer.http_status, 302);
    free(answer.body);
}

static void an_endless_answer_is_cut(void **state) {
    struct server *server = *state;
    struct net_answer answer = ask(server->port, "/much", 10000);
    assert_int_not_equal(answer.curl_code, 0);
    assert_string_equal(answer.error, "the answer is longer than 4 MiB");
    free(answer.body);
}

static void plain_http_stays_on_this_machine(void **state) {
    (void)state;
    struct net_request request = {.number = 8, .url = "http://pay.example.com/access/scanCode"};
    struct net_answer answer;
    net_once(false, &request, &answer);
    assert_int_not_equal(answer.curl_code, 0);
    assert_false(answer.reached);
    assert_string_equal(answer.error, "plain http beyond this machine needs allow_plain");
    free(answer.body);
}

/* Names that look like this machine, and addresses that hide whom they mean. */
static void a_name_is_not_an_address(void **state) {
    static const char *const others[] = {
        "http://127.0.0.1.example.com/",
        "http://127.example.com/",
        "http://localhost.example.com/",
        "http://127.0.0.1@example.com/",
        "https://u:p@127.0.0.1/",
        "http://10.0.0.1/",
        "http://0.0.0.0/",
        "http://[::2]/",
        "http://128.0.0.1/",
        "http://[::ffff:10.0.0.1]/",
        "ftp://127.0.0.1/",
        "file:///etc/hostname",
    };
    (void)state;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        struct net_answer answer;
        net_once(false, &(struct net_request){.number = 9, .url = others[i], .timeout_ms = 100},
                 &answer);
        if (answer.curl_code != CURLE_URL_MALFORMAT &&
            answer.curl_code != CURLE_UNSUPPORTED_PROTOCOL)
            fail_msg("%s was spoken to: %d %s", others[i], answer.curl_code, answer.error);
        assert_false(answer.reached);
        free(answer.body);
    }
}

static void endless_headers_are_cut(void **state) {
    struct server *server = *state;
    struct net_answer answer = ask(server->port, "/headers", 10000);
    assert_int_equal(answer.curl_code, CURLE_WRITE_ERROR);
    assert_true(answer.reached);
    free(answer.body);
}

/* What the configuration says of a server is on each request to it, and on no other's. */
static void headers_of_the_server_are_on_each_request(void **state) {
    struct server *server = *state;
    const struct wire_trust trust = {.ca_file = "",
                                     .client_certificate = "",
                                     .client_key = "",
                                     .pin = "",
                                     .headers = {"X-Hospital: xm-02", "X-Zone: 3"}};
    char url[128];
    snprintf(url, sizeof url, "http://127.0.0.1:%d/echo", server->port);
    for (int times = 0; times < 2; times++) {
        struct net_request request = {.number = 7, .url = url, .timeout_ms = 5000, .trust = &trust};
        struct net_answer answer;
        if (times == 1) {
            request.content_type = "application/json";
            request.body = "{}";
            request.body_length = 2;
        }
        net_once(false, &request, &answer);
        assert_int_equal(answer.http_status, 200);
        assert_non_null(strstr(server->last, "\r\nX-Hospital: xm-02\r\n"));
        assert_non_null(strstr(server->last, "\r\nX-Zone: 3\r\n"));
        free(answer.body);
    }
    struct net_answer other = ask(server->port, "/echo", 5000);
    assert_null(strstr(server->last, "X-Hospital"));
    free(other.body);
}

static void no_wake(void *context) {
    (void)context;
}

static void take_answer(void *context, const struct net_answer *answer) {
    free(answer->body);
    queue_push_reserved(context, answer);
}

/* Twenty are sent, none is waited for: stopping answers each once. */
static void stopping_answers_everything_under_way(void **state) {
    struct server *server = *state;
    enum { COUNT = 20 };
    struct queue *answers = queue_create(sizeof(struct net_answer), COUNT, no_wake, NULL);
    struct net *net = net_start(false, take_answer, answers);
    char url[128];
    snprintf(url, sizeof url, "http://127.0.0.1:%d/silence", server->port);
    for (uint32_t i = 0; i < COUNT; i++) {
        assert_true(queue_reserve(answers));
        net_send(net, &(struct net_request){.number = i, .url = url, .timeout_ms = 60000});
    }
    net_stop(net);
    uint32_t seen = 0;
    struct net_answer answer;
    while (queue_pop(answers, &answer)) {
        assert_int_equal(seen & (1u << answer.number), 0);
        assert_int_equal(answer.curl_code, CURLE_ABORTED_BY_CALLBACK);
        seen |= 1u << answer.number;
    }
    assert_int_equal(seen, (1u << COUNT) - 1);
    queue_destroy(answers);
}

static void an_idle_thread_comes_round_when_it_is_asked(void **state) {
    (void)state;
    struct net *net = net_start(false, NULL, NULL);
    bool round = false;
    for (int tries = 0; tries < 2000 && !round; tries++) {
        round = net_turns(net);
        nanosleep(&(struct timespec){.tv_nsec = 10000000}, NULL);
    }
    assert_true(round);
    net_stop(net);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_answer_comes_with_its_status_and_date),
        cmocka_unit_test(a_refused_connection_surely_never_reached),
        cmocka_unit_test(a_hang_up_after_the_request_may_have_reached),
        cmocka_unit_test(silence_ends_at_the_deadline),
        cmocka_unit_test(a_redirection_is_an_answer_not_an_order),
        cmocka_unit_test(an_endless_answer_is_cut),
        cmocka_unit_test(plain_http_stays_on_this_machine),
        cmocka_unit_test(a_name_is_not_an_address),
        cmocka_unit_test(endless_headers_are_cut),
        cmocka_unit_test(headers_of_the_server_are_on_each_request),
        cmocka_unit_test(an_idle_thread_comes_round_when_it_is_asked),
        cmocka_unit_test(stopping_answers_everything_under_way),
    };
    return cmocka_run_group_tests(tests, start_server, stop_server);
}
