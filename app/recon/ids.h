/* Ids in 64 bits: a hash that finds, and the place of the text that proves. Two ids are the same
 * only when their texts are: no hash, however unlucky or made, makes one deal of two. */
#ifndef HOPKIOSK_RECON_IDS_H
#define HOPKIOSK_RECON_IDS_H

#include "app/recon/sources/entry.h"

struct recon_ledger;
struct recon_chunk;
struct recon_line;

/* 48 bits: a hash of the text, of its kind and of which id it is 29; then where the text stands
 * behind the beginning of its original 13, its length 6. The last two are 0 of a text that stands
 * there otherwise (with escapes, with quotes), too far behind or is too long: it is read again. */
#define RECON_ID_WORDS 3
#define RECON_ID_HASH_BITS 29
#define RECON_ID_PLACE_BITS 19

/* `original`: the beginning of what the text was read from. 0: the text is empty. A refund's
 * origin is packed as what it names, a payment's number. */
uint64_t recon_id_pack(enum recon_kind kind, enum recon_id id, struct recon_slice text,
                       const char *original);
/* Equal ids have equal hashes, equal hashes have mostly equal ids. */
static inline uint32_t recon_id_hash(uint64_t packed) {
    return (uint32_t)(packed >> RECON_ID_PLACE_BITS);
}
/* Have both rows these ids, of one kind, with the same text? False too when a file has changed. */
bool recon_same_id(struct recon_ledger *ledger, uint32_t a, enum recon_id id_a, uint32_t b,
                   enum recon_id id_b);
/* The same whatever their rows are, by reading both again. */
bool recon_same_text(struct recon_ledger *ledger, uint32_t a, enum recon_id id_a, uint32_t b,
                     enum recon_id id_b);
/* A row looked up once, for several questions: where its line is and where its original begins. */
struct recon_spot {
    uint32_t row;
    const struct recon_chunk *chunk;
    struct recon_line *line;
    const char *original;
};
struct recon_spot recon_spot(const struct recon_ledger *ledger, uint32_t row);
/* As recon_same_id. */
bool recon_spots_share(struct recon_ledger *ledger, const struct recon_spot *a, enum recon_id id_a,
                       const struct recon_spot *b, enum recon_id id_b);
/* Where a row's text stands, to be fetched ahead. */
const char *recon_id_text_at(const struct recon_spot *spot, enum recon_id id);

uint64_t recon_text_hash(struct recon_slice text, uint64_t seed);

#endif
