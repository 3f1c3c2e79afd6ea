#include "app/wire/fields.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "app/base/log.h"
#include "app/base/text.h"
#include "app/wire/json.h"
#include "app/wire/masked.h"

static void describe_value(const char *member, const cJSON *got, char *out, size_t size) {
    const char *text = got == NULL ? NULL : wire_text_of(got);
    char shown[64];
    const char *own = strrchr(member, '.') == NULL ? member : strrchr(member, '.') + 1;
    if (got == NULL || cJSON_IsNull(got))
        snprintf(out, size, "nothing");
    else if (text == NULL)
        snprintf(out, size, cJSON_IsArray(got) ? "an array" : "an object");
    else if (masked_hides(own))
        snprintf(out, size, "%u characters (not shown)", text_characters(text));
    else if (cJSON_IsString(got))
        snprintf(out, size, "\"%s\"", text_clean(shown, sizeof shown, text));
    else
        snprintf(out, size, "%s", text_clean(shown, sizeof shown, text));
}

bool fields_complain(struct wire_complaint *complaint, const char *operation, const char *member,
                     const cJSON *got, const char *format, ...) {
    char expected[100], shown[80];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(expected, sizeof expected, format, arguments);
    va_end(arguments);
    describe_value(member, got, shown, sizeof shown);
    complaint->fault = WIRE_FAULT_VALUE;
    snprintf(complaint->text, sizeof complaint->text, "%s.%.52s: expected %s, got %s", operation,
             member, expected, shown);
    return false;
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
