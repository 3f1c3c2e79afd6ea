/* The verbs of a turn: make durable, send, ask again. */
#include <string.h>

#include "app/core/order/parts.h"
#include "app/core/terms/assert.h"

#define PAUSE_FIRST_MS 1000
#define CODE_TRANSPORT_FIRST '-' /* minus the transport's error number */
#define CODE_HTTP "HTTP "        /* an HTTP status that is not 200 */
#define CODE_POS_NOT_FOUND "Z5"  /* of a query by sequence */
#define ANSWER_GRACE_MS 5000     /* the shell gives up first; this is for a shell that forgets */

struct part part_leg(int leg) {
    return (struct part){leg, PART_NONE, PART_NONE};
}

struct part part_claim(const struct turn *turn, int claim) {
    return (struct part){turn->order->claims[claim].leg, claim, PART_NONE};
}

struct part part_refund(const struct turn *turn, int refund) {
    const struct refund *of = &turn->order->refunds[refund];
    return (struct part){of->leg, of->claim, refund};
}

/* The counter holds the next number; 0 is no number. */
static uint32_t take_number(struct turn *turn) {
    uint32_t *next = turn->rules->next_number;
    uint32_t number = *next != 0 ? *next : 1;
    *next = number + 1;
    return number;
}

static void push(struct turn *turn, struct effect effect) {
    CORE_ASSERT(turn->out->count < EFFECTS_MAX);
    turn->out->items[turn->out->count++] = effect;
}

static struct effect effect_of(struct turn *turn, enum effect_kind kind, struct part part) {
    return (struct effect){.kind = kind,
                           .number = take_number(turn),
                           .leg = (int8_t)part.leg,
                           .claim = (int8_t)part.claim,
                           .refund = (int8_t)part.refund};
}

void turn_persist(struct turn *turn, enum note note, struct part part) {
    struct order_run *run = &turn->order->run;
    struct effect effect = effect_of(turn, EFFECT_PERSIST, part);
    effect.of.persist.note = note;
    run->durable_wait = effect.number;
    run->persist = effect;
    run->persist_next_mono_ms = 0;
    push(turn, effect);
}

bool turn_durable(const struct turn *turn) {
    return turn->order->run.durable_wait == 0;
}

static int64_t timeout_of(const struct turn *turn, struct part part, enum verb verb) {
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

void turn_send(struct turn *turn, struct part_run *run, struct part part, enum verb verb) {
    CORE_ASSERT(run->request == 0);
    struct effect effect = effect_of(turn, EFFECT_SEND, part);
    effect.of.send.verb = verb;
    effect.of.send.timeout_ms = timeout_of(turn, part, verb);
    run->request = effect.number;
    run->verb = verb;
    run->asked_mono_ms = turn->now.mono_ms;
    run->answer_by_mono_ms = turn->now.mono_ms + effect.of.send.timeout_ms + ANSWER_GRACE_MS;
    run->next_mono_ms = 0;
    push(turn, effect);
}

void turn_send_cancel(struct turn *turn, struct part_run *run, struct part part) {
    if (run->request == 0 || run->verb != VERB_PLACE || run->beside != 0)
        return;
    struct effect effect = effect_of(turn, EFFECT_SEND, part);
    effect.of.send.verb = VERB_CLOSE;
    effect.of.send.timeout_ms = timeout_of(turn, part, VERB_CLOSE);
    run->beside = effect.number;
    push(turn, effect);
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

void ask_in(struct turn *turn, struct part_run *run, int64_t ms) {
    int64_t at = turn->now.mono_ms + ms;
    run->next_mono_ms = at > 0 ? at : 1;
}

void ask_now(struct turn *turn, struct part_run *run) {
    run->pause_ms = 0;
    ask_in(turn, run, 0);
}

void ask_later(struct turn *turn, struct part_run *run, int64_t max_ms) {
    int64_t pause = run->pause_ms == 0 ? PAUSE_FIRST_MS : run->pause_ms * 2;
    run->pause_ms = pause > max_ms ? max_ms : pause;
    ask_in(turn, run, run->pause_ms);
}

void ask_never(struct part_run *run) {
    run->next_mono_ms = 0;
    run->pause_ms = 0;
}

bool asked_when_quiet(const struct turn *turn, const struct part_run *run) {
    return run->asked_mono_ms - run->sent_mono_ms >= turn->rules->limits->credit_quiet_ms;
}

bool waited(const struct turn *turn, int64_t since_mono_ms, int64_t ms) {
    return turn->now.mono_ms - since_mono_ms >= ms;
}

bool held(const struct turn *turn, int64_t ms) {
    return waited(turn, turn->order->run.begun_mono_ms, ms);
}

static bool way_broken(const struct event_answer *answer) {
    return answer->outcome == OUTCOME_UNKNOWN && !answer_spoke(answer);
}

bool out_of_time(const struct turn *turn, struct part_run *run, int64_t started_ms, int64_t ms,
                 const struct event_answer *answer) {
    if (way_broken(answer))
        run->since_mono_ms = turn->now.mono_ms;
    return waited(turn, run->since_mono_ms, ms) ||
           (held(turn, ms) &&
            turn->now.wall_ms >= started_ms + turn->rules->policy->late_window_ms);
}

void keep_text(char *field, size_t size, const char *text) {
    size_t length = strlen(text);
    if (length == 0)
        return;
    length = length < size ? length : size - 1;
    memcpy(field, text, length);
    memset(field + length, 0, size - length);
}

bool answer_spoke(const struct event_answer *answer) {
    const char *code = answer->code;
    return answer->outcome != OUTCOME_MALFORMED && code[0] != '\0' &&
           code[0] != CODE_TRANSPORT_FIRST && strncmp(code, CODE_HTTP, sizeof CODE_HTTP - 1) != 0;
}

bool pos_never_had(const struct turn *turn, const struct part_run *run, const char *no,
                   const struct event_answer *answer) {
    /* Our numbers begin yyMMdd, the terminal's date is yyyyMMdd. */
    bool its_day = strlen(answer->slip.date) == 8 && memcmp(answer->slip.date + 2, no, 6) == 0;
    return strcmp(answer->code, CODE_POS_NOT_FOUND) == 0 && its_day && asked_when_quiet(turn, run);
}
