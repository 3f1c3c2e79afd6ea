/* A platform that credits at the hospital by itself (onepay): a deposit that the hospital refuses
 * it returns by itself, of bills it keeps the money; both it calls failed. It knows no expireTime
 * of ours, names no amount, and tells the hospital of a refund by itself. */
#include <string.h>

#include "tests/sim/onepay.h"
#include "tests/sim/sim.h"

#define UNKNOWN_MS_MAX INT64_C(600000)
#define FORGOTTEN_MS_MAX INT64_C(300000)
#define STALE_MS_MAX INT64_C(10000)

static void say(struct event_answer *answer, enum outcome outcome, enum trade_state trade,
                const char *code) {
    answer->outcome = outcome;
    answer->trade = trade;
    memcpy(answer->code, code, strlen(code) + 1);
}

void onepay_answer_refund(const struct sim *sim, struct sim_refund *refund, const char *refusal,
                          struct event_answer *answer) {
    if (platform_keeps_silent(sim, refund)) {
        say(answer, OUTCOME_UNKNOWN, TRADE_OTHER, "999999");
        return;
    }
    say(answer, refund->done ? OUTCOME_ACCEPTED : OUTCOME_DECLINED,
        refund->done ? TRADE_RETURNED : TRADE_RETURN_FAILED, refund->done ? "000000" : refusal);
}

void onepay_tell_refund(const struct sim *sim, struct sim_refund *refund,
                        struct event_answer *answer) {
    if (refund != NULL && platform_keeps_silent(sim, refund))
        say(answer, OUTCOME_UNKNOWN, TRADE_OTHER, "exp");
    else if (refund != NULL && refund->done)
        say(answer, OUTCOME_ACCEPTED, TRADE_RETURNED, "succ");
    else
        say(answer, OUTCOME_UNKNOWN, TRADE_NONE, refund == NULL ? "notfound" : "fail");
}

/* Credited, or called failed. */
void onepay_paid(struct sim *sim, int i) {
    struct sim_payment *payment = &sim->payments[i];
    const struct order *order = durable_order(sim, payment->no);
    if (order == NULL)
        return;
    if (sim_chance(sim, sim->faults.his_odd))
        payment->unknown_until_ms = sim->now_ms + sim_between(sim, 1000, UNKNOWN_MS_MAX);
    if (his_book(sim, order))
        return;
    payment->kept = order->service == SERVICE_BILLS;
    payment->failed_back = !payment->kept;
    payment->returned_fen = payment->kept ? 0 : payment->fen;
    sim_trace(sim, "  %s failed: its money %s", payment->no, payment->kept ? "stays" : "goes back");
}

static bool is_forgotten(struct sim *sim, struct sim_payment *payment) {
    if (sim_chance(sim, sim->faults.forget)) {
        payment->forgotten_until_ms = sim->now_ms + sim_between(sim, 1000, FORGOTTEN_MS_MAX);
        sim->faults_done++;
    }
    return sim->safety && sim->now_ms < payment->forgotten_until_ms;
}

static bool is_stale(struct sim *sim, const struct sim_payment *payment) {
    return sim->now_ms - payment->paid_ms < STALE_MS_MAX && sim_chance(sim, sim->faults.stale);
}

static void tell_trade(struct sim *sim, const struct sim_payment *payment,
                       struct event_answer *answer) {
    answer->time_ms = payment->paid_ms - payment->paid_ms % 1000;
    memcpy(answer->no, payment->no, ORDER_NO_SIZE);
    if (payment->paid && !is_stale(sim, payment)) {
        bool unknown = sim->safety && sim->now_ms < payment->unknown_until_ms;
        bool failed = payment->kept || payment->failed_back;
        if (unknown)
            say(answer, OUTCOME_UNKNOWN, TRADE_OTHER, "exp");
        else
            say(answer, failed ? OUTCOME_DECLINED : OUTCOME_ACCEPTED,
                failed ? TRADE_FAILED : TRADE_PAID, failed ? "fail" : "succ");
    } else if (payment->failed) {
        say(answer, OUTCOME_DECLINED, TRADE_FAILED, "fail");
    } else if (payment->closed) {
        say(answer, OUTCOME_DECLINED, TRADE_CLOSED, "closed");
    } else {
        say(answer, OUTCOME_PENDING, TRADE_WAIT, "init");
    }
}

/* The code of a phone pays at once, later or never. */
static void charge_phone(struct sim *sim, int i) {
    if (sim->edge.flow || sim_chance(sim, 600))
        platform_phone(sim, i);
    else if (sim_chance(sim, 400))
        sim->payments[i].failed = true;
    else
        sim_after(sim, sim_between(sim, 1000, 60000), HAPPEN_PHONE, i);
}

static void place_trade(struct sim *sim, const struct sim_request *request,
                        struct event_answer *answer) {
    int i = platform_find(sim, request->order_no);
    if (i < 0) {
        i = platform_place(sim, request);
        sim->payments[i].refused = sim_chance(sim, sim->faults.says_failed);
        sim->payments[i].failed = sim->payments[i].refused; /* a doubled request hears it again */
        if (request->channel == CHANNEL_PHONE && !sim->payments[i].refused)
            charge_phone(sim, i);
    }
    if (sim->payments[i].refused) {
        say(answer, OUTCOME_DECLINED, TRADE_FAILED, "020007");
        return;
    }
    if (sim->payments[i].paid && request->channel != CHANNEL_PHONE) {
        say(answer, OUTCOME_UNKNOWN, TRADE_NONE, "033001");
        return;
    }
    memcpy(answer->no, sim->payments[i].no, ORDER_NO_SIZE);
    say(answer, OUTCOME_PENDING, TRADE_WAIT, "000000");
    if (request->channel == CHANNEL_PHONE)
        return;
    struct pay_link *link = sim_document(sim, sizeof *link);
    link->head.kind = DOCUMENT_PAY_LINK;
    memcpy(link->url, "https://pay", sizeof "https://pay");
    answer->document = &link->head;
}

static void close_trade(struct sim_payment *payment, struct event_answer *answer) {
    answer->not_closed = payment->paid && !payment->closed;
    if (answer->not_closed) {
        say(answer, OUTCOME_DECLINED, TRADE_NONE, "033001");
        return;
    }
    say(answer, OUTCOME_ACCEPTED, TRADE_NONE, payment->closed ? "035001" : "000000");
    payment->closed = true;
}

static struct sim_refund *refund_named(struct sim *sim, const char *no) {
    for (int i = 0; i < sim->refund_count; i++)
        if (strcmp(sim->refunds[i].no, no) == 0)
            return &sim->refunds[i];
    return NULL;
}

/* A refund that failed is tried again under its number, unless it was refused for good. */
static void try_refund(struct sim *sim, struct sim_refund *refund,
                       const struct sim_request *request) {
    struct sim_payment *payment = &sim->payments[refund->payment];
    refund->done = payment->returned_fen + refund->fen <= payment->fen && !refund->refused;
    sim_trace(sim, "  refund %s of %s: %s", refund->no, payment->no,
              refund->done ? "done" : "refused");
    if (!refund->done)
        return;
    payment->returned_fen += refund->fen;
    his_unbook(sim, request->amp_trace_id, refund->fen);
}

static void refund_trade(struct sim *sim, const struct sim_request *request,
                         struct event_answer *answer) {
    struct sim_refund *known = refund_named(sim, request->refund_no);
    int i = platform_find(sim, request->order_no);
    if (i < 0 || !sim->payments[i].paid) {
        say(answer, OUTCOME_DECLINED, TRADE_FAILED, "040007");
        return;
    }
    if (known == NULL) {
        if (sim->refund_count == SIM_REFUNDS_MAX) {
            sim_fail(sim, "too many refunds for the simulator");
            return;
        }
        known = &sim->refunds[sim->refund_count++];
        *known = (struct sim_refund){.payment = i, .fen = request->fen};
        memcpy(known->no, request->refund_no, ORDER_NO_SIZE);
        known->refused = sim_chance(sim, sim->faults.refund_refused);
        known->silent_queries = sim_chance(sim, sim->faults.refund_odd) ? 3 : 0;
    }
    if (sim->core.setup.policy.refund_untold[ROUTE_ONEPAY] &&
        his_credited_fen(sim, request->order_no) > 0)
        sim_fail(sim, "%s goes back, and nobody tells the hospital", request->order_no);
    if (known->fen != request->fen)
        sim_fail(sim, "refund %s came again with another amount", known->no);
    if (!known->done)
        try_refund(sim, known, request);
    known->refused = !known->done;
    onepay_answer_refund(sim, known, "034003", answer);
}

static void tell_trade_refund(struct sim *sim, const struct sim_request *request,
                              struct event_answer *answer) {
    struct sim_refund *known = refund_named(sim, request->refund_no);
    onepay_tell_refund(sim, known, answer);
}

void onepay_act(struct sim *sim, const struct sim_request *request, struct event_answer *answer) {
    int i = platform_find(sim, request->order_no);
    switch (request->verb) {
    case VERB_PLACE:
        place_trade(sim, request, answer);
        return;
    case VERB_REFUND:
        refund_trade(sim, request, answer);
        return;
    case VERB_ASK_REFUND:
        tell_trade_refund(sim, request, answer);
        return;
    default:
        break;
    }
    bool unknown = i < 0 || is_forgotten(sim, &sim->payments[i]);
    if (request->verb == VERB_CLOSE && !unknown)
        close_trade(&sim->payments[i], answer);
    else if (request->verb == VERB_CLOSE)
        say(answer, OUTCOME_UNKNOWN, TRADE_NONE, "030002");
    else if (unknown)
        say(answer, OUTCOME_UNKNOWN, TRADE_ABSENT, "notfound");
    else
        tell_trade(sim, &sim->payments[i], answer);
}
