/* The own part of an insured bill that is to be paid here: what is left, and how it can be paid. */
#include "app/core/order/shares.h"
#include "app/core/visit/screens.h"
#include "app/present/parts.h"

static int seconds_to_choose(const struct presenting *p, const struct order *order) {
    int leg = order_due_leg(order);
    int64_t left_ms = leg < 0 ? 0 : order->run.leg[leg].next_mono_ms - p->now.mono_ms;

    return left_ms > 0 ? (int)((left_ms + 999) / 1000) : 0;
}

void present_own_part(const struct presenting *p) {
    const struct order *order = present_order(p);
    struct view *view = p->view;
    int most = (int)(sizeof view->of.own_part.channels / sizeof *view->of.own_part.channels);

    view->of.own_part.split = present_split(order);
    view->of.own_part.amount_fen = view->of.own_part.split.own_fen;
    for (int i = 0; i < p->site->channel_count && view->of.own_part.count < most; i++)
        if (offer_own_way(p->at, p->site->channels[i]))
            view->of.own_part.channels[view->of.own_part.count++] =
                present_way(p, p->site->channels[i]);
    view->of.own_part.left_s = seconds_to_choose(p, order);
    view->of.own_part.whole_s = (int)(p->core->setup.limits.expire_ms / 1000);
    view->of.own_part.order_no = p->store->order_no;
    view->can_home = false; /* the way out gives the insurance's part back */
}
