#include "app/recon/pair.h"

#include <stdlib.h>

#include "app/base/log.h"

/* So many deals of one amount are looked at for each. */
#define LOOK_AHEAD 64

void pairing_add(struct pairing *pairing, const struct deal *deal) {
    if (pairing->count == pairing->room) {
        pairing->room = pairing->room ? pairing->room * 2 : 256;
        pairing->waiting = realloc(pairing->waiting, pairing->room * sizeof *pairing->waiting);
        ENSURE(pairing->waiting != NULL);
    }
    const struct deal_row *first = &deal->rows[0];
    pairing->waiting[pairing->count++] =
        (struct pairing_deal){first->row, first->is.kind, first->is.fen, first->time_s};
}

static int by_money_and_time(const void *a, const void *b) {
    const struct pairing_deal *x = a, *y = b;
    if (x->kind != y->kind)
        return x->kind < y->kind ? -1 : 1;
    if (x->fen != y->fen)
        return x->fen < y->fen ? -1 : 1;
    if (x->time_s != y->time_s)
        return x->time_s < y->time_s ? -1 : 1;
    return (x->row > y->row) - (x->row < y->row);
}

static bool rows_exclude(const struct recon_ledger *ledger, uint32_t a, uint32_t b) {
    for (int id = 0; id < RECON_ORIGIN_NO; id++)
        if (recon_row_id(ledger, a, (enum recon_id)id) &&
            recon_row_id(ledger, b, (enum recon_id)id))
            return true; /* both have a number of this kind, and it was not the same */
    return RECON_CHUNK(ledger, a)->source == RECON_CHUNK(ledger, b)->source;
}

/* May every row of one stand beside every row of the other? Deals that were joined already are
 * looked at whole: a row is never used twice. */
static bool deals_fit(const struct recon_ledger *ledger, uint32_t a, uint32_t b) {
    uint32_t x = a, y;
    do {
        y = b;
        do {
            if (x == y || rows_exclude(ledger, x, y))
                return false;
            y = recon_next(ledger, y);
        } while (y != b);
        x = recon_next(ledger, x);
    } while (x != a);
    return true;
}

static bool join_next(struct pairing *pairing, struct recon_ledger *ledger, size_t i,
                      int64_t window_s) {
    const struct pairing_deal *deal = &pairing->waiting[i];
    for (size_t k = i + 1; k < pairing->count && k <= i + LOOK_AHEAD; k++) {
        const struct pairing_deal *other = &pairing->waiting[k];
        if (other->kind != deal->kind || other->fen != deal->fen ||
            other->time_s - deal->time_s > window_s)
            return false;
        if (deal->time_s != 0 && deals_fit(ledger, deal->row, other->row)) {
            recon_join(ledger, deal->row, other->row);
            return true;
        }
    }
    return false;
}

int64_t pairing_join(struct pairing *pairing, struct recon_ledger *ledger, int64_t window_s) {
    int64_t joined = 0;
    if (pairing->count > 1)
        qsort(pairing->waiting, pairing->count, sizeof *pairing->waiting, by_money_and_time);
    for (size_t i = 0; i < pairing->count; i++)
        while (join_next(pairing, ledger, i, window_s))
            joined++;
    return joined;
}

void pairing_free(struct pairing *pairing) {
    free(pairing->waiting);
    *pairing = (struct pairing){0};
}
