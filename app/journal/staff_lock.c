/* How the staff's screen is locked, so that a restart forgets no wrong PIN. */
#include "app/journal/parts.h"

enum journal_result journal_staff_lock(struct journal *journal, struct journal_staff_lock *out) {
    sqlite3_stmt *statement = journal_statement(journal, STATEMENT_STAFF_LOCK);
    *out = (struct journal_staff_lock){0};
    if (!statement)
        return journal_fail(journal, "reading the staff's tries");
    enum journal_result result = JOURNAL_OK;
    int step = sqlite3_step(statement);
    if (step == SQLITE_ROW) {
        out->tries = sqlite3_column_int(statement, 0);
        out->until_ms = sqlite3_column_int64(statement, 1);
    } else if (step != SQLITE_DONE) {
        result = journal_fail(journal, "reading the staff's tries");
    }
    sqlite3_reset(statement);
    return result;
}

enum journal_result journal_set_staff_lock(struct journal *journal,
                                           const struct journal_staff_lock *lock) {
    sqlite3_stmt *statement = journal_statement(journal, STATEMENT_SET_STAFF_LOCK);
    enum journal_result result = journal_begin(journal);
    if (result != JOURNAL_OK)
        return result;
    if (!statement)
        return journal_end(journal, journal_fail(journal, "writing the staff's tries"));
    sqlite3_bind_int(statement, 1, lock->tries);
    sqlite3_bind_int64(statement, 2, lock->until_ms);
    return journal_end(journal, journal_step_done(journal, statement, "writing the staff's tries"));
}
