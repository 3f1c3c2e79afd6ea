#include "app/recon/judge.h"

#include <stdlib.h>
#include <string.h>

#include "app/base/log.h"
#include "app/recon/deal_class.h"
#include "app/recon/origins.h"
#include "app/recon/pair.h"
#include "app/recon/reversals.h"
#include "app/recon/several.h"
#include "app/recon/taken.h"

#define AHEAD 16 /* rows whose deals are fetched while others are judged */

/* Through all deals. */
struct judge_walk {
    struct judge judge;
    uint64_t *seen; /* a bit a row */
    struct pairing pairing;
    struct deal deal;
};

static bool is_outside(const struct judge *judge, const struct deal_row *rows, size_t count) {
    const struct recon_period *period = &judge->ledger->period;
    for (size_t i = 0; i < count && period->end_s; i++)
        if (rows[i].time_s == 0 ||
            (rows[i].time_s >= period->from_s && rows[i].time_s < period->end_s))
            return false;
    return period->end_s != 0;
}

static void judge_rows(struct judge *judge, struct deal_row *rows, size_t count);

static void judge_each(struct judge *judge, struct deal_row *rows, size_t count) {
    for (size_t i = 0; i < count; i++)
        judge_rows(judge, &rows[i], 1);
}

/* Some source has several rows. True: all is said. */
static bool judge_many(struct judge *judge, struct deal_row *rows, size_t count,
                       const struct deal_sums *sums) {
    bool several = (sums->live & (sums->live - 1)) != 0;
    if (several && sums->equal && deal_is_explained_by_terminal(judge, rows, count))
        return false;
    bool small = true;
    for (int i = 0; i < RECON_SOURCES_MAX; i++)
        small = small && sums->rows[i] <= PROPOSED_MAX;
    if (several && sums->equal && small) {
        recon_conclude(judge, RECON_PROPOSED, rows, count, RECON_NOT_BOOKED);
        return true;
    }
    size_t repeats = deal_part_repeats(judge->ledger, rows, count);
    if (repeats > 0) {
        judge_rows(judge, rows, count - repeats);
        recon_conclude(judge, RECON_DUPLICATE, rows + count - repeats, repeats, RECON_NOT_BOOKED);
        return true;
    }
    size_t covered = deal_cover_single(rows, count, sums);
    if (covered > 0) {
        recon_conclude(judge, RECON_PROPOSED, rows, covered, RECON_NOT_BOOKED);
        judge_each(judge, rows + covered, count - covered);
        return true;
    }
    if (several)
        recon_conclude(judge, RECON_AMOUNT_DIFFERS, rows, count, RECON_NOT_BOOKED);
    return several;
}

static void judge_rows(struct judge *judge, struct deal_row *rows, size_t count) {
    struct deal_sums sums = deal_sums_listed(judge, rows, count);
    if (is_outside(judge, rows, count)) {
        recon_conclude(judge, RECON_OUTSIDE, rows, count, RECON_NOT_BOOKED);
        return;
    }
    if (deal_is_taken_elsewhere(judge, rows, count, &sums)) {
        recon_conclude(judge, RECON_CREDIT_TAKEN_ELSEWHERE, rows, count, RECON_NOT_BOOKED);
        return;
    }
    if (sums.many && judge_many(judge, rows, count, &sums))
        return;
    if (!sums.equal) {
        recon_conclude(judge, RECON_AMOUNT_DIFFERS, rows, count, RECON_NOT_BOOKED);
        return;
    }
    enum recon_class class = deal_class(judge, rows, count, &sums);
    recon_conclude(judge, class, rows, count,
                   class == RECON_UNPROVEN_CREDIT ? recon_proof_of(judge, rows, count)
                                                  : RECON_NOT_BOOKED);
}

static void mark_seen(struct judge_walk *walk, uint32_t row) {
    walk->seen[row >> 6] |= UINT64_C(1) << (row & 63);
}

static bool is_seen(const struct judge_walk *walk, uint32_t row) {
    return walk->seen[row >> 6] >> (row & 63) & 1;
}

/* Two rows, one a lane, the same money: nearly all deals of a two-way run. */
static bool agrees_at_once(struct judge_walk *walk, uint32_t row) {
    const struct judge *judge = &walk->judge;
    uint32_t other = recon_next(judge->ledger, row);
    if (!recon_is_pair(judge->ledger, row) || judge->ledger->period.end_s || judge->channel_pair)
        return false;
    const struct recon_chunk *a = RECON_CHUNK(judge->ledger, row),
                             *b = RECON_CHUNK(judge->ledger, other);
    if ((judge->lane[a->source] | judge->lane[b->source]) != judge->whole)
        return false;
    if (other < row)
        return true; /* it has counted both */
    struct recon_row x = recon_row(judge->ledger, row);
    struct recon_sum *sum = &judge->result->classes[RECON_AGREE];
    int64_t money = recon_row_money(&x);
    sum->deals++;
    sum->fen += money;
    sum->rows[a->source]++;
    sum->rows[b->source]++;
    sum->source_fen[a->source] += money;
    sum->source_fen[b->source] += money;
    return true;
}

/* One row a source, all the same money, some lane missing: another deal may complete it. */
static bool is_incomplete(const struct judge *judge, const struct deal *deal) {
    struct deal_sums sums = deal_sums(deal->rows, deal->count);
    return !sums.many && sums.equal && sums.live == sums.sources &&
           deal_lanes(judge, deal->rows, deal->count) != judge->whole;
}

static void judge_ring(struct judge_walk *walk, uint32_t row, bool may_wait) {
    deal_take(walk->judge.ledger, row, &walk->deal);
    for (size_t i = 0; i < walk->deal.count; i++)
        mark_seen(walk, walk->deal.rows[i].row);
    if (may_wait && is_incomplete(&walk->judge, &walk->deal))
        pairing_add(&walk->pairing, &walk->deal);
    else
        judge_rows(&walk->judge, walk->deal.rows, walk->deal.count);
}

static void judge_chunk(struct judge_walk *walk, uint32_t number) {
    const struct recon_ledger *ledger = walk->judge.ledger;
    const struct recon_chunk *chunk = &ledger->chunks[number];
    for (uint32_t i = 0; i < chunk->count; i++) {
        uint32_t row = number << 16 | i;
        if (i + AHEAD < chunk->count && !is_seen(walk, row + AHEAD) &&
            !recon_is_pair(ledger, row + AHEAD))
            __builtin_prefetch(recon_line(ledger, recon_next(ledger, row + AHEAD)));
        if (is_seen(walk, row))
            continue;
        mark_seen(walk, row);
        if (!agrees_at_once(walk, row))
            judge_ring(walk, row, true);
    }
}

/* The incomplete deals again, after some of them have found each other. */
static void judge_paired(struct judge_walk *walk) {
    const struct pairing *pairing = &walk->pairing;
    for (size_t i = 0; i < pairing->count; i++)
        walk->seen[pairing->waiting[i].row >> 6] &=
            ~(UINT64_C(1) << (pairing->waiting[i].row & 63));
    for (size_t i = 0; i < pairing->count; i++)
        if (!is_seen(walk, pairing->waiting[i].row))
            judge_ring(walk, pairing->waiting[i].row, false);
}

void recon_judge(struct recon_ledger *ledger, const struct recon_rules *rules,
                 struct recon_result *result) {
    struct origins origins = {0};
    memset(result, 0, sizeof *result);
    struct judge_walk walk = {
        .judge = {.ledger = ledger, .origins = &origins, .rules = rules, .result = result}};
    judge_lay_lanes(&walk.judge);
    taken_find(&walk.judge);
    walk.seen = calloc((size_t)ledger->chunk_count * RECON_CHUNK_ROWS / 64 + 1, sizeof *walk.seen);
    ENSURE(walk.seen != NULL);
    for (uint32_t number = 0; number < ledger->chunk_count; number++)
        judge_chunk(&walk, number);
    result->by_time = pairing_join(&walk.pairing, ledger, rules->window_s);
    judge_paired(&walk);
    recon_sort_findings(result);
    reversals_mark(ledger, result);
    taken_free(&walk.judge);
    origins_free(&origins);
    pairing_free(&walk.pairing);
    deal_free(&walk.deal);
    free(walk.seen);
}
