#include "app/core/order/check.h"

#include "app/core/order/shares.h"
#include "app/core/terms/assert.h"

#define FNV_BASIS UINT64_C(0xcbf29ce484222325)
#define FNV_PRIME UINT64_C(0x100000001b3)

static uint64_t mix_number(uint64_t digest, int64_t number) {
    return (digest ^ (uint64_t)number) * FNV_PRIME;
}

static uint64_t mix_text(uint64_t digest, const char *text) {
    for (; *text; text++)
        digest = mix_number(digest, *text);
    return mix_number(digest, 0);
}

static uint64_t mix_refund(uint64_t digest, const struct refund *refund) {
    digest = mix_text(digest, refund->no);
    digest = mix_number(digest, refund->leg);
    digest = mix_number(digest, refund->claim);
    return mix_number(digest, refund->amount.fen);
}

static uint64_t mix_share(uint64_t digest, const struct share *share) {
    digest = mix_number(digest, share->claim);
    digest = mix_number(digest, share->leg);
    return mix_number(digest, share->amount.fen);
}

static uint64_t given_digest(const struct order *order, const struct given *given) {
    uint64_t digest = mix_text(FNV_BASIS, order->no);
    for (int i = 0; i < given->leg_count; i++) {
        digest = mix_text(digest, order->legs[i].no);
        digest = mix_number(digest, (int64_t)order->legs[i].route);
        digest = mix_number(digest, order->legs[i].amount.fen);
    }
    for (int i = 0; i < given->claim_count; i++) {
        const struct claim *claim = &order->claims[i];
        digest = mix_text(digest, claim->bill_key);
        if (claim->bill_key[0] == '\0')
            digest = mix_text(digest, claim->org_trace_no);
        digest = mix_number(digest, order->claims[i].amount.fen);
    }
    for (int i = 0; i < given->share_count; i++)
        digest = mix_share(digest, &order->shares[i]);
    for (int i = 0; i < given->refund_count; i++)
        digest = mix_refund(digest, &order->refunds[i]);
    return digest;
}

struct given check_begin(const struct order *order) {
    struct given given = {order->leg_count, order->claim_count, order->share_count,
                          order->refund_count, 0};
    given.digest = given_digest(order, &given);
    return given;
}

/* A case has its reason, and nothing else has one. */
static bool reasons_fit(const struct order *order) {
    for (int i = 0; i < order->leg_count; i++)
        if ((order->legs[i].state == LEG_CASE) != (order->legs[i].reason != CASE_NONE))
            return false;
    for (int i = 0; i < order->claim_count; i++)
        if ((order->claims[i].state == CLAIM_CASE) != (order->claims[i].reason != CASE_NONE))
            return false;
    for (int i = 0; i < order->refund_count; i++)
        if ((order->refunds[i].state == REFUND_CASE) != (order->refunds[i].reason != CASE_NONE))
            return false;
    return true;
}

/* No more goes back of a leg or of a share than it is. */
static bool refunds_fit(const struct order *order) {
    int64_t of_leg[LEGS_MAX] = {0}, of_share[SHARES_MAX] = {0};
    for (int i = 0; i < order->refund_count; i++) {
        const struct refund *refund = &order->refunds[i];
        bool of_claim = refund->claim != PART_NONE;
        int share = of_claim ? order_share_of(order, refund->claim, refund->leg) : -1;
        if (of_claim && share < 0)
            return false;
        if (!refund_traits(refund->state)->claims_money)
            continue;
        of_leg[refund->leg] += refund->amount.fen;
        if (of_claim)
            of_share[share] += refund->amount.fen;
    }
    for (int i = 0; i < order->leg_count; i++)
        if (of_leg[i] > order_leg_amount(order, i).fen)
            return false;
    for (int i = 0; i < order->share_count; i++)
        if (of_share[i] > order_share_amount(order, i).fen)
            return false;
    return true;
}

/* A claim is credited, or was, only with money that is all there. */
static bool claims_fit(const struct order *order) {
    for (int i = 0; i < order->claim_count; i++)
        if (claim_traits(order->claims[i].state)->paid && !order_claim_money(order, i).paid)
            return false;
    return true;
}

/* A row may name no route, as one of another machine or a damaged one does. */
static bool routes_are_known(const struct order *order) {
    for (int i = 0; i < order->leg_count; i++)
        if (order->legs[i].route <= ROUTE_NONE || order->legs[i].route >= ROUTE_COUNT)
            return false;
    return order->leg_count > 0;
}

bool order_is_sound(const struct order *order) {
    return routes_are_known(order) && order_adds_up(order) && reasons_fit(order) &&
           refunds_fit(order) && claims_fit(order);
}

/* A share goes back with one refund at a time. */
static int refunds_of_claim(const struct order *order, int claim) {
    int of_leg[LEGS_MAX] = {0}, all = 0;
    for (int i = 0; i < order->refund_count; i++) {
        const struct refund *refund = &order->refunds[i];
        if (refund->claim != claim || refund_traits(refund->state)->settled)
            continue;
        of_leg[refund->leg]++;
        CORE_ASSERT(of_leg[refund->leg] == 1);
        all++;
    }
    return all;
}

/* A claim waits for money as long as all of it may come, and goes back as long as some of it does.
 * Of a journal that says otherwise the resuming makes a case, so this holds at the end of every
 * turn, and not of every order that is read. */
static void assert_claim(const struct order *order, int i) {
    enum claim_state state = order->claims[i].state;
    struct claim_money money = order_claim_money(order, i);
    int refunds = refunds_of_claim(order, i);
    CORE_ASSERT(state != CLAIM_WAITING || (!money.paid && !money.failed));
    if (state == CLAIM_REVERSING)
        CORE_ASSERT(refunds > 0 || money.open);
    else
        CORE_ASSERT((refunds > 0) == (state == CLAIM_UNCREDITING));
}

void check_end(const struct order *order, const struct given *given) {
    CORE_ASSERT(given_digest(order, given) == given->digest);
    CORE_ASSERT(order_is_sound(order));
    for (int i = 0; i < order->claim_count; i++)
        assert_claim(order, i);
}
