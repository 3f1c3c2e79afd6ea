/* links: app/pump/desk_socket.c app/pump/desk_caller.c app/base/ */
/* Callers of the desk, good and bad: each call is taken once and answered once, the 33rd is told
 * that the desk is full, and who says nothing hinders nobody. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "app/base/clock.h"
#include "app/payclient/protocol.h"
#include "app/pump/desk_socket.h"

static struct {
    struct desk_socket *desk;
    char path[96];
    pthread_mutex_t lock;
    uint32_t callers[256];
    char lines[256][64];
    int count, beats;
    bool busy;
} side = {.lock = PTHREAD_MUTEX_INITIALIZER};

static bool take(void *context, const struct desk_ask *ask) {
    (void)context;
    if (side.busy)
        return false;
    pthread_mutex_lock(&side.lock);
    side.callers[side.count] = ask->caller;
    snprintf(side.lines[side.count++], sizeof side.lines[0], "%s", ask->line);
    pthread_mutex_unlock(&side.lock);
    free(ask->line);
    return true;
}

static void beat(void *context) {
    (void)context;
    side.beats++;
}

static int setup_socket(void **state) {
    (void)state;
    snprintf(side.path, sizeof side.path, "/tmp/desk_socket_test.%d.sock", (int)getpid());
    side.count = side.beats = 0;
    side.busy = false;
    side.desk = desk_socket_start(side.path, take, beat, NULL);
    assert_non_null(side.desk);
    return 0;
}

static int end_socket(void **state) {
    (void)state;
    desk_socket_stop(side.desk);
    assert_int_not_equal(access(side.path, F_OK), 0);
    return 0;
}

static int connect_caller(void) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int file = socket(AF_UNIX, SOCK_STREAM, 0);
    snprintf(address.sun_path, sizeof address.sun_path, "%s", side.path);
    assert_int_equal(connect(file, (struct sockaddr *)&address, sizeof address), 0);
    return file;
}

/* Up to `end`; what came before it is left out. */
static void hear_line(int file, char *out, size_t size) {
    size_t length = 0;
    char c = 0;
    while (length + 1 < size && recv(file, &c, 1, 0) == 1 && (c != '\n' || length == 0))
        if (c != '\n')
            out[length++] = c;
    out[length] = '\0';
}

static int greeted(void) {
    char line[64];
    int file = connect_caller();
    hear_line(file, line, sizeof line);
    assert_memory_equal(line, DESK_GREETING, sizeof DESK_GREETING - 2);
    return file;
}

static void say(int file, const char *text) {
    assert_int_equal(send(file, text, strlen(text), MSG_NOSIGNAL), (ssize_t)strlen(text));
}

static int taken(void) {
    pthread_mutex_lock(&side.lock);
    int count = side.count;
    pthread_mutex_unlock(&side.lock);
    return count;
}

static void await_taken(int count) {
    for (int i = 0; i < 500 && taken() < count; i++)
        usleep(10000);
    assert_int_equal(taken(), count);
}

static void test_one_call(void **state) {
    char line[128];
    struct stat status;
    (void)state;
    assert_int_equal(stat(side.path, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0660);
    int file = greeted();
    say(file, "{\"call\":");
    usleep(20000);
    say(file, "\"x\"}\n");
    await_taken(1);
    assert_string_equal(side.lines[0], "{\"call\":\"x\"}");
    desk_socket_answer(side.desk, side.callers[0], strdup("{\"code\":\"0\"}"));
    hear_line(file, line, sizeof line);
    assert_string_equal(line, "{\"code\":\"0\"}");
    assert_int_equal(recv(file, line, 1, 0), 0);
    close(file);
}

static void test_the_33rd_is_told(void **state) {
    int files[DESK_CALLS_MAX];
    char line[256];
    (void)state;
    for (int i = 0; i < DESK_CALLS_MAX; i++) {
        files[i] = greeted();
        say(files[i], "{}\n");
    }
    await_taken(DESK_CALLS_MAX);
    int file = greeted();
    say(file, "{}\n");
    hear_line(file, line, sizeof line);
    assert_non_null(strstr(line, "\"-1002\""));
    assert_non_null(strstr(line, "the desk is full"));
    assert_int_equal(taken(), DESK_CALLS_MAX);
    close(file);
    desk_socket_answer(side.desk, side.callers[7], strdup("{}")); /* room for one */
    hear_line(files[7], line, sizeof line);
    file = greeted();
    say(file, "{}\n");
    await_taken(DESK_CALLS_MAX + 1);
    close(file);
    for (int i = 0; i < DESK_CALLS_MAX; i++)
        close(files[i]);
}

/* Every second, while the call is under way. */
static void test_signs_of_life(void **state) {
    char sign;
    (void)state;
    int file = greeted();
    say(file, "{}\n");
    await_taken(1);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(recv(file, &sign, 1, 0), 1);
        assert_int_equal(sign, '\n');
    }
    assert_true(side.beats > 0);
    close(file);
}

static void test_who_says_nothing_or_half(void **state) {
    char sign;
    (void)state;
    int silent = greeted(), half = greeted(), other = greeted();
    say(half, "{\"call\":\"payTrans\"");
    say(other, "{}\n");
    await_taken(1);
    assert_int_equal(recv(silent, &sign, 1, 0), 0);
    assert_int_equal(recv(half, &sign, 1, 0), 0);
    assert_int_equal(taken(), 1);
    close(silent);
    close(half);
    close(other);
}

/* Its place is free once it is answered. */
static void test_who_goes_away(void **state) {
    (void)state;
    for (int round = 0; round < 5; round++) {
        int before = taken();
        for (int i = 0; i < DESK_CALLS_MAX; i++) {
            int file = greeted();
            say(file, "{}\n");
            await_taken(before + i + 1);
            close(file);
        }
        for (int i = 0; i < DESK_CALLS_MAX; i++)
            desk_socket_answer(side.desk, side.callers[before + i], strdup("{}"));
        usleep(50000);
    }
}

static void test_too_busy(void **state) {
    char line[256];
    (void)state;
    side.busy = true;
    int file = greeted();
    say(file, "{}\n");
    hear_line(file, line, sizeof line);
    assert_non_null(strstr(line, "\"-1002\""));
    close(file);
}

/* More than the protocol has is not heard to its end. */
static void test_endless_line(void **state) {
    static char text[DESK_LINE_MAX + 65536];
    (void)state;
    int file = greeted();
    memset(text, 'x', sizeof text - 1);
    (void)send(file, text, sizeof text - 1, MSG_NOSIGNAL);
    assert_int_not_equal(recv(file, text, 1, 0), 1);
    assert_int_equal(taken(), 0);
    close(file);
}

/* A file of somebody else in the socket's place stays. */
static void test_other_file(void **state) {
    char path[128];
    (void)state;
    snprintf(path, sizeof path, "%s.file", side.path);
    fclose(fopen(path, "w"));
    assert_null(desk_socket_start(path, take, beat, NULL));
    assert_int_equal(access(path, F_OK), 0);
    unlink(path);
    assert_null(desk_socket_start("/nowhere/at/all.sock", take, beat, NULL));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup_socket, end_socket)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(test_one_call),      TEST(test_the_33rd_is_told),
        TEST(test_signs_of_life), TEST(test_who_says_nothing_or_half),
        TEST(test_who_goes_away), TEST(test_too_busy),
        TEST(test_endless_line),  TEST(test_other_file)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
