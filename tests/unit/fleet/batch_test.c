/* links: app/fleet/batch.c app/journal/ app/core/order/ app/core/terms/ app/base/ */
/* Events on their way: bounded, in their order, on the right day. */
#include "app/fleet/batch.h"

#include <arpa/inet.h>
#include <sqlite3.h>

#include "tests/support/journal_fixture.h"

static void a_day_is_chinas(void **state) {
    (void)state;
    assert_int_equal(batch_day(0), 0);
    assert_int_equal(batch_day(INT64_C(57599999)), 0); /* 23:59:59.999 in China */
    assert_int_equal(batch_day(INT64_C(57600000)), 1);
    assert_int_equal(batch_day(INT64_C(1795916414543)), 20786); /* 2026-11-29 */
}

static void a_clock_that_is_mad_has_a_day_all_the_same(void **state) {
    (void)state;
    assert_int_equal(batch_day(INT64_MIN), 0);
    assert_int_equal(batch_day(-1), 0);
    assert_int_equal(batch_day(INT64_MAX), 2932896); /* 9999-12-31 */
}

static void an_order_has_the_day_of_its_number(void **state) {
    (void)state;
    assert_int_equal(batch_order_day("2611290940WE00010000"), 20786);
    assert_int_equal(batch_order_day("0001010000AA00010000"), 10957); /* 2000-01-01 */
    assert_int_equal(batch_order_day("2802290000AA00010000"), 21243); /* a leap day */
    assert_int_equal(batch_order_day("2803010000AA00010000"), 21244);
    assert_int_equal(batch_order_day("9912312359AA00010000"), 47481); /* 2099-12-31 */
}

static void a_number_without_a_day_is_of_the_first(void **state) {
    static const char *const none[] = {"",
                                       "26112",
                                       "2613010000AA00010000",
                                       "2600010000AA00010000",
                                       "2611320000AA00010000",
                                       "26x1010000AA00010000"};
    (void)state;
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++)
        assert_int_equal(batch_order_day(none[i]), 0);
}

static void a_hash_is_64_small_digits(void **state) {
    char bytes[32];
    (void)state;
    assert_true(batch_hash_bytes("00ff102030405060708090a0b0c0d0e0f0000102030405060708090a0b0c0d0e",
                                 bytes));
    assert_int_equal((unsigned char)bytes[1], 0xff);
    assert_int_equal((unsigned char)bytes[31], 0x0e);
    assert_false(batch_hash_bytes("", bytes));
    assert_false(batch_hash_bytes(
        "00FF102030405060708090a0b0c0d0e0f0000102030405060708090a0b0c0d0e", bytes));
    assert_false(batch_hash_bytes(
        "00ff102030405060708090a0b0c0d0e0f0000102030405060708090a0b0c0d0e0", bytes));
}

static void write_events(struct fixture *fixture, int count, const char *evidence) {
    static const struct part_note note = {NOTE_PLACED, PART_NONE, PART_NONE, PART_NONE};
    struct order *order = fixture_order(1);
    for (int i = 0; i < count; i++) {
        struct journal_write write = {.order = order,
                                      .notes = &note,
                                      .note_count = 1,
                                      .wall_ms = FIXTURE_WALL_MS + i,
                                      .evidence = evidence};
        assert_int_equal(journal_commit(fixture->journal, &write, 1), JOURNAL_OK);
    }
    free(order);
}

static uint32_t count_in(const struct batch_column *column) {
    uint32_t big;
    memcpy(&big, column->bytes + 12, sizeof big);
    return ntohl(big);
}

static void events_come_from_behind_the_cursor(void **state) {
    struct fixture *fixture = *state;
    struct batch batch;
    char hash[JOURNAL_HASH_SIZE];
    write_events(fixture, 5, "");
    batch_begin(&batch);
    assert_int_equal(batch_read(&batch, fixture->journal, 2, 500), JOURNAL_OK);
    assert_int_equal(batch.count, 3);
    for (int i = 0; i < BATCH_COLUMN_COUNT; i++)
        assert_int_equal(count_in(&batch.columns[i]), 3);
    assert_int_equal(journal_hash_at(fixture->journal, 5, hash), JOURNAL_OK);
    assert_string_equal(batch.last_hash, hash);
    assert_int_equal(batch_read(&batch, fixture->journal, 5, 500), JOURNAL_OK);
    assert_int_equal(batch.count, 0);
    batch_end(&batch);
}

static void a_batch_is_bounded_by_events_and_by_bytes(void **state) {
    struct fixture *fixture = *state;
    struct batch batch;
    char *evidence = calloc(1, JOURNAL_EVIDENCE_MAX + 1);
    memset(evidence, 'x', JOURNAL_EVIDENCE_MAX);
    write_events(fixture, 40, evidence);
    batch_begin(&batch);
    assert_int_equal(batch_read(&batch, fixture->journal, 0, 3), JOURNAL_OK);
    assert_int_equal(batch.count, 3);
    assert_int_equal(batch_read(&batch, fixture->journal, 0, 500), JOURNAL_OK);
    assert_in_range(batch.count, BATCH_BYTES_MAX / JOURNAL_EVIDENCE_MAX,
                    BATCH_BYTES_MAX / JOURNAL_EVIDENCE_MAX + 1);
    assert_in_range(batch.bytes, BATCH_BYTES_MAX, BATCH_BYTES_MAX + 2 * JOURNAL_EVIDENCE_MAX);
    batch_end(&batch);
    free(evidence);
}

static void a_gap_in_the_journal_ends_the_batch_and_is_said(void **state) {
    struct fixture *fixture = *state;
    struct batch batch;
    sqlite3 *db;
    write_events(fixture, 5, "");
    assert_int_equal(sqlite3_open(fixture->path, &db), SQLITE_OK);
    assert_int_equal(
        sqlite3_exec(db, "DELETE FROM order_events WHERE number = 3", NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
    batch_begin(&batch);
    assert_int_equal(batch_read(&batch, fixture->journal, 0, 500), JOURNAL_OK);
    assert_int_equal(batch.count, 2);
    assert_true(batch.is_damaged);
    batch_end(&batch);
}

static void a_copy_proves_with_the_journals_own_hashes(void **state) {
    struct fixture *fixture = *state;
    struct journal_proof *proof = journal_proof_begin();
    struct journal_mark mark;
    char hash[JOURNAL_HASH_SIZE], first[JOURNAL_HASH_SIZE];
    write_events(fixture, 1, "{}");
    assert_int_equal(journal_mark(fixture->journal, &mark), JOURNAL_OK);
    assert_int_equal(mark.events, 1);
    assert_string_equal(mark.terminal_id, "K1");
    journal_proof_first(proof, mark.terminal_id, first);
    assert_int_equal(journal_hash_at(fixture->journal, 0, hash), JOURNAL_OK);
    assert_string_equal(first, hash);
    assert_int_equal(journal_hash_at(fixture->journal, 2, hash), JOURNAL_NOT_FOUND);
    journal_proof_end(proof);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_day_is_chinas),
        cmocka_unit_test(a_clock_that_is_mad_has_a_day_all_the_same),
        cmocka_unit_test(an_order_has_the_day_of_its_number),
        cmocka_unit_test(a_number_without_a_day_is_of_the_first),
        cmocka_unit_test(a_hash_is_64_small_digits),
        cmocka_unit_test_setup_teardown(events_come_from_behind_the_cursor, fixture_set_up,
                                        fixture_tear_down),
        cmocka_unit_test_setup_teardown(a_batch_is_bounded_by_events_and_by_bytes, fixture_set_up,
                                        fixture_tear_down),
        cmocka_unit_test_setup_teardown(a_gap_in_the_journal_ends_the_batch_and_is_said,
                                        fixture_set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(a_copy_proves_with_the_journals_own_hashes, fixture_set_up,
                                        fixture_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
