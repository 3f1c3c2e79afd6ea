/* Holds: what is being paid or is paid is nobody else's. That nobody takes it twice is a unique
 * index of the table. */
#include <stdio.h>
#include <string.h>

#include "app/core/terms/copy.h"
#include "app/journal/parts.h"

static enum journal_result put_hold(struct journal *journal, const char *order_no, int n,
                                    const struct hold_row *row) {
    struct value values[COLUMNS_MAX];
    row_take(TABLE_HOLDS, row, values);
    return journal_put_row(journal, TABLE_HOLDS, order_no, n, values);
}

/* Who holds a key, or a number without one. JOURNAL_NOT_FOUND: nobody. */
struct holder {
    char order_no[ORDER_NO_SIZE];
    int64_t since_ms;
    int claim;
    bool credited;
};

static enum journal_result find_holder(struct journal *journal, const char *key, const char *number,
                                       struct holder *out) {
    sqlite3_stmt *statement = journal_statement(journal, STATEMENT_HOLDER);
    if (!statement)
        return journal_fail(journal, "holds");
    journal_bind_text(statement, 1, key);
    journal_bind_text(statement, 2, number);
    int step = sqlite3_step(statement);
    enum journal_result result = step == SQLITE_DONE ? JOURNAL_NOT_FOUND : JOURNAL_OK;
    if (step == SQLITE_ROW) {
        char state[16];
        journal_copy_text(statement, 0, out->order_no, sizeof out->order_no);
        out->since_ms = sqlite3_column_int64(statement, 1);
        journal_copy_text(statement, 2, state, sizeof state);
        out->credited = strcmp(state, claim_state_name(CLAIM_DONE)) == 0;
        out->claim = sqlite3_column_int(statement, 3);
    } else if (step != SQLITE_DONE) {
        result = journal_fail(journal, "holds");
    }
    sqlite3_reset(statement);
    return result;
}

/* Held by another; by one of an older version, which holds its numbers without a row here; or let
 * go of by one about which a person has to decide. */
static enum journal_result refuse_holder(struct journal *journal, const struct order *order,
                                         const struct hold *wanted) {
    struct holder holder;
    enum journal_result result =
        find_holder(journal, wanted->key, order->claims[wanted->claim].org_trace_no, &holder);
    if (result == JOURNAL_OK && strcmp(holder.order_no, order->no) != 0)
        return journal_say(journal, JOURNAL_CONFLICT, "%s: held by order %s",
                           order->claims[wanted->claim].org_trace_no, holder.order_no);
    return result == JOURNAL_NOT_FOUND ? JOURNAL_OK : result;
}

/* What became of the first must be known before the same person pays a second. */
static enum journal_result refuse_second_deposit(struct journal *journal,
                                                 const struct order *order) {
    sqlite3_stmt *statement = journal_statement(journal, STATEMENT_UNDECIDED_DEPOSIT);
    if (!statement)
        return journal_fail(journal, "holds");
    journal_bind_keys(statement, 1, &order->person.keys);
    journal_bind_text(statement, 4, order->no);
    int step = sqlite3_step(statement);
    enum journal_result result = JOURNAL_OK;
    if (step == SQLITE_ROW)
        result =
            journal_say(journal, JOURNAL_CONFLICT, "a deposit of this person is not decided: %s",
                        journal_text_at(statement, 0));
    else if (step != SQLITE_DONE)
        result = journal_fail(journal, "holds");
    sqlite3_reset(statement);
    return result;
}

static enum journal_result take_holds(struct journal *journal, const struct journal_write *write) {
    enum journal_result result = JOURNAL_OK;
    /* Who calls the desk names each payment by a number: that is what is paid once. */
    bool of_visit = write->order->caller_no[0] == '\0';
    if (of_visit && write->order->service == SERVICE_DEPOSIT)
        result = refuse_second_deposit(journal, write->order);
    for (int n = 0; n < write->hold_count && result == JOURNAL_OK; n++) {
        struct hold_row row = {.claim = write->holds[n].claim, .held = true};
        text_copy(row.key, sizeof row.key, write->holds[n].key);
        if (row.claim != HOLD_OF_ORDER) /* which is refused by the table itself */
            result = refuse_holder(journal, write->order, &write->holds[n]);
        if (result == JOURNAL_OK)
            result = put_hold(journal, write->order->no, n, &row);
    }
    return result;
}

/* The claim's first row of this statement; JOURNAL_NOT_FOUND: it has none. */
static enum journal_result find_hold(struct journal *journal, enum statement which,
                                     const char *order_no, int claim, int *n,
                                     struct hold_row *out) {
    sqlite3_stmt *statement = journal_statement(journal, which);
    if (!statement)
        return journal_fail(journal, "holds");
    journal_bind_text(statement, 1, order_no);
    sqlite3_bind_int(statement, 2, claim);
    int step = sqlite3_step(statement);
    enum journal_result result = step == SQLITE_DONE ? JOURNAL_NOT_FOUND : JOURNAL_OK;
    if (step == SQLITE_ROW) {
        *n = sqlite3_column_int(statement, 0);
        *out = (struct hold_row){.claim = (uint8_t)claim};
        journal_copy_text(statement, 2, out->key, sizeof out->key);
    } else if (step != SQLITE_DONE) {
        result = journal_fail(journal, "holds");
    }
    sqlite3_reset(statement);
    return result;
}

/* Lets go of all that the claim has, or takes all of it again that is nobody's by now. */
static enum journal_result set_claim_holds(struct journal *journal, const char *order_no, int claim,
                                           bool held) {
    enum statement which = held ? STATEMENT_FREED_OF : STATEMENT_HELD_OF;
    struct hold_row row;
    int n = 0;
    enum journal_result result;
    while ((result = find_hold(journal, which, order_no, claim, &n, &row)) == JOURNAL_OK) {
        row.held = held;
        result = put_hold(journal, order_no, n, &row);
        if (result != JOURNAL_OK)
            return result;
    }
    return result == JOURNAL_NOT_FOUND ? JOURNAL_OK : result;
}

/* What people have decided of one part of an order. */
struct part_decisions {
    char part[24];
    struct journal_decisions all;
};

static bool add_decision_of_part(void *context, const struct journal_case *found) {
    struct part_decisions *decisions = context;
    return strcmp(found->part, decisions->part) != 0 ||
           journal_add_decision(&decisions->all, found);
}

/* One bill of an order may be paid again though another of its bills is booked, or nobody knows;
 * not one of which only a part was for a person. A bill that was on its way back and got stuck is
 * held again until somebody has decided. */
static enum journal_result hold_claim_in_case(struct journal *journal, const struct order *order,
                                              int claim) {
    struct part_decisions decisions = {.part = ""};
    snprintf(decisions.part, sizeof decisions.part, "%s %d", table_shapes[TABLE_CLAIMS].part,
             claim);
    enum journal_result result =
        journal_each_case(journal, order->no, false, add_decision_of_part, &decisions);
    bool given_up = decisions.all.any && !decisions.all.open && !decisions.all.kept &&
                    !order_rest_is_booked(order, claim);
    return result == JOURNAL_OK ? set_claim_holds(journal, order->no, claim, !given_up) : result;
}

static enum journal_result adjust_holds(struct journal *journal, const struct order *order) {
    enum journal_result result = JOURNAL_OK;
    for (int i = 0; i < order->claim_count && result == JOURNAL_OK; i++)
        if (!order_claim_holds(order, i))
            result = set_claim_holds(journal, order->no, i, false);
        else if (order->claims[i].state == CLAIM_CASE)
            result = hold_claim_in_case(journal, order, i);
    return result;
}

enum journal_result journal_put_holds(struct journal *journal, const struct journal_write *write) {
    return write->hold_count > 0 ? take_holds(journal, write) : adjust_holds(journal, write->order);
}

/* Of an order that cannot be read. JOURNAL_NOT_FOUND: there is none that it still holds. */
static enum journal_result find_given_up(struct journal *journal, const char *order_no,
                                         bool given_up, int *claim) {
    sqlite3_stmt *statement = journal_statement(journal, STATEMENT_GIVEN_UP_OF);
    if (!statement)
        return journal_fail(journal, "holds");
    journal_bind_text(statement, 1, order_no);
    sqlite3_bind_int(statement, 2, given_up);
    sqlite3_bind_int(statement, 3, CLAIMS_MAX);
    int step = sqlite3_step(statement);
    enum journal_result result = step == SQLITE_DONE ? JOURNAL_NOT_FOUND : JOURNAL_OK;
    if (step == SQLITE_ROW)
        *claim = sqlite3_column_int(statement, 0);
    else if (step != SQLITE_DONE)
        result = journal_fail(journal, "holds");
    sqlite3_reset(statement);
    return result;
}

/* An open order that cannot be read is decided about as a whole; of one that was settled before it
 * was damaged a case names its part. */
static enum journal_result free_unreadable(struct journal *journal, const char *order_no) {
    struct journal_decisions decisions = {0};
    int claim = -1;
    enum journal_result result =
        journal_each_case(journal, order_no, false, journal_add_decision, &decisions);
    bool given_up = decisions.any && !decisions.open && !decisions.kept;
    while (result == JOURNAL_OK) {
        result = find_given_up(journal, order_no, given_up, &claim);
        if (result == JOURNAL_OK)
            result = set_claim_holds(journal, order_no, claim, false);
    }
    return result == JOURNAL_NOT_FOUND ? JOURNAL_OK : result;
}

enum journal_result journal_free_decided(struct journal *journal, const char *order_no) {
    enum journal_result result = journal_load(journal, order_no, journal->scratch);
    if (result == JOURNAL_OK)
        return adjust_holds(journal, journal->scratch);
    return result == JOURNAL_CORRUPT || result == JOURNAL_NOT_FOUND
               ? free_unreadable(journal, order_no)
               : result;
}

static enum journal_result mark_by(struct journal *journal, const char *key, const char *number,
                                   struct bill *bill) {
    struct holder holder;
    enum journal_result result = find_holder(journal, key, number, &holder);
    if (result == JOURNAL_OK) {
        bill->hold = holder.credited ? BILL_PAID : BILL_BEING_PAID;
        bill->held_ms = holder.since_ms;
        bill->held_claim = holder.claim;
        text_copy(bill->held_by, sizeof bill->held_by, holder.order_no);
    }
    return result == JOURNAL_NOT_FOUND ? JOURNAL_OK : result;
}

/* Any overlap is taken. */
static enum journal_result mark_bill(struct journal *journal, const struct bill_list *bills,
                                     struct bill *bill) {
    char key[HOLD_KEY_SIZE];
    enum journal_result result =
        mark_by(journal, hold_key_of_number(bill->org_trace_no, key), bill->org_trace_no, bill);
    for (int i = 0; i < bill->line_count && result == JOURNAL_OK && bill->hold == BILL_FREE; i++) {
        const struct bill_line *line = &bills->lines[bill->first_line + i];
        if (line->key[0] != '\0')
            result = mark_by(journal, line->key, "", bill);
    }
    return result;
}

enum journal_result journal_mark_held(struct journal *journal, struct bill_list *bills) {
    enum journal_result result = JOURNAL_OK;
    for (int i = 0; i < bills->bill_count && result == JOURNAL_OK; i++)
        result = mark_bill(journal, bills, &bills->bills[i]);
    return result;
}
