/* A source's file, mapped, not read into memory. What is compressed or must be rewritten first
 * becomes an unnamed file of its own. */
#ifndef HOPKIOSK_RECON_SOURCES_FILE_H
#define HOPKIOSK_RECON_SOURCES_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* What one source may unpack to. */
#define RECON_FILE_MAX ((size_t)16 << 30)

struct recon_file {
    const char *path; /* as it was given, for complaints; the caller's */
    const char *data;
    size_t size;
    bool answers; /* of a service, one a line: a complaint names the page */
};

/* Why something could not be read: "FILE:LINE: what was expected, what stands there". */
struct recon_complaint {
    char text[512];
};

/* False after a complaint. A regular file; gz is unpacked. */
__attribute__((warn_unused_result)) bool recon_file_open(struct recon_file *file, const char *path,
                                                         struct recon_complaint *complaint);
/* The answers of a service, which were written to `answers`; `name` is what was asked. */
__attribute__((warn_unused_result)) bool recon_file_take(struct recon_file *file, const char *name,
                                                         FILE *answers,
                                                         struct recon_complaint *complaint);
/* Maps what was written to `plain` instead; the caller closes it. */
__attribute__((warn_unused_result)) bool recon_file_replace(struct recon_file *file, FILE *plain,
                                                            struct recon_complaint *complaint);
void recon_file_close(struct recon_file *file);
/* Complains of the byte at `at`; the line is counted only then. Returns false. */
bool recon_complain(const struct recon_file *file, size_t at, struct recon_complaint *complaint,
                    const char *format, ...) __attribute__((format(printf, 4, 5)));

#endif
