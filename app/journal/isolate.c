/* Orders that cannot be read back: each becomes a case of its own, so that one order's damage stops
 * no other. What stands of its rows is the evidence; the person's numbers are left out. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/journal/parts.h"

struct unreadable {
    char order_no[ORDER_NO_SIZE];
    char why[sizeof((struct journal *)0)->error];
};

struct unreadable_list {
    int count, room;
    bool failed; /* no memory */
    struct unreadable *items;
};

static bool note_unreadable(void *context, const char *order_no, const char *why) {
    struct unreadable_list *list = context;
    if (list->count == list->room) {
        int room = list->room ? 2 * list->room : 8;
        struct unreadable *items = realloc(list->items, (size_t)room * sizeof *items);
        list->failed = !items;
        if (!items)
            return false;
        list->items = items;
        list->room = room;
    }
    struct unreadable *item = &list->items[list->count++];
    snprintf(item->order_no, sizeof item->order_no, "%s", order_no);
    snprintf(item->why, sizeof item->why, "%s", why);
    return true;
}

static bool pass_readable(void *context, const struct order *order) {
    (void)context, (void)order;
    return true;
}

/* Collected first: nothing is written while rows are walked. */
static enum journal_result list_unreadable(struct journal *journal, struct unreadable_list *list) {
    journal_told *told = journal->unreadable.told;
    void *context = journal->unreadable.context;
    journal_on_unreadable(journal, note_unreadable, list);
    enum journal_result result = journal_each_open(journal, pass_readable, NULL);
    journal_on_unreadable(journal, told, context);
    return list->failed ? journal_say(journal, JOURNAL_IO, "out of memory") : result;
}

/* The order's cases for this reason: all of them, and those that are open. */
static enum journal_result count_decisions(struct journal *journal, const char *order_no, int *all,
                                           int *open) {
    sqlite3_stmt *statement = journal_statement(journal, STATEMENT_DECISION);
    if (!statement)
        return journal_fail(journal, "cases");
    journal_bind_text(statement, 1, order_no);
    int step = sqlite3_step(statement);
    if (step == SQLITE_ROW) {
        *all = sqlite3_column_int(statement, 0);
        *open = sqlite3_column_int(statement, 1);
    }
    enum journal_result result = step == SQLITE_ROW ? JOURNAL_OK : journal_fail(journal, "cases");
    sqlite3_reset(statement);
    return result;
}

/* One row as it stands, also where a value is none of ours. */
static void add_raw_row(enum table table, sqlite3_stmt *statement, struct text *out) {
    struct value values[COLUMNS_MAX];
    bool numbered = table_shapes[table].numbered;
    row_fetch(table, statement, numbered ? 2 : 1, values);
    text_word(out, ",\"");
    text_word(out, table_shapes[table].name);
    if (numbered) {
        text_word(out, "/");
        text_number(out, sqlite3_column_int64(statement, 1));
    }
    text_word(out, "\":");
    row_json(table, values, out);
}

/* A table that cannot be read at all is left out. */
static void add_raw_rows(struct journal *journal, enum table table, const char *order_no,
                         struct text *out) {
    sqlite3_stmt *statement = table_shapes[table].numbered ? journal_parts_of(journal, table)
                                                           : journal_select(journal, table);
    if (!statement)
        return;
    journal_bind_text(statement, 1, order_no);
    while (sqlite3_step(statement) == SQLITE_ROW)
        add_raw_row(table, statement, out);
    sqlite3_reset(statement);
}

static void make_evidence(struct journal *journal, const struct unreadable *item,
                          struct text *out) {
    text_word(out, "{\"unreadable\":");
    text_json_string(out, item->why);
    for (int table = 0; table < TABLE_COUNT; table++)
        if (table_shapes[table].in_events && table != TABLE_CASES && table != TABLE_OUTBOX)
            add_raw_rows(journal, (enum table)table, item->order_no, out);
    text_word(out, "}");
}

static enum journal_result write_unreadable_case(struct journal *journal,
                                                 const struct unreadable *item, int64_t wall_ms) {
    static const char part[] = "order";
    struct text evidence = {0};
    make_evidence(journal, item, &evidence);
    enum journal_result result = journal_start(journal);
    if (result == JOURNAL_OK) {
        journal_open_payload(journal, part);
        result = journal_open_case(journal, item->order_no, part, CASE_UNREADABLE, wall_ms);
        if (result == JOURNAL_OK)
            result = journal_append(journal, NOTE_CASE, item->order_no,
                                    evidence.failed ? "" : evidence.data, wall_ms);
        result = journal_finish(journal, result);
    }
    text_free(&evidence);
    return result;
}

static enum journal_result isolate_order(struct journal *journal, const struct unreadable *item,
                                         int64_t wall_ms) {
    journal_check_orders(journal, false);
    enum journal_result result = write_unreadable_case(journal, item, wall_ms);
    journal_check_orders(journal, true);
    return result;
}

static enum journal_result decide_each(struct journal *journal, const struct unreadable_list *list,
                                       bool isolate, int64_t wall_ms, int *undecided) {
    enum journal_result result = JOURNAL_OK;
    for (int i = 0; i < list->count && result == JOURNAL_OK; i++) {
        const struct unreadable *item = &list->items[i];
        int all = 0, open = 0;
        result = count_decisions(journal, item->order_no, &all, &open);
        if (result == JOURNAL_OK && all == 0 && isolate)
            result = isolate_order(journal, item, wall_ms);
        *undecided += all == 0 || open > 0;
    }
    return result;
}

static enum journal_result look_for_unreadable(struct journal *journal, bool isolate,
                                               int64_t wall_ms, int *undecided) {
    struct unreadable_list list = {0};
    *undecided = 0;
    enum journal_result result = list_unreadable(journal, &list);
    if (result == JOURNAL_OK)
        result = decide_each(journal, &list, isolate, wall_ms, undecided);
    free(list.items);
    return result;
}

enum journal_result journal_isolate(struct journal *journal, int64_t wall_ms, int *undecided) {
    return look_for_unreadable(journal, true, wall_ms, undecided);
}

enum journal_result journal_count_undecided(struct journal *journal, int *undecided) {
    return look_for_unreadable(journal, false, 0, undecided);
}
