/* Helpers for reading an answer, used by every platform. */
#ifndef HOPKIOSK_WIRE_READING_H
#define HOPKIOSK_WIRE_READING_H

#include "app/core/terms/money.h"
#include "app/wire/message.h"

/* Parses an answer into out->tree. False when it says nothing; then the outcome is UNKNOWN for an
 * HTTP status, MALFORMED when it is no JSON object. */
bool reading_begin(struct wire_reading *out, int http_status, const char *body, size_t length);
/* The same of an answer that may have so many bytes. */
bool reading_begin_long(struct wire_reading *out, int http_status, const char *body, size_t length,
                        size_t length_max);
/* Of an answer that is what a vendor's function returned and left in its buffer ({"returned",
 * "out"}): out->tree becomes the object that it left, with the code as its member `returned`.
 * Where it left nothing (`*left` false) only a failure is believed. False: MALFORMED. */
bool reading_library(struct wire_reading *out, bool (*is_done)(const char *code), bool *left);
/* Makes the outcome MALFORMED and says why. Always false. */
bool reading_malformed(struct wire_reading *out, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* The peer's code and its words. */
void reading_code(struct wire_reading *out, const char *code, const char *message);
/* Our own words in the place of the peer's. */
void reading_own_words(struct wire_reading *out, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* The code as a log may have it: what a code is not made of, and long numbers, are hidden. */
const char *reading_logged_code(const char *code, char out[CODE_SIZE]);

/* The member is there and not empty. */
bool reading_has(const cJSON *object, const char *name);
/* Copies an id whole; false when it is too long. An absent one is "" and true. */
bool reading_id(char *out, size_t size, const cJSON *object, const char *name);
/* False when it is absent or no amount. */
bool reading_amount(const cJSON *object, const char *name, struct fen *out);
/* No blank and no control character is in it. */
bool reading_is_whole_word(const char *text);
/* Makes out->document the link to pay, which becomes a QR code (document.h; the caller frees it).
 * False, MALFORMED, when it has blanks or is too long for such a code; `name` is its member. */
bool reading_pay_link(struct wire_reading *out, const char *name, const char *url);
/* True when the answer lacks the member or has the same value as `sent`. */
bool reading_echoes(const cJSON *answer, const cJSON *sent, const char *name);

#endif
