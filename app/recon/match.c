#include "app/recon/match.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "app/base/log.h"

#define FIRST_ROOM ((size_t)1 << 12)
#define BATCH 32
/* A deal of more rows, joined by several ids, is no deal but a number that everybody has. */
#define RING_MAX 4096

static uint32_t *map_slots(size_t room) {
    void *slots = mmap(NULL, room * sizeof(uint32_t), PROT_READ | PROT_WRITE,
                       MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    ENSURE(slots != MAP_FAILED);
    (void)madvise(slots, room * sizeof(uint32_t), MADV_HUGEPAGE); /* it is read all over */
    return slots;
}

void recon_index_free(struct recon_index *index) {
    if (index->slots)
        munmap(index->slots, index->room * sizeof *index->slots);
    *index = (struct recon_index){0};
}

static uint64_t slot_id(const struct recon_ledger *ledger, uint32_t slot) {
    uint32_t row = (slot - 1) >> 3;
    const struct recon_chunk *chunk = RECON_CHUNK(ledger, row);
    return chunk->ids[RECON_WITHIN(row) * (uint32_t)chunk->stride + ((slot - 1) & 7)];
}

static size_t first_slot(const struct recon_index *index, uint64_t packed) {
    return (size_t)recon_id_key(packed) & (index->room - 1);
}

static enum recon_id slot_kind(uint64_t packed) {
    return (enum recon_id)(packed >> 60 & 7);
}

/* Where this id of a row stands, or may stand: another that has the same key is passed by. */
static size_t index_slot(struct recon_ledger *ledger, const struct recon_index *index, uint32_t row,
                         enum recon_id id, uint64_t packed) {
    size_t at = first_slot(index, packed);
    for (; index->slots[at] != 0; at = (at + 1) & (index->room - 1)) {
        uint64_t other = slot_id(ledger, index->slots[at]);
        if (recon_id_key(other) == recon_id_key(packed) &&
            recon_same_id(ledger, row, id, (index->slots[at] - 1) >> 3, slot_kind(other)))
            break;
    }
    return at;
}

uint32_t recon_index_find(struct recon_ledger *ledger, const struct recon_index *index,
                          uint32_t row, enum recon_id id) {
    uint64_t packed = recon_row_id(ledger, row, id);
    if (packed == 0 || index->room == 0)
        return RECON_NO_ROW;
    uint32_t slot = index->slots[index_slot(ledger, index, row, id, packed)];
    return slot ? (slot - 1) >> 3 : RECON_NO_ROW;
}

/* To `room` places, a power of two. */
static void grow_index(const struct recon_ledger *ledger, struct recon_index *index, size_t room) {
    struct recon_index larger = {.room = room, .used = index->used};
    larger.slots = map_slots(larger.room);
    for (size_t i = 0; i < index->room; i++) {
        if (index->slots[i] == 0)
            continue;
        size_t at = first_slot(&larger, slot_id(ledger, index->slots[i]));
        while (larger.slots[at] != 0)
            at = (at + 1) & (larger.room - 1);
        larger.slots[at] = index->slots[i];
    }
    recon_index_free(index);
    *index = larger;
}

uint32_t recon_next(const struct recon_ledger *ledger, uint32_t row) {
    return RECON_CHUNK(ledger, row)->next[RECON_WITHIN(row)];
}

void recon_join(struct recon_ledger *ledger, uint32_t a, uint32_t b) {
    uint32_t *a_next = &RECON_CHUNK(ledger, a)->next[RECON_WITHIN(a)],
             *b_next = &RECON_CHUNK(ledger, b)->next[RECON_WITHIN(b)], after = *a_next;
    *a_next = *b_next;
    *b_next = after;
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
                          chunk->base + chunk->at[RECON_WITHIN(row)], &ledger->complaint,
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
    const uint64_t *ids = chunk->ids + RECON_WITHIN(row) * (uint32_t)chunk->stride;
    uint32_t partner = RECON_NO_ROW;
    for (int slot = 0; slot < chunk->stride; slot++) {
        if (ids[slot] == 0 || slot == chunk->slot[RECON_ORIGIN_NO] ||
            partner_has(ledger, partner, row, slot_kind(ids[slot])))
            continue;
        if (index->used * 4 >= index->room * 3)
            grow_index(ledger, index, index->room * 2);
        size_t at = index_slot(ledger, index, row, slot_kind(ids[slot]), ids[slot]);
        if (index->slots[at] == 0) {
            index->slots[at] = (row << 3 | (uint32_t)slot) + 1;
            index->used++;
            continue;
        }
        partner = (index->slots[at] - 1) >> 3;
        if (!link_rows(ledger, row, partner))
            return false;
    }
    return true;
}

/* The memory that some rows will need is fetched while others are worked on, each kind a batch
 * before the next: the places in the index, the ids that stand there, and the texts of those. */
struct ahead {
    const struct recon_ledger *ledger;
    const struct recon_chunk *chunk;
    const struct recon_index *index;
    bool first_only; /* the first id of a row finds its partner, the others are compared there */
};

static uint32_t slot_ahead(const struct ahead *ahead, size_t i) {
    return ahead->index->slots[first_slot(ahead->index, ahead->chunk->ids[i])];
}

static void prefetch_slot(const struct ahead *ahead, size_t i) {
    __builtin_prefetch(&ahead->index->slots[first_slot(ahead->index, ahead->chunk->ids[i])], 1);
}

static void prefetch_id(const struct ahead *ahead, size_t i) {
    uint32_t slot = slot_ahead(ahead, i), row = (slot - 1) >> 3;
    if (slot == 0)
        return;
    const struct recon_chunk *other = RECON_CHUNK(ahead->ledger, row);
    __builtin_prefetch(&other->ids[RECON_WITHIN(row) * (uint32_t)other->stride]);
    __builtin_prefetch(&other->at[RECON_WITHIN(row)]);
    __builtin_prefetch(&other->next[RECON_WITHIN(row)], 1);
}

static void prefetch_text(const struct ahead *ahead, size_t i) {
    uint32_t slot = slot_ahead(ahead, i);
    if (slot != 0)
        __builtin_prefetch(
            recon_id_place(ahead->ledger, (slot - 1) >> 3, slot_id(ahead->ledger, slot)));
}

/* The `number`th batch of a chunk. */
static void fetch_batch(const struct ahead *ahead, uint32_t number,
                        void (*fetch)(const struct ahead *, size_t)) {
    uint32_t from = number * BATCH, end = from + BATCH;
    if (end > ahead->chunk->count)
        end = ahead->chunk->count;
    size_t stride = (size_t)ahead->chunk->stride;
    for (size_t i = from * stride; i < end * stride; i += ahead->first_only ? stride : 1)
        fetch(ahead, i);
}

static bool match_chunk(struct recon_ledger *ledger, struct recon_index *index, uint32_t number) {
    const struct recon_chunk *chunk = &ledger->chunks[number];
    struct ahead ahead = {ledger, chunk, index, false};
    for (uint32_t batch = 0; batch * BATCH < chunk->count; batch++) {
        size_t used = index->used;
        fetch_batch(&ahead, batch + 3, prefetch_slot);
        fetch_batch(&ahead, batch + 2, prefetch_id);
        fetch_batch(&ahead, batch + 1, prefetch_text);
        for (uint32_t i = batch * BATCH; i < (batch + 1) * BATCH && i < chunk->count; i++)
            if (!index_row(ledger, index, number << 16 | i))
                return false;
        ahead.first_only = index->used - used < BATCH / 4;
    }
    return true;
}

/* Room for the ids of the largest source: the others mostly have the same. */
static size_t first_room(const struct recon_ledger *ledger) {
    size_t ids[RECON_SOURCES_MAX] = {0}, most = 0, room = FIRST_ROOM;
    for (uint32_t i = 0; i < ledger->chunk_count; i++) {
        const struct recon_chunk *chunk = &ledger->chunks[i];
        int stride = chunk->stride - (chunk->slot[RECON_ORIGIN_NO] >= 0);
        ids[chunk->source] += chunk->count * (size_t)stride;
        most = ids[chunk->source] > most ? ids[chunk->source] : most;
    }
    while (room * 3 / 4 < most)
        room *= 2;
    return room;
}

bool recon_match(struct recon_ledger *ledger, struct recon_index *index) {
    *index = (struct recon_index){0};
    grow_index(ledger, index, first_room(ledger));
    for (uint32_t number = 0; number < ledger->chunk_count; number++)
        if (!match_chunk(ledger, index, number))
            return false;
    return true;
}
