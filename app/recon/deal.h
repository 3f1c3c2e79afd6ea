/* The rows of one deal, taken out of the ledger together with what is asked of them. */
#ifndef HOPKIOSK_RECON_DEAL_H
#define HOPKIOSK_RECON_DEAL_H

#include "app/recon/match.h"

struct deal_row {
    uint32_t row;
    int source;
    int64_t time_s;
    struct recon_row is;
};

struct deal {
    struct deal_row *rows; /* in the order they were read */
    size_t count, room;
};

/* By source. */
struct deal_sums {
    unsigned sources, live; /* bits: has a row, has one that is not void */
    size_t rows[RECON_SOURCES_MAX];
    int64_t fen[RECON_SOURCES_MAX]; /* without sign */
    bool many;                      /* some source has several rows */
    bool equal;                     /* all that are live have the same amount */
};

void deal_take(const struct recon_ledger *ledger, uint32_t first, struct deal *deal);
void deal_free(struct deal *deal);
struct deal_sums deal_sums(const struct deal_row *rows, size_t count);
bool live_sums_are_equal(const struct deal_sums *sums);
/* Moves rows that repeat an earlier one (source, ids, amount) to the end; returns how many. */
size_t deal_part_repeats(struct recon_ledger *ledger, struct deal_row *rows, size_t count);
/* The first source's sum that is live: the money of the deal, with its sign. */
int64_t deal_money(const struct deal_row *rows, size_t count);

#endif
