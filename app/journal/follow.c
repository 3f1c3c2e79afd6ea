/* The chain read from a cursor, for whoever copies it elsewhere and proves the copy. Every call is
 * one short read: the kiosk never waits for it, and its log can be emptied between two of them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/journal/parts.h"

enum journal_result journal_mark(struct journal *journal, struct journal_mark *out) {
    struct head head = {.hash = ""};
    enum journal_result result = journal_read_identity(journal);
    if (result == JOURNAL_OK)
        result = journal_read_head(journal, &head);
    if (result != JOURNAL_OK)
        return result;
    *out = (struct journal_mark){.events = head.events};
    memcpy(out->journal_id, journal->identity.journal_id, sizeof out->journal_id);
    memcpy(out->installation, journal->identity.installation, sizeof out->installation);
    memcpy(out->terminal_id, head.terminal_id, sizeof out->terminal_id);
    memcpy(out->hash, head.hash, sizeof out->hash);
    return JOURNAL_OK;
}

static enum journal_result read_genesis(struct journal *journal, char out[HASH_SIZE]) {
    struct head head = {0};
    enum journal_result result = journal_read_head(journal, &head);
    if (result == JOURNAL_OK)
        chain_genesis(journal, head.terminal_id, out);
    return result;
}

enum journal_result journal_hash_at(struct journal *journal, int64_t number, char out[HASH_SIZE]) {
    if (number == 0)
        return read_genesis(journal, out);
    sqlite3_stmt *statement = journal_statement(journal, STATEMENT_HASH_AT);
    if (!statement)
        return journal_fail(journal, "order_events");
    sqlite3_bind_int64(statement, 1, number);
    int step = sqlite3_step(statement);
    enum journal_result result = step == SQLITE_ROW    ? JOURNAL_OK
                                 : step == SQLITE_DONE ? JOURNAL_NOT_FOUND
                                                       : journal_fail(journal, "order_events");
    if (result == JOURNAL_OK)
        journal_copy_text(statement, 0, out, HASH_SIZE);
    sqlite3_reset(statement);
    return result;
}

enum journal_result journal_each_after(struct journal *journal, int64_t after,
                                       bool (*visit)(void *, const struct journal_event *,
                                                     const char *hash),
                                       void *context) {
    sqlite3_stmt *statement = journal_statement(journal, STATEMENT_AFTER);
    if (!statement)
        return journal_fail(journal, "order_events");
    sqlite3_bind_int64(statement, 1, after);
    bool more = true;
    int step = SQLITE_DONE;
    while (more && (step = sqlite3_step(statement)) == SQLITE_ROW) {
        struct journal_event event = journal_event_at(statement);
        more = visit(context, &event, journal_text_at(statement, 6));
    }
    enum journal_result result =
        !more || step == SQLITE_DONE ? JOURNAL_OK : journal_fail(journal, "order_events");
    sqlite3_reset(statement);
    return result;
}

struct journal_proof {
    struct journal hashing; /* nothing of it but what computes hashes */
};

struct journal_proof *journal_proof_begin(void) {
    struct journal_proof *proof = calloc(1, sizeof *proof);
    if (!proof)
        return NULL;
    proof->hashing.digest = EVP_MD_CTX_new();
    proof->hashing.sha256 = EVP_MD_fetch(NULL, "SHA256", NULL);
    if (proof->hashing.digest && proof->hashing.sha256)
        return proof;
    journal_proof_end(proof);
    return NULL;
}

void journal_proof_end(struct journal_proof *proof) {
    if (!proof)
        return;
    EVP_MD_CTX_free(proof->hashing.digest);
    EVP_MD_free(proof->hashing.sha256);
    free(proof);
}

void journal_proof_first(struct journal_proof *proof, const char *terminal_id,
                         char out[HASH_SIZE]) {
    chain_genesis(&proof->hashing, terminal_id, out);
}

void journal_proof_next(struct journal_proof *proof, const char *previous,
                        const struct journal_event *event, char out[HASH_SIZE]) {
    chain_hash(&proof->hashing, previous, event, out);
}
