/* The two values every message carries: amounts (yuan text outside, fen inside) and China Standard
 * Time. Written for the sandbox alone, so that a mistake of the program's own code is seen here. */
#ifndef SANDBOX_VALUE_H
#define SANDBOX_VALUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define YUAN_SIZE 24
#define MOMENT_SIZE 20
#define DAY_MS INT64_C(86400000)

/* Digits, a point, exactly two digits: "0.01". */
bool yuan_read(const char *text, int64_t *fen);
char *yuan_write(int64_t fen, char out[YUAN_SIZE]);

/* yyyy-MM-dd HH:mm:ss <-> epoch milliseconds. */
bool moment_read(const char *text, int64_t *ms);
char *moment_write(int64_t ms, char out[MOMENT_SIZE]);
/* yyyy-MM-dd <-> the first millisecond of that day. */
bool day_read(const char *text, int64_t *ms);
char *day_write(int64_t ms, char out[MOMENT_SIZE]);

void text_set(char *out, size_t size, const char *text); /* NULL is ""; cuts what is too long */

#endif
