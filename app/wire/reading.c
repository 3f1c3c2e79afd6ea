#include "app/wire/reading.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/base/log.h"
#include "app/base/text.h"
#include "app/core/terms/document.h"
#include "app/wire/json.h"
#include "app/wire/masked.h"

void reading_code(struct wire_reading *out, const char *code, const char *message) {
    text_clean(out->code, sizeof out->code, code);
    text_clean(out->answer.code, sizeof out->answer.code, code);
    text_clean(out->message, sizeof out->message, message);
    masked_sentence(out->message);
    out->own_words = false;
}

static void say_ourselves(struct wire_reading *out, const char *format, va_list arguments) {
    vsnprintf(out->message, sizeof out->message, format, arguments);
    out->own_words = true;
}

void reading_own_words(struct wire_reading *out, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    say_ourselves(out, format, arguments);
    va_end(arguments);
}

const char *reading_logged_code(const char *code, char out[CODE_SIZE]) {
    text_clean(out, CODE_SIZE, code);
    for (char *c = out; *c != '\0'; c++)
        if (!isalnum((unsigned char)*c) && strchr(" _.-", *c) == NULL)
            *c = '?';
    masked_sentence(out);
    return out;
}

bool reading_malformed(struct wire_reading *out, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    say_ourselves(out, format, arguments);
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
        reading_code(out, code, "");
        reading_own_words(out, "the other side answered with an HTTP error");
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

bool reading_library(struct wire_reading *out, bool (*is_done)(const char *code), bool *left) {
    const char *ignored, *returned = wire_text(out->tree, "returned");
    const char *text = wire_text(out->tree, "out");
    if (returned == NULL || *returned == '\0' || strlen(returned) >= CODE_SIZE)
        return reading_malformed(out, "the library returned no code");
    cJSON *tree = text == NULL ? NULL : wire_parse(text, strlen(text), &ignored);
    *left = cJSON_IsObject(tree);
    if (!*left) {
        cJSON_Delete(tree);
        return !(is_done(returned) || (text != NULL && *text != '\0')) ||
               reading_malformed(out, "the library's output is no JSON object");
    }
    cJSON_DeleteItemFromObjectCaseSensitive(tree, "returned"); /* the call's, not its output's */
    cJSON_AddStringToObject(tree, "returned", returned);
    cJSON_Delete(out->tree);
    out->tree = tree;
    return true;
}

bool reading_has(const cJSON *object, const char *name) {
    const char *text = wire_text(object, name);
    return text != NULL && *text != '\0';
}

bool reading_id(char *out, size_t size, const cJSON *object, const char *name) {
    const char *text = wire_text(object, name);
    if (text != NULL && strlen(text) >= size)
        return false;
    text_clean(out, size, text);
    return text == NULL || strcmp(out, text) == 0; /* a text with control characters is no id */
}

bool reading_is_whole_word(const char *text) {
    for (const char *c = text; *c != '\0'; c++)
        if ((unsigned char)*c <= ' ' || *c == 0x7f)
            return false;
    return true;
}

bool reading_pay_link(struct wire_reading *out, const char *name, const char *url) {
    size_t length = strlen(url);
    if (length >= PAY_LINK_SIZE)
        return reading_malformed(out, "%s, the link to pay, is too long", name);
    if (!reading_is_whole_word(url))
        return reading_malformed(out, "%s, the link to pay, is no link", name);
    struct pay_link *link = calloc(1, sizeof *link);
    ENSURE(link != NULL);
    link->head.kind = DOCUMENT_PAY_LINK;
    memcpy(link->url, url, length + 1);
    out->document = &link->head;
    return true;
}

bool reading_amount(const cJSON *object, const char *name, struct fen *out) {
    const char *text = wire_text(object, name);
    return text != NULL && money_parse(text, strlen(text), out) == MONEY_OK;
}

bool reading_echoes(const cJSON *answer, const cJSON *sent, const char *name) {
    const char *theirs = wire_text(answer, name), *ours = wire_text(sent, name);
    return theirs == NULL || *theirs == '\0' || ours == NULL || strcmp(theirs, ours) == 0;
}
