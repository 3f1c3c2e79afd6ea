#include "app/recon/proof.h"

#include <stdlib.h>

#include "app/recon/ids.h"

#define ROWS_MAX 128 /* of a deal whose every pair is looked at */

static bool both_have(const struct recon_ledger *ledger, uint32_t a, uint32_t b, enum recon_id id) {
    return recon_row_id(ledger, a, id) != 0 && recon_row_id(ledger, b, id) != 0;
}

static bool is_near(const struct recon_ledger *ledger, uint32_t a, uint32_t b) {
    int64_t time_a = recon_line(ledger, a)->time, time_b = recon_line(ledger, b)->time;
    return time_a != 0 && time_b != 0 && llabs(time_a - time_b) <= RECON_WINDOW_S;
}

bool recon_row_proves(struct recon_ledger *ledger, uint32_t credit, uint32_t booking) {
    static const enum recon_id names[] = {RECON_PAYMENT_NO, RECON_OUT_NO, RECON_IN_NO,
                                          RECON_RECEIPT_NO};
    bool named = false;
    if (recon_row(ledger, booking).elsewhere)
        return false;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (!both_have(ledger, credit, booking, names[i]))
            continue;
        if (!recon_same_id(ledger, credit, names[i], booking, names[i]))
            return false;
        named = true;
    }
    return named || (recon_same_id(ledger, credit, RECON_TRACE_NO, booking, RECON_TRACE_NO) &&
                     is_near(ledger, credit, booking));
}

static bool any_row_proves(const struct judge *judge, const struct deal_row *rows, size_t count,
                           const struct deal_row *credit) {
    for (size_t i = 0; i < count; i++)
        if (judge->ledger->sources[rows[i].source].side == RECON_HOSPITAL &&
            rows[i].is.state == RECON_DONE && rows[i].is.fen == credit->is.fen &&
            recon_row_proves(judge->ledger, credit->row, rows[i].row))
            return true;
    return false;
}

enum recon_proof recon_proof_of(const struct judge *judge, const struct deal_row *rows,
                                size_t count) {
    if (!judge->hospital || !(deal_lanes(judge, rows, count) & judge->hospital))
        return RECON_NOT_BOOKED;
    for (size_t i = 0; i < count; i++)
        if (rows[i].is.state == RECON_UNPROVEN &&
            (count > ROWS_MAX || !any_row_proves(judge, rows, count, &rows[i])))
            return RECON_UNSURE;
    return RECON_PROVEN;
}
