#include "app/recon/deal_class.h"

#include <string.h>

#include "app/recon/ids.h"
#include "app/recon/origins.h"
#include "app/recon/taken.h"

static bool any_state(const struct deal_row *rows, size_t count, enum recon_state state) {
    for (size_t i = 0; i < count; i++)
        if (rows[i].is.state == state)
            return true;
    return false;
}

/* Is nobody further than that? */
static bool all_pending(const struct deal_row *rows, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (rows[i].is.state != RECON_PENDING && rows[i].is.state != RECON_VOID)
            return false;
    return true;
}

/* Is it so near to a border of the period that what it lacks may stand in the file of the day
 * before or after, and is that file not here? */
static bool may_come(const struct judge *judge, const struct deal_row *rows, size_t count,
                     unsigned missing) {
    const struct recon_period *period = &judge->ledger->period;
    int64_t late_s = judge->rules->late_s;
    bool after = missing & ~judge->has_after, before = missing & ~judge->has_before;
    for (size_t i = 0; i < count && period->end_s; i++)
        if (rows[i].time_s != 0 && ((after && rows[i].time_s >= period->end_s - late_s) ||
                                    (before && rows[i].time_s < period->from_s + late_s)))
            return true;
    return false;
}

/* The first row that this refund's payment has; RECON_NO_ROW: it names none, or nobody has it. */
static bool names_payment(const struct judge *judge, const struct deal_row *rows, size_t count,
                          uint32_t *payment) {
    *payment = RECON_NO_ROW;
    for (size_t i = 0; i < count; i++) {
        if (!recon_row_id(judge->ledger, rows[i].row, RECON_ORIGIN_NO))
            continue;
        *payment = origins_find(judge->origins, judge->ledger, rows[i].row);
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

static bool is_insured_row(const struct judge *judge, const struct recon_row *row) {
    return strcmp(judge->ledger->texts[RECON_CHANNELS].texts[row->channel], "insurance") == 0;
}

/* What a payment of the terminal's came to by insurance; 0: the hospital has no settlement of it
 * that stands. */
static int64_t insured_and_standing_fen(const struct judge *judge, uint32_t payment) {
    uint32_t row = payment;
    bool stands = false;
    int64_t fen = 0;
    do {
        struct recon_row is = recon_row(judge->ledger, row);
        enum recon_side side = judge->ledger->sources[RECON_CHUNK(judge->ledger, row)->source].side;
        stands = stands || (side == RECON_HOSPITAL && is.state == RECON_DONE);
        if (side == RECON_TERMINAL && is.state == RECON_DONE && is_insured_row(judge, &is))
            fen += is.fen;
        row = recon_next(judge->ledger, row);
    } while (row != payment);
    return stands ? fen : 0;
}

/* Of an insured payment only the patient's own part went back: the settlement stands, and the
 * hospital books nothing of it. */
static bool is_own_part_back(const struct judge *judge, const struct deal_row *rows, size_t count,
                             uint32_t payment) {
    int64_t back_fen = 0;
    for (size_t i = 0; i < count; i++)
        if (deal_row_is_terminals(judge, &rows[i]) && rows[i].is.state == RECON_DONE)
            back_fen += rows[i].is.fen;
    return back_fen > 0 && back_fen < insured_and_standing_fen(judge, payment);
}

static enum recon_class class_of_lanes(const struct judge *judge, unsigned lanes) {
    static const uint8_t three[8] = {
        RECON_AGREE,         RECON_HOSPITAL_MISSING, RECON_PLATFORM_MISSING, RECON_TERMINAL_UNAWARE,
        RECON_TERMINAL_ONLY, RECON_HOSPITAL_MISSING, RECON_PLATFORM_MISSING, RECON_AGREE};
    static const uint8_t two[4] = {RECON_AGREE, RECON_MISSING_THERE, RECON_MISSING_HERE,
                                   RECON_AGREE};
    return judge->three_way ? three[lanes] : two[lanes];
}

static enum recon_class class_of_missing(const struct judge *judge, const struct deal_row *rows,
                                         size_t count, unsigned lanes) {
    uint32_t payment;
    enum recon_class class = class_of_lanes(judge, lanes);
    if (refund_tells_of_taken(judge, rows, count))
        return RECON_CREDIT_TAKEN_ELSEWHERE;
    if (rows[0].is.kind == RECON_REFUND && names_payment(judge, rows, count, &payment)) {
        unsigned hospital = judge->hospital;
        if (payment == RECON_NO_ROW)
            return RECON_REFUND_WITHOUT_PAYMENT;
        if (payment_was_taken_elsewhere(judge, payment))
            return RECON_CREDIT_TAKEN_ELSEWHERE;
        bool hospitals = hospital && lanes == (judge->whole & ~hospital);
        if (hospitals &&
            (was_never_credited(judge, payment) || is_own_part_back(judge, rows, count, payment)))
            return RECON_AGREE;
    }
    return class;
}

/* Does a platform's own row of this money name the receipt that the credit has? Then the platform
 * has credited it: a bill on the patient's phone was pushed by us and settled by the portal. */
static bool platform_settled(const struct judge *judge, const struct deal_row *rows, size_t count,
                             const struct deal_row *credit) {
    struct recon_ledger *ledger = judge->ledger;
    for (size_t i = 0; i < count; i++)
        if (ledger->sources[rows[i].source].side == RECON_PLATFORM &&
            rows[i].is.state == RECON_DONE && rows[i].is.fen == credit->is.fen &&
            recon_row_id(ledger, credit->row, RECON_RECEIPT_NO) != 0 &&
            recon_same_id(ledger, credit->row, RECON_RECEIPT_NO, rows[i].row, RECON_RECEIPT_NO))
            return true;
    return false;
}

static bool any_credit_unproven(const struct judge *judge, const struct deal_row *rows,
                                size_t count) {
    for (size_t i = 0; i < count; i++)
        if (rows[i].is.state == RECON_UNPROVEN && !platform_settled(judge, rows, count, &rows[i]))
            return true;
    return false;
}

/* What the terminal said of its payment, beside what others have. */
static bool class_of_states(const struct judge *judge, const struct deal_row *rows, size_t count,
                            unsigned lanes, enum recon_class *class) {
    unsigned hospital = judge->hospital;
    bool others = (lanes & (lanes - 1)) != 0, booked = hospital && (lanes & hospital);
    if (any_state(rows, count, RECON_VOID) || any_state(rows, count, RECON_PENDING) ||
        (others && any_state(rows, count, RECON_UNCREDITED))) {
        *class = RECON_STATE_DIFFERS;
        return true;
    }
    if (any_state(rows, count, RECON_RETURNED)) {
        *class = booked ? RECON_STATE_DIFFERS : RECON_AGREE;
        return booked || (hospital && lanes == (judge->whole & ~hospital));
    }
    if (hospital && any_credit_unproven(judge, rows, count)) {
        *class = RECON_UNPROVEN_CREDIT;
        return true;
    }
    return false;
}

enum recon_class deal_class(const struct judge *judge, const struct deal_row *rows, size_t count,
                            const struct deal_sums *sums) {
    unsigned lanes = deal_lanes(judge, rows, count);
    enum recon_class class;
    if (sums->live == 0)
        return RECON_AGREE;
    if (lanes != judge->whole &&
        (all_pending(rows, count) || may_come(judge, rows, count, judge->whole & ~lanes)))
        return RECON_EXPECTED;
    if (class_of_states(judge, rows, count, lanes, &class))
        return class;
    if (lanes != judge->whole)
        return class_of_missing(judge, rows, count, lanes);
    unsigned views = sums->live & judge->views;
    return judge->channel_pair && views && views != judge->views ? RECON_PLATFORM_MISSING
                                                                 : RECON_AGREE;
}
