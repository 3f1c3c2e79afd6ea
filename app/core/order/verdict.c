/* What became of an order, in the words that people are told it in. */
#include "app/core/order/verdict.h"

/* Given back, or being given back, because somebody asked for it? */
static bool on_request(const struct order *order) {
    for (int i = 0; i < order->claim_count; i++)
        if (order->claims[i].refunded.fen > 0 || order->claims[i].state == CLAIM_UNCREDITING)
            return true;
    return false;
}

static bool any_reversed(const struct order *order) {
    for (int i = 0; i < order->claim_count; i++)
        if (order->claims[i].state == CLAIM_REVERSED || order->claims[i].state == CLAIM_REVERSING)
            return true;
    return false;
}

static bool is_late(const struct order *order) {
    for (int i = 0; i < order->leg_count; i++)
        if (order->legs[i].state == LEG_PAID_AFTER_CLOSE || order->legs[i].state == LEG_RETURNED)
            return true;
    return false;
}

static bool has_unconfirmed_refund(const struct order *order) {
    for (int i = 0; i < order->leg_count; i++)
        if (order->legs[i].state == LEG_CASE && order->legs[i].reason == CASE_REFUND_UNCONFIRMED)
            return true;
    for (int i = 0; i < order->claim_count; i++)
        if (order->claims[i].state == CLAIM_CASE &&
            order->claims[i].reason == CASE_REFUND_UNCONFIRMED)
            return true;
    return false;
}

static enum verdict verdict_of_return(const struct order *order, bool all) {
    if (is_late(order))
        return all ? VERDICT_LATE_RETURNED : VERDICT_LATE;
    if (on_request(order))
        return all ? VERDICT_REFUNDED : VERDICT_REFUNDING;
    return VERDICT_RETURNED;
}

static bool any_unproven(const struct order *order) {
    for (int i = 0; i < order->claim_count; i++)
        if (order->claims[i].state == CLAIM_DONE && order->claims[i].unproven)
            return true;
    return false;
}

enum verdict order_verdict(const struct order *order) {
    switch (order_state(order)) {
    case ORDER_OPENING:
    case ORDER_WAITING:
    case ORDER_CLOSING:
        return VERDICT_UNKNOWN;
    case ORDER_CLOSED:
    case ORDER_DECLINED:
        return VERDICT_NOT_PAID;
    case ORDER_CREDITING:
        return VERDICT_ASKING;
    case ORDER_CREDITED:
        return any_unproven(order) ? VERDICT_UNPROVEN : VERDICT_CREDITED;
    case ORDER_RETURNING:
        return verdict_of_return(order, false);
    case ORDER_RETURNED:
        return verdict_of_return(order, true);
    case ORDER_PARTLY:
        return on_request(order) && !any_reversed(order) ? VERDICT_REFUND_PARTLY : VERDICT_PARTLY;
    case ORDER_CASE:
        if (order->resolved)
            return VERDICT_SETTLED;
        return has_unconfirmed_refund(order) ? VERDICT_REFUND_UNCONFIRMED : VERDICT_WINDOW;
    case ORDER_STATE_COUNT:
        break;
    }
    return VERDICT_WINDOW;
}

bool order_perhaps_paid(const struct order *order) {
    for (int i = 0; i < order->leg_count; i++)
        if (order->legs[i].state == LEG_CLOSED && !order->legs[i].unpaid)
            return true;
    return false;
}

bool order_seen_paid(const struct order *order) {
    for (int i = 0; i < order->leg_count; i++)
        if (order->legs[i].paid_ms != 0)
            return true;
    return false;
}

bool verdict_has_case(enum verdict verdict) {
    return verdict == VERDICT_WINDOW || verdict == VERDICT_REFUND_UNCONFIRMED ||
           verdict == VERDICT_SETTLED;
}
