/* The own part of an insured bill that is paid at the terminal (`--mmpc-own`): the centre settles
 * the insurance's part alone, mostly; in some worlds it takes all of it after all, or does not say
 * whom it settled. The own part is a payment of the wallets' platform with a fate of its own. */
#include <string.h>

#include "app/core/order/shares.h"
#include "tests/sim/ledger.h"
#include "tests/sim/mmpc.h"
#include "tests/sim/own_part.h"
#include "tests/sim/sim.h"

void own_choose_part(struct sim *sim, struct sim_payment *payment) {
    if (!sim->own_parts)
        return;
    if (!sim->edge.flow && sim_chance(sim, 100)) { /* the insurance pays nothing of it */
        payment->own_fen = payment->fen;
        payment->account_fen = 0;
    }
    payment->settles = SETTLED_INSURANCE;
    if (sim->edge.flow)
        payment->settles =
            sim->edge.flow->centre == FLOW_TAKES_ALL ? SETTLED_ALL : SETTLED_INSURANCE;
    else if (sim_chance(sim, 150))
        payment->settles = sim_chance(sim, 700) ? SETTLED_ALL : SETTLED_UNSAID;
}

bool own_goes_back_alone(const struct sim_payment *payment, int64_t fen) {
    return payment->settles == SETTLED_INSURANCE && payment->centre == CENTRE_DONE &&
           fen == payment->fen - payment->own_fen;
}

void own_note_chosen(struct sim *sim, const struct order *order) {
    memcpy(sim->own_chosen.no, order->no, sizeof sim->own_chosen.no);
    sim->own_chosen.wall_ms = terminal_now(sim).wall_ms;
}

int64_t own_chosen_ms(const struct sim *sim, const struct order *order) {
    bool last = strcmp(sim->own_chosen.no, order->no) == 0;
    return last ? sim->own_chosen.wall_ms : terminal_now(sim).wall_ms;
}

void own_check_place(struct sim *sim, const struct sim_request *request,
                     const struct order *order) {
    int i = platform_find(sim, order->no);
    const struct sim_payment *insured = i < 0 ? NULL : &sim->payments[i];
    if (insured == NULL || insured->settles != SETTLED_INSURANCE || !insured->paid ||
        insured->centre != CENTRE_DONE)
        sim_fail(sim, "%s asks for an own part that is not due", order->no);
    else if (request->fen != insured->own_fen)
        sim_fail(sim, "%s asks for another own part than is left open", order->no);
}

/* NULL: it was never placed. */
static const struct sim_payment *own_payment_of(const struct sim *sim, const char *order_no) {
    for (int i = 0; i < sim->payment_count; i++)
        if (strcmp(sim->payments[i].order_no, order_no) == 0 && !sim->payments[i].insured)
            return &sim->payments[i];
    return NULL;
}

void own_check_credit(struct sim *sim, const char *order_no) {
    int i = platform_find(sim, order_no);
    if (!sim->own_parts || i < 0 || !sim->payments[i].insured)
        return;
    const struct sim_payment *insured = &sim->payments[i], *own = own_payment_of(sim, order_no);
    if (insured->settles != SETTLED_INSURANCE)
        sim_fail(sim, "a credit of %s, which the centre has credited", order_no);
    else if (insured->own_fen > 0 && (own == NULL || !own->paid || own->late))
        sim_fail(sim, "a credit of %s, whose own part is not paid", order_no);
}

bool own_is_here(const struct order *order, const struct sim_payment *insured) {
    return insured != NULL && insured->insured && order->claims[0].creditor == CREDITOR_TERMINAL;
}

/* What came of it at the centre. */
static int64_t insured_paid_fen(const struct sim_payment *insured) {
    bool alone = insured->settles == SETTLED_INSURANCE;
    if (!insured->paid)
        return 0;
    if (!insured->booked) /* stranded */
        return insured->own_fen;
    return alone ? insured->fen - insured->own_fen : insured->fen;
}

static bool first_case_is_right(const struct sim *sim, const struct order *order,
                                const struct sim_payment *insured) {
    bool unsaid = insured->settles == SETTLED_UNSAID && insured->centre == CENTRE_DONE;
    /* An own part of more than the bill is no other amount of it: it cannot be. */
    bool beyond =
        insured->other_amount && (insured->own_fen == insured->fen || mmpc_leaves_cost_out(sim));
    if (order->legs[0].reason == CASE_AMOUNT_MISMATCH)
        return insured->other_amount && !mmpc_leaves_cost_out(sim);
    if (order->legs[0].reason == CASE_ABNORMAL && insured->revoke_lied)
        return true;
    return (order->legs[0].reason == CASE_SPLIT_WRONG && (unsaid || beyond)) ||
           ledger_insured_case_is_right(sim, order, insured);
}

static bool own_case_is_right(const struct sim *sim, const struct order *order,
                              const struct sim_payment *own) {
    if (order->legs[1].reason == CASE_AMOUNT_MISMATCH)
        return own != NULL && (own->other_amount || own->fen != order->legs[1].amount.fen);
    return ledger_leg_excused(sim, order, 1);
}

static void check_cases(struct sim *sim, const struct order *order,
                        const struct sim_payment *insured, const struct sim_payment *own) {
    bool first = order->legs[0].state == LEG_CASE;
    bool second = order->leg_count > 1 && order->legs[1].state == LEG_CASE;
    if (first && !first_case_is_right(sim, order, insured))
        sim_fail(sim, "%s is a case without need: %s", order->no,
                 case_reason_name(order->legs[0].reason));
    if (second && !own_case_is_right(sim, order, own))
        sim_fail(sim, "the own part of %s is a case without need: %s", order->no,
                 case_reason_name(order->legs[1].reason));
    if (!first && (insured->centre == CENTRE_HALF || insured->centre == CENTRE_ABNORMAL ||
                   insured->contradicts ||
                   (insured->settles == SETTLED_UNSAID && insured->centre == CENTRE_DONE)))
        sim_fail(sim, "%s is for a person, and we say %s", order->no,
                 leg_state_name(order->legs[0].state));
    if (!first && insured->centre == CENTRE_UPLOADED)
        sim_fail(sim, "%s is settled here and can still be paid at the centre", order->no);
}

/* Of both parts, per fen; of what a person decides the other sides know more. */
static void check_sums(struct sim *sim, const struct order *order,
                       const struct sim_payment *insured, const struct sim_payment *own) {
    struct order_sums sums = order_sums(order);
    bool own_paid = own != NULL && own->paid;
    int64_t paid = insured_paid_fen(insured) + (own_paid ? own->fen : 0);
    int64_t returned = insured->returned_fen + (own_paid ? own->returned_fen : 0);
    int64_t credited = his_credited_fen(sim, order->no);
    bool alone = insured->settles == SETTLED_INSURANCE; /* else an own part goes back, booked */
    if (alone && credited + returned > paid)
        sim_fail(sim, "%s: credited %lld and returned %lld of %lld", order->no, (long long)credited,
                 (long long)returned, (long long)paid);
    if (sums.in_flight.fen != 0)
        sim_fail(sim, "%s: %lld are still on their way", order->no, (long long)sums.in_flight.fen);
    if (sums.in_cases.fen != 0)
        return;
    if (sums.paid.fen != paid || sums.returned.fen != returned ||
        (alone && sums.credited.fen != credited))
        sim_fail(sim,
                 "%s: we say paid %lld, credited %lld, returned %lld; they say %lld, %lld, %lld",
                 order->no, (long long)sums.paid.fen, (long long)sums.credited.fen,
                 (long long)sums.returned.fen, (long long)paid, (long long)credited,
                 (long long)returned);
    bool stands = insured->paid && insured->centre == CENTRE_DONE && credited == 0;
    if (stands && order->claims[0].state != CLAIM_CASE)
        sim_fail(sim, "%s: its settlement stands at the centre, and nothing is credited",
                 order->no);
}

static void check_own_leg(struct sim *sim, const struct order *order,
                          const struct sim_payment *own) {
    enum leg_state state = order->legs[1].state;
    if (own == NULL || !own->paid || own->late || own->untimed)
        return;
    if (own->fen != order->legs[1].amount.fen)
        sim_fail(sim, "%s: a code for another own part was shown", order->no);
    if (state != LEG_PAID && state != LEG_CASE && !durable_close_left(sim, order->no, 1))
        sim_fail(sim, "the own part of %s was paid in time and no close had left", order->no);
    if (state != LEG_PAID && state != LEG_CASE && durable_knew_no(sim, order->no, 1))
        sim_fail(sim, "the own part of %s was paid in time and its close refused", order->no);
}

void own_check_order(struct sim *sim, const struct order *order,
                     const struct sim_payment *insured) {
    const struct sim_payment *own = order->leg_count > 1 ? own_payment_of(sim, order->no) : NULL;
    if (!order_settled(order))
        sim_fail(sim, "%s never settles: %s", order->no, order_state_name(order_state(order)));
    if (order->leg_count > 1 && insured->settles != SETTLED_INSURANCE)
        sim_fail(sim, "%s sells an own part that the centre has taken", order->no);
    check_cases(sim, order, insured, own);
    check_sums(sim, order, insured, own);
    if (order->leg_count > 1)
        check_own_leg(sim, order, own);
}
