/* A cashier's shifts: when each began and ended, the cash of it, and what was counted then. How one
 * ended is told in the chain too, by an event of the newest order: what was counted can be found
 * nowhere else. One that ended before the first order is told with the next that ends. */
#include <stdio.h>

#include "app/journal/parts.h"

static enum journal_result begin_shift(struct journal *journal, const char *by, int64_t wall_ms) {
    sqlite3_stmt *statement = journal_statement(journal, STATEMENT_BEGIN_SHIFT);
    if (!statement)
        return journal_fail(journal, "beginning a shift");
    sqlite3_bind_int64(statement, 1, wall_ms);
    journal_bind_text(statement, 2, by);
    return journal_step_done(journal, statement, "beginning a shift");
}

static void take_shift(sqlite3_stmt *statement, struct journal_shift *out) {
    const unsigned char *by = sqlite3_column_text(statement, 1);
    *out = (struct journal_shift){.began_ms = sqlite3_column_int64(statement, 0),
                                  .ended_ms = sqlite3_column_int64(statement, 2),
                                  .taken.fen = sqlite3_column_int64(statement, 3),
                                  .returned.fen = sqlite3_column_int64(statement, 4),
                                  .held.fen = sqlite3_column_int64(statement, 5),
                                  .counted.fen = sqlite3_column_int64(statement, 6)};
    snprintf(out->by, sizeof out->by, "%s", by == NULL ? "" : (const char *)by);
}

static enum journal_result open_shift(struct journal *journal, struct journal_shift *out,
                                      bool *found) {
    sqlite3_stmt *statement = journal_statement(journal, STATEMENT_SHIFT);
    *found = false;
    if (!statement)
        return journal_fail(journal, "reading the shift");
    int step = sqlite3_step(statement);
    enum journal_result result = JOURNAL_OK;
    if (step == SQLITE_ROW) {
        take_shift(statement, out);
        out->after = sqlite3_column_int64(statement, 7);
        *found = true;
    } else if (step != SQLITE_DONE) {
        result = journal_fail(journal, "reading the shift");
    }
    sqlite3_reset(statement);
    return result;
}

/* It began by a clock that was set back since: it begins with the day, or where another has ended
 * since; now, where the one before it ended by that clock and the chain tells what is of it. */
static enum journal_result begin_earlier(struct journal *journal, int64_t wall_ms,
                                         struct journal_shift *shift) {
    sqlite3_stmt *statement = journal_statement(journal, STATEMENT_MOVE_SHIFT);
    if (!statement)
        return journal_fail(journal, "moving a shift");
    sqlite3_bind_int64(statement, 1, policy_day_start_ms(wall_ms));
    sqlite3_bind_int64(statement, 2, wall_ms);
    int step = sqlite3_step(statement);
    if (step == SQLITE_ROW) {
        shift->began_ms = sqlite3_column_int64(statement, 0);
        step = sqlite3_step(statement);
    }
    sqlite3_reset(statement);
    return step == SQLITE_DONE ? JOURNAL_OK : journal_fail(journal, "moving a shift");
}

enum journal_result journal_take_shift(struct journal *journal, const char *by, int64_t wall_ms,
                                       struct journal_shift *out) {
    bool found;
    enum journal_result result = open_shift(journal, out, &found);
    if (result != JOURNAL_OK || (found && out->began_ms <= wall_ms))
        return result;
    result = journal_begin(journal);
    if (result != JOURNAL_OK)
        return result;
    if (found)
        return journal_end(journal, begin_earlier(journal, wall_ms, out));
    *out = (struct journal_shift){.began_ms = wall_ms};
    snprintf(out->by, sizeof out->by, "%s", by);
    return journal_end(journal, begin_shift(journal, by, wall_ms));
}

struct shift_walk {
    struct journal *journal;
    const struct journal_shift *of;
    void (*visit)(void *, const struct order *, const struct order_since *);
    void *context;
    enum journal_result result;
};

/* The clock of the order, as far as the chain does not tell where the shift begins. */
static void since_by_clock(const struct journal_shift *of, const struct order *order,
                           struct order_since *out) {
    out->opened = order->created_ms >= of->began_ms;
    for (int i = 0; i < order->refund_count; i++)
        out->refunded[i] = order->refunds[i].done_ms >= of->began_ms;
}

static enum journal_result since_by_chain(const struct shift_walk *walk, const struct order *order,
                                          struct order_since *out) {
    sqlite3_stmt *statement = journal_statement(walk->journal, STATEMENT_WRITTEN_SINCE);
    int step = SQLITE_DONE;
    if (!statement)
        return journal_fail(walk->journal, "what is of a shift");
    journal_bind_text(statement, 1, order->no);
    sqlite3_bind_int64(statement, 2, walk->of->after);
    while ((step = sqlite3_step(statement)) == SQLITE_ROW) {
        int refund = sqlite3_column_int(statement, 1);
        if (sqlite3_column_int(statement, 0) != 0)
            out->opened = true;
        else if (refund >= 0 && refund < REFUNDS_MAX)
            out->refunded[refund] = true;
    }
    sqlite3_reset(statement);
    return step == SQLITE_DONE ? JOURNAL_OK : journal_fail(walk->journal, "what is of a shift");
}

static bool visit_of_shift(void *context, const struct order *order) {
    struct shift_walk *walk = context;
    struct order_since since = {.opened = false};
    if (walk->of->after == 0)
        since_by_clock(walk->of, order, &since);
    else
        walk->result = since_by_chain(walk, order, &since);
    if (walk->result == JOURNAL_OK)
        walk->visit(walk->context, order, &since);
    return walk->result == JOURNAL_OK;
}

enum journal_result
journal_each_of_shift(struct journal *journal, const struct journal_shift *of, int64_t since_ms,
                      void (*visit)(void *, const struct order *, const struct order_since *),
                      void *context) {
    struct shift_walk walk = {journal, of, visit, context, JOURNAL_OK};
    sqlite3_stmt *statement = journal_statement(journal, STATEMENT_OF_SHIFT);
    if (!statement)
        return journal_fail(journal, "orders of a shift");
    sqlite3_bind_int64(statement, 1, since_ms);
    sqlite3_bind_int64(statement, 2, of->after);
    enum journal_result result = journal_show_orders(journal, statement, visit_of_shift, &walk);
    return result == JOURNAL_OK ? walk.result : result;
}

static enum journal_result end_shift(struct journal *journal, const struct journal_shift *shift) {
    sqlite3_stmt *statement = journal_statement(journal, STATEMENT_END_SHIFT);
    if (!statement)
        return journal_fail(journal, "ending a shift");
    sqlite3_bind_int64(statement, 1, shift->ended_ms);
    sqlite3_bind_int64(statement, 2, shift->taken.fen);
    sqlite3_bind_int64(statement, 3, shift->returned.fen);
    sqlite3_bind_int64(statement, 4, shift->held.fen);
    sqlite3_bind_int64(statement, 5, shift->counted.fen);
    sqlite3_bind_int64(statement, 6, shift->began_ms);
    enum journal_result result = journal_step_done(journal, statement, "ending a shift");
    if (result == JOURNAL_OK && sqlite3_changes(journal->db) != 1)
        result = journal_say(journal, JOURNAL_NOT_FOUND, "that shift has ended");
    return result;
}

/* Tells of the oldest shift that the chain does not tell of yet; false: there is none, or no order
 * to tell it of. */
static enum journal_result tell_shift(struct journal *journal, int64_t wall_ms, bool *told) {
    sqlite3_stmt *statement = journal_statement(journal, STATEMENT_UNTOLD_SHIFT);
    char order_no[ORDER_NO_SIZE] = "";
    if (!statement)
        return journal_fail(journal, "telling of a shift");
    int step = sqlite3_step(statement);
    *told = step == SQLITE_ROW && sqlite3_column_type(statement, 0) != SQLITE_NULL;
    if (*told) {
        journal_copy_text(statement, 0, order_no, sizeof order_no);
        journal_open_payload(journal, "shift");
        text_word(&journal->payload, ",\"shift\":");
        text_word(&journal->payload, journal_text_at(statement, 1));
    }
    sqlite3_reset(statement);
    if (step != SQLITE_ROW && step != SQLITE_DONE)
        return journal_fail(journal, "telling of a shift");
    return *told ? journal_append(journal, NOTE_SHIFT_ENDED, order_no, "", wall_ms) : JOURNAL_OK;
}

enum journal_result journal_end_shift(struct journal *journal, const struct journal_shift *shift,
                                      const char *next_by) {
    enum journal_result result = journal_start(journal);
    if (result != JOURNAL_OK)
        return result;
    result = end_shift(journal, shift);
    for (bool told = true; result == JOURNAL_OK && told;)
        result = tell_shift(journal, shift->ended_ms, &told);
    if (result == JOURNAL_OK)
        result = begin_shift(journal, next_by, shift->ended_ms);
    return journal_finish(journal, result);
}

enum journal_result journal_each_shift(struct journal *journal,
                                       bool (*visit)(void *, const struct journal_shift *),
                                       void *context) {
    sqlite3_stmt *statement = journal_statement(journal, STATEMENT_SHIFTS);
    bool more = true;
    int step = SQLITE_DONE;
    if (!statement)
        return journal_fail(journal, "reading the shifts");
    while (more && (step = sqlite3_step(statement)) == SQLITE_ROW) {
        struct journal_shift shift;
        take_shift(statement, &shift);
        more = visit(context, &shift);
    }
    sqlite3_reset(statement);
    return !more || step == SQLITE_DONE ? JOURNAL_OK : journal_fail(journal, "reading the shifts");
}
