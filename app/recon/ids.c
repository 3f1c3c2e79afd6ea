#include "app/recon/ids.h"

#include <stdlib.h>
#include <string.h>

#include "app/base/log.h"
#include "app/recon/ledger.h"

#define HASH_MASK ((UINT64_C(1) << RECON_ID_HASH_BITS) - 1)
#define LENGTH_BITS 6
#define LENGTH_MAX ((1u << LENGTH_BITS) - 1)
#define OFFSET_MAX ((1u << (RECON_ID_PLACE_BITS - LENGTH_BITS)) - 1)

_Static_assert(RECON_ID_HASH_BITS + RECON_ID_PLACE_BITS == 16 * RECON_ID_WORDS, "an id fits");

static uint64_t fold(uint64_t a, uint64_t b) {
    __extension__ typedef unsigned __int128 wide;
    wide product = (wide)a * b;
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

static uint64_t eight_bytes(const char *at) {
    uint64_t value;
    memcpy(&value, at, sizeof value);
    return value;
}

/* Of fewer than eight. */
static uint64_t few_bytes(const char *at, size_t length) {
    uint32_t head, tail;
    if (length >= 4) {
        memcpy(&head, at, 4);
        memcpy(&tail, at + length - 4, 4);
        return (uint64_t)head << 32 | tail;
    }
    uint64_t value = 0;
    for (size_t i = 0; i < length; i++)
        value = value << 8 | (unsigned char)at[i];
    return value;
}

/* Multiply and fold, eight bytes a step; the last eight may overlap those before. */
uint64_t recon_text_hash(struct recon_slice text, uint64_t seed) {
    uint64_t hash = fold(seed ^ text.length, UINT64_C(0xa0761d6478bd642f));
    const char *at = text.at, *end = at + text.length;
    if (text.length < 8)
        return fold(hash ^ few_bytes(at, text.length), UINT64_C(0x8ebc6af09c88c6e3));
    for (; end - at > 8; at += 8)
        hash = fold(hash ^ eight_bytes(at), UINT64_C(0xe7037ed1a0b428db));
    hash = fold(hash ^ eight_bytes(end - 8), UINT64_C(0x8ebc6af09c88c6e3));
    return fold(hash ^ UINT64_C(0x589965cc75374cc3), UINT64_C(0x1d8e4e27c47d124f));
}

static uint64_t pack_place(struct recon_slice text, const char *original) {
    uintptr_t offset = (uintptr_t)text.at - (uintptr_t)original;
    return offset <= OFFSET_MAX && text.length <= LENGTH_MAX ? offset << LENGTH_BITS | text.length
                                                             : 0;
}

/* A refund's origin is compared with what the payment has. */
static enum recon_id id_to_compare(enum recon_id id) {
    return id == RECON_ORIGIN_NO ? RECON_PAYMENT_NO : id;
}

static enum recon_kind kind_to_compare(enum recon_kind kind, enum recon_id id) {
    return id == RECON_ORIGIN_NO ? RECON_PAYMENT : kind;
}

uint64_t recon_id_pack(enum recon_kind kind, enum recon_id id, struct recon_slice text,
                       const char *original) {
    if (text.length == 0)
        return 0;
    uint64_t seed = 2 + ((uint64_t)kind_to_compare(kind, id) << 3 | (uint64_t)id_to_compare(id));
    uint64_t hash = recon_text_hash(text, seed) & HASH_MASK;
    return (hash ? hash : 1) << RECON_ID_PLACE_BITS | pack_place(text, original);
}

/* As it stands in the file; length 0: it must be read again. */
static struct recon_slice placed_text(const char *original, uint64_t packed) {
    return (struct recon_slice){original + (packed >> LENGTH_BITS & OFFSET_MAX),
                                packed & LENGTH_MAX};
}

struct recon_spot recon_spot(const struct recon_ledger *ledger, uint32_t row) {
    const struct recon_chunk *chunk = RECON_CHUNK(ledger, row);
    struct recon_line *line = recon_chunk_line(chunk, RECON_WITHIN(row));
    return (struct recon_spot){row, chunk, line,
                               ledger->files[chunk->file].file.data + chunk->base + line->at};
}

const char *recon_id_text_at(const struct recon_spot *spot, enum recon_id id) {
    return placed_text(spot->original, recon_spot_id(spot, id)).at;
}

static bool texts_are_equal(struct recon_slice a, struct recon_slice b) {
    return a.length == b.length && memcmp(a.at, b.at, a.length) == 0;
}

/* Empty when the file has changed. */
static struct recon_slice text_read_again(struct recon_ledger *ledger, uint32_t row,
                                          enum recon_id id) {
    const struct recon_entry *entry = recon_row_entry(ledger, row);
    return entry ? entry->ids[id] : (struct recon_slice){"", 0};
}

bool recon_same_text(struct recon_ledger *ledger, uint32_t a, enum recon_id id_a, uint32_t b,
                     enum recon_id id_b) {
    struct recon_slice first = text_read_again(ledger, a, id_a);
    char *copy = malloc(first.length + 1); /* reading the other may overwrite it */
    ENSURE(copy != NULL);
    memcpy(copy, first.at, first.length);
    first.at = copy;
    bool same = first.length > 0 && texts_are_equal(first, text_read_again(ledger, b, id_b));
    free(copy);
    return same;
}

static bool spots_may_share(const struct recon_spot *a, enum recon_id id_a, uint64_t packed_a,
                            const struct recon_spot *b, enum recon_id id_b, uint64_t packed_b) {
    return packed_a != 0 && recon_id_hash(packed_a) == recon_id_hash(packed_b) &&
           id_to_compare(id_a) == id_to_compare(id_b) &&
           kind_to_compare(recon_line_kind(a->line), id_a) ==
               kind_to_compare(recon_line_kind(b->line), id_b);
}

bool recon_spots_share(struct recon_ledger *ledger, const struct recon_spot *a, enum recon_id id_a,
                       const struct recon_spot *b, enum recon_id id_b) {
    uint64_t packed_a = recon_spot_id(a, id_a), packed_b = recon_spot_id(b, id_b);
    if (!spots_may_share(a, id_a, packed_a, b, id_b, packed_b))
        return false;
    struct recon_slice text_a = placed_text(a->original, packed_a),
                       text_b = placed_text(b->original, packed_b);
    if (text_a.length > 0 && text_b.length > 0)
        return texts_are_equal(text_a, text_b);
    return recon_same_text(ledger, a->row, id_a, b->row, id_b);
}

bool recon_same_id(struct recon_ledger *ledger, uint32_t a, enum recon_id id_a, uint32_t b,
                   enum recon_id id_b) {
    struct recon_spot spot_a = recon_spot(ledger, a), spot_b = recon_spot(ledger, b);
    return recon_spots_share(ledger, &spot_a, id_a, &spot_b, id_b);
}
