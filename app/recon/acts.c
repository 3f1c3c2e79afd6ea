#include "app/recon/acts.h"

#include <string.h>

#include "app/recon/ids.h"
#include "app/recon/order_line.h"
#include "app/recon/proof.h"

static const struct {
    const char *word, *text[LANGUAGE_COUNT];
} act_words[RECON_ACT_COUNT] = {
    [RECON_ACT_ASK] = {"ask",
                       {"可由终端重新查询该订单（--apply）。",
                        "The terminal can ask about its order again (--apply)."}},
    [RECON_ACT_PROVE] = {"prove",
                         {"可据医院账单证实该入账（--apply）。",
                          "The hospital's books can prove the credit (--apply)."}},
    [RECON_ACT_RESOLVE] = {"resolve",
                           {"可据对方账单办结该人工事项（--apply）。",
                            "The other side's books can close its case (--apply)."}}};

const char *recon_act_word(enum recon_act_kind kind) {
    return act_words[kind].word;
}

const char *recon_act_text(enum recon_act_kind kind, enum language language) {
    return act_words[kind].text[language];
}

static enum recon_side side_of_row(const struct recon_ledger *ledger, uint32_t row) {
    return ledger->sources[RECON_CHUNK(ledger, row)->source].side;
}

/* A row of that side and this kind that is done, of the same amount: of a platform's one that a
 * signature vouches for, where there is one. RECON_NO_ROW: there is none, or the hospital has
 * several. */
static uint32_t only_row_of(const struct recon_ledger *ledger, const uint32_t *rows, uint32_t count,
                            enum recon_side side, const struct recon_row *is) {
    uint32_t found = RECON_NO_ROW;
    for (uint32_t i = 0; i < count; i++) {
        struct recon_row row = recon_row(ledger, rows[i]);
        if (side_of_row(ledger, rows[i]) != side || row.state != RECON_DONE || row.fen != is->fen ||
            row.kind != is->kind)
            continue;
        if (found != RECON_NO_ROW && side == RECON_HOSPITAL)
            return RECON_NO_ROW;
        if (found == RECON_NO_ROW || (recon_row(ledger, found).unverified && !row.unverified))
            found = rows[i];
    }
    return found;
}

/* Only one of the terminal's rows has this amount. */
static bool is_alone(const struct recon_ledger *ledger, const uint32_t *rows, uint32_t count,
                     uint32_t row) {
    for (uint32_t i = 0; i < count; i++)
        if (rows[i] != row && side_of_row(ledger, rows[i]) == RECON_TERMINAL &&
            recon_row(ledger, rows[i]).fen == recon_row(ledger, row).fen)
            return false;
    return true;
}

/* A row of the terminal in a finding, and the order as its line says it. */
struct acting {
    struct recon_ledger *ledger;
    const struct recon_finding *finding;
    const uint32_t *rows; /* the finding's */
    uint32_t row;
    const struct recon_result *result;
    const cJSON *order;
};

/* The platform's row of a refund that it has done: it says so under the refund's own number and its
 * signature, and the hospital has it too, or never booked the payment. */
static uint32_t refund_done_by(const struct acting *acting, const struct recon_finding *finding,
                               uint32_t row, const cJSON *refund) {
    struct recon_ledger *ledger = acting->ledger;
    const uint32_t *rows = acting->result->members + finding->first;
    struct recon_row is = recon_row(ledger, row);
    uint32_t because = only_row_of(ledger, rows, finding->count, RECON_PLATFORM, &is);
    bool booked = only_row_of(ledger, rows, finding->count, RECON_HOSPITAL, &is) != RECON_NO_ROW;
    if (because == RECON_NO_ROW || recon_row(ledger, because).unverified ||
        !recon_same_id(ledger, row, RECON_PAYMENT_NO, because, RECON_PAYMENT_NO))
        return RECON_NO_ROW;
    return booked || !order_line_was_credited(acting->order, refund) ? because : RECON_NO_ROW;
}

/* Is this row the terminal's of the refund, which it does not know to be done? */
static bool is_row_of_refund(const struct acting *acting, uint32_t row, const cJSON *refund) {
    struct recon_row is = recon_row(acting->ledger, row);
    if (is.kind != RECON_REFUND || is.state != RECON_PENDING ||
        side_of_row(acting->ledger, row) != RECON_TERMINAL)
        return false;
    const struct recon_entry *entry = recon_row_entry(acting->ledger, row);
    return entry != NULL &&
           order_line_refund(acting->order, entry->ids[RECON_PAYMENT_NO]) == refund;
}

/* One refund of several may be in another finding. */
static const struct recon_finding *finding_of_refund(const struct acting *acting,
                                                     const cJSON *refund, uint32_t *row) {
    const struct recon_result *result = acting->result;
    *row = acting->row;
    if (is_row_of_refund(acting, acting->row, refund))
        return acting->finding;
    for (size_t i = 0; i < result->finding_count; i++)
        for (uint32_t n = 0; n < result->findings[i].count; n++) {
            *row = result->members[result->findings[i].first + n];
            if (is_row_of_refund(acting, *row, refund))
                return &result->findings[i];
        }
    return NULL;
}

/* Money that went back, all that a person would decide about: each refund of the part that is not
 * settled is done. The first of them speaks for all. */
static uint32_t returned_by(const struct acting *acting, const struct told_part *part) {
    uint32_t first = RECON_NO_ROW, first_because = RECON_NO_ROW;
    int64_t fen = 0;
    const cJSON *one;
    cJSON_ArrayForEach(one, wire_member(acting->order, "refunds")) {
        if (!order_line_is_unanswered(one) ||
            strcmp(order_line_part_of_refund(one).name, part->name) != 0)
            continue;
        uint32_t row;
        const struct recon_finding *finding = finding_of_refund(acting, one, &row);
        uint32_t because =
            finding != NULL ? refund_done_by(acting, finding, row, one) : RECON_NO_ROW;
        if (because == RECON_NO_ROW)
            return RECON_NO_ROW;
        if (first == RECON_NO_ROW) {
            first = row;
            first_because = because;
        }
        fen += recon_row(acting->ledger, row).fen;
    }
    bool all = part->claim < 0 || fen == order_line_in_case_fen(acting->order, part->claim);
    return first == acting->row && all ? first_because : RECON_NO_ROW;
}

/* Money that the hospital has booked by hand: its row names the payment, which came by the word of
 * the terminal or under the platform's signature (a hospital's bills have none), and nothing of the
 * order was ever sent back: by the terminal, or by anybody in whose books it stands. */
static uint32_t credited_by(const struct acting *acting, const struct told_part *part,
                            bool knows_paid) {
    struct recon_ledger *ledger = acting->ledger;
    const struct recon_finding *finding = acting->finding;
    struct recon_row is = recon_row(ledger, acting->row);
    uint32_t because = only_row_of(ledger, acting->rows, finding->count, RECON_HOSPITAL, &is);
    bool whole = part->claim < 0 || is.fen == order_line_in_case_fen(acting->order, part->claim);
    bool alone = whole && !finding->reversed &&
                 is_alone(ledger, acting->rows, finding->count, acting->row) &&
                 cJSON_GetArraySize(wire_member(acting->order, "refunds")) == 0;
    uint32_t paid_by = only_row_of(ledger, acting->rows, finding->count, RECON_PLATFORM, &is);
    bool paid = paid_by != RECON_NO_ROW && (!recon_row(ledger, paid_by).unverified || knows_paid);
    return alone && paid && because != RECON_NO_ROW &&
                   recon_row_proves(ledger, acting->row, because)
               ? because
               : RECON_NO_ROW;
}

/* What is open is the kiosk's to ask about; what is in a case it has given to a person, and only
 * what the case is about answers it. */
static void choose_act(const struct acting *acting, struct recon_act *out) {
    const struct recon_entry *entry = recon_row_entry(acting->ledger, acting->row);
    if (entry == NULL)
        return;
    int cases = order_line_open_cases(acting->order);
    struct told_part part = order_line_part(acting->order, entry);
    bool knows_paid = order_line_knows_paid(acting->order, entry->ids[RECON_PAYMENT_NO]);
    struct recon_row is = recon_row(acting->ledger, acting->row);
    bool refund = is.kind == RECON_REFUND;
    bool asks = cases == 0 || (refund && part.open);
    out->kind = asks ? RECON_ACT_ASK : RECON_ACT_RESOLVE;
    if (asks)
        out->because =
            only_row_of(acting->ledger, acting->rows, acting->finding->count, RECON_PLATFORM, &is);
    else if (cases == 1 && order_line_asks(acting->order, part.name))
        out->because = refund ? returned_by(acting, &part) : credited_by(acting, &part, knows_paid);
}

static bool act_of_open_row(struct recon_ledger *ledger, const struct recon_result *result,
                            const struct recon_finding *finding, uint32_t row,
                            struct recon_act *out) {
    cJSON *order = order_line_read(ledger, row);
    const uint32_t *rows = result->members + finding->first;
    choose_act(&(struct acting){ledger, finding, rows, row, result, order}, out);
    cJSON_Delete(order);
    return out->because != RECON_NO_ROW;
}

/* What can be done about this row of the terminal. */
static bool act_of_row(struct recon_ledger *ledger, const struct recon_result *result,
                       const struct recon_finding *finding, uint32_t row, struct recon_act *out) {
    const uint32_t *rows = result->members + finding->first;
    struct recon_row is = recon_row(ledger, row);
    *out = (struct recon_act){.row = row, .because = RECON_NO_ROW};
    if (side_of_row(ledger, row) != RECON_TERMINAL)
        return false;
    if (finding->class == RECON_UNPROVEN_CREDIT && is.state == RECON_UNPROVEN &&
        is.kind == RECON_PAYMENT && is_alone(ledger, rows, finding->count, row)) {
        out->kind = RECON_ACT_PROVE;
        out->because = only_row_of(ledger, rows, finding->count, RECON_HOSPITAL, &is);
        return out->because != RECON_NO_ROW && !finding->reversed &&
               recon_row_proves(ledger, row, out->because);
    }
    bool open = is.state == RECON_PENDING || is.state == RECON_UNCREDITED;
    return open &&
           (finding->class == RECON_STATE_DIFFERS || finding->class == RECON_HOSPITAL_MISSING) &&
           act_of_open_row(ledger, result, finding, row, out);
}

int recon_acts_of(struct recon_ledger *ledger, const struct recon_result *result,
                  const struct recon_finding *finding, struct recon_act out[RECON_ACTS_MAX]) {
    const uint32_t *rows = result->members + finding->first;
    int count = 0;
    if (finding->count > RECON_ACTS_MAX * 3)
        return 0;
    for (uint32_t i = 0; i < finding->count && count < RECON_ACTS_MAX; i++)
        count += act_of_row(ledger, result, finding, rows[i], &out[count]);
    return count;
}
