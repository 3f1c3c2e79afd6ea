/* links: app/journal/ app/core/order/ app/core/terms/ app/base/ */
/* What a desk's caller said stands as long as it may have to be said again: proved, and no longer.
 */
#include "tests/support/journal_look.h"
#include "tests/support/may_be_none.h"
#include "tests/unit/journal/pump_story.h"

#define OPERATION "hop.trade.recpay"
#define EXAM "{\"extra\":{\"examList\":[{\"itemName\":\"门诊处置\"}]}}"

static struct order *called_at_desk(int n) {
    struct order *order = fixture_order(n);
    snprintf(order->caller_no, sizeof order->caller_no, "N%d", n);
    return order;
}

static struct journal_write write_with_words(const struct order *order,
                                             const struct part_note *note, const char *operation,
                                             const char *members) {
    return (struct journal_write){.order = order,
                                  .notes = note,
                                  .note_count = 1,
                                  .wall_ms = FIXTURE_WALL_MS,
                                  .words = {operation, members}};
}

static void say_of(struct fixture *fixture, const struct order *order, const char *operation,
                   const char *members) {
    struct part_note note = {NOTE_OPENED, PART_NONE, PART_NONE, PART_NONE};
    struct journal_write write = write_with_words(order, &note, operation, members);
    assert_int_equal(journal_commit(fixture->journal, &write, 1), JOURNAL_OK);
}

static void expect_words(struct fixture *fixture, const struct order *order, const char *operation,
                         const char *members) {
    char *said = NULL, *of = NULL;
    assert_int_equal(journal_caller_words(fixture->journal, order->no, &said, &of), JOURNAL_OK);
    expect_text_or_none(said, operation);
    expect_text_or_none(of, members);
}

static bool is_proved(struct fixture *fixture) {
    struct journal_finding finding;
    assert_int_equal(journal_verify(fixture->journal, &finding), JOURNAL_OK);
    return finding.good;
}

static void they_stand_until_others_are_said(void **state) {
    struct fixture *fixture = *state;
    struct order *order = called_at_desk(1), *other = called_at_desk(2);
    say_of(fixture, order, OPERATION, EXAM);
    say_of(fixture, other, NULL, NULL);
    fixture_wait(order);
    assert_int_equal(fixture_write(fixture->journal, order, NOTE_PLACED), JOURNAL_OK);
    fixture_reopen(fixture);
    expect_words(fixture, order, OPERATION, EXAM);
    expect_words(fixture, other, NULL, NULL);
    assert_true(is_proved(fixture));
    say_of(fixture, order, "hop.trade.refund", EXAM);
    expect_words(fixture, order, "hop.trade.refund", EXAM);
    say_of(fixture, order, "hop.trade.refund", "{}");
    fixture_reopen(fixture);
    expect_words(fixture, order, "hop.trade.refund", "{}");
    assert_true(is_proved(fixture));
    free(order);
    free(other);
}

/* Short, and so long that SQLite has pages for it alone. */
static void they_go_when_the_order_is_settled(void **state) {
    struct fixture *fixture = *state;
    struct order *order = called_at_desk(1), *wordy = called_at_desk(2);
    static char members[60000];
    size_t length = 0;
    while (length < sizeof members - 64)
        length += (size_t)snprintf(members + length, 64, "{\"itemName\":\"wordy exam\"} ");
    say_of(fixture, order, OPERATION, "{\"itemName\":\"short exam\"}");
    say_of(fixture, wordy, OPERATION, members);
    assert_int_equal(journal_checkpoint(fixture->journal), JOURNAL_OK);
    assert_true(fixture_file_holds(fixture->path, "short exam"));
    assert_true(fixture_file_holds(fixture->path, "wordy exam"));
    fixture_credit(order);
    fixture_credit(wordy);
    assert_int_equal(fixture_write(fixture->journal, order, NOTE_CREDITED), JOURNAL_OK);
    assert_int_equal(fixture_write(fixture->journal, wordy, NOTE_CREDITED), JOURNAL_OK);
    expect_words(fixture, order, NULL, NULL);
    expect_words(fixture, wordy, NULL, NULL);
    assert_int_equal(journal_checkpoint(fixture->journal), JOURNAL_OK);
    assert_int_equal(journal_wash(fixture->journal), JOURNAL_OK);
    char log[160];
    snprintf(log, sizeof log, "%s-wal", fixture->path);
    for (int i = 0; i < 2; i++) {
        const char *file = i == 0 ? fixture->path : log;
        assert_false(fixture_file_holds(file, "short exam"));
        assert_false(fixture_file_holds(file, "wordy exam"));
    }
    assert_true(is_proved(fixture));
    free(order);
    free(wordy);
}

static void what_is_altered_is_found(void **state) {
    static const char *const changes[] = {
        "UPDATE caller_words SET members = '{}'",
        "UPDATE caller_words SET operation = 'hop.trade.recharge'",
        "DELETE FROM caller_words",
        "INSERT INTO caller_words SELECT order_no, 'hop.trade.refund', '{}' FROM orders"
        " WHERE caller_no = 'N2'",
        "INSERT INTO caller_words SELECT order_no, 'hop.trade.refund', '{}' FROM orders"
        " WHERE settled = 1",
        "INSERT INTO caller_words VALUES ('1', 'hop.trade.refund', '{}')"};
    struct fixture *fixture = *state;
    struct order *order = called_at_desk(1), *silent = called_at_desk(2);
    struct order *settled = called_at_desk(3);
    say_of(fixture, order, OPERATION, EXAM);
    say_of(fixture, silent, NULL, NULL);
    say_of(fixture, settled, OPERATION, EXAM);
    fixture_credit(settled);
    assert_int_equal(fixture_write(fixture->journal, settled, NOTE_CREDITED), JOURNAL_OK);
    assert_true(is_proved(fixture));
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        sqlite3 *db;
        assert_int_equal(sqlite3_open(fixture->path, &db), SQLITE_OK);
        assert_int_equal(
            sqlite3_exec(db, "CREATE TABLE kept AS SELECT * FROM caller_words", NULL, NULL, NULL),
            SQLITE_OK);
        assert_int_equal(sqlite3_exec(db, changes[i], NULL, NULL, NULL), SQLITE_OK);
        assert_int_equal(sqlite3_changes(db), 1);
        assert_false(is_proved(fixture));
        assert_int_equal(sqlite3_exec(db,
                                      "DELETE FROM caller_words; INSERT INTO caller_words SELECT *"
                                      " FROM kept; DROP TABLE kept",
                                      NULL, NULL, NULL),
                         SQLITE_OK);
        assert_int_equal(sqlite3_close(db), SQLITE_OK);
        assert_true(is_proved(fixture));
    }
    free(order);
    free(silent);
    free(settled);
}

static void the_pump_copies_them(void **state) {
    struct fixture *fixture = *state;
    struct answers answers = {.count = 0};
    struct order *order = called_at_desk(1);
    struct part_note note = {NOTE_OPENED, PART_NONE, PART_NONE, PART_NONE};
    static char operation[] = OPERATION, members[] = EXAM;
    struct journal_write write = write_with_words(order, &note, operation, members);
    sem_init(&answers.came, 0, 0);
    struct journal_pump *pump = journal_pump_start(fixture->journal, answer, &answers);
    journal_pump_write(pump, 1, &write);
    memset(operation, 0, sizeof operation);
    memset(members, 0, sizeof members);
    wait_for(&answers, 1);
    journal_pump_stop(pump);
    assert_int_equal(answers.results[0], JOURNAL_OK);
    expect_words(fixture, order, OPERATION, EXAM);
    free(order);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_set_up, fixture_tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {TEST(they_stand_until_others_are_said),
                                       TEST(they_go_when_the_order_is_settled),
                                       TEST(what_is_altered_is_found), TEST(the_pump_copies_them)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
