/* The payments that refunds name. */
#ifndef HOPKIOSK_RECON_ORIGINS_H
#define HOPKIOSK_RECON_ORIGINS_H

#include "app/recon/ledger.h"
#include "app/recon/parts.h"

/* Empty until the first refund asks: most runs have few refunds, and none that lacks a side. */
struct origins {
    struct part_item *numbers; /* the payments' numbers, by hash, then by row */
    size_t count;
};

/* The first row that has what this row names as its payment (RECON_ORIGIN_NO); RECON_NO_ROW: it
 * names none, or nobody has it. */
uint32_t origins_find(struct origins *origins, struct recon_ledger *ledger, uint32_t refund);
void origins_free(struct origins *origins);

#endif
