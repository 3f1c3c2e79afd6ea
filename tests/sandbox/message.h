/* What comes in: JSON whose numbers keep their own text, and the tables that say what a request
 * must hold. */
#ifndef SANDBOX_MESSAGE_H
#define SANDBOX_MESSAGE_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>

enum rule_type {
    RULE_END = 0,
    RULE_TEXT,   /* a JSON string; `length` counts characters */
    RULE_LONG,   /* a JSON number, digits only */
    RULE_AMOUNT, /* above zero, two decimals, string or number; `length` counts whole digits */
    RULE_YUAN,   /* a JSON string with two decimals, zero allowed */
    RULE_TIME,   /* yyyy-MM-dd HH:mm:ss */
    RULE_DATE,   /* yyyy-MM-dd */
    RULE_JSON    /* a JSON string that holds JSON */
};

struct rule {
    const char *name;
    enum rule_type type;
    int length;
    bool required;
    const char *choices; /* "a|b|c", NULL: any */
};

#define COMPLAINT_SIZE 128

/* NULL: not one JSON value. Numbers become cJSON_Raw items. Caller: cJSON_Delete. */
cJSON *message_read(const char *text, size_t length);
/* The text of a string, number or flag member; NULL when absent, null, an object or an array. */
const char *message_text(const cJSON *object, const char *name);
/* The same, "" instead of NULL. */
const char *message_get(const cJSON *object, const char *name);
/* False and a complaint that names the first member that is not as its rule says. */
bool message_check(const cJSON *request, const struct rule *rules, char complaint[COMPLAINT_SIZE]);

#endif
