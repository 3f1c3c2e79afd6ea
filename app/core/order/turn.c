/* The verbs of a turn: note, report, make durable, send, ask again. */
#include "app/core/order/turn.h"

#include <string.h>

#include "app/core/terms/assert.h"

#define PAUSE_FIRST_MS 1000
#define LIST_TURN_MS 250     /* another claim's list is under way */
#define ANSWER_GRACE_MS 5000 /* the shell gives up first; this is for a shell that forgets */

_Static_assert(NOTES_MAX <= EFFECT_NOTES_MAX / 2, "a turn has room behind those of other orders");

void turn_begin(struct turn *turn, struct order *order, const struct order_rules *rules,
                struct now now, struct effects *out) {
    turn->order = order;
    turn->rules = rules;
    turn->now = now;
    turn->out = out;
    turn->fact_count = turn->note_count = 0;
}

struct part turn_part_leg(int leg) {
    return (struct part){leg, PART_NONE, PART_NONE};
}

struct part turn_part_claim(const struct turn *turn, int claim) {
    return (struct part){order_claim_leg(turn->order, claim), claim, PART_NONE};
}

struct part turn_part_refund(const struct turn *turn, int refund) {
    const struct refund *of = &turn->order->refunds[refund];
    return (struct part){of->leg, of->claim, refund};
}

void turn_report_fact(struct turn *turn, struct fact fact) {
    CORE_ASSERT(turn->fact_count < FACTS_MAX);
    turn->facts[turn->fact_count++] = fact;
}

void turn_report(struct turn *turn, enum fact_kind kind, struct part part) {
    turn_report_fact(turn, (struct fact){.kind = kind, .part = part});
}

void turn_note(struct turn *turn, enum note note, struct part part) {
    CORE_ASSERT(turn->note_count < NOTES_MAX);
    turn->notes[turn->note_count++] = (struct part_note){(uint8_t)note, (int8_t)part.leg,
                                                         (int8_t)part.claim, (int8_t)part.refund};
}

/* The counter holds the next number; 0 is no number. */
static uint32_t take_effect_number(struct turn *turn) {
    uint32_t *next = turn->rules->next_number;
    uint32_t number = *next != 0 ? *next : 1;
    *next = number + 1;
    return number;
}

static void push_effect(struct turn *turn, struct effect effect) {
    CORE_ASSERT(turn->out->count < EFFECTS_MAX);
    turn->out->items[turn->out->count++] = effect;
}

static struct effect numbered_effect(struct turn *turn, enum effect_kind kind, struct part part) {
    return (struct effect){.kind = kind,
                           .number = take_effect_number(turn),
                           .leg = (int8_t)part.leg,
                           .claim = (int8_t)part.claim,
                           .refund = (int8_t)part.refund};
}

static void push_persist(struct turn *turn) {
    struct order_run *run = &turn->order->run;
    struct effects *out = turn->out;
    struct effect effect =
        numbered_effect(turn, EFFECT_PERSIST, (struct part){PART_NONE, PART_NONE, PART_NONE});
    CORE_ASSERT(out->note_count + turn->note_count <= EFFECT_NOTES_MAX);
    effect.of.persist.first = (int16_t)out->note_count;
    effect.of.persist.count = (int16_t)turn->note_count;
    memcpy(&out->notes[out->note_count], turn->notes,
           (size_t)turn->note_count * sizeof *turn->notes);
    out->note_count += turn->note_count;
    turn->note_count = 0;
    run->durable_wait = effect.number;
    run->persist_next_mono_ms = 0;
    push_effect(turn, effect);
}

void turn_persist(struct turn *turn) {
    CORE_ASSERT(turn->fact_count == 0);
    if (turn->note_count > 0)
        push_persist(turn);
}

void turn_persist_again(struct turn *turn) {
    const struct order_run *run = &turn->order->run;
    if (run->persist_next_mono_ms != 0 && turn->now.mono_ms >= run->persist_next_mono_ms)
        push_persist(turn);
}

bool turn_durable(const struct turn *turn) {
    return turn->order->run.durable_wait == 0;
}

void turn_move_leg(struct turn *turn, int leg, enum leg_state state) {
    enum leg_state *now = &turn->order->legs[leg].state;
    CORE_ASSERT((leg_traits(*now)->next & 1u << state) != 0);
    *now = state;
}

void turn_enter_leg(struct turn *turn, int leg, enum leg_state state, enum note note) {
    struct part_run *run = &turn->order->run.leg[leg];
    turn_move_leg(turn, leg, state);
    run->wanted = VERB_NONE;
    run->since_mono_ms = turn->now.mono_ms;
    run->next_mono_ms = 0;
    turn_note(turn, note, turn_part_leg(leg));
}

void turn_enter_leg_case(struct turn *turn, int leg, enum case_reason reason) {
    CORE_ASSERT(reason != CASE_NONE);
    turn->order->legs[leg].reason = reason;
    turn->order->resolved = false;
    turn_enter_leg(turn, leg, LEG_CASE, NOTE_CASE);
}

void turn_move_claim(struct turn *turn, int claim, enum claim_state state) {
    enum claim_state *now = &turn->order->claims[claim].state;
    CORE_ASSERT((claim_traits(*now)->next & 1u << state) != 0);
    *now = state;
}

void turn_enter_claim(struct turn *turn, int claim, enum claim_state state) {
    struct part_run *run = &turn->order->run.claim[claim];
    turn_move_claim(turn, claim, state);
    run->wanted = VERB_NONE;
    turn_ask_never(run);
}

void turn_enter_claim_case(struct turn *turn, int claim, enum case_reason reason) {
    CORE_ASSERT(reason != CASE_NONE);
    turn_enter_claim(turn, claim, CLAIM_CASE);
    turn->order->claims[claim].reason = reason;
    turn->order->resolved = false;
    turn_note(turn, NOTE_CASE, turn_part_claim(turn, claim));
}

void turn_move_refund(struct turn *turn, int refund, enum refund_state state) {
    enum refund_state *now = &turn->order->refunds[refund].state;
    CORE_ASSERT((refund_traits(*now)->next & 1u << state) != 0);
    *now = state;
}

void turn_enter_refund(struct turn *turn, int refund, enum refund_state state) {
    struct part_run *run = &turn->order->run.refund[refund];
    turn_move_refund(turn, refund, state);
    run->wanted = VERB_NONE;
    turn_ask_never(run);
}

static int64_t timeout_of_send(const struct turn *turn, struct part part, enum verb verb) {
    const struct limits *limits = turn->rules->limits;
    if (verb == VERB_BILLS)
        return limits->account_ms;
    /* The patient stands at the pinpad, card and PIN in hand; the bank's answer comes after that.
     */
    if ((verb == VERB_PLACE || verb == VERB_REFUND) &&
        turn->order->legs[part.leg].route == ROUTE_POS)
        return 2 * limits->expire_ms;
    return limits->answer_ms;
}

static bool verb_moves_money(enum verb verb) {
    return verb == VERB_PLACE || verb == VERB_CLOSE || verb == VERB_CREDIT ||
           verb == VERB_UNCREDIT || verb == VERB_REFUND || verb == VERB_PUSH;
}

void turn_send(struct turn *turn, struct part_run *run, struct part part, enum verb verb) {
    CORE_ASSERT(run->request == 0);
    CORE_ASSERT(turn->fact_count == 0 && turn->note_count == 0);
    CORE_ASSERT(!verb_moves_money(verb) || turn_durable(turn));
    struct effect effect = numbered_effect(turn, EFFECT_SEND, part);
    effect.of.send.verb = verb;
    effect.of.send.timeout_ms = timeout_of_send(turn, part, verb);
    run->request = effect.number;
    run->verb = verb;
    run->asked_mono_ms = turn->now.mono_ms;
    run->answer_by_mono_ms = turn->now.mono_ms + effect.of.send.timeout_ms + ANSWER_GRACE_MS;
    run->next_mono_ms = 0;
    push_effect(turn, effect);
}

void turn_send_cancel(struct turn *turn, struct part_run *run, struct part part) {
    if (run->request == 0 || run->verb != VERB_PLACE || run->cancel_request != 0)
        return;
    struct effect effect = numbered_effect(turn, EFFECT_SEND, part);
    effect.of.send.verb = VERB_CLOSE;
    effect.of.send.timeout_ms = timeout_of_send(turn, part, VERB_CLOSE);
    run->cancel_request = effect.number;
    push_effect(turn, effect);
}

void turn_send_list(struct turn *turn, struct part_run *run, struct part part) {
    int64_t pause_ms = turn->rules->limits->retry_max_ms;
    if (turn->rules->list_waits) {
        run->since_mono_ms += pause_ms; /* what may not be asked is not overdue */
        turn_ask_in(turn, run, pause_ms);
    } else if (turn_claims_asking(turn, VERB_BILLS)) {
        turn_ask_in(turn, run, LIST_TURN_MS);
    } else {
        turn_send(turn, run, part, VERB_BILLS);
    }
}

bool turn_send_wanted(struct turn *turn, struct part_run *run, struct part part) {
    if (run->wanted == VERB_NONE || run->request != 0 || !turn_durable(turn))
        return false;
    enum verb verb = run->wanted;
    run->wanted = VERB_NONE;
    run->sent_mono_ms = turn->now.mono_ms;
    turn_send(turn, run, part, verb);
    return true;
}

bool turn_due(const struct turn *turn, const struct part_run *run) {
    return run->request == 0 && run->next_mono_ms != 0 && turn->now.mono_ms >= run->next_mono_ms;
}

bool turn_claims_asking(const struct turn *turn, enum verb verb) {
    const struct order *order = turn->order;
    for (int i = 0; i < order->claim_count; i++)
        if (order->run.claim[i].request != 0 && order->run.claim[i].verb == verb)
            return true;
    return false;
}

void turn_ask_in(struct turn *turn, struct part_run *run, int64_t ms) {
    int64_t at = turn->now.mono_ms + ms;
    run->next_mono_ms = at > 0 ? at : 1;
}

void turn_ask_now(struct turn *turn, struct part_run *run) {
    run->pause_ms = 0;
    turn_ask_in(turn, run, 0);
}

void turn_ask_later(struct turn *turn, struct part_run *run, int64_t max_ms) {
    int64_t pause = run->pause_ms == 0 ? PAUSE_FIRST_MS : run->pause_ms * 2;
    run->pause_ms = pause > max_ms ? max_ms : pause;
    turn_ask_in(turn, run, run->pause_ms);
}

void turn_ask_never(struct part_run *run) {
    run->next_mono_ms = 0;
    run->pause_ms = 0;
}

bool turn_asked_when_quiet(const struct turn *turn, const struct part_run *run) {
    return run->asked_mono_ms - run->sent_mono_ms >= turn->rules->limits->credit_quiet_ms;
}

bool turn_contradiction_stands(const struct turn *turn, const struct part_run *run) {
    return run->odd_since_mono_ms != 0 &&
           run->asked_mono_ms - run->odd_since_mono_ms >= turn->rules->limits->credit_quiet_ms;
}

bool turn_has_passed(const struct turn *turn, int64_t since_mono_ms, int64_t ms) {
    return turn->now.mono_ms - since_mono_ms >= ms;
}

bool turn_tracked_for(const struct turn *turn, int64_t ms) {
    return turn_has_passed(turn, turn->order->run.begun_mono_ms, ms);
}

static bool way_is_broken(const struct event_answer *answer) {
    return answer->outcome == OUTCOME_UNKNOWN && !answer_spoke(answer);
}

bool turn_question_overdue(const struct turn *turn, struct part_run *run, int64_t started_ms,
                           int64_t ms, const struct event_answer *answer) {
    if (way_is_broken(answer))
        run->since_mono_ms = turn->now.mono_ms;
    return turn_has_passed(turn, run->since_mono_ms, ms) ||
           (turn_tracked_for(turn, ms) &&
            turn->now.wall_ms >= started_ms + turn->rules->policy->late_window_ms);
}

bool turn_claim_listed(struct turn *turn, int i, const struct bill_list *bills) {
    struct claim *claim = &turn->order->claims[i];
    int at = bill_list_find(bills, claim->bill_key, claim->org_trace_no, claim->amount);
    if (at < 0)
        return false;
    const struct bill *bill = &bills->bills[at];
    if (strcmp(bill->org_trace_no, claim->org_trace_no) != 0 ||
        strcmp(bill->doc_trace_no, claim->doc_trace_no) != 0) {
        memcpy(claim->org_trace_no, bill->org_trace_no, TRACE_NO_SIZE);
        memcpy(claim->doc_trace_no, bill->doc_trace_no, TRACE_NO_SIZE);
        turn_note(turn, NOTE_RENUMBERED, turn_part_claim(turn, i));
    }
    return true;
}

void turn_keep_text(char *field, size_t size, const char *text) {
    size_t length = strlen(text);
    if (length == 0)
        return;
    length = length < size ? length : size - 1;
    memcpy(field, text, length);
    memset(field + length, 0, size - length);
}
