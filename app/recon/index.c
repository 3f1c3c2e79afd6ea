#include "app/recon/index.h"

#include <sys/mman.h>

#include "app/base/log.h"

#define ROOM_MIN ((size_t)1 << 12)
#define KIND_BITS 3

_Static_assert(RECON_ID_COUNT < 1 << KIND_BITS, "no slot is all ones, of which plus 1 is free");

static uint32_t *map_slots(size_t room) {
    void *slots = mmap(NULL, room * sizeof(uint32_t), PROT_READ | PROT_WRITE,
                       MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    ENSURE(slots != MAP_FAILED);
    recon_populate(slots, room * sizeof(uint32_t)); /* ids go all over it */
    return slots;
}

void recon_index_init(struct recon_index *index, size_t ids, uint32_t rows) {
    *index = (struct recon_index){.room = ROOM_MIN, .mark_bits = 16};
    while (rows > UINT32_C(1) << (32 - index->mark_bits))
        index->mark_bits--;
    ENSURE(index->mark_bits > KIND_BITS);
    while (index->room * 3 / 4 < ids)
        index->room *= 2;
    index->slots = map_slots(index->room);
}

void recon_index_free(struct recon_index *index) {
    if (index->slots)
        munmap(index->slots, index->room * sizeof *index->slots);
    *index = (struct recon_index){0};
}

static size_t first_place(const struct recon_index *index, uint32_t hash) {
    return (size_t)hash & (index->room - 1);
}

/* A slot but its row: the bits of the hash that least say where it stands. */
static uint32_t slot_mark(const struct recon_index *index, enum recon_id id, uint32_t hash) {
    unsigned bits = index->mark_bits - KIND_BITS;
    return (uint32_t)id << bits | hash >> (RECON_ID_HASH_BITS - bits);
}

static uint32_t pack_slot(const struct recon_index *index, uint32_t row, uint32_t mark) {
    return (row << index->mark_bits | mark) + 1;
}

static uint32_t slot_row(const struct recon_index *index, uint32_t slot) {
    return (slot - 1) >> index->mark_bits;
}

static bool slot_has_mark(const struct recon_index *index, uint32_t slot, uint32_t mark) {
    return ((slot - 1) & ((UINT32_C(1) << index->mark_bits) - 1)) == mark;
}

static enum recon_id slot_kind(const struct recon_index *index, uint32_t slot) {
    return (enum recon_id)((slot - 1) >> (index->mark_bits - KIND_BITS) & 7);
}

static size_t free_index_slot(const struct recon_index *index, uint32_t hash) {
    size_t at = first_place(index, hash);
    while (index->slots[at] != 0)
        at = (at + 1) & (index->room - 1);
    return at;
}

static void grow_index(const struct recon_ledger *ledger, struct recon_index *index) {
    struct recon_index larger = *index;
    larger.room = index->room * 2;
    larger.slots = map_slots(larger.room);
    for (size_t i = 0; i < index->room; i++) {
        uint32_t slot = index->slots[i];
        if (slot == 0)
            continue;
        uint64_t packed = recon_row_id(ledger, slot_row(index, slot), slot_kind(index, slot));
        larger.slots[free_index_slot(&larger, recon_id_hash(packed))] = slot;
    }
    recon_index_free(index);
    *index = larger;
}

static void fill_slot(const struct recon_ledger *ledger, struct recon_index *index, size_t at,
                      uint32_t slot) {
    index->slots[at] = slot;
    if (++index->used * 4 >= index->room * 3)
        grow_index(ledger, index);
}

uint32_t recon_index_enter_new(const struct recon_ledger *ledger, struct recon_index *index,
                               uint32_t row, enum recon_id id, uint32_t hash) {
    uint32_t mark = slot_mark(index, id, hash);
    size_t at = first_place(index, hash);
    for (; index->slots[at] != 0; at = (at + 1) & (index->room - 1))
        if (slot_has_mark(index, index->slots[at], mark))
            return slot_row(index, index->slots[at]);
    fill_slot(ledger, index, at, pack_slot(index, row, mark));
    return RECON_NO_ROW;
}

/* Where this id of a row stands, or may stand: not with `refuted`. An origin stands as what it
 * names. */
static size_t index_slot(struct recon_ledger *ledger, const struct recon_index *index, uint32_t row,
                         enum recon_id id, uint32_t hash, uint32_t refuted) {
    enum recon_id as = id == RECON_ORIGIN_NO ? RECON_PAYMENT_NO : id;
    uint32_t mark = slot_mark(index, as, hash);
    size_t at = first_place(index, hash);
    for (; index->slots[at] != 0; at = (at + 1) & (index->room - 1))
        if (slot_has_mark(index, index->slots[at], mark) &&
            slot_row(index, index->slots[at]) != refuted &&
            recon_same_id(ledger, row, id, slot_row(index, index->slots[at]), as))
            break;
    return at;
}

uint32_t recon_index_enter(struct recon_ledger *ledger, struct recon_index *index, uint32_t row,
                           enum recon_id id, uint32_t hash, uint32_t refuted) {
    size_t at = index_slot(ledger, index, row, id, hash, refuted);
    if (index->slots[at] != 0)
        return slot_row(index, index->slots[at]);
    fill_slot(ledger, index, at, pack_slot(index, row, slot_mark(index, id, hash)));
    return RECON_NO_ROW;
}

uint32_t recon_index_find(struct recon_ledger *ledger, const struct recon_index *index,
                          uint32_t row, enum recon_id id) {
    uint64_t packed = recon_row_id(ledger, row, id);
    if (packed == 0 || index->room == 0)
        return RECON_NO_ROW;
    uint32_t hash = recon_id_hash(packed),
             slot = index->slots[index_slot(ledger, index, row, id, hash, RECON_NO_ROW)];
    return slot ? slot_row(index, slot) : RECON_NO_ROW;
}
