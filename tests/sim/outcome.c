/* What became of the orders of a world, in one number: how their parts ended, their sums and
 * numbers, and what was sent for them, in its order. Times and the numbers of requests are not in
 * it, so that what only writes or asks otherwise keeps it. */
#include <stdio.h>
#include <string.h>

#include "tests/sim/outcome.h"
#include "tests/sim/sim.h"

static struct sim_sent *sent_for(struct sim *sim, const char *no) {
    for (int i = 0; i < sim->sent_count; i++)
        if (strcmp(sim->sent[i].no, no) == 0)
            return &sim->sent[i];
    if (sim->sent_count == SIM_PAYMENTS_MAX + 1) {
        sim_fail(sim, "too many orders for the simulator");
        return &sim->sent[0];
    }
    struct sim_sent *sent = &sim->sent[sim->sent_count++];
    *sent = (struct sim_sent){0};
    memcpy(sent->no, no, ORDER_NO_SIZE);
    return sent;
}

void outcome_note_sent(struct sim *sim, const struct sim_request *request) {
    char line[256];
    struct sim_sent *sent = sent_for(sim, request->order_no);
    snprintf(line, sizeof line, "%s %s %s %s %lld;", verb_word(request->verb),
             request->org_trace_no, request->amp_trace_id, request->refund_no,
             (long long)request->fen);
    sent->digest = sim_digest_text(sent->digest, line);
}

static void note_word(struct sim *sim, const char *word) {
    sim->outcomes = sim_digest_text(sim_digest(sim->outcomes, ';'), word);
}

static void note_number(struct sim *sim, int64_t number) {
    sim->outcomes = sim_digest(sim->outcomes, (uint64_t)number);
}

static void note_leg(struct sim *sim, const struct leg *leg) {
    note_word(sim, leg->no);
    note_word(sim, leg_state_name(leg->state));
    note_word(sim, case_reason_name(leg->reason));
    note_word(sim, leg->out_no);
    note_number(sim, leg->amount.fen);
    note_number(sim, leg->place_tries);
}

static void note_claim(struct sim *sim, const struct claim *claim) {
    note_word(sim, claim->org_trace_no);
    note_word(sim, claim_state_name(claim->state));
    note_word(sim, case_reason_name(claim->reason));
    note_word(sim, claim->call_sn);
    note_number(sim, claim->amount.fen);
    note_number(sim, claim->refunded.fen);
    note_number(sim, claim->tries);
}

static void note_refund(struct sim *sim, const struct refund *refund) {
    note_word(sim, refund->no);
    note_word(sim, refund_state_name(refund->state));
    note_word(sim, case_reason_name(refund->reason));
    note_word(sim, refund->out_no);
    note_number(sim, refund->leg);
    note_number(sim, refund->claim);
    note_number(sim, refund->amount.fen);
}

static void note_sums(struct sim *sim, const struct order *order) {
    struct order_sums sums = order_sums(order);
    note_number(sim, sums.paid.fen);
    note_number(sim, sums.credited.fen);
    note_number(sim, sums.returned.fen);
    note_number(sim, sums.in_cases.fen);
    note_number(sim, sums.in_flight.fen);
}

void outcome_note_order(struct sim *sim, const struct order *order) {
    note_word(sim, order->no);
    note_word(sim, order_state_name(order_state(order)));
    for (int i = 0; i < order->leg_count; i++)
        note_leg(sim, &order->legs[i]);
    for (int i = 0; i < order->claim_count; i++)
        note_claim(sim, &order->claims[i]);
    for (int i = 0; i < order->refund_count; i++)
        note_refund(sim, &order->refunds[i]);
    note_sums(sim, order);
    sim->outcomes = sim_digest(sim->outcomes, sent_for(sim, order->no)->digest);
}
