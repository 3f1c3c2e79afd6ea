/* JSON as it was sent: cJSON trees in which a number keeps its own text ("17.60" stays "17.60"). A
 * number that was read is a cJSON_Raw item; wire_text gives the text of any scalar. */
#ifndef HOPKIOSK_WIRE_JSON_H
#define HOPKIOSK_WIRE_JSON_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>

#define WIRE_JSON_MAX (4u << 20)
#define WIRE_JSON_DEPTH 64

/* NULL and a reason in `error` (a literal) when not JSON, too long, too deep, or bytes follow.
 * Caller: cJSON_Delete. */
cJSON *wire_parse(const char *text, size_t length, const char **error);
/* The same of a text of at most `length_max` bytes. */
cJSON *wire_parse_long(const char *text, size_t length, size_t length_max, const char **error);
/* The own text of a string, number or flag member ("true", "false"); NULL when absent, null, object
 * or array. Member names are compared with blanks trimmed ("diag_dept "). */
const char *wire_text(const cJSON *object, const char *name);
const char *wire_text_of(const cJSON *item); /* of an item itself */
const cJSON *wire_member(const cJSON *object, const char *name);
bool wire_same_name(const char *wire, const char *name); /* the comparison */
/* Flags come as true, "true", "TRUE", 1, "1". */
bool wire_flag(const cJSON *object, const char *name);
/* Compares two members by name, for qsort of pointers. */
int wire_by_name(const void *a, const void *b);
/* Compact, raw UTF-8, '/' not escaped; free() it. `sorted`: keys by ASCII at every depth. */
char *wire_print(const cJSON *tree, bool sorted);

#endif
