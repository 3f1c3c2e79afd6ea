/* Rows that share an id become a deal: a ring of rows. */
#ifndef HOPKIOSK_RECON_MATCH_H
#define HOPKIOSK_RECON_MATCH_H

#include "app/recon/ledger.h"

/* Where an id leads to: the first row that has it. */
struct recon_index {
    uint32_t *slots; /* row * 8 + id, plus 1; 0 free */
    size_t room, used;
};

/* Links all rows of the ledger. False after a complaint: so many rows share an id that it is none.
 */
__attribute__((warn_unused_result)) bool recon_match(struct recon_ledger *ledger,
                                                     struct recon_index *index);
/* The first row that has what this id of a row says (an origin: that payment's number);
 * RECON_NO_ROW: none. */
uint32_t recon_index_find(struct recon_ledger *ledger, const struct recon_index *index,
                          uint32_t row, enum recon_id id);
void recon_index_free(struct recon_index *index);
/* Makes one deal of two. They must not be one already. */
void recon_join(struct recon_ledger *ledger, uint32_t a, uint32_t b);
uint32_t recon_next(const struct recon_ledger *ledger, uint32_t row);

#endif
