/* Answers of services as files: bodies one after the other, each an object with a list of rows. An
 * original is a row; the members around the list are checked when a body ends. */
#ifndef HOPKIOSK_RECON_SOURCES_JSON_LIST_H
#define HOPKIOSK_RECON_SOURCES_JSON_LIST_H

#include "app/recon/sources/source.h"

#define LIST_VALUES_MAX 24

/* A document's list. */
struct list_format {
    const char *list;            /* the member that holds the rows */
    const char *const *columns;  /* of a row, ended by NULL; at most LIST_VALUES_MAX */
    const char *const *envelope; /* of a body: what is looked at beside the list */
    /* The entries of a row; SOURCE_BAD after a complaint. */
    int (*row)(struct source *, size_t at, const struct recon_slice *values,
               struct recon_entry *entries);
    /* The members around the list; false after a complaint. `rows`: of this body. */
    bool (*body)(struct source *, size_t at, const struct recon_slice *values, int64_t rows);
};

/* For a format's begin and next. */
bool list_begin(struct source *source, const struct list_format *format, size_t *at);
int list_next(struct source *source, const struct list_format *format, size_t *at,
              struct recon_entry *entries);

/* What readers of rows share; false, or SOURCE_BAD, after a complaint that names the member. */
bool list_amount(struct source *source, size_t at, const char *name, struct recon_slice text,
                 struct fen *out);
bool list_time(struct source *source, size_t at, const char *name, struct recon_slice text,
               int64_t *out);

#endif
