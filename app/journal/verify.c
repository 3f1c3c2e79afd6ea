/* The proof. First the chain: every event is numbered without a gap and hashed with the one before
 * it, and the head names the last. Then the states: the newest row that the events hold of each
 * part is what its table must hold, no more and no less. Then the persons' numbers, which the
 * events hold only as a seal. */
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/journal/parts.h"

/* What the events say, by table and key. */
static const char proof_sql[] =
    "CREATE TEMP TABLE proof (name TEXT NOT NULL, order_no TEXT NOT NULL, row TEXT NOT NULL,"
    " PRIMARY KEY (order_no, name)) WITHOUT ROWID;"
    "INSERT INTO proof SELECT key, order_no, value FROM ("
    "  SELECT iif(each.key GLOB 'claims/*' AND json_extract(each.value, '$.leg') IS NOT NULL,"
    "    'old ' || each.key, each.key) AS key, event.order_no AS order_no, each.value AS value"
    "  FROM order_events AS event, json_each(event.payload) AS each"
    "  WHERE each.type = 'object' ORDER BY event.number) WHERE true"
    " ON CONFLICT (order_no, name) DO UPDATE SET row = excluded.row;";

/* Until version 2 a claim named its leg and had no share: as the migration did, its share is made
 * of it, unless a later event tells of one. */
static const char old_claims_sql[] =
    "INSERT INTO proof SELECT 'shares/' || substr(name, 12), order_no, json_object("
    "  'claim', CAST(substr(name, 12) AS INTEGER), 'leg', json_extract(row, '$.leg'),"
    "  'amount_fen', json_extract(row, '$.amount_fen'), 'returned_fen',"
    "  CASE json_extract(row, '$.state') WHEN 'reversed' THEN json_extract(row, '$.amount_fen')"
    "  ELSE json_extract(row, '$.refunded_fen') END, 'reason', '')"
    " FROM proof WHERE name GLOB 'old claims/*' ON CONFLICT DO NOTHING;"
    "INSERT INTO proof SELECT substr(name, 5), order_no, json_remove(row, '$.leg')"
    " FROM proof WHERE name GLOB 'old claims/*' ON CONFLICT DO NOTHING;"
    "DELETE FROM proof WHERE name GLOB 'old claims/*';";

struct proof {
    struct journal *journal;
    struct journal_finding *out;
    sqlite3_stmt *take; /* removes a proven row, giving its text */
    struct text row;
};

/* The first finding stays. */
__attribute__((format(printf, 2, 3))) static void find(struct journal_finding *out,
                                                       const char *format, ...) {
    va_list arguments;
    if (!out->good)
        return;
    out->good = false;
    va_start(arguments, format);
    vsnprintf(out->text, sizeof out->text, format, arguments);
    va_end(arguments);
}

/* Text with a NUL was not written by us; bind it so that the comparison fails. */
static const char *text_at(sqlite3_stmt *statement, int column) {
    const char *text = (const char *)sqlite3_column_text(statement, column);
    bool whole = text && strlen(text) == (size_t)sqlite3_column_bytes(statement, column);
    return whole ? text : "?";
}

static sqlite3_stmt *prepare_once(struct journal *journal, const char *sql) {
    sqlite3_stmt *statement = NULL;
    sqlite3_prepare_v2(journal->db, sql, -1, &statement, NULL);
    return statement;
}

/* Ends a walk over rows: finalizes, and tells whether it came to its end. */
static enum journal_result end_walk(struct journal *journal, sqlite3_stmt *statement, int step) {
    enum journal_result result =
        step == SQLITE_DONE ? JOURNAL_OK : journal_fail(journal, "verifying");
    sqlite3_finalize(statement);
    return result;
}

static enum journal_result is_there(struct journal *journal, const char *sql, bool *out) {
    sqlite3_stmt *statement = prepare_once(journal, sql);
    if (!statement)
        return journal_fail(journal, "verifying");
    int step = sqlite3_step(statement);
    *out = step == SQLITE_ROW;
    return end_walk(journal, statement, step == SQLITE_ROW ? SQLITE_DONE : step);
}

static void check_event(struct journal *journal, sqlite3_stmt *statement, char last[HASH_SIZE],
                        struct journal_finding *out) {
    struct journal_event event = {sqlite3_column_int64(statement, 0),
                                  sqlite3_column_int64(statement, 1),
                                  text_at(statement, 2),
                                  text_at(statement, 3),
                                  text_at(statement, 4),
                                  text_at(statement, 5)};
    char hash[HASH_SIZE];
    if (event.number != ++out->events)
        find(out, "order_events %" PRId64 ": expected number %" PRId64, event.number, out->events);
    if (strcmp(text_at(statement, 6), last) != 0)
        find(out, "order_events %" PRId64 ": does not follow the row before it", event.number);
    chain_hash(journal, last, &event, hash);
    if (strcmp(text_at(statement, 7), hash) != 0)
        find(out, "order_events %" PRId64 ": altered", event.number);
    memcpy(last, hash, HASH_SIZE);
}

static enum journal_result check_chain(struct journal *journal, struct journal_finding *out) {
    struct head head;
    char last[HASH_SIZE];
    int step;
    enum journal_result result = journal_read_head(journal, &head);
    if (result == JOURNAL_CORRUPT) {
        find(out, "head: missing or unreadable");
        return JOURNAL_OK;
    }
    if (result != JOURNAL_OK)
        return result;
    result = journal_read_identity(journal);
    if (result == JOURNAL_OK && !identity_is_sound(journal))
        find(out, "head: the installation is altered");
    if (result != JOURNAL_OK)
        return result;
    chain_genesis(journal, head.terminal_id, last);
    sqlite3_stmt *statement = prepare_once(
        journal, "SELECT number, wall_ms, order_no, note, payload, evidence, prev_hash,"
                 " hash FROM order_events ORDER BY number");
    if (!statement)
        return journal_fail(journal, "order_events");
    while ((step = sqlite3_step(statement)) == SQLITE_ROW)
        check_event(journal, statement, last, out);
    if (head.events != out->events)
        find(out, "head: %" PRId64 " events expected, %" PRId64 " found", head.events, out->events);
    if (strcmp(head.hash, last) != 0)
        find(out, "head: not the hash of the newest event");
    return end_walk(journal, statement, step);
}

/* Whether the events hold exactly this row; it is struck off. */
static enum journal_result strike_row(struct proof *proof, enum table table, const char *order_no,
                                      int64_t n) {
    char name[40];
    sqlite3_stmt *take = proof->take;
    snprintf(name, sizeof name, table_shapes[table].numbered ? "%s/%" PRId64 : "%s",
             table_shapes[table].name, n);
    journal_bind_text(take, 1, order_no);
    journal_bind_text(take, 2, name);
    int step = sqlite3_step(take);
    if (step == SQLITE_DONE)
        find(proof->out, "%s of order %s: no event tells of it", name, order_no);
    else if (step == SQLITE_ROW && strcmp(text_at(take, 0), proof->row.data) != 0)
        find(proof->out, "%s of order %s: altered", name, order_no);
    while (step == SQLITE_ROW)
        step = sqlite3_step(take);
    sqlite3_reset(take);
    return step == SQLITE_DONE ? JOURNAL_OK : journal_fail(proof->journal, name);
}

static enum journal_result check_table(struct proof *proof, enum table table) {
    struct journal *journal = proof->journal;
    struct value values[COLUMNS_MAX];
    char *sql = row_select_sql(table, "");
    sqlite3_stmt *statement = sql ? prepare_once(journal, sql) : NULL;
    free(sql);
    if (!statement)
        return journal_fail(journal, table_shapes[table].name);
    enum journal_result result = JOURNAL_OK;
    bool numbered = table_shapes[table].numbered;
    int step = SQLITE_DONE;
    while (result == JOURNAL_OK && (step = sqlite3_step(statement)) == SQLITE_ROW) {
        row_fetch(table, statement, numbered ? 2 : 1, values);
        text_clear(&proof->row);
        row_json(table, values, &proof->row);
        result = strike_row(proof, table, text_at(statement, 0),
                            numbered ? sqlite3_column_int64(statement, 1) : 0);
        proof->out->orders += table == TABLE_ORDERS;
    }
    enum journal_result end =
        end_walk(journal, statement, result == JOURNAL_OK ? step : SQLITE_DONE);
    return result == JOURNAL_OK ? end : result;
}

/* Shows the first row of a query that should give none. */
static enum journal_result expect_none(struct proof *proof, const char *sql, const char *what) {
    sqlite3_stmt *statement = prepare_once(proof->journal, sql);
    if (!statement)
        return journal_fail(proof->journal, what);
    int step = sqlite3_step(statement);
    if (step == SQLITE_ROW)
        find(proof->out, "%s of order %s: %s", text_at(statement, 0), text_at(statement, 1), what);
    return end_walk(proof->journal, statement, step == SQLITE_ROW ? SQLITE_DONE : step);
}

#define PERSON_COLUMNS 12 /* of check_persons, before what its caller said */

static void check_person(struct proof *proof, sqlite3_stmt *statement) {
    struct journal *journal = proof->journal;
    const char *order_no = text_at(statement, 0), *seal = text_at(statement, 2);
    bool settled = sqlite3_column_int(statement, 1) != 0;
    bool stands = sqlite3_column_type(statement, 3) != SQLITE_NULL;
    struct value values[COLUMNS_MAX];
    struct retry_row row;
    char hash[HASH_SIZE];
    bool said = sqlite3_column_type(statement, PERSON_COLUMNS) != SQLITE_NULL;
    if (settled && (stands || said || seal[0]))
        find(proof->out, "retry of order %s: should be gone", order_no);
    if (settled || !proof->out->good)
        return;
    row_fetch(TABLE_RETRY, statement, 4, values);
    if (!stands || !row_give(TABLE_RETRY, values, &row)) {
        find(proof->out, "retry of order %s: missing or unreadable", order_no);
        return;
    }
    struct caller_words words = {said ? text_at(statement, PERSON_COLUMNS) : NULL,
                                 text_at(statement, PERSON_COLUMNS + 1)};
    chain_seal(journal, order_no, &row, &words, hash);
    if (strcmp(hash, seal) != 0)
        find(proof->out, "retry of order %s: altered", order_no);
}

static enum journal_result check_persons(struct proof *proof) {
    static const char sql[] =
        "SELECT o.order_no, o.settled, o.seal, r.order_no, r.salt, r.mdtrt_cert_type,"
        " r.mdtrt_cert_no, r.cert_no, r.his_cust_id, r.his_cust_type, r.whole_name, r.pay_token,"
        " w.operation, w.members FROM orders AS o LEFT JOIN retry AS r ON r.order_no = o.order_no"
        " LEFT JOIN caller_words AS w ON w.order_no = o.order_no";
    sqlite3_stmt *statement = prepare_once(proof->journal, sql);
    int step;
    if (!statement)
        return journal_fail(proof->journal, "retry");
    while ((step = sqlite3_step(statement)) == SQLITE_ROW)
        check_person(proof, statement);
    return end_walk(proof->journal, statement, step);
}

static enum journal_result check_last_no(struct proof *proof) {
    static const char sql[] =
        "SELECT coalesce(max(no), ''), (SELECT last_no FROM head)"
        " FROM (SELECT order_no AS no FROM orders UNION ALL SELECT no FROM legs"
        " UNION ALL SELECT no FROM refunds)";
    sqlite3_stmt *statement = prepare_once(proof->journal, sql);
    if (!statement)
        return journal_fail(proof->journal, "head");
    int step = sqlite3_step(statement);
    if (step == SQLITE_ROW && strcmp(text_at(statement, 0), text_at(statement, 1)) != 0)
        find(proof->out, "head: the last number is %s, not %s", text_at(statement, 0),
             text_at(statement, 1));
    return end_walk(proof->journal, statement, step == SQLITE_ROW ? SQLITE_DONE : step);
}

static enum journal_result make_proof(struct journal *journal) {
    bool old = false;
    if (sqlite3_exec(journal->db, proof_sql, NULL, NULL, NULL) != SQLITE_OK)
        return journal_fail(journal, "the events' rows");
    enum journal_result result =
        is_there(journal, "SELECT 1 FROM proof WHERE name GLOB 'old claims/*'", &old);
    if (result == JOURNAL_OK && old &&
        sqlite3_exec(journal->db, old_claims_sql, NULL, NULL, NULL) != SQLITE_OK)
        return journal_fail(journal, "the events' rows of older versions");
    return result;
}

static enum journal_result check_states(struct proof *proof) {
    enum journal_result result = make_proof(proof->journal);
    if (result != JOURNAL_OK)
        return result;
    proof->take = prepare_once(proof->journal,
                               "DELETE FROM proof WHERE order_no = ? AND name = ? RETURNING row");
    if (!proof->take)
        return journal_fail(proof->journal, "the events' rows");
    for (int table = 0; table < TABLE_COUNT && result == JOURNAL_OK; table++)
        if (table_shapes[table].in_events)
            result = check_table(proof, (enum table)table);
    sqlite3_finalize(proof->take);
    if (result == JOURNAL_OK)
        result = expect_none(proof, "SELECT name, order_no FROM proof", "removed");
    if (result == JOURNAL_OK)
        result = expect_none(proof,
                             "SELECT 'retry', order_no FROM retry"
                             " WHERE order_no NOT IN (SELECT order_no FROM orders) UNION ALL"
                             " SELECT 'caller_words', order_no FROM caller_words"
                             " WHERE order_no NOT IN (SELECT order_no FROM orders)",
                             "no such order");
    return result;
}

#define TOLD_SHIFTS                                                                                \
    "WITH told AS MATERIALIZED (SELECT json_extract(payload, '$.shift[0]') AS n,"                  \
    " json_extract(payload, '$.shift') AS said FROM order_events WHERE note = 'shift_ended')"

/* The proof does not cover them. */
static enum journal_result count_untold_shifts(struct proof *proof) {
    sqlite3_stmt *statement = prepare_once(proof->journal, TOLD_SHIFTS
                                           "SELECT count(*) FILTER (WHERE ended_ms <> 0),"
                                           " count(*) FILTER (WHERE ended_ms = 0)"
                                           " FROM shifts WHERE n NOT IN (SELECT n FROM told)");
    if (!statement)
        return journal_fail(proof->journal, "shifts");
    int step = sqlite3_step(statement);
    if (step == SQLITE_ROW) {
        proof->out->untold_shifts = sqlite3_column_int64(statement, 0);
        proof->out->open_shifts = sqlite3_column_int64(statement, 1);
    }
    return end_walk(proof->journal, statement, step == SQLITE_ROW ? SQLITE_DONE : step);
}

/* An ended shift is what the chain says of it. Those from before the first that it tells of ended
 * under an older version. */
static enum journal_result check_told_shifts(struct proof *proof) {
    static const struct {
        const char *sql, *what;
    } wrongs[] = {{" SELECT told.n FROM told LEFT JOIN shifts AS s USING (n) WHERE s.n IS NULL"
                   " LIMIT 1",
                   "removed"},
                  {" SELECT s.n FROM told JOIN shifts AS s USING (n) WHERE told.said"
                   " IS NOT " SHIFT_TOLD " LIMIT 1",
                   "altered"},
                  {" SELECT s.n FROM shifts AS s WHERE s.ended_ms <> 0"
                   " AND s.n >= (SELECT min(n) FROM told) AND s.n NOT IN (SELECT n FROM told)"
                   " LIMIT 1",
                   "no event tells of its end"}};
    enum journal_result result = JOURNAL_OK;
    for (size_t i = 0; i < sizeof wrongs / sizeof *wrongs && result == JOURNAL_OK; i++) {
        char sql[512];
        snprintf(sql, sizeof sql, TOLD_SHIFTS "%s", wrongs[i].sql);
        sqlite3_stmt *statement = prepare_once(proof->journal, sql);
        if (!statement)
            return journal_fail(proof->journal, "shifts");
        int step = sqlite3_step(statement);
        if (step == SQLITE_ROW)
            find(proof->out, "shift %lld: %s", sqlite3_column_int64(statement, 0), wrongs[i].what);
        result = end_walk(proof->journal, statement, step == SQLITE_ROW ? SQLITE_DONE : step);
    }
    return result;
}

/* Most terminals are no desk: there nothing tells of shifts. */
static enum journal_result check_shifts(struct proof *proof) {
    bool some = false;
    enum journal_result result = is_there(proof->journal,
                                          "SELECT 1 FROM shifts UNION ALL SELECT 1 FROM"
                                          " order_events WHERE note = 'shift_ended' LIMIT 1",
                                          &some);
    if (result == JOURNAL_OK && some)
        result = check_told_shifts(proof);
    return result == JOURNAL_OK && some ? count_untold_shifts(proof) : result;
}

/* The first finding ends it. */
static enum journal_result verify_all(struct journal *journal, struct journal_finding *out) {
    static enum journal_result (*const checks[])(struct proof *) = {check_states, check_persons,
                                                                    check_last_no, check_shifts};
    struct proof proof = {.journal = journal, .out = out};
    enum journal_result result = check_chain(journal, out);
    for (size_t i = 0; i < sizeof checks / sizeof *checks && result == JOURNAL_OK && out->good; i++)
        result = checks[i](&proof);
    text_free(&proof.row);
    return result;
}

enum journal_result journal_verify(struct journal *journal, struct journal_finding *out) {
    *out = (struct journal_finding){.good = true};
    if (sqlite3_exec(journal->db, "BEGIN", NULL, NULL, NULL) != SQLITE_OK)
        return journal_fail(journal, "verifying");
    enum journal_result result = verify_all(journal, out);
    sqlite3_exec(journal->db, "ROLLBACK", NULL, NULL, NULL); /* takes the temporary table away */
    return result;
}
