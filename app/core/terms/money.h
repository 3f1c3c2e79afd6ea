/* Money is integer fen. Yuan text exists only where messages, screens and paper are read or
 * written. */
#ifndef HOPKIOSK_CORE_TERMS_MONEY_H
#define HOPKIOSK_CORE_TERMS_MONEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* An amount in fen (1/100 yuan). Only differences are negative. */
struct fen {
    int64_t fen;
};

enum money_result { MONEY_OK = 0, MONEY_SYNTAX, MONEY_RANGE };

/* The largest amount any interface carries: upp's 8 integer digits (section 1.2). */
#define MONEY_MAX_FEN INT64_C(9999999999)
/* "-99999999.99" and the terminating zero. */
#define MONEY_TEXT_SIZE 16

/* Strict: optional '-', 1 to 8 digits, optionally '.' and 1 or 2 digits; nothing before or behind.
 * "1", "1.5" and "1.50" are 100, 150 and 150 fen. `out` is untouched unless MONEY_OK. */
__attribute__((warn_unused_result)) enum money_result money_parse(const char *text, size_t length,
                                                                  struct fen *out);
/* Always two decimals ("0.01", "-3.00"). Aborts when |amount| > MONEY_MAX_FEN. Returns `out`. */
char *money_format(struct fen amount, char out[MONEY_TEXT_SIZE]);

/* False and `out` untouched when the result leaves +-MONEY_MAX_FEN. */
__attribute__((warn_unused_result)) bool money_add(struct fen a, struct fen b, struct fen *out);
__attribute__((warn_unused_result)) bool money_subtract(struct fen a, struct fen b,
                                                        struct fen *out);
/* -1, 0, 1 */
int money_compare(struct fen a, struct fen b);

#endif
