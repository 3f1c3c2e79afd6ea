#include "app/recon/candidates.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "app/base/log.h"

#define HASH_SHIFT (RECON_ID_HASH_BITS - PARTS_BITS)
#define WINDOW_SHIFT 19 /* 524,288 rows */

_Static_assert(RECON_CHUNKS_MAX << 16 <= PARTS << WINDOW_SHIFT, "every row is in a window");

static void add_rows(const struct recon_ledger *ledger, enum recon_id id, const uint8_t *found,
                     struct parts *parts) {
    for (uint32_t n = 0; n < ledger->chunk_count; n++) {
        const struct recon_chunk *chunk = &ledger->chunks[n];
        int8_t slot = chunk->slot[id];
        for (uint32_t i = 0; slot >= 0 && i < chunk->count; i++) {
            uint64_t packed = recon_line_id(recon_chunk_line(chunk, i), slot);
            uint32_t row = n << 16 | i;
            if (packed != 0 && !(found[row] & 1u << id))
                parts_add(parts, (struct part_item){recon_id_hash(packed), row});
        }
    }
}

/* Of one id after the other. Pages that nothing is put in take no memory. */
static void make_pair_room(struct candidates *candidates, size_t room) {
    if (room <= candidates->room)
        return;
    candidates_free(candidates);
    void *pairs = mmap(NULL, room * sizeof *candidates->pairs, PROT_READ | PROT_WRITE,
                       MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    ENSURE(pairs != MAP_FAILED);
    candidates->pairs = pairs;
    candidates->room = room;
}

void candidates_free(struct candidates *candidates) {
    if (candidates->room > 0)
        munmap(candidates->pairs, candidates->room * sizeof *candidates->pairs);
    candidates->room = 0;
}

static size_t pair_part(const struct part_item *items, size_t count, struct part_item *firsts,
                        size_t room, struct part_item *pairs) {
    size_t made = 0;
    memset(firsts, 0, room * sizeof *firsts); /* no hash is 0 */
    for (size_t i = 0; i < count; i++) {
        struct part_item item = items[i];
        size_t at = item.key & (room - 1);
        while (firsts[at].key != 0 && firsts[at].key != item.key)
            at = (at + 1) & (room - 1);
        if (firsts[at].key == 0)
            firsts[at] = item;
        else
            pairs[made++] = (struct part_item){firsts[at].row, item.row};
    }
    return made;
}

static size_t largest_part(const struct parts *parts) {
    size_t begin = 0, most = 0;
    for (uint32_t i = 0; i < PARTS; begin = parts->ends[i++])
        most = parts->ends[i] - begin > most ? parts->ends[i] - begin : most;
    return most;
}

/* Where the items stood: of each hash there is a pair less than items. */
static void pair_parts(struct candidates *candidates) {
    const struct parts *parts = &candidates->parts;
    size_t room = 1, begin = 0;
    while (room < 2 * largest_part(parts))
        room *= 2;
    struct part_item *firsts = malloc(room * sizeof *firsts);
    ENSURE(firsts != NULL);
    candidates->count = 0;
    for (uint32_t i = 0; i < PARTS; begin = parts->ends[i++])
        candidates->count += pair_part(candidates->pairs + begin, parts->ends[i] - begin, firsts,
                                       room, candidates->pairs + candidates->count);
    free(firsts);
}

/* A window of rows after the other, and each window's in the order of the first rows: what one side
 * looks at the cache can hold, and the other side's pages are gone through from first to last. */
static void order_pairs(const struct recon_ledger *ledger, struct candidates *candidates) {
    struct part_item *pairs = candidates->pairs, *beside = pairs + candidates->count;
    unsigned shift = 0;
    while (ledger->chunk_count << 16 > PARTS << shift)
        shift++;
    parts_sort(&candidates->parts, pairs, candidates->count, beside, shift, PART_BY_KEY);
    parts_sort(&candidates->parts, beside, candidates->count, pairs, WINDOW_SHIFT, PART_BY_ROW);
    candidates->refuted = beside;
    candidates->refuted_count = 0;
}

void candidates_of_id(const struct recon_ledger *ledger, enum recon_id id, const uint8_t *found,
                      struct candidates *candidates) {
    struct parts *parts = &candidates->parts;
    parts_begin(parts, HASH_SHIFT, PART_BY_KEY);
    add_rows(ledger, id, found, parts);
    make_pair_room(candidates, 2 * parts_counted(parts));
    parts_put(parts, candidates->pairs);
    add_rows(ledger, id, found, parts);
    pair_parts(candidates);
    order_pairs(ledger, candidates);
}

void candidates_of_refuted(const struct recon_ledger *ledger, struct candidates *candidates) {
    parts_sort(&candidates->parts, candidates->refuted, candidates->refuted_count,
               candidates->pairs, HASH_SHIFT, PART_BY_KEY);
    pair_parts(candidates);
    order_pairs(ledger, candidates);
}
