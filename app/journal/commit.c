/* What happened becomes rows: the changed rows of an order and one event that holds them, in one
 * transaction. */
#include <stdio.h>
#include <string.h>

#include "app/base/log.h"
#include "app/journal/parts.h"

static int column_of(enum table table, const char *name) {
    const struct table_shape *shape = &table_shapes[table];
    for (int i = 0; i < shape->column_count; i++)
        if (!strcmp(shape->columns[i].name, name))
            return i;
    return -1;
}

/* One money, one case: a refund that needs a person takes its claim or leg with it. */
static bool is_case(enum table table, const struct value *values) {
    int state = column_of(table, "state");
    return table != TABLE_REFUNDS && table_shapes[table].numbered && state >= 0 &&
           !strcmp(values[state].text, "case");
}

/* Whether a row must be written, from what stands there now. */
struct change {
    bool wanted, opens_case;
    bool names_receipt; /* call_sn is new */
};

static bool names_receipt(enum table table, const struct value *was, const struct value *is) {
    if (table != TABLE_CLAIMS)
        return false;
    int receipt = column_of(table, "call_sn");
    return is[receipt].text[0] != '\0' && strcmp(was[receipt].text, is[receipt].text) != 0;
}

static enum journal_result compare_row(struct journal *journal, enum table table,
                                       const char *order_no, int n, const struct value *is,
                                       struct change *out) {
    struct value was[COLUMNS_MAX];
    sqlite3_stmt *statement = journal_select(journal, table);
    if (!statement)
        return journal_fail(journal, table_shapes[table].name);
    int first = journal_bind_key(statement, table, order_no, n) - 1;
    enum journal_result result = JOURNAL_OK;
    int step = sqlite3_step(statement);
    *out = (struct change){.wanted = true, .opens_case = is_case(table, is)};
    if (step == SQLITE_ROW) {
        row_fetch(table, statement, first, was);
        int column = row_difference(table, was, is);
        out->wanted = column >= 0;
        out->opens_case = out->opens_case && !is_case(table, was);
        out->names_receipt = names_receipt(table, was, is);
        if (column >= 0 && table_shapes[table].columns[column].fixed)
            result = journal_say(journal, JOURNAL_CORRUPT, "%s %d of order %s: %s may not change",
                                 table_shapes[table].part, n, order_no,
                                 table_shapes[table].columns[column].name);
    } else if (step != SQLITE_DONE) {
        result = journal_fail(journal, table_shapes[table].name);
    }
    sqlite3_reset(statement);
    return result;
}

/* An observation is never refused: a receipt that stands on another claim too is written, and is a
 * case. */
static enum journal_result look_for_same_receipt(struct journal *journal,
                                                 const struct journal_write *write, int n,
                                                 const char *part) {
    sqlite3_stmt *statement = journal_statement(journal, STATEMENT_SAME_RECEIPT);
    if (!statement)
        return journal_fail(journal, "claims");
    journal_bind_text(statement, 1, write->order->claims[n].call_sn);
    journal_bind_text(statement, 2, write->order->no);
    sqlite3_bind_int(statement, 3, n);
    int step = sqlite3_step(statement);
    enum journal_result result =
        step == SQLITE_ROW || step == SQLITE_DONE ? JOURNAL_OK : journal_fail(journal, "claims");
    sqlite3_reset(statement);
    return step == SQLITE_ROW ? journal_open_case(journal, write->order->no, part,
                                                  CASE_CREDITED_TWICE, write->wall_ms)
                              : result;
}

static enum journal_result put_part(struct journal *journal, enum table table,
                                    const struct journal_write *write, int n, const void *row,
                                    enum case_reason reason) {
    struct value values[COLUMNS_MAX];
    struct change change = {0};
    char part[16];
    row_take(table, row, values);
    enum journal_result result = compare_row(journal, table, write->order->no, n, values, &change);
    if (result == JOURNAL_OK && change.wanted)
        result = journal_put_row(journal, table, write->order->no, n, values);
    snprintf(part, sizeof part, "%s %d", table_shapes[table].part, n);
    if (result == JOURNAL_OK && change.opens_case)
        result = journal_open_case(journal, write->order->no, part, reason, write->wall_ms);
    if (result == JOURNAL_OK && change.names_receipt)
        result = look_for_same_receipt(journal, write, n, part);
    return result;
}

static void note_no(struct journal *journal, const char *no) {
    if (strcmp(no, journal->head.last_no) > 0)
        snprintf(journal->head.last_no, sizeof journal->head.last_no, "%s", no);
}

static enum journal_result put_parts(struct journal *journal, const struct journal_write *write) {
    const struct order *order = write->order;
    enum journal_result result = JOURNAL_OK;
    for (int i = 0; i < order->leg_count && result == JOURNAL_OK; i++) {
        const struct leg *leg = &order->legs[i];
        note_no(journal, leg->no);
        result = put_part(journal, TABLE_LEGS, write, i, leg, leg->reason);
    }
    for (int i = 0; i < order->claim_count && result == JOURNAL_OK; i++) {
        const struct claim *claim = &order->claims[i];
        result = put_part(journal, TABLE_CLAIMS, write, i, claim, claim->reason);
    }
    for (int i = 0; i < order->share_count && result == JOURNAL_OK; i++)
        result = put_part(journal, TABLE_SHARES, write, i, &order->shares[i], CASE_NONE);
    for (int i = 0; i < order->refund_count && result == JOURNAL_OK; i++) {
        const struct refund *refund = &order->refunds[i];
        note_no(journal, refund->no);
        result = put_part(journal, TABLE_REFUNDS, write, i, refund, refund->reason);
    }
    return result;
}

static void make_salt(struct journal *journal, char out[33]) {
    unsigned char bytes[16];
    journal->vfs->xRandomness(journal->vfs, sizeof bytes, (char *)bytes);
    for (unsigned i = 0; i < sizeof bytes; i++)
        snprintf(out + 2 * i, 3, "%02x", bytes[i]);
}

/* The salt stays while the row stands: only then is an unchanged seal an unchanged person. */
static enum journal_result keep_salt(struct journal *journal, const char *order_no, char out[33],
                                     bool *stands) {
    sqlite3_stmt *statement = journal_select(journal, TABLE_RETRY);
    if (!statement)
        return journal_fail(journal, "retry");
    journal_bind_text(statement, 1, order_no);
    int step = sqlite3_step(statement);
    *stands = step == SQLITE_ROW;
    if (*stands)
        journal_copy_text(statement, 1, out, 33);
    enum journal_result result =
        *stands || step == SQLITE_DONE ? JOURNAL_OK : journal_fail(journal, "retry");
    sqlite3_reset(statement);
    if (result == JOURNAL_OK && !*stands)
        make_salt(journal, out);
    return result;
}

static void fill_retry(const struct order *order, struct retry_row *out) {
    const struct order_person *person = &order->person;
    snprintf(out->mdtrt_cert_type, sizeof out->mdtrt_cert_type, "%s", person->mdtrt_cert_type);
    snprintf(out->mdtrt_cert_no, sizeof out->mdtrt_cert_no, "%s", person->mdtrt_cert_no);
    snprintf(out->cert_no, sizeof out->cert_no, "%s", person->cert_no);
    snprintf(out->his_cust_id, sizeof out->his_cust_id, "%s", person->his_cust_id);
    snprintf(out->his_cust_type, sizeof out->his_cust_type, "%s", person->his_cust_type);
    snprintf(out->whole_name, sizeof out->whole_name, "%s", person->whole_name);
    snprintf(out->pay_token, sizeof out->pay_token, "%s", person->pay_token);
}

static void fill_order_row(const struct order *order, bool settled, struct order_row *out) {
    const struct order_person *person = &order->person;
    out->service = order->service;
    out->created_ms = order->created_ms;
    out->account_type = person->account_type;
    out->state = order_state(order);
    out->settled = settled;
    memcpy(out->patient_key, person->keys.id, sizeof out->patient_key);
    memcpy(out->cust_key, person->keys.cust, sizeof out->cust_key);
    memcpy(out->card_key, person->keys.card, sizeof out->card_key);
    memcpy(out->caller_no, order->caller_no, sizeof out->caller_no);
    memcpy(out->caller_channel, order->caller_channel, sizeof out->caller_channel);
    out->received = order->received;
    snprintf(out->masked_name, sizeof out->masked_name, "%s", person->masked_name);
    snprintf(out->patient_type, sizeof out->patient_type, "%s", person->patient_type);
}

static enum journal_result forget_person(struct journal *journal, const char *order_no) {
    sqlite3_stmt *statement = journal_statement(journal, STATEMENT_FORGET);
    if (!statement)
        return journal_fail(journal, "retry");
    journal_bind_text(statement, 1, order_no);
    enum journal_result result = journal_step_done(journal, statement, "retry");
    journal->log_tells = journal->log_tells || sqlite3_changes(journal->db) > 0;
    return result == JOURNAL_OK ? journal_forget_caller_words(journal, order_no) : result;
}

static enum journal_result put_retry(struct journal *journal, const struct journal_write *write,
                                     char seal[HASH_SIZE]) {
    const struct order *order = write->order;
    struct retry_row row = {.salt = ""};
    struct value values[COLUMNS_MAX];
    struct change change = {.wanted = true};
    bool stands = false;
    enum journal_result result = keep_salt(journal, order->no, row.salt, &stands);
    if (result != JOURNAL_OK)
        return result;
    fill_retry(order, &row);
    result = journal_put_caller_words(journal, write);
    if (result == JOURNAL_OK)
        result = journal_seal(journal, order, &row, seal);
    row_take(TABLE_RETRY, &row, values);
    if (result == JOURNAL_OK && stands)
        result = compare_row(journal, TABLE_RETRY, order->no, 0, values, &change);
    return result == JOURNAL_OK && change.wanted
               ? journal_put_row(journal, TABLE_RETRY, order->no, 0, values)
               : result;
}

static enum journal_result put_order(struct journal *journal, const struct journal_write *write) {
    const struct order *order = write->order;
    struct order_row row = {.seal = ""};
    bool settled = order_settled(order);
    fill_order_row(order, settled, &row);
    note_no(journal, order->no);
    enum journal_result result =
        settled ? forget_person(journal, order->no) : put_retry(journal, write, row.seal);
    if (result == JOURNAL_OK)
        result = put_part(journal, TABLE_ORDERS, write, 0, &row, CASE_NONE);
    return result == JOURNAL_OK ? journal_put_due(journal, order->no, settled) : result;
}

static void name_part(const struct part_note *note, char out[16]) {
    const struct {
        enum table table;
        int n;
    } parts[] = {
        {TABLE_REFUNDS, note->refund}, {TABLE_CLAIMS, note->claim}, {TABLE_LEGS, note->leg}};
    out[0] = '\0';
    for (int i = 0; i < 3 && !out[0]; i++)
        if (parts[i].n != PART_NONE)
            snprintf(out, 16, "%s %d", table_shapes[parts[i].table].part, parts[i].n);
}

static enum journal_result put_rows(struct journal *journal, const struct journal_write *write) {
    enum journal_result result = put_order(journal, write);
    if (result == JOURNAL_OK)
        result = put_parts(journal, write);
    return result == JOURNAL_OK ? journal_put_holds(journal, write) : result;
}

/* What is noted at one moment. */
struct moment {
    const struct part_note *notes;
    int note_count;
    const char *evidence;
    int64_t wall_ms;
};

/* An event a note; the rows stand in the first of the write. */
static enum journal_result put_notes(struct journal *journal, const struct journal_write *write,
                                     const struct moment *moment, bool *begun) {
    enum journal_result result = JOURNAL_OK;
    for (int i = 0; i < moment->note_count && result == JOURNAL_OK; i++) {
        char about[16];
        name_part(&moment->notes[i], about);
        journal_open_payload(journal, about);
        if (!*begun)
            result = put_rows(journal, write);
        *begun = true;
        if (result == JOURNAL_OK)
            result = journal_append(journal, (enum note)moment->notes[i].note, write->order->no,
                                    moment->evidence, moment->wall_ms);
    }
    return result;
}

/* Nothing is left to say where an earlier write of the order has said what was owed: then nothing
 * may have changed, or rows would be called durable that no event holds. */
static enum journal_result put_nothing_new(struct journal *journal,
                                           const struct journal_write *write) {
    journal_open_payload(journal, "");
    size_t empty = journal->payload.length;
    enum journal_result result = put_rows(journal, write);
    ENSURE(result != JOURNAL_OK || journal->payload.length == empty);
    return result;
}

static enum journal_result put_turn(struct journal *journal, const struct journal_write *write) {
    enum journal_result result = JOURNAL_OK;
    bool begun = false;
    for (struct owed *owed = owed_untold(journal->owed, write->order->no);
         owed != NULL && result == JOURNAL_OK; owed = owed_untold(owed->next, write->order->no)) {
        const struct moment then = {owed->notes, owed->note_count, owed->evidence, owed->wall_ms};
        result = put_notes(journal, write, &then, &begun);
        owed->told = true;
    }
    const struct moment now = {write->notes, write->note_count, write->evidence, write->wall_ms};
    if (result == JOURNAL_OK)
        result = put_notes(journal, write, &now, &begun);
    return result == JOURNAL_OK && !begun ? put_nothing_new(journal, write) : result;
}

enum journal_result journal_commit(struct journal *journal, const struct journal_write *writes,
                                   int count) {
    enum journal_result result = journal_start(journal);
    if (result != JOURNAL_OK)
        return result;
    for (int i = 0; i < count && result == JOURNAL_OK; i++)
        result = put_turn(journal, &writes[i]);
    result = journal_finish(journal, result);
    owed_end(&journal->owed, result == JOURNAL_OK);
    return result;
}

void journal_owe(struct journal *journal, const struct journal_write *write) {
    owed_keep(&journal->owed, write);
}

static enum journal_result count_prints(struct journal *journal, const char *order_no, int *out) {
    sqlite3_stmt *statement = journal_statement(journal, STATEMENT_COUNT_PRINTS);
    if (!statement)
        return journal_fail(journal, "outbox");
    journal_bind_text(statement, 1, order_no);
    int step = sqlite3_step(statement);
    if (step == SQLITE_ROW)
        *out = sqlite3_column_int(statement, 0);
    sqlite3_reset(statement);
    if (step == SQLITE_DONE)
        return journal_say(journal, JOURNAL_NOT_FOUND, "order %s: not in the journal", order_no);
    return step == SQLITE_ROW ? JOURNAL_OK : journal_fail(journal, "outbox");
}

enum journal_result journal_print_outcome(struct journal *journal, const char *order_no,
                                          bool reprint, int outcome, int64_t wall_ms) {
    struct outbox_row row = {wall_ms, reprint, (enum print_outcome)outcome};
    struct value values[COLUMNS_MAX];
    int count = 0;
    enum journal_result result = journal_start(journal);
    if (result != JOURNAL_OK)
        return result;
    row_take(TABLE_OUTBOX, &row, values);
    journal_open_payload(journal, "");
    result = count_prints(journal, order_no, &count);
    if (result == JOURNAL_OK)
        result = journal_put_row(journal, TABLE_OUTBOX, order_no, count + 1, values);
    if (result == JOURNAL_OK)
        result = journal_append(journal, NOTE_PRINTED, order_no, "", wall_ms);
    return journal_finish(journal, result);
}
