/* A source: a file and its reader. A reader is given an original (a line, an object) and says which
 * entries it holds; the same function reads it the first time and shows it again later. */
#ifndef HOPKIOSK_RECON_SOURCES_SOURCE_H
#define HOPKIOSK_RECON_SOURCES_SOURCE_H

#include "app/recon/sources/csv.h"
#include "app/recon/sources/entry.h"
#include "app/recon/sources/file.h"

/* One order has at most 4 legs without claims, 96 shares and 112 refunds. */
#define RECON_ENTRIES_MAX 255

struct source;

struct source_format {
    const char *name; /* as in --file NAME=PATH */
    unsigned ids;     /* bits of enum recon_id that its entries can have */
    bool (*begin)(struct source *, size_t *at); /* checks the head; `at`: the first original */
    /* Reads the original at `*at`, which moves behind it. The number of entries it holds (0 is
     * allowed), -1 at the end, -2 after a complaint. */
    int (*next)(struct source *, size_t *at, struct recon_entry *entries);
};

#define LIST_ENVELOPE_MAX 8
#define LIST_SHAPE_MAX 48
#define SOURCE_SUMS_MAX 4
#define LIST_VALUE_SIZE 64

/* The members of the row before, which the next mostly has too: `"name":` as it stands there. */
struct list_shape {
    int count;
    struct {
        size_t at;
        uint16_t length;
        int16_t column; /* -1: it is not looked at */
    } members[LIST_SHAPE_MAX];
};

/* Where a reader of answers stands. */
struct source_list {
    bool in_body, in_list, first; /* first: no member of the body was read yet */
    int64_t bodies, rows;         /* rows: of this body */
    uint64_t first_row;           /* of its bytes: pages that begin alike are one page twice */
    char values[LIST_ENVELOPE_MAX][LIST_VALUE_SIZE];
    struct list_shape shape;
};

/* What the pages before said. */
struct source_pages {
    int64_t seen, first, last, total, count, rows; /* first: its page, of this query */
    uint64_t first_row;                            /* of the last page */
    bool whole;                                    /* from the first page on */
    int64_t sums[SOURCE_SUMS_MAX];                 /* of its amounts, as a document adds them up */
};

/* What a footer must say, and has said (bits): payments, refunds, their amounts; hundredths. */
#define SOURCE_FOOTER_COUNT 4
struct source_footer {
    unsigned said;
    int64_t counted[SOURCE_FOOTER_COUNT];
};

struct source {
    const struct source_format *format;
    struct recon_file file;
    char *asked; /* what a service was asked: the file's name */
    struct recon_complaint complaint;
    unsigned ids;      /* of this file */
    bool names_source; /* its entries may say whose they are */
    bool verified;     /* the signature of what it was read from is right */
    bool insurance;    /* the hospital's: settlements, not bills */
    bool any_encoding; /* UTF-8 or another; else UTF-8 only */
    bool was_read;     /* to its end: an original is only shown again */
    char *scratch;     /* CSV_LINE_MAX bytes: texts without quotes and escapes */
    size_t scratch_used;
    struct source_list list;
    struct source_pages pages;
    struct source_footer footer;
    bool more;                   /* a journal's last order said that more follow */
    int64_t counted, said_count; /* rows of a CSV; what its first line says, -1: nothing */
    struct csv csv;
    struct entry_day day; /* of the row before */
    int column_count;
    signed char columns[CSV_FIELDS_MAX];
};

#define SOURCE_END (-1)
#define SOURCE_BAD (-2)

/* NULL: no such format. */
const struct source_format *source_format(const char *name);
/* False after a complaint in `complaint`. Close in any case. */
__attribute__((warn_unused_result)) bool source_open(struct source *source, const char *format,
                                                     const char *path, size_t *at);
/* The same of what a service answered (recon_file_take). */
__attribute__((warn_unused_result)) bool source_take(struct source *source, const char *format,
                                                     const char *name, FILE *answers, bool verified,
                                                     size_t *at);
void source_close(struct source *source);
/* ali, WX, UPOP, ...: one word a channel, whoever says it. */
struct recon_slice source_channel_word(struct recon_slice text);
/* The bytes of a byte order mark that the file begins with. */
size_t source_mark(const struct source *source);
/* False after a complaint: these bytes are no UTF-8, and the source may have no other. */
bool source_is_utf8(struct source *source, size_t begin, size_t end);
/* A CSV without a footer may say in a line before its header how many rows it has: "# rows 3". So
 * one that was cut between two lines is found. False after a complaint. */
bool source_read_count(struct source *source, size_t *at);
/* At the end: SOURCE_END when that fits or nothing was said, SOURCE_BAD after a complaint. */
int source_count_fits(struct source *source);
/* Complains of a byte of the file; returns SOURCE_BAD. */
int source_bad(struct source *source, size_t at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* For what its document calls a payment, where a negative one is in no document: a reader that made
 * it a payment would prove a credit with money that went back. False after a complaint. */
bool source_is_payment(struct source *source, size_t at, const char *name,
                       struct recon_slice amount);

extern const struct source_format source_rows, source_journal, source_upp, source_channel,
    source_his, source_tongji, source_amp, source_mmpc;

#endif
