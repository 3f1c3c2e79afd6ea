#include "app/recon/taken.h"

#include <stdlib.h>

#include "app/base/log.h"

static void add_taken(struct judge *judge, uint32_t row) {
    judge->taken = realloc(judge->taken, (judge->taken_count + 1) * sizeof *judge->taken);
    ENSURE(judge->taken != NULL);
    judge->taken[judge->taken_count++] = (struct taken_credit){
        recon_row(judge->ledger, row).fen, recon_line(judge->ledger, row)->time, false};
}

void taken_find(struct judge *judge) {
    const struct recon_ledger *ledger = judge->ledger;
    for (uint32_t n = 0; n < ledger->chunk_count; n++) {
        const struct recon_chunk *chunk = &ledger->chunks[n];
        if (ledger->sources[chunk->source].side != RECON_TERMINAL)
            continue;
        for (uint32_t i = 0; i < chunk->count; i++)
            if (recon_row(ledger, n << 16 | i).state == RECON_TAKEN_ELSEWHERE)
                add_taken(judge, n << 16 | i);
    }
}

void taken_free(struct judge *judge) {
    free(judge->taken);
    judge->taken = NULL;
    judge->taken_count = 0;
}

bool deal_is_hospitals_alone(const struct judge *judge, const struct deal_row *rows, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (judge->ledger->sources[rows[i].source].side != RECON_HOSPITAL)
            return false;
    return true;
}

bool refund_tells_of_taken(const struct judge *judge, const struct deal_row *rows, size_t count) {
    if (rows[0].is.kind != RECON_REFUND || !deal_is_hospitals_alone(judge, rows, count))
        return false;
    for (size_t i = 0; i < judge->taken_count; i++) {
        struct taken_credit *credit = &judge->taken[i];
        if (credit->told || credit->fen != rows[0].is.fen ||
            (rows[0].time_s != 0 && rows[0].time_s < credit->time_s))
            continue;
        credit->told = true;
        return true;
    }
    return false;
}

static int64_t taken_fen(const struct deal_row *rows, size_t count) {
    int64_t fen = 0;
    for (size_t i = 0; i < count; i++)
        if (rows[i].is.state == RECON_TAKEN_ELSEWHERE)
            fen += rows[i].is.fen;
    return fen;
}

/* Whatever else is open in the deal outranks it. */
static bool all_else_done(const struct deal_row *rows, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (rows[i].is.state != RECON_DONE && rows[i].is.state != RECON_TAKEN_ELSEWHERE)
            return false;
    return true;
}

/* Without a row the hospital has nothing of it any more. */
static bool hospital_may_have(const struct judge *judge, const struct deal_sums *sums,
                              int64_t whole_fen, int64_t taken) {
    const struct recon_ledger *ledger = judge->ledger;
    for (int i = 0; i < ledger->source_count; i++)
        if (ledger->sources[i].side == RECON_HOSPITAL && sums->fen[i] != whole_fen &&
            sums->fen[i] != whole_fen - taken)
            return false;
    return true;
}

static bool others_have(const struct judge *judge, const struct deal_sums *sums,
                        int64_t whole_fen) {
    const struct recon_ledger *ledger = judge->ledger;
    for (int i = 0; i < ledger->source_count; i++)
        if (ledger->sources[i].side != RECON_HOSPITAL && (sums->live & 1u << i) &&
            sums->fen[i] != whole_fen)
            return false;
    return true;
}

bool deal_is_taken_elsewhere(const struct judge *judge, const struct deal_row *rows, size_t count,
                             const struct deal_sums *sums) {
    int64_t taken = taken_fen(rows, count), whole_fen = 0;
    if (taken == 0 || !all_else_done(rows, count))
        return false;
    for (size_t i = 0; i < count; i++)
        if (rows[i].is.state == RECON_TAKEN_ELSEWHERE)
            whole_fen = sums->fen[rows[i].source];
    unsigned needed = judge->whole & ~judge->hospital;
    return (deal_lanes(judge, rows, count) & needed) == needed &&
           others_have(judge, sums, whole_fen) && hospital_may_have(judge, sums, whole_fen, taken);
}

bool payment_was_taken_elsewhere(const struct judge *judge, uint32_t payment) {
    uint32_t row = payment;
    do {
        if (recon_row(judge->ledger, row).state == RECON_TAKEN_ELSEWHERE)
            return true;
        row = recon_next(judge->ledger, row);
    } while (row != payment);
    return false;
}

int64_t deal_taken_money(const struct judge *judge, const struct deal_row *rows, size_t count) {
    if (rows[0].is.kind != RECON_REFUND)
        return taken_fen(rows, count);
    return deal_is_hospitals_alone(judge, rows, count) ? 0 : deal_money(rows, count);
}
