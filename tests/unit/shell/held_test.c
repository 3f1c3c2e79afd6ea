/* links: house */
/* A hospital's list of bills is joined with the journal before the core hears of it. */
#include "tests/support/journal_look.h"

#include <semaphore.h>
#include <time.h>

#include "app/shell/held.h"

#define PATIENCE_S 20

struct joining {
    struct fixture *fixture;
    struct order *order;
    struct held held;
    sem_t came;
};

static void wake_joining(void *context) {
    sem_post(&((struct joining *)context)->came);
}

/* The journal has an order that is credited. */
static int joining_set_up(void **state) {
    struct joining *joining = calloc(1, sizeof *joining);
    void *fixture = NULL;
    fixture_set_up(&fixture);
    sem_init(&joining->came, 0, 0);
    joining->fixture = fixture;
    joining->order = fixture_order(42);
    assert_int_equal(fixture_open_order(joining->fixture->journal, joining->order, NULL),
                     JOURNAL_OK);
    fixture_credit(joining->order);
    assert_int_equal(fixture_write(joining->fixture->journal, joining->order, NOTE_CREDITED),
                     JOURNAL_OK);
    joining->held.inbox = inbox_create(wake_joining, joining);
    joining->held.pump = journal_pump_start(joining->fixture->journal, NULL, NULL);
    *state = joining;
    return 0;
}

static int joining_tear_down(void **state) {
    struct joining *joining = *state;
    void *fixture = joining->fixture;
    journal_pump_stop(joining->held.pump);
    inbox_destroy(joining->held.inbox);
    fixture_tear_down(&fixture);
    sem_destroy(&joining->came);
    free(joining->order);
    free(joining);
    return 0;
}

static struct delivery next_delivery(struct joining *joining) {
    struct delivery delivery;
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += PATIENCE_S;
    while (!inbox_deliver(joining->held.inbox, &delivery))
        assert_int_equal(sem_clockwait(&joining->came, CLOCK_MONOTONIC, &until), 0);
    return delivery;
}

/* The hospital lists the order's second bill still, and one that is nobody's. */
static struct delivery listed(const struct joining *joining) {
    struct bill_list *list = calloc(1, sizeof *list);
    list->head.kind = DOCUMENT_BILLS;
    list->bill_count = 2;
    memcpy(list->bills[0].org_trace_no, joining->order->claims[1].org_trace_no, TRACE_NO_SIZE);
    strcpy(list->bills[1].org_trace_no, "nobody's");
    return (struct delivery){
        .event = {.kind = EVENT_ANSWER, .of.answer = {.request = 7, .outcome = OUTCOME_ACCEPTED}},
        .document = &list->head};
}

static void what_was_paid_here_is_marked_and_its_order_is_asked_about(void **state) {
    struct joining *joining = *state;
    struct delivery delivery = listed(joining), asked = {.none = true};
    assert_true(held_join(&joining->held, &delivery));
    assert_true(delivery.none);
    assert_null(delivery.document);
    for (int i = 0; i < 2; i++) { /* in whatever order they come */
        struct delivery next = next_delivery(joining);
        *(next.event.kind == EVENT_CONTROL ? &asked : &delivery) = next;
    }
    assert_int_equal(delivery.event.of.answer.outcome, OUTCOME_ACCEPTED);
    assert_int_equal(delivery.event.of.answer.request, 7);
    const struct bill_list *list = (const struct bill_list *)delivery.document;
    assert_int_equal(list->bills[0].hold, BILL_PAID);
    assert_int_equal(list->bills[1].hold, BILL_FREE);
    const struct recheck *recheck = (const struct recheck *)asked.document;
    assert_int_equal(asked.event.of.control.control, CONTROL_RECHECK);
    assert_int_equal(recheck->kind, RECHECK_LISTED);
    assert_int_equal(recheck->claim, 1);
    assert_string_equal(recheck->order.no, joining->order->no);
    document_free(delivery.document);
    document_free(asked.document);
}

/* Nobody knows what of it was paid here: nothing of it is sold. */
static void a_list_that_cannot_be_joined_is_no_list(void **state) {
    struct joining *joining = *state;
    sqlite3 *db;
    assert_int_equal(sqlite3_open(joining->fixture->path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "DROP TABLE holds", NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
    struct delivery delivery = listed(joining);
    assert_true(held_join(&joining->held, &delivery));
    delivery = next_delivery(joining);
    assert_int_equal(delivery.event.kind, EVENT_ANSWER);
    assert_int_equal(delivery.event.of.answer.outcome, OUTCOME_UNKNOWN);
    document_free(delivery.document);
}

static void what_is_no_list_is_left_alone(void **state) {
    struct joining *joining = *state;
    struct delivery delivery = {.event.kind = EVENT_TICK};
    assert_false(held_join(&joining->held, &delivery));
    assert_int_equal(delivery.event.kind, EVENT_TICK);
    assert_false(delivery.none);
}

#define JOINING_STORY(name) cmocka_unit_test_setup_teardown(name, joining_set_up, joining_tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        JOINING_STORY(what_was_paid_here_is_marked_and_its_order_is_asked_about),
        JOINING_STORY(a_list_that_cannot_be_joined_is_no_list),
        JOINING_STORY(what_is_no_list_is_left_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
