#include "app/recon/acts.h"

#include <stdlib.h>
#include <string.h>

#include "app/recon/ids.h"
#include "app/recon/proof.h"
#include "app/wire/json.h"

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

/* How many cases of an order wait for a person; what became of the part is then theirs to say. */
static int open_cases(const cJSON *order) {
    const cJSON *one;
    int count = 0;
    cJSON_ArrayForEach(one, wire_member(order, "cases")) {
        const char *state = wire_text(one, "state");
        count += state != NULL && strcmp(state, "open") == 0;
    }
    return count;
}

/* The refund that this row is; NULL: none. */
static const cJSON *refund_of_row(const cJSON *order, struct recon_slice no) {
    const cJSON *one;
    cJSON_ArrayForEach(one, wire_member(order, "refunds")) {
        const char *text = wire_text(one, "no");
        if (text != NULL && slice_is(no, text))
            return one;
    }
    return NULL;
}

/* Did the hospital give a receipt for what this refund takes back? */
static bool was_credited(const cJSON *order, const cJSON *refund) {
    const char *number = wire_text(refund, "claim");
    const cJSON *claims = wire_member(order, "claims");
    const cJSON *claim =
        cJSON_GetArrayItem(claims, number != NULL ? (int)strtol(number, NULL, 10) : -1);
    const char *receipt = wire_text(claim, "call_sn");
    return receipt != NULL && receipt[0] != '\0';
}

/* The order as its journal's line says it; NULL where the row comes from no journal. */
static cJSON *order_of_row(const struct recon_ledger *ledger, uint32_t row) {
    const char *error;
    struct recon_slice line = recon_row_original(ledger, row);
    return line.at[0] == '{' ? wire_parse(line.at, line.length, &error) : NULL;
}

/* Money that went back: the platform says so under the refund's own number and its signature, and
 * the hospital has it too, or never booked the payment. */
static uint32_t returned_by(struct recon_ledger *ledger, const struct recon_finding *finding,
                            const uint32_t *rows, uint32_t row, const cJSON *order) {
    struct recon_row is = recon_row(ledger, row);
    uint32_t because = only_row_of(ledger, rows, finding->count, RECON_PLATFORM, &is);
    bool booked = only_row_of(ledger, rows, finding->count, RECON_HOSPITAL, &is) != RECON_NO_ROW;
    if (because == RECON_NO_ROW || recon_row(ledger, because).unverified ||
        !recon_same_id(ledger, row, RECON_PAYMENT_NO, because, RECON_PAYMENT_NO))
        return RECON_NO_ROW;
    const struct recon_entry *entry = recon_row_entry(ledger, row);
    const cJSON *refund = entry ? refund_of_row(order, entry->ids[RECON_PAYMENT_NO]) : NULL;
    return refund != NULL && (booked || !was_credited(order, refund)) ? because : RECON_NO_ROW;
}

/* Does the terminal itself know that the payment of this row came? */
static bool knows_paid(struct recon_ledger *ledger, uint32_t row, const cJSON *order) {
    const struct recon_entry *entry = recon_row_entry(ledger, row);
    const cJSON *one;
    cJSON_ArrayForEach(one, wire_member(order, "legs")) {
        const char *no = wire_text(one, "no"), *state = wire_text(one, "state");
        if (entry != NULL && no != NULL && state != NULL &&
            slice_is(entry->ids[RECON_PAYMENT_NO], no))
            return strcmp(state, "paid") == 0;
    }
    return false;
}

/* Money that the hospital has booked by hand: its row names the payment, which came by the word of
 * the terminal or under the platform's signature (a hospital's bills have none), and nothing of the
 * order was ever sent back: by the terminal, or by anybody in whose books it stands. */
static uint32_t credited_by(struct recon_ledger *ledger, const struct recon_finding *finding,
                            const uint32_t *rows, uint32_t row, const cJSON *order) {
    struct recon_row is = recon_row(ledger, row);
    uint32_t because = only_row_of(ledger, rows, finding->count, RECON_HOSPITAL, &is);
    bool alone = !finding->reversed && is_alone(ledger, rows, finding->count, row) &&
                 cJSON_GetArraySize(wire_member(order, "refunds")) == 0;
    uint32_t paid_by = only_row_of(ledger, rows, finding->count, RECON_PLATFORM, &is);
    bool paid = paid_by != RECON_NO_ROW &&
                (!recon_row(ledger, paid_by).unverified || knows_paid(ledger, row, order));
    return alone && paid && because != RECON_NO_ROW && recon_row_proves(ledger, row, because)
               ? because
               : RECON_NO_ROW;
}

/* What is open is the kiosk's to ask about; what is in a case it has given to a person. */
static bool act_of_open_row(struct recon_ledger *ledger, const struct recon_finding *finding,
                            const uint32_t *rows, uint32_t row, struct recon_act *out) {
    struct recon_row is = recon_row(ledger, row);
    cJSON *order = order_of_row(ledger, row);
    int cases = open_cases(order);
    out->kind = cases > 0 ? RECON_ACT_RESOLVE : RECON_ACT_ASK;
    if (cases == 0)
        out->because = only_row_of(ledger, rows, finding->count, RECON_PLATFORM, &is);
    else if (cases == 1)
        out->because = is.kind == RECON_REFUND ? returned_by(ledger, finding, rows, row, order)
                                               : credited_by(ledger, finding, rows, row, order);
    cJSON_Delete(order);
    return out->because != RECON_NO_ROW;
}

/* What can be done about this row of the terminal. */
static bool act_of_row(struct recon_ledger *ledger, const struct recon_finding *finding,
                       const uint32_t *rows, uint32_t row, struct recon_act *out) {
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
           act_of_open_row(ledger, finding, rows, row, out);
}

int recon_acts_of(struct recon_ledger *ledger, const struct recon_result *result,
                  const struct recon_finding *finding, struct recon_act out[RECON_ACTS_MAX]) {
    const uint32_t *rows = result->members + finding->first;
    int count = 0;
    if (finding->count > RECON_ACTS_MAX * 3)
        return 0;
    for (uint32_t i = 0; i < finding->count && count < RECON_ACTS_MAX; i++)
        count += act_of_row(ledger, finding, rows, rows[i], &out[count]);
    return count;
}
