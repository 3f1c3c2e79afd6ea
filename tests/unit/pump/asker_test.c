/* links: app/pump/ app/wire/ app/core/terms/ app/base/ */
/* A question to a local socket is completed once, whoever answers there, or nobody. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "app/pump/asker.h"

struct heard {
    sem_t done;
    int count;
    char *answer;
};

static void hear_answer(void *context, char *answer) {
    struct heard *heard = context;
    free(heard->answer);
    heard->answer = answer;
    heard->count++;
    sem_post(&heard->done);
}

static char folder[64], path[96];

static int make_folder(void **state) {
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/asker_test.XXXXXX");
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/fleet.sock", folder);
    return 0;
}

static int remove_folder(void **state) {
    (void)state;
    unlink(path);
    return rmdir(folder);
}

static int listen_here(void) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    memcpy(address.sun_path, path, strlen(path));
    int file = socket(AF_UNIX, SOCK_STREAM, 0);
    assert_int_equal(bind(file, (struct sockaddr *)&address, sizeof address), 0);
    assert_int_equal(listen(file, 4), 0);
    return file;
}

static void *answer_once(void *context) {
    char line[64];
    int client = accept(*(int *)context, NULL, NULL);
    ssize_t length = read(client, line, sizeof line);
    if (length > 0 && write(client, line, (size_t)length) != length)
        abort();
    close(client);
    return NULL;
}

static void an_answer_comes_back(void **state) {
    (void)state;
    struct heard heard = {0};
    pthread_t thread;
    int listener = listen_here();
    sem_init(&heard.done, 0, 0);
    pthread_create(&thread, NULL, answer_once, &listener);
    struct asker *asker = asker_start(path, 10000);
    assert_true(asker_ask(asker, strdup("{\"ask\":1}\n"), hear_answer, &heard));
    sem_wait(&heard.done);
    assert_string_equal(heard.answer, "{\"ask\":1}\n");
    pthread_join(thread, NULL);
    asker_stop(asker);
    assert_int_equal(heard.count, 1);
    free(heard.answer);
    close(listener);
}

static void where_nobody_listens_that_is_the_answer(void **state) {
    (void)state;
    struct heard heard = {0};
    sem_init(&heard.done, 0, 0);
    struct asker *asker = asker_start(path, 10000);
    assert_true(asker_ask(asker, strdup("x\n"), hear_answer, &heard));
    sem_wait(&heard.done);
    assert_null(heard.answer);
    asker_stop(asker);
    assert_int_equal(heard.count, 1);
}

static void who_listens_and_says_nothing_is_waited_for_so_long(void **state) {
    (void)state;
    struct heard heard = {0};
    int listener = listen_here();
    sem_init(&heard.done, 0, 0);
    struct asker *asker = asker_start(path, 50);
    for (int i = 0; i < 8; i++) { /* also when nobody takes the connection any more */
        assert_true(asker_ask(asker, strdup("x\n"), hear_answer, &heard));
        sem_wait(&heard.done);
        assert_null(heard.answer);
    }
    asker_stop(asker);
    assert_int_equal(heard.count, 8);
    close(listener);
}

static void what_was_taken_is_completed_at_the_end(void **state) {
    (void)state;
    struct heard heard = {0};
    int listener = listen_here(), taken = 0;
    sem_init(&heard.done, 0, 0);
    struct asker *asker = asker_start(path, 200);
    for (int i = 0; i < 20; i++)
        taken += asker_ask(asker, strdup("x\n"), hear_answer, &heard);
    assert_in_range(taken, 2, 19);
    asker_stop(asker);
    assert_int_equal(heard.count, taken);
    close(listener);
}

#define STORY(name) cmocka_unit_test_setup_teardown(name, make_folder, remove_folder)

int main(void) {
    const struct CMUnitTest tests[] = {
        STORY(an_answer_comes_back),
        STORY(where_nobody_listens_that_is_the_answer),
        STORY(who_listens_and_says_nothing_is_waited_for_so_long),
        STORY(what_was_taken_is_completed_at_the_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
