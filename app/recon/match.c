#include "app/recon/match.h"

#include <stdlib.h>
#include <string.h>

#include "app/base/log.h"
#include "app/recon/candidates.h"

#define BATCH 16 /* pairs of rows; more at once fetch faster than the processor can take it */
#define CACHE_LINE 64
/* A deal of more rows, joined by several ids, is no deal but a number that everybody has. */
#define RING_MAX 4096

_Static_assert(RECON_CHUNKS_MAX <= RECON_PAIR >> 16, "a row's number leaves the bit free");

static void forget_pair(struct recon_ledger *ledger, uint32_t row) {
    if (!recon_is_pair(ledger, row))
        return;
    recon_line(ledger, recon_next(ledger, row))->next &= ~RECON_PAIR;
    recon_line(ledger, row)->next &= ~RECON_PAIR;
}

/* Two rows that nobody else has a number of, yet. */
static void note_pair(struct recon_line *a, struct recon_line *b) {
    if (!recon_lines_agree(a, b))
        return;
    a->next |= RECON_PAIR;
    b->next |= RECON_PAIR;
}

void recon_join(struct recon_ledger *ledger, uint32_t a, uint32_t b) {
    forget_pair(ledger, a);
    forget_pair(ledger, b);
    struct recon_line *line_a = recon_line(ledger, a), *line_b = recon_line(ledger, b);
    uint32_t after = line_a->next;
    line_a->next = line_b->next;
    line_b->next = after;
}

enum ring { RING_HAS_IT, RING_HAS_NOT, RING_TOO_LONG };

static enum ring ring_has(const struct recon_ledger *ledger, uint32_t row, uint32_t other) {
    uint32_t at = recon_next(ledger, row);
    for (int steps = 0; steps < RING_MAX; steps++, at = recon_next(ledger, at)) {
        if (at == other)
            return RING_HAS_IT;
        if (at == row)
            return RING_HAS_NOT;
    }
    return RING_TOO_LONG;
}

static bool link_rows(struct recon_ledger *ledger, const struct recon_spot *row,
                      const struct recon_spot *other) {
    if (row->row == other->row)
        return true;
    if (row->line->next == row->row) {
        recon_join(ledger, row->row, other->row);
        if (other->line->next == row->row && row->line->next == other->row)
            note_pair(row->line, other->line);
        return true;
    }
    enum ring ring = ring_has(ledger, row->row, other->row);
    if (ring == RING_HAS_NOT)
        ring = ring_has(ledger, other->row, row->row); /* it may be the other's that is too long */
    if (ring == RING_HAS_NOT)
        recon_join(ledger, row->row, other->row);
    if (ring != RING_TOO_LONG)
        return true;
    return recon_complain(&ledger->files[row->chunk->file].file, row->chunk->base + row->line->at,
                          &ledger->complaint,
                          "more than %d rows have an id of this one: that is no id", RING_MAX);
}

/* So few rows are a deal as usual; more may be one number that everybody has. */
#define RING_USUAL 8

static bool ring_is_short(const struct recon_ledger *ledger, uint32_t row) {
    uint32_t at = recon_next(ledger, row);
    for (int steps = 0; at != row; at = recon_next(ledger, at))
        if (++steps == RING_USUAL)
            return false;
    return true;
}

/* One kind of id after the other: the rows that may share it, then of those who do not, who else
 * may. */
struct matching {
    struct recon_ledger *ledger;
    enum recon_id id;
    struct candidates candidates;
    uint8_t *found; /* of a row: ids that need not be looked for any more, bits */
    uint32_t far_count;
    const char *far[BATCH * 4];
    struct recon_spot spots[2][BATCH][2];
};

/* The lines and texts of both are fetched while pairs before are worked on, the lines two batches
 * ahead, the texts, where the lines say they are, one. They lie anywhere in gigabytes, each in
 * another page: where they lie is gathered first and then fetched in a loop that does nothing else,
 * so that many pages are looked up at the same time. */
static void gather_far(struct matching *matching, const char *at, size_t size) {
    const char *end = at + size;
    matching->far[matching->far_count++] = at;
    if ((uintptr_t)at / CACHE_LINE != (uintptr_t)end / CACHE_LINE)
        matching->far[matching->far_count++] = end;
}

static void fetch_far(struct matching *matching) {
    for (uint32_t i = 0; i < matching->far_count; i++)
        __builtin_prefetch(matching->far[i], 1);
    matching->far_count = 0;
}

static void gather_line(struct matching *matching, uint32_t row) {
    const struct recon_chunk *chunk = RECON_CHUNK(matching->ledger, row);
    gather_far(matching, (const char *)recon_chunk_line(chunk, RECON_WITHIN(row)),
               chunk->width - 1);
}

static void fetch_lines(struct matching *matching, size_t from, uint32_t count) {
    const struct part_item *pairs = matching->candidates.pairs + from;
    for (uint32_t i = 0; i < count; i++) {
        gather_line(matching, pairs[i].key);
        gather_line(matching, pairs[i].row);
    }
    fetch_far(matching);
}

static void fetch_texts(struct matching *matching, size_t from, uint32_t count,
                        struct recon_spot (*spots)[2]) {
    const struct part_item *pairs = matching->candidates.pairs + from;
    for (uint32_t i = 0; i < count; i++) {
        spots[i][0] = recon_spot(matching->ledger, pairs[i].row);
        spots[i][1] = recon_spot(matching->ledger, pairs[i].key);
        for (int k = 0; k < 2; k++)
            gather_far(matching, recon_id_text_at(&spots[i][k], matching->id), CACHE_LINE);
    }
    fetch_far(matching);
}

/* Does the earlier row that this one was just joined with have another of its ids, too? Then that
 * row is looked for, or one before it of the same deal. */
static void note_found(struct matching *matching, const struct recon_spot *row,
                       const struct recon_spot *other) {
    ENSURE(other->row < row->row);
    if (!ring_is_short(matching->ledger, row->row))
        return;
    for (int slot = row->chunk->slot[matching->id] + 1; slot < row->chunk->shared; slot++) {
        enum recon_id id = (enum recon_id)row->chunk->kinds[slot];
        if (recon_spots_share(matching->ledger, row, id, other, id))
            matching->found[row->row] |= (uint8_t)(1u << id);
    }
}

static bool link_batch(struct matching *matching, struct recon_spot (*spots)[2], uint32_t count) {
    enum recon_id id = matching->id;
    for (uint32_t i = 0; i < count; i++) {
        const struct recon_spot *row = &spots[i][0], *other = &spots[i][1];
        if (!recon_spots_share(matching->ledger, row, id, other, id)) {
            uint32_t hash = recon_id_hash(recon_spot_id(row, id));
            candidates_refute(&matching->candidates, hash, row->row);
        } else if (link_rows(matching->ledger, row, other))
            note_found(matching, row, other);
        else
            return false;
    }
    return true;
}

static uint32_t batch_size(size_t from, size_t count) {
    return from >= count ? 0 : count - from < BATCH ? (uint32_t)(count - from) : BATCH;
}

static bool link_pairs(struct matching *matching) {
    size_t count = matching->candidates.count;
    fetch_lines(matching, 0, batch_size(0, count));
    for (size_t i = 0, batch = 0; i < count + BATCH; i += BATCH, batch ^= 1) {
        fetch_lines(matching, i + BATCH, batch_size(i + BATCH, count));
        fetch_texts(matching, i, batch_size(i, count), matching->spots[batch]);
        if (i > 0 &&
            !link_batch(matching, matching->spots[batch ^ 1], batch_size(i - BATCH, count)))
            return false;
    }
    return true;
}

static bool match_id(struct matching *matching) {
    struct candidates *candidates = &matching->candidates;
    candidates_of_id(matching->ledger, matching->id, matching->found, candidates);
    while (candidates->count > 0) {
        if (!link_pairs(matching))
            return false;
        candidates_of_refuted(matching->ledger, candidates);
    }
    return true;
}

bool recon_match(struct recon_ledger *ledger) {
    struct matching matching = {.ledger = ledger,
                                .found = calloc(ledger->chunk_count + 1, RECON_CHUNK_ROWS)};
    bool good = true;
    ENSURE(matching.found != NULL);
    for (matching.id = 0; good && matching.id < RECON_ORIGIN_NO; matching.id++)
        good = match_id(&matching);
    candidates_free(&matching.candidates);
    free(matching.found);
    return good;
}
