/* Rows and amounts of every source by channel, terminal, fee type and day. */
#ifndef HOPKIOSK_RECON_TOTALS_H
#define HOPKIOSK_RECON_TOTALS_H

#include "app/recon/judge.h"

#define RECON_DAYS RECON_DIMENSIONS
#define RECON_TABLES (RECON_DIMENSIONS + 1)
/* A run is about days or weeks; what is later counts with the last. */
#define RECON_DAYS_MAX 1024

struct recon_total {
    int64_t differences, rows[RECON_SOURCES_MAX], fen[RECON_SOURCES_MAX];
};

struct recon_totals {
    struct recon_total *tables[RECON_TABLES];
    unsigned counts[RECON_TABLES];
    int64_t first_day; /* since 1970-01-01; day 0 of the table are rows without a time */
};

void recon_totals_take(const struct recon_ledger *ledger, const struct recon_result *result,
                       struct recon_totals *totals);
void recon_totals_free(struct recon_totals *totals);
const char *recon_table_name(int table);
/* What a line of a table is about: "wechat", "2026-11-27"; "" without. */
#define RECON_LABEL_SIZE 40
char *recon_total_label(const struct recon_ledger *ledger, const struct recon_totals *totals,
                        int table, unsigned line, char out[RECON_LABEL_SIZE]);
/* Has anybody a row of it? */
bool recon_total_is_used(const struct recon_total *total);

#endif
