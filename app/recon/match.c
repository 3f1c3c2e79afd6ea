#include "app/recon/match.h"

#define BATCH 64
#define CACHE_LINE 64
/* A deal of more rows, joined by several ids, is no deal but a number that everybody has. */
#define RING_MAX 4096

void recon_join(struct recon_ledger *ledger, uint32_t a, uint32_t b) {
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
        return true;
    }
    enum ring ring = ring_has(ledger, row, other);
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

/* Has a row that this one was just joined with the same id? Then it stands in the index already, or
 * one of that deal does, and no place there needs to be looked for. */
static bool partner_has(struct recon_ledger *ledger, uint32_t partner, uint32_t row,
                        enum recon_id id) {
    return partner != RECON_NO_ROW && recon_same_id(ledger, row, id, partner, id) &&
           ring_is_short(ledger, row);
}

static bool index_row(struct recon_ledger *ledger, struct recon_index *index, uint32_t row) {
    const struct recon_chunk *chunk = RECON_CHUNK(ledger, row);
    const struct recon_line *line = recon_line(ledger, row);
    uint32_t partner = RECON_NO_ROW;
    for (int slot = 0; slot < chunk->shared; slot++) {
        enum recon_id id = (enum recon_id)chunk->kinds[slot];
        uint64_t packed = recon_line_id(line, slot);
        if (packed == 0 || partner_has(ledger, partner, row, id))
            continue;
        uint32_t other = recon_index_enter(ledger, index, row, id, packed);
        if (other == RECON_NO_ROW)
            continue;
        if (!link_rows(ledger, row, other))
            return false;
        partner = other;
    }
    return true;
}

/* The memory that some rows will need is fetched while others are worked on, each kind a batch
 * before the next: the places in the index, the rows that stand there, and the texts of those. It
 * lies anywhere in gigabytes, each time in another page: where it lies is gathered first and then
 * fetched in a loop that does nothing else, so that many pages are looked up at the same time. */
struct ahead {
    const struct recon_ledger *ledger;
    const struct recon_chunk *chunk;
    const struct recon_index *index;
    bool first_only; /* the first id of a row finds its partner, the others are compared there */
    struct ahead_rows {
        uint32_t count;
        uint32_t rows[BATCH * RECON_ORIGIN_NO];
        uint8_t ids[BATCH * RECON_ORIGIN_NO];
    } found[2]; /* of two batches: who may have an id */
    uint32_t count;
    const char *places[BATCH * RECON_ORIGIN_NO * 2];
};

static void fetch_places(struct ahead *ahead) {
    for (uint32_t i = 0; i < ahead->count; i++)
        __builtin_prefetch(ahead->places[i], 1);
    ahead->count = 0;
}

static void gather_slot(struct ahead *ahead, uint32_t batch, enum recon_id id, uint64_t packed) {
    (void)batch;
    (void)id;
    ahead->places[ahead->count++] = (const char *)recon_index_place(ahead->index, packed);
}

static void gather_line(struct ahead *ahead, uint32_t batch, enum recon_id id, uint64_t packed) {
    struct ahead_rows *found = &ahead->found[batch & 1];
    uint32_t row = recon_index_peek(ahead->index, id, packed);
    if (row == RECON_NO_ROW)
        return;
    const char *line = (const char *)recon_line(ahead->ledger, row);
    ahead->places[ahead->count++] = line;
    ahead->places[ahead->count++] = line + RECON_CHUNK(ahead->ledger, row)->width - 1;
    found->ids[found->count] = (uint8_t)id;
    found->rows[found->count++] = row;
}

/* The `number`th batch of a chunk. */
static void fetch_batch(struct ahead *ahead, uint32_t number,
                        void (*gather)(struct ahead *, uint32_t, enum recon_id, uint64_t)) {
    uint32_t from = number * BATCH, end = from + BATCH;
    if (end > ahead->chunk->count)
        end = ahead->chunk->count;
    for (uint32_t i = from; i < end; i++) {
        const struct recon_line *line = recon_chunk_line(ahead->chunk, i);
        for (int slot = 0; slot < ahead->chunk->shared; slot++) {
            uint64_t packed = recon_line_id(line, slot);
            if (packed == 0)
                continue;
            gather(ahead, number, (enum recon_id)ahead->chunk->kinds[slot], packed);
            if (ahead->first_only)
                break;
        }
    }
    fetch_places(ahead);
}

static void fetch_texts(struct ahead *ahead, uint32_t batch) {
    struct ahead_rows *found = &ahead->found[batch & 1];
    for (uint32_t i = 0; i < found->count; i++) {
        const char *text = recon_id_text_at(
            ahead->ledger, found->rows[i],
            recon_row_id(ahead->ledger, found->rows[i], (enum recon_id)found->ids[i]));
        ahead->places[ahead->count++] = text;
        ahead->places[ahead->count++] = text + CACHE_LINE;
    }
    found->count = 0;
    fetch_places(ahead);
}

static bool match_chunk(struct recon_ledger *ledger, struct recon_index *index, uint32_t number) {
    const struct recon_chunk *chunk = &ledger->chunks[number];
    struct ahead ahead = {.ledger = ledger, .chunk = chunk, .index = index};
    for (uint32_t batch = 0; batch * BATCH < chunk->count; batch++) {
        size_t used = index->used;
        fetch_batch(&ahead, batch + 3, gather_slot);
        fetch_batch(&ahead, batch + 2, gather_line);
        fetch_texts(&ahead, batch + 1);
        for (uint32_t i = batch * BATCH; i < (batch + 1) * BATCH && i < chunk->count; i++)
            if (!index_row(ledger, index, number << 16 | i))
                return false;
        ahead.first_only = index->used - used < BATCH / 4;
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
    recon_index_init(index, expected_ids(ledger));
    for (uint32_t number = 0; number < ledger->chunk_count; number++)
        if (!match_chunk(ledger, index, number))
            return false;
    return true;
}
