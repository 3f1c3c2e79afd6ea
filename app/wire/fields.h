/* What a request must hold: a table for each operation, checked by one function. What an object or
 * a list holds stands in the same table behind it, under its name: "extra", then "extra.hopid". */
#ifndef HOPKIOSK_WIRE_FIELDS_H
#define HOPKIOSK_WIRE_FIELDS_H

#include <cjson/cJSON.h>
#include <stdbool.h>

#include "app/core/terms/money.h"
#include "app/wire/message.h"

enum field_type {
    FIELD_TEXT = 0,
    FIELD_WHOLE,         /* Long: a JSON number */
    FIELD_YUAN,          /* money that moves: more than zero, two decimals, sent as text */
    FIELD_AMOUNT,        /* an amount that may be zero or negative, sent as text */
    FIELD_TIME,          /* yyyy-MM-dd HH:mm:ss */
    FIELD_TIME_OR_EPOCH, /* the same, or epoch milliseconds: 13 digits */
    FIELD_DAY,           /* yyyy-MM-dd */
    FIELD_JSON,          /* text that is a JSON object or array */
    FIELD_LIST,          /* an array of objects */
    FIELD_BYTES,         /* text whose length counts bytes as they are sent: Char(n) */
    FIELD_COST,          /* yuan that may be zero, two decimals (or 0), sent as text */
    FIELD_MOMENT,        /* yyyyMMddHHmmss */
    FIELD_DATE,          /* yyyyMMdd */
    FIELD_OBJECT,        /* an object or a text of one, sent as an object; its members are rows */
    FIELD_TREE,          /* the same, sent as text */
    FIELD_ROWS, /* an array of objects or a text of one, sent as text; their members are rows */
    FIELD_REST  /* "*": members that no row names are sent as they are */
};

struct field {
    const char *name; /* with the names above it: "extra.examList.itemNum" */
    enum field_type type;
    unsigned length_max; /* characters (digits of a number); the longest that the document lists */
    bool required;
    const char *const *codes; /* ended by NULL; NULL: anything */
};

/* Checks `members` against the table (ended by a NULL name) and gives the message as it will be
 * sent, in the table's order, empty members left out; NULL and a complaint when something is
 * missing, too much or wrong. `operation` is "upp.scanCode". Caller: cJSON_Delete. */
cJSON *fields_message(const char *operation, const struct field *fields, const cJSON *members,
                      struct wire_complaint *complaint);
/* The same for a message that is sent in another encoding, which FIELD_BYTES counts. */
cJSON *fields_message_in(enum wire_encoding encoding, const char *operation,
                         const struct field *fields, const cJSON *members,
                         struct wire_complaint *complaint);

/* "operation.member: expected ..., got ...", a fault of the value; secrets are not shown. Always
 * false. */
bool fields_complain(struct wire_complaint *complaint, const char *operation, const char *member,
                     const cJSON *got, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

/* A text member; an empty one is left out. */
void fields_add_text(cJSON *object, const char *name, const char *text);
/* "17.60" */
void fields_add_amount(cJSON *object, const char *name, struct fen amount);
/* An integer member that prints as one. */
void fields_add_whole(cJSON *object, const char *name, int64_t value);
/* A POST of `message` (which passes to the wire) as JSON to base + path. */
void fields_post(struct wire_request *out, const char *base_url, const char *path, cJSON *message);

#endif
