/* Who pays an order: the amounts of 1.3, which must add up. Its table has neither outOfMIFee nor
 * prePaidDeduction: without them the bill says what it costs, and the core has the bill. */
#include <string.h>

#include "app/platform/mmpc/mmpc.h"
#include "app/wire/json.h"
#include "app/wire/reading.h"

/* An amount, without its sign. */
static enum mmpc_split_state read_part(const cJSON *order, const char *name, struct fen *out) {
    const char *text = wire_text(order, name);
    if (text == NULL || *text == '\0')
        return MMPC_SPLIT_MISSING;
    if (!reading_amount(order, name, out))
        return MMPC_SPLIT_WRONG;
    if (out->fen < 0)
        out->fen = -out->fen;
    return MMPC_SPLIT_GOOD;
}

/* The sample of 1.3 says ownPayAmt, the tables of 2.2 and 2.3 ownpayAmt: it is one thing. */
static enum mmpc_split_state read_own(const cJSON *order, struct fen *out) {
    enum mmpc_split_state state = read_part(order, "ownPayAmt", out);
    return state == MMPC_SPLIT_MISSING ? read_part(order, "ownpayAmt", out) : state;
}

static enum mmpc_split_state sum_state(struct mmpc_split *split, bool outside_said) {
    int64_t whole_fen = split->fee_sum.fen + split->outside.fen;
    int64_t parts_fen = split->fund.fen + split->account.fen + split->own.fen + split->prepaid.fen;
    bool by_parts = !outside_said && parts_fen > whole_fen; /* the rest of it is outside */
    split->cost.fen = by_parts ? parts_fen : whole_fen;
    if (split->cost.fen > MONEY_MAX_FEN)
        return MMPC_SPLIT_WRONG;
    return split->at_least || split->cost.fen == parts_fen ? MMPC_SPLIT_GOOD : MMPC_SPLIT_ODD;
}

enum mmpc_split_state mmpc_read_split(const cJSON *order, struct mmpc_split *out) {
    *out = (struct mmpc_split){0};
    const enum mmpc_split_state states[] = {
        read_part(order, "feeSumamt", &out->fee_sum), read_part(order, "fundPay", &out->fund),
        read_part(order, "psnAcctPay", &out->account), read_own(order, &out->own)};
    enum mmpc_split_state outside = read_part(order, "outOfMIFee", &out->outside),
                          prepaid = read_part(order, "prePaidDeduction", &out->prepaid);
    bool wrong = outside == MMPC_SPLIT_WRONG || prepaid == MMPC_SPLIT_WRONG;
    bool missing = false;
    for (size_t i = 0; i < sizeof states / sizeof states[0]; i++) {
        wrong = wrong || states[i] == MMPC_SPLIT_WRONG;
        missing = missing || states[i] == MMPC_SPLIT_MISSING;
    }
    if (wrong)
        return MMPC_SPLIT_WRONG;
    out->at_least = outside == MMPC_SPLIT_MISSING && prepaid == MMPC_SPLIT_MISSING;
    return missing ? MMPC_SPLIT_MISSING : sum_state(out, outside == MMPC_SPLIT_GOOD);
}
