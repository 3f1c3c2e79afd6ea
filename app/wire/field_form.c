#include "app/wire/field_form.h"

#include <stdio.h>
#include <string.h>

#include "app/base/clock.h"
#include "app/wire/json.h"

static bool is_digits(const char *text) {
    return *text != '\0' && text[strspn(text, "0123456789")] == '\0';
}

/* True for [-]digits.dd: amounts are sent with two decimals. */
static bool is_yuan(const char *text, bool moves) {
    size_t length = strlen(text);
    struct fen amount;
    if (length < 4 || text[length - 3] != '.' || money_parse(text, length, &amount) != MONEY_OK)
        return false;
    return !moves || amount.fen > 0;
}

static bool is_day(const char *text) {
    char padded[32];
    int64_t ignored;
    snprintf(padded, sizeof padded, "%.12s 00:00:00", text);
    return strlen(text) == 10 && clock_parse(padded, &ignored);
}

static bool is_time(const char *text) {
    int64_t ignored;
    return strlen(text) == 19 && clock_parse(text, &ignored);
}

static bool is_epoch_ms(const char *text) {
    return strlen(text) == 13 && is_digits(text);
}

static bool is_json(const char *text) {
    const char *ignored;
    cJSON *tree = wire_parse(text, strlen(text), &ignored);
    bool good = cJSON_IsObject(tree) || cJSON_IsArray(tree);
    cJSON_Delete(tree);
    return good;
}

static bool is_moment_digits(const char *text) {
    int64_t ignored;
    return strlen(text) == 14 && is_digits(text) && clock_parse(text, &ignored);
}

static bool is_date_digits(const char *text) {
    char padded[32];
    snprintf(padded, sizeof padded, "%.12s000000", text);
    return strlen(text) == 8 && is_moment_digits(padded);
}

/* Zero may come without decimals. */
static bool is_cost(const char *text) {
    return strcmp(text, "0") == 0 || (text[0] != '-' && is_yuan(text, false));
}

const char *field_wrong_form(const struct field *field, const cJSON *item) {
    const char *text = wire_text_of(item);
    bool string = cJSON_IsString(item), number = cJSON_IsRaw(item);
    switch (field->type) {
    case FIELD_TEXT:
        return string ? NULL : "a string";
    case FIELD_WHOLE:
        return number && is_digits(text) ? NULL : "an integer";
    case FIELD_YUAN:
        return (string || number) && is_yuan(text, true)
                   ? NULL
                   : "yuan above zero with two decimals, at most 8 digits before them";
    case FIELD_AMOUNT:
        return (string || number) && is_yuan(text, false) ? NULL : "yuan with two decimals";
    case FIELD_TIME:
        return string && is_time(text) ? NULL : "yyyy-MM-dd HH:mm:ss";
    case FIELD_TIME_OR_EPOCH:
        return string && (is_time(text) || is_epoch_ms(text))
                   ? NULL
                   : "yyyy-MM-dd HH:mm:ss, or epoch milliseconds";
    case FIELD_DAY:
        return string && is_day(text) ? NULL : "yyyy-MM-dd";
    case FIELD_JSON:
        return string && is_json(text) ? NULL : "a string of JSON";
    case FIELD_LIST:
        return cJSON_IsArray(item) ? NULL : "an array";
    case FIELD_BYTES:
        return string ? NULL : "a string";
    case FIELD_COST:
        return (string || number) && is_cost(text) ? NULL : "yuan with two decimals, not below 0";
    case FIELD_MOMENT:
        return string && is_moment_digits(text) ? NULL : "yyyyMMddHHmmss";
    case FIELD_DATE:
        return string && is_date_digits(text) ? NULL : "yyyyMMdd";
    case FIELD_OBJECT:
    case FIELD_TREE:
        return cJSON_IsObject(item) ? NULL : "an object, or a string of one";
    case FIELD_ROWS:
        return cJSON_IsArray(item) ? NULL : "an array of objects, or a string of one";
    case FIELD_REST:
        return NULL;
    }
    return "something else";
}

enum wire_fault field_fault(enum field_type type) {
    switch (type) {
    case FIELD_YUAN:
    case FIELD_AMOUNT:
    case FIELD_COST:
        return WIRE_FAULT_AMOUNT;
    case FIELD_TIME:
    case FIELD_TIME_OR_EPOCH:
    case FIELD_DAY:
    case FIELD_MOMENT:
    case FIELD_DATE:
        return WIRE_FAULT_DATE;
    case FIELD_TEXT:
    case FIELD_WHOLE:
    case FIELD_JSON:
    case FIELD_LIST:
    case FIELD_BYTES:
    case FIELD_OBJECT:
    case FIELD_TREE:
    case FIELD_ROWS:
    case FIELD_REST:
        break;
    }
    return WIRE_FAULT_VALUE;
}
