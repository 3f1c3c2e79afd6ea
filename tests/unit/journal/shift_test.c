/* links: app/journal/ app/core/order/ app/core/terms/ app/base/ */
/* A desk's shifts: one is under way, it ends once with its count, and the next begins there. */
#include "tests/support/journal_look.h"

static bool count_shift(void *context, const struct journal_shift *shift) {
    struct journal_shift *newest = context;
    newest[newest[0].began_ms == 0 ? 0 : 1] = *shift;
    return true;
}

static void test_a_shift_begins_once(void **state) {
    struct fixture *fixture = *state;
    struct journal_shift shift;
    assert_int_equal(journal_take_shift(fixture->journal, "林晓", 1000, &shift), JOURNAL_OK);
    assert_int_equal(shift.began_ms, 1000);
    fixture_reopen(fixture);
    assert_int_equal(journal_take_shift(fixture->journal, "another", 2000, &shift), JOURNAL_OK);
    assert_int_equal(shift.began_ms, 1000);
    assert_string_equal(shift.by, "林晓");
}

static void test_it_ends_once(void **state) {
    struct fixture *fixture = *state;
    struct journal_shift shift, seen[2] = {{0}, {0}};
    assert_int_equal(journal_take_shift(fixture->journal, "林晓", 1000, &shift), JOURNAL_OK);
    shift.ended_ms = 5000;
    shift.taken.fen = 8800;
    shift.returned.fen = 800;
    shift.held.fen = 100;
    shift.counted.fen = 8050;
    assert_int_equal(journal_end_shift(fixture->journal, &shift, "王敏"), JOURNAL_OK);
    assert_int_equal(journal_end_shift(fixture->journal, &shift, "王敏"), JOURNAL_NOT_FOUND);
    fixture_reopen(fixture);
    assert_int_equal(journal_each_shift(fixture->journal, count_shift, seen), JOURNAL_OK);
    assert_int_equal(seen[0].began_ms, 5000);
    assert_int_equal(seen[0].ended_ms, 0);
    assert_string_equal(seen[0].by, "王敏");
    assert_memory_equal(&seen[1], &shift, sizeof shift);
}

static bool take_first(void *context, const struct journal_shift *shift) {
    *(struct journal_shift *)context = *shift;
    return false;
}

/* Whoever has seen enough stops, and the next one begins with the newest again. */
static void test_reading_may_stop(void **state) {
    struct fixture *fixture = *state;
    struct journal_shift shift, first;
    assert_int_equal(journal_take_shift(fixture->journal, "林晓", 1000, &shift), JOURNAL_OK);
    shift.ended_ms = 5000;
    assert_int_equal(journal_end_shift(fixture->journal, &shift, "王敏"), JOURNAL_OK);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(journal_each_shift(fixture->journal, take_first, &first), JOURNAL_OK);
        assert_int_equal(first.began_ms, 5000);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_set_up, fixture_tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {TEST(test_a_shift_begins_once), TEST(test_it_ends_once),
                                       TEST(test_reading_may_stop)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
