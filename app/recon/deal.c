#include "app/recon/deal.h"

#include <stdlib.h>
#include <string.h>

#include "app/base/log.h"

/* Among more rows nobody looks for repeats: that takes their square. */
#define REPEATS_MAX 512

static void deal_add(const struct recon_ledger *ledger, uint32_t row, struct deal *deal) {
    if (deal->count == deal->room) {
        deal->room = deal->room ? deal->room * 2 : 64;
        deal->rows = realloc(deal->rows, deal->room * sizeof *deal->rows);
        ENSURE(deal->rows != NULL);
    }
    deal->rows[deal->count++] =
        (struct deal_row){row, RECON_CHUNK(ledger, row)->source, recon_line(ledger, row)->time,
                          recon_row(ledger, row)};
}

static int by_row(const void *a, const void *b) {
    uint32_t x = ((const struct deal_row *)a)->row, y = ((const struct deal_row *)b)->row;
    return (x > y) - (x < y);
}

void deal_take(const struct recon_ledger *ledger, uint32_t first, struct deal *deal) {
    uint32_t row = first;
    deal->count = 0;
    do {
        deal_add(ledger, row, deal);
        row = recon_next(ledger, row);
    } while (row != first);
    if (deal->count > 2)
        qsort(deal->rows, deal->count, sizeof *deal->rows, by_row);
}

void deal_free(struct deal *deal) {
    free(deal->rows);
    *deal = (struct deal){0};
}

bool live_sums_are_equal(const struct deal_sums *sums) {
    int64_t fen = -1;
    for (int i = 0; i < RECON_SOURCES_MAX; i++) {
        if (!(sums->live & 1u << i))
            continue;
        if (fen >= 0 && sums->fen[i] != fen)
            return false;
        fen = sums->fen[i];
    }
    return true;
}

struct deal_sums deal_sums(const struct deal_row *rows, size_t count) {
    struct deal_sums sums = {0};
    for (size_t i = 0; i < count; i++) {
        unsigned bit = 1u << rows[i].source;
        sums.sources |= bit;
        if (rows[i].is.state == RECON_VOID)
            continue;
        sums.many = sums.many || (sums.live & bit);
        sums.live |= bit;
        sums.rows[rows[i].source]++;
        sums.fen[rows[i].source] += rows[i].is.fen;
    }
    sums.equal = live_sums_are_equal(&sums);
    return sums;
}

static bool is_repeat(struct recon_ledger *ledger, const struct deal_row *a,
                      const struct deal_row *b) {
    if (a->source != b->source || a->is.fen != b->is.fen || a->is.state == RECON_VOID ||
        b->is.state == RECON_VOID)
        return false;
    for (enum recon_id id = 0; id < RECON_ID_COUNT; id++)
        if ((recon_row_id(ledger, a->row, id) || recon_row_id(ledger, b->row, id)) &&
            !recon_same_id(ledger, a->row, id, b->row, id))
            return false;
    return true;
}

static bool repeats_earlier(struct recon_ledger *ledger, const struct deal_row *rows, size_t kept,
                            const struct deal_row *row) {
    for (size_t i = 0; i < kept; i++)
        if (is_repeat(ledger, &rows[i], row))
            return true;
    return false;
}

size_t deal_part_repeats(struct recon_ledger *ledger, struct deal_row *rows, size_t count) {
    struct deal_row repeats[REPEATS_MAX];
    size_t kept = 0, parted = 0;
    if (count > REPEATS_MAX)
        return 0;
    for (size_t i = 0; i < count; i++)
        if (repeats_earlier(ledger, rows, kept, &rows[i]))
            repeats[parted++] = rows[i];
        else
            rows[kept++] = rows[i];
    if (parted > 0)
        memcpy(rows + kept, repeats, parted * sizeof *rows);
    return parted;
}

int64_t deal_money(const struct deal_row *rows, size_t count) {
    struct deal_sums sums = deal_sums(rows, count);
    for (int i = 0; i < RECON_SOURCES_MAX; i++)
        if (sums.live & 1u << i)
            return rows[0].is.kind == RECON_REFUND ? -sums.fen[i] : sums.fen[i];
    return 0;
}
