/* Rows become orders again. */
#include <stdio.h>
#include <string.h>

#include "app/base/clock.h"
#include "app/journal/parts.h"

#define DAY_MS INT64_C(86400000)

struct journal_event journal_event_at(sqlite3_stmt *statement) {
    return (struct journal_event){
        sqlite3_column_int64(statement, 0), sqlite3_column_int64(statement, 1),
        journal_text_at(statement, 2),      journal_text_at(statement, 3),
        journal_text_at(statement, 4),      journal_text_at(statement, 5)};
}

static enum journal_result report_unreadable(struct journal *journal, enum table table,
                                             const char *order_no) {
    return journal_say(journal, JOURNAL_CORRUPT, "%s of order %s: a value this program cannot hold",
                       table_shapes[table].name, order_no);
}

/* The one row of an unnumbered table; *found tells whether it stands. */
static enum journal_result load_row(struct journal *journal, enum table table, const char *order_no,
                                    void *row, bool *found) {
    struct value values[COLUMNS_MAX];
    sqlite3_stmt *statement = journal_select(journal, table);
    if (!statement)
        return journal_fail(journal, table_shapes[table].name);
    journal_bind_text(statement, 1, order_no);
    enum journal_result result = JOURNAL_OK;
    int step = sqlite3_step(statement);
    *found = step == SQLITE_ROW;
    if (*found) {
        row_fetch(table, statement, 1, values);
        if (!row_give(table, values, row))
            result = report_unreadable(journal, table, order_no);
    } else if (step != SQLITE_DONE) {
        result = journal_fail(journal, table_shapes[table].name);
    }
    sqlite3_reset(statement);
    return result;
}

/* The parts of an order, numbered from 0 without a gap. */
static enum journal_result load_parts(struct journal *journal, enum table table,
                                      const char *order_no, void *rows, size_t row_size, int max,
                                      int *count) {
    struct value values[COLUMNS_MAX];
    sqlite3_stmt *statement = journal_parts_of(journal, table);
    if (!statement)
        return journal_fail(journal, table_shapes[table].name);
    journal_bind_text(statement, 1, order_no);
    enum journal_result result = JOURNAL_OK;
    int step;
    *count = 0;
    while (result == JOURNAL_OK && (step = sqlite3_step(statement)) != SQLITE_DONE) {
        if (step != SQLITE_ROW) {
            result = journal_fail(journal, table_shapes[table].name);
            break;
        }
        row_fetch(table, statement, 2, values);
        if (*count == max || sqlite3_column_int64(statement, 1) != *count ||
            !row_give(table, values, (char *)rows + (size_t)*count * row_size))
            result = report_unreadable(journal, table, order_no);
        else
            ++*count;
    }
    sqlite3_reset(statement);
    return result;
}

void row_give_order(const struct order_row *row, struct order *out) {
    struct order_person *person = &out->person;
    out->service = row->service;
    out->created_ms = row->created_ms;
    person->account_type = row->account_type;
    memcpy(person->keys.id, row->patient_key, sizeof person->keys.id);
    memcpy(person->keys.cust, row->cust_key, sizeof person->keys.cust);
    memcpy(person->keys.card, row->card_key, sizeof person->keys.card);
    memcpy(out->caller_no, row->caller_no, sizeof out->caller_no);
    memcpy(out->caller_channel, row->caller_channel, sizeof out->caller_channel);
    out->received = row->received;
    snprintf(person->masked_name, sizeof person->masked_name, "%s", row->masked_name);
    snprintf(person->patient_type, sizeof person->patient_type, "%s", row->patient_type);
}

static void give_retry(const struct retry_row *row, struct order_person *person) {
    snprintf(person->mdtrt_cert_type, sizeof person->mdtrt_cert_type, "%s", row->mdtrt_cert_type);
    snprintf(person->mdtrt_cert_no, sizeof person->mdtrt_cert_no, "%s", row->mdtrt_cert_no);
    snprintf(person->cert_no, sizeof person->cert_no, "%s", row->cert_no);
    snprintf(person->his_cust_id, sizeof person->his_cust_id, "%s", row->his_cust_id);
    snprintf(person->his_cust_type, sizeof person->his_cust_type, "%s", row->his_cust_type);
    snprintf(person->whole_name, sizeof person->whole_name, "%s", row->whole_name);
    snprintf(person->pay_token, sizeof person->pay_token, "%s", row->pay_token);
}

static enum journal_result load_head_rows(struct journal *journal, const char *order_no,
                                          struct order *out) {
    struct order_row row = {.seal = ""};
    struct retry_row retry = {.salt = ""};
    bool found, open;
    enum journal_result result = load_row(journal, TABLE_ORDERS, order_no, &row, &found);
    if (result == JOURNAL_OK && !found)
        result = journal_say(journal, JOURNAL_NOT_FOUND, "order %s: not in the journal", order_no);
    if (result == JOURNAL_OK)
        result = load_row(journal, TABLE_RETRY, order_no, &retry, &open);
    if (result == JOURNAL_OK && !row.settled && !open)
        result = journal_say(journal, JOURNAL_CORRUPT, "order %s: its row of retry is missing",
                             order_no);
    if (result != JOURNAL_OK)
        return result;
    row_give_order(&row, out);
    if (open)
        give_retry(&retry, &out->person);
    return JOURNAL_OK;
}

static enum journal_result load_resolved(struct journal *journal, const char *order_no,
                                         struct order *out) {
    struct journal_decisions decisions = {0};
    enum journal_result result =
        journal_each_case(journal, order_no, false, journal_add_decision, &decisions);
    out->resolved = !decisions.open;
    out->kept = decisions.kept;
    return result;
}

static bool has_our_numbers(const struct order *order) {
    bool ours = order_no_is_ours(order->no);
    for (int i = 0; i < order->leg_count; i++)
        ours = ours && order_no_is_ours(order->legs[i].no);
    for (int i = 0; i < order->refund_count; i++)
        ours = ours && order_no_is_ours(order->refunds[i].no);
    return ours;
}

enum journal_result journal_load(struct journal *journal, const char *number, struct order *out) {
    char order_no[ORDER_NO_SIZE]; /* `number` may be out->no */
    if (strlen(number) >= sizeof order_no)
        return journal_say(journal, JOURNAL_NOT_FOUND, "not an order's number");
    snprintf(order_no, sizeof order_no, "%s", number);
    memset(out, 0, sizeof *out);
    memcpy(out->no, order_no, sizeof out->no);
    enum journal_result result = load_head_rows(journal, order_no, out);
    if (result == JOURNAL_OK)
        result = load_parts(journal, TABLE_LEGS, order_no, out->legs, sizeof *out->legs, LEGS_MAX,
                            &out->leg_count);
    if (result == JOURNAL_OK)
        result = load_parts(journal, TABLE_CLAIMS, order_no, out->claims, sizeof *out->claims,
                            CLAIMS_MAX, &out->claim_count);
    if (result == JOURNAL_OK)
        result = load_parts(journal, TABLE_SHARES, order_no, out->shares, sizeof *out->shares,
                            SHARES_MAX, &out->share_count);
    if (result == JOURNAL_OK)
        result = load_parts(journal, TABLE_REFUNDS, order_no, out->refunds, sizeof *out->refunds,
                            REFUNDS_MAX, &out->refund_count);
    if (result == JOURNAL_OK && !order_is_sound(out))
        result = journal_say(journal, JOURNAL_CORRUPT,
                             "order %s: its amounts contradict each other", order_no);
    if (result == JOURNAL_OK && !has_our_numbers(out))
        result = journal_say(journal, JOURNAL_CORRUPT, "order %s: a number that is none of ours",
                             order_no);
    if (result == JOURNAL_OK && order_has_case(out))
        result = load_resolved(journal, order_no, out);
    if (result == JOURNAL_OK)
        result = journal_load_to_window(journal, order_no, &out->to_window);
    return result;
}

enum journal_result journal_load_called(struct journal *journal, const char *caller_no,
                                        struct order *out) {
    char order_no[ORDER_NO_SIZE] = "", key[HOLD_KEY_SIZE];
    sqlite3_stmt *statement = journal_statement(journal, STATEMENT_OF_CALLER);
    if (!statement)
        return journal_fail(journal, "orders");
    journal_bind_text(statement, 1, caller_no);
    journal_bind_text(statement, 2, hold_key_of_caller(caller_no, key));
    int step = sqlite3_step(statement);
    if (step == SQLITE_ROW)
        journal_copy_text(statement, 0, order_no, sizeof order_no);
    enum journal_result result = step == SQLITE_ROW    ? JOURNAL_OK
                                 : step == SQLITE_DONE ? JOURNAL_NOT_FOUND
                                                       : journal_fail(journal, "orders");
    sqlite3_reset(statement);
    if (result == JOURNAL_OK)
        result = journal_load(journal, order_no, out);
    /* Its number is taken all the same. */
    if (result == JOURNAL_NOT_FOUND && order_no[0] != '\0')
        result = journal_say(journal, JOURNAL_CORRUPT, "order %s: its row is missing", order_no);
    return result;
}

static enum journal_result find_owner(struct journal *journal, enum statement which, const char *no,
                                      char order_no[ORDER_NO_SIZE]) {
    sqlite3_stmt *statement = journal_statement(journal, which);
    if (!statement)
        return journal_fail(journal, "whose number it is");
    order_no[0] = '\0';
    journal_bind_text(statement, 1, no);
    int step = sqlite3_step(statement);
    if (step == SQLITE_ROW)
        journal_copy_text(statement, 0, order_no, ORDER_NO_SIZE);
    enum journal_result result = step == SQLITE_ROW || step == SQLITE_DONE
                                     ? JOURNAL_OK
                                     : journal_fail(journal, "whose number it is");
    sqlite3_reset(statement);
    return result;
}

enum journal_result journal_refund_owner(struct journal *journal, const char *caller_no,
                                         char order_no[ORDER_NO_SIZE]) {
    return find_owner(journal, STATEMENT_OF_REFUND, caller_no, order_no);
}

enum journal_result journal_trace_owner(struct journal *journal, const char *trace_no, bool refund,
                                        char order_no[ORDER_NO_SIZE]) {
    return find_owner(journal, refund ? STATEMENT_OF_REFUND_TRACE : STATEMENT_OF_TRACE, trace_no,
                      order_no);
}

enum journal_result journal_receipt_taken(struct journal *journal, const char *call_sn,
                                          const char *order_no, bool *taken) {
    sqlite3_stmt *statement = journal_statement(journal, STATEMENT_RECEIPT);
    if (!statement)
        return journal_fail(journal, "claims");
    journal_bind_text(statement, 1, call_sn);
    journal_bind_text(statement, 2, order_no);
    int step = sqlite3_step(statement);
    *taken = step == SQLITE_ROW;
    enum journal_result result =
        step == SQLITE_ROW || step == SQLITE_DONE ? JOURNAL_OK : journal_fail(journal, "claims");
    sqlite3_reset(statement);
    return result;
}

void journal_on_unreadable(struct journal *journal, journal_told *told, void *context) {
    journal->unreadable.told = told;
    journal->unreadable.context = context;
}

/* One order's fault is not another's. */
static enum journal_result show_order(struct journal *journal, const char *order_no,
                                      bool (*visit)(void *, const struct order *), void *context,
                                      bool *more) {
    enum journal_result result = journal_load(journal, order_no, journal->scratch);
    bool unreadable = result == JOURNAL_CORRUPT || result == JOURNAL_NOT_FOUND;
    if (result == JOURNAL_OK)
        *more = visit(context, journal->scratch);
    if (!unreadable || !journal->unreadable.told)
        return result;
    *more = journal->unreadable.told(journal->unreadable.context, order_no, journal->error);
    return JOURNAL_OK;
}

enum journal_result journal_show_orders(struct journal *journal, sqlite3_stmt *statement,
                                        bool (*visit)(void *, const struct order *),
                                        void *context) {
    enum journal_result result = JOURNAL_OK;
    bool more = true;
    int step = SQLITE_DONE;
    while (more && result == JOURNAL_OK && (step = sqlite3_step(statement)) == SQLITE_ROW)
        result = show_order(journal, journal_text_at(statement, 0), visit, context, &more);
    if (result == JOURNAL_OK && step != SQLITE_DONE && step != SQLITE_ROW)
        result = journal_fail(journal, "orders");
    sqlite3_reset(statement);
    return result;
}

enum journal_result journal_each_open(struct journal *journal,
                                      bool (*visit)(void *, const struct order *), void *context) {
    sqlite3_stmt *statement = journal_statement(journal, STATEMENT_OPEN_ORDERS);
    return statement ? journal_show_orders(journal, statement, visit, context)
                     : journal_fail(journal, "orders");
}

enum journal_result journal_each_taken_elsewhere(struct journal *journal,
                                                 bool (*visit)(void *, const struct order *),
                                                 void *context) {
    sqlite3_stmt *statement = journal_statement(journal, STATEMENT_ALL_TAKEN_ELSEWHERE);
    return statement ? journal_show_orders(journal, statement, visit, context)
                     : journal_fail(journal, "orders");
}

void journal_bind_keys(sqlite3_stmt *statement, int first, const struct patient_keys *keys) {
    const char *const texts[] = {keys->id, keys->cust, keys->card};
    for (int i = 0; i < 3; i++)
        journal_bind_text(statement, first + i, texts[i][0] ? texts[i] : NULL);
}

enum journal_result journal_each_of_patient(struct journal *journal,
                                            const struct patient_keys *keys,
                                            bool (*visit)(void *, const struct order *),
                                            void *context) {
    sqlite3_stmt *statement = journal_statement(journal, STATEMENT_OF_PATIENT);
    if (!statement)
        return journal_fail(journal, "orders");
    journal_bind_keys(statement, 1, keys);
    return journal_show_orders(journal, statement, visit, context);
}

enum journal_result journal_each(struct journal *journal, int64_t since_ms, int limit,
                                 bool (*visit)(void *, const struct order *), void *context) {
    sqlite3_stmt *statement = journal_statement(journal, STATEMENT_NEWEST);
    if (!statement)
        return journal_fail(journal, "orders");
    sqlite3_bind_int64(statement, 1, since_ms);
    sqlite3_bind_int(statement, 2, limit > 0 ? limit : -1);
    return journal_show_orders(journal, statement, visit, context);
}

/* Numbers begin with the minute and never fall behind the clock: older ones need no look. The day
 * before is looked at too, of which an order may be paid after midnight. */
enum journal_result journal_paid_within(struct journal *journal, int64_t from_ms, int64_t to_ms,
                                        const struct patient_keys *keys, struct fen *out) {
    static const struct patient_keys nobody = {.id = ""};
    char digits[15];
    sqlite3_stmt *statement = journal_statement(journal, STATEMENT_PAID_WITHIN);
    if (!statement)
        return journal_fail(journal, "orders");
    const char *since = clock_digits(from_ms - DAY_MS, digits) + 2; /* yyMMdd and so on */
    journal_bind_keys(statement, 1, keys ? keys : &nobody);
    sqlite3_bind_int(statement, 4, keys == NULL);
    journal_bind_text(statement, 5, since);
    sqlite3_bind_int64(statement, 6, from_ms);
    sqlite3_bind_int64(statement, 7, to_ms);
    enum journal_result result = JOURNAL_OK;
    if (sqlite3_step(statement) == SQLITE_ROW)
        out->fen = sqlite3_column_int64(statement, 0);
    else
        result = journal_fail(journal, "orders");
    sqlite3_reset(statement);
    return result;
}

enum journal_result journal_last_no(struct journal *journal, char out[ORDER_NO_SIZE]) {
    struct head head;
    enum journal_result result = journal_read_head(journal, &head);
    if (result == JOURNAL_OK && head.last_no[0] && !order_no_is_ours(head.last_no))
        return journal_say(journal, JOURNAL_CORRUPT, "head: the last number is none of ours");
    if (result == JOURNAL_OK)
        memcpy(out, head.last_no, ORDER_NO_SIZE);
    return result;
}

enum journal_result journal_each_event(struct journal *journal, const char *order_no,
                                       bool (*visit)(void *, const struct journal_event *),
                                       void *context) {
    sqlite3_stmt *statement = journal_statement(journal, STATEMENT_EVENTS_OF);
    if (!statement)
        return journal_fail(journal, "order_events");
    journal_bind_text(statement, 1, order_no);
    bool more = true;
    int step = SQLITE_DONE;
    while (more && (step = sqlite3_step(statement)) == SQLITE_ROW) {
        struct journal_event event = journal_event_at(statement);
        more = visit(context, &event);
    }
    enum journal_result result =
        !more || step == SQLITE_DONE ? JOURNAL_OK : journal_fail(journal, "order_events");
    sqlite3_reset(statement);
    return result;
}
