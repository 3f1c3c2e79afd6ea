/* Counts for whoever watches the terminal. Only what is open, the last day and the cases are looked
 * at, each by an index, so that a long journal costs no more than a short one. */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "app/base/clock.h"
#include "app/journal/parts.h"
#include "app/journal/words.h"

#define DAY_MS INT64_C(86400000)

static enum journal_result prepare_figure(struct journal *journal, const char *sql,
                                          sqlite3_stmt **out) {
    return sqlite3_prepare_v2(journal->db, sql, -1, out, NULL) == SQLITE_OK
               ? JOURNAL_OK
               : journal_fail(journal, "counting");
}

/* One number; NULL is 0. */
static enum journal_result count_one(struct journal *journal, const char *sql, int64_t *out) {
    sqlite3_stmt *statement;
    enum journal_result result = prepare_figure(journal, sql, &statement);
    if (result != JOURNAL_OK)
        return result;
    if (sqlite3_step(statement) == SQLITE_ROW)
        *out = sqlite3_column_int64(statement, 0);
    else
        result = journal_fail(journal, "counting");
    sqlite3_finalize(statement);
    return result;
}

static int state_index(const char *word) {
    for (int i = 0; i < words_order_state.count; i++)
        if (strcmp(words_order_state.names[i], word) == 0)
            return i;
    return -1;
}

/* A number of ours begins with its minute, and it is the key. */
static enum journal_result count_orders(struct journal *journal, int64_t wall_ms,
                                        struct journal_figures *out) {
    char since[15];
    sqlite3_stmt *statement;
    enum journal_result result = prepare_figure(
        journal,
        "SELECT state, count(*) FROM orders WHERE order_no IN (SELECT order_no FROM orders WHERE"
        " order_no >= ? UNION SELECT order_no FROM orders WHERE settled = 0) GROUP BY state",
        &statement);
    if (result != JOURNAL_OK)
        return result;
    clock_digits(wall_ms - DAY_MS, since);
    sqlite3_bind_text(statement, 1, since + 2, 10, SQLITE_STATIC); /* yyMMddHHmm */
    int step;
    while ((step = sqlite3_step(statement)) == SQLITE_ROW) {
        int state = state_index((const char *)sqlite3_column_text(statement, 0));
        if (state >= 0)
            out->orders[state] = sqlite3_column_int64(statement, 1);
    }
    if (step != SQLITE_DONE)
        result = journal_fail(journal, "counting");
    sqlite3_finalize(statement);
    return result;
}

/* In the file and in the log beside it. */
static int64_t size_of_files(struct journal *journal) {
    static const char *const ends[] = {"", "-wal"};
    const char *path = sqlite3_db_filename(journal->db, "main");
    int64_t bytes = 0;
    for (size_t i = 0; path != NULL && i < sizeof ends / sizeof *ends; i++) {
        char name[4096];
        struct stat found;
        snprintf(name, sizeof name, "%s%s", path, ends[i]);
        if (stat(name, &found) == 0)
            bytes += found.st_size;
    }
    return bytes;
}

enum journal_result journal_figures(struct journal *journal, int64_t wall_ms,
                                    struct journal_figures *out) {
#define OPEN_ORDERS " FROM orders o JOIN "
    static const struct {
        const char *sql;
        size_t at;
    } counts[] = {
        {"SELECT count(*) FROM cases WHERE state = 'open'",
         offsetof(struct journal_figures, cases_open)},
        {"SELECT min(ms) FROM (SELECT min(o.created_ms) AS ms" OPEN_ORDERS
         "legs p USING (order_no) WHERE o.settled = 0 AND p.state = 'place_unknown'"
         " UNION ALL SELECT min(p.sent_ms)" OPEN_ORDERS
         "claims p USING (order_no) WHERE o.settled = 0 AND p.state = 'credit_unknown'"
         " UNION ALL SELECT min(p.created_ms)" OPEN_ORDERS
         "refunds p USING (order_no) WHERE o.settled = 0 AND p.state = 'unknown')",
         offsetof(struct journal_figures, unknown_since_ms)},
        {"SELECT min(p.sent_ms)" OPEN_ORDERS "claims p USING (order_no) WHERE o.settled = 0"
         " AND p.state = 'done' AND p.unproven = 1",
         offsetof(struct journal_figures, unproven_since_ms)},
    };
    *out = (struct journal_figures){.bytes = size_of_files(journal)};
    enum journal_result result = count_orders(journal, wall_ms, out);
    for (size_t i = 0; i < sizeof counts / sizeof *counts && result == JOURNAL_OK; i++)
        result = count_one(journal, counts[i].sql, (int64_t *)(void *)((char *)out + counts[i].at));
    return result;
}
