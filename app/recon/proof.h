/* Does the hospital's row prove the terminal's credit? */
#ifndef HOPKIOSK_RECON_PROOF_H
#define HOPKIOSK_RECON_PROOF_H

#include "app/recon/deal.h"
#include "app/recon/sides.h"

enum recon_proof {
    RECON_NOT_BOOKED = 0, /* the hospital has no row; also of what needs no proof */
    RECON_UNSURE,         /* it has one, that may be of another payment */
    RECON_PROVEN
};

/* Both rows of the same amount. It names this payment or its receipt; where it has none of our
 * numbers, the same bill (trace_no) near in time. What names another payment, or a place that is no
 * terminal, proves nothing, and neither do amount and time alone. */
bool recon_row_proves(struct recon_ledger *ledger, uint32_t credit, uint32_t booking);
/* PROVEN: each unproven credit of the deal is. */
enum recon_proof recon_proof_of(const struct judge *judge, const struct deal_row *rows,
                                size_t count);

#endif
