/* What a request may say: each is held against the order, the hospital's bill and the policy of
 * this world before it leaves. */
#include <string.h>

#include "app/core/order/shares.h"
#include "tests/sim/amp.h"
#include "tests/sim/mmpc.h"
#include "tests/sim/own_part.h"
#include "tests/sim/request.h"
#include "tests/sim/sim.h"

#define CLOCK_SLACK_MS                                                                             \
    INT64_C(12000) /* a clock that has settled goes wrong by ten seconds at most */

/* What this hospital allows: most allow everything. */
void request_choose_policy(struct sim *sim, struct policy *policy) {
    uint64_t random = sim->seed ^ UINT64_C(0x706f6c696379);
    policy->channels[CHANNEL_CARD] = true;
    policy->channels[CHANNEL_INSURANCE] = sim->mmpc || sim->amp;
    policy->own_part_here = sim->own_parts;
    policy->insurance = sim->uploads ? ROUTE_AMP_UPLOADED : sim->amp ? ROUTE_AMP : ROUTE_NONE;
    if (sim->amp)
        policy->settle_result = SETTLE_RESULT_ORDER;
    if (!sim->his_by_visit && (sim->edge.flow || (sim->seed >> 5) % 4 != 0))
        policy->settle_result = SETTLE_RESULT_ORDER;
    if (his_lags_long(sim))
        policy->list_lag_ms *= LONG_LAG;
    if (sim->edge.flow)
        return;
    policy->pay_code_on_bills = sim->seed % 8 == 5;
    if (sim->crowd.kind != CROWD_NONE) /* of whom most can pay */
        return;
    if (random_permille(&random, 200))
        policy->order_max.fen = 1 + random_below(&random, 60000);
    if (random_permille(&random, 200))
        policy->deposit_cap.fen = 10000 + random_below(&random, 40000);
    if (random_permille(&random, 200))
        policy->channels[random_below(&random, 2) == 0 ? CHANNEL_WECHAT : CHANNEL_PHONE] = false;
    if (random_permille(&random, 150))
        policy->his_takes_back = false;
    policy->refund_untold[ROUTE_ONEPAY] = sim->onepay && !sim->desk && (sim->seed >> 4) % 8 == 3;
    masked_choose_policy(sim, policy);
}

/* A hospital that makes new numbers appends to the old. */
static const struct sim_bill *bill_of(const struct sim *sim, const char *org_trace_no) {
    size_t length = strcspn(org_trace_no, "-");
    for (int i = 0; i < sim->bill_count; i++)
        if (strncmp(sim->bills[i].org_trace_no, org_trace_no, length) == 0)
            return &sim->bills[i];
    return NULL;
}

static void check_offered(struct sim *sim, const struct sim_request *request,
                          const struct order *order) {
    const struct policy *policy = &sim->core.setup.policy;
    if (request->fen > policy->order_max.fen)
        sim_fail(sim, "%s is larger than a payment may be", request->order_no);
    if (order->service == SERVICE_DEPOSIT && request->fen > policy->deposit_cap.fen)
        sim_fail(sim, "%s is larger than a deposit may be", request->order_no);
    if (!policy->channels[request->channel])
        sim_fail(sim, "%s is paid in a way that is not offered", request->order_no);
    if (request->channel == CHANNEL_PHONE && sim->code_taken_back)
        sim_fail(sim, "%s charges a code that was taken back", request->order_no);
}

static void check_place(struct sim *sim, const struct sim_request *request,
                        const struct order *order) {
    int64_t claims_fen = 0;
    for (int i = 0; i < order->claim_count; i++)
        claims_fen += order->claims[i].amount.fen;
    if (request->leg > 0)
        own_check_place(sim, request, order);
    else if (request->fen != claims_fen)
        sim_fail(sim, "%s asks for another amount than its bills", request->order_no);
    if (order->caller_no[0] == '\0') /* what a patient may do here binds no cashier */
        check_offered(sim, request, order);
    const struct limits *limits = &sim->core.setup.limits;
    bool pushed = route_traits(order->legs[request->leg].route)->seen_at_his;
    int64_t time_ms = pushed ? limits->push_ms : limits->expire_ms;
    /* From its opening: a clock may jump before the write is durable. An own part begins later. */
    int64_t from_ms = request->leg > 0 ? own_chosen_ms(sim, order) : order->created_ms;
    if (request->expire_ms % 1000 != 0 || request->expire_ms > from_ms + time_ms + CLOCK_SLACK_MS)
        sim_fail(sim, "%s can be paid for too long", request->order_no);
}

static void check_credit(struct sim *sim, const struct sim_request *request,
                         const struct order *order) {
    const struct sim_bill *bill = bill_of(sim, request->org_trace_no);
    if (order->service == SERVICE_BILLS &&
        (!bill || bill->fen != request->fen || bill->card != request->card))
        sim_fail(sim, "a credit of %s says another amount or person", request->org_trace_no);
}

/* ORG_005 takes back of a claim what its refunds return, of a bill all. */
static void check_uncredit(struct sim *sim, const struct sim_request *request,
                           const struct order *order) {
    if (caller_reverses(order))
        sim_fail(sim, "an ORG_005 of ours leaves for %s, whose caller has the book",
                 order->caller_no);
    if (order->service == SERVICE_BILLS && bill_of(sim, request->org_trace_no) &&
        request->fen != bill_of(sim, request->org_trace_no)->fen)
        sim_fail(sim, "a part of the bill %s is wanted back", request->org_trace_no);
}

static void check_refund(struct sim *sim, const struct sim_request *request,
                         const struct order *order) {
    const struct leg *leg = &order->legs[0];
    bool named = order_portal_no(leg)[0] != '\0' && order_portal_trace(leg)[0] != '\0';
    if (route_traits(leg->route)->seen_at_his && amp_hears(sim, request) && !named)
        sim_fail(sim, "%s is wanted back without the portal's numbers of it", request->order_no);
    bool bare = order_own_is_ours(order, request->leg) && request->fen == 0;
    if (request->fen < 0 || (request->fen == 0 && !bare) ||
        request->fen > order->legs[request->leg].amount.fen)
        sim_fail(sim, "a refund of %s says an amount that was never paid", request->order_no);
}

void request_check(struct sim *sim, const struct sim_request *request, const struct order *order) {
    switch (request->verb) {
    case VERB_PLACE:
        check_place(sim, request, order);
        return;
    case VERB_CREDIT:
        check_credit(sim, request, order);
        return;
    case VERB_UNCREDIT:
        check_uncredit(sim, request, order);
        return;
    case VERB_REFUND:
        check_refund(sim, request, order);
        return;
    case VERB_CLOSE:
        mmpc_check_revoke(sim, request);
        amp_check_revoke(sim, request);
        return;
    default:
        return;
    }
}
