/* Clocks and China Standard Time (UTC+8, no summer time). The texts are the documents' formats. */
#ifndef HOPKIOSK_BASE_CLOCK_H
#define HOPKIOSK_BASE_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

#include "app/core/terms/types.h"

struct now clock_now(void);
/* yyyy-MM-dd HH:mm:ss */
#define CLOCK_TEXT_SIZE 20
char *clock_text(int64_t wall_ms, char out[CLOCK_TEXT_SIZE]);
/* yyyyMMddHHmmss */
char *clock_digits(int64_t wall_ms, char out[15]);
/* Either format, strictly; false and `out` untouched otherwise. */
bool clock_parse(const char *text, int64_t *out);

#endif
