/* links: app/journal/ app/core/order/ app/core/terms/ app/base/ */
/* A disk that fails takes neither what happened nor its evidence: the next write of the order says
 * it first. */
#include "app/journal/owed.h"
#include "tests/support/journal_look.h"

static struct order *order;

static enum journal_result write_note(struct fixture *fixture, const struct order *of,
                                      enum note note, int64_t wall_ms, const char *evidence) {
    const struct part_note notes[] = {{(uint8_t)note, 0, PART_NONE, PART_NONE}};
    const struct journal_write write = {.order = of,
                                        .notes = notes,
                                        .note_count = note == NOTE_COUNT ? 0 : 1,
                                        .wall_ms = FIXTURE_WALL_MS + wall_ms,
                                        .evidence = evidence};
    enum journal_result result = journal_commit(fixture->journal, &write, 1);
    if (result != JOURNAL_OK)
        journal_owe(fixture->journal, &write);
    return result;
}

/* An amount that may not change stands for a disk that is full. */
static void fails(struct fixture *fixture, enum note note, int64_t wall_ms, const char *evidence) {
    order->claims[0].amount.fen++;
    assert_int_equal(write_note(fixture, order, note, wall_ms, evidence), JOURNAL_CORRUPT);
    order->claims[0].amount.fen--;
}

static void begins(struct fixture *fixture) {
    order = fixture_order(1);
    assert_int_equal(write_note(fixture, order, NOTE_OPENED, 0, ""), JOURNAL_OK);
}

static bool tell(void *context, const struct journal_event *event) {
    char *text = context;
    size_t length = strlen(text);
    snprintf(text + length, 256 - length, "%s %d %s%s;", event->note,
             (int)(event->wall_ms - FIXTURE_WALL_MS), event->evidence,
             strstr(event->payload, "legs/0") != NULL ? " rows" : "");
    return true;
}

static void events_are(struct fixture *fixture, const char *expected) {
    char text[256] = "";
    struct journal_finding finding;
    assert_int_equal(journal_each_event(fixture->journal, order->no, tell, text), JOURNAL_OK);
    assert_string_equal(text, expected);
    assert_int_equal(journal_verify(fixture->journal, &finding), JOURNAL_OK);
    assert_true(finding.good);
}

static void what_failed_is_said_by_the_same_write_again(void **state) {
    struct fixture *fixture = *state;
    begins(fixture);
    order->legs[0].place_tries = 1;
    fails(fixture, NOTE_PLACED, 1, "A");
    assert_int_equal(write_note(fixture, order, NOTE_COUNT, 9, NULL), JOURNAL_OK);
    events_are(fixture, "opened 0  rows;placed 1 A rows;");
    free(order);
}

static void several_are_said_as_they_happened_and_once(void **state) {
    struct fixture *fixture = *state;
    struct order *other = fixture_order(2);
    begins(fixture);
    order->legs[0].place_tries = 1;
    fails(fixture, NOTE_PLACED, 1, "A");
    fails(fixture, NOTE_COUNT, 2, NULL);
    fails(fixture, NOTE_PAID, 3, "B");
    assert_int_equal(write_note(fixture, other, NOTE_OPENED, 4, "O"), JOURNAL_OK);
    assert_int_equal(write_note(fixture, order, NOTE_CREDITED, 5, "C"), JOURNAL_OK);
    assert_int_equal(write_note(fixture, order, NOTE_PRINTED, 6, "D"), JOURNAL_OK);
    events_are(fixture, "opened 0  rows;placed 1 A rows;paid 3 B;credited 5 C;printed 6 D;");
    free(order);
    free(other);
}

/* The retry is queued, and an answer comes before it is written: both are in one batch. */
static void two_writes_of_one_batch_say_it_once(void **state) {
    struct fixture *fixture = *state;
    const struct part_note paid = {NOTE_PAID, 0, PART_NONE, PART_NONE};
    begins(fixture);
    order->legs[0].place_tries = 1;
    fails(fixture, NOTE_PLACED, 1, "A");
    const struct journal_write writes[] = {{.order = order, .wall_ms = FIXTURE_WALL_MS + 2},
                                           {.order = order,
                                            .notes = &paid,
                                            .note_count = 1,
                                            .wall_ms = FIXTURE_WALL_MS + 3,
                                            .evidence = "B"}};
    assert_int_equal(journal_commit(fixture->journal, writes, 2), JOURNAL_OK);
    events_are(fixture, "opened 0  rows;placed 1 A rows;paid 3 B;");
    free(order);
}

/* The batch that told it was rolled back, for another order's fault. */
static void what_was_rolled_back_is_owed_again(void **state) {
    struct fixture *fixture = *state;
    struct order *other = fixture_order(2);
    begins(fixture);
    assert_int_equal(write_note(fixture, other, NOTE_OPENED, 0, ""), JOURNAL_OK);
    order->legs[0].place_tries = 1;
    fails(fixture, NOTE_PLACED, 1, "A");
    other->claims[0].amount.fen++;
    const struct journal_write writes[] = {{.order = order, .wall_ms = FIXTURE_WALL_MS + 2},
                                           {.order = other, .wall_ms = FIXTURE_WALL_MS + 2}};
    assert_int_equal(journal_commit(fixture->journal, writes, 2), JOURNAL_CORRUPT);
    assert_int_equal(journal_commit(fixture->journal, writes, 1), JOURNAL_OK);
    events_are(fixture, "opened 0  rows;placed 1 A rows;");
    free(order);
    free(other);
}

/* In one batch, or in the next because that one failed. */
static void who_has_nothing_left_to_say_and_nothing_new_is_durable(void **state) {
    struct fixture *fixture = *state;
    begins(fixture);
    order->legs[0].place_tries = 1;
    fails(fixture, NOTE_PLACED, 1, "A");
    const struct journal_write again = {.order = order, .wall_ms = FIXTURE_WALL_MS + 2};
    const struct journal_write writes[] = {again, again};
    assert_int_equal(journal_commit(fixture->journal, writes, 2), JOURNAL_OK);
    assert_int_equal(journal_commit(fixture->journal, &again, 1), JOURNAL_OK);
    events_are(fixture, "opened 0  rows;placed 1 A rows;");
    free(order);
}

/* Nothing left of it: there is no such order. */
static void an_order_that_could_not_be_opened_owes_nothing(void **state) {
    struct fixture *fixture = *state;
    begins(fixture);
    fails(fixture, NOTE_OPENED, 1, "A");
    assert_int_equal(write_note(fixture, order, NOTE_PAID, 2, "B"), JOURNAL_OK);
    events_are(fixture, "opened 0  rows;paid 2 B;");
    free(order);
}

static int64_t events(struct fixture *fixture) {
    return fixture_number(fixture, "SELECT count(*) FROM order_events");
}

static void a_disk_that_fails_for_long_does_not_fill_the_memory(void **state) {
    struct fixture *fixture = *state;
    static char evidence[JOURNAL_EVIDENCE_MAX + 1];
    int kept = OWED_EVIDENCE_MAX / JOURNAL_EVIDENCE_MAX;
    memset(evidence, '1', JOURNAL_EVIDENCE_MAX);
    begins(fixture);
    for (int i = 0; i < OWED_NOTES_MAX + 5; i++)
        fails(fixture, NOTE_PLACED, 1, i < kept + 3 ? evidence : "");
    assert_int_equal(write_note(fixture, order, NOTE_PAID, 2, "B"), JOURNAL_OK);
    assert_int_equal(events(fixture), 1 + OWED_NOTES_MAX + 1);
    assert_int_equal(
        fixture_number(fixture, "SELECT count(*) FROM order_events WHERE length(evidence) > 1000"),
        kept);
    free(order);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        STORY(what_failed_is_said_by_the_same_write_again),
        STORY(several_are_said_as_they_happened_and_once),
        STORY(two_writes_of_one_batch_say_it_once),
        STORY(what_was_rolled_back_is_owed_again),
        STORY(who_has_nothing_left_to_say_and_nothing_new_is_durable),
        STORY(an_order_that_could_not_be_opened_owes_nothing),
        STORY(a_disk_that_fails_for_long_does_not_fill_the_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
