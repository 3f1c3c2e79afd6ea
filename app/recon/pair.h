/* Deals that lack a side and have no kind of id in common: the same amount, near in time. */
#ifndef HOPKIOSK_RECON_PAIR_H
#define HOPKIOSK_RECON_PAIR_H

#include "app/recon/deal.h"

struct pairing_deal {
    uint32_t row;
    enum recon_kind kind;
    int64_t fen, time_s;
};

struct pairing {
    struct pairing_deal *waiting;
    size_t count, room;
};

void pairing_add(struct pairing *pairing, const struct deal *deal);
/* Joins what belongs together, a row never twice, and returns how often. */
int64_t pairing_join(struct pairing *pairing, struct recon_ledger *ledger, int64_t window_s);
void pairing_free(struct pairing *pairing);

#endif
