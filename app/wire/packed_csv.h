/* A CSV in a ZIP, as platforms let one download. What it holds is foreign: its digest is checked
 * first, its name is never used, and what it unpacks to is bounded. */
#ifndef HOPKIOSK_WIRE_PACKED_CSV_H
#define HOPKIOSK_WIRE_PACKED_CSV_H

#include <stdio.h>

/* Checks the ZIP's digest (SHA-1, hexadecimal; NULL: there is none to check) and writes the one CSV
 * that it holds to `out`, as it is. NULL, or what is wrong with it (a literal); then `out` may hold
 * a part of it. */
#define PACKED_CSV_MAX (256u << 20) /* of the CSV */
const char *packed_csv_unpack(const void *bytes, size_t length, const char *digest, FILE *out);

#endif
