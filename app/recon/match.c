#include "app/recon/match.h"

#include <stdlib.h>
#include <string.h>

#include "app/base/log.h"
#include "app/recon/sweep.h"

#define GROUP_CHUNKS 4
#define AHEAD 32 /* places of the index */
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

/* A group of chunks at a time, one kind of id after the other: first the places in the index, in
 * the order in which they lie there (sweep), then the pairs of rows that may share the id, in the
 * order of who stood there before, then again in the index what was no pair. */
struct matching {
    struct recon_ledger *ledger;
    struct recon_index *index;
    const struct recon_chunk *chunk; /* the group's first: all have the same kinds of ids */
    uint32_t first, end;             /* the group's rows */
    struct sweep sweep;
    uint32_t *refuted; /* of a row that may share an id: with whom it does not */
    uint8_t *found;    /* slots of ids that need not be looked for any more, bits */
    uint32_t far_count;
    const char *far[BATCH * 4];
    struct recon_spot spots[2][BATCH][2];
};

static void gather_ids(struct matching *matching, int slot) {
    for (uint32_t first = matching->first; first < matching->end; first += RECON_CHUNK_ROWS) {
        const struct recon_chunk *chunk = RECON_CHUNK(matching->ledger, first);
        uint32_t within = first - matching->first;
        for (uint32_t i = 0; i < chunk->count; i++, within++) {
            uint64_t packed = recon_line_id(recon_chunk_line(chunk, i), slot);
            if (packed != 0 && !(matching->found[within] & 1u << slot))
                sweep_add(&matching->sweep, recon_id_hash(packed), within);
        }
    }
}

/* What was added to the sweep, in the index's order. */
static const struct sweep_item *swept(struct matching *matching, uint32_t *count) {
    return sweep_sort(&matching->sweep, sweep_bits(matching->index->room), count);
}

static void fetch_place_ahead(const struct matching *matching, const struct sweep_item *items,
                              uint32_t i, uint32_t count) {
    if (i + AHEAD < count)
        __builtin_prefetch(recon_index_place(matching->index, items[i + AHEAD].key), 1);
}

static void enter_ids(struct matching *matching, enum recon_id id) {
    uint32_t count;
    const struct sweep_item *items = swept(matching, &count);
    for (uint32_t i = 0; i < count; i++) {
        fetch_place_ahead(matching, items, i, count);
        uint32_t other = recon_index_enter_new(matching->ledger, matching->index,
                                               matching->first + items[i].within, id, items[i].key);
        if (other != RECON_NO_ROW)
            sweep_add(&matching->sweep, other, items[i].within);
    }
}

/* The lines and texts of both are fetched while pairs before are worked on, the lines two batches
 * ahead, the texts, where the lines say they are, one. They lie anywhere in gigabytes, each in
 * another page: where they lie is gathered first and then fetched in a loop that does nothing else,
 * so that many pages are looked up at the same time. */
static void gather_far(struct matching *matching, const char *at, size_t size) {
    matching->far[matching->far_count++] = at;
    matching->far[matching->far_count++] = at + size;
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

static void fetch_lines(struct matching *matching, const struct sweep_item *item, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        gather_line(matching, item[i].key);
        gather_line(matching, matching->first + item[i].within);
    }
    fetch_far(matching);
}

static void fetch_texts(struct matching *matching, const struct sweep_item *item, uint32_t count,
                        enum recon_id id, struct recon_spot (*spots)[2]) {
    for (uint32_t i = 0; i < count; i++) {
        spots[i][0] = recon_spot(matching->ledger, matching->first + item[i].within);
        spots[i][1] = recon_spot(matching->ledger, item[i].key);
        for (int k = 0; k < 2; k++)
            gather_far(matching, recon_id_text_at(&spots[i][k], id), CACHE_LINE);
    }
    fetch_far(matching);
}

/* Does a row that this one was just joined with have another of its ids, too? Then it stands in the
 * index already, or one of that deal does: of an earlier row that is certain. */
static void note_found(struct matching *matching, const struct recon_spot *row,
                       const struct recon_spot *other, int slot) {
    if (other->row > row->row || !ring_is_short(matching->ledger, row->row))
        return;
    for (slot++; slot < matching->chunk->shared; slot++) {
        enum recon_id id = (enum recon_id)matching->chunk->kinds[slot];
        if (recon_spots_share(matching->ledger, row, id, other, id))
            matching->found[row->row - matching->first] |= (uint8_t)(1u << slot);
    }
}

static bool link_pair(struct matching *matching, const struct recon_spot *row,
                      const struct recon_spot *other, int slot) {
    if (!link_rows(matching->ledger, row, other))
        return false;
    note_found(matching, row, other, slot);
    return true;
}

/* What is no pair waits: what stands behind in the index is far away, too. */
static bool link_batch(struct matching *matching, struct recon_spot (*spots)[2], uint32_t count,
                       int slot) {
    enum recon_id id = (enum recon_id)matching->chunk->kinds[slot];
    for (uint32_t i = 0; i < count; i++) {
        const struct recon_spot *row = &spots[i][0], *other = &spots[i][1];
        uint32_t within = row->row - matching->first;
        if (!recon_spots_share(matching->ledger, row, id, other, id)) {
            sweep_add(&matching->sweep, recon_id_hash(recon_spot_id(row, id)), within);
            matching->refuted[within] = other->row;
        } else if (!link_pair(matching, row, other, slot))
            return false;
    }
    return true;
}

static uint32_t batch_size(uint32_t from, uint32_t count) {
    return from >= count ? 0 : count - from < BATCH ? count - from : BATCH;
}

static bool link_pairs(struct matching *matching, int slot) {
    enum recon_id id = (enum recon_id)matching->chunk->kinds[slot];
    uint32_t count;
    const struct sweep_item *items = sweep_sort(
        &matching->sweep, sweep_bits((size_t)matching->ledger->chunk_count << 16), &count);
    fetch_lines(matching, items, batch_size(0, count));
    for (uint32_t i = 0, batch = 0; i < count + BATCH; i += BATCH, batch ^= 1) {
        uint32_t behind = i + BATCH;
        fetch_lines(matching, items + behind, batch_size(behind, count));
        fetch_texts(matching, items + i, batch_size(i, count), id, matching->spots[batch]);
        if (i > 0 &&
            !link_batch(matching, matching->spots[batch ^ 1], batch_size(i - BATCH, count), slot))
            return false;
    }
    return true;
}

/* Those whom the index named first have another id: who has this one? */
static bool link_others(struct matching *matching, int slot) {
    enum recon_id id = (enum recon_id)matching->chunk->kinds[slot];
    uint32_t count;
    const struct sweep_item *items = swept(matching, &count);
    for (uint32_t i = 0; i < count; i++) {
        fetch_place_ahead(matching, items, i, count);
        uint32_t row = matching->first + items[i].within,
                 other = recon_index_enter(matching->ledger, matching->index, row, id, items[i].key,
                                           matching->refuted[items[i].within]);
        if (other == RECON_NO_ROW)
            continue;
        struct recon_spot spot = recon_spot(matching->ledger, row),
                          far = recon_spot(matching->ledger, other);
        if (!link_pair(matching, &spot, &far, slot))
            return false;
    }
    return true;
}

static bool match_group(struct matching *matching, uint32_t number, uint32_t end) {
    matching->chunk = &matching->ledger->chunks[number];
    matching->first = number << 16;
    matching->end = end << 16;
    memset(matching->found, 0, matching->end - matching->first);
    for (int slot = 0; slot < matching->chunk->shared; slot++) {
        gather_ids(matching, slot);
        enter_ids(matching, (enum recon_id)matching->chunk->kinds[slot]);
        if (!link_pairs(matching, slot) || !link_others(matching, slot))
            return false;
    }
    return true;
}

/* Up to where chunks have the kinds of ids of this one. */
static uint32_t group_end(const struct recon_ledger *ledger, uint32_t number) {
    const struct recon_chunk *first = &ledger->chunks[number];
    uint32_t end = number + 1;
    while (end < ledger->chunk_count && end < number + GROUP_CHUNKS &&
           !memcmp(ledger->chunks[end].slot, first->slot, sizeof first->slot))
        end++;
    return end;
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
    const size_t room = (size_t)GROUP_CHUNKS * RECON_CHUNK_ROWS;
    struct matching matching = {.ledger = ledger,
                                .index = index,
                                .refuted = malloc(room * sizeof *matching.refuted),
                                .found = malloc(room)};
    bool good = true;
    ENSURE(matching.refuted != NULL && matching.found != NULL);
    sweep_init(&matching.sweep, room);
    recon_index_init(index, expected_ids(ledger), ledger->chunk_count << 16);
    for (uint32_t number = 0, end; good && number < ledger->chunk_count; number = end) {
        end = group_end(ledger, number);
        good = match_group(&matching, number, end);
    }
    sweep_free(&matching.sweep);
    free(matching.refuted);
    free(matching.found);
    return good;
}
