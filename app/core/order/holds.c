#include "app/core/order/holds.h"

#include <string.h>

#include "app/core/order/shares.h"
#include "app/core/terms/copy.h"

#define NUMBER_PREFIX "no|"
#define CALLER_PREFIX "caller|"

_Static_assert(sizeof NUMBER_PREFIX + TRACE_NO_SIZE <= HOLD_KEY_SIZE, "a number is a key");
_Static_assert(sizeof CALLER_PREFIX + CALLER_NO_SIZE <= HOLD_KEY_SIZE, "a caller's number is one");

/* A person decided, and nothing of it is booked. */
static bool is_given_up(const struct order *order) {
    return order->resolved && !order->kept;
}

/* Its money goes back, but what the insurance has settled of it stands yet: nobody can upload the
 * bill anew. */
static bool settlement_stands(const struct order *order, int claim) {
    bool stands = false, back = false;
    for (int i = 0; i < order->share_count; i++)
        stands = stands || (order->shares[i].claim == claim &&
                            order_own_is_ours(order, order->shares[i].leg) &&
                            order->legs[order->shares[i].leg].state == LEG_PAID);
    for (int i = 0; i < order->refund_count; i++)
        back = back || (order->refunds[i].claim == claim &&
                        order_own_is_ours(order, order->refunds[i].leg) &&
                        order->refunds[i].state == REFUND_DONE);
    return order->claims[claim].state == CLAIM_REVERSING && stands && !back;
}

/* Its revoke was called done, and nobody has shown that nothing is paid: perhaps it was being
 * settled just then, and is settled yet. What was settled after all is for a person; of an own part
 * whose insurance has failed it is known that nothing is. */
static bool leg_may_settle_yet(const struct order *order, const struct leg *leg) {
    if (leg->route == ROUTE_NONE || !route_traits(leg->route)->close_is_asked_about ||
        leg->own_only)
        return false;
    if (leg->state == LEG_CASE)
        return !is_given_up(order);
    return leg->state == LEG_PAID_AFTER_CLOSE ||
           (leg->state == LEG_CLOSED && !leg->unpaid && leg->watch_until_ms != 0);
}

static bool may_settle_yet(const struct order *order, int claim) {
    for (int i = 0; i < order->share_count; i++)
        if (order->shares[i].claim == claim &&
            leg_may_settle_yet(order, &order->legs[order->shares[i].leg]))
            return true;
    return false;
}

bool order_may_settle_yet(const struct order *order) {
    for (int i = 0; i < order->claim_count; i++)
        if (may_settle_yet(order, i))
            return true;
    return false;
}

bool order_rest_is_booked(const struct order *order, int claim) {
    int64_t left_fen = order->claims[claim].amount.fen;
    for (int i = 0; i < order->share_count; i++)
        if (order->shares[i].claim == claim)
            left_fen -= order->shares[i].returned.fen;
    return order->claims[claim].state == CLAIM_CASE &&
           order_claim_in_case(order, claim).fen < left_fen;
}

/* A second payment of the same thing waits until the first can no longer be credited. */
bool order_claim_holds(const struct order *order, int claim) {
    struct claim_money money = order_claim_money(order, claim);
    if (order->claims[claim].taken_elsewhere)
        return false;
    switch (claim_traits(order->claims[claim].state)->busy) {
    case CLAIM_BUSY:
        break;
    case CLAIM_FREE:
        return settlement_stands(order, claim) || may_settle_yet(order, claim);
    case CLAIM_BUSY_WITH_PERSON:
        return !is_given_up(order) || order_rest_is_booked(order, claim);
    case CLAIM_BUSY_WITH_MONEY:
        return money.with_person ? !is_given_up(order) : !money.failed;
    }
    return true;
}

static char *join_key(const char *prefix, const char *no, char out[HOLD_KEY_SIZE]) {
    text_copy(out, HOLD_KEY_SIZE, prefix);
    text_copy(out + strlen(prefix), HOLD_KEY_SIZE - strlen(prefix), no);
    return out;
}

char *hold_key_of_number(const char *org_trace_no, char out[HOLD_KEY_SIZE]) {
    return join_key(NUMBER_PREFIX, org_trace_no, out);
}

char *hold_key_of_caller(const char *caller_no, char out[HOLD_KEY_SIZE]) {
    return join_key(CALLER_PREFIX, caller_no, out);
}

static const struct bill *bill_of_claim(const struct bill_list *bills, const struct claim *claim) {
    for (int i = 0; bills != NULL && i < bills->bill_count; i++)
        if (strcmp(bills->bills[i].org_trace_no, claim->org_trace_no) == 0)
            return &bills->bills[i];
    return NULL;
}

struct collecting {
    struct hold *out;
    int max, count;
    int first; /* of the claim */
};

/* A line that stands twice in a bill is held once. */
static void collect_hold(struct collecting *holds, int claim, const char *key) {
    for (int i = holds->first; i < holds->count && i < holds->max; i++)
        if (strcmp(holds->out[i].key, key) == 0)
            return;
    if (holds->count < holds->max) {
        holds->out[holds->count].claim = (uint8_t)claim;
        text_copy(holds->out[holds->count].key, HOLD_KEY_SIZE, key);
    }
    holds->count++;
}

int order_holds(const struct order *order, const struct bill_list *bills, struct hold *out,
                int max) {
    struct collecting holds = {out, max, 0, 0};
    char number[HOLD_KEY_SIZE];
    for (int i = 0; i < order->claim_count; i++) {
        const struct bill *bill = bill_of_claim(bills, &order->claims[i]);
        holds.first = holds.count;
        collect_hold(&holds, i, hold_key_of_number(order->claims[i].org_trace_no, number));
        for (int j = 0; bill != NULL && j < bill->line_count; j++)
            if (bills->lines[bill->first_line + j].key[0] != '\0')
                collect_hold(&holds, i, bills->lines[bill->first_line + j].key);
    }
    if (order->caller_no[0] != '\0')
        collect_hold(&holds, HOLD_OF_ORDER, hold_key_of_caller(order->caller_no, number));
    return holds.count;
}
