/* A refund that was asked for: first the HIS takes the credit back (ORG_005), then the platform
 * returns the money. The HIS done and the platform failed is a case. */
#include <string.h>

#include "app/core/order/parts.h"
#include "app/core/terms/assert.h"

#define CODE_HIS_CLOSED "closed" /* what ORG_004 says of a settlement that was taken back */

static struct part_run *run_at(const struct turn *turn, int i) {
    return &turn->order->run.claim[i];
}

static int refund_of(const struct turn *turn, int i) {
    int refund = refund_under_way(turn->order, turn->order->claims[i].leg, i);
    CORE_ASSERT(refund >= 0);
    return refund;
}

enum refusal order_refund_request(struct order *order, const struct order_rules *rules, int claim,
                                  struct fen amount, struct now now, struct effects *out) {
    struct turn turn = {order, rules, now, out};
    CORE_ASSERT(claim >= 0 && claim < order->claim_count);
    struct claim *wanted = &order->claims[claim];
    if (!rules->journal_ok)
        return REFUSAL_JOURNAL;
    if (amount.fen <= 0)
        return REFUSAL_ZERO;
    if (wanted->state != CLAIM_DONE ||
        route_traits(order->legs[wanted->leg].route)->credits_by_itself)
        return REFUSAL_STATE;
    if (amount.fen > wanted->amount.fen - wanted->refunded.fen)
        return REFUSAL_OVER_PAID;
    if (order->service != SERVICE_DEPOSIT && money_compare(amount, wanted->amount) != 0)
        return REFUSAL_WHOLE; /* of a bill ORG_005 takes back the whole settlement */
    int refund = refund_new(&turn, wanted->leg, claim, amount);
    if (refund < 0)
        return REFUSAL_FULL;
    wanted->state = CLAIM_UNCREDITING;
    wanted->sent_ms = now.wall_ms;
    run_at(&turn, claim)->since_mono_ms = now.mono_ms;
    run_at(&turn, claim)->wanted = VERB_UNCREDIT;
    turn_persist(&turn, NOTE_UNCREDITING, part_refund(&turn, refund));
    return REFUSAL_NONE;
}

/* The HIS has taken it back: durable, then the money goes. */
static void taken_back(struct turn *turn, int i) {
    int refund = refund_of(turn, i);
    ask_never(run_at(turn, i));
    turn->order->refunds[refund].state = REFUND_SENDING;
    turn->order->run.refund[refund].wanted = VERB_REFUND;
    turn->order->run.refund[refund].since_mono_ms = turn->now.mono_ms;
    turn_persist(turn, NOTE_REFUND_SENDING, part_refund(turn, refund));
}

static void abandon_refund(struct turn *turn, int i) {
    turn->order->refunds[refund_of(turn, i)].state = REFUND_REFUSED; /* it never left */
    ask_never(run_at(turn, i));
}

/* Still credited, nothing was returned: as before. */
static void not_taken_back(struct turn *turn, int i) {
    abandon_refund(turn, i);
    turn->order->claims[i].state = CLAIM_DONE;
    turn_persist(turn, NOTE_REFUND_REFUSED, part_claim(turn, i));
}

static void uncredit_heard(struct turn *turn, int i, const struct event_answer *answer) {
    switch (answer->outcome) {
    case OUTCOME_ACCEPTED:
        taken_back(turn, i);
        return;
    case OUTCOME_DECLINED:
        not_taken_back(turn, i);
        return;
    case OUTCOME_PENDING:
    case OUTCOME_UNKNOWN:
    case OUTCOME_MALFORMED:
        ask_now(turn, run_at(turn, i));
        return;
    }
}

enum found { FOUND_NOTHING = 0, FOUND_TAKEN_BACK, FOUND_KEPT, FOUND_OTHERWISE };

/* What is still booked, where ORG_004 says it, tells a part that was taken back from one that was
 * not; without it a part leaves no trace there. */
static enum found found_booked(struct fen before, struct fen wanted,
                               const struct event_answer *answer) {
    if (!answer->has_amount)
        return money_compare(wanted, before) == 0 ? FOUND_KEPT : FOUND_NOTHING;
    if (money_compare(answer->amount, before) == 0)
        return FOUND_KEPT;
    return answer->amount.fen == before.fen - wanted.fen ? FOUND_TAKEN_BACK : FOUND_OTHERWISE;
}

static enum found found(const struct turn *turn, int i, const struct event_answer *answer) {
    const struct claim *claim = &turn->order->claims[i];
    struct fen before = {claim->amount.fen - claim->refunded.fen};
    struct fen wanted = turn->order->refunds[refund_of(turn, i)].amount;
    bool closed =
        answer->outcome == OUTCOME_DECLINED ||
        (answer->outcome == OUTCOME_UNKNOWN && strcmp(answer->code, CODE_HIS_CLOSED) == 0);
    if (closed)
        return money_compare(wanted, before) == 0 ? FOUND_TAKEN_BACK : FOUND_OTHERWISE;
    if (answer->outcome != OUTCOME_ACCEPTED)
        return FOUND_NOTHING;
    return found_booked(before, wanted, answer);
}

static void to_a_person(struct turn *turn, int i, enum case_reason reason) {
    abandon_refund(turn, i);
    claim_case(turn, i, reason);
}

/* ORG_004 after an ORG_005 without an answer. Before the quiet time is over the ORG_005 may still
 * arrive, and `succ` would be the state before it. */
static void asked(struct turn *turn, int i, const struct event_answer *answer) {
    const struct limits *limits = turn->rules->limits;
    struct part_run *run = run_at(turn, i);
    enum found now = asked_when_quiet(turn, run) ? found(turn, i, answer) : FOUND_NOTHING;
    switch (now) {
    case FOUND_TAKEN_BACK:
        taken_back(turn, i);
        return;
    case FOUND_KEPT:
        not_taken_back(turn, i);
        return;
    case FOUND_OTHERWISE:
        to_a_person(turn, i, CASE_CREDIT_CONTRADICTS);
        return;
    case FOUND_NOTHING:
        break;
    }
    if (out_of_time(turn, run, turn->order->claims[i].sent_ms, limits->credit_deadline_ms, answer))
        to_a_person(turn, i, CASE_CREDIT_UNKNOWN);
    else
        ask_later(turn, run, limits->retry_max_ms);
}

void uncredit_answer(struct turn *turn, int i, enum verb verb, const struct event_answer *answer) {
    if (verb == VERB_UNCREDIT)
        uncredit_heard(turn, i, answer);
    else
        asked(turn, i, answer);
}

void uncredit_act(struct turn *turn, int i) {
    struct part_run *run = run_at(turn, i);
    /* The refund is named: its amount is what ORG_005 takes back. */
    if (!turn_send_wanted(turn, run, part_refund(turn, refund_of(turn, i))) && turn_due(turn, run))
        turn_send(turn, run, part_claim(turn, i), VERB_ASK_CREDIT);
}
