#include "tests/sandbox/message.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/sandbox/value.h"

/* cJSON would turn 17.60 into a double. Each number is handed to it as a string that begins with
 * this character, which no text of ours holds, and becomes a raw item afterwards. */
#define NUMBER_MARK '\x01'

static char *numbers_marked(const char *text, size_t length) {
    char *out = malloc(length * 4 + 1);
    if (out == NULL)
        return NULL;
    size_t used = 0;
    bool in_string = false;
    for (size_t i = 0; i < length; i++) {
        size_t digits = in_string ? 0 : strspn(text + i, "+-.0123456789eE");
        bool starts = digits > 0 && strchr("-0123456789", text[i]) != NULL;
        if (starts) {
            out[used++] = '"';
            out[used++] = NUMBER_MARK;
            memcpy(out + used, text + i, digits);
            used += digits;
            out[used++] = '"';
            i += digits - 1;
            continue;
        }
        if (in_string && text[i] == '\\' && i + 1 < length)
            out[used++] = text[i++];
        else if (text[i] == '"')
            in_string = !in_string;
        out[used++] = text[i];
    }
    out[used] = '\0';
    return out;
}

static void numbers_raw(cJSON *item) {
    if (cJSON_IsString(item) && item->valuestring[0] == NUMBER_MARK) {
        memmove(item->valuestring, item->valuestring + 1, strlen(item->valuestring));
        item->type = cJSON_Raw;
    }
    for (cJSON *child = item->child; child != NULL; child = child->next)
        numbers_raw(child);
}

cJSON *message_read(const char *text, size_t length) {
    char *whole = strndup(text, length);
    if (whole == NULL || strlen(whole) != length || strchr(whole, NUMBER_MARK) != NULL) {
        free(whole);
        return NULL;
    }
    char *marked = numbers_marked(whole, length);
    free(whole);
    cJSON *tree = marked == NULL ? NULL : cJSON_ParseWithOpts(marked, NULL, true);
    free(marked);
    if (tree != NULL)
        numbers_raw(tree);
    return tree;
}

const char *message_text(const cJSON *object, const char *name) {
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, name);
    if (cJSON_IsString(item) || cJSON_IsRaw(item))
        return item->valuestring;
    if (cJSON_IsBool(item))
        return cJSON_IsTrue(item) ? "true" : "false";
    return NULL;
}

const char *message_get(const cJSON *object, const char *name) {
    const char *text = message_text(object, name);
    return text == NULL ? "" : text;
}

static int characters(const char *text) {
    int count = 0;
    for (; *text != '\0'; text++)
        count += ((unsigned char)*text & 0xc0) != 0x80;
    return count;
}

static bool digits_only(const char *text, int length) {
    size_t count = strlen(text);
    return count > 0 && count <= (size_t)length && strspn(text, "0123456789") == count;
}

static bool holds_json(const char *text) {
    cJSON *tree = message_read(text, strlen(text));
    bool good = cJSON_IsObject(tree) || cJSON_IsArray(tree);
    cJSON_Delete(tree);
    return good;
}

static bool is_choice(const char *text, const char *choices) {
    size_t length = strlen(text);
    for (const char *at = choices; at != NULL; at = strchr(at, '|') ? strchr(at, '|') + 1 : NULL)
        if (strncmp(at, text, length) == 0 && (at[length] == '|' || at[length] == '\0'))
            return true;
    return false;
}

/* NULL when the value is good, else what was expected. */
static const char *expected(const struct rule *rule, const cJSON *item) {
    int64_t value;
    const char *text = item->valuestring;
    if (rule->type == RULE_LONG)
        return cJSON_IsRaw(item) && digits_only(text, rule->length) ? NULL : "an integer";
    if (rule->type == RULE_AMOUNT && !cJSON_IsString(item) && !cJSON_IsRaw(item))
        return "an amount";
    if (rule->type != RULE_AMOUNT && !cJSON_IsString(item))
        return "a string";
    switch (rule->type) {
    case RULE_AMOUNT:
        if (!yuan_read(text, &value) || value <= 0)
            return "yuan above zero with two decimals";
        return strcspn(text, ".") <= (size_t)rule->length ? NULL : "fewer digits";
    case RULE_YUAN:
        return yuan_read(text, &value) ? NULL : "yuan with two decimals";
    case RULE_TIME:
        return moment_read(text, &value) ? NULL : "yyyy-MM-dd HH:mm:ss";
    case RULE_DATE:
        return day_read(text, &value) ? NULL : "yyyy-MM-dd";
    case RULE_JSON:
        if (!holds_json(text))
            return "JSON";
        break;
    case RULE_TEXT:
    case RULE_LONG:
    case RULE_END:
        break;
    }
    if (characters(text) > rule->length)
        return "a shorter text";
    return rule->choices == NULL || is_choice(text, rule->choices) ? NULL : "a value of the list";
}

bool message_check(const cJSON *request, const struct rule *rules, char complaint[COMPLAINT_SIZE]) {
    for (const struct rule *rule = rules; rule->type != RULE_END; rule++) {
        const cJSON *item = cJSON_GetObjectItemCaseSensitive(request, rule->name);
        bool empty = item == NULL || cJSON_IsNull(item) ||
                     (cJSON_IsString(item) && item->valuestring[0] == '\0');
        const char *wanted = NULL;
        if (!empty)
            wanted = expected(rule, item);
        else if (rule->required)
            wanted = "a value";
        if (wanted != NULL) {
            snprintf(complaint, COMPLAINT_SIZE, "%s: expected %s", rule->name, wanted);
            return false;
        }
    }
    return true;
}
