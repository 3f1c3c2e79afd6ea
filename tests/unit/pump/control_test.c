/* links: app/pump/control.c app/base/ */
/* The local socket with clients that mean no good. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "app/pump/control.h"

struct place {
    char folder[64], path[96];
};

static int make_place(void **state) {
    struct place *place = calloc(1, sizeof *place);
    snprintf(place->folder, sizeof place->folder, "/tmp/control_test.XXXXXX");
    assert_non_null(mkdtemp(place->folder));
    snprintf(place->path, sizeof place->path, "%s/control.sock", place->folder);
    *state = place;
    return 0;
}

static int leave_place(void **state) {
    struct place *place = *state;
    unlink(place->path);
    rmdir(place->folder);
    free(place);
    return 0;
}

static bool answer_status(void *context, const struct control_ask *ask) {
    (void)context;
    control_reply(ask, ask->word == ASK_STATUS ? "{\"good\":true}" : "{\"good\":false}");
    return true;
}

static void only_its_owner_may_ask(void **state) {
    struct place *place = *state;
    struct stat status;
    mode_t before = umask(0);
    struct control_port *control = control_start(place->path, answer_status, NULL);
    umask(before);
    assert_int_equal(stat(place->path, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
    char *answer = control_call(place->path, "status", 5000);
    assert_string_equal(answer, "{\"good\":true}\n");
    free(answer);
    control_stop(control);
    assert_int_not_equal(stat(place->path, &status), 0);
}

static void a_file_that_is_no_socket_stays(void **state) {
    struct place *place = *state;
    struct stat status;
    int file = open(place->path, O_WRONLY | O_CREAT | O_EXCL, 0600);
    assert_true(file >= 0);
    close(file);
    control_stop(control_start(place->path, answer_status, NULL));
    assert_int_equal(stat(place->path, &status), 0);
    assert_true(S_ISREG(status.st_mode));
}

static int connect_to(const char *path) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    snprintf(address.sun_path, sizeof address.sun_path, "%s", path);
    int file = socket(AF_UNIX, SOCK_STREAM, 0);
    assert_int_equal(connect(file, (struct sockaddr *)&address, sizeof address), 0);
    return file;
}

struct dripping {
    int file;
    atomic_bool over;
};

/* A byte every now and then, never a line. */
static void *drip(void *context) {
    struct dripping *dripping = context;
    while (!atomic_load(&dripping->over)) {
        if (send(dripping->file, "x", 1, MSG_NOSIGNAL) != 1)
            return NULL;
        usleep(100000);
    }
    return NULL;
}

static void a_dripping_client_does_not_keep_others_waiting(void **state) {
    struct place *place = *state;
    pthread_t thread;
    struct control_port *control = control_start(place->path, answer_status, NULL);
    struct dripping dripping = {.file = connect_to(place->path)};
    assert_int_equal(pthread_create(&thread, NULL, drip, &dripping), 0);
    char *answer = control_call(place->path, "status", 20000);
    bool outlived = !atomic_exchange(&dripping.over, true);
    assert_non_null(answer);
    assert_true(outlived);
    free(answer);
    pthread_join(thread, NULL);
    close(dripping.file);
    control_stop(control);
}

static void silent_clients_do_not_keep_others_waiting(void **state) {
    struct place *place = *state;
    struct control_port *control = control_start(place->path, answer_status, NULL);
    int silent[40];
    struct timespec begun, ended;
    for (size_t i = 0; i < sizeof silent / sizeof *silent; i++)
        silent[i] = connect_to(place->path);
    clock_gettime(CLOCK_MONOTONIC, &begun);
    char *answer = control_call(place->path, "status", 20000);
    clock_gettime(CLOCK_MONOTONIC, &ended);
    assert_string_equal(answer, "{\"good\":true}\n");
    free(answer);
    int64_t took_ms =
        (ended.tv_sec - begun.tv_sec) * INT64_C(1000) + (ended.tv_nsec - begun.tv_nsec) / 1000000;
    assert_in_range(took_ms, 0, 900); /* the patience with one of them is a second */
    for (size_t i = 0; i < sizeof silent / sizeof *silent; i++)
        close(silent[i]);
    control_stop(control);
}

static void a_line_in_pieces_is_one_line(void **state) {
    struct place *place = *state;
    struct control_port *control = control_start(place->path, answer_status, NULL);
    int file = connect_to(place->path);
    char answer[64] = "";
    for (const char *at = "{\"ask\":\"status\"}\n"; *at; at++) {
        assert_int_equal(send(file, at, 1, MSG_NOSIGNAL), 1);
        usleep(2000);
    }
    assert_true(recv(file, answer, sizeof answer - 1, 0) > 0);
    assert_string_equal(answer, "{\"good\":true}\n");
    close(file);
    control_stop(control);
}

static void nonsense_is_answered_so(void **state) {
    static const char *const lines[] = {"\n", "{}\n", "{\"ask\":[]}\n", "[[[[\n", "\xff\xfe\n"};
    struct place *place = *state;
    struct control_port *control = control_start(place->path, answer_status, NULL);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        char *answer = control_call_line(place->path, lines[i], 5000);
        assert_string_equal(answer, "{\"good\":false}\n");
        free(answer);
    }
    control_stop(control);
}

#define STORY(name) cmocka_unit_test_setup_teardown(name, make_place, leave_place)

int main(void) {
    sigset_t ending;
    sigemptyset(&ending);
    sigaddset(&ending, SIGTERM);
    sigaddset(&ending, SIGINT);
    sigprocmask(SIG_BLOCK, &ending, NULL);
    const struct CMUnitTest tests[] = {
        STORY(only_its_owner_may_ask),
        STORY(a_file_that_is_no_socket_stays),
        STORY(a_dripping_client_does_not_keep_others_waiting),
        STORY(silent_clients_do_not_keep_others_waiting),
        STORY(a_line_in_pieces_is_one_line),
        STORY(nonsense_is_answered_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
