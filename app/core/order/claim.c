/* A claim beside its credit (credit.c): given up, or on its way back share by share. */
#include "app/core/order/parts.h"
#include "app/core/terms/assert.h"

static struct claim *claim_of_turn(const struct turn *turn, int i) {
    return &turn->order->claims[i];
}

void claim_reverse(struct turn *turn, int i) {
    turn_enter_claim(turn, i, CLAIM_REVERSING);
}

/* Without the refund or the money that it waits for it is no journal of ours: a person looks. */
void claim_resume(struct turn *turn, int i) {
    enum claim_state state = claim_of_turn(turn, i)->state;
    bool reversing = state == CLAIM_REVERSING;
    int refund = order_refund_of_claim(turn->order, i);
    if (!reversing && state != CLAIM_UNCREDITING)
        return;
    if (refund < 0 && reversing && order_claim_money(turn->order, i).open)
        return;
    if (refund < 0)
        turn_enter_claim_case(turn, i, CASE_NO_ACT);
    else if (turn->order->refunds[refund].state == REFUND_NEW)
        turn_ask_now(turn, &turn->order->run.claim[i]);
}

static struct share *share_of_claim(const struct turn *turn, int i, int leg) {
    int share = order_share_of(turn->order, i, leg);
    CORE_ASSERT(share >= 0);
    return &turn->order->shares[share];
}

void claim_got_back(struct turn *turn, int i, int leg, struct fen amount) {
    struct claim *claim = claim_of_turn(turn, i);
    struct share *share = share_of_claim(turn, i, leg);
    struct fen most = order_share_amount(turn->order, (int)(share - turn->order->shares));
    CORE_ASSERT(claim->state == CLAIM_REVERSING || claim->state == CLAIM_UNCREDITING);
    share->returned.fen += amount.fen;
    CORE_ASSERT(money_compare(share->returned, most) <= 0);
    if (claim->state == CLAIM_UNCREDITING)
        claim->refunded.fen += amount.fen;
    CORE_ASSERT(money_compare(claim->refunded, claim->amount) <= 0);
}

void claim_got_stuck(struct turn *turn, int i, int leg, enum case_reason reason) {
    share_of_claim(turn, i, leg)->reason = reason;
}

void claim_dispute(struct turn *turn, int i, int leg, struct fen amount) {
    CORE_ASSERT(claim_of_turn(turn, i)->state == CLAIM_UNCREDITING);
    share_of_claim(turn, i, leg)->disputed.fen += amount.fen;
}

static enum case_reason stuck_reason(const struct turn *turn, int i) {
    const struct order *order = turn->order;
    for (int s = 0; s < order->share_count; s++)
        if (order->shares[s].claim == i && order->shares[s].reason != CASE_NONE)
            return order->shares[s].reason;
    return CASE_NONE;
}

static bool any_share_returned(const struct turn *turn, int i) {
    const struct order *order = turn->order;
    for (int s = 0; s < order->share_count; s++)
        if (order->shares[s].claim == i && order->shares[s].returned.fen > 0)
            return true;
    return false;
}

void claim_end_return(struct turn *turn, int i) {
    const struct claim *claim = claim_of_turn(turn, i);
    enum case_reason reason = stuck_reason(turn, i);
    if (reason != CASE_NONE)
        turn_enter_claim_case(turn, i, reason);
    else if (claim->state == CLAIM_REVERSING)
        turn_move_claim(turn, i, any_share_returned(turn, i) ? CLAIM_REVERSED : CLAIM_VOID);
    else if (money_compare(claim->refunded, claim->amount) == 0)
        turn_move_claim(turn, i, CLAIM_REFUNDED);
    else
        turn_move_claim(turn, i, CLAIM_DONE);
}
