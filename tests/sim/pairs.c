/* What was met: which part of an order, in which state, heard or bore what, with which fault. A
 * pair that is not met in a run was not tried by it. */
#include <stdio.h>
#include <string.h>

#include "app/core/order/verdict.h"
#include "tests/sim/sim.h"

#define RARE 2        /* what was met less often is forked from */
#define FORKED_MAX 12 /* times from the same state and event */

static const char *const part_words[PAIR_PARTS] = {"leg", "claim", "refund"};

static const char *const event_words[PAIR_EVENTS] = {
    [PAIR_WRITTEN] = "written",
    [PAIR_RESTARTS] = "restarts",
    [PAIR_CANCELLED] = "cancelled",
    [PAIR_WANTED_BACK] = "wanted_back",
    [PAIR_HEARS + VERB_PLACE] = "hears_place",
    [PAIR_HEARS + VERB_ASK] = "hears_ask",
    [PAIR_HEARS + VERB_CLOSE] = "hears_close",
    [PAIR_HEARS + VERB_BILLS] = "hears_bills",
    [PAIR_HEARS + VERB_CREDIT] = "hears_credit",
    [PAIR_HEARS + VERB_ASK_CREDIT] = "hears_ask_credit",
    [PAIR_HEARS + VERB_PROBE_CREDIT] = "hears_probe_credit",
    [PAIR_HEARS + VERB_UNCREDIT] = "hears_uncredit",
    [PAIR_HEARS + VERB_REFUND] = "hears_refund",
    [PAIR_HEARS + VERB_ASK_REFUND] = "hears_ask_refund",
};

static const char *const fault_words[PAIR_FAULTS] = {
    [PAIR_CLEAN] = "clean",   [PAIR_LATE] = "late",           [PAIR_TWICE] = "twice",
    [PAIR_SILENT] = "silent", [PAIR_UNREACHED] = "unreached", [PAIR_GARBLED] = "garbled",
    [PAIR_FAILED] = "failed", [PAIR_KILLED] = "killed",       [PAIR_POWER] = "power",
};

static const char *state_word(enum pair_part part, int state) {
    switch (part) {
    case PAIR_LEG:
        return leg_state_name((enum leg_state)state);
    case PAIR_CLAIM:
        return claim_state_name((enum claim_state)state);
    default:
        return refund_state_name((enum refund_state)state);
    }
}

/* How often that was met with the fault that it was met with least. */
static int64_t least_of(const int64_t counts[PAIR_FAULTS], int event) {
    int first = event >= PAIR_HEARS     ? PAIR_CLEAN
                : event == PAIR_WRITTEN ? PAIR_FAILED
                                        : PAIR_KILLED;
    int last = event >= PAIR_HEARS ? PAIR_GARBLED : PAIR_POWER;
    int64_t least = INT64_MAX;
    for (int fault = first; fault <= last; fault++)
        least = counts[fault] < least ? counts[fault] : least;
    return least;
}

/* In the liveness phase nothing can be otherwise, and people have no faults. */
static void look_for_rare(struct sim *sim, enum pair_part part, int state, int event) {
    struct pairs *pairs = sim->pairs;
    int64_t least = least_of(pairs->counts[part][state][event], event);
    bool people = event == PAIR_CANCELLED || event == PAIR_WANTED_BACK;
    if (!sim->safety || sim->crowd.kind != CROWD_NONE || people || least >= RARE ||
        sim->fork_step != 0 || sim->rare_step != 0 ||
        pairs->forks[part][state][event] == FORKED_MAX)
        return;
    pairs->forks[part][state][event]++;
    sim->rare_step = sim->steps;
}

static void note(struct sim *sim, enum pair_part part, int state, int event,
                 enum pair_fault fault) {
    if (!sim->pairs)
        return;
    sim->pairs->counts[part][state][event][fault]++;
    look_for_rare(sim, part, state, event);
}

/* ---- answers ---- */
static enum pair_fault fault_of_answer(const struct sim_request *request,
                                       const struct event_answer *answer, bool silent) {
    if (silent)
        return PAIR_SILENT;
    if (!answer->reached)
        return PAIR_UNREACHED;
    if (answer->outcome == OUTCOME_MALFORMED || strncmp(answer->code, "HTTP", 4) == 0)
        return PAIR_GARBLED;
    return request->twice ? PAIR_TWICE : request->late ? PAIR_LATE : PAIR_CLEAN;
}

static bool asks(const struct part_run *run, const struct sim_request *request) {
    return run->request == request->number && run->verb == request->verb;
}

static void note_answer_of(struct sim *sim, const struct order *order,
                           const struct sim_request *request, enum pair_fault fault) {
    int event = PAIR_HEARS + (int)request->verb;
    for (int i = 0; i < order->leg_count; i++)
        if (asks(&order->run.leg[i], request))
            note(sim, PAIR_LEG, (int)order->legs[i].state, event, fault);
    for (int i = 0; i < order->claim_count; i++)
        if (asks(&order->run.claim[i], request))
            note(sim, PAIR_CLAIM, (int)order->claims[i].state, event, fault);
    for (int i = 0; i < order->refund_count; i++)
        if (asks(&order->run.refund[i], request))
            note(sim, PAIR_REFUND, (int)order->refunds[i].state, event, fault);
}

void pairs_note_answer(struct sim *sim, const struct sim_request *request,
                       const struct event_answer *answer, bool silent) {
    enum pair_fault fault = fault_of_answer(request, answer, silent);
    for (int i = 0; sim->pairs && i < ORDERS_MAX; i++)
        if (sim->core.book.orders[i].run.used && request->order_no[0] &&
            strcmp(sim->core.book.orders[i].no, request->order_no) == 0)
            note_answer_of(sim, &sim->core.book.orders[i], request, fault);
}

/* ---- writes: of the parts that they change ---- */
static const struct order *written_before(const struct sim *sim, const char *no) {
    static const struct order nothing;
    for (int i = 0; i < sim->durable_count; i++)
        if (strcmp(sim->durable[i].no, no) == 0)
            return &sim->durable[i].order;
    return &nothing;
}

void pairs_note_write(struct sim *sim, const struct order *order, enum pair_fault fault) {
    if (!sim->pairs)
        return;
    const struct order *was = written_before(sim, order->no);
    for (int i = 0; i < order->leg_count; i++)
        if (i >= was->leg_count || was->legs[i].state != order->legs[i].state)
            note(sim, PAIR_LEG, (int)order->legs[i].state, PAIR_WRITTEN, fault);
    for (int i = 0; i < order->claim_count; i++)
        if (i >= was->claim_count || was->claims[i].state != order->claims[i].state)
            note(sim, PAIR_CLAIM, (int)order->claims[i].state, PAIR_WRITTEN, fault);
    for (int i = 0; i < order->refund_count; i++)
        if (i >= was->refund_count || was->refunds[i].state != order->refunds[i].state)
            note(sim, PAIR_REFUND, (int)order->refunds[i].state, PAIR_WRITTEN, fault);
}

void pairs_note_restart(struct sim *sim, const struct order *order) {
    enum pair_fault fault = sim->died_of_power ? PAIR_POWER : PAIR_KILLED;
    for (int i = 0; i < order->leg_count; i++)
        note(sim, PAIR_LEG, (int)order->legs[i].state, PAIR_RESTARTS, fault);
    for (int i = 0; i < order->claim_count; i++)
        note(sim, PAIR_CLAIM, (int)order->claims[i].state, PAIR_RESTARTS, fault);
    for (int i = 0; i < order->refund_count; i++)
        note(sim, PAIR_REFUND, (int)order->refunds[i].state, PAIR_RESTARTS, fault);
}

/* ---- people ---- */
void pairs_note_cancel(struct sim *sim) {
    int slot = sim->core.session.payment.slot;
    for (int i = 0; slot >= 0 && i < sim->core.book.orders[slot].leg_count; i++)
        note(sim, PAIR_LEG, (int)sim->core.book.orders[slot].legs[i].state, PAIR_CANCELLED,
             PAIR_CLEAN);
}

void pairs_note_wanted_back(struct sim *sim, const struct order *order, int claim) {
    note(sim, PAIR_CLAIM, (int)order->claims[claim].state, PAIR_WANTED_BACK, PAIR_CLEAN);
}

/* Every pair that was met, a line each, with how often. */
bool pairs_write(const struct pairs *pairs, const char *path) {
    static const int states[PAIR_PARTS] = {LEG_CASE + 1, CLAIM_CASE + 1, REFUND_CASE + 1};
    FILE *file = fopen(path, "w");
    if (!file)
        return false;
    for (int part = 0; part < PAIR_PARTS; part++)
        for (int state = 0; state < states[part]; state++)
            for (int event = 0; event < PAIR_EVENTS; event++)
                for (int fault = 0; fault < PAIR_FAULTS; fault++)
                    if (pairs->counts[part][state][event][fault] > 0)
                        fprintf(file, "%s %s %s %s %lld\n", part_words[part],
                                state_word((enum pair_part)part, state), event_words[event],
                                fault_words[fault],
                                (long long)pairs->counts[part][state][event][fault]);
    return fclose(file) == 0;
}
