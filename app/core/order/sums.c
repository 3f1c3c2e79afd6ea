/* What an order is, in sums and in a word: derived from its parts, never stored apart from them. */
#include <stddef.h>

#include "app/core/order/shares.h"
#include "app/core/terms/assert.h"

/* Beside the sums, whether they could be made at all. */
struct adding {
    struct order_sums sums;
    bool good;
};

static void add_amount_to(struct adding *adding, struct fen *sum, struct fen amount) {
    adding->good = adding->good && amount.fen >= 0 && money_add(*sum, amount, sum);
}

/* NULL: no sum, for there is no such money, or others count it. */
static struct fen *sum_of_place(struct order_sums *sums, enum money_place place) {
    switch (place) {
    case MONEY_CREDITED:
        return &sums->credited;
    case MONEY_RETURNED:
        return &sums->returned;
    case MONEY_IN_CASE:
        return &sums->in_cases;
    case MONEY_IN_FLIGHT:
        return &sums->in_flight;
    case MONEY_UNSEEN:
    case MONEY_AT_CLAIMS:
        break;
    }
    return NULL;
}

/* A claim that is not all there because a person decides about some of its money waits with it. */
static enum money_place place_of_share(const struct order *order, const struct share *share) {
    enum claim_state state = order->claims[share->claim].state;
    bool with_person = state == CLAIM_WAITING && order_claim_money(order, share->claim).with_person;
    return with_person ? MONEY_IN_CASE : claim_traits(state)->money;
}

/* Is only a part of the claim for a person? */
static bool claim_is_disputed(const struct order *order, int claim) {
    for (int i = 0; i < order->share_count; i++)
        if (order->shares[i].claim == claim && order->shares[i].disputed.fen != 0)
            return true;
    return false;
}

static void add_share_to(struct adding *adding, const struct order *order,
                         const struct share *share) {
    int of = (int)(share - order->shares);
    struct fen rest = {order_share_amount(order, of).fen - share->returned.fen};
    struct fen *sum = sum_of_place(&adding->sums, place_of_share(order, share));
    add_amount_to(adding, &adding->sums.returned, share->returned);
    if (sum == &adding->sums.in_cases && claim_is_disputed(order, share->claim)) {
        add_amount_to(adding, &adding->sums.in_cases, share->disputed);
        add_amount_to(adding, &adding->sums.credited, (struct fen){rest.fen - share->disputed.fen});
    } else if (sum != NULL)
        add_amount_to(adding, sum, rest);
    else /* all of it went back */
        adding->good = adding->good && rest.fen == 0;
}

static void add_paid_leg(struct adding *adding, const struct order *order, int leg) {
    add_amount_to(adding, &adding->sums.paid, order_leg_amount(order, leg));
    for (int i = 0; i < order->share_count; i++)
        if (order->shares[i].leg == leg)
            add_share_to(adding, order, &order->shares[i]);
}

static void add_leg(struct adding *adding, const struct order *order, int leg) {
    const struct leg *of = &order->legs[leg];
    enum money_place place = leg_traits(of->state)->money;
    struct fen *sum = sum_of_place(&adding->sums, place);
    if (place == MONEY_AT_CLAIMS) {
        add_paid_leg(adding, order, leg);
    } else if (sum != NULL) {
        add_amount_to(adding, &adding->sums.paid, order_leg_money(order, leg));
        add_amount_to(adding, sum, order_leg_money(order, leg));
    }
}

static struct adding add_up(const struct order *order) {
    struct adding adding = {.good = true};
    const struct order_sums *sums = &adding.sums;
    for (int i = 0; i < order->leg_count; i++)
        add_leg(&adding, order, i);
    adding.good = adding.good && sums->paid.fen == sums->credited.fen + sums->returned.fen +
                                                       sums->in_cases.fen + sums->in_flight.fen;
    return adding;
}

struct order_sums order_sums(const struct order *order) {
    struct adding adding = add_up(order);
    CORE_ASSERT(adding.good);
    return adding.sums;
}

struct fen order_leg_in_case(const struct order *order, int leg) {
    bool in_case = leg < order->leg_count && order->legs[leg].state == LEG_CASE;
    return in_case ? order_leg_money(order, leg) : (struct fen){0};
}

struct fen order_claim_in_case(const struct order *order, int claim) {
    struct fen sum = {0};
    bool in_case = claim < order->claim_count && order->claims[claim].state == CLAIM_CASE;
    bool part = in_case && claim_is_disputed(order, claim);
    for (int i = 0; in_case && i < order->share_count; i++) {
        const struct share *share = &order->shares[i];
        if (share->claim == claim)
            sum.fen +=
                part ? share->disputed.fen : order_share_amount(order, i).fen - share->returned.fen;
    }
    return sum;
}

static bool is_amount(struct fen amount) {
    return amount.fen >= 0 && amount.fen <= MONEY_MAX_FEN;
}

static bool is_share(const struct order *order, int i) {
    const struct share *share = &order->shares[i];
    return share->claim < order->claim_count && share->leg < order->leg_count &&
           is_amount(share->amount) && share->amount.fen > 0 && is_amount(share->returned) &&
           is_amount(share->disputed) && order_share_of(order, share->claim, share->leg) == i;
}

/* No more of it went back, or is in doubt, than is paid with it. */
static bool share_suffices(const struct order *order, int i) {
    const struct share *share = &order->shares[i];
    struct fen amount = order_share_amount(order, i);
    return is_amount(amount) && share->returned.fen + share->disputed.fen <= amount.fen;
}

/* What went back of a claim that was credited went back on request; of others also without it. */
static bool is_refunded(const struct claim *claim, int64_t back_fen) {
    return claim_traits(claim->state)->paid ? back_fen == claim->refunded.fen
                                            : back_fen >= claim->refunded.fen;
}

/* The shares of a leg are its amount, those of a claim the claim's. */
static bool shares_add_up(const struct order *order) {
    int64_t of_leg[LEGS_MAX] = {0}, of_claim[CLAIMS_MAX] = {0}, back[CLAIMS_MAX] = {0};
    bool good = true;
    for (int i = 0; i < order->share_count; i++)
        if (!is_share(order, i))
            return false;
    for (int i = 0; i < order->share_count; i++) {
        if (!share_suffices(order, i))
            return false;
        of_leg[order->shares[i].leg] += order->shares[i].amount.fen;
        of_claim[order->shares[i].claim] += order_share_amount(order, i).fen;
        back[order->shares[i].claim] += order->shares[i].returned.fen;
    }
    for (int i = 0; i < order->leg_count; i++)
        good = good && of_leg[i] == order->legs[i].amount.fen;
    for (int i = 0; i < order->claim_count; i++)
        good = good && of_claim[i] == order->claims[i].amount.fen &&
               is_refunded(&order->claims[i], back[i]);
    return good;
}

static bool is_split(const struct leg *leg) {
    const struct split *split = &leg->split;
    return is_amount(split->fund) && is_amount(split->account) && is_amount(split->own) &&
           is_amount(split->prepaid) && is_amount(leg->shown_own) &&
           (!leg->own_only || (split->own.fen > 0 && split->own.fen <= leg->amount.fen));
}

bool order_adds_up(const struct order *order) {
    for (int i = 0; i < order->leg_count; i++)
        if (!is_amount(order->legs[i].amount) || !is_amount(order->legs[i].seen) ||
            !is_split(&order->legs[i]))
            return false;
    for (int i = 0; i < order->claim_count; i++)
        if (!is_amount(order->claims[i].amount) || !is_amount(order->claims[i].refunded))
            return false;
    for (int i = 0; i < order->refund_count; i++)
        if (order->refunds[i].leg >= order->leg_count ||
            order->refunds[i].claim >= order->claim_count)
            return false;
    return shares_add_up(order) && add_up(order).good;
}

static bool any_closed_leg(const struct order *order) {
    for (int i = 0; i < order->leg_count; i++)
        if (order->legs[i].state == LEG_CLOSED)
            return true;
    return false;
}

static enum order_state state_of_money(const struct order *order) {
    struct order_sums sums = order_sums(order);
    if (sums.paid.fen == 0)
        return any_closed_leg(order) ? ORDER_CLOSED : ORDER_DECLINED;
    if (sums.returned.fen == 0)
        return ORDER_CREDITED;
    return sums.credited.fen == 0 ? ORDER_RETURNED : ORDER_PARTLY;
}

/* A case before all, for a person must come; what is still open before what is decided. */
enum order_state order_state(const struct order *order) {
    static const enum order_state words[] = {ORDER_CASE,    ORDER_OPENING,   ORDER_WAITING,
                                             ORDER_CLOSING, ORDER_CREDITING, ORDER_RETURNING};
    unsigned said = 0;
    for (int i = 0; i < order->leg_count; i++)
        said |= 1u << leg_traits(order->legs[i].state)->word;
    for (int i = 0; i < order->claim_count; i++)
        said |= 1u << claim_traits(order->claims[i].state)->word;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if ((said & 1u << words[i]) != 0)
            return words[i];
    return state_of_money(order);
}

static bool leg_is_settled(const struct leg *leg) {
    const struct leg_traits *traits = leg_traits(leg->state);
    return traits->settled || (traits->watched && leg->watch_until_ms == 0);
}

bool order_waits_for_proof(const struct claim *claim) {
    return claim->state == CLAIM_DONE && claim->unproven && claim->creditor == CREDITOR_TERMINAL &&
           claim->tries > 0;
}

static bool claim_is_settled(const struct order *order, int i) {
    enum claim_state state = order->claims[i].state;
    if (state != CLAIM_WAITING)
        return claim_traits(state)->settled && !order_waits_for_proof(&order->claims[i]);
    struct claim_money money = order_claim_money(order, i);
    return money.with_person && !money.open;
}

static bool refunds_settled(const struct order *order) {
    for (int i = 0; i < order->refund_count; i++)
        if (!refund_traits(order->refunds[i].state)->settled)
            return false;
    return true;
}

bool order_settled(const struct order *order) {
    for (int i = 0; i < order->leg_count; i++)
        if (!leg_is_settled(&order->legs[i]))
            return false;
    for (int i = 0; i < order->claim_count; i++)
        if (!claim_is_settled(order, i))
            return false;
    return refunds_settled(order);
}

/* A credit may be asked about though it is settled. */
static bool any_claim_asks(const struct order *order) {
    for (int i = 0; i < order->claim_count; i++)
        if (order->run.claim[i].request != 0 || order->run.claim[i].probe != PROBE_NONE)
            return true;
    return false;
}

bool order_finished(const struct order *order) {
    return order->run.durable_wait == 0 && order_settled(order) && !any_claim_asks(order);
}

/* Its message is on the phone, or may be: only the HIS can tell. Where the insurance says something
 * else than the HIS it is asked on. */
static bool leg_is_on_phone(const struct order *order, int i) {
    const struct leg *leg = &order->legs[i];
    const struct part_run *run = &order->run.leg[i];
    bool out = leg->state == LEG_WAITING || leg->state == LEG_PLACE_UNKNOWN ||
               (leg->state == LEG_PUSHED && run->his != PUSH_BOOKED && run->odd_since_mono_ms == 0);
    return out && order_leg_is_pushed(leg);
}

static bool leg_only_waits(const struct order *order, int i) {
    enum leg_state state = order->legs[i].state;
    bool late = state == LEG_PAID_AFTER_CLOSE && order_refund_of_late_leg(order, i) < 0;
    return late || leg_is_on_phone(order, i) ||
           (leg_traits(state)->watched && order->legs[i].watch_until_ms != 0);
}

static bool claim_only_waits(const struct order *order, int i) {
    return order_waits_for_proof(&order->claims[i]) ||
           (order->claims[i].state == CLAIM_WAITING &&
            leg_is_on_phone(order, order_claim_leg(order, i)));
}

static bool nothing_is_asked(const struct order *order) {
    const struct order_run *run = &order->run;
    for (int i = 0; i < order->leg_count; i++)
        if (run->leg[i].request != 0 || run->leg[i].cancel_request != 0)
            return false;
    for (int i = 0; i < order->claim_count; i++)
        if (run->claim[i].request != 0)
            return false;
    for (int i = 0; i < order->refund_count; i++)
        if (run->refund[i].request != 0)
            return false;
    return run->durable_wait == 0;
}

bool order_only_waits(const struct order *order) {
    bool waiting = false;
    for (int i = 0; i < order->leg_count; i++) {
        bool waits = leg_only_waits(order, i);
        waiting = waiting || waits;
        if (!waits && !leg_is_settled(&order->legs[i]))
            return false;
    }
    for (int i = 0; i < order->claim_count; i++) {
        bool waits = claim_only_waits(order, i);
        waiting = waiting || waits;
        if (!waits && !claim_is_settled(order, i))
            return false;
    }
    return waiting && refunds_settled(order) && nothing_is_asked(order);
}

bool order_awaits(const struct order *order, uint32_t request) {
    const struct order_run *run = &order->run;
    if (request == 0)
        return false;
    for (int i = 0; i < order->leg_count; i++)
        if (run->leg[i].request == request || run->leg[i].cancel_request == request)
            return true;
    for (int i = 0; i < order->claim_count; i++)
        if (run->claim[i].request == request)
            return true;
    for (int i = 0; i < order->refund_count; i++)
        if (run->refund[i].request == request)
            return true;
    return false;
}

bool order_persists(const struct order *order, uint32_t number) {
    return number != 0 && order->run.durable_wait == number;
}
