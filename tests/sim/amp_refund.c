/* What goes back of a portal's settlement (AMP_HOS_002 and 003): all of it, after the hospital has
 * taken its book back, or the own part alone. The portal returns it or does not, and says so at
 * once, later or never. */
#include <stdio.h>
#include <string.h>

#include "app/core/order/shares.h"
#include "tests/sim/amp_refund.h"
#include "tests/sim/mmpc.h"
#include "tests/sim/sim.h"

static void say(struct event_answer *answer, enum outcome outcome, enum trade_state trade,
                const char *code) {
    answer->outcome = outcome;
    answer->trade = trade;
    memcpy(answer->code, code, strlen(code) + 1);
}

static struct sim_refund *refund_named(struct sim *sim, const char *no) {
    for (int i = 0; i < sim->refund_count; i++)
        if (strcmp(sim->refunds[i].no, no) == 0)
            return &sim->refunds[i];
    return NULL;
}

bool amp_has_no_refund(const struct sim *sim, const struct order *order, int refund) {
    if (!order_refund_is_portals(order, refund))
        return false;
    for (int i = 0; i < sim->refund_count; i++)
        if (strcmp(sim->refunds[i].no, order->refunds[refund].no) == 0)
            return false;
    return true;
}

int amp_payment_of(const struct sim *sim, const char *amp_trace_id) {
    int i = -1;
    bool portal = sscanf(amp_trace_id, "AMP%d", &i) == 1;
    return portal && i >= 0 && i < sim->payment_count ? i : -1;
}

int amp_settled_by(const struct sim *sim, const struct order *order) {
    int named = amp_payment_of(sim, order_portal_no(&order->legs[0]));
    int own = platform_find(sim, order->no);
    if (named >= 0 || (own >= 0 && sim->payments[own].booked))
        return named >= 0 ? named : own;
    for (int i = 0; i < sim->payment_count; i++)
        if (sim->payments[i].booked &&
            strcmp(sim->payments[i].bill, order->claims[0].org_trace_no) == 0)
            return i;
    return own;
}

/* The hospital has taken back what the portal settled, for this order. */
static bool his_took_back(const struct sim *sim, int payment) {
    for (int i = 0; i < sim->credit_count; i++)
        if (amp_payment_of(sim, sim->credits[i].amp_trace_id) == payment)
            return sim->credits[i].taken_back && !sim->credits[i].elsewhere;
    return false;
}

/* What the portal has settled by an upload of its own the insurance does not see go back. */
static void leave_centre(struct sim *sim, int i, bool all) {
    if (sim->payments[i].centre == CENTRE_DONE)
        mmpc_enter(sim, i, all ? CENTRE_RETURNED : CENTRE_OWN_RETURNED);
}

/* All of it, after the hospital, or the own part, of what stays booked; once. It is told at once,
 * later, or never. */
static struct sim_refund *note_portal_refund(struct sim *sim, const struct sim_request *request) {
    int i = request->settled_by;
    if (i < 0 || sim->refund_count == SIM_REFUNDS_MAX || !sim->payments[i].booked) {
        sim_fail(sim, "%s goes back, and the portal has not settled it", request->order_no);
        return NULL;
    }
    struct sim_payment *payment = &sim->payments[i];
    bool all = request->fen == payment->fen;
    if (!all && request->fen != payment->own_fen)
        sim_fail(sim, "a part of %s is wanted back of the portal", payment->no);
    if (all != his_took_back(sim, i))
        sim_fail(sim, "%s goes back, and the hospital %s", payment->no,
                 all ? "has it booked" : "has taken all of it back");
    struct sim_refund *refund = &sim->refunds[sim->refund_count++];
    *refund = (struct sim_refund){.payment = i, .fen = request->fen};
    memcpy(refund->no, request->refund_no, ORDER_NO_SIZE);
    refund->refused = payment->returned_fen > 0 || sim_chance(sim, sim->faults.refund_refused);
    refund->done = !refund->refused;
    refund->silent_queries = sim_chance(sim, sim->faults.centre_odd) ? 3 : 0;
    refund->never_told = sim_chance(sim, sim->faults.centre_odd / 3);
    payment->returned_fen += refund->done ? refund->fen : 0;
    if (refund->done)
        leave_centre(sim, i, all);
    sim_trace(sim, "  the portal %s %s", refund->done ? "returns" : "does not return", payment->no);
    return refund;
}

/* What refuses a question says nothing of the refund. */
void amp_refund(struct sim *sim, const struct sim_request *request, struct event_answer *answer) {
    struct sim_refund *known = refund_named(sim, request->refund_no);
    if (known == NULL && request->verb == VERB_ASK_REFUND) {
        say(answer, OUTCOME_UNKNOWN, TRADE_NONE, sim_chance(sim, 500) ? "000105" : "-2");
        answer->code_is_word = true;
        return;
    }
    if (known == NULL)
        known = note_portal_refund(sim, request);
    if (known == NULL)
        return;
    bool silent = known->never_told || platform_keeps_silent(sim, known);
    answer->code_is_word = true;
    if (silent && sim_chance(sim, 500))
        say(answer, OUTCOME_PENDING, TRADE_WAIT, "ING");
    else if (silent && sim_chance(sim, 300))
        say(answer, OUTCOME_UNKNOWN, TRADE_NONE, "-3");
    else if (silent)
        say(answer, OUTCOME_UNKNOWN, TRADE_OTHER, "EXP");
    else if (known->done)
        say(answer, OUTCOME_ACCEPTED, TRADE_RETURNED, "SUCCESS");
    else
        say(answer, OUTCOME_DECLINED, TRADE_RETURN_FAILED, "FAIL");
}

/* The hospital took its book back or kept it, or nobody says which; the portal returned all of it
 * or nothing, or nobody says. */
static bool returned_case_is_right(struct sim *sim, const struct order *order) {
    const struct claim *claim = &order->claims[0];
    const struct refund *last = &order->refunds[order->refund_count - 1];
    const struct sim_refund *real = refund_named(sim, last->no);
    switch (claim->reason) {
    case CASE_UNCREDITED_NOT_REFUNDED:
        return real != NULL && real->refused;
    case CASE_REFUND_UNCONFIRMED: /* it never arrived there, or is never told */
        return real == NULL || real->never_told;
    case CASE_CREDIT_CONTRADICTS:
        return his_contradicts(sim, claim->org_trace_no);
    default:
        return false;
    }
}

void amp_check_refunds(struct sim *sim, const struct order *order) {
    const struct claim *claim = &order->claims[0];
    int i = amp_settled_by(sim, order);
    bool back = i >= 0 && his_took_back(sim, i);
    int64_t returned = i < 0 ? 0 : sim->payments[i].returned_fen;
    if (claim->unproven)
        sim_fail(sim, "%s goes back, and nobody has proved who settled it", order->no);
    else if (returned > order->legs[0].amount.fen)
        sim_fail(sim, "%s went back more than once", order->no);
    else if (claim->state == CLAIM_REFUNDED && (!back || returned != order->legs[0].amount.fen))
        sim_fail(sim, "%s is back, we say; the hospital %s, the portal returned %lld", order->no,
                 back ? "took its book back" : "did not", (long long)returned);
    else if (claim->state == CLAIM_DONE && (back || returned != claim->refunded.fen))
        sim_fail(sim, "%s is credited, we say; the hospital %s, the portal returned %lld",
                 order->no, back ? "took its book back" : "did not", (long long)returned);
    else if (claim->state == CLAIM_CASE && !returned_case_is_right(sim, order))
        sim_fail(sim, "%s is a case without need: %s", order->no, case_reason_name(claim->reason));
    else if (claim->state != CLAIM_REFUNDED && claim->state != CLAIM_DONE &&
             claim->state != CLAIM_CASE)
        sim_fail(sim, "%s: its refund ends as %s", order->no, claim_state_name(claim->state));
}
