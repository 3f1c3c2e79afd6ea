/* Cases: what a machine must not decide. A row opens with the part that entered its CASE state, in
 * the same transaction, and stays for ever. */
#include <stdio.h>
#include <string.h>

#include "app/journal/parts.h"

static enum journal_result count_cases(struct journal *journal, const char *order_no, int *out) {
    sqlite3_stmt *statement = journal_statement(journal, STATEMENT_COUNT_CASES);
    if (!statement)
        return journal_fail(journal, "cases");
    sqlite3_bind_text(statement, 1, order_no, -1, SQLITE_STATIC);
    int step = sqlite3_step(statement);
    if (step == SQLITE_ROW)
        *out = sqlite3_column_int(statement, 0);
    sqlite3_reset(statement);
    return step == SQLITE_ROW ? JOURNAL_OK : journal_fail(journal, "cases");
}

static void name_case(const char *order_no, int n, char out[ORDER_CASE_NO_SIZE]) {
    struct order order = {.no = ""};
    snprintf(order.no, sizeof order.no, "%s", order_no);
    size_t length = strlen(order_case_no(&order, out));
    if (n > 1)
        snprintf(out + length, ORDER_CASE_NO_SIZE - length, "-%d", n);
}

enum journal_result journal_open_case(struct journal *journal, const char *order_no,
                                      const char *part, enum case_reason reason, int64_t wall_ms) {
    struct case_row row = {.reason = reason, .opened_ms = wall_ms, .state = CASE_OPEN};
    struct value values[COLUMNS_MAX];
    int count = 0;
    enum journal_result result = count_cases(journal, order_no, &count);
    if (result != JOURNAL_OK)
        return result;
    name_case(order_no, count + 1, row.case_no);
    snprintf(row.part, sizeof row.part, "%s", part);
    row_take(TABLE_CASES, &row, values);
    return journal_put_row(journal, TABLE_CASES, order_no, count + 1, values);
}

/* The number of an open case within its order. */
static enum journal_result find_open_case(struct journal *journal, const char *order_no,
                                          const char *case_no, int *out) {
    sqlite3_stmt *statement = journal_statement(journal, STATEMENT_CASE);
    if (!statement)
        return journal_fail(journal, "cases");
    sqlite3_bind_text(statement, 1, order_no, -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, 2, case_no, -1, SQLITE_STATIC);
    int step = sqlite3_step(statement);
    if (step == SQLITE_ROW)
        *out = sqlite3_column_int(statement, 0);
    sqlite3_reset(statement);
    if (step == SQLITE_DONE)
        return journal_say(journal, JOURNAL_NOT_FOUND, "%s: no such open case", case_no);
    return step == SQLITE_ROW ? JOURNAL_OK : journal_fail(journal, "cases");
}

static enum journal_result load_case(struct journal *journal, const char *order_no, int n,
                                     struct case_row *out) {
    struct value values[COLUMNS_MAX];
    sqlite3_stmt *statement = journal_select(journal, TABLE_CASES);
    if (!statement)
        return journal_fail(journal, "cases");
    sqlite3_bind_text(statement, 1, order_no, -1, SQLITE_STATIC);
    sqlite3_bind_int(statement, 2, n);
    enum journal_result result = JOURNAL_OK;
    if (sqlite3_step(statement) != SQLITE_ROW)
        result = journal_fail(journal, "cases");
    else
        row_fetch(TABLE_CASES, statement, 2, values);
    if (result == JOURNAL_OK && !row_give(TABLE_CASES, values, out))
        result = journal_say(journal, JOURNAL_CORRUPT, "case %d of order %s", n, order_no);
    sqlite3_reset(statement);
    return result;
}

static enum journal_result resolve_row(struct journal *journal, const char *order_no,
                                       const char *case_no, const char *by, const char *reason,
                                       int64_t wall_ms) {
    struct case_row row = {0};
    struct value values[COLUMNS_MAX];
    int n = 0;
    enum journal_result result = find_open_case(journal, order_no, case_no, &n);
    if (result == JOURNAL_OK)
        result = load_case(journal, order_no, n, &row);
    if (result != JOURNAL_OK)
        return result;
    row.state = CASE_RESOLVED;
    row.resolved_ms = wall_ms;
    snprintf(row.resolved_by, sizeof row.resolved_by, "%s", by);
    snprintf(row.resolution, sizeof row.resolution, "%s", reason);
    row_take(TABLE_CASES, &row, values);
    journal_open_payload(journal, row.part);
    result = journal_put_row(journal, TABLE_CASES, order_no, n, values);
    return result == JOURNAL_OK ? journal_append(journal, NOTE_RESOLVED, order_no, "", wall_ms)
                                : result;
}

enum journal_result journal_resolve(struct journal *journal, const char *order_no,
                                    const char *case_no, const char *by, const char *reason,
                                    int64_t wall_ms) {
    enum journal_result result = journal_start(journal);
    if (result != JOURNAL_OK)
        return result;
    return journal_finish(journal, resolve_row(journal, order_no, case_no, by, reason, wall_ms));
}

enum journal_result journal_each_case(struct journal *journal, const char *order_no, bool open_only,
                                      bool (*visit)(void *, const struct journal_case *),
                                      void *context) {
    sqlite3_stmt *statement = journal_statement(journal, STATEMENT_CASES);
    struct case_row row;
    struct value values[COLUMNS_MAX];
    if (!statement)
        return journal_fail(journal, "cases");
    sqlite3_bind_text(statement, 1, order_no, -1, SQLITE_STATIC);
    sqlite3_bind_int(statement, 2, open_only);
    enum journal_result result = JOURNAL_OK;
    int step = SQLITE_DONE;
    bool more = true;
    while (more && result == JOURNAL_OK && (step = sqlite3_step(statement)) == SQLITE_ROW) {
        row_fetch(TABLE_CASES, statement, 2, values);
        if (!row_give(TABLE_CASES, values, &row)) {
            result = journal_say(journal, JOURNAL_CORRUPT, "a case cannot be read");
            break;
        }
        struct journal_case found = {(const char *)sqlite3_column_text(statement, 0),
                                     row.case_no,
                                     row.part,
                                     row.reason,
                                     row.opened_ms,
                                     row.state == CASE_RESOLVED,
                                     row.resolved_ms,
                                     row.resolved_by,
                                     row.resolution};
        more = visit(context, &found);
    }
    if (result == JOURNAL_OK && step != SQLITE_DONE && step != SQLITE_ROW)
        result = journal_fail(journal, "cases");
    sqlite3_reset(statement);
    return result;
}
