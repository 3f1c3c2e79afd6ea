#include "app/recon/match.h"

#include <stdlib.h>
#include <string.h>

#include "app/base/log.h"
#include "app/recon/sweep.h"

#define AHEAD 32 /* places of the index */
#define BATCH 64
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
static void note_pair(struct recon_ledger *ledger, uint32_t a, uint32_t b) {
    struct recon_row row_a = recon_row(ledger, a), row_b = recon_row(ledger, b);
    if (row_a.kind != row_b.kind || row_a.fen != row_b.fen || row_a.state != RECON_DONE ||
        row_b.state != RECON_DONE)
        return;
    recon_line(ledger, a)->next |= RECON_PAIR;
    recon_line(ledger, b)->next |= RECON_PAIR;
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

static bool link_rows(struct recon_ledger *ledger, uint32_t row, uint32_t other) {
    if (row == other)
        return true;
    if (recon_next(ledger, row) == row) {
        recon_join(ledger, row, other);
        if (recon_next(ledger, other) == row && recon_next(ledger, row) == other)
            note_pair(ledger, row, other);
        return true;
    }
    enum ring ring = ring_has(ledger, row, other);
    if (ring == RING_HAS_NOT)
        ring = ring_has(ledger, other, row); /* it may be the other's that is too long */
    if (ring == RING_HAS_NOT)
        recon_join(ledger, row, other);
    if (ring != RING_TOO_LONG)
        return true;
    const struct recon_chunk *chunk = RECON_CHUNK(ledger, row);
    return recon_complain(&ledger->files[chunk->file].file,
                          chunk->base + recon_line(ledger, row)->at, &ledger->complaint,
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

/* A chunk at a time, one kind of id after the other: first the places in the index, in the order in
 * which they lie there (sweep), then the rows that stand there, in the order of the chunk. */
struct matching {
    struct recon_ledger *ledger;
    struct recon_index *index;
    const struct recon_chunk *chunk;
    uint32_t first; /* the chunk's first row */
    struct sweep places;
    uint32_t others[RECON_CHUNK_ROWS]; /* who may have the id, too; RECON_NO_ROW: nobody */
    uint8_t found[RECON_CHUNK_ROWS];   /* slots of ids that need not be looked for any more, bits */
    uint32_t far_count;
    const char *far[BATCH * 2];
};

static void gather_ids(struct matching *matching, int slot) {
    for (uint32_t i = 0; i < matching->chunk->count; i++) {
        uint64_t packed = recon_line_id(recon_chunk_line(matching->chunk, i), slot);
        matching->others[i] = RECON_NO_ROW;
        if (packed != 0 && !(matching->found[i] & 1u << slot))
            sweep_add(&matching->places, recon_id_hash(packed), i);
    }
}

static void enter_ids(struct matching *matching, enum recon_id id) {
    uint32_t count;
    const struct sweep_item *items =
        sweep_sort(&matching->places, sweep_bits(matching->index->room), &count);
    for (uint32_t i = 0; i < count; i++) {
        if (i + AHEAD < count)
            __builtin_prefetch(recon_index_place(matching->index, items[i + AHEAD].key), 1);
        matching->others[items[i].within] = recon_index_enter_new(
            matching->ledger, matching->index, matching->first + items[i].within, id, items[i].key);
    }
}

/* The others' lines and texts are fetched while rows before are worked on, each kind a batch before
 * the next. They lie anywhere in gigabytes, each in another page: where they lie is gathered first
 * and then fetched in a loop that does nothing else, so that many pages are looked up at the same
 * time. */
static void fetch_far(struct matching *matching) {
    for (uint32_t i = 0; i < matching->far_count; i++)
        __builtin_prefetch(matching->far[i], 1);
    matching->far_count = 0;
}

static void gather_line(struct matching *matching, uint32_t other, enum recon_id id) {
    const char *line = (const char *)recon_line(matching->ledger, other);
    (void)id;
    matching->far[matching->far_count++] = line;
    matching->far[matching->far_count++] = line + RECON_CHUNK(matching->ledger, other)->width - 1;
}

static void gather_text(struct matching *matching, uint32_t other, enum recon_id id) {
    const char *text =
        recon_id_text_at(matching->ledger, other, recon_row_id(matching->ledger, other, id));
    matching->far[matching->far_count++] = text;
    matching->far[matching->far_count++] = text + CACHE_LINE;
}

static void fetch_batch(struct matching *matching, uint32_t from, enum recon_id id,
                        void (*gather)(struct matching *, uint32_t, enum recon_id)) {
    for (uint32_t i = from; i < from + BATCH && i < matching->chunk->count; i++)
        if (matching->others[i] != RECON_NO_ROW)
            gather(matching, matching->others[i], id);
    fetch_far(matching);
}

/* Does a row that this one was just joined with have another of its ids, too? Then it stands in the
 * index already, or one of that deal does: of an earlier row that is certain. */
static void note_found(struct matching *matching, uint32_t row, uint32_t other, int slot) {
    if (other > row || !ring_is_short(matching->ledger, row))
        return;
    for (slot++; slot < matching->chunk->shared; slot++) {
        enum recon_id id = (enum recon_id)matching->chunk->kinds[slot];
        if (recon_same_id(matching->ledger, row, id, other, id))
            matching->found[RECON_WITHIN(row)] |= (uint8_t)(1u << slot);
    }
}

/* Row and `other` may have the same id. */
static bool link_by_id(struct matching *matching, uint32_t row, uint32_t other, int slot) {
    struct recon_ledger *ledger = matching->ledger;
    enum recon_id id = (enum recon_id)matching->chunk->kinds[slot];
    if (!recon_same_id(ledger, row, id, other, id))
        other = recon_index_enter(ledger, matching->index, row, id);
    if (other == RECON_NO_ROW)
        return true;
    if (!link_rows(ledger, row, other))
        return false;
    note_found(matching, row, other, slot);
    return true;
}

static bool link_chunk(struct matching *matching, int slot) {
    enum recon_id id = (enum recon_id)matching->chunk->kinds[slot];
    for (uint32_t i = 0; i < matching->chunk->count; i++) {
        if (i % BATCH == 0) {
            fetch_batch(matching, i + 2 * BATCH, id, gather_line);
            fetch_batch(matching, i + BATCH, id, gather_text);
        }
        if (matching->others[i] != RECON_NO_ROW &&
            !link_by_id(matching, matching->first + i, matching->others[i], slot))
            return false;
    }
    return true;
}

static bool match_chunk(struct matching *matching, uint32_t number) {
    matching->chunk = &matching->ledger->chunks[number];
    matching->first = number << 16;
    memset(matching->found, 0, matching->chunk->count);
    for (int slot = 0; slot < matching->chunk->shared; slot++) {
        gather_ids(matching, slot);
        enter_ids(matching, (enum recon_id)matching->chunk->kinds[slot]);
        if (!link_chunk(matching, slot))
            return false;
    }
    return true;
}

/* Of the largest source: the others mostly have the same. */
static size_t expected_ids(const struct recon_ledger *ledger) {
    size_t ids[RECON_SOURCES_MAX] = {0}, most = 0;
    for (uint32_t i = 0; i < ledger->chunk_count; i++) {
        const struct recon_chunk *chunk = &ledger->chunks[i];
        ids[chunk->source] += chunk->count * (size_t)chunk->shared;
        most = ids[chunk->source] > most ? ids[chunk->source] : most;
    }
    return most;
}

bool recon_match(struct recon_ledger *ledger, struct recon_index *index) {
    struct matching *matching = calloc(1, sizeof *matching);
    bool good = true;
    ENSURE(matching != NULL);
    matching->ledger = ledger;
    matching->index = index;
    sweep_init(&matching->places);
    recon_index_init(index, expected_ids(ledger), ledger->chunk_count << 16);
    for (uint32_t number = 0; good && number < ledger->chunk_count; number++)
        good = match_chunk(matching, number);
    sweep_free(&matching->places);
    free(matching);
    return good;
}
