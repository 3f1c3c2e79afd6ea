/* Pictures beside each other, smaller, on one: to look at many at once. */
#ifndef HOPKIOSK_TESTS_SHEET_H
#define HOPKIOSK_TESTS_SHEET_H

#include <stdbool.h>

/* Writes `rows` x `columns` PNG files, row by row, each a `divisor`th of its size; a path that is
 * no file leaves its place empty. False when nothing could be read or written. */
bool sheet_write(const char *out, const char *const *paths, int columns, int rows, int divisor);

#endif
