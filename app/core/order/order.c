#include "app/core/order/order.h"

#include <string.h>

#include "app/core/order/parts.h"
#include "app/core/terms/assert.h"

#define EFFECTS_ROOM (EFFECTS_MAX / 2) /* a full turn waits for the next: what is due stays due */

static void act(struct turn *turn) {
    struct order *order = turn->order;
    struct order_run *run = &order->run;
    if (turn->out->count > EFFECTS_ROOM)
        return;
    if (run->persist_next_mono_ms != 0 && turn->now.mono_ms >= run->persist_next_mono_ms) {
        const struct effect *last = &run->persist;
        turn_persist(turn, last->of.persist.note,
                     (struct part){last->leg, last->claim, last->refund});
    }
    for (int i = 0; i < order->leg_count; i++)
        leg_act(turn, i);
    claims_act(turn);
    for (int i = 0; i < order->refund_count; i++)
        refund_act(turn, i);
}

static bool nothing_left(const struct order *order) {
    for (int i = 0; i < order->leg_count; i++)
        if (order->legs[i].state != LEG_NEW)
            return false;
    return true;
}

static void void_order(struct turn *turn) {
    struct order_run *run = &turn->order->run;
    run->durable_wait = 0;
    run->persist_next_mono_ms = 0;
    for (int i = 0; i < turn->order->leg_count; i++)
        leg_void(turn, i);
}

static void persist_failed(struct turn *turn) {
    struct order_run *run = &turn->order->run;
    if (nothing_left(turn->order)) {
        void_order(turn);
        return;
    }
    int64_t pause = run->persist_pause_ms == 0 ? 1000 : run->persist_pause_ms * 2;
    int64_t max = turn->rules->limits->retry_max_ms;
    run->persist_pause_ms = pause > max ? max : pause;
    run->persist_next_mono_ms = turn->now.mono_ms + run->persist_pause_ms;
}

static void persisted(struct turn *turn) {
    turn->order->run.durable_wait = 0;
    turn->order->run.persist_pause_ms = 0;
    turn->order->run.persist_next_mono_ms = 0;
}

/* Whoever asked with this request hears; nobody: an answer that came too late, dropped. */
static void answered(struct turn *turn, const struct event_answer *answer) {
    struct order *order = turn->order;
    struct order_run *run = &order->run;
    for (int i = 0; i < order->leg_count; i++)
        if (run->leg[i].beside == answer->request) {
            run->leg[i].beside = 0;
            return;
        }
    for (int i = 0; i < order->leg_count; i++)
        if (run->leg[i].request == answer->request) {
            run->leg[i].request = 0;
            leg_answer(turn, i, run->leg[i].verb, answer);
            return;
        }
    for (int i = 0; i < order->claim_count; i++)
        if (run->claim[i].request == answer->request) {
            run->claim[i].request = 0;
            claim_answer(turn, i, run->claim[i].verb, answer);
            return;
        }
    for (int i = 0; i < order->refund_count; i++)
        if (run->refund[i].request == answer->request) {
            run->refund[i].request = 0;
            refund_answer(turn, i, run->refund[i].verb, answer);
            return;
        }
}

static void give_up(struct turn *turn, const struct part_run *run) {
    if (run->request == 0 || turn->now.mono_ms < run->answer_by_mono_ms)
        return;
    struct event_answer silence = {
        .request = run->request, .verb = run->verb, .outcome = OUTCOME_UNKNOWN, .reached = true};
    answered(turn, &silence);
}

static void give_up_unanswered(struct turn *turn) {
    struct order *order = turn->order;
    for (int i = 0; i < order->leg_count; i++)
        give_up(turn, &order->run.leg[i]);
    for (int i = 0; i < order->claim_count; i++)
        give_up(turn, &order->run.claim[i]);
    for (int i = 0; i < order->refund_count; i++)
        give_up(turn, &order->run.refund[i]);
}

void order_step(struct order *order, const struct order_rules *rules,
                const struct order_event *event, struct effects *out) {
    struct turn turn = {order, rules, event->now, out};
    if (event->kind == ORDER_HEARS_TICK && out->count > EFFECTS_ROOM)
        return;
    switch (event->kind) {
    case ORDER_HEARS_ANSWER:
        if (event->answer->request != 0)
            answered(&turn, event->answer);
        break;
    case ORDER_HEARS_DURABLE:
        if (order_persists(order, event->number))
            persisted(&turn);
        break;
    case ORDER_HEARS_PERSIST_FAILED:
        if (order_persists(order, event->number))
            persist_failed(&turn);
        break;
    case ORDER_HEARS_TICK:
        give_up_unanswered(&turn);
        break;
    }
    act(&turn);
}

void order_open(struct order *order, const struct order_rules *rules, struct now now,
                struct effects *out) {
    struct turn turn = {order, rules, now, out};
    order->run.used = true;
    order->run.begun_mono_ms = now.mono_ms;
    if (order->created_ms == 0)
        order->created_ms = now.wall_ms;
    for (int i = 0; i < order->leg_count; i++) {
        struct leg *leg = &order->legs[i];
        CORE_ASSERT(leg->state == LEG_NEW && leg->amount.fen > 0);
        if (leg->expire_ms == 0)
            leg->expire_ms = now.wall_ms + rules->limits->expire_ms;
        leg->expire_ms -= leg->expire_ms % 1000; /* what the messages can say */
        leg->watch_until_ms = leg->expire_ms + rules->policy->late_window_ms;
        order->run.leg[i].wanted = VERB_PLACE;
        order->run.leg[i].since_mono_ms = now.mono_ms;
    }
    if (rules->journal_ok)
        turn_persist(&turn, NOTE_OPENED, part_leg(0));
    else
        void_order(&turn);
}

void order_resume(struct order *order, const struct order_rules *rules, struct now now,
                  struct effects *out) {
    struct turn turn = {order, rules, now, out};
    memset(&order->run, 0, sizeof order->run);
    order->run.used = true;
    order->run.begun_mono_ms = now.mono_ms;
    /* Refunds first: a claim that waits for one looks at it. */
    for (int i = 0; i < order->refund_count; i++)
        refund_resume(&turn, i);
    for (int i = 0; i < order->claim_count; i++)
        claim_resume(&turn, i);
    for (int i = 0; i < order->leg_count; i++)
        leg_resume(&turn, i);
    if (!order_settled(order) && !order_evictable(order))
        turn_persist(&turn, NOTE_RESUMED, (struct part){PART_NONE, PART_NONE, PART_NONE});
    act(&turn);
}

void order_cancel(struct order *order, const struct order_rules *rules, struct now now,
                  struct effects *out) {
    struct turn turn = {order, rules, now, out};
    for (int i = 0; i < order->leg_count; i++)
        leg_cancel(&turn, i);
    act(&turn);
}

static void hurry(struct turn *turn, struct part_run *run) {
    if (run->request == 0 && run->next_mono_ms > turn->now.mono_ms)
        ask_in(turn, run, 0);
}

void order_ask_now(struct order *order, const struct order_rules *rules, struct now now,
                   struct effects *out) {
    struct turn turn = {order, rules, now, out};
    for (int i = 0; i < order->leg_count; i++)
        hurry(&turn, &order->run.leg[i]);
    for (int i = 0; i < order->claim_count; i++)
        hurry(&turn, &order->run.claim[i]);
    for (int i = 0; i < order->refund_count; i++)
        hurry(&turn, &order->run.refund[i]);
    act(&turn);
}

static int64_t sooner(int64_t a, int64_t b) {
    return b != 0 && b < a ? b : a;
}

static int64_t part_deadline(const struct part_run *run, int64_t deadline) {
    return sooner(deadline, run->request != 0 ? run->answer_by_mono_ms : run->next_mono_ms);
}

int64_t order_deadline(const struct order *order) {
    int64_t deadline = sooner(INT64_MAX, order->run.persist_next_mono_ms);
    for (int i = 0; i < order->leg_count; i++)
        deadline = part_deadline(&order->run.leg[i], deadline);
    for (int i = 0; i < order->claim_count; i++)
        deadline = part_deadline(&order->run.claim[i], deadline);
    for (int i = 0; i < order->refund_count; i++)
        deadline = part_deadline(&order->run.refund[i], deadline);
    return deadline;
}
