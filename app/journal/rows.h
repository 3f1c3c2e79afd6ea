/* Rows of the journal's tables: how a member of a struct becomes a column and back. The column
 * tables drive writing, reading, comparing and the events' payload alike, so the four never differ.
 * Internal to journal*.c. */
#ifndef HOPKIOSK_JOURNAL_ROWS_H
#define HOPKIOSK_JOURNAL_ROWS_H

#include <sqlite3.h>

#include "app/journal/journal.h"

enum column_kind {
    COLUMN_INTEGER = 0,  /* int64_t, struct fen */
    COLUMN_BYTE,         /* uint8_t */
    COLUMN_SIGNED_BYTE,  /* int8_t */
    COLUMN_FLAG,         /* bool */
    COLUMN_WORD,         /* an enum, stored as its word */
    COLUMN_TEXT,         /* a char array */
    COLUMN_LATER_TEXT,   /* the same, of a later version: not in events while it is empty, so that
                            what was written before stays proven */
    COLUMN_LATER_WORD,   /* of a later version: not in events while it is the first of its words */
    COLUMN_LATER_NUMBER, /* int64_t, struct fen of a later version: not in events while it is 0 */
    COLUMN_LATER_FLAG
};

/* The words of an enum, in its order. */
struct words {
    const char *const *names;
    int count;
};

struct column {
    const char *name;
    enum column_kind kind;
    bool fixed; /* given once; a change is refused (law: ids are made once) */
    size_t offset, size;
    const struct words *words;
};

enum table {
    TABLE_ORDERS = 0,
    TABLE_RETRY, /* what a retry must know of the person; gone once the order is settled */
    TABLE_LEGS,
    TABLE_CLAIMS,
    TABLE_SHARES,
    TABLE_REFUNDS,
    TABLE_CASES,
    TABLE_OUTBOX,
    TABLE_HOLDS,
    TABLE_COUNT
};

/* Every table is keyed by order_no, the numbered ones by (order_no, n). */
struct table_shape {
    const char *name, *part; /* "legs", "leg" */
    bool numbered;
    bool in_events; /* its rows stand in the events' payload */
    int column_count;
    const struct column *columns;
};
extern const struct table_shape table_shapes[TABLE_COUNT];

#define COLUMNS_MAX 40
struct value {
    const char *text; /* NULL: a number */
    int64_t number;
};

/* What `orders` holds of an order. */
struct order_row {
    enum service service;
    int64_t created_ms;
    char
        patient_key[PATIENT_KEY_SIZE]; /* of the ID number; until version 6 of whatever there was */
    char masked_name[PERSON_NAME_SIZE], patient_type[11];
    enum account_type account_type;
    enum order_state state;
    bool settled;
    char cust_key[PATIENT_KEY_SIZE], card_key[PATIENT_KEY_SIZE];
    char caller_no[CALLER_NO_SIZE], caller_channel[CALLER_CHANNEL_SIZE];
    struct fen received; /* of cash */
    char seal[65]; /* SHA-256 over the retry row, so that events prove it without holding it */
};

struct retry_row {
    char salt[33];
    char mdtrt_cert_type[11], mdtrt_cert_no[TRACE_NO_SIZE], cert_no[TRACE_NO_SIZE],
        his_cust_id[TRACE_NO_SIZE], his_cust_type[11], whole_name[PERSON_NAME_SIZE],
        pay_token[PAY_TOKEN_SIZE];
};

enum case_state { CASE_OPEN = 0, CASE_RESOLVED };
struct case_row {
    char case_no[ORDER_CASE_NO_SIZE];
    char part[16]; /* "claim 0" */
    enum case_reason reason;
    int64_t opened_ms;
    enum case_state state;
    int64_t resolved_ms;
    char resolved_by[RESOLVE_TEXT_MAX + 1], resolution[RESOLVE_TEXT_MAX + 1];
    enum resolution how;
    struct fen decided; /* the money of the case when it was resolved */
};

struct outbox_row {
    int64_t wall_ms;
    bool reprint;
    enum print_outcome outcome;
};

struct hold_row {
    uint8_t claim;
    char key[HOLD_KEY_SIZE];
    bool held;
};

/* The order without its parts; nothing of what only a retry needs. */
void row_give_order(const struct order_row *row, struct order *out);

/* A growing text; `failed` once memory ran out. */
struct text {
    char *data;
    size_t length, room;
    bool failed;
};
void text_clear(struct text *text);
void text_add(struct text *text, const char *piece, size_t length);
void text_word(struct text *text, const char *piece);
void text_number(struct text *text, int64_t number);
void text_json_string(struct text *text, const char *string);
void text_free(struct text *text);

/* struct -> values; texts point into the struct. */
void row_take(enum table table, const void *row, struct value *values);
/* values -> struct; false: a word, a length or a number that this version does not know; the other
 * columns are given all the same. */
__attribute__((warn_unused_result)) bool row_give(enum table table, const struct value *values,
                                                  void *row);
/* From a SELECT whose columns begin at `first`; texts live until the next step. */
void row_fetch(enum table table, sqlite3_stmt *statement, int first, struct value *values);
/* Into an upsert, behind its `first - 1` keys. */
int row_bind(enum table table, sqlite3_stmt *statement, int first, const struct value *values);
/* -1 equal; else the first column that differs, a fixed one before any other. */
int row_difference(enum table table, const struct value *was, const struct value *is);
/* {"state":"paid",...} */
void row_json(enum table table, const struct value *values, struct text *out);

/* The SQL of a table. free() it; NULL: no memory. */
char *row_select_sql(enum table table, const char *where);
char *row_upsert_sql(enum table table);

#endif
