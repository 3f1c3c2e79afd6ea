/* links: app/control.c app/log.c app/clock.c */
/* The control socket and the signals, as kioskctl and systemd meet them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/control.h"

#define PATIENCE_MS 5000

/* Answers at once with the word it heard. */
static atomic_int heard[ASK_COUNT];
static bool answer(void *context, const struct control_ask *ask) {
    (void)context;
    char text[64];
    snprintf(text, sizeof text, "{\"heard\":\"%s\"}", control_word_name(ask->word));
    control_reply(ask, text);
    atomic_fetch_add(&heard[ask->word], 1);
    return true;
}

static bool busy(void *context, const struct control_ask *ask) {
    (void)context;
    (void)ask;
    return false;
}

static const char *socket_path(void) {
    static char path[64];
    snprintf(path, sizeof path, "/tmp/control-test-%d", (int)getpid());
    return path;
}

static void a_word_is_asked_and_answered(void **state) {
    (void)state;
    struct control_port *port = control_start(socket_path(), answer, NULL);
    char *text = control_call(socket_path(), "devices", PATIENCE_MS);
    assert_string_equal(text, "{\"heard\":\"devices\"}\n");
    free(text);
    text = control_call(socket_path(), "open-the-door", PATIENCE_MS);
    assert_string_equal(text, "{\"heard\":\"?\"}\n");
    free(text);
    control_stop(port);
}

static void only_the_owner_may_ask(void **state) {
    (void)state;
    struct control_port *port = control_start(socket_path(), answer, NULL);
    struct stat entry;
    assert_int_equal(stat(socket_path(), &entry), 0);
    assert_int_equal(entry.st_mode & 0777, 0600);
    control_stop(port);
    assert_int_not_equal(access(socket_path(), F_OK), 0);
}

static void without_a_kiosk_nobody_answers(void **state) {
    (void)state;
    assert_null(control_call("/tmp/no-kiosk-here", "status", PATIENCE_MS));
}

static void a_busy_kiosk_says_so(void **state) {
    (void)state;
    struct control_port *port = control_start(socket_path(), busy, NULL);
    char *text = control_call(socket_path(), "status", PATIENCE_MS);
    assert_string_equal(text, "{\"error\":\"busy\"}\n");
    free(text);
    control_stop(port);
}

static void a_signal_is_a_wish_to_quit(void **state) {
    (void)state;
    int before = heard[ASK_QUIT];
    struct control_port *port = control_start("", answer, NULL);
    kill(getpid(), SIGTERM);
    while (heard[ASK_QUIT] == before) {
        usleep(1000); /* the runner of all tests ends what never comes */
    }
    control_stop(port);
}

int main(void) {
    sigset_t ending;
    sigemptyset(&ending);
    sigaddset(&ending, SIGTERM);
    sigaddset(&ending, SIGINT);
    pthread_sigmask(SIG_BLOCK, &ending, NULL);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_word_is_asked_and_answered),   cmocka_unit_test(only_the_owner_may_ask),
        cmocka_unit_test(without_a_kiosk_nobody_answers), cmocka_unit_test(a_busy_kiosk_says_so),
        cmocka_unit_test(a_signal_is_a_wish_to_quit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
