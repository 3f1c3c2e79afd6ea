/* What callers are told of a payment and of its refunds. */
#include <string.h>

#include "app/core/desk/parts.h"

#include "app/core/order/holds.h"
#include "app/core/order/shares.h"
#include "app/core/terms/assert.h"

static enum call_news news_of_claim(const struct order *order) {
    switch (order->claims[0].state) {
    case CLAIM_DONE:
    case CLAIM_UNCREDITING:
    case CLAIM_REFUNDED:
        return CALL_PAID;
    case CLAIM_VOID:
        return CALL_UNPAID;
    case CLAIM_REVERSED:
        return CALL_RETURNED;
    case CLAIM_CASE:
        return CALL_WITH_PERSON;
    case CLAIM_WAITING:
    case CLAIM_CHECKING:
    case CLAIM_CREDITING:
    case CLAIM_CREDIT_UNKNOWN:
    case CLAIM_REVERSING:
        break;
    }
    return CALL_UNDER_WAY;
}

enum call_news desk_payment_news(const struct order *order) {
    if (order->run.conflict)
        return CALL_CONFLICTS;
    switch (order_shown_leg(order)->state) {
    case LEG_WAITING:
    case LEG_PUSHED:
        return CALL_PLACED;
    case LEG_CLOSED:
        return order_may_settle_yet(order) ? CALL_UNSURE : CALL_UNPAID;
    case LEG_DECLINED:
        return CALL_UNPAID;
    case LEG_RETURNED:
        return CALL_RETURNED;
    case LEG_CASE:
        return CALL_WITH_PERSON;
    case LEG_PAID:
        return news_of_claim(order);
    case LEG_NEW:
    case LEG_DUE:
    case LEG_PLACING:
    case LEG_PLACE_UNKNOWN:
    case LEG_CLOSING:
    case LEG_PAID_AFTER_CLOSE:
        break;
    }
    return CALL_UNDER_WAY;
}

const char *desk_trace_no(const struct order *order) {
    return order_is_desk_card(order) ? order->claims[0].call_sn : order_shown_leg(order)->out_no;
}

static int refund_index(const struct order *order, const char *refund_no) {
    for (int i = order->refund_count - 1; i >= 0; i--)
        if (strcmp(order->refunds[i].caller_no, refund_no) == 0)
            return i;
    return -1;
}

const struct refund *desk_refund(const struct order *order, const char *refund_no) {
    int i = refund_no[0] == '\0' ? -1 : refund_index(order, refund_no);
    return i < 0 ? NULL : &order->refunds[i];
}

/* The claim is a case by its last refund, whose booking was taken back or perhaps was: a no of the
 * bank's leaves the money nowhere. Those before it have come to their end. */
static bool is_refund_of_case(const struct order *order, const struct refund *refund) {
    return refund == &order->refunds[order->refund_count - 1] && refund->claim != PART_NONE &&
           order->claims[refund->claim].state == CLAIM_CASE;
}

enum call_news desk_refund_news(const struct order *order, const char *refund_no) {
    const struct refund *refund = desk_refund(order, refund_no);
    CORE_ASSERT(refund != NULL);
    switch (refund->state) {
    case REFUND_DONE:
        return CALL_PAID;
    case REFUND_REFUSED:
        return is_refund_of_case(order, refund) ? CALL_WITH_PERSON : CALL_UNPAID;
    case REFUND_CASE:
        return CALL_WITH_PERSON;
    case REFUND_NEW:
    case REFUND_SENDING:
    case REFUND_UNKNOWN:
        break;
    }
    return CALL_UNDER_WAY;
}

/* Different for any two things that callers are told differently, but for what is told anew in any
 * case because it was written. Never 0. */
static uint32_t sum_of_news(const struct order *order) {
    uint32_t sum = 1 + (uint32_t)order->run.conflict;
    for (int i = 0; i < order->leg_count; i++)
        sum = sum * 16 + (uint32_t)order->legs[i].state;
    for (int i = 0; i < order->claim_count; i++)
        sum = sum * 16 + (uint32_t)order->claims[i].state;
    for (int i = 0; i < order->refund_count; i++)
        sum = sum * 31 + (uint32_t)order->refunds[i].state + 1;
    return sum == 0 ? 1 : sum;
}

struct effect *desk_add_effect(struct effects *out, int slot) {
    CORE_ASSERT(out->count < EFFECTS_MAX);
    struct effect *effect = &out->items[out->count++];
    *effect = (struct effect){.kind = EFFECT_CALL,
                              .to = {ADDRESS_ORDER, slot},
                              .leg = PART_NONE,
                              .claim = PART_NONE,
                              .refund = PART_NONE};
    return effect;
}

/* A visit's own payment is, once a caller wants it back. */
static bool is_of_callers(const struct order *order) {
    int last = order->refund_count - 1;
    return order->caller_no[0] != '\0' || (last >= 0 && order->refunds[last].caller_no[0] != '\0');
}

void desk_tell(struct book *book, struct effects *out) {
    for (int i = 0; i < ORDERS_MAX && out->count < EFFECTS_MAX; i++) {
        struct order *order = &book->orders[i];
        if (!order->run.used || !is_of_callers(order))
            continue;
        if (order->run.durable_wait != 0) { /* what a kill could still undo is told to nobody */
            order->run.told = 0;
            continue;
        }
        uint32_t sum = sum_of_news(order);
        if (sum != order->run.told)
            desk_add_effect(out, i);
        order->run.told = sum;
    }
}
