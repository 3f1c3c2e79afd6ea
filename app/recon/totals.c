#include "app/recon/totals.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/base/log.h"

#define DAY_S 86400

static const char *const table_names[RECON_TABLES] = {"channel", "terminal", "fee_type", "day"};

const char *recon_table_name(int table) {
    return table_names[table];
}

static unsigned day_line(const struct recon_totals *totals, uint32_t time_s) {
    if (time_s == 0)
        return 0;
    int64_t day = time_s / DAY_S - totals->first_day + 1;
    return day < RECON_DAYS_MAX ? (unsigned)day : RECON_DAYS_MAX - 1;
}

static unsigned total_line(const struct recon_totals *totals, const struct recon_chunk *chunk,
                           uint32_t within, const struct recon_row *row, int table) {
    switch (table) {
    case RECON_CHANNELS:
        return row->channel;
    case RECON_TERMINALS:
        return chunk->terminals[within];
    case RECON_FEES:
        return row->fee;
    default:
        return day_line(totals, recon_chunk_line(chunk, within)->time);
    }
}

static void count_rows(const struct recon_ledger *ledger, struct recon_totals *totals,
                       const struct recon_chunk *chunk, uint32_t number) {
    for (uint32_t i = 0; i < chunk->count; i++) {
        struct recon_row row = recon_row(ledger, number << 16 | i);
        int64_t money = recon_row_money(&row);
        for (int table = 0; table < RECON_TABLES; table++) {
            struct recon_total *total =
                &totals->tables[table][total_line(totals, chunk, i, &row, table)];
            total->rows[chunk->source]++;
            total->fen[chunk->source] += money;
        }
    }
}

static void count_differences(const struct recon_ledger *ledger, const struct recon_result *result,
                              struct recon_totals *totals) {
    for (size_t i = 0; i < result->finding_count; i++) {
        const struct recon_finding *finding = &result->findings[i];
        uint32_t first = result->members[finding->first];
        const struct recon_chunk *chunk = RECON_CHUNK(ledger, first);
        struct recon_row row = recon_row(ledger, first);
        if (finding->explained || !recon_classes[finding->class].difference)
            continue;
        for (int table = 0; table < RECON_TABLES; table++)
            totals->tables[table][total_line(totals, chunk, RECON_WITHIN(first), &row, table)]
                .differences++;
    }
}

void recon_totals_take(const struct recon_ledger *ledger, const struct recon_result *result,
                       struct recon_totals *totals) {
    memset(totals, 0, sizeof *totals);
    totals->first_day = ledger->first_time_s / DAY_S;
    for (int table = 0; table < RECON_TABLES; table++) {
        totals->counts[table] = table == RECON_DAYS ? RECON_DAYS_MAX : ledger->texts[table].count;
        totals->tables[table] = calloc(totals->counts[table], sizeof *totals->tables[table]);
        ENSURE(totals->tables[table] != NULL);
    }
    for (uint32_t n = 0; n < ledger->chunk_count; n++)
        count_rows(ledger, totals, &ledger->chunks[n], n);
    count_differences(ledger, result, totals);
}

void recon_totals_free(struct recon_totals *totals) {
    for (int table = 0; table < RECON_TABLES; table++)
        free(totals->tables[table]);
    memset(totals, 0, sizeof *totals);
}

char *recon_total_label(const struct recon_ledger *ledger, const struct recon_totals *totals,
                        int table, unsigned line, char out[RECON_LABEL_SIZE]) {
    char time[RECON_TIME_SIZE];
    if (table != RECON_DAYS)
        snprintf(out, RECON_LABEL_SIZE, "%s", ledger->texts[table].texts[line]);
    else if (line == 0)
        out[0] = '\0';
    else
        snprintf(out, RECON_LABEL_SIZE, "%.10s",
                 entry_time_text((totals->first_day + line - 1) * DAY_S + 1, time));
    return out;
}

bool recon_total_is_used(const struct recon_total *total) {
    for (int i = 0; i < RECON_SOURCES_MAX; i++)
        if (total->rows[i] != 0)
            return true;
    return false;
}
