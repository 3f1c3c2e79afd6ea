/* What an order is told that it has not asked: a booking that proves a credit, that a bill is
 * listed again, that a credit was taken back elsewhere, that somebody wants to know now. */
#include <string.h>

#include "app/core/order/order.h"
#include "app/core/order/parts.h"

/* Each try is written: a pinpad that comes and goes is not tried at once. */
#define PINPAD_STAYS_MS 10000

/* A receipt is of one credit. */
static bool has_other_receipt(const struct order *order, int claim, const char *call_sn) {
    if (call_sn[0] == '\0')
        return false;
    for (int i = 0; i < order->claim_count; i++) {
        const char *has = order->claims[i].call_sn;
        if (i == claim ? has[0] != '\0' && strcmp(has, call_sn) != 0 : strcmp(has, call_sn) == 0)
            return true;
    }
    return false;
}

/* The claim that the booking is of, if it is unproven; -1: it is not, or which it is of nobody can
 * tell. */
static int provable_claim(const struct order *order, const struct order_proof *proof) {
    int found = -1, alike = 0;
    for (int i = 0; i < order->share_count; i++) {
        const struct share *share = &order->shares[i];
        const struct claim *claim = &order->claims[share->claim];
        if (money_compare(share->amount, proof->amount) != 0 ||
            strcmp(order->legs[share->leg].no, proof->leg_no) != 0 ||
            has_other_receipt(order, share->claim, proof->call_sn))
            continue;
        alike++;
        if (claim->state == CLAIM_DONE && claim->unproven)
            found = share->claim;
    }
    return alike == 1 ? found : -1;
}

bool order_prove(struct order *order, const struct order_rules *rules,
                 const struct order_proof *proof, struct now now, struct effects *out) {
    struct turn turn;
    int claim = provable_claim(order, proof);
    order_begin_turn(&turn, order, rules, now, out);
    if (claim < 0 || !turn_durable(&turn))
        return false;
    credited_prove(&turn, claim, proof);
    order_write_turn(&turn);
    return true;
}

void order_ask_listed(struct order *order, const struct order_rules *rules, int claim,
                      struct now now, struct effects *out) {
    struct turn turn;
    order_begin_turn(&turn, order, rules, now, out);
    if (rules->journal_ok && turn_durable(&turn))
        credited_ask_listed(&turn, claim);
    order_write_turn(&turn);
}

void order_taken_elsewhere(struct order *order, const struct order_rules *rules, int claim,
                           struct now now, struct effects *out) {
    struct turn turn;
    order_begin_turn(&turn, order, rules, now, out);
    if (rules->journal_ok && turn_durable(&turn) && rules->settles == SETTLE_RESULT_ORDER &&
        order->claims[claim].state == CLAIM_DONE && !order_waits_for_proof(&order->claims[claim]) &&
        order->claims[claim].refunded.fen == 0)
        credited_taken_elsewhere(&turn, claim);
    order_write_turn(&turn);
}

static void hurry_question(struct turn *turn, struct part_run *run) {
    if (run->request == 0 && run->next_mono_ms > turn->now.mono_ms)
        turn_ask_in(turn, run, 0);
}

/* Which list says that a credit may be sent again is a matter of its age, not of who wants to know:
 * soon after the credit it still shows what was settled. */
static bool waits_for_list(const struct order *order, int claim) {
    return order->claims[claim].state == CLAIM_CREDIT_UNKNOWN && order->run.claim[claim].reread;
}

static void hurry_questions(struct turn *turn) {
    struct order *order = turn->order;
    for (int i = 0; i < order->leg_count; i++)
        hurry_question(turn, &order->run.leg[i]);
    for (int i = 0; i < order->claim_count; i++)
        if (!waits_for_list(order, i))
            hurry_question(turn, &order->run.claim[i]);
    for (int i = 0; i < order->refund_count; i++)
        hurry_question(turn, &order->run.refund[i]);
}

void order_ask_now(struct order *order, const struct order_rules *rules, struct now now,
                   struct effects *out) {
    struct turn turn;
    order_begin_turn(&turn, order, rules, now, out);
    hurry_questions(&turn);
    order_end_turn(&turn);
}

void order_pinpad_is_there(struct order *order, bool second) {
    for (int i = 0; i < order->refund_count; i++) {
        const struct refund *refund = &order->refunds[i];
        const struct leg *leg = &order->legs[refund->leg];
        struct part_run *run = &order->run.refund[i];
        int64_t soon_mono_ms = run->asked_mono_ms + PINPAD_STAYS_MS;
        if (refund->never_left && leg->route == ROUTE_POS && (leg->pos_no[0] == '2') == second &&
            soon_mono_ms < run->next_mono_ms)
            run->next_mono_ms = soon_mono_ms;
    }
}

void order_ask_by_hand(struct order *order, const struct order_rules *rules, struct now now,
                       struct effects *out) {
    struct turn turn;
    order_begin_turn(&turn, order, rules, now, out);
    if (rules->journal_ok && turn_durable(&turn)) {
        turn_note(&turn, NOTE_ASKED, (struct part){PART_NONE, PART_NONE, PART_NONE});
        hurry_questions(&turn);
    }
    order_end_turn(&turn);
}
