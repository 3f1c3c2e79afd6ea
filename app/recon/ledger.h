/* All rows of a run: lines of fixed width in chunks. The original stays in its file, a row knows
 * where. Nothing here is ever copied to grow. */
#ifndef HOPKIOSK_RECON_LEDGER_H
#define HOPKIOSK_RECON_LEDGER_H

#include "app/recon/ids.h"
#include "app/recon/shared_text.h"
#include "app/recon/sources/source.h"

#define RECON_SOURCES_MAX 16
#define RECON_FILES_MAX 4096
#define RECON_CHUNK_ROWS 65536u
#define RECON_CHUNKS_MAX 2048u /* a row's number has 27 bits */
#define RECON_NO_ROW UINT32_MAX

/* A row but its ids, time and terminal, in 64 bits. */
struct recon_row {
    int64_t fen;
    enum recon_kind kind;
    enum recon_state state;
    bool unverified, elsewhere, no_platform;
    uint8_t sub;     /* which entry of its original */
    uint8_t channel; /* in texts[RECON_CHANNELS] */
    uint8_t fee;
};

/* A row in memory, together and without gaps: two rows that may be one deal lie far apart, and
 * each costs one or two lines of the cache, whatever is asked of it. */
struct __attribute__((packed, aligned(2))) recon_line {
    uint64_t packed;
    uint32_t at;   /* its original, from the chunk's base */
    uint32_t next; /* the rows of a deal are a ring (match.h) */
    uint32_t time;
    uint16_t ids[][RECON_ID_WORDS];
};

struct recon_chunk {
    uint16_t source, file;
    uint32_t count;
    size_t base;                      /* `at` counts from here */
    size_t width;                     /* bytes a line */
    int stride;                       /* ids a row */
    int shared;                       /* the first of them, by which rows find each other */
    uint8_t kinds[RECON_ID_COUNT];    /* an enum recon_id each */
    signed char slot[RECON_ID_COUNT]; /* where an id stands among them; -1: in no row */
    char *lines;
    uint16_t *terminals; /* a row's; beside the lines: with two ids a line has 32 bytes then */
};

/* Chunks are cut out of arenas; pages that no row touches take no memory. */
#define RECON_ARENAS_MAX 512
#define RECON_ARENA_SIZE ((size_t)64 << 20)

enum recon_dimension { RECON_CHANNELS = 0, RECON_TERMINALS, RECON_FEES, RECON_DIMENSIONS };

enum recon_side { RECON_PLATFORM = 1, RECON_HOSPITAL = 2, RECON_TERMINAL = 4 };

struct recon_source {
    char name[RECON_SHARED_TEXT_SIZE];
    enum recon_side side;
    int64_t rows, fen, unverified; /* counted while reading; refunds count negative, void 0 */
};

/* Days of China time as seconds since 1970-01-01; both 0: all days. */
struct recon_period {
    int64_t from_s, end_s;
};

/* How far the reading of a file has come, now and then; NULL: nobody wants to know. */
typedef void recon_progress(const char *file, size_t at, size_t size);

struct recon_ledger {
    struct recon_period period;
    recon_progress *progress;
    struct recon_source sources[RECON_SOURCES_MAX];
    int source_count;
    struct source *files; /* RECON_FILES_MAX */
    int file_count;
    struct recon_chunk *chunks; /* RECON_CHUNKS_MAX */
    uint32_t chunk_count;
    char *arenas[RECON_ARENAS_MAX];
    int arena_count;
    size_t arena_used;     /* of the last */
    uint32_t first_time_s; /* of all rows that have one; 0: none has */
    struct recon_shared_texts texts[RECON_DIMENSIONS];
    bool terminal_is_ours[RECON_SHARED_TEXTS_MAX]; /* some journal has it */
    struct recon_complaint complaint;
    struct recon_entry *entries; /* of the original being read */
};

void recon_ledger_init(struct recon_ledger *ledger);
void recon_ledger_free(struct recon_ledger *ledger);
/* Reads a file as a source of this format ("journal", "rows", ...). False after a complaint; the
 * ledger then must not be used any more. */
__attribute__((warn_unused_result)) bool recon_ledger_read(struct recon_ledger *ledger,
                                                           const char *format, const char *path);

/* The same of what a service answered; `name` says what was asked, `answers` is the caller's to
 * close. `verified`: a right signature vouches for all of them, else a platform's rows are marked,
 * as those of files are. */
__attribute__((warn_unused_result)) bool recon_ledger_take(struct recon_ledger *ledger,
                                                           const char *format, const char *name,
                                                           FILE *answers, bool verified);

/* Could they be read so, to their end? Nothing becomes a row: a ledger that has complained cannot
 * be used any more. */
__attribute__((warn_unused_result)) bool recon_answers_are_whole(const char *format,
                                                                 const char *name, FILE *answers,
                                                                 struct recon_complaint *complaint);

/* A chunk of the file read last, whose rows have these ids (bits); NULL: there are too many. */
struct recon_chunk *recon_ledger_chunk(struct recon_ledger *ledger, int source, unsigned ids,
                                       size_t at);

/* Pages may come as files of their own: are all pages of each answer here? False after a complaint.
 */
__attribute__((warn_unused_result)) bool recon_ledger_has_all_pages(struct recon_ledger *ledger);

#define RECON_CHUNK(ledger, row) (&(ledger)->chunks[(row) >> 16])
#define RECON_WITHIN(row) ((row)&0xffffu)
static inline struct recon_line *recon_chunk_line(const struct recon_chunk *chunk,
                                                  uint32_t within) {
    return (struct recon_line *)(void *)(chunk->lines + within * chunk->width);
}
static inline struct recon_line *recon_line(const struct recon_ledger *ledger, uint32_t row) {
    return recon_chunk_line(RECON_CHUNK(ledger, row), RECON_WITHIN(row));
}
struct recon_row recon_row(const struct recon_ledger *ledger, uint32_t row);
static inline enum recon_kind recon_line_kind(const struct recon_line *line) {
    return (enum recon_kind)(line->packed >> 34 & 1);
}
/* Do both say the same of kind and amount, and that it is done? */
static inline bool recon_lines_agree(const struct recon_line *a, const struct recon_line *b) {
    const uint64_t said = (UINT64_C(1) << 38) - 1; /* amount, kind, state */
    return ((a->packed ^ b->packed) & said) == 0 && (a->packed >> 35 & 7) == RECON_DONE;
}
/* With its sign: a refund is negative, a void nothing. */
int64_t recon_row_money(const struct recon_row *row);
uint64_t recon_row_pack(const struct recon_row *row);
/* As recon_id_pack made it; 0: it has none. */
static inline uint64_t recon_line_id(const struct recon_line *line, int slot) {
    const uint16_t *words = line->ids[slot];
    return (uint64_t)words[0] << 32 | (uint64_t)words[1] << 16 | words[2];
}
static inline uint64_t recon_row_id(const struct recon_ledger *ledger, uint32_t row,
                                    enum recon_id id) {
    const struct recon_chunk *chunk = RECON_CHUNK(ledger, row);
    if (chunk->slot[id] < 0)
        return 0;
    return recon_line_id(recon_chunk_line(chunk, RECON_WITHIN(row)), chunk->slot[id]);
}
static inline uint64_t recon_spot_id(const struct recon_spot *spot, enum recon_id id) {
    return spot->chunk->slot[id] < 0 ? 0 : recon_line_id(spot->line, spot->chunk->slot[id]);
}
/* The line that a row stands in, from where its original begins. */
struct recon_slice recon_row_original(const struct recon_ledger *ledger, uint32_t row);
/* The original's entry, read again; NULL only when the file changed meanwhile. Lives until the
 * next call. */
const struct recon_entry *recon_row_entry(struct recon_ledger *ledger, uint32_t row);

#endif
