#include "app/core/visit/refundable.h"

#include <string.h>

#define DAY_MS INT64_C(86400000)

static const struct payment *payment_of(const struct payment_list *list,
                                        const struct payment_item *item) {
    return &list->rows[item->payment];
}

static int64_t until_ms(const struct refund_rules *rules, const struct payment *payment) {
    int64_t from_ms = payment->paid_ms != 0 ? payment->paid_ms : payment->created_ms;

    return from_ms + rules->policy->refund_age_days[payment->route] * DAY_MS;
}

static struct fen rest_of(const struct refund_rules *rules, const struct payment *payment,
                          const struct payment_item *item) {
    struct fen rest = {item->amount.fen - item->refunded.fen};

    if (payment->service == SERVICE_DEPOSIT && money_compare(rules->balance, rest) < 0)
        rest = rules->balance;
    return rest;
}

/* Does a refund need the hospital's ORG_005? */
static bool his_is_asked(const struct policy *policy, enum route route) {
    const struct route_traits *traits = route_traits(route);

    return !traits->credits_by_itself || policy_takes_book_back(policy, route);
}

static enum notice obstacle_of(const struct refund_rules *rules, const struct payment *payment,
                               const struct payment_item *item, const struct refund_offer *offer) {
    if (item->state == CLAIM_REFUNDED)
        return NOTICE_REFUND_NOTHING;
    if (item->state != CLAIM_DONE)
        return NOTICE_REFUND_STATE;
    if (item->taken_elsewhere)
        return NOTICE_REFUND_ELSEWHERE;
    if (item->to_window || payment->portal_keeps)
        return NOTICE_REFUND_STAFF;
    if (item->insured && payment->of_caller) /* whose book it is in takes it back with the money */
        return NOTICE_REFUND_STAFF;
    if (item->unproven)
        return NOTICE_REFUND_UNPROVEN;
    if (item->insured && item->refunded.fen > 0)
        return NOTICE_REFUND_INSURED;
    if (item->insured && !route_traits(payment->route)->seen_at_his && /* a portal wants no code */
        rules->policy->insured_by_name && !rules->insured_code)
        return NOTICE_REFUND_CODE;
    if (!payment->returnable)
        return NOTICE_REFUND_CARD;
    if (rules->policy->refund_staff_confirm[payment->route] ||
        rules->policy->refund_untold[payment->route] ||
        (!rules->policy->his_takes_back && his_is_asked(rules->policy, payment->route)))
        return NOTICE_REFUND_STAFF;
    if (rules->wall_ms >= offer->until_ms)
        return NOTICE_REFUND_OLD;
    if (payment->account_type != rules->account)
        return NOTICE_REFUND_ACCOUNT;
    return offer->rest.fen > 0 ? NOTICE_NONE : NOTICE_REFUND_SPENT;
}

struct refund_offer refund_offer(const struct refund_rules *rules, const struct payment_list *list,
                                 const struct payment_item *item) {
    const struct payment *payment = payment_of(list, item);
    struct refund_offer offer = {.rest = rest_of(rules, payment, item),
                                 .until_ms = until_ms(rules, payment),
                                 .in_parts =
                                     payment->service == SERVICE_DEPOSIT || item->own.fen > 0};

    offer.obstacle = obstacle_of(rules, payment, item, &offer);
    if (offer.obstacle != NOTICE_NONE)
        offer.rest = (struct fen){0};
    return offer;
}

bool refund_is_shown(const struct payment_item *item) {
    switch (item->state) {
    case CLAIM_DONE:
    case CLAIM_UNCREDITING:
    case CLAIM_REFUNDED:
        return true;
    case CLAIM_WAITING:
    case CLAIM_CHECKING:
    case CLAIM_CREDITING:
    case CLAIM_CREDIT_UNKNOWN:
    case CLAIM_REVERSING:
    case CLAIM_REVERSED:
    case CLAIM_VOID:
    case CLAIM_CASE:
        break;
    }
    return false;
}

int refund_shown(const struct payment_list *list, int n) {
    for (int i = 0; i < list->item_count; i++)
        if (refund_is_shown(&list->items[i]) && n-- == 0)
            return i;
    return -1;
}

static void add_step(struct refund_plan *plan, const struct payment *payment,
                     const struct payment_item *item, struct fen amount) {
    struct refund_step *step = &plan->steps[plan->count++];

    *step = (struct refund_step){.claim = item->claim, .amount = amount};
    memcpy(step->order_no, payment->order_no, sizeof step->order_no);
    plan->sum.fen += amount.fen;
}

void refund_plan_balance(const struct refund_rules *rules, const struct payment_list *list,
                         struct refund_plan *out) {
    struct refund_rules left = *rules;

    *out = (struct refund_plan){0};
    for (int i = 0; i < list->item_count && out->count < REFUND_STEPS_MAX; i++) {
        const struct payment_item *item = &list->items[i];
        const struct payment *payment = payment_of(list, item);
        struct refund_offer offer = refund_offer(&left, list, item);
        if (payment->service != SERVICE_DEPOSIT || offer.obstacle != NOTICE_NONE)
            continue;
        add_step(out, payment, item, offer.rest);
        left.balance.fen -= offer.rest.fen;
    }
}

void refund_plan_one(const struct payment_list *list, const struct payment_item *item,
                     struct fen amount, struct refund_plan *out) {
    *out = (struct refund_plan){0};
    add_step(out, payment_of(list, item), item, amount);
}
