/* Taking an answer apart: small helpers that every platform's reader uses. */
#ifndef HOPKIOSK_WIRE_READING_H
#define HOPKIOSK_WIRE_READING_H

#include "app/core/terms/money.h"
#include "app/wire/message.h"

/* Parses an answer into out->tree. False: the answer says nothing (out is UNKNOWN for an HTTP
 * status, MALFORMED for what is no JSON object). */
bool reading_begin(struct wire_reading *out, int http_status, const char *body, size_t length);
/* The answer cannot be relied on: MALFORMED, and why. Always false. */
bool reading_malformed(struct wire_reading *out, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void reading_code(struct wire_reading *out, const char *code, const char *message);

/* Ids are never cut. False: too long. An absent one is "" and true. */
bool reading_id(char *out, size_t size, const cJSON *object, const char *name);
/* False: absent or no amount. */
bool reading_amount(const cJSON *object, const char *name, struct fen *out);
/* The member of `answer` is absent or equals that of `sent`. */
bool reading_echoes(const cJSON *answer, const cJSON *sent, const char *name);

#endif
