#include "app/recon/judge.h"

#include <stdlib.h>
#include <string.h>

#include "app/base/log.h"
#include "app/recon/deal.h"
#include "app/recon/pair.h"

#define AHEAD 24       /* rows whose deals are fetched while others are judged */
#define PROPOSED_MAX 4 /* rows of a covering set */
#define COVER_MAX 16   /* rows among which one is looked for */
#define LINKS_MAX 128  /* rows of a deal whose every link is checked */

struct judge {
    struct recon_ledger *ledger;
    const struct recon_index *index;
    const struct recon_rules *rules;
    struct recon_result *result;
    unsigned lane[RECON_SOURCES_MAX], whole; /* whole: the lanes that a deal needs */
    bool channel_pair;                       /* upp and channel both: two views of one payment */
    unsigned views;                          /* their sources, bits */
    uint64_t *seen;
    struct pairing pairing;
    struct deal deal;
};

static unsigned sides_of(const struct recon_ledger *ledger) {
    unsigned sides = 0;
    for (int i = 0; i < ledger->source_count; i++)
        sides |= ledger->sources[i].side;
    return sides;
}

/* Three-way: a lane is a side. Two-way: 1 is here, 2 is there; the terminal is here. */
static void lay_lanes(struct judge *judge) {
    const struct recon_ledger *ledger = judge->ledger;
    unsigned sides = sides_of(ledger);
    bool by_side = (sides & (sides - 1)) != 0;
    judge->result->three_way = sides == 7;
    judge->whole = sides == 7 ? 7 : 3;
    for (int i = 0; i < ledger->source_count; i++)
        if (ledger->sources[i].side == RECON_TERMINAL)
            judge->result->here = i;
    const struct recon_source *here = &ledger->sources[judge->result->here];
    for (int i = 0; i < ledger->source_count; i++) {
        bool is_here = by_side ? ledger->sources[i].side == here->side : i == judge->result->here;
        judge->lane[i] = sides == 7 ? ledger->sources[i].side : is_here ? 1 : 2;
        if (!strcmp(ledger->sources[i].name, "upp") || !strcmp(ledger->sources[i].name, "channel"))
            judge->views |= 1u << i;
    }
    judge->channel_pair = (judge->views & (judge->views - 1)) != 0;
}

static void *grow_list(void *list, size_t *room, size_t wanted, size_t size) {
    if (wanted <= *room)
        return list;
    *room = wanted + wanted / 2 + 256;
    list = realloc(list, *room * size);
    ENSURE(list != NULL);
    return list;
}

static void count_deal(struct judge *judge, enum recon_class class, const struct deal_row *rows,
                       size_t count) {
    struct recon_sum *sum = &judge->result->classes[class];
    sum->deals++;
    sum->fen += deal_money(rows, count);
    for (size_t i = 0; i < count; i++) {
        sum->rows[rows[i].source]++;
        sum->source_fen[rows[i].source] += recon_row_money(&rows[i].is);
    }
}

static bool is_explained(const struct judge *judge, enum recon_class class,
                         const struct deal_row *rows, size_t count) {
    const struct recon_ledger *ledger = judge->ledger;
    bool terminals = ledger->sources[judge->result->here].side == RECON_TERMINAL;
    if (class != RECON_TERMINAL_UNAWARE && !(class == RECON_MISSING_HERE && terminals))
        return false;
    for (size_t i = 0; i < count; i++) {
        unsigned terminal = RECON_CHUNK(ledger, rows[i].row)->terminal[RECON_WITHIN(rows[i].row)];
        if (rows[i].is.elsewhere || (terminal != 0 && !ledger->terminal_is_ours[terminal]))
            return true;
    }
    return false;
}

static void add_finding(struct judge *judge, enum recon_class class, const struct deal_row *rows,
                        size_t count, bool proven) {
    struct recon_result *result = judge->result;
    result->findings = grow_list(result->findings, &result->finding_room, result->finding_count + 1,
                                 sizeof *result->findings);
    result->members = grow_list(result->members, &result->member_room, result->member_count + count,
                                sizeof *result->members);
    struct recon_finding *finding = &result->findings[result->finding_count++];
    *finding = (struct recon_finding){.first = (uint32_t)result->member_count,
                                      .count = (uint32_t)count,
                                      .fen = deal_money(rows, count),
                                      .class = (uint8_t) class,
                                      .proven = proven,
                                      .explained = is_explained(judge, class, rows, count)};
    for (size_t i = 0; i < count; i++)
        result->members[result->member_count++] = rows[i].row;
    result->classes[class].explained += finding->explained;
}

static void conclude(struct judge *judge, enum recon_class class, const struct deal_row *rows,
                     size_t count, bool proven) {
    count_deal(judge, class, rows, count);
    if (class != RECON_AGREE && class != RECON_OUTSIDE)
        add_finding(judge, class, rows, count, proven);
}

static unsigned lanes_of(const struct judge *judge, const struct deal_row *rows, size_t count) {
    unsigned lanes = 0;
    for (size_t i = 0; i < count; i++) {
        if (rows[i].is.state == RECON_VOID)
            continue;
        lanes |= judge->lane[rows[i].source];
        /* Cash and bank cards: no platform knows them, so none is missing. */
        if (judge->result->three_way && rows[i].is.no_platform)
            lanes |= RECON_PLATFORM;
    }
    return lanes;
}

static bool any_state(const struct deal_row *rows, size_t count, enum recon_state state) {
    for (size_t i = 0; i < count; i++)
        if (rows[i].is.state == state)
            return true;
    return false;
}

static bool is_outside(const struct judge *judge, const struct deal_row *rows, size_t count) {
    const struct recon_period *period = &judge->ledger->period;
    for (size_t i = 0; i < count && period->end_s; i++)
        if (rows[i].time_s == 0 ||
            (rows[i].time_s >= period->from_s && rows[i].time_s < period->end_s))
            return false;
    return period->end_s != 0;
}

static bool is_near_border(const struct judge *judge, const struct deal_row *rows, size_t count) {
    const struct recon_period *period = &judge->ledger->period;
    int64_t late_s = judge->rules->late_s;
    for (size_t i = 0; i < count && period->end_s; i++)
        if (rows[i].time_s != 0 &&
            (rows[i].time_s >= period->end_s - late_s || rows[i].time_s < period->from_s + late_s))
            return true;
    return false;
}

/* The first row that this refund's payment has; RECON_NO_ROW: it names none, or nobody has it. */
static bool names_payment(const struct judge *judge, const struct deal_row *rows, size_t count,
                          uint32_t *payment) {
    *payment = RECON_NO_ROW;
    for (size_t i = 0; i < count; i++) {
        uint64_t origin = recon_row_id(judge->ledger, rows[i].row, RECON_ORIGIN_NO);
        if (origin == 0)
            continue;
        *payment = recon_index_find(judge->ledger, judge->index, origin);
        return true;
    }
    return false;
}

/* Money that was never credited goes back without the hospital. */
static bool was_never_credited(const struct judge *judge, uint32_t payment) {
    uint32_t row = payment;
    do {
        if (recon_row(judge->ledger, row).state == RECON_RETURNED)
            return true;
        row = recon_next(judge->ledger, row);
    } while (row != payment);
    return false;
}

static unsigned hospital_lane(const struct judge *judge) {
    for (int i = 0; i < judge->ledger->source_count; i++)
        if (judge->ledger->sources[i].side == RECON_HOSPITAL)
            return judge->lane[i];
    return 0;
}

static enum recon_class class_of_lanes(const struct judge *judge, unsigned lanes) {
    static const uint8_t three[8] = {
        RECON_AGREE,         RECON_HOSPITAL_MISSING, RECON_PLATFORM_MISSING, RECON_TERMINAL_UNAWARE,
        RECON_TERMINAL_ONLY, RECON_HOSPITAL_MISSING, RECON_PLATFORM_MISSING, RECON_AGREE};
    static const uint8_t two[4] = {RECON_AGREE, RECON_MISSING_THERE, RECON_MISSING_HERE,
                                   RECON_AGREE};
    return judge->result->three_way ? three[lanes] : two[lanes];
}

static enum recon_class class_of_missing(const struct judge *judge, const struct deal_row *rows,
                                         size_t count, unsigned lanes) {
    uint32_t payment;
    enum recon_class class = class_of_lanes(judge, lanes);
    if (rows[0].is.kind == RECON_REFUND && names_payment(judge, rows, count, &payment)) {
        unsigned hospital = hospital_lane(judge);
        if (payment == RECON_NO_ROW)
            return RECON_REFUND_WITHOUT_PAYMENT;
        if (hospital && lanes == (judge->whole & ~hospital) && was_never_credited(judge, payment))
            return RECON_AGREE;
    }
    return class;
}

/* What the terminal said of its payment, beside what others have. */
static bool class_of_states(const struct judge *judge, const struct deal_row *rows, size_t count,
                            unsigned lanes, enum recon_class *class) {
    unsigned hospital = hospital_lane(judge);
    bool others = (lanes & (lanes - 1)) != 0, booked = hospital && (lanes & hospital);
    if (any_state(rows, count, RECON_VOID) ||
        (others && any_state(rows, count, RECON_UNCREDITED))) {
        *class = RECON_STATE_DIFFERS;
        return true;
    }
    if (any_state(rows, count, RECON_RETURNED)) {
        if (lanes == judge->whole && !booked)
            return false;
        *class = booked ? RECON_STATE_DIFFERS : RECON_AGREE;
        return booked || !hospital || lanes == (judge->whole & ~hospital);
    }
    if (any_state(rows, count, RECON_UNPROVEN) && hospital) {
        *class = RECON_UNPROVEN_CREDIT;
        return true;
    }
    return false;
}

static enum recon_class class_of_deal(const struct judge *judge, const struct deal_row *rows,
                                      size_t count, const struct deal_sums *sums) {
    unsigned lanes = lanes_of(judge, rows, count);
    enum recon_class class;
    if (sums->live == 0)
        return RECON_AGREE;
    if (lanes != judge->whole &&
        (any_state(rows, count, RECON_PENDING) || is_near_border(judge, rows, count)))
        return RECON_EXPECTED;
    if (class_of_states(judge, rows, count, lanes, &class))
        return class;
    if (lanes != judge->whole)
        return class_of_missing(judge, rows, count, lanes);
    if (any_state(rows, count, RECON_PENDING))
        return RECON_STATE_DIFFERS;
    unsigned views = sums->live & judge->views;
    return judge->channel_pair && views && views != judge->views ? RECON_PLATFORM_MISSING
                                                                 : RECON_AGREE;
}

static bool is_terminals(const struct judge *judge, const struct deal_row *row) {
    return judge->ledger->sources[row->source].side == RECON_TERMINAL;
}

/* The terminal's rows that have this id of the row: their sum; -1: none has. */
static int64_t parts_by_id(const struct judge *judge, const struct deal_row *rows, size_t count,
                           uint32_t row, enum recon_id id) {
    uint64_t hash = recon_row_id(judge->ledger, row, id);
    int64_t parts = -1;
    for (size_t k = 0; hash != 0 && k < count; k++)
        if (is_terminals(judge, &rows[k]) && recon_row_id(judge->ledger, rows[k].row, id) == hash)
            parts = (parts < 0 ? 0 : parts) + rows[k].is.fen;
    return parts;
}

/* By the narrowest id it shares: a receipt is of one bill, a payment may be of many. */
static int64_t parts_of_row(const struct judge *judge, const struct deal_row *rows, size_t count,
                            uint32_t row) {
    static const enum recon_id narrow_first[] = {RECON_RECEIPT_NO, RECON_TRACE_NO, RECON_IN_NO,
                                                 RECON_OUT_NO, RECON_PAYMENT_NO};
    int64_t parts = -1;
    for (size_t i = 0; i < sizeof narrow_first / sizeof *narrow_first && parts < 0; i++)
        parts = parts_by_id(judge, rows, count, row, narrow_first[i]);
    return parts;
}

static bool stands_alone(const struct deal_row *rows, size_t count, size_t n) {
    for (size_t k = 0; k < count; k++)
        if (k != n && rows[k].source == rows[n].source)
            return false;
    return true;
}

/* Do the terminal's parts say, row by row, why several rows are one deal? A row that is alone of
 * its source is said by the deal's sum. */
static bool terminal_explains(const struct judge *judge, const struct deal_row *rows,
                              size_t count) {
    bool terminal = false;
    for (size_t i = 0; i < count; i++)
        terminal = terminal || is_terminals(judge, &rows[i]);
    for (size_t i = 0; terminal && count <= LINKS_MAX && i < count; i++)
        if (!is_terminals(judge, &rows[i]) && !stands_alone(rows, count, i) &&
            parts_of_row(judge, rows, count, rows[i].row) != rows[i].is.fen)
            return false;
    return terminal;
}

static int bits_of(unsigned mask) {
    return __builtin_popcount(mask);
}

/* Up to four rows of the source `many` that are exactly the one row of the other: moved to the
 * front, behind that one. Returns how many rows then stand together, 0 none. */
static size_t cover(struct deal_row *rows, size_t count, size_t one) {
    struct deal_row kept[COVER_MAX];
    if (count > COVER_MAX)
        return 0;
    for (unsigned set = 1; set < 1u << count; set++) {
        int64_t fen = 0;
        if (bits_of(set) > PROPOSED_MAX || set & 1u << one)
            continue;
        for (size_t i = 0; i < count; i++)
            fen += set & 1u << i ? rows[i].is.fen : 0;
        if (fen != rows[one].is.fen)
            continue;
        size_t front = 0, back = (size_t)bits_of(set) + 1;
        for (size_t i = 0; i < count; i++)
            kept[set & 1u << i || i == one ? front++ : back++] = rows[i];
        memcpy(rows, kept, count * sizeof *rows);
        return front;
    }
    return 0;
}

/* Of two sources one has a single row, the other several that do not add up to it. */
static size_t cover_single(struct deal_row *rows, size_t count, const struct deal_sums *sums) {
    if (bits_of(sums->live) != 2 || sums->live != sums->sources)
        return 0;
    for (size_t i = 0; i < count; i++)
        if (sums->rows[rows[i].source] == 1)
            return cover(rows, count, i);
    return 0;
}

static void judge_rows(struct judge *judge, struct deal_row *rows, size_t count);

static void judge_each(struct judge *judge, struct deal_row *rows, size_t count) {
    for (size_t i = 0; i < count; i++)
        judge_rows(judge, &rows[i], 1);
}

/* Some source has several rows. True: all is said. */
static bool judge_many(struct judge *judge, struct deal_row *rows, size_t count,
                       const struct deal_sums *sums) {
    bool several = bits_of(sums->live) > 1;
    if (several && sums->equal && terminal_explains(judge, rows, count))
        return false;
    bool small = true;
    for (int i = 0; i < RECON_SOURCES_MAX; i++)
        small = small && sums->rows[i] <= PROPOSED_MAX;
    if (several && sums->equal && small) {
        conclude(judge, RECON_PROPOSED, rows, count, false);
        return true;
    }
    size_t repeats = deal_part_repeats(judge->ledger, rows, count);
    if (repeats > 0) {
        judge_rows(judge, rows, count - repeats);
        conclude(judge, RECON_DUPLICATE, rows + count - repeats, repeats, false);
        return true;
    }
    size_t covered = cover_single(rows, count, sums);
    if (covered > 0) {
        conclude(judge, RECON_PROPOSED, rows, covered, false);
        judge_each(judge, rows + covered, count - covered);
        return true;
    }
    if (several)
        conclude(judge, RECON_AMOUNT_DIFFERS, rows, count, false);
    return several;
}

static void judge_rows(struct judge *judge, struct deal_row *rows, size_t count) {
    struct deal_sums sums = deal_sums(rows, count);
    if (is_outside(judge, rows, count)) {
        conclude(judge, RECON_OUTSIDE, rows, count, false);
        return;
    }
    if (sums.many && judge_many(judge, rows, count, &sums))
        return;
    if (!sums.equal) {
        conclude(judge, RECON_AMOUNT_DIFFERS, rows, count, false);
        return;
    }
    enum recon_class class = class_of_deal(judge, rows, count, &sums);
    unsigned hospital = hospital_lane(judge);
    conclude(judge, class, rows, count,
             class == RECON_UNPROVEN_CREDIT && (lanes_of(judge, rows, count) & hospital));
}

static void mark_seen(struct judge *judge, uint32_t row) {
    judge->seen[row >> 6] |= UINT64_C(1) << (row & 63);
}

static bool is_seen(const struct judge *judge, uint32_t row) {
    return judge->seen[row >> 6] >> (row & 63) & 1;
}

/* Two rows, one a lane, the same money: nearly all deals of a two-way run. */
static bool agrees_at_once(struct judge *judge, uint32_t row) {
    uint32_t other = recon_next(judge->ledger, row);
    if (other == row || recon_next(judge->ledger, other) != row || judge->ledger->period.end_s)
        return false;
    const struct recon_chunk *a = RECON_CHUNK(judge->ledger, row),
                             *b = RECON_CHUNK(judge->ledger, other);
    struct recon_row x = recon_row(judge->ledger, row), y = recon_row(judge->ledger, other);
    if ((judge->lane[a->source] | judge->lane[b->source]) != judge->whole || x.fen != y.fen ||
        x.state != RECON_DONE || y.state != RECON_DONE)
        return false;
    struct recon_sum *sum = &judge->result->classes[RECON_AGREE];
    int64_t money = recon_row_money(&x);
    sum->deals++;
    sum->fen += money;
    sum->rows[a->source]++;
    sum->rows[b->source]++;
    sum->source_fen[a->source] += money;
    sum->source_fen[b->source] += money;
    mark_seen(judge, other);
    return true;
}

/* One row a source, all the same money, some lane missing: another deal may complete it. */
static bool is_incomplete(const struct judge *judge, const struct deal *deal) {
    struct deal_sums sums = deal_sums(deal->rows, deal->count);
    return !sums.many && sums.equal && sums.live == sums.sources &&
           lanes_of(judge, deal->rows, deal->count) != judge->whole;
}

static void judge_ring(struct judge *judge, uint32_t row, bool may_wait) {
    deal_take(judge->ledger, row, &judge->deal);
    for (size_t i = 0; i < judge->deal.count; i++)
        mark_seen(judge, judge->deal.rows[i].row);
    if (may_wait && is_incomplete(judge, &judge->deal))
        pairing_add(&judge->pairing, &judge->deal);
    else
        judge_rows(judge, judge->deal.rows, judge->deal.count);
}

static void prefetch_deal(const struct recon_ledger *ledger, uint32_t row) {
    uint32_t other = recon_next(ledger, row);
    const struct recon_chunk *chunk = RECON_CHUNK(ledger, other);
    __builtin_prefetch(&chunk->packed[RECON_WITHIN(other)]);
    __builtin_prefetch(&chunk->next[RECON_WITHIN(other)]);
}

static void judge_chunk(struct judge *judge, uint32_t number) {
    const struct recon_chunk *chunk = &judge->ledger->chunks[number];
    for (uint32_t i = 0; i < chunk->count; i++) {
        uint32_t row = number << 16 | i;
        if (i + AHEAD < chunk->count)
            prefetch_deal(judge->ledger, row + AHEAD);
        if (is_seen(judge, row))
            continue;
        mark_seen(judge, row);
        if (!agrees_at_once(judge, row))
            judge_ring(judge, row, true);
    }
}

/* The incomplete deals again, after some of them have found each other. */
static void judge_paired(struct judge *judge) {
    const struct pairing *pairing = &judge->pairing;
    for (size_t i = 0; i < pairing->count; i++)
        judge->seen[pairing->waiting[i].row >> 6] &=
            ~(UINT64_C(1) << (pairing->waiting[i].row & 63));
    for (size_t i = 0; i < pairing->count; i++)
        if (!is_seen(judge, pairing->waiting[i].row))
            judge_ring(judge, pairing->waiting[i].row, false);
}

static const struct recon_result *sorted_result;

static int by_class_and_row(const void *a, const void *b) {
    const struct recon_finding *x = a, *y = b;
    if (x->class != y->class)
        return x->class < y->class ? -1 : 1;
    uint32_t row_x = sorted_result->members[x->first], row_y = sorted_result->members[y->first];
    return (row_x > row_y) - (row_x < row_y);
}

void recon_judge(struct recon_ledger *ledger, const struct recon_index *index,
                 const struct recon_rules *rules, struct recon_result *result) {
    memset(result, 0, sizeof *result);
    struct judge judge = {.ledger = ledger, .index = index, .rules = rules, .result = result};
    lay_lanes(&judge);
    judge.seen =
        calloc((size_t)ledger->chunk_count * RECON_CHUNK_ROWS / 64 + 1, sizeof *judge.seen);
    ENSURE(judge.seen != NULL);
    for (uint32_t number = 0; number < ledger->chunk_count; number++)
        judge_chunk(&judge, number);
    result->by_time = pairing_join(&judge.pairing, ledger, rules->window_s);
    judge_paired(&judge);
    sorted_result = result;
    if (result->finding_count > 1)
        qsort(result->findings, result->finding_count, sizeof *result->findings, by_class_and_row);
    pairing_free(&judge.pairing);
    deal_free(&judge.deal);
    free(judge.seen);
}

bool recon_sums_hold(const struct recon_ledger *ledger, const struct recon_result *result) {
    for (int i = 0; i < ledger->source_count; i++) {
        int64_t rows = 0, fen = 0;
        for (int class = 0; class < RECON_CLASS_COUNT; class ++) {
            rows += result->classes[class].rows[i];
            fen += result->classes[class].source_fen[i];
        }
        if (rows != ledger->sources[i].rows || fen != ledger->sources[i].fen)
            return false;
    }
    return true;
}

int64_t recon_differences(const struct recon_result *result) {
    int64_t count = 0;
    for (int class = 0; class < RECON_CLASS_COUNT; class ++)
        if (recon_classes[class].difference)
            count += result->classes[class].deals - result->classes[class].explained;
    return count;
}

void recon_result_free(struct recon_result *result) {
    free(result->findings);
    free(result->members);
    memset(result, 0, sizeof *result);
}
