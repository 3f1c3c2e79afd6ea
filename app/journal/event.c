/* The event that a transaction leaves: rows go into their tables and into the payload, the payload
 * into the chain. */
#include <stdio.h>
#include <string.h>

#include "app/journal/parts.h"
#include "app/journal/words.h"

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
static const char *bounded_evidence(const char *evidence, char out[64]) {
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
                                  bounded_evidence(evidence, left_out)};
    char previous[HASH_SIZE];
    memcpy(previous, head->hash, sizeof previous);
    chain_hash(journal, previous, &event, head->hash);
    head->events = event.number;
    sqlite3_bind_int64(statement, 1, event.number);
    sqlite3_bind_int64(statement, 2, event.wall_ms);
    journal_bind_text(statement, 3, event.order_no);
    journal_bind_text(statement, 4, event.note);
    journal_bind_text(statement, 5, event.payload);
    journal_bind_text(statement, 6, event.evidence);
    journal_bind_text(statement, 7, previous);
    journal_bind_text(statement, 8, head->hash);
    return journal_step_done(journal, statement, "order_events");
}
