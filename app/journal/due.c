/* When an open order is asked about again. Not of the chain: a time that is lost is "now". */
#include <stdint.h>
#include <string.h>

#include "app/journal/parts.h"

enum journal_result journal_set_due(struct journal *journal, const char *order_no, int64_t due_ms) {
    sqlite3_stmt *statement = journal_statement(journal, STATEMENT_SET_DUE);
    if (!statement)
        return journal_fail(journal, "due");
    journal_bind_text(statement, 1, order_no);
    sqlite3_bind_int64(statement, 2, due_ms);
    return journal_step_done(journal, statement, "due");
}

static enum journal_result make_all_due(struct journal *journal) {
    sqlite3_stmt *statement = journal_statement(journal, STATEMENT_ALL_DUE);
    return statement ? journal_step_done(journal, statement, "due") : journal_fail(journal, "due");
}

static enum journal_result run_due(struct journal *journal, enum statement which,
                                   const char *order_no) {
    sqlite3_stmt *statement = journal_statement(journal, which);
    if (!statement)
        return journal_fail(journal, "due");
    journal_bind_text(statement, 1, order_no);
    return journal_step_done(journal, statement, "due");
}

enum journal_result journal_put_due(struct journal *journal, const char *order_no, bool settled) {
    return run_due(journal, settled ? STATEMENT_FORGET_DUE : STATEMENT_BEGIN_DUE, order_no);
}

static bool asker_has_order(const struct journal_due_ask *ask, const char *order_no) {
    for (int i = 0; i < ask->known_count; i++)
        if (strcmp(ask->known[i], order_no) == 0)
            return true;
    return false;
}

/* The first that is not known to the asker, and when the next is due. */
static enum journal_result find_due(struct journal *journal, const struct journal_due_ask *ask,
                                    char order_no[ORDER_NO_SIZE], int64_t *next_ms) {
    sqlite3_stmt *statement = journal_statement(journal, STATEMENT_DUE);
    if (!statement)
        return journal_fail(journal, "due");
    int step;
    order_no[0] = '\0';
    *next_ms = INT64_MAX;
    while (*next_ms == INT64_MAX && (step = sqlite3_step(statement)) == SQLITE_ROW) {
        int64_t due_ms = sqlite3_column_int64(statement, 1);
        if (asker_has_order(ask, journal_text_at(statement, 0)))
            continue;
        if (order_no[0] == '\0' && due_ms <= ask->wall_ms)
            journal_copy_text(statement, 0, order_no, ORDER_NO_SIZE);
        else
            *next_ms = due_ms;
        if (due_ms == INT64_MAX) /* and all behind it */
            break;
    }
    bool read = *next_ms != INT64_MAX || step == SQLITE_ROW || step == SQLITE_DONE;
    enum journal_result result = read ? JOURNAL_OK : journal_fail(journal, "due");
    sqlite3_reset(statement);
    return result;
}

/* One that has been damaged since the start is a case, and never due again; a person decides. */
static enum journal_result isolate_due(struct journal *journal, const char *order_no,
                                       int64_t wall_ms, bool *undecided) {
    int count = 0;
    enum journal_result result = journal_set_due(journal, order_no, INT64_MAX);
    if (result == JOURNAL_OK)
        result = journal_isolate(journal, wall_ms, &count);
    *undecided = count > 0;
    return result;
}

enum journal_result journal_fetch_due(struct journal *journal, const struct journal_due_ask *ask,
                                      struct due_order *out) {
    char order_no[ORDER_NO_SIZE] = "";
    enum journal_result result = ask->all ? make_all_due(journal) : JOURNAL_OK;
    out->head.kind = DOCUMENT_DUE_ORDER;
    out->found = out->undecided = false;
    while (result == JOURNAL_OK && !out->found) {
        result = find_due(journal, ask, order_no, &out->next_ms);
        if (result != JOURNAL_OK || order_no[0] == '\0')
            return result;
        result = journal_load(journal, order_no, &out->order);
        out->found = result == JOURNAL_OK;
        if (result == JOURNAL_CORRUPT || result == JOURNAL_NOT_FOUND)
            result = isolate_due(journal, order_no, ask->wall_ms, &out->undecided);
    }
    return result;
}
