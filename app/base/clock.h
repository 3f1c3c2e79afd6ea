/* Clocks and China Standard Time (UTC+8, no summer time). The texts are the documents' formats. */
#ifndef HOPKIOSK_BASE_CLOCK_H
#define HOPKIOSK_BASE_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

/* Epoch milliseconds; may jump. */
int64_t clock_wall_ms(void);
/* Milliseconds since the machine started, sleep included; never goes back. */
int64_t clock_mono_ms(void);
/* yyyy-MM-dd HH:mm:ss */
#define CLOCK_TEXT_SIZE 20
char *clock_text(int64_t wall_ms, char out[CLOCK_TEXT_SIZE]);
/* yyyyMMddHHmmss */
char *clock_digits(int64_t wall_ms, char out[15]);
/* Either format, strictly; false and `out` untouched otherwise. */
bool clock_parse(const char *text, int64_t *out);

#endif
