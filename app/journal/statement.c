/* Statements, prepared once and kept, and what SQLite's complaints mean. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/journal/parts.h"

/* As patient_keys_meet. */
#define OF_PATIENT "(patient_key IN (?1, ?2) OR cust_key = ?2 OR card_key = ?3)"

/* After which a bill may be paid again. */
#define NOT_BOOKED "('unsaid', 'returned', 'no_money')"

/* Was all of the claim that has not gone back for a person? */
#define ALL_IN_CASE                                                                                \
    "(SELECT sum(disputed_fen) = 0 OR sum(disputed_fen + returned_fen) >= claims.amount_fen"       \
    " FROM shares WHERE shares.order_no = claims.order_no AND shares.claim = claims.n)"

/* A claim whose money went back. */
#define IS_BACK "('reversed', 'refunded')"

static const char *const statement_sql[STATEMENT_COUNT] = {
    [STATEMENT_BEGIN] = "BEGIN IMMEDIATE",
    [STATEMENT_COMMIT] = "COMMIT",
    [STATEMENT_HEAD] = "SELECT events, hash, last_no, terminal_id FROM head WHERE id = 1",
    [STATEMENT_SET_HEAD] =
        "INSERT INTO head (id, events, hash, last_no, terminal_id) VALUES (1, ?, ?, ?, ?)"
        " ON CONFLICT (id) DO UPDATE SET events = excluded.events, hash = excluded.hash,"
        " last_no = excluded.last_no",
    [STATEMENT_IDENTITY] = "SELECT journal_id, installation FROM head WHERE id = 1",
    [STATEMENT_SET_IDENTITY] = "UPDATE head SET journal_id = ?, installation = ? WHERE id = 1",
    [STATEMENT_EVENT] = "INSERT INTO order_events (number, wall_ms, order_no, note, payload,"
                        " evidence, prev_hash, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    [STATEMENT_FORGET] = "DELETE FROM retry WHERE order_no = ?",
    [STATEMENT_CALLER_WORDS] = "SELECT operation, members FROM caller_words WHERE order_no = ?",
    [STATEMENT_SET_CALLER_WORDS] =
        "INSERT INTO caller_words (order_no, operation, members) VALUES (?, ?, ?)"
        " ON CONFLICT (order_no) DO UPDATE SET operation = excluded.operation,"
        " members = excluded.members",
    [STATEMENT_FORGET_CALLER_WORDS] = "DELETE FROM caller_words WHERE order_no = ?",
    [STATEMENT_COUNT_CASES] = "SELECT count(*) FROM cases WHERE order_no = ?",
    [STATEMENT_COUNT_PRINTS] =
        "SELECT (SELECT count(*) FROM outbox WHERE outbox.order_no = orders.order_no)"
        " FROM orders WHERE order_no = ?",
    [STATEMENT_CASES] = "SELECT order_no, n, case_no, part, reason, opened_ms, state, resolved_ms,"
                        " resolved_by, resolution, how, decided_fen FROM cases"
                        " WHERE (?1 IS NULL OR order_no = ?1) AND (NOT ?2 OR state <> 'resolved')"
                        " ORDER BY opened_ms, order_no, n",
    [STATEMENT_DECISION] = "SELECT count(*), coalesce(sum(state <> 'resolved'), 0) FROM cases"
                           " WHERE order_no = ? AND reason = 'unreadable'",
    /* What is booked once for two payments: is it open, and may it go back here after all? */
    [STATEMENT_TWICE] = "SELECT part, state <> 'resolved', how IN ('credited', 'in_order')"
                        " FROM cases WHERE order_no = ? AND reason = 'credited_twice'",
    [STATEMENT_OPEN_ORDERS] = "SELECT order_no FROM retry UNION"
                              " SELECT order_no FROM orders WHERE settled = 0 ORDER BY order_no",
    [STATEMENT_OF_PATIENT] =
        "SELECT order_no FROM orders WHERE " OF_PATIENT " ORDER BY order_no DESC",
    [STATEMENT_NEWEST] =
        "SELECT order_no FROM orders WHERE created_ms >= ? ORDER BY order_no DESC LIMIT ?",
    [STATEMENT_OF_SHIFT] = "SELECT order_no FROM orders WHERE created_ms >= ?1"
                           " UNION SELECT order_no FROM refunds WHERE done_ms >= ?1"
                           " UNION SELECT order_no FROM order_events WHERE ?2 > 0 AND number > ?2"
                           " AND note IN ('opened', 'refunded') ORDER BY order_no DESC",
    /* "refund 2" */
    [STATEMENT_WRITTEN_SINCE] =
        "SELECT note = 'opened', CAST(substr(json_extract(payload, '$.about'), 8) AS INTEGER)"
        " FROM order_events WHERE order_no = ? AND number > ? AND note IN ('opened', 'refunded')",
    [STATEMENT_ALL_TAKEN_ELSEWHERE] =
        "SELECT DISTINCT order_no FROM claims WHERE taken_elsewhere = 1 ORDER BY order_no DESC",
    [STATEMENT_EVENTS_OF] = "SELECT number, wall_ms, order_no, note, payload, evidence"
                            " FROM order_events WHERE order_no = ? ORDER BY number",
    [STATEMENT_HASH_AT] = "SELECT hash FROM order_events WHERE number = ?",
    [STATEMENT_AFTER] = "SELECT number, wall_ms, order_no, note, payload, evidence, hash"
                        " FROM order_events WHERE number > ? ORDER BY number",
    [STATEMENT_HELD_OF] = "SELECT n, claim, key FROM holds WHERE order_no = ? AND held = 1"
                          " AND claim = ? LIMIT 1",
    /* ... and what it has let go of, if nobody has it by now. */
    [STATEMENT_FREED_OF] = "SELECT n, claim, key FROM holds WHERE order_no = ? AND held = 0"
                           " AND claim = ? AND NOT EXISTS (SELECT 1 FROM holds AS other"
                           " WHERE other.key = holds.key AND other.held = 1) LIMIT 1",
    /* A claim that a damaged order (?1) still holds and that people have given up. With a case
     * about the whole order all are decided (?2), but of several what is credited: which of them
     * went back nobody can tell. Without one a claim is given up by its own cases, or by those of a
     * leg that it waited for. */
    [STATEMENT_GIVEN_UP_OF] =
        "SELECT holds.claim FROM holds"
        " LEFT JOIN claims ON claims.order_no = holds.order_no AND claims.n = holds.claim"
        " WHERE holds.order_no = ?1 AND holds.held = 1 AND holds.claim < ?3 AND CASE"
        " WHEN EXISTS (SELECT 1 FROM cases WHERE order_no = ?1 AND part = 'order') THEN ?2"
        " AND NOT (coalesce(claims.state, '') = 'done' AND claims.taken_elsewhere = 0"
        " AND (SELECT count(DISTINCT claim) FROM holds WHERE order_no = ?1) > 1)"
        " AND (coalesce(claims.state, '') <> 'case' OR coalesce(" ALL_IN_CASE ", 1))"
        " WHEN claims.state = 'case' THEN " ALL_IN_CASE
        " AND (SELECT min(state = 'resolved' AND how IN " NOT_BOOKED ") FROM cases"
        " WHERE order_no = ?1 AND part = 'claim ' || claims.n)"
        " ELSE ?2 AND claims.state = 'waiting' AND EXISTS (SELECT 1 FROM shares, cases"
        " WHERE shares.order_no = ?1 AND shares.claim = claims.n"
        " AND cases.order_no = ?1 AND cases.part = 'leg ' || shares.leg) END LIMIT 1",
    /* Who has this key; or let go of it and has it back: a person still has to decide about its
     * bill, or found it booked, perhaps with money that came late; or about all of an order that
     * cannot be read (a row may be gone: LEFT JOIN), but what is known to be back; or, among orders
     * of older versions, has this number. Cases are few, keys are not: CROSS JOIN begins with the
     * cases. */
    [STATEMENT_HOLDER] =
        "SELECT orders.order_no, orders.created_ms, claims.state, claims.n FROM holds"
        " JOIN orders USING (order_no) JOIN claims ON claims.order_no = holds.order_no"
        " AND claims.n = holds.claim WHERE holds.key = ?1 AND holds.held = 1"
        " UNION ALL SELECT cases.order_no, coalesce(orders.created_ms, cases.opened_ms),"
        " coalesce(claims.state, ''), holds.claim FROM cases"
        " CROSS JOIN holds ON holds.order_no = cases.order_no AND holds.key = ?1"
        " LEFT JOIN orders ON orders.order_no = cases.order_no"
        " LEFT JOIN claims ON claims.order_no = cases.order_no AND claims.n = holds.claim"
        " WHERE (cases.state = 'open' OR cases.how NOT IN " NOT_BOOKED ")"
        " AND (claims.state = 'case' AND cases.part = 'claim ' || claims.n"
        " OR cases.part = 'order' AND coalesce(claims.state, '') NOT IN " IS_BACK
        " OR cases.how = 'credited' AND EXISTS (SELECT 1 FROM shares"
        " WHERE shares.order_no = cases.order_no AND shares.claim = claims.n"
        " AND cases.part = 'leg ' || shares.leg))"
        " UNION ALL SELECT orders.order_no, orders.created_ms, claims.state, claims.n FROM claims"
        " JOIN orders USING (order_no) WHERE claims.org_trace_no = ?2"
        " AND claims.state NOT IN ('void', 'reversing', 'reversed', 'refunded')"
        " AND claims.taken_elsewhere = 0"
        " AND NOT EXISTS (SELECT 1 FROM holds WHERE holds.order_no = claims.order_no)"
        " AND NOT EXISTS (SELECT 1 FROM cases WHERE cases.order_no = claims.order_no"
        " AND claims.state = 'case' AND cases.part = 'claim ' || claims.n"
        " AND cases.state = 'resolved' AND cases.how IN " NOT_BOOKED " AND " ALL_IN_CASE ")"
        " LIMIT 1",
    [STATEMENT_STAFF_LOCK] = "SELECT tries, until_ms FROM staff_lock WHERE id = 1",
    [STATEMENT_SET_STAFF_LOCK] =
        "INSERT INTO staff_lock (id, tries, until_ms) VALUES (1, ?, ?)"
        " ON CONFLICT (id) DO UPDATE SET tries = excluded.tries, until_ms = excluded.until_ms",
    [STATEMENT_SHIFT] =
        "SELECT began_ms, by, ended_ms, taken_fen, returned_fen, held_fen, counted_fen,"
        " iif(n > 1, coalesce((SELECT number FROM order_events WHERE note = 'shift_ended'"
        " ORDER BY number DESC LIMIT 1), 0), 0) FROM shifts WHERE ended_ms = 0"
        " ORDER BY n DESC LIMIT 1",
    [STATEMENT_BEGIN_SHIFT] = "INSERT INTO shifts (began_ms, by, held_fen, ended_ms, taken_fen,"
                              " returned_fen, counted_fen) VALUES (?, ?, 0, 0, 0, 0, 0)",
    [STATEMENT_MOVE_SHIFT] =
        "UPDATE shifts SET began_ms = (SELECT iif(max(ended_ms) > ?2 AND EXISTS"
        " (SELECT 1 FROM order_events WHERE note = 'shift_ended'), ?2,"
        " max(?1, coalesce(max(ended_ms) FILTER (WHERE ended_ms <= ?2), 0))) FROM shifts)"
        " WHERE ended_ms = 0 RETURNING began_ms",
    [STATEMENT_END_SHIFT] = "UPDATE shifts SET ended_ms = ?, taken_fen = ?, returned_fen = ?,"
                            " held_fen = ?, counted_fen = ? WHERE ended_ms = 0 AND began_ms = ?",
    [STATEMENT_SHIFTS] =
        "SELECT began_ms, by, ended_ms, taken_fen, returned_fen, held_fen, counted_fen"
        " FROM shifts ORDER BY n DESC",
    /* The oldest ended one after those that the chain tells of, and the newest order. */
    [STATEMENT_UNTOLD_SHIFT] =
        "SELECT (SELECT max(order_no) FROM orders), " SHIFT_TOLD " FROM shifts AS s"
        " WHERE s.ended_ms <> 0 AND s.n > coalesce((SELECT json_extract(payload, '$.shift[0]')"
        " FROM order_events WHERE note = 'shift_ended' ORDER BY number DESC LIMIT 1), 0)"
        " ORDER BY s.n LIMIT 1",
    [STATEMENT_FOUND] = "SELECT wall_ms FROM found WHERE what = ?",
    [STATEMENT_FIND_OUT] = "INSERT INTO found (what, wall_ms) VALUES (?, ?) ON CONFLICT DO NOTHING",
    [STATEMENT_SAME_RECEIPT] = "SELECT 1 FROM claims WHERE call_sn = ?1 AND call_sn <> ''"
                               " AND NOT (order_no = ?2 AND n = ?3) LIMIT 1",
    /* Credits of one bill, or with one receipt: every one but the first. What is held was looked
     * for when it was opened; keys of lines are not in orders from before that. */
    [STATEMENT_TWINS] =
        "SELECT claims.order_no, claims.n, (SELECT max(wall_ms) FROM order_events)"
        " FROM claims JOIN orders USING (order_no) WHERE claims.state = 'done' AND EXISTS (SELECT "
        "1 FROM claims AS other"
        " JOIN orders AS whose ON whose.order_no = other.order_no"
        " WHERE other.state = 'done' AND (other.order_no, other.n) < (claims.order_no, claims.n)"
        " AND ((other.call_sn = claims.call_sn AND claims.call_sn <> '')"
        " OR (other.org_trace_no = claims.org_trace_no AND orders.service = 'bills'"
        " AND whose.service = 'bills')))"
        " AND NOT EXISTS (SELECT 1 FROM cases WHERE cases.order_no = claims.order_no"
        " AND cases.reason = 'credited_twice') ORDER BY claims.order_no, claims.n LIMIT 1",
    [STATEMENT_DUE] = "SELECT order_no, due_ms FROM due ORDER BY due_ms, order_no",
    [STATEMENT_SET_DUE] = "INSERT INTO due (order_no, due_ms) VALUES (?, ?)"
                          " ON CONFLICT (order_no) DO UPDATE SET due_ms = excluded.due_ms",
    [STATEMENT_ALL_DUE] = "UPDATE due SET due_ms = 0 WHERE due_ms < 9223372036854775807",
    [STATEMENT_BEGIN_DUE] =
        "INSERT INTO due (order_no, due_ms) VALUES (?, 0) ON CONFLICT DO NOTHING",
    [STATEMENT_FORGET_DUE] = "DELETE FROM due WHERE order_no = ?",
    /* A deposit of the same person that is not decided yet. */
    [STATEMENT_UNDECIDED_DEPOSIT] =
        "SELECT order_no FROM orders JOIN claims USING (order_no) WHERE " OF_PATIENT
        " AND service = 'deposit' AND order_no <> ?4 AND claims.state NOT IN"
        " ('done', 'void', 'reversing', 'reversed', 'refunded')"
        /* unless a person has decided about all of its cases */
        " AND NOT (EXISTS (SELECT 1 FROM cases WHERE cases.order_no = orders.order_no)"
        " AND NOT EXISTS (SELECT 1 FROM cases WHERE cases.order_no = orders.order_no"
        " AND cases.state <> 'resolved')) LIMIT 1",
    /* A caller's number, or one of ours, which a caller may know from a receipt. */
    [STATEMENT_OF_CALLER] = "SELECT order_no FROM orders WHERE caller_no = ?1 AND caller_no <> ''"
                            " UNION ALL SELECT order_no FROM orders WHERE order_no = ?1"
                            " UNION ALL SELECT order_no FROM holds WHERE key = ?2 AND held = 1"
                            " LIMIT 1",
    [STATEMENT_OF_REFUND] =
        "SELECT order_no FROM refunds WHERE caller_no = ?1 AND caller_no <> '' LIMIT 1",
    /* By the platform's number: of a card at a desk's pinpad that of its booking, the leg's is the
     * bank's. */
    [STATEMENT_OF_TRACE] =
        "SELECT order_no FROM legs WHERE out_no = ?1 AND out_no <> '' AND route <> 'pos'"
        " UNION ALL SELECT order_no FROM claims WHERE call_sn = ?1 AND call_sn <> ''"
        " AND EXISTS (SELECT 1 FROM legs WHERE legs.order_no = claims.order_no AND route = 'pos')"
        " ORDER BY order_no DESC LIMIT 1",
    [STATEMENT_OF_REFUND_TRACE] = "SELECT order_no FROM refunds WHERE out_no = ?1 AND out_no <> ''"
                                  " ORDER BY order_no DESC LIMIT 1",
    [STATEMENT_RECEIPT] = "SELECT 1 FROM claims WHERE call_sn = ?1 AND call_sn <> ''"
                          " AND order_no <> ?2 LIMIT 1",
    [STATEMENT_PAGE_SIZE] = "PRAGMA page_size",
    /* An own part is in the amount of the leg whose insurance left it open. */
    [STATEMENT_PAID_WITHIN] =
        "SELECT coalesce(sum(amount_fen), 0) FROM orders JOIN legs USING (order_no)"
        " WHERE order_no >= ?5 AND (?4 OR " OF_PATIENT ")"
        " AND iif(paid_ms <> 0, paid_ms, created_ms) >= ?6"
        " AND iif(paid_ms <> 0, paid_ms, created_ms) < ?7"
        " AND legs.state NOT IN ('declined', 'closed', 'paid_after_close', 'returned')"
        " AND NOT (legs.n > 0 AND EXISTS (SELECT 1 FROM legs AS first"
        " WHERE first.order_no = orders.order_no AND first.n = 0 AND first.route = 'mmpc'))",
};

static const char *const result_texts[] = {
    [JOURNAL_OK] = "ok",
    [JOURNAL_BUSY] = "another kiosk has the journal",
    [JOURNAL_FULL] = "the disk is full",
    [JOURNAL_IO] = "the journal cannot be read or written",
    [JOURNAL_CORRUPT] = "the journal is damaged",
    [JOURNAL_NEWER] = "the journal was written by a newer version",
    [JOURNAL_OLDER] = "the journal was written by an older version: the kiosk brings it to this "
                      "one when it starts",
    [JOURNAL_LOST] =
        "this terminal had a journal and it is gone: put it back; only to begin anew on "
        "purpose: kioskctl journal init --new-terminal --by WHO",
    [JOURNAL_LINK] = "a symbolic link stands in its place: whoever made it chose another file",
    [JOURNAL_FOREIGN] =
        "the journal is not the one that the identity file beside it names: put this "
        "terminal's own back; only to begin anew on purpose: "
        "kioskctl journal init --new-terminal --by WHO",
    [JOURNAL_CONFLICT] = "it is being paid, or is paid, with another order",
    [JOURNAL_NOT_FOUND] = "not in the journal",
};

const char *journal_result_text(enum journal_result result) {
    return result_texts[result];
}

const char *journal_error(const struct journal *journal) {
    return journal->error;
}

enum journal_result journal_say(struct journal *journal, enum journal_result result,
                                const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(journal->error, sizeof journal->error, format, arguments);
    va_end(arguments);
    return result;
}

enum journal_result journal_fail(struct journal *journal, const char *what) {
    int code = sqlite3_errcode(journal->db) & 0xff;
    if (sqlite3_extended_errcode(journal->db) == SQLITE_CONSTRAINT_UNIQUE)
        return journal_say(journal, JOURNAL_CONFLICT, "%s: %s", what,
                           journal_result_text(JOURNAL_CONFLICT));
    journal_say(journal, JOURNAL_IO, "%s: %s", what, sqlite3_errmsg(journal->db));
    switch (code) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return JOURNAL_BUSY;
    case SQLITE_FULL:
        return JOURNAL_FULL;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_CONSTRAINT:
    case SQLITE_ERROR: /* a table or column that should be there is not */
        return JOURNAL_CORRUPT;
    default:
        return JOURNAL_IO;
    }
}

static sqlite3_stmt *prepare_kept(struct journal *journal, sqlite3_stmt **kept, const char *sql) {
    if (!*kept)
        sqlite3_prepare_v3(journal->db, sql, -1, SQLITE_PREPARE_PERSISTENT, kept, NULL);
    return *kept;
}

sqlite3_stmt *journal_statement(struct journal *journal, enum statement statement) {
    return prepare_kept(journal, &journal->statements[statement], statement_sql[statement]);
}

/* Row statements are built from the column tables when first needed. */
static sqlite3_stmt *build_kept(struct journal *journal, sqlite3_stmt **kept, char *sql) {
    if (sql)
        prepare_kept(journal, kept, sql);
    free(sql);
    return *kept;
}

sqlite3_stmt *journal_select(struct journal *journal, enum table table) {
    const char *where =
        table_shapes[table].numbered ? " WHERE order_no=? AND n=?" : " WHERE order_no=?";
    sqlite3_stmt **kept = &journal->select[table];
    return *kept ? *kept : build_kept(journal, kept, row_select_sql(table, where));
}

sqlite3_stmt *journal_parts_of(struct journal *journal, enum table table) {
    sqlite3_stmt **kept = &journal->parts[table];
    return *kept ? *kept
                 : build_kept(journal, kept, row_select_sql(table, " WHERE order_no=? ORDER BY n"));
}

sqlite3_stmt *journal_upsert(struct journal *journal, enum table table) {
    sqlite3_stmt **kept = &journal->upsert[table];
    return *kept ? *kept : build_kept(journal, kept, row_upsert_sql(table));
}

enum journal_result journal_step_done(struct journal *journal, sqlite3_stmt *statement,
                                      const char *what) {
    int step = sqlite3_step(statement);
    enum journal_result result = step == SQLITE_DONE ? JOURNAL_OK : journal_fail(journal, what);
    sqlite3_reset(statement);
    return result;
}

const char *journal_text_at(sqlite3_stmt *statement, int column) {
    const char *text = (const char *)sqlite3_column_text(statement, column);
    return text != NULL ? text : "";
}

void journal_copy_text(sqlite3_stmt *statement, int column, char *out, size_t size) {
    const char *text = (const char *)sqlite3_column_text(statement, column);
    size_t length = (size_t)sqlite3_column_bytes(statement, column);
    bool whole = text && strlen(text) == length && length < size;
    snprintf(out, size, "%s", whole ? text : "?");
}

void journal_bind_text(sqlite3_stmt *statement, int n, const char *text) {
    sqlite3_bind_text(statement, n, text, -1, SQLITE_STATIC);
}

int journal_bind_key(sqlite3_stmt *statement, enum table table, const char *order_no, int n) {
    journal_bind_text(statement, 1, order_no);
    if (!table_shapes[table].numbered)
        return 2;
    sqlite3_bind_int(statement, 2, n);
    return 3;
}
