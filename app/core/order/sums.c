/* What an order is, in sums and in a word: derived from its parts, never stored apart from them. */
#include "app/core/order/parts.h"
#include "app/core/terms/assert.h"

/* Beside the sums, whether they could be made at all. */
struct adding {
    struct order_sums sums;
    bool good;
};

static void add(struct adding *adding, struct fen *sum, struct fen amount) {
    adding->good = adding->good && amount.fen >= 0 && money_add(*sum, amount, sum);
}

static void add_claim(struct adding *adding, const struct claim *claim) {
    struct order_sums *sums = &adding->sums;
    struct fen rest = {claim->amount.fen - claim->refunded.fen};
    add(adding, &sums->returned, claim->refunded);
    switch (claim->state) {
    case CLAIM_DONE:
        add(adding, &sums->credited, rest);
        return;
    case CLAIM_REVERSED:
        add(adding, &sums->returned, rest);
        return;
    case CLAIM_REFUNDED:
        adding->good = adding->good && rest.fen == 0;
        return;
    case CLAIM_CASE:
        add(adding, &sums->in_cases, rest);
        return;
    case CLAIM_WAITING:
    case CLAIM_CHECKING:
    case CLAIM_CREDITING:
    case CLAIM_CREDIT_UNKNOWN:
    case CLAIM_REVERSING:
    case CLAIM_UNCREDITING:
    case CLAIM_VOID:
        add(adding, &sums->in_flight, rest);
        return;
    }
}

static void add_paid_leg(struct adding *adding, const struct order *order, int leg) {
    add(adding, &adding->sums.paid, order->legs[leg].amount);
    for (int i = 0; i < order->claim_count; i++)
        if (order->claims[i].leg == leg)
            add_claim(adding, &order->claims[i]);
}

static void add_leg(struct adding *adding, const struct order *order, int leg) {
    struct order_sums *sums = &adding->sums;
    struct fen amount = order->legs[leg].amount;
    switch (order->legs[leg].state) {
    case LEG_PAID:
        add_paid_leg(adding, order, leg);
        return;
    case LEG_PAID_AFTER_CLOSE:
        add(adding, &sums->paid, amount);
        add(adding, &sums->in_flight, amount);
        return;
    case LEG_RETURNED:
        add(adding, &sums->paid, amount);
        add(adding, &sums->returned, amount);
        return;
    case LEG_CASE:
        add(adding, &sums->paid, amount);
        add(adding, &sums->in_cases, amount);
        return;
    case LEG_NEW:
    case LEG_PLACING:
    case LEG_PLACE_UNKNOWN:
    case LEG_WAITING:
    case LEG_DECLINED:
    case LEG_CLOSING:
    case LEG_CLOSED:
        return; /* no money was seen */
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

static bool is_amount(struct fen amount) {
    return amount.fen >= 0 && amount.fen <= MONEY_MAX_FEN;
}

bool order_is_sound(const struct order *order) {
    for (int i = 0; i < order->claim_count; i++)
        if (order->claims[i].leg >= order->leg_count || !is_amount(order->claims[i].amount) ||
            !is_amount(order->claims[i].refunded))
            return false;
    for (int i = 0; i < order->refund_count; i++)
        if (order->refunds[i].leg >= order->leg_count ||
            order->refunds[i].claim >= order->claim_count)
            return false;
    return add_up(order).good;
}

static bool any_leg(const struct order *order, enum leg_state state) {
    for (int i = 0; i < order->leg_count; i++)
        if (order->legs[i].state == state)
            return true;
    return false;
}

static bool any_claim(const struct order *order, enum claim_state state) {
    for (int i = 0; i < order->claim_count; i++)
        if (order->claims[i].state == state)
            return true;
    return false;
}

static enum order_state state_of_money(const struct order *order) {
    struct order_sums sums = order_sums(order);
    if (sums.paid.fen == 0)
        return any_leg(order, LEG_CLOSED) ? ORDER_CLOSED : ORDER_DECLINED;
    if (sums.returned.fen == 0)
        return ORDER_CREDITED;
    return sums.credited.fen == 0 ? ORDER_RETURNED : ORDER_PARTLY;
}

/* What is still open comes before what is decided; a case before all, for a person must come. */
enum order_state order_state(const struct order *order) {
    if (any_leg(order, LEG_CASE) || any_claim(order, CLAIM_CASE))
        return ORDER_CASE;
    if (any_leg(order, LEG_NEW))
        return ORDER_OPENING;
    if (any_leg(order, LEG_PLACING) || any_leg(order, LEG_PLACE_UNKNOWN) ||
        any_leg(order, LEG_WAITING))
        return ORDER_WAITING;
    if (any_leg(order, LEG_CLOSING))
        return ORDER_CLOSING;
    if (any_claim(order, CLAIM_CHECKING) || any_claim(order, CLAIM_CREDITING) ||
        any_claim(order, CLAIM_CREDIT_UNKNOWN))
        return ORDER_CREDITING;
    if (any_leg(order, LEG_PAID_AFTER_CLOSE) || any_claim(order, CLAIM_REVERSING) ||
        any_claim(order, CLAIM_UNCREDITING))
        return ORDER_RETURNING;
    return state_of_money(order);
}

static bool leg_settled(const struct leg *leg) {
    switch (leg->state) {
    case LEG_PAID: /* its claims say */
    case LEG_DECLINED:
    case LEG_RETURNED:
    case LEG_CASE:
        return true;
    case LEG_CLOSED:
        return leg->watch_until_ms == 0;
    case LEG_NEW:
    case LEG_PLACING:
    case LEG_PLACE_UNKNOWN:
    case LEG_WAITING:
    case LEG_CLOSING:
    case LEG_PAID_AFTER_CLOSE:
        return false;
    }
    return false;
}

static bool claim_settled(const struct order *order, const struct claim *claim) {
    switch (claim->state) {
    case CLAIM_DONE:
    case CLAIM_REVERSED:
    case CLAIM_VOID:
    case CLAIM_REFUNDED:
    case CLAIM_CASE:
        return true;
    case CLAIM_WAITING:
        return order->legs[claim->leg].state == LEG_CASE;
    case CLAIM_CHECKING:
    case CLAIM_CREDITING:
    case CLAIM_CREDIT_UNKNOWN:
    case CLAIM_REVERSING:
    case CLAIM_UNCREDITING:
        return false;
    }
    return false;
}

static bool claims_and_refunds_settled(const struct order *order) {
    for (int i = 0; i < order->claim_count; i++)
        if (!claim_settled(order, &order->claims[i]))
            return false;
    for (int i = 0; i < order->refund_count; i++) {
        enum refund_state state = order->refunds[i].state;
        if (state == REFUND_NEW || state == REFUND_SENDING || state == REFUND_UNKNOWN)
            return false;
    }
    return true;
}

bool order_settled(const struct order *order) {
    for (int i = 0; i < order->leg_count; i++)
        if (!leg_settled(&order->legs[i]))
            return false;
    return claims_and_refunds_settled(order);
}

bool order_finished(const struct order *order) {
    return order->run.durable_wait == 0 && order_settled(order);
}

bool order_evictable(const struct order *order) {
    bool watching = false;
    for (int i = 0; i < order->leg_count; i++) {
        watching = watching || order->legs[i].state == LEG_CLOSED;
        if (order->legs[i].state != LEG_CLOSED && !leg_settled(&order->legs[i]))
            return false;
    }
    return watching && order->run.durable_wait == 0 && claims_and_refunds_settled(order);
}

bool order_awaits(const struct order *order, uint32_t request) {
    const struct order_run *run = &order->run;
    if (request == 0)
        return false;
    for (int i = 0; i < order->leg_count; i++)
        if (run->leg[i].request == request || run->leg[i].beside == request)
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
