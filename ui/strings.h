/* Words of ours, by key: assets/text/zh.json and en.json, one flat object each. */
#ifndef HOPKIOSK_UI_STRINGS_H
#define HOPKIOSK_UI_STRINGS_H

#include "ui/view.h"

struct strings;

/* NULL and a sentence in `error` when a file is missing or is not a flat object of strings. */
struct strings *strings_load(const char *assets_dir, char *error, int error_size);
void strings_free(struct strings *strings);
/* The key itself when it has no words: visible, and a test looks for it. "" for "". */
const char *strings_get(const struct strings *strings, enum view_language language,
                        const char *key);
/* Writes `words` with {a} and {b} replaced; cut at `size`. Returns `out`. */
char *strings_fill(char *out, int size, const char *words, const char *a, const char *b);
/* "¥1,234.56", "-¥0.05". Returns `out`. */
#define AMOUNT_TEXT_SIZE 40
char *amount_text(int64_t fen, char out[AMOUNT_TEXT_SIZE]);
/* "4:05". Returns `out`. */
char *minutes_text(int seconds, char out[16]);

#endif
