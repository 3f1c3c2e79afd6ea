#include "app/core/order/shares.h"

#include <string.h>

#include "app/core/terms/assert.h"

bool order_is_desk_card(const struct order *order) {
    return order->caller_no[0] != '\0' && order->leg_count == 1 &&
           order->legs[0].route == ROUTE_POS;
}

struct leg *order_add_leg(struct order *order, enum channel channel, const char *no,
                          struct fen amount) {
    CORE_ASSERT(order->leg_count < LEGS_MAX && amount.fen > 0);
    struct leg *leg = &order->legs[order->leg_count++];
    *leg = (struct leg){.route = route_of(channel), .channel = channel, .amount = amount};
    memcpy(leg->no, no, ORDER_NO_SIZE);
    return leg;
}

void order_add_share(struct order *order, int claim, int leg, struct fen amount) {
    CORE_ASSERT(order->share_count < SHARES_MAX && amount.fen > 0);
    CORE_ASSERT(order_share_of(order, claim, leg) < 0);
    order->shares[order->share_count++] =
        (struct share){.claim = (uint8_t)claim, .leg = (uint8_t)leg, .amount = amount};
}

void order_share_out(struct order *order) {
    int leg = 0;
    int64_t left_fen = order->leg_count > 0 ? order->legs[0].amount.fen : 0;
    for (int i = 0; i < order->claim_count; i++) {
        int64_t wanted_fen = order->claims[i].amount.fen;
        while (wanted_fen > 0) {
            if (left_fen == 0) {
                CORE_ASSERT(leg + 1 < order->leg_count);
                left_fen = order->legs[++leg].amount.fen;
            }
            struct fen part = {wanted_fen < left_fen ? wanted_fen : left_fen};
            order_add_share(order, i, leg, part);
            wanted_fen -= part.fen;
            left_fen -= part.fen;
        }
    }
    CORE_ASSERT(left_fen == 0 && leg + 1 >= order->leg_count);
}

struct fen order_amount(const struct order *order) {
    struct fen sum = {0};
    for (int i = 0; i < order->leg_count; i++)
        sum.fen += order_leg_amount(order, i).fen;
    return sum;
}

static int back_rank(const struct order *order, int leg) {
    return route_traits(order->legs[leg].route)->back_rank;
}

const struct leg *order_shown_leg(const struct order *order) {
    int shown = 0;
    for (int i = 1; i < order->leg_count; i++)
        if (back_rank(order, i) < back_rank(order, shown))
            shown = i;
    return &order->legs[shown];
}

bool order_leg_differs(const struct leg *leg, struct fen named) {
    return named.fen != 0 && money_compare(named, leg->amount) != 0;
}

int order_claim_leg(const struct order *order, int claim) {
    int leg = -1;
    for (int i = 0; i < order->share_count; i++) {
        const struct share *share = &order->shares[i];
        if (share->claim == claim &&
            (leg < 0 || back_rank(order, share->leg) < back_rank(order, leg)))
            leg = share->leg;
    }
    CORE_ASSERT(leg >= 0);
    return leg;
}

const struct leg *order_leg_of_claim(const struct order *order, int claim) {
    return &order->legs[order_claim_leg(order, claim)];
}

bool order_all_placed(const struct order *order) {
    for (int i = 0; i < order->leg_count; i++)
        if (order->legs[i].state == LEG_NEW || order->run.leg[i].wanted == VERB_PLACE)
            return false;
    return true;
}

struct claim_money order_claim_money(const struct order *order, int claim) {
    struct claim_money money = {.paid = true};
    for (int i = 0; i < order->share_count; i++) {
        if (order->shares[i].claim != claim)
            continue;
        enum leg_state state = order->legs[order->shares[i].leg].state;
        const struct leg_traits *traits = leg_traits(state);
        money.paid = money.paid && state == LEG_PAID;
        money.failed = money.failed || !traits->may_pay;
        money.open = money.open || (traits->may_pay && !traits->settled);
        money.with_person = money.with_person || state == LEG_CASE;
    }
    return money;
}

int order_first_claim(const struct order *order, int leg) {
    int share = 0;
    while (share < order->share_count && order->shares[share].leg != leg)
        share++;
    CORE_ASSERT(share < order->share_count);
    return order->shares[share].claim;
}

int order_share_of(const struct order *order, int claim, int leg) {
    for (int i = 0; i < order->share_count; i++)
        if (order->shares[i].claim == claim && order->shares[i].leg == leg)
            return i;
    return -1;
}

static bool is_under_way(const struct refund *refund) {
    return !refund_traits(refund->state)->settled;
}

int order_refund_of_claim(const struct order *order, int claim) {
    for (int i = 0; i < order->refund_count; i++)
        if (order->refunds[i].claim == claim && is_under_way(&order->refunds[i]))
            return i;
    return -1;
}

int order_refund_of_late_leg(const struct order *order, int leg) {
    for (int i = 0; i < order->refund_count; i++)
        if (order->refunds[i].leg == leg && order->refunds[i].claim == PART_NONE &&
            is_under_way(&order->refunds[i]))
            return i;
    return -1;
}

struct fen order_refunding(const struct order *order, int claim) {
    struct fen sum = {0};
    for (int i = 0; i < order->refund_count; i++)
        if (order->refunds[i].claim == claim && is_under_way(&order->refunds[i]))
            sum.fen += order->refunds[i].amount.fen;
    return sum;
}

struct fen order_uncrediting(const struct order *order, int claim) {
    struct fen sum = {0};
    for (int i = 0; i < order->refund_count; i++)
        if (order->refunds[i].claim == claim && order->refunds[i].state == REFUND_NEW)
            sum.fen += order->refunds[i].amount.fen;
    return order->claims[claim].state == CLAIM_UNCREDITING ? sum : (struct fen){0};
}

bool order_his_is_first(const struct order *order, const struct policy *policy, int claim,
                        struct fen amount) {
    const struct claim *of = &order->claims[claim];
    bool untold = policy_takes_book_back(policy, order_leg_of_claim(order, claim)->route) &&
                  order->caller_no[0] == '\0';
    bool whole = money_compare(amount, of->amount) == 0;
    return order_creditor(order, claim) == CREDITOR_TERMINAL || (untold && whole);
}

enum refund_part order_refund_part(const struct order *order, int refund) {
    const struct refund *of = &order->refunds[refund];
    const struct leg *leg = &order->legs[of->leg];
    if (of->claim != PART_NONE && order_own_is_ours(order, of->leg) &&
        order_creditor(order, of->claim) == CREDITOR_TERMINAL)
        return REFUND_INSURANCE;
    return leg->own_only || money_compare(of->amount, leg->amount) != 0 ? REFUND_OWN : REFUND_ALL;
}

struct fen order_leg_money(const struct order *order, int leg) {
    const struct leg *of = &order->legs[leg];
    return of->own_only ? of->split.own : order_leg_amount(order, leg);
}

const struct leg *order_insured_leg(const struct order *order) {
    for (int i = 0; i < order->leg_count; i++)
        if (route_traits(order->legs[i].route)->has_split)
            return &order->legs[i];
    return NULL;
}

bool order_leg_is_pushed(const struct leg *leg) {
    const struct route_traits *traits = route_traits(leg->route);
    return traits->seen_at_his && (!traits->uploads_first || leg->state == LEG_PUSHED);
}

bool order_push_is_sure(const struct order *order) {
    const struct leg *leg = order_shown_leg(order);
    return leg->state == LEG_WAITING ||
           (leg->state == LEG_PUSHED && order->run.leg[leg - order->legs].push_taken);
}

bool order_push_is_leaving(const struct order *order) {
    const struct leg *leg = order_shown_leg(order);
    const struct part_run *run = &order->run.leg[leg - order->legs];
    return leg->state == LEG_PUSHED &&
           (run->wanted == VERB_PUSH || (run->request != 0 && run->verb == VERB_PUSH));
}

bool order_split_is_known(const struct leg *leg) {
    const struct split *split = &leg->split;
    return route_traits(leg->route)->has_split &&
           split->fund.fen + split->account.fen + split->own.fen + split->prepaid.fen > 0;
}

bool order_split_is_on_phone(const struct leg *leg) {
    return route_traits(leg->route)->seen_at_his && !order_split_is_known(leg);
}

const char *order_portal_no(const struct leg *leg) {
    return route_traits(leg->route)->uploads_first ? leg->portal_no : leg->in_no;
}

const char *order_portal_trace(const struct leg *leg) {
    return route_traits(leg->route)->uploads_first ? leg->portal_trace : leg->out_no;
}

bool order_portal_returns(const struct leg *leg) {
    return !route_traits(leg->route)->seen_at_his ||
           (order_portal_no(leg)[0] != '\0' && order_portal_trace(leg)[0] != '\0');
}

bool order_refund_is_portals(const struct order *order, int refund) {
    const struct refund *of = &order->refunds[refund];
    const struct route_traits *traits = route_traits(order->legs[of->leg].route);
    return traits->seen_at_his && (!traits->uploads_first || of->claim != PART_NONE);
}

bool order_settles_insured(const struct leg *leg) {
    const struct route_traits *traits = route_traits(leg->route);
    return traits->has_split || traits->seen_at_his;
}

struct fen order_own_alone(const struct order *order, int claim) {
    const struct leg *leg = order_shown_leg(order);
    struct fen own = leg->split.own;
    bool alone = order_settles_insured(leg) && order->claims[claim].refunded.fen == 0 &&
                 money_compare(own, order->claims[claim].amount) < 0;
    return alone ? own : (struct fen){0};
}

bool order_split_differs(const struct leg *leg) {
    return leg->state == LEG_PAID && leg->split_known &&
           money_compare(leg->shown_own, leg->split.own) != 0;
}

static int undecided_rank(enum refund_state state) {
    return state == REFUND_DONE ? 3 : state == REFUND_REFUSED ? 2 : state == REFUND_CASE ? 1 : 0;
}

int order_refund_of_all(const struct order *order, int newest) {
    const struct refund *last = &order->refunds[newest];
    int least = newest;
    for (int i = newest - 1; i >= 0; i--) {
        const struct refund *refund = &order->refunds[i];
        if (refund->claim != last->claim || refund->created_ms != last->created_ms)
            break;
        if (undecided_rank(refund->state) < undecided_rank(order->refunds[least].state))
            least = i;
    }
    return least;
}

/* The share that goes back next; -1: nothing is left of the claim. */
static int next_share_back(const struct order *order, int claim, const struct fen parts[LEGS_MAX]) {
    int next = -1;
    for (int i = 0; i < order->share_count; i++) {
        const struct share *share = &order->shares[i];
        bool some_left = parts[share->leg].fen == 0 &&
                         money_compare(share->returned, order_share_amount(order, i)) < 0;
        if (share->claim == claim && some_left &&
            (next < 0 || back_rank(order, share->leg) < back_rank(order, order->shares[next].leg)))
            next = i;
    }
    return next;
}

int order_split_back(const struct order *order, int claim, struct fen amount,
                     struct fen parts[LEGS_MAX]) {
    int count = 0;
    memset(parts, 0, LEGS_MAX * sizeof *parts);
    for (int64_t wanted_fen = amount.fen; wanted_fen > 0; count++) {
        int next = next_share_back(order, claim, parts);
        CORE_ASSERT(next >= 0);
        const struct share *share = &order->shares[next];
        int64_t left_fen = order_share_amount(order, next).fen - share->returned.fen;
        parts[share->leg].fen = wanted_fen < left_fen ? wanted_fen : left_fen;
        wanted_fen -= parts[share->leg].fen;
    }
    return count;
}
