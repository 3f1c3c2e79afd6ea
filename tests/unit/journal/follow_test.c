/* links: app/journal/ app/core/order/ app/core/terms/ app/base/ */
/* The chain read from a cursor, and proved again by whoever has a copy. */
#include "tests/support/journal_look.h"

#define EVENTS 4

static void live(struct fixture *fixture) {
    for (int n = 1; n <= 2; n++) {
        struct order *order = fixture_order(n);
        assert_int_equal(fixture_write(fixture->journal, order, NOTE_OPENED), JOURNAL_OK);
        fixture_wait(order);
        assert_int_equal(fixture_write(fixture->journal, order, NOTE_PLACED), JOURNAL_OK);
        free(order);
    }
}

static void the_mark_is_the_end_of_the_chain(void **state) {
    struct fixture *fixture = *state;
    struct journal_mark mark, later;
    char hash[JOURNAL_HASH_SIZE];
    assert_int_equal(journal_mark(fixture->journal, &mark), JOURNAL_OK);
    assert_int_equal(mark.events, 0);
    assert_int_equal(journal_hash_at(fixture->journal, 0, hash), JOURNAL_OK);
    assert_string_equal(mark.hash, hash);
    live(fixture);
    assert_int_equal(journal_mark(fixture->journal, &later), JOURNAL_OK);
    assert_int_equal(later.events, EVENTS);
    assert_int_equal(journal_hash_at(fixture->journal, EVENTS, hash), JOURNAL_OK);
    assert_string_equal(later.hash, hash);
    assert_string_not_equal(later.hash, mark.hash);
    assert_string_equal(later.terminal_id, "K1");
    assert_true(mark.journal_id[0] != '\0' && mark.installation[0] != '\0');
    fixture_reopen(fixture);
    assert_int_equal(journal_mark(fixture->journal, &mark), JOURNAL_OK);
    assert_memory_equal(&mark, &later, sizeof mark);
    assert_int_equal(journal_hash_at(fixture->journal, EVENTS + 1, hash), JOURNAL_NOT_FOUND);
    assert_int_equal(journal_hash_at(fixture->journal, -1, hash), JOURNAL_NOT_FOUND);
}

struct copy {
    struct journal_proof *proof;
    int count, most;
    int64_t first;
    char hash[JOURNAL_HASH_SIZE]; /* of the newest, computed */
    bool proven, altered;
};

static bool prove_event(void *context, const struct journal_event *event, const char *hash) {
    struct copy *copy = context;
    struct journal_event told = *event;
    if (copy->count++ == 0)
        copy->first = event->number;
    if (copy->altered && event->number == 2)
        told.wall_ms++;
    journal_proof_next(copy->proof, copy->hash, &told, copy->hash);
    copy->proven = copy->proven && strcmp(copy->hash, hash) == 0;
    return copy->count != copy->most;
}

static struct copy copy_after(struct fixture *fixture, int64_t after, int most, bool altered) {
    struct copy copy = {.proof = journal_proof_begin(), .most = most, .proven = true};
    assert_non_null(copy.proof);
    copy.altered = altered;
    if (after == 0)
        journal_proof_first(copy.proof, "K1", copy.hash);
    else
        assert_int_equal(journal_hash_at(fixture->journal, after, copy.hash), JOURNAL_OK);
    assert_int_equal(journal_each_after(fixture->journal, after, prove_event, &copy), JOURNAL_OK);
    journal_proof_end(copy.proof);
    return copy;
}

static void a_copy_is_proved_from_any_event_on(void **state) {
    struct fixture *fixture = *state;
    live(fixture);
    for (int after = 0; after <= EVENTS; after++) {
        struct copy copy = copy_after(fixture, after, 0, false);
        assert_int_equal(copy.count, EVENTS - after);
        assert_int_equal(copy.first, after == EVENTS ? 0 : after + 1);
        assert_true(copy.proven);
    }
    assert_false(copy_after(fixture, 0, 0, true).proven);
    journal_proof_end(NULL);
}

/* Whoever has room for so many takes them, and goes on from there later. */
static void whoever_has_enough_stops_and_goes_on(void **state) {
    struct fixture *fixture = *state;
    live(fixture);
    for (int again = 0; again < 2; again++) {
        struct copy copy = copy_after(fixture, 1, 2, false);
        assert_int_equal(copy.count, 2);
        assert_int_equal(copy.first, 2);
        assert_true(copy.proven);
    }
    assert_int_equal(copy_after(fixture, 3, 2, false).first, 4);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        STORY(the_mark_is_the_end_of_the_chain),
        STORY(a_copy_is_proved_from_any_event_on),
        STORY(whoever_has_enough_stops_and_goes_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
