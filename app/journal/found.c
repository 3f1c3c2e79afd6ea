/* What the terminal has found out by itself of the hospital: it is asked but once, also over a
 * restart. */
#include "app/journal/parts.h"

enum journal_result journal_found(struct journal *journal, const char *what, int64_t *since_ms) {
    sqlite3_stmt *statement = journal_statement(journal, STATEMENT_FOUND);
    *since_ms = 0;
    if (!statement)
        return journal_fail(journal, "reading what was found out");
    journal_bind_text(statement, 1, what);
    int step = sqlite3_step(statement);
    if (step == SQLITE_ROW)
        *since_ms = sqlite3_column_int64(statement, 0);
    enum journal_result result = step == SQLITE_ROW || step == SQLITE_DONE
                                     ? JOURNAL_OK
                                     : journal_fail(journal, "reading what was found out");
    sqlite3_reset(statement);
    return result;
}

enum journal_result journal_find_out(struct journal *journal, const char *what, int64_t wall_ms) {
    sqlite3_stmt *statement = journal_statement(journal, STATEMENT_FIND_OUT);
    enum journal_result result = journal_begin(journal);
    if (result != JOURNAL_OK)
        return result;
    if (!statement)
        return journal_end(journal, journal_fail(journal, "writing what was found out"));
    journal_bind_text(statement, 1, what);
    sqlite3_bind_int64(statement, 2, wall_ms);
    return journal_end(journal,
                       journal_step_done(journal, statement, "writing what was found out"));
}
