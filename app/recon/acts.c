#include "app/recon/acts.h"

#include "app/recon/proof.h"

static const struct {
    const char *word, *text[LANGUAGE_COUNT];
} act_words[RECON_ACT_COUNT] = {
    [RECON_ACT_ASK] = {"ask",
                       {"可由终端重新查询该订单（--apply）。",
                        "The terminal can ask about its order again (--apply)."}},
    [RECON_ACT_PROVE] = {"prove",
                         {"可据医院账单证实该入账（--apply）。",
                          "The hospital's books can prove the credit (--apply)."}}};

const char *recon_act_word(enum recon_act_kind kind) {
    return act_words[kind].word;
}

const char *recon_act_text(enum recon_act_kind kind, enum language language) {
    return act_words[kind].text[language];
}

static enum recon_side side_of_row(const struct recon_ledger *ledger, uint32_t row) {
    return ledger->sources[RECON_CHUNK(ledger, row)->source].side;
}

/* A row of that side that is done, of the same amount; RECON_NO_ROW: there is none, or several. */
static uint32_t only_row_of(const struct recon_ledger *ledger, const uint32_t *rows, uint32_t count,
                            enum recon_side side, int64_t fen) {
    uint32_t found = RECON_NO_ROW;
    for (uint32_t i = 0; i < count; i++) {
        struct recon_row row = recon_row(ledger, rows[i]);
        if (side_of_row(ledger, rows[i]) != side || row.state != RECON_DONE || row.fen != fen ||
            row.kind != RECON_PAYMENT)
            continue;
        if (found != RECON_NO_ROW && side == RECON_HOSPITAL)
            return RECON_NO_ROW;
        found = found == RECON_NO_ROW ? rows[i] : found;
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

/* What can be done about this row of the terminal. */
static bool act_of_row(struct recon_ledger *ledger, const struct recon_finding *finding,
                       const uint32_t *rows, uint32_t row, struct recon_act *out) {
    struct recon_row is = recon_row(ledger, row);
    bool open = is.state == RECON_UNCREDITED || is.state == RECON_PENDING;
    *out = (struct recon_act){.row = row, .because = RECON_NO_ROW};
    if (side_of_row(ledger, row) != RECON_TERMINAL || is.kind != RECON_PAYMENT)
        return false;
    if (finding->class == RECON_UNPROVEN_CREDIT && is.state == RECON_UNPROVEN &&
        is_alone(ledger, rows, finding->count, row)) {
        out->kind = RECON_ACT_PROVE;
        out->because = only_row_of(ledger, rows, finding->count, RECON_HOSPITAL, is.fen);
        return out->because != RECON_NO_ROW && recon_row_proves(ledger, row, out->because);
    }
    if (open &&
        (finding->class == RECON_STATE_DIFFERS || finding->class == RECON_HOSPITAL_MISSING)) {
        out->kind = RECON_ACT_ASK;
        out->because = only_row_of(ledger, rows, finding->count, RECON_PLATFORM, is.fen);
    }
    return out->because != RECON_NO_ROW;
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
