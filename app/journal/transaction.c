/* Transactions: all of it or nothing, and the head of the chain with it. */
#include "app/journal/parts.h"

static enum journal_result run_sql(struct journal *journal, enum statement which,
                                   const char *what) {
    sqlite3_stmt *statement = journal_statement(journal, which);
    if (!statement)
        return journal_fail(journal, what);
    int step = sqlite3_step(statement);
    enum journal_result result = step == SQLITE_DONE ? JOURNAL_OK : journal_fail(journal, what);
    sqlite3_reset(statement);
    return result;
}

enum journal_result journal_begin(struct journal *journal) {
    return run_sql(journal, STATEMENT_BEGIN, "beginning");
}

enum journal_result journal_end(struct journal *journal, enum journal_result result) {
    if (result == JOURNAL_OK)
        result = run_sql(journal, STATEMENT_COMMIT, "committing");
    if (!sqlite3_get_autocommit(journal->db))
        sqlite3_exec(journal->db, "ROLLBACK", NULL, NULL, NULL);
    if (result == JOURNAL_OK)
        journal_bound_log(journal);
    return result;
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

enum journal_result journal_write_head(struct journal *journal) {
    sqlite3_stmt *statement = journal_statement(journal, STATEMENT_SET_HEAD);
    const struct head *head = &journal->head;
    if (!statement)
        return journal_fail(journal, "writing the head");
    sqlite3_bind_int64(statement, 1, head->events);
    journal_bind_text(statement, 2, head->hash);
    journal_bind_text(statement, 3, head->last_no);
    journal_bind_text(statement, 4, head->terminal_id);
    return journal_step_done(journal, statement, "writing the head");
}

void journal_check_orders(struct journal *journal, bool check) {
    sqlite3_exec(journal->db, check ? "PRAGMA foreign_keys=ON" : "PRAGMA foreign_keys=OFF", NULL,
                 NULL, NULL);
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
        result = journal_write_head(journal);
    return journal_end(journal, result);
}
