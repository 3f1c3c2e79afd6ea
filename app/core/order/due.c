/* The own part that the insurance left open: opened as a leg that is due, until somebody chooses
 * how it is paid. Then it is a payment like any other (leg.c). */
#include <string.h>

#include "app/core/order/parts.h"
#include "app/core/terms/assert.h"

/* upp: of the platforms that take wallets the one that leaves the credit to us. */
static int add_own_leg(struct order *order, int leg, const char *no) {
    const struct leg *insured = &order->legs[leg];
    int claim = order_first_claim(order, leg), own = order->leg_count;
    CORE_ASSERT(order_own_is_ours(order, leg) && order_own_leg(order, leg) < 0);
    CORE_ASSERT(money_compare(insured->split.own, insured->amount) <= 0);
    order_add_leg(order, CHANNEL_NONE, no, insured->split.own)->route = ROUTE_UPP;
    order->legs[own].state = LEG_DUE;
    order_add_share(order, claim, own, insured->split.own);
    return own;
}

int due_open(struct turn *turn, int i) {
    struct order *order = turn->order;
    char no[ORDER_NO_SIZE];
    order_next_no(turn->now.wall_ms, turn->rules->number_mark, turn->rules->last_no, no);
    memcpy(turn->rules->last_no, no, ORDER_NO_SIZE);
    int own = add_own_leg(order, i, no);
    order->run.leg[own] = (struct part_run){.since_mono_ms = turn->now.mono_ms};
    turn_ask_in(turn, &order->run.leg[own], turn->rules->limits->expire_ms);
    turn_note(turn, NOTE_OWN_DUE, turn_part_leg(own));
    return own;
}

void due_choose(struct turn *turn, int i, enum channel channel) {
    struct leg *leg = &turn->order->legs[i];
    struct part_run *run = &turn->order->run.leg[i];
    CORE_ASSERT(leg->state == LEG_DUE && leg->channel == CHANNEL_NONE);
    leg->channel = channel;
    leg->expire_ms = turn->now.wall_ms + turn->rules->limits->expire_ms;
    leg->expire_ms -= leg->expire_ms % 1000; /* what the messages can say */
    leg->watch_until_ms = leg->expire_ms + turn->rules->policy->late_window_ms;
    turn_ask_never(run);
    run->wanted = VERB_PLACE;
    run->since_mono_ms = turn->now.mono_ms;
    turn_note(turn, NOTE_OWN_CHOSEN, turn_part_leg(i));
}

bool due_is_over(const struct turn *turn, int i) {
    const struct leg *leg = &turn->order->legs[i];
    return leg->state == LEG_DUE && leg->channel == CHANNEL_NONE &&
           turn_due(turn, &turn->order->run.leg[i]);
}
