/* Who may have the same id: each row beside the first of all whose id has the same hash. */
#ifndef HOPKIOSK_RECON_CANDIDATES_H
#define HOPKIOSK_RECON_CANDIDATES_H

#include "app/recon/ledger.h"
#include "app/recon/parts.h"

struct candidates {
    struct part_item *pairs; /* the first row (its key) and the other */
    size_t count, room;
    struct part_item *refuted; /* behind the pairs: hash and row */
    size_t refuted_count;
    struct parts parts;
};

/* Of all rows that have this id, but those of which it was found (a byte a row, a bit an id): pairs
 * in the order in which they are looked at. */
void candidates_of_id(const struct recon_ledger *ledger, enum recon_id id, const uint8_t *found,
                      struct candidates *candidates);
/* This row has another id than the first of its hash. May be said while pairs are gone through,
 * once of each. */
static inline void candidates_refute(struct candidates *candidates, uint32_t hash, uint32_t row) {
    candidates->refuted[candidates->refuted_count++] = (struct part_item){hash, row};
}
/* All pairs were looked at: those of the refuted rows among themselves. */
void candidates_of_refuted(const struct recon_ledger *ledger, struct candidates *candidates);
void candidates_free(struct candidates *candidates);

#endif
