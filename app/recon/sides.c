#include "app/recon/sides.h"

#include <string.h>

static unsigned sides_of(const struct recon_ledger *ledger) {
    unsigned sides = 0;
    for (int i = 0; i < ledger->source_count; i++)
        sides |= ledger->sources[i].side;
    return sides;
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
}

unsigned deal_lanes(const struct judge *judge, const struct deal_row *rows, size_t count) {
    unsigned lanes = 0;
    for (size_t i = 0; i < count; i++) {
        if (rows[i].is.state == RECON_VOID)
            continue;
        lanes |= judge->lane[rows[i].source];
        /* Cash and bank cards: no platform knows them, so none is missing. */
        if (judge->three_way && rows[i].is.no_platform)
            lanes |= RECON_PLATFORM;
    }
    return lanes;
}
