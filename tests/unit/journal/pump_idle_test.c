/* links: app/journal/ app/core/order/ app/core/terms/ app/base/ */
/* The pump's thread between two writes: it comes round, unless it hangs, and washes the log. */
#include "tests/support/journal_look.h"
#include "tests/unit/journal/pump_story.h"

static bool comes_round(struct journal_pump *pump) {
    for (int tries = 0; tries < PATIENCE_S * 100; tries++) {
        if (journal_pump_turns(pump))
            return true;
        nanosleep(&(struct timespec){.tv_nsec = 10000000}, NULL);
    }
    return false;
}

static void a_thread_that_hangs_does_not_come_round(void **state) {
    struct fixture *fixture = *state;
    struct answers answers = {.count = 0};
    struct hanging hanging;
    struct journal_pump *pump = journal_pump_start(fixture->journal, answer, &answers);
    assert_true(comes_round(pump));
    begin_batch(pump, &hanging);
    (void)journal_pump_turns(pump); /* of before it hung */
    assert_false(journal_pump_turns(pump));
    sem_post(&hanging.go_on);
    assert_true(comes_round(pump));
    journal_pump_stop(pump);
}

static bool comes_clean(const char *log) {
    for (int tries = 0; tries < PATIENCE_S * 100; tries++) {
        if (!fixture_file_holds(log, "11010519491231002X"))
            return true;
        nanosleep(&(struct timespec){.tv_nsec = 10000000}, NULL);
    }
    return false;
}

/* What the program before left there, and what this one wrote. */
static void the_log_is_washed_when_nobody_waits(void **state) {
    struct fixture *fixture = *state;
    struct answers answers = {.count = 0};
    char log[128];
    snprintf(log, sizeof log, "%s-wal", fixture->path);
    sem_init(&answers.came, 0, 0);
    struct order *order = fixture_order(1);
    assert_int_equal(fixture_write(fixture->journal, order, NOTE_OPENED), JOURNAL_OK);
    fixture_credit(order);
    assert_int_equal(fixture_write(fixture->journal, order, NOTE_CREDITED), JOURNAL_OK);
    assert_true(fixture_file_holds(log, "11010519491231002X"));
    struct journal_pump *pump = journal_pump_start(fixture->journal, answer, &answers);
    assert_true(comes_clean(log));
    free(order);
    order = fixture_order(2);
    write_order(pump, 1, order);
    wait_for(&answers, 1); /* in one transaction the log would never have told */
    fixture_credit(order);
    write_order(pump, 2, order);
    wait_for(&answers, 1);
    assert_true(comes_clean(log));
    for (int i = 0; i < 3; i++) /* nothing is left to do: it comes round when it is asked */
        assert_true(comes_round(pump));
    journal_pump_stop(pump);
    free(order);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        STORY(the_log_is_washed_when_nobody_waits),
        STORY(a_thread_that_hangs_does_not_come_round),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
