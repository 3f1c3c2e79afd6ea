/* Where an id leads to: the first row that has it. A table of rows; the ids stand in the rows. */
#ifndef HOPKIOSK_RECON_INDEX_H
#define HOPKIOSK_RECON_INDEX_H

#include "app/recon/ledger.h"

struct recon_index {
    uint32_t *slots; /* a row, its id's kind 3 bits, of the hash what is left; plus 1: 0 is free */
    size_t room, used;
    unsigned mark_bits; /* kind and hash */
};

/* Empty, with room for so many ids before it grows, of rows below `rows`. */
void recon_index_init(struct recon_index *index, size_t ids, uint32_t rows);
void recon_index_free(struct recon_index *index);
/* Where the search for an id begins, to be fetched ahead. */
static inline const uint32_t *recon_index_place(const struct recon_index *index, uint32_t hash) {
    return &index->slots[hash & (index->room - 1)];
}
/* The row that may have this id of a row, by what stands in the table alone; RECON_NO_ROW: none
 * has, and this row now stands there for it. */
uint32_t recon_index_enter_new(const struct recon_ledger *ledger, struct recon_index *index,
                               uint32_t row, enum recon_id id, uint32_t hash);
/* The first row that has this id of a row; RECON_NO_ROW: none has, and this row now stands there
 * for it. Of `refuted` it is known that it has another id. */
uint32_t recon_index_enter(struct recon_ledger *ledger, struct recon_index *index, uint32_t row,
                           enum recon_id id, uint32_t hash, uint32_t refuted);
/* The first row that has what this id of a row says (an origin: that payment's number);
 * RECON_NO_ROW: none. */
uint32_t recon_index_find(struct recon_ledger *ledger, const struct recon_index *index,
                          uint32_t row, enum recon_id id);

#endif
