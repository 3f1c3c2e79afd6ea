#include "app/journal/rows.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/journal/words.h"

#define AT(type, member) offsetof(type, member), sizeof(((type *)0)->member)
#define INTEGER(type, member)                                                                      \
    { #member, COLUMN_INTEGER, false, AT(type, member), NULL }
#define FEN(type, member)                                                                          \
    { #member "_fen", COLUMN_INTEGER, false, AT(type, member), NULL }
#define FIXED_FEN(type, member)                                                                    \
    { #member "_fen", COLUMN_INTEGER, true, AT(type, member), NULL }
#define BYTE(type, member)                                                                         \
    { #member, COLUMN_BYTE, false, AT(type, member), NULL }
#define FLAG(type, member)                                                                         \
    { #member, COLUMN_FLAG, false, AT(type, member), NULL }
#define TEXT(type, member)                                                                         \
    { #member, COLUMN_TEXT, false, AT(type, member), NULL }
#define SLIP_TEXT(member)                                                                          \
    { #member, COLUMN_LATER_TEXT, false, AT(struct leg, slip.member), NULL }
#define SPLIT_FEN(member)                                                                          \
    { #member "_fen", COLUMN_LATER_NUMBER, false, AT(struct leg, split.member), NULL }
#define LATER_FEN(type, member)                                                                    \
    { #member "_fen", COLUMN_LATER_NUMBER, false, AT(type, member), NULL }
#define LATER_FLAG(type, member)                                                                   \
    { #member, COLUMN_LATER_FLAG, false, AT(type, member), NULL }
#define WORD(type, member, list)                                                                   \
    { #member, COLUMN_WORD, false, AT(type, member), &words_##list }
#define FIXED_INTEGER(type, member)                                                                \
    { #member, COLUMN_INTEGER, true, AT(type, member), NULL }
#define FIXED_BYTE(type, member)                                                                   \
    { #member, COLUMN_BYTE, true, AT(type, member), NULL }
#define FIXED_TEXT(type, member)                                                                   \
    { #member, COLUMN_TEXT, true, AT(type, member), NULL }
#define FIXED_WORD(type, member, list)                                                             \
    { #member, COLUMN_WORD, true, AT(type, member), &words_##list }

static const struct column order_columns[] = {
    FIXED_WORD(struct order_row, service, service),
    FIXED_INTEGER(struct order_row, created_ms),
    FIXED_TEXT(struct order_row, patient_key),
    TEXT(struct order_row, masked_name),
    TEXT(struct order_row, patient_type),
    WORD(struct order_row, account_type, account_type),
    WORD(struct order_row, state, order_state),
    FLAG(struct order_row, settled),
    TEXT(struct order_row, seal),
    {"cust_key", COLUMN_LATER_TEXT, true, AT(struct order_row, cust_key), NULL},
    {"card_key", COLUMN_LATER_TEXT, true, AT(struct order_row, card_key), NULL},
    {"caller_no", COLUMN_LATER_TEXT, true, AT(struct order_row, caller_no), NULL},
    {"caller_channel", COLUMN_LATER_TEXT, true, AT(struct order_row, caller_channel), NULL},
    {"received_fen", COLUMN_LATER_NUMBER, true, AT(struct order_row, received), NULL},
};

static const struct column retry_columns[] = {
    TEXT(struct retry_row, salt),          TEXT(struct retry_row, mdtrt_cert_type),
    TEXT(struct retry_row, mdtrt_cert_no), TEXT(struct retry_row, cert_no),
    TEXT(struct retry_row, his_cust_id),   TEXT(struct retry_row, his_cust_type),
    TEXT(struct retry_row, whole_name),    TEXT(struct retry_row, pay_token),
};

static const struct column leg_columns[] = {
    FIXED_TEXT(struct leg, no),
    FIXED_WORD(struct leg, route, route),
    WORD(struct leg, channel, channel),
    WORD(struct leg, state, leg_state),
    FIXED_FEN(struct leg, amount),
    INTEGER(struct leg, expire_ms),
    INTEGER(struct leg, paid_ms),
    INTEGER(struct leg, watch_until_ms),
    WORD(struct leg, paid_by, channel),
    TEXT(struct leg, out_no),
    TEXT(struct leg, in_no),
    TEXT(struct leg, code),
    BYTE(struct leg, place_tries),
    FLAG(struct leg, close_wanted),
    WORD(struct leg, reason, case_reason),
    SLIP_TEXT(voucher),
    SLIP_TEXT(batch),
    SLIP_TEXT(terminal),
    SLIP_TEXT(card),
    SLIP_TEXT(date),
    LATER_FLAG(struct leg, close_answered),
    LATER_FLAG(struct leg, unpaid),
    LATER_FEN(struct leg, seen),
    SPLIT_FEN(fund),
    SPLIT_FEN(account),
    SPLIT_FEN(own),
    SPLIT_FEN(prepaid),
    LATER_FLAG(struct leg, split_known),
    LATER_FEN(struct leg, shown_own),
    LATER_FLAG(struct leg, own_only),
    {"settlement", COLUMN_LATER_TEXT, false, AT(struct leg, settlement), NULL},
    {"pos_no", COLUMN_LATER_TEXT, true, AT(struct leg, pos_no), NULL},
    {"portal_no", COLUMN_LATER_TEXT, false, AT(struct leg, portal_no), NULL},
    {"portal_trace", COLUMN_LATER_TEXT, false, AT(struct leg, portal_trace), NULL},
};

static const struct column claim_columns[] = {
    WORD(struct claim, state, claim_state),
    BYTE(struct claim, tries),
    TEXT(struct claim, org_trace_no),
    TEXT(struct claim, doc_trace_no),
    FIXED_FEN(struct claim, amount),
    FEN(struct claim, refunded),
    TEXT(struct claim, call_sn),
    TEXT(struct claim, code),
    INTEGER(struct claim, sent_ms),
    WORD(struct claim, reason, case_reason),
    {"creditor", COLUMN_LATER_WORD, true, AT(struct claim, creditor), &words_creditor},
    LATER_FLAG(struct claim, declined),
    LATER_FLAG(struct claim, unproven),
    LATER_FLAG(struct claim, renumbered),
    {"bill_key", COLUMN_LATER_TEXT, true, AT(struct claim, bill_key), NULL},
    LATER_FLAG(struct claim, taken_elsewhere),
};

static const struct column share_columns[] = {
    FIXED_BYTE(struct share, claim),         FIXED_BYTE(struct share, leg),
    FIXED_FEN(struct share, amount),         FEN(struct share, returned),
    WORD(struct share, reason, case_reason), LATER_FEN(struct share, disputed),
};

static const struct column refund_columns[] = {
    FIXED_TEXT(struct refund, no),
    WORD(struct refund, state, refund_state),
    FIXED_BYTE(struct refund, leg),
    {"claim", COLUMN_SIGNED_BYTE, true, AT(struct refund, claim), NULL},
    FIXED_FEN(struct refund, amount),
    TEXT(struct refund, out_no),
    TEXT(struct refund, code),
    INTEGER(struct refund, created_ms),
    INTEGER(struct refund, done_ms),
    WORD(struct refund, reason, case_reason),
    {"caller_no", COLUMN_LATER_TEXT, true, AT(struct refund, caller_no), NULL},
    {"in_cash", COLUMN_LATER_FLAG, true, AT(struct refund, in_cash), NULL},
    {"why", COLUMN_LATER_WORD, true, AT(struct refund, why), &words_refund_why},
    {"agreed_by", COLUMN_LATER_TEXT, true, AT(struct refund, agreed_by), NULL},
    {"caller_mode", COLUMN_LATER_TEXT, true, AT(struct refund, caller_mode), NULL},
    {"caller_flow", COLUMN_LATER_TEXT, true, AT(struct refund, caller_flow), NULL},
    {"terminal", COLUMN_LATER_TEXT, false, AT(struct refund, to.terminal), NULL},
    {"date", COLUMN_LATER_TEXT, false, AT(struct refund, to.date), NULL},
    LATER_FLAG(struct refund, never_left),
};

static const struct column case_columns[] = {
    FIXED_TEXT(struct case_row, case_no),
    FIXED_TEXT(struct case_row, part),
    FIXED_WORD(struct case_row, reason, case_reason),
    FIXED_INTEGER(struct case_row, opened_ms),
    WORD(struct case_row, state, case_state),
    INTEGER(struct case_row, resolved_ms),
    TEXT(struct case_row, resolved_by),
    TEXT(struct case_row, resolution),
    {"how", COLUMN_LATER_WORD, false, AT(struct case_row, how), &words_resolution},
    LATER_FEN(struct case_row, decided),
};

static const struct column outbox_columns[] = {
    INTEGER(struct outbox_row, wall_ms),
    FLAG(struct outbox_row, reprint),
    WORD(struct outbox_row, outcome, print_outcome),
};

static const struct column hold_columns[] = {
    FIXED_BYTE(struct hold_row, claim),
    FIXED_TEXT(struct hold_row, key),
    FLAG(struct hold_row, held),
};

_Static_assert(sizeof leg_columns / sizeof *leg_columns <= COLUMNS_MAX, "no table has more");

#define COLUMNS(list) sizeof list / sizeof *list, list
const struct table_shape table_shapes[TABLE_COUNT] = {
    [TABLE_ORDERS] = {"orders", "order", false, true, COLUMNS(order_columns)},
    [TABLE_RETRY] = {"retry", "retry", false, false, COLUMNS(retry_columns)},
    [TABLE_LEGS] = {"legs", "leg", true, true, COLUMNS(leg_columns)},
    [TABLE_CLAIMS] = {"claims", "claim", true, true, COLUMNS(claim_columns)},
    [TABLE_SHARES] = {"shares", "share", true, true, COLUMNS(share_columns)},
    [TABLE_REFUNDS] = {"refunds", "refund", true, true, COLUMNS(refund_columns)},
    [TABLE_CASES] = {"cases", "case", true, true, COLUMNS(case_columns)},
    [TABLE_OUTBOX] = {"outbox", "print", true, true, COLUMNS(outbox_columns)},
    [TABLE_HOLDS] = {"holds", "hold", true, true, COLUMNS(hold_columns)},
};

static int read_enum(const void *at) {
    int value;
    _Static_assert(sizeof(enum leg_state) == sizeof value, "enums are ints");
    memcpy(&value, at, sizeof value);
    return value;
}

static struct value take_column(const struct column *column, const void *row) {
    const char *at = (const char *)row + column->offset;
    int64_t number;
    switch (column->kind) {
    case COLUMN_INTEGER:
    case COLUMN_LATER_NUMBER:
        memcpy(&number, at, sizeof number);
        return (struct value){NULL, number};
    case COLUMN_BYTE:
        return (struct value){NULL, *(const uint8_t *)at};
    case COLUMN_SIGNED_BYTE:
        return (struct value){NULL, *(const int8_t *)at};
    case COLUMN_FLAG:
    case COLUMN_LATER_FLAG:
        return (struct value){NULL, *(const bool *)at};
    case COLUMN_WORD:
    case COLUMN_LATER_WORD:
        return (struct value){word_of(column->words, read_enum(at)), 0};
    case COLUMN_TEXT:
    case COLUMN_LATER_TEXT:
        return (struct value){at, 0};
    }
    return (struct value){NULL, 0};
}

void row_take(enum table table, const void *row, struct value *values) {
    const struct table_shape *shape = &table_shapes[table];
    for (int i = 0; i < shape->column_count; i++)
        values[i] = take_column(&shape->columns[i], row);
}

static bool give_word(const struct column *column, const char *word, void *at) {
    for (int i = 0; i < column->words->count; i++)
        if (!strcmp(column->words->names[i], word)) {
            memcpy(at, &i, sizeof i);
            return true;
        }
    return false;
}

static bool give_text(const struct column *column, const char *text, char *at) {
    size_t length = strlen(text);
    if (length >= column->size)
        return false;
    memcpy(at, text, length + 1);
    return true;
}

static bool give_value(const struct column *column, struct value value, void *row) {
    char *at = (char *)row + column->offset;
    bool text = column->kind == COLUMN_WORD || column->kind == COLUMN_LATER_WORD ||
                column->kind == COLUMN_TEXT || column->kind == COLUMN_LATER_TEXT;
    if (text != (value.text != NULL))
        return false;
    switch (column->kind) {
    case COLUMN_INTEGER:
    case COLUMN_LATER_NUMBER:
        memcpy(at, &value.number, sizeof value.number);
        return true;
    case COLUMN_BYTE:
        *(uint8_t *)at = (uint8_t)value.number;
        return value.number >= 0 && value.number <= UINT8_MAX;
    case COLUMN_SIGNED_BYTE:
        *(int8_t *)at = (int8_t)value.number;
        return value.number >= INT8_MIN && value.number <= INT8_MAX;
    case COLUMN_FLAG:
    case COLUMN_LATER_FLAG:
        *(bool *)at = value.number != 0;
        return value.number == 0 || value.number == 1;
    case COLUMN_WORD:
    case COLUMN_LATER_WORD:
        return give_word(column, value.text, at);
    case COLUMN_TEXT:
    case COLUMN_LATER_TEXT:
        return give_text(column, value.text, at);
    }
    return false;
}

bool row_give(enum table table, const struct value *values, void *row) {
    const struct table_shape *shape = &table_shapes[table];
    bool whole = true;
    for (int i = 0; i < shape->column_count; i++)
        whole = give_value(&shape->columns[i], values[i], row) && whole;
    return whole;
}

/* A text with a zero inside is taken for no text: nothing of ours, and row_give refuses it. */
static const char *fetch_text(sqlite3_stmt *statement, int column) {
    if (sqlite3_column_type(statement, column) != SQLITE_TEXT)
        return NULL;
    const char *text = (const char *)sqlite3_column_text(statement, column);
    bool whole = text && strlen(text) == (size_t)sqlite3_column_bytes(statement, column);
    return whole ? text : NULL;
}

void row_fetch(enum table table, sqlite3_stmt *statement, int first, struct value *values) {
    for (int i = 0; i < table_shapes[table].column_count; i++) {
        values[i].text = fetch_text(statement, first + i);
        values[i].number = values[i].text ? 0 : sqlite3_column_int64(statement, first + i);
    }
}

int row_bind(enum table table, sqlite3_stmt *statement, int first, const struct value *values) {
    int result = SQLITE_OK;
    for (int i = 0; i < table_shapes[table].column_count && result == SQLITE_OK; i++)
        result = values[i].text
                     ? sqlite3_bind_text(statement, first + i, values[i].text, -1, SQLITE_STATIC)
                     : sqlite3_bind_int64(statement, first + i, values[i].number);
    return result;
}

static bool are_equal(struct value a, struct value b) {
    if (!a.text || !b.text)
        return !a.text && !b.text && a.number == b.number;
    return !strcmp(a.text, b.text);
}

int row_difference(enum table table, const struct value *was, const struct value *is) {
    const struct table_shape *shape = &table_shapes[table];
    int found = -1;
    for (int i = 0; i < shape->column_count; i++) {
        if (are_equal(was[i], is[i]))
            continue;
        if (shape->columns[i].fixed)
            return i;
        if (found < 0)
            found = i;
    }
    return found;
}

/* Of a later version and still what it was before there was such a column. */
static bool column_is_left_out(const struct column *column, struct value value) {
    if (column->kind == COLUMN_LATER_WORD)
        return value.text && !strcmp(value.text, column->words->names[0]);
    if (column->kind == COLUMN_LATER_NUMBER || column->kind == COLUMN_LATER_FLAG)
        return !value.text && value.number == 0;
    return column->kind == COLUMN_LATER_TEXT && value.text && !value.text[0];
}

void row_json(enum table table, const struct value *values, struct text *out) {
    const struct table_shape *shape = &table_shapes[table];
    for (int i = 0; i < shape->column_count; i++) {
        if (column_is_left_out(&shape->columns[i], values[i]))
            continue;
        text_word(out, i ? ",\"" : "{\"");
        text_word(out, shape->columns[i].name);
        text_word(out, "\":");
        if (values[i].text)
            text_json_string(out, values[i].text);
        else
            text_number(out, values[i].number);
    }
    text_word(out, "}");
}

static void add_names(enum table table, struct text *out) {
    const struct table_shape *shape = &table_shapes[table];
    text_word(out, shape->numbered ? "order_no,n" : "order_no");
    for (int i = 0; i < shape->column_count; i++) {
        text_word(out, ",");
        text_word(out, shape->columns[i].name);
    }
}

static char *finish_sql(struct text *text) {
    if (text->failed)
        text_free(text);
    return text->data;
}

char *row_select_sql(enum table table, const char *where) {
    struct text sql = {0};
    text_word(&sql, "SELECT ");
    add_names(table, &sql);
    text_word(&sql, " FROM ");
    text_word(&sql, table_shapes[table].name);
    text_word(&sql, where);
    return finish_sql(&sql);
}

char *row_upsert_sql(enum table table) {
    const struct table_shape *shape = &table_shapes[table];
    struct text sql = {0};
    text_word(&sql, "INSERT INTO ");
    text_word(&sql, shape->name);
    text_word(&sql, "(");
    add_names(table, &sql);
    text_word(&sql, ") VALUES(?");
    for (int i = shape->numbered ? -1 : 0; i < shape->column_count; i++)
        text_word(&sql, ",?");
    text_word(&sql, shape->numbered ? ") ON CONFLICT(order_no,n) DO UPDATE SET "
                                    : ") ON CONFLICT(order_no) DO UPDATE SET ");
    const char *separator = "";
    for (int i = 0; i < shape->column_count; i++) {
        if (shape->columns[i].fixed)
            continue;
        text_word(&sql, separator);
        text_word(&sql, shape->columns[i].name);
        text_word(&sql, "=excluded.");
        text_word(&sql, shape->columns[i].name);
        separator = ",";
    }
    return finish_sql(&sql);
}
