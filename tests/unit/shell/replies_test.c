/* links: house */
/* kioskctl is answered after the core has stepped, and always. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "app/shell/replies.h"
#include "tests/support/patient.h"

#define PATIENCE_MS 20000

struct counter {
    char folder[64], path[96];
    struct patient patient;
    struct devices devices;
    struct resolve resolve;
    struct replies replies;
    sem_t came;
    const char *line; /* asked by the client's thread, ... */
    char *answer;     /* ... and what it heard */
    pthread_t client;
};

static void wake_counter(void *context) {
    sem_post(&((struct counter *)context)->came);
}

static int counter_set_up(void **state) {
    static const struct driver_binding scanner[] = {{.role = ROLE_SCANNER}};
    struct counter *counter = calloc(1, sizeof *counter);
    strcpy(counter->folder, "/tmp/replies_test.XXXXXX");
    assert_non_null(mkdtemp(counter->folder));
    snprintf(counter->path, sizeof counter->path, "%s/control.sock", counter->folder);
    sem_init(&counter->came, 0, 0);
    begin(&counter->patient);
    struct inbox *inbox = inbox_create(wake_counter, counter);
    counter->devices = (struct devices){.inbox = inbox, .bindings = scanner, .binding_count = 1};
    counter->resolve.inbox = inbox;
    counter->replies = (struct replies){.inbox = inbox,
                                        .core = &counter->patient.core,
                                        .devices = &counter->devices,
                                        .resolve = &counter->resolve,
                                        .path = counter->path};
    replies_start(&counter->replies);
    *state = counter;
    return 0;
}

static int counter_tear_down(void **state) {
    struct counter *counter = *state;
    rmdir(counter->folder);
    sem_destroy(&counter->came);
    free(counter->answer);
    free(counter);
    return 0;
}

static void close_counter(struct counter *counter) {
    replies_stop(&counter->replies);
    inbox_destroy(counter->replies.inbox);
}

static void *ask_counter(void *context) {
    struct counter *counter = context;
    counter->answer = control_call_line(counter->path, counter->line, PATIENCE_MS);
    return NULL;
}

static void begin_asking(struct counter *counter, const char *line) {
    free(counter->answer);
    counter->answer = NULL;
    counter->line = line;
    assert_int_equal(pthread_create(&counter->client, NULL, ask_counter, counter), 0);
}

static struct delivery next_delivery(struct counter *counter) {
    struct delivery delivery;
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += PATIENCE_MS / 1000;
    while (!inbox_deliver(counter->replies.inbox, &delivery))
        assert_int_equal(sem_clockwait(&counter->came, CLOCK_MONOTONIC, &until), 0);
    return delivery;
}

/* Asks, and does with it what the loop does. */
static void ask(struct counter *counter, const char *line) {
    struct patient *patient = &counter->patient;
    begin_asking(counter, line);
    struct delivery delivery = next_delivery(counter);
    if (!delivery.none) {
        patient->replied = 0;
        happens(patient, delivery.event);
        if (patient->replied != 0)
            replies_status(&counter->replies, patient->replied);
    }
    pthread_join(counter->client, NULL);
    assert_non_null(counter->answer);
}

static bool heard(const struct counter *counter, const char *part) {
    return strstr(counter->answer, part) != NULL;
}

static void the_answer_says_how_things_stand_after_the_step(void **state) {
    struct counter *counter = *state;
    ask(counter, "{\"ask\":\"status\"}\n");
    assert_true(heard(counter, "\"screen\":\"welcome\",\"in_service\":true,\"journal_ok\":true,"
                               "\"open_orders\":0,"));
    assert_true(heard(counter, "\"called\":false"));
    ask(counter, "{\"ask\":\"out-of-service\"}\n");
    assert_true(heard(counter, "\"screen\":\"out_of_service\",\"in_service\":false"));
    ask(counter, "{\"ask\":\"in-service\"}\n");
    assert_true(heard(counter, "\"screen\":\"welcome\",\"in_service\":true"));
    assert_int_equal(counter->patient.quits, 0);
    ask(counter, "{\"ask\":\"quit\"}\n");
    assert_true(heard(counter, "\"screen\":\"welcome\""));
    assert_int_equal(counter->patient.quits, 1);
    close_counter(counter);
}

static void devices_are_those_of_the_configuration(void **state) {
    struct counter *counter = *state;
    counter->devices.status[ROLE_SCANNER] =
        (struct driver_status){DEVICE_READY, SUPPLY_NOT_SUPPORTED, MEDIA_NONE, "as delivered"};
    counter->devices.status[ROLE_PRINTER].device = DEVICE_READY;
    ask(counter, "{\"ask\":\"devices\"}\n");
    assert_string_equal(counter->answer,
                        "{\"devices\":[{\"role\":\"scanner\",\"device\":\"ready\",\"supply\":"
                        "\"notsupported\",\"media\":\"none\",\"detail\":\"as delivered\"}]}\n");
    close_counter(counter);
}

static void what_cannot_be_done_is_said(void **state) {
    struct counter *counter = *state;
    ask(counter, "{\"ask\":\"dance\"}\n");
    assert_string_equal(counter->answer, "{\"error\":\"not understood\"}\n");
    ask(counter, "{\"ask\":\"resolve\",\"order_no\":\"26112012000000010042\"}\n");
    assert_string_equal(counter->answer,
                        "{\"error\":\"expected order_no, case_no, by, how and reason\"}\n");
    ask(counter, "{\"ask\":\"resolve\",\"order_no\":\"26112012000000010042\",\"case_no\":\"C1\","
                 "\"by\":\"w\",\"how\":\"returned\",\"reason\":\"r\"}\n");
    assert_string_equal(counter->answer, "{\"error\":\"the journal could not be opened\"}\n");
    close_counter(counter);
}

static void who_still_waits_hears_that_the_program_stops(void **state) {
    struct counter *counter = *state;
    struct timespec until;
    begin_asking(counter, "{\"ask\":\"status\"}\n");
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += PATIENCE_MS / 1000;
    assert_int_equal(sem_clockwait(&counter->came, CLOCK_MONOTONIC, &until), 0);
    close_counter(counter);
    pthread_join(counter->client, NULL);
    assert_string_equal(counter->answer, "{\"error\":\"stopping\"}\n");
}

static void a_signal_quits_and_waits_for_no_answer(void **state) {
    struct counter *counter = *state;
    kill(getpid(), SIGTERM);
    struct delivery delivery = next_delivery(counter);
    assert_int_equal(delivery.event.kind, EVENT_CONTROL);
    assert_int_equal(delivery.event.of.control.control, CONTROL_QUIT);
    assert_int_equal(delivery.event.of.control.asker, 0);
    close_counter(counter);
}

#define STORY(name) cmocka_unit_test_setup_teardown(name, counter_set_up, counter_tear_down)

int main(void) {
    sigset_t ending;
    sigemptyset(&ending);
    sigaddset(&ending, SIGTERM);
    sigaddset(&ending, SIGINT);
    sigprocmask(SIG_BLOCK, &ending, NULL);
    const struct CMUnitTest tests[] = {
        STORY(the_answer_says_how_things_stand_after_the_step),
        STORY(devices_are_those_of_the_configuration),
        STORY(what_cannot_be_done_is_said),
        STORY(who_still_waits_hears_that_the_program_stops),
        STORY(a_signal_quits_and_waits_for_no_answer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
