/* links: ui/window/ */
/* The X server dies: who meets it, on whatever thread, keeps nobody else out of the connection. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <X11/Xlib.h>
#include <cmocka.h>
#include <pthread.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "ui/window/window.h"

#define PATIENCE_S 60 /* on a busy machine too */

static pid_t server;

/* Under a number that nobody else takes. False: there is no X server to start. */
static bool start_server(char *name, size_t size) {
    int said[2];
    char last = '\0';
    snprintf(name, size, ":%d", 1000 + (int)getpid() % 50000);
    assert_int_equal(pipe(said), 0);
    server = fork();
    assert_true(server >= 0);
    if (server == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        dup2(said[1], 3);
        execlp("Xvfb", "Xvfb", name, "-displayfd", "3", "-screen", "0", "100x100x24", NULL);
        _exit(127);
    }
    close(said[1]);
    while (read(said[0], &last, 1) == 1 && last != '\n') /* its number, when it is ready */
        continue;
    close(said[0]);
    return last == '\n';
}

static void stop_server(void) {
    kill(server, SIGKILL);
    assert_int_equal(waitpid(server, NULL, 0), server);
}

static void *use_connection(void *display) {
    XSync(display, False);
    return NULL;
}

static void *close_connection(void *display) {
    XCloseDisplay(display);
    return NULL;
}

/* On a thread of its own: does it come back? */
static bool returns(void *(*use)(void *), Display *display) {
    struct timespec until;
    pthread_t thread;
    assert_int_equal(pthread_create(&thread, NULL, use, display), 0);
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += PATIENCE_S;
    return pthread_timedjoin_np(thread, NULL, &until) == 0;
}

static Display *connect_to_server(void) {
    char name[32];
    if (!start_server(name, sizeof name)) {
        waitpid(server, NULL, 0);
        skip();
    }
    connection_watch(SDL_USEREVENT);
    Display *display = XOpenDisplay(name);
    assert_non_null(display);
    return display;
}

static void who_meets_the_end_keeps_nobody_out(void **state) {
    (void)state;
    Display *display = connect_to_server();
    assert_true(returns(use_connection, display));
    assert_false(connection_is_lost());
    stop_server();
    XSync(display, False); /* met here; this thread lives on, so that no other has its name */
    assert_true(connection_is_lost());
    assert_true(returns(use_connection, display));
    assert_true(returns(close_connection, display));
}

/* ... whoever asks, and whoever reads it without a look. */
static void who_asks_for_the_keys_gets_an_answer(void **state) {
    (void)state;
    Display *display = connect_to_server();
    XModifierKeymap *keymap = XGetModifierMapping(display);
    assert_true(keymap->max_keypermod > 0);
    XFreeModifiermap(keymap);
    stop_server();
    keymap = XGetModifierMapping(display);
    assert_non_null(keymap);
    assert_int_equal(keymap->max_keypermod, 0);
    XFreeModifiermap(keymap);
    assert_true(connection_is_lost());
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_meets_the_end_keeps_nobody_out),
        cmocka_unit_test(who_asks_for_the_keys_gets_an_answer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
