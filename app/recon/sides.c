#include "app/recon/sides.h"

#include <string.h>

static unsigned sides_of(const struct recon_ledger *ledger) {
    unsigned sides = 0;
    for (int i = 0; i < ledger->source_count; i++)
        sides |= ledger->sources[i].side;
    return sides;
}

/* A day's own file may have some rows from beyond its border: those within the time in which rows
 * are late say nothing of the next file. */
static void find_neighbour_days(struct judge *judge) {
    const struct recon_period *period = &judge->ledger->period;
    int64_t late_s = judge->rules->late_s;
    for (uint32_t n = 0; period->end_s && n < judge->ledger->chunk_count; n++) {
        const struct recon_chunk *chunk = &judge->ledger->chunks[n];
        for (uint32_t i = 0; i < chunk->count; i++) {
            uint32_t time_s = recon_chunk_line(chunk, i)->time;
            if (time_s >= period->end_s + late_s)
                judge->has_after |= judge->lane[chunk->source];
            else if (time_s != 0 && time_s < period->from_s - late_s)
                judge->has_before |= judge->lane[chunk->source];
        }
    }
}

void judge_lay_lanes(struct judge *judge) {
    const struct recon_ledger *ledger = judge->ledger;
    unsigned sides = sides_of(ledger);
    bool by_side = (sides & (sides - 1)) != 0;
    judge->three_way = sides == 7;
    judge->whole = sides == 7 ? 7 : 3;
    for (int i = 0; i < ledger->source_count; i++)
        if (ledger->sources[i].side == RECON_TERMINAL)
            judge->here = i;
    const struct recon_source *here = &ledger->sources[judge->here];
    for (int i = 0; i < ledger->source_count; i++) {
        bool is_here = by_side ? ledger->sources[i].side == here->side : i == judge->here;
        judge->lane[i] = sides == 7 ? ledger->sources[i].side : is_here ? 1 : 2;
        if (!strcmp(ledger->sources[i].name, "upp") || !strcmp(ledger->sources[i].name, "channel"))
            judge->views |= 1u << i;
        if (ledger->sources[i].side == RECON_HOSPITAL)
            judge->hospital = judge->lane[i];
    }
    judge->channel_pair = (judge->views & (judge->views - 1)) != 0;
    find_neighbour_days(judge);
}

bool deal_row_is_terminals(const struct judge *judge, const struct deal_row *row) {
    return judge->ledger->sources[row->source].side == RECON_TERMINAL;
}

/* Has the terminal a part of it that a platform must have? */
static bool is_listed_in_part(const struct judge *judge, const struct deal_row *rows,
                              size_t count) {
    for (size_t i = 0; i < count; i++)
        if (deal_row_is_terminals(judge, &rows[i]) && !rows[i].is.no_platform &&
            rows[i].is.state != RECON_VOID)
            return true;
    return false;
}

/* What the source itself says to be of no platform. */
static int64_t unlisted_of(const struct deal_row *rows, size_t count, int source) {
    int64_t fen = 0;
    for (size_t i = 0; i < count; i++)
        if (rows[i].source == source && rows[i].is.no_platform && rows[i].is.state != RECON_VOID)
            fen += rows[i].is.fen;
    return fen;
}

struct deal_sums deal_sums_listed(const struct judge *judge, const struct deal_row *rows,
                                  size_t count) {
    const struct recon_ledger *ledger = judge->ledger;
    struct deal_sums sums = deal_sums(rows, count);
    int64_t unlisted = 0;
    if (!is_listed_in_part(judge, rows, count))
        return sums;
    for (int i = 0; i < ledger->source_count; i++)
        if (ledger->sources[i].side == RECON_TERMINAL)
            unlisted += unlisted_of(rows, count, i);
    for (int i = 0; unlisted > 0 && i < ledger->source_count; i++)
        if (ledger->sources[i].side == RECON_PLATFORM)
            sums.fen[i] += unlisted - unlisted_of(rows, count, i);
    sums.equal = live_sums_are_equal(&sums);
    return sums;
}

unsigned deal_lanes(const struct judge *judge, const struct deal_row *rows, size_t count) {
    unsigned lanes = 0;
    for (size_t i = 0; i < count; i++) {
        if (rows[i].is.state == RECON_VOID)
            continue;
        lanes |= judge->lane[rows[i].source];
        /* Cash and bank cards: no platform knows them, so none is missing. */
        if (judge->three_way && rows[i].is.no_platform &&
            !(deal_row_is_terminals(judge, &rows[i]) && is_listed_in_part(judge, rows, count)))
            lanes |= RECON_PLATFORM;
    }
    return lanes;
}
