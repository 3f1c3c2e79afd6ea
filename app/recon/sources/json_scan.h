/* JSON read where it stands, without a tree: a position goes from value to value. After an error
 * every call says no and `error` tells why and where. */
#ifndef HOPKIOSK_RECON_SOURCES_JSON_SCAN_H
#define HOPKIOSK_RECON_SOURCES_JSON_SCAN_H

#include <stdbool.h>

#include "app/recon/sources/entry.h"

#define JSON_SCAN_DEPTH 64

struct json_scan {
    const char *data;
    size_t size;
    char *scratch; /* strings without their escapes; NULL: a string with an escape is an error */
    size_t scratch_size, scratch_used;
    const char *error; /* a literal */
    size_t error_at;
};

/* Moves over blanks. */
void json_blanks(const struct json_scan *scan, size_t *at);
/* Into the object or array at `*at`; false when none stands there, which is no error yet. */
bool json_enter(struct json_scan *scan, size_t *at, char open);
/* The next member: its name, `*at` at its value. False at the end, `*at` behind it, and on error.
 * Blanks around a name are left out. */
bool json_member(struct json_scan *scan, size_t *at, bool *first, struct recon_slice *name);
/* The two halves of json_member: to what follows the comma, or false at the end (`close`); a name
 * and its colon. */
bool json_next(struct json_scan *scan, size_t *at, bool *first, char close);
bool json_name(struct json_scan *scan, size_t *at, struct recon_slice *name);
/* `*at` at the next element. False at the end, `*at` behind it, and on error. */
bool json_element(struct json_scan *scan, size_t *at, bool *first);
/* Moves behind the value at `*at`, whatever it is. */
bool json_skip(struct json_scan *scan, size_t *at);
/* The text of the scalar at `*at`, which moves behind it: a string's, a number's or a flag's; null
 * is empty. An object or array is skipped and empty too. */
bool json_scalar(struct json_scan *scan, size_t *at, struct recon_slice *out);
/* Says no from now on; returns false. */
bool json_scan_fail(struct json_scan *scan, size_t at, const char *why);

#endif
