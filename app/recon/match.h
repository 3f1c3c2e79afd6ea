/* Rows that share an id become a deal: a ring of rows. */
#ifndef HOPKIOSK_RECON_MATCH_H
#define HOPKIOSK_RECON_MATCH_H

#include "app/recon/ledger.h"

/* Links all rows of the ledger. False after a complaint: so many rows share an id that it is none.
 */
__attribute__((warn_unused_result)) bool recon_match(struct recon_ledger *ledger);
/* Makes one deal of two. They must not be one already. */
void recon_join(struct recon_ledger *ledger, uint32_t a, uint32_t b);

/* Beside the next row: a deal of two rows that say the same of kind, amount and state, which is
 * done. Whoever goes through all deals need not look at the other row, far away. */
#define RECON_PAIR (UINT32_C(1) << 31)

static inline uint32_t recon_next(const struct recon_ledger *ledger, uint32_t row) {
    return recon_line(ledger, row)->next & ~RECON_PAIR;
}
static inline bool recon_is_pair(const struct recon_ledger *ledger, uint32_t row) {
    return recon_line(ledger, row)->next & RECON_PAIR;
}

#endif
