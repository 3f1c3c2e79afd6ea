/* A transaction and the event it leaves: rows go into their tables and into the payload, the
 * payload into the chain. */
#include <stdio.h>
#include <string.h>

#include "app/journal/parts.h"
#include "app/journal/words.h"

enum journal_result journal_step_done(struct journal *journal, sqlite3_stmt *statement,
                                      const char *what) {
    int step = sqlite3_step(statement);
    enum journal_result result = step == SQLITE_DONE ? JOURNAL_OK : journal_fail(journal, what);
    sqlite3_reset(statement);
    return result;
}

void journal_copy_text(sqlite3_stmt *statement, int column, char *out, size_t size) {
    const char *text = (const char *)sqlite3_column_text(statement, column);
    size_t length = (size_t)sqlite3_column_bytes(statement, column);
    bool whole = text && strlen(text) == length && length < size;
    snprintf(out, size, "%s", whole ? text : "?");
}

enum journal_result journal_read_head(struct journal *journal, struct head *out) {
    sqlite3_stmt *statement = journal_statement(journal, STATEMENT_HEAD);
    if (!statement)
        return journal_fail(journal, "reading the head");
    enum journal_result result = JOURNAL_OK;
    int step = sqlite3_step(statement);
    if (step == SQLITE_ROW) {
        out->events = sqlite3_column_int64(statement, 0);
        journal_copy_text(statement, 1, out->hash, sizeof out->hash);
        journal_copy_text(statement, 2, out->last_no, sizeof out->last_no);
        journal_copy_text(statement, 3, out->terminal_id, sizeof out->terminal_id);
    } else {
        result = step == SQLITE_DONE ? journal_say(journal, JOURNAL_CORRUPT, "the head is missing")
                                     : journal_fail(journal, "reading the head");
    }
    sqlite3_reset(statement);
    return result;
}

static enum journal_result write_event_head(struct journal *journal) {
    sqlite3_stmt *statement = journal_statement(journal, STATEMENT_SET_HEAD);
    const struct head *head = &journal->head;
    if (!statement)
        return journal_fail(journal, "writing the head");
    sqlite3_bind_int64(statement, 1, head->events);
    sqlite3_bind_text(statement, 2, head->hash, -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, 3, head->last_no, -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, 4, head->terminal_id, -1, SQLITE_STATIC);
    return journal_step_done(journal, statement, "writing the head");
}

enum journal_result journal_start(struct journal *journal) {
    enum journal_result result = journal_begin(journal);
    if (result != JOURNAL_OK)
        return result;
    result = journal_read_head(journal, &journal->head);
    return result == JOURNAL_OK ? JOURNAL_OK : journal_end(journal, result);
}

enum journal_result journal_finish(struct journal *journal, enum journal_result result) {
    if (result == JOURNAL_OK)
        result = write_event_head(journal);
    return journal_end(journal, result);
}

void journal_open_payload(struct journal *journal, const char *about) {
    text_clear(&journal->payload);
    text_word(&journal->payload, "{\"about\":");
    text_json_string(&journal->payload, about);
}

static void add_to_payload(struct journal *journal, enum table table, int n,
                           const struct value *values) {
    struct text *payload = &journal->payload;
    text_word(payload, ",\"");
    text_word(payload, table_shapes[table].name);
    if (table_shapes[table].numbered) {
        text_word(payload, "/");
        text_number(payload, n);
    }
    text_word(payload, "\":");
    row_json(table, values, payload);
}

int journal_bind_key(sqlite3_stmt *statement, enum table table, const char *order_no, int n) {
    sqlite3_bind_text(statement, 1, order_no, -1, SQLITE_STATIC);
    if (!table_shapes[table].numbered)
        return 2;
    sqlite3_bind_int(statement, 2, n);
    return 3;
}

enum journal_result journal_put_row(struct journal *journal, enum table table, const char *order_no,
                                    int n, const struct value *values) {
    sqlite3_stmt *statement = journal_upsert(journal, table);
    if (!statement)
        return journal_fail(journal, table_shapes[table].name);
    int first = journal_bind_key(statement, table, order_no, n);
    if (row_bind(table, statement, first, values) != SQLITE_OK)
        return journal_fail(journal, table_shapes[table].name);
    if (table_shapes[table].in_events)
        add_to_payload(journal, table, n, values);
    return journal_step_done(journal, statement, table_shapes[table].name);
}

/* A bill list may have thousands of lines; the journal keeps what a person can read. */
static const char *bounded(const char *evidence, char out[64]) {
    size_t length = evidence ? strlen(evidence) : 0;
    if (length == 0)
        return "";
    if (length <= JOURNAL_EVIDENCE_MAX)
        return evidence;
    snprintf(out, 64, "{\"left_out\":\"%zu bytes\"}", length);
    return out;
}

enum journal_result journal_append(struct journal *journal, enum note note, const char *order_no,
                                   const char *evidence, int64_t wall_ms) {
    struct head *head = &journal->head;
    sqlite3_stmt *statement = journal_statement(journal, STATEMENT_EVENT);
    if (!statement)
        return journal_fail(journal, "order_events");
    text_word(&journal->payload, "}");
    if (journal->payload.failed)
        return journal_say(journal, JOURNAL_IO, "out of memory");
    char left_out[64];
    struct journal_event event = {head->events + 1,
                                  wall_ms,
                                  order_no,
                                  word_of(&words_note, (int)note),
                                  journal->payload.data,
                                  bounded(evidence, left_out)};
    char previous[HASH_SIZE];
    memcpy(previous, head->hash, sizeof previous);
    chain_hash(journal, previous, &event, head->hash);
    head->events = event.number;
    sqlite3_bind_int64(statement, 1, event.number);
    sqlite3_bind_int64(statement, 2, event.wall_ms);
    sqlite3_bind_text(statement, 3, event.order_no, -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, 4, event.note, -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, 5, event.payload, -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, 6, event.evidence, -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, 7, previous, -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, 8, head->hash, -1, SQLITE_STATIC);
    return journal_step_done(journal, statement, "order_events");
}
