#include "app/wire/fields.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/base/text.h"
#include "app/wire/json.h"
#include "app/wire/masked.h"

static void describe_value(const char *member, const cJSON *got, char *out, size_t size) {
    const char *text = got == NULL ? NULL : wire_text_of(got);
    char shown[64];
    if (got == NULL || cJSON_IsNull(got))
        snprintf(out, size, "nothing");
    else if (text == NULL)
        snprintf(out, size, cJSON_IsArray(got) ? "an array" : "an object");
    else if (masked_hides(member))
        snprintf(out, size, "%u characters (not shown)", text_characters(text));
    else if (cJSON_IsString(got))
        snprintf(out, size, "\"%s\"", text_clean(shown, sizeof shown, text));
    else
        snprintf(out, size, "%s", text_clean(shown, sizeof shown, text));
}

bool fields_complain(struct wire_complaint *complaint, const char *operation, const char *member,
                     const cJSON *got, const char *format, ...) {
    char expected[112], shown[80];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(expected, sizeof expected, format, arguments);
    va_end(arguments);
    describe_value(member, got, shown, sizeof shown);
    snprintf(complaint->text, sizeof complaint->text, "%s.%.40s: expected %s, got %s", operation,
             member, expected, shown);
    return false;
}

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

static bool is_json(const char *text) {
    const char *ignored;
    cJSON *tree = wire_parse(text, strlen(text), &ignored);
    bool good = cJSON_IsObject(tree) || cJSON_IsArray(tree);
    cJSON_Delete(tree);
    return good;
}

/* NULL when the value has the form of its type, else what was expected. */
static const char *wrong_form(const struct field *field, const cJSON *item) {
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
    case FIELD_DAY:
        return string && is_day(text) ? NULL : "yyyy-MM-dd";
    case FIELD_JSON:
        return string && is_json(text) ? NULL : "a string of JSON";
    case FIELD_LIST:
        return cJSON_IsArray(item) ? NULL : "an array";
    }
    return "something else";
}

static bool in_codes(const char *const *codes, const char *text) {
    for (; *codes != NULL; codes++)
        if (strcmp(*codes, text) == 0)
            return true;
    return false;
}

static bool complain_of_codes(struct wire_complaint *complaint, const char *operation,
                              const struct field *field, const cJSON *item) {
    char list[100] = "";
    for (const char *const *code = field->codes; *code != NULL; code++) {
        size_t used = strlen(list);
        snprintf(list + used, sizeof list - used, "%s%s", used == 0 ? "" : ", ", *code);
    }
    return fields_complain(complaint, operation, field->name, item, "one of %s", list);
}

static bool check_field(const char *operation, const struct field *field, const cJSON *item,
                        struct wire_complaint *complaint) {
    const char *wrong = wrong_form(field, item);
    if (wrong != NULL)
        return fields_complain(complaint, operation, field->name, item, "%s", wrong);
    const char *text = wire_text_of(item);
    if (text == NULL)
        return true;
    if (field->length_max != 0 && text_characters(text) > field->length_max)
        return fields_complain(complaint, operation, field->name, item, "at most %u characters",
                               field->length_max);
    if (field->codes != NULL && !in_codes(field->codes, text))
        return complain_of_codes(complaint, operation, field, item);
    return true;
}

static bool has_field(const struct field *fields, const char *name) {
    for (; fields->name != NULL; fields++)
        if (strcmp(fields->name, name) == 0)
            return true;
    return false;
}

static bool is_absent(const cJSON *item) {
    return item == NULL || cJSON_IsNull(item) ||
           (cJSON_IsString(item) && item->valuestring[0] == '\0');
}

/* The value as it is sent. Amounts are sent as text, so that no parser on the way rounds them. */
static cJSON *outgoing_value(const struct field *field, const cJSON *item) {
    bool amount = field->type == FIELD_YUAN || field->type == FIELD_AMOUNT;
    return amount ? cJSON_CreateString(wire_text_of(item)) : cJSON_Duplicate(item, true);
}

cJSON *fields_message(const char *operation, const struct field *fields, const cJSON *members,
                      struct wire_complaint *complaint) {
    if (!cJSON_IsObject(members)) {
        snprintf(complaint->text, sizeof complaint->text, "%s: expected a JSON object", operation);
        return NULL;
    }
    for (const cJSON *member = members->child; member != NULL; member = member->next) {
        if (has_field(fields, member->string))
            continue;
        (void)fields_complain(complaint, operation, member->string, member, "no such member");
        return NULL;
    }
    cJSON *message = cJSON_CreateObject();
    for (const struct field *field = fields; field->name != NULL; field++) {
        const cJSON *item = cJSON_GetObjectItemCaseSensitive(members, field->name);
        bool absent = is_absent(item), good = true;
        if (absent && field->required)
            good = fields_complain(complaint, operation, field->name, item, "a value (required)");
        else if (!absent)
            good = check_field(operation, field, item, complaint);
        if (!good) {
            cJSON_Delete(message);
            return NULL;
        }
        if (!absent)
            cJSON_AddItemToObject(message, field->name, outgoing_value(field, item));
    }
    return message;
}

void fields_add_text(cJSON *object, const char *name, const char *text) {
    if (text != NULL && text[0] != '\0')
        cJSON_AddStringToObject(object, name, text);
}

void fields_add_amount(cJSON *object, const char *name, struct fen amount) {
    char text[MONEY_TEXT_SIZE];
    cJSON_AddStringToObject(object, name, money_format(amount, text));
}

void fields_add_whole(cJSON *object, const char *name, int64_t value) {
    char text[24];
    snprintf(text, sizeof text, "%" PRId64, value);
    cJSON_AddRawToObject(object, name, text);
}

void fields_post(struct wire_request *out, const char *base_url, const char *path, cJSON *message) {
    size_t base = strlen(base_url);
    while (base > 0 && base_url[base - 1] == '/')
        base--;
    out->content_type = "application/json; charset=UTF-8";
    out->message = message;
    out->body = wire_print(message, false);
    ENSURE(out->body != NULL);
    out->body_length = strlen(out->body);
    int made = asprintf(&out->url, "%.*s%s%s", (int)base, base_url, *path == '/' ? "" : "/", path);
    ENSURE(made > 0);
}
