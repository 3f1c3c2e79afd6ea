/* The life of an order: it hears, the law is applied, the turn is written, what may leave leaves.
 */
#include "app/core/order/order.h"

#include <string.h>

#include "app/core/order/at_pinpad.h"
#include "app/core/order/check.h"
#include "app/core/order/law.h"
#include "app/core/order/parts.h"
#include "app/core/terms/assert.h"

/* A full turn waits for the next: what is due stays due. */
static bool has_room(const struct effects *out) {
    return out->count <= EFFECTS_MAX / 2 && out->note_count <= EFFECT_NOTES_MAX / 2;
}

static void act_claims(struct turn *turn) {
    bool listing = false;
    for (int i = 0; i < turn->order->claim_count; i++) {
        credit_act(turn, i);
        credited_act(turn, i);
        if (list_is_needed(turn, i)) {
            list_act(turn, i, !listing);
            listing = true;
        }
        uncredit_act(turn, i);
    }
}

static void act_parts(struct turn *turn) {
    const struct order *order = turn->order;
    if (!has_room(turn->out))
        return;
    turn_persist_again(turn);
    for (int i = 0; i < order->leg_count; i++)
        leg_act(turn, i);
    act_claims(turn);
    for (int i = 0; i < order->refund_count; i++)
        refund_act(turn, i);
}

void order_begin_turn(struct turn *turn, struct order *order, const struct order_rules *rules,
                      struct now now, struct effects *out) {
    turn_begin(turn, order, rules, now, out);
    turn->given = check_begin(order);
}

void order_write_turn(struct turn *turn) {
    law_drain(turn);
    turn_persist(turn);
    check_end(turn->order, &turn->given);
}

void order_end_turn(struct turn *turn) {
    law_drain(turn);
    turn_persist(turn);
    act_parts(turn);
    check_end(turn->order, &turn->given);
}

static bool nothing_has_left(const struct order *order) {
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
        if (turn->order->legs[i].state == LEG_NEW)
            leg_void(turn, i);
}

/* It is not there, whichever of its writes says so: one that was let go before the journal answered
 * has written that too. */
static void order_conflicts(struct turn *turn) {
    for (int i = 0; i < turn->order->leg_count; i++)
        CORE_ASSERT(
            turn->order->legs[i].state == LEG_NEW ||
            (turn->order->legs[i].state == LEG_DECLINED && turn->order->legs[i].place_tries == 0));
    turn->order->run.conflict = true;
    void_order(turn);
}

static void persist_failed(struct turn *turn) {
    struct order_run *run = &turn->order->run;
    bool nothing = nothing_has_left(turn->order);
    if (nothing && !run->written) {
        void_order(turn);
        return;
    }
    /* The journal has it: that it ends here is written as soon as it can be. */
    for (int i = 0; nothing && i < turn->order->leg_count; i++)
        leg_cancel(turn, i);
    int64_t pause = run->persist_pause_ms == 0 ? 1000 : run->persist_pause_ms * 2;
    int64_t max = turn->rules->limits->retry_max_ms;
    run->persist_pause_ms = pause > max ? max : pause;
    run->persist_next_mono_ms = turn->now.mono_ms + run->persist_pause_ms;
}

static void persist_done(struct turn *turn) {
    turn->order->run.durable_wait = 0;
    turn->order->run.written = true;
    turn->order->run.persist_pause_ms = 0;
    turn->order->run.persist_next_mono_ms = 0;
}

static void hand_to_leg(struct turn *turn, int i, const struct event_answer *answer) {
    enum verb verb = turn->order->run.leg[i].verb;
    enum news news = leg_read(turn, i, verb, answer);
    if (turn->order->legs[i].state == LEG_PUSHED)
        uploaded_answer(turn, i, verb, news, answer);
    else if (verb == VERB_CLOSE)
        leg_close_answer(turn, i, answer);
    else if (leg_traits(turn->order->legs[i].state)->may_pay)
        leg_answer(turn, i, news, answer);
    else
        late_answer(turn, i, news, answer);
}

static void hand_to_claim(struct turn *turn, int i, const struct event_answer *answer) {
    enum claim_state state = turn->order->claims[i].state;
    enum verb verb = turn->order->run.claim[i].verb;
    if (verb == VERB_BILLS && turn->order->service == SERVICE_BILLS)
        list_heard(turn, answer);
    if (state == CLAIM_CHECKING || (state == CLAIM_CREDITING && verb == VERB_BILLS))
        list_answer(turn, i, answer);
    else if (state == CLAIM_UNCREDITING)
        uncredit_answer(turn, i, verb, answer);
    else if (state == CLAIM_DONE)
        credited_answer(turn, i, answer);
    else
        credit_answer(turn, i, verb, answer);
}

static bool take_request(struct part_run *run, uint32_t request) {
    if (run->request != request)
        return false;
    run->request = 0;
    return true;
}

/* Whoever asked with this request hears; nobody: an answer that came too late, dropped. */
static void hand_to_asker(struct turn *turn, const struct event_answer *answer) {
    struct order *order = turn->order;
    struct order_run *run = &order->run;
    for (int i = 0; i < order->leg_count; i++)
        if (run->leg[i].cancel_request == answer->request) {
            run->leg[i].cancel_request = 0;
            return;
        }
    for (int i = 0; i < order->leg_count; i++)
        if (take_request(&run->leg[i], answer->request)) {
            struct event_answer said = order_answer_by_bill(order, i, answer);
            hand_to_leg(turn, i, &said);
            return;
        }
    for (int i = 0; i < order->claim_count; i++)
        if (take_request(&run->claim[i], answer->request)) {
            hand_to_claim(turn, i, answer);
            return;
        }
    for (int i = 0; i < order->refund_count; i++)
        if (take_request(&run->refund[i], answer->request)) {
            struct event_answer said = order_answer_by_bill(order, order->refunds[i].leg, answer);
            refund_answer(turn, i, run->refund[i].verb, &said);
            return;
        }
}

static void hear_answer_of_part(struct turn *turn, const struct event_answer *answer) {
    hand_to_asker(turn, answer);
    law_drain(turn);
}

static void give_up_request(struct turn *turn, const struct part_run *run) {
    if (run->request == 0 || turn->now.mono_ms < run->answer_by_mono_ms)
        return;
    struct event_answer silence = {
        .request = run->request, .verb = run->verb, .outcome = OUTCOME_UNKNOWN, .reached = true};
    hear_answer_of_part(turn, &silence);
}

static void give_up_requests(struct turn *turn) {
    struct order *order = turn->order;
    for (int i = 0; i < order->leg_count; i++)
        give_up_request(turn, &order->run.leg[i]);
    for (int i = 0; i < order->claim_count; i++)
        give_up_request(turn, &order->run.claim[i]);
    for (int i = 0; i < order->refund_count; i++)
        give_up_request(turn, &order->run.refund[i]);
}

void order_step(struct order *order, const struct order_rules *rules,
                const struct order_event *event, struct effects *out) {
    struct turn turn;
    if (event->kind == ORDER_HEARS_TICK && !has_room(out))
        return;
    order_begin_turn(&turn, order, rules, event->now, out);
    switch (event->kind) {
    case ORDER_HEARS_ANSWER:
        if (event->answer->request != 0)
            hear_answer_of_part(&turn, event->answer);
        break;
    case ORDER_HEARS_DURABLE:
        if (order_persists(order, event->number))
            persist_done(&turn);
        break;
    case ORDER_HEARS_PERSIST_FAILED:
        if (order_persists(order, event->number))
            persist_failed(&turn);
        break;
    case ORDER_HEARS_CONFLICT:
        if (order_persists(order, event->number))
            order_conflicts(&turn);
        break;
    case ORDER_HEARS_TICK:
        give_up_requests(&turn);
        for (int i = 0; i < order->leg_count; i++)
            if (due_is_over(&turn, i))
                leg_cancel(&turn, i);
        for (int i = 0; i < order->claim_count; i++)
            credited_tick(&turn, i);
        break;
    }
    order_end_turn(&turn);
}

/* The message is about one bill, and so is what the HIS says of it. */
static bool pays_one_bill(const struct order *order, int leg) {
    int claim = order_first_claim(order, leg), shares = 0;
    for (int i = 0; i < order->share_count; i++)
        shares += order->shares[i].leg == leg || order->shares[i].claim == claim;
    return shares == 1;
}

static void open_leg(struct turn *turn, int i) {
    struct leg *leg = &turn->order->legs[i];
    CORE_ASSERT(leg->state == LEG_NEW && leg->amount.fen > 0);
    const struct limits *limits = turn->rules->limits;
    bool pushed = route_traits(leg->route)->seen_at_his;
    CORE_ASSERT(!pushed || pays_one_bill(turn->order, i));
    if (leg->expire_ms == 0)
        leg->expire_ms = turn->now.wall_ms + (pushed ? limits->push_ms : limits->expire_ms);
    leg->expire_ms -= leg->expire_ms % 1000; /* what the messages can say */
    leg->watch_until_ms = leg->expire_ms + turn->rules->policy->late_window_ms;
    at_pinpad_place_leg(turn, i);
    turn->order->run.leg[i].wanted = VERB_PLACE;
    turn->order->run.leg[i].since_mono_ms = turn->now.mono_ms;
}

/* Who credits is known when it is opened: where the own part of an insured bill is paid here, the
 * insurance settles its share alone, and we do. A desk's callers know nothing of two payments. */
static bool takes_own_part(const struct turn *turn, int leg) {
    return turn->rules->policy->own_part_here && turn->order->caller_no[0] == '\0' &&
           route_traits(turn->order->legs[leg].route)->settles_in_parts;
}

/* One creditor a claim: the platform of one of its legs, where it settles with the HIS, or we. */
static void open_claim(struct turn *turn, int i) {
    const struct order *order = turn->order;
    int platforms = 0;
    CORE_ASSERT(order->claims[i].state == CLAIM_WAITING);
    for (int s = 0; s < order->share_count; s++)
        platforms += order->shares[s].claim == i && !takes_own_part(turn, order->shares[s].leg) &&
                     route_traits(order->legs[order->shares[s].leg].route)->credits_by_itself;
    CORE_ASSERT(platforms <= 1);
    turn->order->claims[i].creditor = platforms > 0 ? CREDITOR_PLATFORM : CREDITOR_TERMINAL;
}

void order_open(struct order *order, const struct order_rules *rules, struct now now,
                struct effects *out) {
    struct turn turn;
    order_begin_turn(&turn, order, rules, now, out);
    order->run.used = true;
    order->run.begun_mono_ms = now.mono_ms;
    order->created_ms = now.wall_ms;
    for (int i = 0; i < order->leg_count; i++)
        open_leg(&turn, i);
    for (int i = 0; i < order->claim_count; i++)
        open_claim(&turn, i);
    if (rules->journal_ok)
        turn_note(&turn, NOTE_OPENED, turn_part_leg(0));
    else
        void_order(&turn);
    order_write_turn(&turn);
}

void order_resume(struct order *order, const struct order_rules *rules, struct now now,
                  struct effects *out) {
    struct turn turn;
    order_begin_turn(&turn, order, rules, now, out);
    memset(&order->run, 0, sizeof order->run);
    order->run.used = order->run.written = true;
    order->run.begun_mono_ms = now.mono_ms;
    /* Refunds first: a claim that waits for one looks at it. */
    for (int i = 0; i < order->refund_count; i++)
        refund_resume(&turn, i);
    for (int i = 0; i < order->claim_count; i++) {
        credit_resume(&turn, i);
        credited_resume(&turn, i);
        claim_resume(&turn, i);
    }
    for (int i = 0; i < order->leg_count; i++)
        leg_resume(&turn, i);
    law_drain(&turn);
    bool only_watched = turn.note_count == 0 && order_only_waits(order);
    if (!order_settled(order) && !only_watched)
        turn_note(&turn, NOTE_RESUMED, (struct part){PART_NONE, PART_NONE, PART_NONE});
    order_end_turn(&turn);
}

void order_cancel(struct order *order, const struct order_rules *rules, struct now now,
                  struct effects *out) {
    struct turn turn;
    order_begin_turn(&turn, order, rules, now, out);
    for (int i = 0; i < order->leg_count; i++)
        leg_cancel(&turn, i);
    order_end_turn(&turn);
}

void order_choose_way(struct order *order, const struct order_rules *rules, enum channel channel,
                      struct now now, struct effects *out) {
    struct turn turn;
    int leg = order_due_leg(order);
    order_begin_turn(&turn, order, rules, now, out);
    if (rules->journal_ok && leg >= 0)
        due_choose(&turn, leg, channel);
    order_end_turn(&turn);
}

enum refusal order_refund_request(struct order *order, const struct order_rules *rules, int claim,
                                  struct fen amount, struct now now, struct effects *out) {
    struct turn turn;
    CORE_ASSERT(claim >= 0 && claim < order->claim_count);
    order_begin_turn(&turn, order, rules, now, out);
    enum refusal refusal = uncredit_refusal(&turn, claim, amount);
    if (refusal != REFUSAL_NONE)
        return refusal;
    turn_report_fact(&turn, (struct fact){.kind = FACT_CLAIM_WANTED_BACK,
                                          .part = turn_part_claim(&turn, claim),
                                          .amount = amount});
    order_write_turn(&turn);
    return REFUSAL_NONE;
}

/* 0: never. */
static int64_t sooner_of(int64_t a, int64_t b) {
    return b != 0 && b < a ? b : a;
}

static int64_t part_deadline(const struct part_run *run, int64_t deadline) {
    return sooner_of(deadline, run->request != 0 ? run->answer_by_mono_ms : run->next_mono_ms);
}

int64_t order_deadline(const struct order *order) {
    int64_t deadline = sooner_of(INT64_MAX, order->run.persist_next_mono_ms);
    for (int i = 0; i < order->leg_count; i++)
        deadline = part_deadline(&order->run.leg[i], deadline);
    for (int i = 0; i < order->claim_count; i++)
        deadline = part_deadline(&order->run.claim[i], deadline);
    for (int i = 0; i < order->refund_count; i++)
        deadline = part_deadline(&order->run.refund[i], deadline);
    return deadline;
}
