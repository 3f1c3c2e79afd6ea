/* Where an id leads to: the first row that has it. A table of rows; the ids stand in the rows. */
#ifndef HOPKIOSK_RECON_INDEX_H
#define HOPKIOSK_RECON_INDEX_H

#include "app/recon/ledger.h"

struct recon_index {
    uint32_t *slots; /* row 27 bits, id 3, two of the hash; plus 1: 0 is free */
    size_t room, used;
};

/* Empty, with room for so many ids before it grows. */
void recon_index_init(struct recon_index *index, size_t ids);
void recon_index_free(struct recon_index *index);
/* Where the search for an id begins, to be fetched ahead. */
static inline const uint32_t *recon_index_place(const struct recon_index *index, uint64_t packed) {
    return &index->slots[recon_id_hash(packed) & (index->room - 1)];
}
/* The row that may have such an id, by what stands in the table alone; RECON_NO_ROW: none has. */
uint32_t recon_index_peek(const struct recon_index *index, enum recon_id id, uint64_t packed);
/* The first row that has this id of a row; RECON_NO_ROW: none has, and this row now stands there
 * for it. */
uint32_t recon_index_enter(struct recon_ledger *ledger, struct recon_index *index, uint32_t row,
                           enum recon_id id, uint64_t packed);
/* The first row that has what this id of a row says (an origin: that payment's number);
 * RECON_NO_ROW: none. */
uint32_t recon_index_find(struct recon_ledger *ledger, const struct recon_index *index,
                          uint32_t row, enum recon_id id);

#endif
