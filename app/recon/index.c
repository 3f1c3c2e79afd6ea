#include "app/recon/index.h"

#include <sys/mman.h>

#include "app/base/log.h"

#define ROOM_MIN ((size_t)1 << 12)

static uint32_t *map_slots(size_t room) {
    void *slots = mmap(NULL, room * sizeof(uint32_t), PROT_READ | PROT_WRITE,
                       MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    ENSURE(slots != MAP_FAILED);
    recon_populate(slots, room * sizeof(uint32_t)); /* ids go all over it */
    return slots;
}

void recon_index_init(struct recon_index *index, size_t ids) {
    *index = (struct recon_index){.room = ROOM_MIN};
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

/* A slot but its row. */
static uint32_t slot_mark(enum recon_id id, uint32_t hash) {
    return (uint32_t)id << 2 | hash >> (RECON_ID_HASH_BITS - 2);
}

static uint32_t pack_slot(uint32_t row, uint32_t mark) {
    return (row << 5 | mark) + 1;
}

static uint32_t slot_row(uint32_t slot) {
    return (slot - 1) >> 5;
}

static bool slot_has_mark(uint32_t slot, uint32_t mark) {
    return ((slot - 1) & 31) == mark;
}

static enum recon_id slot_kind(uint32_t slot) {
    return (enum recon_id)((slot - 1) >> 2 & 7);
}

static size_t free_index_slot(const struct recon_index *index, uint32_t hash) {
    size_t at = first_place(index, hash);
    while (index->slots[at] != 0)
        at = (at + 1) & (index->room - 1);
    return at;
}

static void grow_index(const struct recon_ledger *ledger, struct recon_index *index) {
    struct recon_index larger = {.room = index->room * 2, .used = index->used};
    larger.slots = map_slots(larger.room);
    for (size_t i = 0; i < index->room; i++) {
        uint32_t slot = index->slots[i];
        if (slot != 0)
            larger.slots[free_index_slot(
                &larger, recon_id_hash(recon_row_id(ledger, slot_row(slot), slot_kind(slot))))] =
                slot;
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

uint32_t recon_index_peek(const struct recon_index *index, enum recon_id id, uint64_t packed) {
    uint32_t hash = recon_id_hash(packed), mark = slot_mark(id, hash);
    size_t at = first_place(index, hash);
    for (; index->slots[at] != 0; at = (at + 1) & (index->room - 1))
        if (slot_has_mark(index->slots[at], mark))
            return slot_row(index->slots[at]);
    return RECON_NO_ROW;
}

/* Where this id of a row stands, or may stand. An origin stands as what it names. */
static size_t index_slot(struct recon_ledger *ledger, const struct recon_index *index, uint32_t row,
                         enum recon_id id, uint32_t hash) {
    enum recon_id as = id == RECON_ORIGIN_NO ? RECON_PAYMENT_NO : id;
    uint32_t mark = slot_mark(as, hash);
    size_t at = first_place(index, hash);
    for (; index->slots[at] != 0; at = (at + 1) & (index->room - 1))
        if (slot_has_mark(index->slots[at], mark) &&
            recon_same_id(ledger, row, id, slot_row(index->slots[at]), as))
            break;
    return at;
}

uint32_t recon_index_enter(struct recon_ledger *ledger, struct recon_index *index, uint32_t row,
                           enum recon_id id, uint64_t packed) {
    uint32_t hash = recon_id_hash(packed);
    size_t at = index_slot(ledger, index, row, id, hash);
    if (index->slots[at] != 0)
        return slot_row(index->slots[at]);
    fill_slot(ledger, index, at, pack_slot(row, slot_mark(id, hash)));
    return RECON_NO_ROW;
}

uint32_t recon_index_find(struct recon_ledger *ledger, const struct recon_index *index,
                          uint32_t row, enum recon_id id) {
    uint64_t packed = recon_row_id(ledger, row, id);
    if (packed == 0 || index->room == 0)
        return RECON_NO_ROW;
    uint32_t slot = index->slots[index_slot(ledger, index, row, id, recon_id_hash(packed))];
    return slot ? slot_row(slot) : RECON_NO_ROW;
}
