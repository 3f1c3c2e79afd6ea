/* What the journal has of each order, and what has left for it in all lives of the terminal:
 * nothing leaves before it is durable, and nothing leaves twice. */
#include <stdio.h>
#include <string.h>

#include "tests/sim/his_parts.h"
#include "tests/sim/sim.h"

static int index_of(const struct sim *sim, const char *no) {
    for (int i = 0; i < sim->durable_count; i++)
        if (strcmp(sim->durable_nos[i], no) == 0)
            return i;
    return -1;
}

static struct sim_durable *find_durable(struct sim *sim, const char *no) {
    int i = index_of(sim, no);
    return i >= 0 ? &sim->durable[i] : NULL;
}

static void note_not_written(struct sim *sim, const char *no) {
    if (sim->unwritten_count < SIM_UNWRITTEN_MAX)
        memcpy(sim->unwritten[sim->unwritten_count++], no, ORDER_NO_SIZE);
}

void durable_note_failed(struct sim *sim, const struct order *order) {
    int i = index_of(sim, order->no);
    int legs = i < 0 ? 0 : sim->durable[i].order.leg_count;
    int refunds = i < 0 ? 0 : sim->durable[i].order.refund_count;
    while (legs < order->leg_count)
        note_not_written(sim, order->legs[legs++].no);
    while (refunds < order->refund_count)
        note_not_written(sim, order->refunds[refunds++].no);
}

/* A write that failed is tried again, when others have written greater numbers. */
static bool was_not_written(struct sim *sim, const char *no) {
    for (int i = 0; i < sim->unwritten_count; i++)
        if (strcmp(sim->unwritten[i], no) == 0) {
            sim->unwritten[i][0] = '\0';
            return true;
        }
    return false;
}

/* Numbers only grow, whatever the clock says and however often the terminal starts. */
static void check_number(struct sim *sim, const char *no) {
    if (strcmp(no, sim->last_no) > 0)
        memcpy(sim->last_no, no, ORDER_NO_SIZE);
    else if (!was_not_written(sim, no))
        sim_fail(sim, "the number %s comes after %s", no, sim->last_no);
    if (other_kiosk_owns(sim, no))
        sim_fail(sim, "the number %s is the other kiosk's", no);
}

/* Legs and refunds share one row of numbers; those of one write are in order. */
static void check_new_numbers(struct sim *sim, const struct order *was, const struct order *is) {
    int leg = was->leg_count > 0 ? was->leg_count : 1, refund = was->refund_count;
    while (leg < is->leg_count || refund < is->refund_count)
        if (refund == is->refund_count ||
            (leg < is->leg_count && strcmp(is->legs[leg].no, is->refunds[refund].no) < 0))
            check_number(sim, is->legs[leg++].no);
        else
            check_number(sim, is->refunds[refund++].no);
}

static void note_leg_written(struct sim *sim, struct sim_durable_leg *durable,
                             const struct leg *leg) {
    durable->knows_no =
        leg->state != LEG_CLOSING && (durable->knows_no || durable->no_life == sim->life);
    if (durable->no_life == sim->life && leg->state == LEG_CLOSED)
        sim_fail(sim, "%s: a refused close is taken for closed", leg->no);
}

/* Its money is back: of an order that cannot be read any more this was not booked. */
static bool is_back(const struct claim *claim) {
    return claim->state == CLAIM_REVERSED || claim->state == CLAIM_REFUNDED;
}

static uint64_t claims_of_order(const struct order *order, bool booked) {
    uint64_t claims = UINT64_MAX;
    for (int i = 0; booked && i < order->claim_count; i++)
        if (is_back(&order->claims[i]))
            claims &= ~(UINT64_C(1) << i);
    return claims;
}

/* The claims that a case is about; of a payment's only what was booked with its money. */
static uint64_t claims_of_part(const struct order *order, const char *part, bool booked) {
    uint64_t claims = 0;
    int n;
    if (strcmp(part, "order") == 0) /* it cannot be read */
        return claims_of_order(order, booked);
    if (sscanf(part, "claim %d", &n) == 1)
        return UINT64_C(1) << n;
    for (int i = 0; booked && sscanf(part, "leg %d", &n) == 1 && i < order->share_count; i++)
        if (order->shares[i].leg == n)
            claims |= UINT64_C(1) << order->shares[i].claim;
    return claims;
}

void durable_note_decided(struct sim *sim, const char *order_no, const char *part, bool booked) {
    struct sim_durable *durable = find_durable(sim, order_no);
    if (!durable)
        return;
    *(booked ? &durable->booked : &durable->given_up) |=
        claims_of_part(&durable->order, part, booked);
    crowd_note_order(sim, (int)(durable - sim->durable));
}

static bool is_for_good(const struct sim_durable *durable, int claim) {
    return (durable->booked & ~durable->given_up) >> claim & 1;
}

/* What a person has found booked is paid: nobody opens a payment for it any more. */
static void check_not_booked(struct sim *sim, const struct order *order, const char *number) {
    for (int i = 0; i < sim->durable_count; i++)
        for (int c = 0; c < sim->durable[i].order.claim_count; c++)
            if (is_for_good(&sim->durable[i], c) &&
                his_same_bill(sim->durable[i].order.claims[c].org_trace_no, number))
                sim_fail(sim, "%s: sells what a person found booked for %s", order->no,
                         sim->durable[i].no);
}

static bool is_open_case(const struct sim_durable *durable, int claim) {
    return durable->order.claims[claim].state == CLAIM_CASE &&
           ((durable->booked | durable->given_up) >> claim & 1) == 0;
}

/* What a person decides about is nobody else's, however many such there are. */
static void check_not_in_case(struct sim *sim, const struct order *order, const char *number) {
    for (int i = 0; i < sim->durable_count; i++)
        for (int c = 0; c < sim->durable[i].order.claim_count; c++)
            if (is_open_case(&sim->durable[i], c) &&
                sim->durable[i].order.service == SERVICE_BILLS &&
                his_same_bill(sim->durable[i].order.claims[c].org_trace_no, number))
                sim_fail(sim, "%s: sells what a case of %s is open about", order->no,
                         sim->durable_nos[i]);
}

static void check_opened(struct sim *sim, const struct order *order) {
    for (int i = 0; i < order->claim_count && order->service == SERVICE_BILLS; i++)
        check_not_booked(sim, order, order->claims[i].org_trace_no);
    for (int i = 0; i < order->claim_count && order->service == SERVICE_BILLS; i++)
        check_not_in_case(sim, order, order->claims[i].org_trace_no);
}

static bool was_booked(const struct sim *sim, const struct order *order, int claim) {
    char trace[CLAIM_TRACE_SIZE];
    order_claim_trace(order, claim, trace);
    for (int i = 0; i < sim->credit_count; i++)
        if (!sim->credits[i].refused && strcmp(sim->credits[i].amp_trace_id, trace) == 0)
            return true;
    return false;
}

static bool is_proven(const struct order *order, int claim) {
    return claim < order->claim_count && order->claims[claim].state == CLAIM_DONE &&
           order->claims[claim].creditor == CREDITOR_TERMINAL && !order->claims[claim].unproven;
}

/* Whoever else has settled the bill: credited, and not unproven, is only what was booked for us. */
static void check_evidence(struct sim *sim, const struct order *was, const struct order *is) {
    for (int i = 0; i < is->claim_count; i++)
        if (is_proven(is, i) && !is_proven(was, i) && !was_booked(sim, is, i))
            sim_fail(sim, "%s claim %d: nobody has booked it, and we say that it is proved", is->no,
                     i + 1);
}

static struct sim_durable *note_new(struct sim *sim, const struct order *order) {
    if (sim->durable_count == SIM_PAYMENTS_MAX) {
        sim_fail(sim, "too many orders for the simulator");
        return NULL;
    }
    struct sim_durable *durable = &sim->durable[sim->durable_count++];
    *durable = (struct sim_durable){0};
    memcpy(durable->no, order->no, ORDER_NO_SIZE);
    memcpy(sim->durable_nos[sim->durable_count - 1], order->no, ORDER_NO_SIZE);
    durable->life = sim->life;
    sim->orders++;
    check_number(sim, order->no);
    check_opened(sim, order);
    return durable;
}

void durable_note_order(struct sim *sim, const struct order *order) {
    struct sim_durable *durable = find_durable(sim, order->no);
    if (!durable && damage_undecided(sim))
        sim_fail(sim, "%s is sold, and a person has to decide about another", order->no);
    if (!durable)
        durable = note_new(sim, order);
    if (!durable)
        return;
    damage_note_durable(sim, order);
    check_new_numbers(sim, &durable->order, order);
    check_evidence(sim, &durable->order, order);
    enum leg_state state = order->legs[0].state;
    bool ends = state == LEG_PAID || state == LEG_CASE;
    durable->at_portal = state == LEG_PUSHED || (durable->at_portal && ends);
    if (state == LEG_CASE && durable->case_ms == 0)
        durable->case_ms = sim->now_ms;
    for (int i = 0; i < order->leg_count; i++)
        note_leg_written(sim, &durable->legs[i], &order->legs[i]);
    durable->order = *order;
    crowd_note_order(sim, (int)(durable - sim->durable));
}

/* A cancel beside a sale decides nothing: the sale's own answer does. */
static bool by_card(const struct order *order, const struct effect *effect) {
    return order->legs[effect->leg].route == ROUTE_POS;
}

static bool is_durable(struct sim *sim, const struct order *order, const struct effect *effect) {
    struct sim_durable *durable = find_durable(sim, order->no);
    const struct order *was = durable ? &durable->order : NULL;
    switch (effect->of.send.verb) {
    case VERB_PLACE:
        return was && was->leg_count > effect->leg &&
               was->legs[effect->leg].channel == order->legs[effect->leg].channel;
    case VERB_CLOSE:
        return by_card(order, effect) || (was && (was->legs[effect->leg].state == LEG_CLOSING ||
                                                  was->legs[effect->leg].state == LEG_PUSHED));
    case VERB_PUSH:
        return was && was->legs[effect->leg].state == LEG_PUSHED;
    case VERB_CREDIT:
        return was && was->claims[effect->claim].state == CLAIM_CREDITING &&
               was->claims[effect->claim].tries == order->claims[effect->claim].tries;
    case VERB_UNCREDIT:
        return was && was->claims[effect->claim].state == CLAIM_UNCREDITING;
    case VERB_REFUND:
        return was && was->refund_count > effect->refund &&
               strcmp(was->refunds[effect->refund].no, order->refunds[effect->refund].no) == 0;
    default:
        return true; /* moves no money */
    }
}

static int claim_of(const struct order *order, const char *org_trace_no) {
    for (int i = 0; i < order->claim_count; i++)
        if (strncmp(order->claims[i].org_trace_no, org_trace_no, BILL_STEM) == 0)
            return i;
    return 0;
}

/* Never the same act twice without an answer that allows it, over all lives of the terminal. */
static void check_repeated(struct sim *sim, const struct effect *effect, const char *no) {
    struct sim_durable *durable = find_durable(sim, no);
    uint64_t bit = effect->claim == PART_NONE ? 0 : UINT64_C(1) << effect->claim;
    bool wrong = false;
    switch (effect->of.send.verb) {
    case VERB_PLACE:
        wrong = durable->legs[effect->leg].placed;
        durable->legs[effect->leg].placed = true;
        break;
    case VERB_PUSH:
        wrong = durable->pushed;
        durable->pushed = true;
        break;
    case VERB_CLOSE:
        if (by_card(&sim->core.book.orders[effect->to.index], effect))
            break;
        wrong = durable->legs[effect->leg].closed_life == sim->life &&
                durable->legs[effect->leg].no_life == 0;
        durable->legs[effect->leg].closed_life = sim->life;
        durable->legs[effect->leg].no_life = 0;
        break;
    case VERB_CREDIT:
        wrong = (durable->credited & bit) && !(durable->asked & bit);
        durable->credited |= bit;
        durable->asked &= ~bit;
        break;
    default:
        break;
    }
    if (wrong)
        sim_fail(sim, "%s of %s left twice", verb_word(effect->of.send.verb), no);
}

void durable_note_close(struct sim *sim, const char *order_no, int leg) {
    struct sim_durable *durable = find_durable(sim, order_no);
    if (durable)
        durable->legs[leg].close_left = true;
}

void durable_note_credit(struct sim *sim, const struct sim_request *request) {
    struct sim_durable *durable = find_durable(sim, request->order_no);
    if (durable)
        durable->credit_left |= UINT64_C(1) << claim_of(&durable->order, request->org_trace_no);
}

void durable_note_answer(struct sim *sim, const struct sim_request *request,
                         const struct event_answer *answer) {
    struct sim_durable *durable = find_durable(sim, request->order_no);
    if (!durable)
        return;
    struct sim_durable_leg *leg = &durable->legs[request->leg];
    if (request->verb == VERB_CLOSE && answer->not_closed && leg->closing_life != sim->life)
        leg->no_life = sim->life;
    /* There silence is no close: what still waits to be paid may be closed again. */
    bool unclosed = (sim->onepay || request->channel == CHANNEL_INSURANCE) &&
                    answer->outcome != OUTCOME_ACCEPTED;
    if (request->verb == VERB_CLOSE && (!answer->reached || unclosed))
        leg->closed_life = 0;
    if (request->verb == VERB_PUSH && !answer->reached)
        durable->pushed = false;
    if (request->verb == VERB_CREDIT && !answer->reached)
        durable->credited &= ~(UINT64_C(1) << claim_of(&durable->order, request->org_trace_no));
    /* Where ORG_004 may tell of visits, the list is what is asked. */
    if (request->verb == VERB_BILLS && answer->outcome == OUTCOME_ACCEPTED &&
        sim->core.setup.policy.settle_result != SETTLE_RESULT_ORDER)
        durable->asked = UINT64_MAX;
    if (request->verb == VERB_ASK_CREDIT && strcmp(answer->code, "exp") != 0)
        durable->asked |= UINT64_C(1) << claim_of(&durable->order, request->org_trace_no);
}

bool durable_note_restored(struct sim *sim, const struct order *order) {
    struct sim_durable *durable = find_durable(sim, order->no);
    if (durable && durable->life == sim->life)
        return false;
    if (!durable && note_new(sim, order)) /* its first write failed, and stands */
        durable_note_order(sim, order);
    if (durable) {
        durable->life = sim->life;
        durable->restored_ms = sim->now_ms;
        durable->order = *order;
    }
    for (int i = 0; durable && i < order->leg_count; i++)
        if (order->legs[i].state == LEG_CLOSING) {
            durable->legs[i].close_left = true;
            durable->legs[i].closing_life = sim->life;
        }
    if (durable && order->legs[0].state == LEG_PUSHED) /* its write may have failed, and stands */
        durable->at_portal = true;
    for (int i = 0; durable && i < order->claim_count; i++)
        if (order->claims[i].state == CLAIM_CREDITING)
            durable->credit_left |= UINT64_C(1) << i;
    return true;
}

const struct order *durable_order(const struct sim *sim, const char *order_no) {
    int i = index_of(sim, order_no);
    return i >= 0 ? &sim->durable[i].order : NULL;
}

int64_t durable_restored_ms(const struct sim *sim, const char *order_no) {
    int i = index_of(sim, order_no);
    return i >= 0 ? sim->durable[i].restored_ms : 0;
}

int64_t durable_case_ms(const struct sim *sim, const char *order_no) {
    int i = index_of(sim, order_no);
    return i >= 0 ? sim->durable[i].case_ms : 0;
}

bool durable_credit_left(const struct sim *sim, const char *order_no, int claim) {
    int i = index_of(sim, order_no);
    return i >= 0 && (sim->durable[i].credit_left & UINT64_C(1) << claim) != 0;
}

void durable_check_sent(struct sim *sim, const struct order *order, const struct effect *effect) {
    if (!is_durable(sim, order, effect))
        sim_fail(sim, "%s of %s left before it was durable", verb_word(effect->of.send.verb),
                 order->no);
    else
        check_repeated(sim, effect, order->no);
}

bool durable_knew_no(const struct sim *sim, const char *order_no, int leg) {
    int i = index_of(sim, order_no);
    return i >= 0 && sim->durable[i].legs[leg].knows_no;
}

bool durable_at_portal(const struct sim *sim, const char *order_no) {
    int i = index_of(sim, order_no);
    return i >= 0 && sim->durable[i].at_portal;
}

bool durable_close_left(const struct sim *sim, const char *order_no, int leg) {
    int i = index_of(sim, order_no);
    return i >= 0 && sim->durable[i].legs[leg].close_left;
}

void durable_note_absent(struct sim *sim, const char *order_no, int life) {
    struct sim_durable *durable = find_durable(sim, order_no);
    if (durable)
        durable->absent_life = life + 1;
}

bool durable_is_absent(const struct sim *sim, const char *order_no) {
    int i = index_of(sim, order_no);
    return i >= 0 && sim->durable[i].absent_life == sim->life + 1;
}
