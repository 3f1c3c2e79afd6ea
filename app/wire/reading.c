#include "app/wire/reading.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "app/base/text.h"
#include "app/wire/json.h"
#include "app/wire/masked.h"

void reading_code(struct wire_reading *out, const char *code, const char *message) {
    text_clean(out->code, sizeof out->code, code);
    text_clean(out->answer.code, sizeof out->answer.code, code);
    text_clean(out->message, sizeof out->message, message);
    masked_sentence(out->message);
}

bool reading_malformed(struct wire_reading *out, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(out->message, sizeof out->message, format, arguments);
    va_end(arguments);
    out->outcome = OUTCOME_MALFORMED;
    /* Clears what was read before the flaw was found: nothing of the answer may be believed. */
    out->answer = (struct event_answer){.outcome = OUTCOME_MALFORMED, .reached = true};
    memcpy(out->answer.code, out->code, sizeof out->answer.code);
    return false;
}

bool reading_begin_long(struct wire_reading *out, int http_status, const char *body, size_t length,
                        size_t length_max) {
    *out = (struct wire_reading){.outcome = OUTCOME_UNKNOWN};
    out->answer.reached = true;
    if (http_status != 200) {
        char code[CODE_SIZE];
        snprintf(code, sizeof code, "HTTP %d", http_status);
        reading_code(out, code, "the other side answered with an HTTP error");
        return false;
    }
    const char *error = NULL;
    out->tree =
        wire_parse_long(body == NULL ? "" : body, body == NULL ? 0 : length, length_max, &error);
    if (out->tree == NULL)
        return reading_malformed(out, "not JSON: %s", error);
    if (!cJSON_IsObject(out->tree))
        return reading_malformed(out, "not a JSON object");
    return true;
}

bool reading_begin(struct wire_reading *out, int http_status, const char *body, size_t length) {
    return reading_begin_long(out, http_status, body, length, WIRE_JSON_MAX);
}

bool reading_id(char *out, size_t size, const cJSON *object, const char *name) {
    const char *text = wire_text(object, name);
    if (text != NULL && strlen(text) >= size)
        return false;
    text_clean(out, size, text);
    return text == NULL || strcmp(out, text) == 0; /* a text with control characters is no id */
}

bool reading_amount(const cJSON *object, const char *name, struct fen *out) {
    const char *text = wire_text(object, name);
    return text != NULL && money_parse(text, strlen(text), out) == MONEY_OK;
}

bool reading_echoes(const cJSON *answer, const cJSON *sent, const char *name) {
    const char *theirs = wire_text(answer, name), *ours = wire_text(sent, name);
    return theirs == NULL || *theirs == '\0' || ours == NULL || strcmp(theirs, ours) == 0;
}
