/* Cases: what a machine must not decide. A row opens with the part that entered its CASE state, in
 * the same transaction, and stays for ever. */
#include <stdio.h>
#include <string.h>

#include "app/journal/parts.h"

static enum journal_result count_cases(struct journal *journal, const char *order_no, int *out) {
    sqlite3_stmt *statement = journal_statement(journal, STATEMENT_COUNT_CASES);
    if (!statement)
        return journal_fail(journal, "cases");
    journal_bind_text(statement, 1, order_no);
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

/* Takes a row of STATEMENT_CASES; of one that cannot be read what can. Its number within the order.
 */
static int take_case_row(sqlite3_stmt *statement, struct case_row *out) {
    struct value values[COLUMNS_MAX];
    int n = sqlite3_column_int(statement, 1);
    *out = (struct case_row){.state = CASE_OPEN};
    row_fetch(TABLE_CASES, statement, 2, values);
    if (row_give(TABLE_CASES, values, out))
        return n;
    out->reason = CASE_UNREADABLE;
    if (!values[0].text)
        name_case(journal_text_at(statement, 0), n, out->case_no);
    return n;
}

static sqlite3_stmt *bind_cases(struct journal *journal, const char *order_no, bool open_only) {
    sqlite3_stmt *statement = journal_statement(journal, STATEMENT_CASES);
    if (statement) {
        journal_bind_text(statement, 1, order_no);
        sqlite3_bind_int(statement, 2, open_only);
    }
    return statement;
}

/* An open case within its order by the number under which it is shown. */
static enum journal_result find_open_case(struct journal *journal, const char *order_no,
                                          const char *case_no, int *n, struct case_row *row) {
    sqlite3_stmt *statement = bind_cases(journal, order_no, true);
    if (!statement)
        return journal_fail(journal, "cases");
    int step;
    while ((step = sqlite3_step(statement)) == SQLITE_ROW) {
        *n = take_case_row(statement, row);
        if (!strcmp(row->case_no, case_no))
            break;
    }
    enum journal_result result = JOURNAL_OK;
    if (step == SQLITE_DONE)
        result = journal_say(journal, JOURNAL_NOT_FOUND, "%s: no such open case", case_no);
    else if (step != SQLITE_ROW)
        result = journal_fail(journal, "cases");
    sqlite3_reset(statement);
    return result;
}

/* The number of a "claim 0"; -1: it is no claim. */
static int claim_of_part(const char *part) {
    char word[sizeof((struct case_row *)0)->part];
    int n;
    bool good = sscanf(part, "%15s %d", word, &n) == 2 && n >= 0 && n < CLAIMS_MAX &&
                strcmp(word, table_shapes[TABLE_CLAIMS].part) == 0;
    return good ? n : -1;
}

/* A claim is no case of its own when it is credited with another's receipt: the case is about what
 * stands credited of it. */
static struct fen money_of_claim_case(const struct order *order, int n, enum case_reason reason) {
    const struct claim *claim = &order->claims[n];
    if (reason != CASE_CREDITED_TWICE || n >= order->claim_count || claim->state != CLAIM_DONE)
        return order_claim_in_case(order, n);
    return (struct fen){claim->amount.fen - claim->refunded.fen};
}

/* What the case is about. Of an order that cannot be read nobody knows. */
static struct fen money_of_case(struct journal *journal, const char *order_no,
                                const struct case_row *row) {
    char word[sizeof row->part];
    int n, claim = claim_of_part(row->part);
    if (sscanf(row->part, "%15s %d", word, &n) != 2 || n < 0 ||
        journal_load(journal, order_no, journal->scratch) != JOURNAL_OK)
        return (struct fen){0};
    if (strcmp(word, table_shapes[TABLE_LEGS].part) == 0)
        return order_leg_in_case(journal->scratch, n);
    return claim >= 0 ? money_of_claim_case(journal->scratch, claim, row->reason) : (struct fen){0};
}

/* While a person decides nothing of the order goes back at the terminal. Afterwards not what they
 * gave back, nor of what nobody knows whether they did: the patient would have it twice. */
enum journal_result journal_load_to_window(struct journal *journal, const char *order_no,
                                           uint64_t *out) {
    sqlite3_stmt *statement = journal_statement(journal, STATEMENT_TWICE);
    *out = 0;
    if (!statement)
        return journal_fail(journal, "cases");
    journal_bind_text(statement, 1, order_no);
    int step;
    while ((step = sqlite3_step(statement)) == SQLITE_ROW) {
        int claim = claim_of_part(journal_text_at(statement, 0));
        bool open = sqlite3_column_int(statement, 1), stands = sqlite3_column_int(statement, 2);
        if (open || claim < 0)
            *out = UINT64_MAX;
        else if (!stands)
            *out |= UINT64_C(1) << claim;
    }
    enum journal_result result = step == SQLITE_DONE ? JOURNAL_OK : journal_fail(journal, "cases");
    sqlite3_reset(statement);
    return result;
}

/* After which what it was about may be paid again. */
static bool is_not_booked(enum resolution how) {
    return how == RESOLUTION_NONE || how == RESOLUTION_RETURNED || how == RESOLUTION_NO_MONEY;
}

bool journal_add_decision(void *decisions, const struct journal_case *found) {
    struct journal_decisions *all = decisions;
    all->any = true;
    all->open = all->open || !found->resolved;
    all->kept = all->kept || (found->resolved && !is_not_booked(found->how));
    return true;
}

static enum journal_result resolve_row(struct journal *journal,
                                       const struct journal_decision *decision) {
    struct case_row row;
    struct value values[COLUMNS_MAX];
    int n = 0;
    const char *order_no = decision->order_no;
    enum journal_result result = find_open_case(journal, order_no, decision->case_no, &n, &row);
    if (result != JOURNAL_OK)
        return result;
    row.state = CASE_RESOLVED;
    row.resolved_ms = decision->wall_ms;
    row.how = decision->how;
    row.decided = money_of_case(journal, order_no, &row);
    snprintf(row.resolved_by, sizeof row.resolved_by, "%s", decision->by);
    snprintf(row.resolution, sizeof row.resolution, "%s", decision->reason);
    row_take(TABLE_CASES, &row, values);
    journal_open_payload(journal, row.part);
    result = journal_put_row(journal, TABLE_CASES, order_no, n, values);
    if (result == JOURNAL_OK)
        result = journal_free_decided(journal, order_no);
    return result == JOURNAL_OK
               ? journal_append(journal, NOTE_RESOLVED, order_no,
                                decision->evidence ? decision->evidence : "", decision->wall_ms)
               : result;
}

enum journal_result journal_resolve(struct journal *journal,
                                    const struct journal_decision *decision) {
    journal_check_orders(journal, false);
    enum journal_result result = journal_start(journal);
    if (result == JOURNAL_OK)
        result = journal_finish(journal, resolve_row(journal, decision));
    journal_check_orders(journal, true);
    return result;
}

enum journal_result journal_each_case(struct journal *journal, const char *order_no, bool open_only,
                                      bool (*visit)(void *, const struct journal_case *),
                                      void *context) {
    sqlite3_stmt *statement = bind_cases(journal, order_no, open_only);
    struct case_row row;
    if (!statement)
        return journal_fail(journal, "cases");
    int step = SQLITE_DONE;
    bool more = true;
    while (more && (step = sqlite3_step(statement)) == SQLITE_ROW) {
        take_case_row(statement, &row);
        struct journal_case found = {journal_text_at(statement, 0),
                                     row.case_no,
                                     row.part,
                                     row.reason,
                                     row.opened_ms,
                                     row.state == CASE_RESOLVED,
                                     row.resolved_ms,
                                     row.resolved_by,
                                     row.resolution,
                                     row.how,
                                     row.decided};
        more = visit(context, &found);
    }
    enum journal_result result =
        !more || step == SQLITE_DONE ? JOURNAL_OK : journal_fail(journal, "cases");
    sqlite3_reset(statement);
    return result;
}
