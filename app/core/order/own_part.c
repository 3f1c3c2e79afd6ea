/* The own part of an insured bill that the insurance left open (mmpc setlType HI): another leg of
 * the same claim. The first leg's amount is the bill's for ever; what it comes to is that less what
 * the other one pays. */
#include "app/core/order/shares.h"

/* The leg's share of the one claim that it pays; -1: it has none. */
static int share_of_leg(const struct order *order, int leg) {
    for (int i = 0; i < order->share_count; i++)
        if (order->shares[i].leg == leg)
            return i;
    return -1;
}

/* Also of what was read from a disk, where a leg may have no route and no share. */
bool order_own_is_ours(const struct order *order, int leg) {
    enum route route = order->legs[leg].route;
    int share = share_of_leg(order, leg);
    return route != ROUTE_NONE && route_traits(route)->settles_in_parts && share >= 0 &&
           order->claims[order->shares[share].claim].creditor == CREDITOR_TERMINAL;
}

/* The other share of the claim that this leg settled a part of; -1: there is none. */
static int own_share(const struct order *order, int leg) {
    if (!order_own_is_ours(order, leg))
        return -1;
    int claim = order->shares[share_of_leg(order, leg)].claim;
    for (int i = 0; i < order->share_count; i++)
        if (order->shares[i].claim == claim && order->shares[i].leg != leg)
            return i;
    return -1;
}

int order_own_leg(const struct order *order, int leg) {
    int share = own_share(order, leg);
    return share == -1 ? -1 : order->shares[share].leg;
}

int order_due_leg(const struct order *order) {
    for (int i = 0; i < order->leg_count; i++)
        if (order->legs[i].state == LEG_DUE && order->legs[i].channel == CHANNEL_NONE)
            return i;
    return -1;
}

struct fen order_leg_amount(const struct order *order, int leg) {
    int share = own_share(order, leg);
    int64_t own_fen = share == -1 ? 0 : order->shares[share].amount.fen;
    return (struct fen){order->legs[leg].amount.fen - own_fen};
}

struct fen order_share_amount(const struct order *order, int share) {
    int own = own_share(order, order->shares[share].leg);
    int64_t own_fen = own == -1 ? 0 : order->shares[own].amount.fen;
    return (struct fen){order->shares[share].amount.fen - own_fen};
}

struct fen order_deposited(const struct order *order, int claim) {
    struct fen sum = order->claims[claim].amount;
    bool ours = order_creditor(order, claim) == CREDITOR_TERMINAL;
    for (int i = 0; ours && i < order->share_count; i++)
        if (order->shares[i].claim == claim && order_own_is_ours(order, order->shares[i].leg))
            sum.fen -= order_share_amount(order, i).fen;
    return sum;
}

struct event_answer order_answer_by_bill(const struct order *order, int leg,
                                         const struct event_answer *answer) {
    struct event_answer said = *answer;
    const struct leg *of = &order->legs[leg];
    if (!answer->at_least || !answer->has_amount || !route_traits(of->route)->has_split)
        return said;
    bool inpatient = order->person.account_type == ACCOUNT_INPATIENT;
    bool more = money_compare(said.amount, of->amount) > 0; /* another amount in any case */
    int64_t rest_fen =
        of->amount.fen - said.split.fund.fen - said.split.account.fen - said.split.own.fen;
    if (!more && (rest_fen == 0 || inpatient)) {
        said.amount = of->amount;
        said.split.prepaid.fen = rest_fen;
    } else if (said.trade == TRADE_PAID) {
        said.outcome = OUTCOME_UNKNOWN;
        said.trade = TRADE_CONTRADICTS;
    } else if (!more) {
        said.has_amount = false; /* nothing that could be shown */
    }
    return said;
}

bool order_share_is_bare(const struct order *order, int share) {
    return order_share_amount(order, share).fen == 0;
}

enum creditor order_creditor(const struct order *order, int claim) {
    const struct claim *of = &order->claims[claim];
    bool credited =
        of->state == CLAIM_DONE || of->state == CLAIM_UNCREDITING || of->state == CLAIM_REFUNDED;
    for (int i = 0; credited && of->tries == 0 && i < order->share_count; i++)
        if (order->shares[i].claim == claim && order_own_is_ours(order, order->shares[i].leg))
            return CREDITOR_PLATFORM;
    return of->creditor;
}
