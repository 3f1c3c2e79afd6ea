/* Comma-separated values: finds the ends of fields 64 bytes at a time. */
#ifndef HOPKIOSK_RECON_SOURCES_CSV_H
#define HOPKIOSK_RECON_SOURCES_CSV_H

#include "app/recon/sources/entry.h"
#include "app/recon/sources/file.h"

#define CSV_FIELDS_MAX 48
#define CSV_LINE_MAX 65536

struct csv {
    const struct recon_file *file;
    size_t block;   /* the marks are of the 64 bytes from here; SIZE_MAX: of none */
    uint64_t marks; /* a comma, quote or line feed, a bit each */
    char *scratch;  /* CSV_LINE_MAX bytes of the caller: quoted fields without their quotes */
    size_t scratch_used;
};

void csv_init(struct csv *csv, const struct recon_file *file, char *scratch);
/* The line at `*at`, which moves behind it; a carriage return before the line feed is left out.
 * Returns the number of fields, 0 at the end of the file, -1 after a complaint. */
int csv_line(struct csv *csv, size_t *at, struct recon_slice fields[CSV_FIELDS_MAX],
             struct recon_complaint *complaint);

#endif
