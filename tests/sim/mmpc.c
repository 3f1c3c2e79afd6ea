/* A centre of medical insurance (mmpc): fees are uploaded and paid on the patient's phone, also
 * after the terminal has died. It settles fund, account and own part, tells the hospital by itself,
 * and each of the two parts can fail without the other. */
#include <string.h>

#include "tests/sim/mmpc.h"
#include "tests/sim/own_part.h"
#include "tests/sim/sim.h"

#define LATE_MS_MAX INT64_C(900000)
#define CONFIRMS_MS_MAX INT64_C(200000)
#define FORGOTTEN_MS_MAX INT64_C(300000)
#define STALE_MS_MAX INT64_C(10000)
#define RETURN_MS_MAX INT64_C(1200000)

static void say(struct event_answer *answer, enum outcome outcome, enum trade_state trade,
                const char *code) {
    answer->outcome = outcome;
    answer->trade = trade;
    memcpy(answer->code, code, strlen(code) + 1);
}

static const struct {
    const char *word;
    enum outcome outcome;
    enum trade_state trade;
} words[] = {
    [CENTRE_UPLOADED] = {"1", OUTCOME_PENDING, TRADE_WAIT},
    [CENTRE_SETTLING] = {"2", OUTCOME_PENDING, TRADE_SETTLING},
    [CENTRE_HALF] = {"4", OUTCOME_PENDING, TRADE_SETTLING},
    [CENTRE_DONE] = {"6", OUTCOME_ACCEPTED, TRADE_PAID},
    [CENTRE_RETURNED] = {"7", OUTCOME_UNKNOWN, TRADE_RETURNED},
    [CENTRE_OWN_RETURNED] = {"9", OUTCOME_UNKNOWN, TRADE_OWN_RETURNED},
    [CENTRE_INSURANCE_RETURNED] = {"8", OUTCOME_UNKNOWN, TRADE_INSURANCE_RETURNED},
    [CENTRE_HALF_RETURNED] = {"8", OUTCOME_UNKNOWN, TRADE_HALF_RETURNED},
    [CENTRE_REVOKED] = {"12", OUTCOME_UNKNOWN, TRADE_REVOKED},
    [CENTRE_ABNORMAL] = {"14", OUTCOME_UNKNOWN, TRADE_ABNORMAL},
    [CENTRE_FAILED] = {"15", OUTCOME_DECLINED, TRADE_FAILED},
    [CENTRE_STRANDED] = {"16", OUTCOME_UNKNOWN, TRADE_OWN_STRANDED},
};

void mmpc_enter(struct sim *sim, int i, enum centre_state state) {
    struct sim_payment *payment = &sim->payments[i];
    payment->was = payment->centre;
    payment->centre = state;
    payment->changed_ms = sim->now_ms;
    sim_trace(sim, "  the centre has %s in state %s", payment->no, words[state].word);
}

/* Nothing of it is settled, nor can be any more. */
static bool is_over(const struct sim_payment *payment) {
    bool ended = payment->centre > CENTRE_DONE && payment->centre != CENTRE_ABNORMAL;
    return payment->centre == CENTRE_RETURNED || payment->centre == CENTRE_INSURANCE_RETURNED ||
           (ended && !payment->booked);
}

/* Called revoked, denied, and not seen again for as long as late money is looked for: nobody waits
 * for ever. */
static bool is_given_up(const struct sim *sim, const struct sim_payment *payment) {
    const struct order *order = durable_order(sim, payment->no);
    return payment->disowned && order != NULL && order->legs[0].watch_until_ms == 0;
}

/* The bill that is uploaded for an order is uploaded for no other, and nobody else sells it. Who
 * was given up before its message arrives sells nothing: nobody has its code. */
void mmpc_check_sale(struct sim *sim, const char *order_no) {
    const struct order *order = durable_order(sim, order_no);
    if (order != NULL && order->legs[0].channel != CHANNEL_INSURANCE &&
        order->legs[0].state == LEG_CLOSED)
        return;
    for (int i = 0; i < sim->payment_count && order != NULL && sim->resolved == 0; i++) {
        const struct sim_payment *payment = &sim->payments[i];
        for (int c = 0; c < order->claim_count; c++)
            if (payment->insured && !payment->anothers && !is_given_up(sim, payment) &&
                strcmp(payment->no, order_no) != 0 && !is_over(payment) &&
                strncmp(payment->bill, order->claims[c].org_trace_no, BILL_STEM) == 0)
                sim_fail(sim, "%s is sold while it is uploaded for %s", payment->bill, payment->no);
    }
}

static bool is_forgotten(struct sim *sim, struct sim_payment *payment) {
    if (sim_chance(sim, sim->faults.forget)) {
        payment->forgotten_until_ms = sim->now_ms + sim_between(sim, 1000, FORGOTTEN_MS_MAX);
        sim->faults_done++;
    }
    return sim->safety && sim->now_ms < payment->forgotten_until_ms;
}

static bool flow_goes(const struct sim *sim, enum flow_centre way) {
    return sim->edge.flow && sim->edge.flow->centre == way;
}

/* The patient pays nothing, all of it, or a third. */
static int64_t own_fen_of_flow(const struct sim *sim, int64_t fen) {
    if (flow_goes(sim, FLOW_OWN_ZERO))
        return 0;
    return flow_goes(sim, FLOW_OWN_ONLY) || flow_goes(sim, FLOW_STRANDS_WHOLE) ? fen : fen / 3;
}

static bool flow_strands(const struct sim *sim) {
    return flow_goes(sim, FLOW_STRANDS) || flow_goes(sim, FLOW_STRANDS_WHOLE);
}

static void split_fees(struct sim *sim, struct sim_payment *payment) {
    payment->account_fen = 0;
    if (sim->edge.flow) {
        payment->own_fen = own_fen_of_flow(sim, payment->fen);
        return;
    }
    payment->own_fen = sim_between(sim, 0, payment->fen);
    if (sim_chance(sim, 200))
        payment->own_fen = 0;
    else if (sim_chance(sim, 200))
        payment->own_fen = payment->fen / 2;
    payment->account_fen = sim_between(sim, 0, payment->fen - payment->own_fen);
}

static int upload_fees(struct sim *sim, const struct sim_request *request) {
    const struct order *order = durable_order(sim, request->order_no);
    int i = platform_place(sim, request);
    struct sim_payment *payment = &sim->payments[i];
    payment->insured = true;
    memcpy(payment->bill, order->claims[0].org_trace_no, TRACE_NO_SIZE);
    payment->refused = sim_chance(sim, sim->faults.says_failed);
    payment->anothers = payment->refused && !sim->uploads && sim_chance(sim, 300);
    payment->centre = payment->refused && !payment->anothers ? CENTRE_FAILED : CENTRE_UPLOADED;
    payment->changed_ms = sim->now_ms;
    payment->tells_split = sim->edge.flow || sim_chance(sim, 600);
    payment->other_amount = false;
    split_fees(sim, payment);
    own_choose_part(sim, payment);
    bool desk = order->caller_no[0] != '\0'; /* at whose display somebody confirms */
    if ((desk || payment->anothers) && sim_chance(sim, 700))
        sim_after(sim, sim_between(sim, 1000, CONFIRMS_MS_MAX), HAPPEN_PHONE, i);
    mmpc_check_sale(sim, request->order_no);
    return i;
}

/* The same upload again is the same; what was refused stays so, and is nowhere to be found, or is
 * another machine's. */
static void upload(struct sim *sim, const struct sim_request *request,
                   struct event_answer *answer) {
    int i = platform_find(sim, request->order_no);
    if (i < 0)
        i = upload_fees(sim, request);
    if (sim->payments[i].refused) {
        say(answer, OUTCOME_DECLINED, TRADE_NONE, "0");
        return;
    }
    memcpy(answer->no, sim->payments[i].no, ORDER_NO_SIZE);
    memcpy(answer->in_no, sim->payments[i].no, ORDER_NO_SIZE);
    say(answer, OUTCOME_ACCEPTED, TRADE_NONE, "1");
    struct pay_link *link = sim_document(sim, sizeof *link);
    link->head.kind = DOCUMENT_PAY_LINK;
    memcpy(link->url, "https://pay", sizeof "https://pay");
    answer->document = &link->head;
}

/* Nothing of it is settled, it says. What is on the phone the portal may upload anew. */
static bool is_heard_over(const struct sim_payment *payment, const struct event_answer *answer) {
    bool on_phone = payment->pushed && !payment->push_refused;
    return !on_phone && (answer->trade == TRADE_FAILED || answer->trade == TRADE_REVOKED);
}

void mmpc_note_heard(struct sim *sim, const struct sim_request *request,
                     const struct event_answer *answer) {
    int i = platform_find(sim, request->order_no);
    if (request->leg > 0 || (request->verb != VERB_PLACE && request->verb != VERB_ASK))
        return;
    bool placed = request->verb == VERB_PLACE && answer->outcome == OUTCOME_ACCEPTED;
    bool none = answer->outcome == OUTCOME_UNKNOWN && answer->trade == TRADE_NONE &&
                strcmp(answer->code, "0") == 0;
    bool open = placed || none || answer->trade == TRADE_WAIT;
    if (i < 0 && none) /* it may arrive yet */
        durable_note_absent(sim, request->order_no, request->life);
    if (i < 0)
        return;
    durable_note_absent(sim, request->order_no, -1);
    struct sim_payment *payment = &sim->payments[i];
    payment->named = payment->named || placed;
    payment->shown_open = open || is_heard_over(payment, answer) ? request->life + 1 : 0;
}

void mmpc_check_revoke(struct sim *sim, const struct sim_request *request) {
    int i = platform_find(sim, request->order_no);
    bool known =
        i >= 0 && (sim->payments[i].shown_open == sim->life + 1 ||
                   (sim->payments[i].shown_open == 0 && durable_is_absent(sim, request->order_no)));
    if (request->leg == 0 && i >= 0 && sim->payments[i].insured && !known)
        sim_fail(sim, "%s is revoked, and nobody knows whether it is settled", request->order_no);
}

/* What is being settled cannot be revoked; a centre may say that it was, all the same. The patient
 * may confirm between the question before the revoke and the revoke. */
static void revoke(struct sim *sim, int i, struct event_answer *answer) {
    struct sim_payment *payment = &sim->payments[i];
    if (sim->safety && sim_chance(sim, 3 * sim->faults.centre_odd))
        mmpc_confirm(sim, i);
    bool lies = payment->centre == CENTRE_SETTLING && sim_chance(sim, sim->faults.centre_odd);
    if (payment->centre == CENTRE_UPLOADED)
        mmpc_enter(sim, i, CENTRE_REVOKED);
    bool done = payment->centre == CENTRE_REVOKED || lies;
    payment->revoke_lied = payment->revoke_lied || lies;
    if (lies && sim_chance(sim, 700)) /* and then it says that it has none */
        payment->forgotten_until_ms = sim->now_ms + sim_between(sim, 60000, FORGOTTEN_MS_MAX);
    answer->not_closed = !done;
    say(answer, done ? OUTCOME_ACCEPTED : OUTCOME_DECLINED, TRADE_NONE, "1");
}

bool mmpc_leaves_cost_out(const struct sim *sim) {
    return (sim->seed >> 6) % 2 == 0;
}

static void tell_split(const struct sim *sim, const struct sim_payment *payment,
                       struct event_answer *answer) {
    int64_t other = payment->other_amount && payment->centre == CENTRE_DONE;
    answer->has_amount = true;
    answer->amount.fen = payment->fen + other;
    answer->split.own.fen = payment->own_fen + other;
    answer->split.account.fen = payment->account_fen;
    answer->split.fund.fen = payment->fen - payment->own_fen - payment->account_fen;
    answer->at_least = mmpc_leaves_cost_out(sim);
}

/* Also for a moment, in the middle of its work. */
static bool adds_up_wrong(struct sim *sim, const struct sim_payment *payment) {
    return payment->contradicts ||
           (sim->safety && sim->now_ms - payment->changed_ms < STALE_MS_MAX &&
            sim_chance(sim, sim->faults.centre_odd));
}

/* 1.3. For some seconds it may still be answered from the state before. */
static void query(struct sim *sim, int i, struct event_answer *answer) {
    struct sim_payment *payment = &sim->payments[i];
    bool stale = sim->now_ms - payment->changed_ms < STALE_MS_MAX &&
                 payment->centre == CENTRE_DONE && sim_chance(sim, sim->faults.stale);
    enum centre_state state = stale ? payment->was : payment->centre;
    memcpy(answer->no, payment->no, ORDER_NO_SIZE);
    memcpy(answer->in_no, payment->no, ORDER_NO_SIZE);
    answer->time_ms = payment->paid_ms - payment->paid_ms % 1000;
    if (state == CENTRE_DONE || state == CENTRE_STRANDED ||
        (state == CENTRE_UPLOADED && payment->tells_split))
        tell_split(sim, payment, answer);
    say(answer, words[state].outcome, words[state].trade, words[state].word);
    if (state == CENTRE_DONE)
        answer->settled = (uint8_t)payment->settles;
    if (state == CENTRE_DONE && adds_up_wrong(sim, payment)) {
        answer->split.own.fen++;
        answer->amount.fen += answer->at_least; /* only the bill tells */
        if (!answer->at_least)
            say(answer, OUTCOME_UNKNOWN, TRADE_CONTRADICTS, words[state].word);
    }
}

/* The patient confirms on the phone. */
void mmpc_confirm(struct sim *sim, int i) {
    const struct sim_payment *payment = &sim->payments[i];
    if (payment->centre != CENTRE_UPLOADED)
        return;
    sim_trace(sim, "%s is confirmed on the phone", payment->no);
    mmpc_enter(sim, i, CENTRE_SETTLING);
    if (sim->edge.flow) {
        sim_after(sim, flow_goes(sim, FLOW_SETTLES_LATE) ? LATE_MS_MAX : 500, HAPPEN_SETTLE, i);
        return;
    }
    bool late = sim_chance(sim, sim->faults.centre_odd);
    sim_after(sim, late ? sim_between(sim, 1000, LATE_MS_MAX) : sim_between(sim, 200, 4000),
              HAPPEN_SETTLE, i);
}

/* The own part was taken, and the insurance failed. Mostly it stays there. */
static void strand(struct sim *sim, int i) {
    struct sim_payment *payment = &sim->payments[i];
    payment->paid = true;
    payment->paid_ms = sim->now_ms;
    payment->returns_itself =
        sim->edge.flow ? sim->edge.flow->returns_itself : sim_chance(sim, 300);
    mmpc_enter(sim, i, CENTRE_STRANDED);
    if (payment->returns_itself)
        sim_after(sim, sim_between(sim, 1000, RETURN_MS_MAX), HAPPEN_SETTLE, i);
}

static void fail_settlement(struct sim *sim, int i) {
    bool strands = sim->edge.flow ? flow_strands(sim) : sim_chance(sim, 500);
    bool alone = sim->payments[i].settles == SETTLED_INSURANCE; /* it takes no own part */
    if (sim->payments[i].own_fen > 0 && strands && !alone)
        strand(sim, i);
    else
        mmpc_enter(sim, i, CENTRE_FAILED);
}

/* What is settled is told to the hospital, which may have another opinion. */
static void settle_all(struct sim *sim, int i) {
    struct sim_payment *payment = &sim->payments[i];
    const struct order *order = durable_order(sim, payment->no);
    int64_t fund_fen = payment->fen - payment->own_fen - payment->account_fen;
    payment->contradicts =
        flow_goes(sim, FLOW_CONTRADICTS) || sim_chance(sim, sim->faults.centre_odd / 4);
    payment->other_amount = !payment->contradicts && sim_chance(sim, sim->faults.code_amount);
    bool alone = payment->settles == SETTLED_INSURANCE; /* the hospital waits for the rest */
    if (!payment->contradicts && !payment->other_amount && !alone && !his_book(sim, order)) {
        fail_settlement(sim, i);
        return;
    }
    if (fund_fen > 0 && sim_chance(sim, sim->faults.other_amount))
        payment->own_fen++; /* another split than the one before */
    payment->paid = payment->booked = true;
    payment->paid_ms = sim->now_ms;
    mmpc_enter(sim, i, CENTRE_DONE);
}

void mmpc_settle(struct sim *sim, int i) {
    struct sim_payment *payment = &sim->payments[i];
    if (payment->centre == CENTRE_STRANDED && payment->returned_fen == 0) {
        payment->returned_fen = payment->own_fen;
        mmpc_enter(sim, i, CENTRE_OWN_RETURNED);
    }
    if (payment->centre != CENTRE_SETTLING)
        return;
    if (sim_chance(sim, sim->faults.centre_odd / 4))
        mmpc_enter(sim, i, CENTRE_ABNORMAL);
    else if (sim_chance(sim, sim->faults.centre_odd / 4))
        mmpc_enter(sim, i, CENTRE_HALF); /* for ever */
    else if (flow_strands(sim) || sim_chance(sim, sim->faults.centre_odd / 2))
        fail_settlement(sim, i);
    else
        settle_all(sim, i);
}

static struct sim_refund *refund_named(struct sim *sim, const char *no) {
    for (int i = 0; i < sim->refund_count; i++)
        if (strcmp(sim->refunds[i].no, no) == 0)
            return &sim->refunds[i];
    return NULL;
}

static struct sim_refund *note_refund(struct sim *sim, const struct sim_request *request, int i) {
    struct sim_payment *payment = &sim->payments[i];
    if (sim->refund_count == SIM_REFUNDS_MAX) {
        sim_fail(sim, "too many refunds for the simulator");
        return &sim->refunds[0];
    }
    struct sim_refund *refund = &sim->refunds[sim->refund_count++];
    bool all = payment->centre == CENTRE_DONE && request->fen == payment->fen;
    bool own = request->fen == payment->own_fen;
    bool alone = own_goes_back_alone(payment, request->fen);
    *refund = (struct sim_refund){.payment = i, .fen = request->fen};
    memcpy(refund->no, request->refund_no, ORDER_NO_SIZE);
    if (!payment->named && !payment->pushed)
        sim_fail(sim, "%s of %s goes back, and nobody has said that it is ours", refund->no,
                 payment->no);
    if (!all && !own && !alone)
        sim_fail(sim, "%s of %s is neither all of it nor its own part", refund->no, payment->no);
    const struct order *order = durable_order(sim, payment->no);
    bool of_caller = order != NULL && order->caller_no[0] != '\0'; /* takes its book back itself */
    if ((all || alone) && !of_caller && his_credited_fen(sim, payment->no) > 0)
        sim_fail(sim, "all of %s goes back, and the hospital has it booked", payment->no);
    refund->refused = payment->returned_fen + request->fen > payment->fen ||
                      (payment->centre != CENTRE_DONE && payment->centre != CENTRE_STRANDED) ||
                      sim_chance(sim, sim->faults.refund_refused);
    refund->silent_queries = sim_chance(sim, sim->faults.centre_odd) ? 3 : 0;
    refund->never_told = !refund->refused && sim_chance(sim, sim->faults.centre_odd / 3);
    return refund;
}

static void end_refund(struct sim *sim, struct sim_refund *refund) {
    struct sim_payment *payment = &sim->payments[refund->payment];
    refund->done = true;
    payment->returned_fen += refund->fen;
    mmpc_enter(sim, refund->payment, payment->ends);
    payment->ends = CENTRE_UPLOADED;
}

/* 1.4: taken is not done. It stops half way for a while, or for ever, or is forgotten. */
static void refund(struct sim *sim, const struct sim_request *request,
                   struct event_answer *answer) {
    int i = platform_find(sim, request->order_no);
    struct sim_refund *known = refund_named(sim, request->refund_no);
    if (i < 0) {
        sim_fail(sim, "a refund of a payment that the centre does not know");
        return;
    }
    struct sim_payment *payment = &sim->payments[i];
    bool all = request->fen == payment->fen;
    if (known == NULL)
        known = note_refund(sim, request, i);
    if (known->refused) {
        known->silent_ms = sim->now_ms; /* a no only when a quiet time has passed */
        say(answer, OUTCOME_UNKNOWN, TRADE_NONE, "0");
        return;
    }
    say(answer, OUTCOME_PENDING, TRADE_WAIT, "1");
    if (known->done || payment->ends != CENTRE_UPLOADED)
        return; /* it was taken before */
    payment->ends = own_goes_back_alone(payment, request->fen) ? CENTRE_INSURANCE_RETURNED
                    : all && payment->centre == CENTRE_DONE    ? CENTRE_RETURNED
                                                               : CENTRE_OWN_RETURNED;
    if (!known->never_told && known->silent_queries == 0)
        end_refund(sim, known);
    else if (!known->never_told || sim_chance(sim, 500))
        mmpc_enter(sim, i, CENTRE_HALF_RETURNED);
}

static void ask_refund(struct sim *sim, const struct sim_request *request,
                       struct event_answer *answer) {
    struct sim_refund *known = refund_named(sim, request->refund_no);
    int i = platform_find(sim, request->order_no);
    bool half = known != NULL && !known->never_told && !known->refused && !known->done;
    if (half && known->silent_queries > 0 && --known->silent_queries == 0)
        end_refund(sim, known);
    query(sim, i, answer);
}

/* It has no such payment, it says. After a revoke that it called done, too, nobody can tell that
 * from one that is revoked. */
static void deny(struct sim *sim, const struct sim_request *request, int i,
                 struct event_answer *answer) {
    if (i >= 0 && sim->payments[i].revoke_lied && request->verb == VERB_ASK)
        sim->payments[i].disowned = true;
    say(answer, request->verb == VERB_CLOSE ? OUTCOME_DECLINED : OUTCOME_UNKNOWN, TRADE_NONE, "0");
}

void mmpc_act(struct sim *sim, const struct sim_request *request, struct event_answer *answer) {
    int i = platform_find(sim, request->order_no);
    if (request->verb == VERB_PLACE) {
        upload(sim, request, answer);
        return;
    }
    if (request->verb == VERB_REFUND) {
        refund(sim, request, answer);
        return;
    }
    bool nowhere = i < 0 || (sim->payments[i].refused && !sim->payments[i].anothers);
    if (nowhere || is_forgotten(sim, &sim->payments[i]))
        deny(sim, request, i, answer);
    else if (request->verb == VERB_CLOSE)
        revoke(sim, i, answer);
    else if (request->verb == VERB_ASK_REFUND)
        ask_refund(sim, request, answer);
    else
        query(sim, i, answer);
}
