/* links: app/journal/ app/core/order/ app/core/terms/ app/base/ */
/* Every write is answered once, in order, and only when it is durable. */
#include "app/base/log.h"
#include "tests/support/journal_look.h"
#include "tests/unit/journal/pump_story.h"

static void write_holding(struct journal_pump *pump, uint32_t number, const struct order *order) {
    struct part_note opened = {NOTE_OPENED, PART_NONE, PART_NONE, PART_NONE};
    static struct hold holds[8]; /* the compiler wipes nothing that ends with the function */
    struct journal_write write = {.order = order,
                                  .notes = &opened,
                                  .note_count = 1,
                                  .wall_ms = FIXTURE_WALL_MS,
                                  .holds = holds};
    assert_true(order_holds(order, NULL, holds, 8) > 0);
    write.hold_count = 1;
    journal_pump_write(pump, number, &write);
    memset(holds, 0, sizeof holds); /* it was copied */
}

static bool count_one(void *context, const struct order *order) {
    (void)order;
    ++*(int *)context;
    return true;
}

static void writes_are_answered_in_order_and_stand(void **state) {
    struct fixture *fixture = *state;
    struct answers answers = {.count = 0};
    struct journal_finding finding;
    int count = 0;
    sem_init(&answers.came, 0, 0);
    struct journal_pump *pump = journal_pump_start(fixture->journal, answer, &answers);
    for (int i = 1; i <= 200; i++) {
        struct order *order = fixture_order(i);
        write_order(pump, (uint32_t)i, order);
        memset(order, 0, sizeof *order); /* it was copied */
        free(order);
    }
    wait_for(&answers, 200);
    journal_pump_stop(pump);
    for (int i = 0; i < 200; i++) {
        assert_int_equal(answers.numbers[i], i + 1);
        assert_int_equal(answers.results[i], JOURNAL_OK);
    }
    fixture_reopen(fixture);
    assert_int_equal(journal_each(fixture->journal, 0, 0, count_one, &count), JOURNAL_OK);
    assert_int_equal(count, 200);
    assert_int_equal(journal_verify(fixture->journal, &finding), JOURNAL_OK);
    assert_true(finding.good);
}

static void a_batch_is_written_once(void **state) {
    struct fixture *fixture = *state;
    struct answers answers = {.count = 0};
    struct hanging hanging;
    struct journal_finding finding;
    struct order *first = fixture_order(1), *second = fixture_order(2);
    sem_init(&answers.came, 0, 0);
    struct journal_pump *pump = journal_pump_start(fixture->journal, answer, &answers);
    begin_batch(pump, &hanging);
    write_order(pump, 1, first);
    write_order(pump, 2, second);
    sem_post(&hanging.go_on);
    wait_for(&answers, 2);
    first->claims[0].amount.fen++;
    second->legs[0].place_tries = 1;
    begin_batch(pump, &hanging);
    write_order(pump, 3, first); /* which fails, and not so the other */
    write_order(pump, 4, second);
    sem_post(&hanging.go_on);
    wait_for(&answers, 2);
    journal_pump_stop(pump);
    assert_int_equal(answers.results[2], JOURNAL_CORRUPT);
    assert_int_equal(answers.results[3], JOURNAL_OK);
    assert_int_equal(journal_verify(fixture->journal, &finding), JOURNAL_OK);
    assert_int_equal(finding.events, 3);
    free(first);
    free(second);
}

/* The write that failed is owed: the same again, with nothing to note, says it. */
static void what_a_failed_write_noted_is_written_by_the_next(void **state) {
    struct fixture *fixture = *state;
    struct answers answers = {.count = 0};
    struct order *order = fixture_order(1);
    struct part_note placed = {NOTE_PLACED, 0, PART_NONE, PART_NONE};
    struct journal_write write = {.order = order,
                                  .notes = &placed,
                                  .note_count = 1,
                                  .wall_ms = FIXTURE_WALL_MS,
                                  .evidence = "{\"code\":\"00\"}"};
    sem_init(&answers.came, 0, 0);
    assert_int_equal(fixture_write(fixture->journal, order, NOTE_OPENED), JOURNAL_OK);
    struct journal_pump *pump = journal_pump_start(fixture->journal, answer, &answers);
    order->claims[0].amount.fen++;
    journal_pump_write(pump, 1, &write);
    order->claims[0].amount.fen--;
    write.note_count = 0;
    write.evidence = NULL;
    journal_pump_write(pump, 2, &write);
    wait_for(&answers, 2);
    journal_pump_stop(pump);
    assert_int_equal(answers.results[0], JOURNAL_CORRUPT);
    assert_int_equal(answers.results[1], JOURNAL_OK);
    assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM order_events WHERE note ="
                                             " 'placed' AND evidence = '{\"code\":\"00\"}'"),
                     1);
    free(order);
}

static void one_orders_fault_is_not_anothers(void **state) {
    struct fixture *fixture = *state;
    struct answers answers = {.count = 0};
    struct order *good = fixture_order(1), *bad = fixture_order(2);
    sem_init(&answers.came, 0, 0);
    assert_int_equal(fixture_write(fixture->journal, bad, NOTE_OPENED), JOURNAL_OK);
    bad->claims[0].amount.fen++;
    struct journal_pump *pump = journal_pump_start(fixture->journal, answer, &answers);
    write_order(pump, 1, good);
    write_order(pump, 2, bad);
    good->legs[0].place_tries = 1;
    write_order(pump, 3, good);
    wait_for(&answers, 3);
    journal_pump_stop(pump);
    assert_int_equal(answers.results[0], JOURNAL_OK);
    assert_int_equal(answers.results[1], JOURNAL_CORRUPT);
    assert_int_equal(answers.results[2], JOURNAL_OK);
    assert_int_equal(journal_load(fixture->journal, good->no, bad), JOURNAL_OK);
    assert_int_equal(bad->legs[0].place_tries, 1);
    free(good);
    free(bad);
}

static void resolved_answer(void *context, enum journal_result result) {
    answer(context, 0, result);
}

static bool log_says(const char *path, const char *words) {
    static char text[4096];
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    fclose(file);
    return strstr(text, words) != NULL;
}

/* The same bill of two orders, and an order that was altered. */
static void that_somebody_else_has_it_is_no_failure(void **state) {
    struct fixture *fixture = *state;
    struct answers answers = {.count = 0};
    struct hanging hanging;
    struct order *first = fixture_order(1), *second = fixture_order(2);
    char log[128];
    sem_init(&answers.came, 0, 0);
    memcpy(second->claims, first->claims, sizeof second->claims);
    assert_int_equal(fixture_open_order(fixture->journal, first, NULL), JOURNAL_OK);
    snprintf(log, sizeof log, "%s/log", fixture->folder);
    log_open(log, LOG_INFO);
    struct journal_pump *pump = journal_pump_start(fixture->journal, answer, &answers);
    begin_batch(pump, &hanging); /* nor is a read */
    write_holding(pump, 1, second);
    sem_post(&hanging.go_on);
    wait_for(&answers, 1);
    assert_int_equal(answers.results[0], JOURNAL_CONFLICT);
    assert_false(log_says(log, "journal"));
    first->claims[0].amount.fen++;
    write_order(pump, 2, first);
    wait_for(&answers, 1);
    assert_int_equal(answers.results[1], JOURNAL_CORRUPT);
    assert_true(log_says(log, journal_result_text(JOURNAL_CORRUPT)));
    journal_pump_resolve(
        pump, &(struct journal_decision){first->no, "C9", "Li", "seen", RESOLUTION_OTHER, 0, NULL},
        resolved_answer, &answers);
    journal_pump_stop(pump);
    assert_true(log_says(log, journal_result_text(JOURNAL_NOT_FOUND)));
    log_close();
    unlink(log);
    free(first);
    free(second);
}

static bool is_resolved(void *context, const struct journal_case *found) {
    *(bool *)context = found->resolved && !strcmp(found->resolved_by, "王");
    return true;
}

static void stopping_writes_what_is_queued(void **state) {
    struct fixture *fixture = *state;
    struct answers answers = {.count = 0};
    struct order *order = fixture_order(42);
    bool resolved = false;
    sem_init(&answers.came, 0, 0);
    struct journal_pump *pump = journal_pump_start(fixture->journal, answer, &answers);
    fixture_case(order);
    write_order(pump, 1, order);
    journal_pump_print_outcome(pump, order->no, false, PRINT_FAILED, FIXTURE_WALL_MS);
    struct journal_decision decision = {
        order->no,           "C00010042",     "王", "credited by hand",
        RESOLUTION_CREDITED, FIXTURE_WALL_MS, NULL};
    journal_pump_resolve(pump, &decision, resolved_answer, &answers);
    decision.case_no = "C9";
    decision.reason = "no such case";
    journal_pump_resolve(pump, &decision, resolved_answer, &answers);
    journal_pump_stop(pump);
    assert_int_equal(answers.count, 3);
    assert_int_equal(answers.results[1], JOURNAL_OK);
    assert_int_equal(answers.results[2], JOURNAL_NOT_FOUND);
    assert_int_equal(journal_each_case(fixture->journal, NULL, false, is_resolved, &resolved),
                     JOURNAL_OK);
    assert_true(resolved);
    free(order);
}

struct reading {
    char order_no[ORDER_NO_SIZE];
    enum journal_result result;
    sem_t done;
};

static void read_one(void *context, struct journal *journal) {
    struct reading *reading = context;
    struct order *order = calloc(1, sizeof *order);
    reading->result = journal_load(journal, reading->order_no, order);
    free(order);
    sem_post(&reading->done);
}

static void what_is_read_is_what_was_written_before(void **state) {
    struct fixture *fixture = *state;
    struct answers answers = {.count = 0};
    struct order *order = fixture_order(1);
    struct reading reading = {.result = JOURNAL_IO};
    sem_init(&answers.came, 0, 0);
    sem_init(&reading.done, 0, 0);
    memcpy(reading.order_no, order->no, sizeof reading.order_no);
    struct journal_pump *pump = journal_pump_start(fixture->journal, answer, &answers);
    write_order(pump, 1, order);
    journal_pump_read(pump, read_one, &reading);
    expect_posts(&reading.done, 1);
    journal_pump_stop(pump);
    assert_int_equal(reading.result, JOURNAL_OK);
    assert_int_equal(answers.count, 1); /* a read is no write */
    free(order);
}

static bool copy_decision(void *context, const struct journal_case *found) {
    struct journal_case *seen = context;
    seen->how = found->how;
    seen->resolved_ms = found->resolved_ms;
    assert_string_equal(found->resolution, "seen");
    return true;
}

static bool has_paper(void *context, const struct journal_event *event) {
    if (strcmp(event->note, "resolved") == 0)
        *(bool *)context = strcmp(event->evidence, "{\"paper\":7}") == 0;
    if (strcmp(event->note, "opened") == 0)
        assert_string_equal(event->evidence, "{\"said\":1}");
    return true;
}

/* Who asks goes on at once, with other things in the same memory. */
static void what_is_asked_for_is_copied(void **state) {
    struct fixture *fixture = *state;
    struct answers answers = {.count = 0};
    struct order *order = fixture_order(42);
    struct part_note about = {NOTE_OPENED, PART_NONE, PART_NONE, PART_NONE};
    struct hold holds[8];
    struct journal_case seen = {0};
    char evidence[] = "{\"said\":1}", paper[] = "{\"paper\":7}", by[] = "Li", reason[] = "seen";
    bool kept = false;
    sem_init(&answers.came, 0, 0);
    fixture_case(order);
    struct journal_write write = {.order = order,
                                  .notes = &about,
                                  .note_count = 1,
                                  .wall_ms = FIXTURE_WALL_MS,
                                  .evidence = evidence,
                                  .holds = holds};
    write.hold_count = order_holds(order, NULL, holds, 8);
    struct journal_decision decision = {order->no,           "C00010042",         by,   reason,
                                        RESOLUTION_IN_ORDER, FIXTURE_WALL_MS + 3, paper};
    struct journal_pump *pump = journal_pump_start(fixture->journal, answer, &answers);
    journal_pump_write(pump, 1, &write);
    journal_pump_print_outcome(pump, order->no, true, PRINT_FAILED, FIXTURE_WALL_MS + 2);
    journal_pump_resolve(pump, &decision, resolved_answer, &answers);
    memset(holds, 0, sizeof holds);
    memset(&about, 0, sizeof about);
    memset(evidence, 'x', sizeof evidence - 1);
    memset(paper, 'x', sizeof paper - 1);
    memset(by, 'x', sizeof by - 1);
    memset(reason, 'x', sizeof reason - 1);
    journal_pump_stop(pump);
    assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM holds WHERE held = 1"
                                             " AND key GLOB 'no|B0042-*'"),
                     2);
    assert_int_equal(fixture_number(fixture, "SELECT wall_ms FROM outbox WHERE reprint = 1"
                                             " AND outcome = 'failed'"),
                     FIXTURE_WALL_MS + 2);
    assert_int_equal(journal_each_case(fixture->journal, order->no, false, copy_decision, &seen),
                     JOURNAL_OK);
    assert_int_equal(seen.how, RESOLUTION_IN_ORDER);
    assert_int_equal(seen.resolved_ms, FIXTURE_WALL_MS + 3);
    assert_int_equal(journal_each_event(fixture->journal, order->no, has_paper, &kept), JOURNAL_OK);
    assert_true(kept);
    free(order);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        STORY(writes_are_answered_in_order_and_stand),
        STORY(one_orders_fault_is_not_anothers),
        STORY(a_batch_is_written_once),
        STORY(what_a_failed_write_noted_is_written_by_the_next),
        STORY(that_somebody_else_has_it_is_no_failure),
        STORY(what_is_read_is_what_was_written_before),
        STORY(stopping_writes_what_is_queued),
        STORY(what_is_asked_for_is_copied),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
