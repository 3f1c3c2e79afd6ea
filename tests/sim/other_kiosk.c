/* Another terminal of the same hospital, with the same bills: somebody lists them there, pays, has
 * them settled (ORG_003 with its own numbers) and takes them back (ORG_005), at any moment beside
 * ours. It is a script and no second core: it asks before it pays and before it settles, mostly,
 * sends its ORG_003 again when it has no answer, and of its money nobody keeps books. What matters
 * is what the hospital has of it. Its numbers are made as ours are, in some worlds for the same
 * terminal.no. */
#include "tests/sim/other_kiosk.h"

#include <string.h>

#include "tests/sim/his_parts.h"

#define VISITS_MS 600000
#define VISITS_OF_BILL_MAX 4
#define PAUSE_MS 20000
#define BESIDE_MS 1500 /* while something of ours is under way */
#define BETWEEN_MS 15  /* ... between two messages */
#define TAKEN_BACK_MS 400000
#define TRIES_MAX 4
#define FLOW_PAUSE_MS 500
#define LIFE_OF_OTHER (-1)

static void begin_visit(struct sim *sim, int bill, int64_t pause_ms, int64_t in_ms) {
    struct sim_other_kiosk *other = &sim->other;
    int visits = 0;
    for (int i = 0; i < other->count; i++)
        visits += other->orders[i].bill == bill;
    if (other->count == OTHER_ORDERS_MAX || visits == VISITS_OF_BILL_MAX)
        return;
    other->orders[other->count] = (struct sim_other_order){.bill = bill, .pause_ms = pause_ms};
    sim_after(sim, in_ms, HAPPEN_OTHER, other->count++);
}

/* Always the same: nothing of its own goes wrong. */
static void begin_in_flow(struct sim *sim, const struct flow *flow) {
    sim->other = (struct sim_other_kiosk){.there = flow->other_ms > 0, .mark = "Q30043"};
    if (sim->other.there)
        begin_visit(sim, flow->bills - 1, FLOW_PAUSE_MS, flow->other_ms);
}

static bool chance_beside(struct sim *sim, int permille, bool in_flow) {
    return sim->edge.flow ? in_flow : sim_chance(sim, permille);
}

/* Whether it is there draws nothing: worlds without it stay as they are. */
void other_kiosk_begin(struct sim *sim) {
    if (sim->edge.flow) {
        begin_in_flow(sim, sim->edge.flow);
        return;
    }
    uint64_t random = sim->seed ^ UINT64_C(0x6f746865726b);
    sim->other =
        (struct sim_other_kiosk){.there = sim->kill_at == 0 && sim->crowd.kind == CROWD_NONE &&
                                          random_permille(&random, 125)};
    if (!sim->other.there)
        return;
    sim->other.mark = random_permille(&random, 500) ? "Q30042" : "Q30043";
    sim->other.echoes = random_permille(&random, 400);
    enum sim_stream stream = sim_draw_from(sim, STREAM_OTHER);
    for (int64_t visits = sim_between(sim, 1, 4); visits > 0; visits--)
        begin_visit(sim, (int)sim_between(sim, 0, sim->bill_count - 1), PAUSE_MS,
                    sim_between(sim, 0, VISITS_MS));
    sim_draw_from(sim, stream);
}

bool other_kiosk_owns(const struct sim *sim, const char *no) {
    for (int i = 0; i < sim->other.count; i++)
        if (sim->other.orders[i].no[0] != '\0' &&
            strncmp(sim->other.orders[i].no, no, ORDER_NO_LENGTH) == 0)
            return true;
    return false;
}

bool other_kiosk_settled(const struct sim *sim, const char *org_trace_no) {
    for (int i = 0; i < sim->credit_count; i++)
        if (!sim->credits[i].refused && his_same_bill(sim->credits[i].org_trace_no, org_trace_no) &&
            other_kiosk_owns(sim, sim->credits[i].amp_trace_id))
            return true;
    return false;
}

static bool is_of_request(const struct sim *sim, const struct sim_request *request,
                          const struct sim_bill *bill) {
    const struct order *order = durable_order(sim, request->order_no);
    if (request->org_trace_no[0] != '\0')
        return his_same_bill(bill->org_trace_no, request->org_trace_no);
    for (int i = 0; order != NULL && i < order->claim_count; i++)
        if (his_same_bill(bill->org_trace_no, order->claims[i].org_trace_no))
            return true;
    return order == NULL && bill->card == request->card;
}

/* One that the request is about; of a visit any of its patient's. -1: none. */
static int bill_beside(struct sim *sim, const struct sim_request *request) {
    int chosen = -1, count = 0;
    for (int i = 0; i < sim->bill_count; i++)
        if (is_of_request(sim, request, &sim->bills[i]) && sim_between(sim, 0, count++) == 0)
            chosen = i;
    return chosen;
}

void other_kiosk_notice(struct sim *sim, const struct sim_request *request) {
    bool near = request->verb == VERB_BILLS || request->verb == VERB_PLACE ||
                request->verb == VERB_CREDIT || request->verb == VERB_ASK_CREDIT;
    if (!sim->other.there || sim->edge.flow || !sim->safety || !near)
        return;
    enum sim_stream stream = sim_draw_from(sim, STREAM_OTHER);
    int bill =
        sim_chance(sim, request->order_no[0] != '\0' ? 250 : 100) ? bill_beside(sim, request) : -1;
    int64_t pause_ms = sim_chance(sim, 500) ? BETWEEN_MS : BESIDE_MS;
    if (bill >= 0)
        begin_visit(sim, bill, pause_ms, sim_between(sim, 1, pause_ms));
    sim_draw_from(sim, stream);
}

void other_kiosk_note_heard(struct sim *sim, const struct sim_request *request) {
    if (sim->other.there && request->verb == VERB_BILLS && request->order_no[0] == '\0' &&
        request->card >= 0)
        sim->other.listed_ms[request->card] = request->acted_ms;
}

/* Settled there, and not in the list any more that was made then. */
static bool was_gone(const struct sim *sim, const struct sim_bill *bill, int64_t listed_ms) {
    return bill->settled && other_kiosk_settled(sim, bill->org_trace_no) &&
           bill->settled_ms + sim->his_lag_ms < listed_ms;
}

void other_kiosk_check_sent(struct sim *sim, const struct sim_request *request,
                            const struct order *order) {
    bool sells = request->verb == VERB_PLACE && request->leg == 0 && order->caller_no[0] == '\0';
    int payment = platform_find(sim, order->no);
    if (!sim->other.there || (!sells && request->verb != VERB_CREDIT))
        return;
    for (int i = 0; i < sim->bill_count; i++) {
        const struct sim_bill *bill = &sim->bills[i];
        int64_t listed_ms = sells          ? sim->other.listed_ms[bill->card]
                            : payment >= 0 ? sim->payments[payment].listed_ms
                                           : 0;
        for (int c = 0; c < order->claim_count && was_gone(sim, bill, listed_ms); c++)
            if (his_same_bill(order->claims[c].org_trace_no, bill->org_trace_no) &&
                (sells || his_same_bill(request->org_trace_no, bill->org_trace_no)))
                sim_fail(sim, "%s %ss %s, which the list had no more", order->no,
                         verb_word(request->verb), bill->org_trace_no);
    }
}

static bool is_number_of_ours(const struct sim *sim, const char *no) {
    for (int i = 0; i < sim->durable_count; i++) {
        const struct order *order = &sim->durable[i].order;
        for (int leg = 0; leg < order->leg_count; leg++)
            if (strcmp(order->legs[leg].no, no) == 0)
                return true;
        for (int refund = 0; refund < order->refund_count; refund++)
            if (strcmp(order->refunds[refund].no, no) == 0)
                return true;
    }
    return false;
}

/* By the terminal's own rule, and a clock that is right. */
static void make_number(struct sim *sim, struct sim_other_order *order) {
    order_next_no(sim->now_ms, sim->other.mark, sim->other.last_no, sim->other.last_no);
    memcpy(order->no, sim->other.last_no, ORDER_NO_SIZE);
    memcpy(order->trace, order->no, ORDER_NO_LENGTH);
    memcpy(order->trace + ORDER_NO_LENGTH, "01", sizeof "01");
    if (is_number_of_ours(sim, order->no))
        sim_fail(sim, "the other kiosk has the number %s too", order->no);
}

static struct sim_request request_of_other(struct sim *sim, const struct sim_other_order *order,
                                           enum verb verb) {
    const struct sim_bill *bill = &sim->bills[order->bill];
    struct sim_request request = {.number = ++sim->other.sent,
                                  .life = LIFE_OF_OTHER,
                                  .verb = verb,
                                  .card = bill->card,
                                  .fen = bill->fen};
    memcpy(request.order_no, order->no, ORDER_NO_SIZE);
    memcpy(request.org_trace_no, order->org_trace_no, TRACE_NO_SIZE);
    memcpy(request.amp_trace_id, order->trace, CLAIM_TRACE_SIZE);
    return request;
}

static int64_t pause_before(struct sim *sim, const struct sim_other_order *order,
                            enum other_step step) {
    const struct flow *flow = sim->edge.flow;
    if (flow)
        return step == OTHER_TAKES_BACK ? flow->other_back_ms : FLOW_PAUSE_MS;
    bool later = step == OTHER_TAKES_BACK && sim_chance(sim, 700);
    return sim_between(sim, 1, later ? TAKEN_BACK_MS : order->pause_ms);
}

static void go_on(struct sim *sim, int i, enum other_step step) {
    struct sim_other_order *order = &sim->other.orders[i];
    order->step = step;
    sim_after(sim, pause_before(sim, order, step), HAPPEN_OTHER, i);
}

static void end_order(struct sim *sim, struct sim_other_order *order, const char *how) {
    sim_trace(sim, "the other kiosk: %s %s", order->org_trace_no, how);
    order->step = OTHER_ENDED;
}

static void list_at_other(struct sim *sim, int i) {
    struct sim_other_order *order = &sim->other.orders[i];
    if (his_list_other(sim, order->bill, order->org_trace_no))
        go_on(sim, i, OTHER_IS_PAID);
    else
        end_order(sim, order, "is not listed");
}

static void take_money(struct sim *sim, int i) {
    make_number(sim, &sim->other.orders[i]);
    sim_trace(sim, "the other kiosk: %s is paid there with %s", sim->other.orders[i].org_trace_no,
              sim->other.orders[i].no);
    go_on(sim, i, OTHER_CREDITS);
}

/* The network between, for one ORG_003: lost before or behind the HIS. */
static enum outcome send_credit(struct sim *sim, const struct sim_other_order *order) {
    struct event_answer answer = {.verb = VERB_CREDIT};
    struct sim_request request = request_of_other(sim, order, VERB_CREDIT);
    if (chance_beside(sim, 100, false))
        return OUTCOME_UNKNOWN;
    his_credit(sim, &request, &answer);
    bool others = answer.in_no[0] != '\0' && strcmp(answer.in_no, order->trace) != 0;
    return chance_beside(sim, 150, false) ? OUTCOME_UNKNOWN
           : others                       ? OUTCOME_DECLINED
                                          : answer.outcome;
}

static void credit_at_other(struct sim *sim, int i) {
    struct sim_other_order *order = &sim->other.orders[i];
    bool reads = order->tries == 0 && chance_beside(sim, 700, true);
    if (reads && !his_list_other(sim, order->bill, order->org_trace_no)) {
        end_order(sim, order, "is gone, its money goes back");
        return;
    }
    enum outcome outcome = send_credit(sim, order);
    bool takes_back = outcome == OUTCOME_ACCEPTED &&
                      chance_beside(sim, 500, sim->edge.flow && sim->edge.flow->other_back_ms > 0);
    if (outcome == OUTCOME_DECLINED)
        end_order(sim, order, "is refused, its money goes back");
    else if (outcome != OUTCOME_ACCEPTED && ++order->tries < TRIES_MAX)
        go_on(sim, i, OTHER_CREDITS);
    else if (takes_back)
        go_on(sim, i, OTHER_TAKES_BACK);
    else
        end_order(sim, order, outcome == OUTCOME_ACCEPTED ? "is credited" : "is for a person");
}

static struct sim_credit *credit_of_other(struct sim *sim, const struct sim_other_order *order) {
    for (int i = 0; i < sim->credit_count; i++)
        if (!sim->credits[i].refused && strcmp(sim->credits[i].amp_trace_id, order->trace) == 0)
            return &sim->credits[i];
    return NULL;
}

/* Most hospitals want the bill paid again then, of the others it is not heard of any more. */
static void make_due_again(struct sim *sim, const struct sim_other_order *order) {
    struct sim_bill *bill = &sim->bills[order->bill];
    struct sim_credit *credit = credit_of_other(sim, order);
    if (credit == NULL || !credit->taken_back || bill->by_window || !chance_beside(sim, 700, true))
        return;
    credit->elsewhere = true;
    bill->settled = false;
    sim_trace(sim, "%s is due again", bill->org_trace_no);
}

static void take_back_at_other(struct sim *sim, int i) {
    struct sim_other_order *order = &sim->other.orders[i];
    struct event_answer answer = {.verb = VERB_UNCREDIT};
    struct sim_request request = request_of_other(sim, order, VERB_UNCREDIT);
    if (!sim->core.setup.policy.his_takes_back) {
        end_order(sim, order, "stays credited");
        return;
    }
    his_uncredit(sim, &request, &answer);
    make_due_again(sim, order);
    end_order(sim, order, "is wanted back");
}

void other_kiosk_act(struct sim *sim, int i) {
    static const char *const words[] = {"lists", "takes money for", "settles", "takes back"};
    static void (*const steps[])(struct sim *, int) = {list_at_other, take_money, credit_at_other,
                                                       take_back_at_other};
    struct sim_other_order *order = &sim->other.orders[i];
    if ((!sim->safety && !sim->edge.flow) || order->step == OTHER_ENDED)
        return;
    if (sim_happens(sim, "the other kiosk %s bill %d", words[order->step], order->bill))
        steps[order->step](sim, i);
}
