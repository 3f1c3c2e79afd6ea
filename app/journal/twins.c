/* Credits that an older version took for two: of one bill, or with one receipt. Each but the first
 * becomes a case of its own when the journal is brought to this version, with the time of its
 * newest event: the journal has no clock. */
#include <stdio.h>

#include "app/journal/parts.h"

struct twin {
    char order_no[ORDER_NO_SIZE];
    int claim;
    int64_t wall_ms;
};

/* JOURNAL_NOT_FOUND: there is no more. */
static enum journal_result find_twin(struct journal *journal, struct twin *out) {
    sqlite3_stmt *statement = journal_statement(journal, STATEMENT_TWINS);
    if (!statement)
        return journal_fail(journal, "credits of one bill");
    int step = sqlite3_step(statement);
    enum journal_result result = JOURNAL_OK;
    if (step == SQLITE_ROW) {
        journal_copy_text(statement, 0, out->order_no, sizeof out->order_no);
        out->claim = sqlite3_column_int(statement, 1);
        out->wall_ms = sqlite3_column_int64(statement, 2);
    } else {
        result =
            step == SQLITE_DONE ? JOURNAL_NOT_FOUND : journal_fail(journal, "credits of one bill");
    }
    sqlite3_reset(statement);
    return result;
}

static enum journal_result tell_twin(struct journal *journal, const struct twin *twin) {
    char part[24];
    snprintf(part, sizeof part, "%s %d", table_shapes[TABLE_CLAIMS].part, twin->claim);
    journal_open_payload(journal, part);
    enum journal_result result =
        journal_open_case(journal, twin->order_no, part, CASE_CREDITED_TWICE, twin->wall_ms);
    return result == JOURNAL_OK
               ? journal_append(journal, NOTE_CASE, twin->order_no, "", twin->wall_ms)
               : result;
}

static enum journal_result tell_each(struct journal *journal) {
    struct twin twin;
    enum journal_result result = find_twin(journal, &twin);
    while (result == JOURNAL_OK) {
        result = tell_twin(journal, &twin);
        if (result != JOURNAL_OK)
            return result;
        result = find_twin(journal, &twin);
    }
    return result == JOURNAL_NOT_FOUND ? JOURNAL_OK : result;
}

enum journal_result journal_tell_twins(struct journal *journal) {
    enum journal_result result = journal_read_head(journal, &journal->head);
    if (result == JOURNAL_OK)
        result = tell_each(journal);
    return result == JOURNAL_OK ? journal_write_head(journal) : result;
}
