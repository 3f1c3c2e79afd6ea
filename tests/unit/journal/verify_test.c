/* links: app/journal/ app/core/order/ app/core/terms/ app/base/ */
/* Every single altered, removed or inserted row is found, table by table and column by column. */
#include "tests/support/journal_fixture.h"

#include <sqlite3.h>

/* A life with every kind of row: one order open, one credited, one with cases, prints, refunds. */
static void live(struct journal *journal) {
    struct order *open = fixture_order(1), *credited = fixture_order(2),
                 *at_window = fixture_order(3);
    struct order *all[] = {open, credited, at_window};
    strcpy(open->person.whole_name, "张三丰");
    strcpy(open->person.pay_token, "T1");
    strcpy(open->caller_no, "N1");
    for (int i = 0; i < 3; i++) {
        assert_int_equal(fixture_open_order(journal, all[i], NULL), JOURNAL_OK);
        fixture_wait(all[i]);
        struct part_note placed = {NOTE_PLACED, PART_NONE, PART_NONE, PART_NONE};
        struct journal_write write = {.order = all[i], .notes = &placed, .note_count = 1};
        if (i == 0)
            write.words = (struct caller_words){"hop.trade.recpay", "{\"extra\":{}}"};
        assert_int_equal(journal_commit(journal, &write, 1), JOURNAL_OK);
    }
    fixture_credit(credited);
    assert_int_equal(fixture_write(journal, credited, NOTE_CREDITED), JOURNAL_OK);
    fixture_case(at_window);
    at_window->refund_count = 1;
    at_window->refunds[0] = (struct refund){.no = "26112012000000010004",
                                            .state = REFUND_DONE,
                                            .claim = 0,
                                            .amount = {12850},
                                            .created_ms = FIXTURE_WALL_MS};
    assert_int_equal(fixture_write(journal, at_window, NOTE_CASE), JOURNAL_OK);
    assert_int_equal(journal_print_outcome(journal, credited->no, false, PRINT_DONE, 9),
                     JOURNAL_OK);
    assert_int_equal(journal_print_outcome(journal, credited->no, true, PRINT_DONE, 9), JOURNAL_OK);
    for (int i = 0; i < 3; i++)
        free(all[i]);
}

static bool verified(struct journal *journal, char text[256]) {
    struct journal_finding finding;
    assert_int_equal(journal_verify(journal, &finding), JOURNAL_OK);
    if (text)
        strcpy(text, finding.text);
    return finding.good;
}

/* Changes a copy of the file behind the journal's back. */
struct vandal {
    char original[128], copy[128];
    int tried;
};

static struct vandal vandal_of(const struct fixture *fixture) {
    struct vandal vandal = {.tried = 0};
    snprintf(vandal.original, sizeof vandal.original, "%s", fixture->path);
    snprintf(vandal.copy, sizeof vandal.copy, "%s.copy", fixture->path);
    return vandal;
}

static void copy_file(const char *from, const char *to) {
    static char bytes[1 << 20];
    FILE *in = fopen(from, "rb"), *out = fopen(to, "wb");
    assert_non_null(in);
    assert_non_null(out);
    size_t length = fread(bytes, 1, sizeof bytes, in);
    assert_true(length < sizeof bytes);
    assert_int_equal(fwrite(bytes, 1, length, out), length);
    fclose(in);
    fclose(out);
}

/* False: the schema itself refuses the change. */
static bool change(const char *path, const char *sql) {
    sqlite3 *db;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "PRAGMA synchronous=OFF", NULL, NULL, NULL), SQLITE_OK);
    bool done = sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK;
    if (done && sqlite3_changes(db) != 1)
        fail_msg("changed %d rows: %s", sqlite3_changes(db), sql);
    sqlite3_close(db);
    return done;
}

static void expect_found(struct vandal *vandal, const char *sql) {
    struct journal_options options = {.path = vandal->copy, .read_only = true};
    struct journal_finding finding;
    struct journal *journal;
    copy_file(vandal->original, vandal->copy);
    if (!change(vandal->copy, sql))
        return;
    assert_int_equal(journal_open(&options, &journal), JOURNAL_OK);
    enum journal_result result = journal_verify(journal, &finding);
    if (result != JOURNAL_OK || finding.good)
        fail_msg("result %d, good %d: %s", result, finding.good, sql);
    journal_close(journal);
    vandal->tried++;
}

static sqlite3_stmt *ask(sqlite3 *db, const char *sql) {
    sqlite3_stmt *statement;
    if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK)
        fail_msg("%s: %s", sqlite3_errmsg(db), sql);
    return statement;
}

static int count_rows(sqlite3 *db, const char *table) {
    char sql[128];
    snprintf(sql, sizeof sql, "SELECT count(*) FROM %s", table);
    sqlite3_stmt *statement = ask(db, sql);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    int count = sqlite3_column_int(statement, 0);
    sqlite3_finalize(statement);
    return count;
}

/* "order_no,n" */
static void key_of(sqlite3 *db, const char *table, char out[64]) {
    char sql[128];
    snprintf(sql, sizeof sql, "SELECT group_concat(name) FROM pragma_table_info('%s') WHERE pk > 0",
             table);
    sqlite3_stmt *statement = ask(db, sql);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    strcpy(out, (const char *)sqlite3_column_text(statement, 0));
    sqlite3_finalize(statement);
}

/* Both an addition and a blanking of every column of a row. */
static void alter_row(struct vandal *vandal, sqlite3 *db, const char *table, const char *key,
                      int row) {
    char sql[512];
    snprintf(sql, sizeof sql, "SELECT name, type FROM pragma_table_info('%s')", table);
    sqlite3_stmt *columns = ask(db, sql);
    while (sqlite3_step(columns) == SQLITE_ROW) {
        const char *name = (const char *)sqlite3_column_text(columns, 0);
        bool text = !strcmp((const char *)sqlite3_column_text(columns, 1), "TEXT");
        const char *values[] = {text ? "%s || 'x'" : "%s + 100",
                                text ? "iif(%s = '', 'x', '')" : "-1 - %s",
                                text ? "%s || char(0) || 'x'" : "%s - 1"};
        for (int i = 0; i < 3; i++) {
            char value[96];
            snprintf(value, sizeof value, values[i], name);
            snprintf(sql, sizeof sql,
                     "UPDATE %s SET %s = %s WHERE (%s) = (SELECT %s FROM %s LIMIT 1 OFFSET %d)",
                     table, name, value, key, key, table, row);
            expect_found(vandal, sql);
        }
    }
    sqlite3_finalize(columns);
}

static void remove_row(struct vandal *vandal, const char *table, const char *key, int row) {
    char sql[256];
    snprintf(sql, sizeof sql, "DELETE FROM %s WHERE (%s) = (SELECT %s FROM %s LIMIT 1 OFFSET %d)",
             table, key, key, table, row);
    expect_found(vandal, sql);
}

static const char *const tables[] = {"head",   "orders", "retry",        "legs",
                                     "claims", "shares", "refunds",      "cases",
                                     "holds",  "outbox", "order_events", "caller_words"};

static void every_altered_or_removed_row_is_found(void **state) {
    struct fixture *fixture = *state;
    struct vandal vandal = vandal_of(fixture);
    char key[64];
    sqlite3 *db;
    live(fixture->journal);
    assert_int_equal(journal_checkpoint(fixture->journal), JOURNAL_OK);
    assert_true(verified(fixture->journal, NULL));
    assert_int_equal(sqlite3_open(fixture->path, &db), SQLITE_OK);
    /* A table that is not in the list would not be tried; the staff's tries and what was found out
       of the hospital are of no order, when one is due is a time to ask, no evidence, and shifts
       have a story of their own. */
    assert_int_equal(count_rows(db, "sqlite_master WHERE type = 'table'"
                                    " AND name NOT IN ('staff_lock', 'due', 'found', 'shifts')"),
                     sizeof tables / sizeof *tables);
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        int rows = count_rows(db, tables[i]);
        assert_true(rows > 0);
        key_of(db, tables[i], key);
        for (int row = 0; row < rows; row++) {
            alter_row(&vandal, db, tables[i], key, row);
            remove_row(&vandal, tables[i], key, row);
        }
    }
    sqlite3_close(db);
    print_message("%d changes tried, all found\n", vandal.tried);
    assert_true(vandal.tried > 500);
    unlink(vandal.copy);
}

static void an_inserted_row_is_found(void **state) {
    static const char *const insertions[] = {
        "INSERT INTO orders SELECT order_no || '9', service, created_ms, patient_key, masked_name,"
        " patient_type, account_type, state, settled, seal, cust_key, card_key, '', '', 0 FROM "
        "orders"
        " LIMIT 1 OFFSET 1",
        "INSERT INTO retry SELECT (SELECT order_no FROM orders WHERE settled LIMIT 1), salt,"
        " mdtrt_cert_type, mdtrt_cert_no, cert_no, his_cust_id, his_cust_type, whole_name, "
        "pay_token"
        " FROM retry",
        "INSERT INTO retry SELECT '1', salt, mdtrt_cert_type, mdtrt_cert_no, cert_no, his_cust_id,"
        " his_cust_type, whole_name, pay_token FROM retry",
        "INSERT INTO claims SELECT order_no, n + 9, state, tries, org_trace_no, doc_trace_no,"
        " amount_fen, refunded_fen, call_sn, code, sent_ms, reason, creditor, declined, unproven,"
        " renumbered, bill_key, taken_elsewhere FROM claims LIMIT 1",
        "INSERT INTO shares SELECT order_no, n + 9, claim, leg, amount_fen, returned_fen, reason,"
        " disputed_fen FROM shares LIMIT 1",
        "INSERT INTO holds SELECT order_no, n + 9, claim, key || '9', held FROM holds LIMIT 1",
        "INSERT INTO outbox SELECT order_no, n + 9, wall_ms, reprint, outcome FROM outbox LIMIT 1",
        "INSERT INTO order_events SELECT (SELECT max(number) FROM order_events) + 1, wall_ms,"
        " order_no, note, payload, evidence, prev_hash, hash FROM order_events LIMIT 1",
    };
    struct fixture *fixture = *state;
    struct vandal vandal = vandal_of(fixture);
    live(fixture->journal);
    assert_int_equal(journal_checkpoint(fixture->journal), JOURNAL_OK);
    for (size_t i = 0; i < sizeof insertions / sizeof *insertions; i++)
        expect_found(&vandal, insertions[i]);
    assert_int_equal(vandal.tried, sizeof insertions / sizeof *insertions);
    unlink(vandal.copy);
}

/* What only one kind of payment needs of a person stands alone in its row. */
static void what_stands_alone_is_proved_too(void **state) {
    static const char *const changes[] = {"UPDATE retry SET whole_name = '李四'",
                                          "UPDATE retry SET pay_token = 'T2'"};
    struct fixture *fixture = *state;
    struct vandal vandal = vandal_of(fixture);
    struct order *named = fixture_order(1), *insured = fixture_order(2);
    strcpy(named->person.whole_name, "张三丰");
    strcpy(insured->person.pay_token, "T1");
    assert_int_equal(fixture_open_order(fixture->journal, named, NULL), JOURNAL_OK);
    assert_int_equal(fixture_open_order(fixture->journal, insured, NULL), JOURNAL_OK);
    assert_int_equal(journal_checkpoint(fixture->journal), JOURNAL_OK);
    for (int i = 0; i < 2; i++) {
        char sql[128];
        snprintf(sql, sizeof sql, "%s WHERE order_no = '%s'", changes[i],
                 i == 0 ? named->no : insured->no);
        expect_found(&vandal, sql);
    }
    assert_int_equal(vandal.tried, 2);
    unlink(vandal.copy);
    free(named);
    free(insured);
}

static void end_shift_at(struct journal *journal, int64_t began_ms, int64_t ended_ms) {
    struct journal_shift shift;
    assert_int_equal(journal_take_shift(journal, "林晓", began_ms, &shift), JOURNAL_OK);
    shift.ended_ms = ended_ms;
    shift.taken.fen = 8800;
    shift.returned.fen = 800;
    shift.held.fen = 100;
    shift.counted.fen = 8050;
    assert_int_equal(journal_end_shift(journal, &shift, "王敏"), JOURNAL_OK);
}

/* How many are not in the chain: ended ones, and under way. */
static void expect_untold(struct journal *journal, int64_t ended, int64_t open) {
    struct journal_finding finding;
    assert_int_equal(journal_verify(journal, &finding), JOURNAL_OK);
    assert_true(finding.good);
    assert_int_equal(finding.untold_shifts, ended);
    assert_int_equal(finding.open_shifts, open);
}

/* What a cashier counted is found nowhere else. One that ended before the first order is told with
 * the next that ends; the one under way has no sums yet. */
static void how_a_shift_ended_is_proved(void **state) {
    struct fixture *fixture = *state;
    struct vandal vandal = vandal_of(fixture);
    sqlite3 *db;
    expect_untold(fixture->journal, 0, 0);
    end_shift_at(fixture->journal, 1000, 2000);
    end_shift_at(fixture->journal, 2000, 3000);
    expect_untold(fixture->journal, 2, 1);
    live(fixture->journal);
    expect_untold(fixture->journal, 2, 1);
    end_shift_at(fixture->journal, 3000, 4000);
    expect_untold(fixture->journal, 0, 1);
    assert_int_equal(journal_checkpoint(fixture->journal), JOURNAL_OK);
    assert_true(verified(fixture->journal, NULL));
    assert_int_equal(sqlite3_open(fixture->path, &db), SQLITE_OK);
    for (int row = 0; row <= 2; row++) {
        alter_row(&vandal, db, "shifts", "n", row);
        remove_row(&vandal, "shifts", "n", row);
    }
    sqlite3_close(db);
    expect_found(&vandal,
                 "INSERT INTO shifts SELECT 9, began_ms, by, held_fen, ended_ms, taken_fen,"
                 " returned_fen, counted_fen FROM shifts WHERE n = 2");
    assert_true(vandal.tried > 40);
    assert_true(change(fixture->path, "UPDATE shifts SET counted_fen = 8100 WHERE n = 2"));
    char text[256];
    assert_false(verified(fixture->journal, text));
    assert_string_equal(text, "shift 2: altered");
    unlink(vandal.copy);
}

/* A version that told of no shift left them so: they are told now, with the one that ends. */
static void shifts_of_an_older_version_are_told_with_the_next(void **state) {
    struct fixture *fixture = *state;
    live(fixture->journal);
    assert_true(change(fixture->path,
                       "INSERT INTO shifts (began_ms, by, held_fen, ended_ms, taken_fen,"
                       " returned_fen, counted_fen) VALUES (1, 'a', 0, 2, 100, 0, 100)"));
    expect_untold(fixture->journal, 1, 0);
    end_shift_at(fixture->journal, 1000, 2000);
    expect_untold(fixture->journal, 0, 1);
    assert_true(change(fixture->path, "UPDATE shifts SET counted_fen = 99 WHERE n = 1"));
    assert_false(verified(fixture->journal, NULL));
}

static void a_good_journal_counts_its_rows(void **state) {
    struct fixture *fixture = *state;
    struct journal_finding finding;
    char text[256];
    if (!verified(fixture->journal, text))
        fail_msg("%s", text);
    live(fixture->journal);
    assert_int_equal(journal_verify(fixture->journal, &finding), JOURNAL_OK);
    assert_true(finding.good);
    assert_int_equal(finding.orders, 3);
    assert_int_equal(finding.events, 10);
}

static void the_finding_names_the_row(void **state) {
    struct fixture *fixture = *state;
    char text[256];
    live(fixture->journal);
    assert_true(change(fixture->path, "UPDATE claims SET amount_fen = 1 WHERE n = 1 AND"
                                      " order_no = '26112012000000010002'"));
    assert_false(verified(fixture->journal, text));
    assert_string_equal(text, "claims/1 of order 26112012000000010002: altered");
    assert_true(change(fixture->path, "UPDATE claims SET amount_fen = 1 WHERE n = 0 AND"
                                      " order_no = '26112012000000010002'"));
    assert_false(verified(fixture->journal, text)); /* the first that it comes to */
    assert_string_equal(text, "claims/0 of order 26112012000000010002: altered");
}

/* What is gone, and the number after which the next one is made. */
static void the_finding_says_what_is_missing(void **state) {
    struct fixture *fixture = *state;
    char text[256];
    live(fixture->journal);
    assert_true(change(fixture->path, "UPDATE head SET last_no = '1'"));
    assert_false(verified(fixture->journal, text));
    assert_string_equal(text, "head: the last number is 26112012000000010004, not 1");
    assert_true(change(fixture->path, "DELETE FROM refunds"));
    assert_false(verified(fixture->journal, text));
    assert_string_equal(text, "refunds/0 of order 26112012000000010003: removed");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        STORY(every_altered_or_removed_row_is_found),
        STORY(an_inserted_row_is_found),
        STORY(what_stands_alone_is_proved_too),
        STORY(how_a_shift_ended_is_proved),
        STORY(shifts_of_an_older_version_are_told_with_the_next),
        STORY(a_good_journal_counts_its_rows),
        STORY(the_finding_names_the_row),
        STORY(the_finding_says_what_is_missing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
