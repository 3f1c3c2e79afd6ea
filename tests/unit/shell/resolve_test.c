/* links: app/shell/resolve.c app/shell/inbox.c app/journal/ app/core/order/ app/core/terms/ app/base/ */
/* A case is resolved once at a time, whoever asks is told, and the core hears when none is left. */
#include "tests/support/journal_fixture.h"

#include <semaphore.h>
#include <time.h>

#include "app/shell/resolve.h"

#define PATIENCE_S 20
#define CASE_NO "C00010042"

struct desk {
    struct fixture *fixture;
    struct order *order;
    struct resolve resolve;
    sem_t came;
    int told;
    enum journal_result result;
};

static void wake_desk(void *context) {
    sem_post(&((struct desk *)context)->came);
}

static void told_desk(void *context, enum journal_result result, struct delivery *out) {
    struct desk *desk = context;
    desk->told++;
    desk->result = result;
    out->none = true;
}

static int desk_set_up(void **state) {
    struct desk *desk = calloc(1, sizeof *desk);
    void *fixture = NULL;
    fixture_set_up(&fixture);
    sem_init(&desk->came, 0, 0);
    desk->fixture = fixture;
    desk->order = fixture_order(42);
    fixture_case(desk->order);
    assert_int_equal(fixture_write(desk->fixture->journal, desk->order, NOTE_CASE), JOURNAL_OK);
    desk->resolve.inbox = inbox_create(wake_desk, desk);
    desk->resolve.pump = journal_pump_start(desk->fixture->journal, NULL, NULL);
    *state = desk;
    return 0;
}

static int desk_tear_down(void **state) {
    struct desk *desk = *state;
    void *fixture = desk->fixture;
    if (desk->resolve.pump != NULL)
        journal_pump_stop(desk->resolve.pump);
    if (desk->resolve.inbox != NULL)
        inbox_destroy(desk->resolve.inbox);
    fixture_tear_down(&fixture);
    sem_destroy(&desk->came);
    free(desk->order);
    free(desk);
    return 0;
}

static enum resolve_start decide_as(struct desk *desk, const char *case_no, enum resolution how) {
    struct journal_decision decision = {desk->order->no, case_no, "王", "seen", how,
                                        FIXTURE_WALL_MS, NULL};
    return resolve_case(&desk->resolve, &decision, told_desk, desk);
}

static enum resolve_start decide(struct desk *desk, const char *case_no) {
    return decide_as(desk, case_no, RESOLUTION_RETURNED);
}

static struct delivery next_delivery(struct desk *desk) {
    struct delivery delivery;
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += PATIENCE_S;
    while (!inbox_deliver(desk->resolve.inbox, &delivery))
        assert_int_equal(sem_clockwait(&desk->came, CLOCK_MONOTONIC, &until), 0);
    return delivery;
}

static void the_last_case_of_an_order_frees_what_it_was_for(void **state) {
    struct desk *desk = *state;
    assert_int_equal(decide(desk, CASE_NO), RESOLVE_STARTED);
    assert_true(next_delivery(desk).none);
    assert_int_equal(desk->told, 1);
    assert_int_equal(desk->result, JOURNAL_OK);
    struct delivery rest = next_delivery(desk);
    assert_int_equal(rest.event.kind, EVENT_CONTROL);
    assert_int_equal(rest.event.of.control.control, CONTROL_RESOLVED);
    assert_false(rest.event.of.control.kept);
    assert_int_equal(rest.event.of.control.asker, 0);
    assert_string_equal(rest.event.of.control.order_no, desk->order->no);
}

static void what_the_hospital_has_booked_is_not_freed(void **state) {
    struct desk *desk = *state;
    assert_int_equal(decide_as(desk, CASE_NO, RESOLUTION_CREDITED), RESOLVE_STARTED);
    assert_true(next_delivery(desk).none);
    struct delivery rest = next_delivery(desk);
    assert_int_equal(rest.event.of.control.control, CONTROL_RESOLVED);
    assert_true(rest.event.of.control.kept);
}

static void one_at_a_time(void **state) {
    struct desk *desk = *state;
    assert_int_equal(decide(desk, "C9"), RESOLVE_STARTED);
    assert_int_equal(decide(desk, CASE_NO), RESOLVE_BUSY);
    assert_true(next_delivery(desk).none);
    assert_int_equal(desk->told, 1);
    assert_int_equal(desk->result, JOURNAL_NOT_FOUND);
    assert_int_equal(decide(desk, CASE_NO), RESOLVE_STARTED);
    assert_true(next_delivery(desk).none);
    assert_int_equal(desk->result, JOURNAL_OK);
}

static void who_asked_is_told_though_the_program_stops(void **state) {
    struct desk *desk = *state;
    assert_int_equal(decide(desk, CASE_NO), RESOLVE_STARTED);
    journal_pump_stop(desk->resolve.pump);
    desk->resolve.pump = NULL;
    inbox_destroy(desk->resolve.inbox);
    desk->resolve.inbox = NULL;
    assert_int_equal(desk->told, 1);
    assert_int_equal(desk->result, JOURNAL_OK);
}

static void without_a_journal_nothing_is_resolved(void **state) {
    struct desk *desk = *state;
    struct journal_pump *pump = desk->resolve.pump;
    desk->resolve.pump = NULL;
    assert_int_equal(decide(desk, CASE_NO), RESOLVE_NO_JOURNAL);
    assert_int_equal(desk->told, 0);
    desk->resolve.pump = pump;
}

#define DESK_STORY(name) cmocka_unit_test_setup_teardown(name, desk_set_up, desk_tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        DESK_STORY(the_last_case_of_an_order_frees_what_it_was_for),
        DESK_STORY(what_the_hospital_has_booked_is_not_freed),
        DESK_STORY(one_at_a_time),
        DESK_STORY(who_asked_is_told_though_the_program_stops),
        DESK_STORY(without_a_journal_nothing_is_resolved),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
