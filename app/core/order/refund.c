/* The life of a refund: one number for ever, durable before it is sent; a lost answer is asked
 * about and the same refund may be sent again, for the platform knows it by its number. There is
 * never a second refund for the same money. */
#include <string.h>

#include "app/core/order/parts.h"
#include "app/core/terms/assert.h"

static struct refund *refund_at(const struct turn *turn, int i) {
    return &turn->order->refunds[i];
}

static struct part_run *run_at(const struct turn *turn, int i) {
    return &turn->order->run.refund[i];
}

/* Everything that left, or may have left, for a leg or one of its claims (PART_NONE: all). */
static int64_t refunds_fen(const struct order *order, int leg, int claim) {
    int64_t fen = 0;
    for (int i = 0; i < order->refund_count; i++) {
        const struct refund *refund = &order->refunds[i];
        if (refund->leg == leg && (claim == PART_NONE || refund->claim == claim) &&
            refund->state != REFUND_REFUSED)
            fen += refund->amount.fen;
    }
    return fen;
}

int refund_new(struct turn *turn, int leg, int claim, struct fen amount) {
    struct order *order = turn->order;
    if (order->refund_count == REFUNDS_MAX)
        return -1;
    CORE_ASSERT(amount.fen > 0);
    CORE_ASSERT(refunds_fen(order, leg, PART_NONE) + amount.fen <= order->legs[leg].amount.fen);
    CORE_ASSERT(claim == PART_NONE ||
                refunds_fen(order, leg, claim) + amount.fen <= order->claims[claim].amount.fen);
    int i = order->refund_count++;
    struct refund *refund = &order->refunds[i];
    *refund = (struct refund){.leg = (uint8_t)leg,
                              .claim = (int8_t)claim,
                              .amount = amount,
                              .created_ms = turn->now.wall_ms};
    order->run.refund[i] = (struct part_run){.since_mono_ms = turn->now.mono_ms};
    order_next_no(turn->now.wall_ms, turn->rules->terminal_no, turn->rules->last_no, refund->no);
    memcpy(turn->rules->last_no, refund->no, ORDER_NO_SIZE);
    return i;
}

int refund_under_way(const struct order *order, int leg, int claim) {
    for (int i = 0; i < order->refund_count; i++) {
        const struct refund *refund = &order->refunds[i];
        if (refund->leg == leg && refund->claim == claim &&
            (refund->state == REFUND_NEW || refund->state == REFUND_SENDING ||
             refund->state == REFUND_UNKNOWN))
            return i;
    }
    return -1;
}

static void finish(struct turn *turn, int i, enum refund_state state) {
    refund_at(turn, i)->state = state;
    run_at(turn, i)->wanted = VERB_NONE;
    ask_never(run_at(turn, i));
}

static void claim_got_back(struct claim *claim, struct fen amount) {
    if (claim->state == CLAIM_REVERSING) {
        claim->state = CLAIM_REVERSED;
        return;
    }
    CORE_ASSERT(claim->state == CLAIM_UNCREDITING);
    claim->refunded.fen += amount.fen;
    CORE_ASSERT(money_compare(claim->refunded, claim->amount) <= 0);
    claim->state = money_compare(claim->refunded, claim->amount) == 0 ? CLAIM_REFUNDED : CLAIM_DONE;
}

static void returned(struct turn *turn, int i, const struct event_answer *answer) {
    struct refund *refund = refund_at(turn, i);
    finish(turn, i, REFUND_DONE);
    refund->done_ms = answer->time_ms != 0 ? answer->time_ms : turn->now.wall_ms;
    if (refund->claim == PART_NONE)
        leg_refund_done(turn, refund->leg);
    else
        claim_got_back(&turn->order->claims[refund->claim], refund->amount);
    turn_persist(turn, NOTE_REFUNDED, part_refund(turn, i));
}

static void refused(struct turn *turn, int i) {
    struct refund *refund = refund_at(turn, i);
    finish(turn, i, REFUND_REFUSED);
    turn_persist(turn, NOTE_REFUND_REFUSED, part_refund(turn, i));
    if (refund->claim == PART_NONE) /* the leg asks about its late money itself */
        leg_refund_refused(turn, refund->leg);
    else if (turn->order->claims[refund->claim].state == CLAIM_UNCREDITING)
        claim_case(turn, refund->claim, CASE_UNCREDITED_NOT_REFUNDED);
    else
        claim_case(turn, refund->claim, CASE_REFUND_REFUSED);
}

/* A definite no. The platform may refuse because it has returned the payment by itself: then the
 * payment says so. Its state stays unknown until then, so that a restart asks all of it again. */
static void refusal_heard(struct turn *turn, int i) {
    struct refund *refund = refund_at(turn, i);
    struct part_run *run = run_at(turn, i);
    const struct route_traits *traits = route_traits(turn->order->legs[refund->leg].route);
    if (refund->claim == PART_NONE || !traits->returns_late_by_itself) {
        refused(turn, i);
        return;
    }
    refund->state = REFUND_UNKNOWN;
    run->refused = true;
    turn_persist(turn, NOTE_REFUND_REFUSED, part_refund(turn, i));
    ask_now(turn, run);
}

/* Is any other refund of the leg done, or perhaps done? Then what the payment says may be about
 * that one. */
static bool other_refund(const struct turn *turn, int i) {
    const struct order *order = turn->order;
    for (int r = 0; r < order->refund_count; r++)
        if (r != i && order->refunds[r].leg == order->refunds[i].leg &&
            order->refunds[r].state != REFUND_REFUSED && !order->run.refund[r].refused)
            return true;
    return false;
}

/* Does all of the leg go back? What is credited, or may be, cannot have been returned rightly. */
static bool whole_leg_goes_back(const struct order *order, int leg) {
    for (int c = 0; c < order->claim_count; c++) {
        enum claim_state state = order->claims[c].state;
        if (order->claims[c].leg == leg && state != CLAIM_REVERSING && state != CLAIM_REVERSED &&
            state != CLAIM_UNCREDITING && state != CLAIM_REFUNDED)
            return false;
    }
    return true;
}

static void returned_by_platform(struct turn *turn, int i) {
    struct refund *refund = refund_at(turn, i);
    finish(turn, i, REFUND_REFUSED);
    claim_got_back(&turn->order->claims[refund->claim], refund->amount);
    turn_persist(turn, NOTE_RETURNED, part_refund(turn, i));
}

/* What the payment itself says after our refund was refused. */
static void payment_heard(struct turn *turn, int i, const struct event_answer *answer) {
    const struct order *order = turn->order;
    int leg = refund_at(turn, i)->leg;
    struct part_run *run = run_at(turn, i);
    const struct limits *limits = turn->rules->limits;
    bool malformed = answer->outcome == OUTCOME_MALFORMED;
    bool silent = malformed || answer->trade == TRADE_NONE || answer->trade == TRADE_OTHER;
    bool waits = silent || (answer->trade == TRADE_RETURNED && other_refund(turn, i));
    if (waits &&
        !out_of_time(turn, run, refund_at(turn, i)->created_ms, limits->refund_deadline_ms, answer))
        ask_later(turn, run, limits->retry_max_ms);
    else if (!waits && answer->trade == TRADE_RETURNED && whole_leg_goes_back(order, leg))
        returned_by_platform(turn, i);
    else
        refused(turn, i);
}

/* A person finds out; the part it is for waits with it. */
static void unconfirmed(struct turn *turn, int i) {
    struct refund *refund = refund_at(turn, i);
    finish(turn, i, REFUND_CASE);
    refund->reason = CASE_REFUND_UNCONFIRMED;
    if (refund->claim == PART_NONE)
        leg_refund_case(turn, refund->leg, CASE_REFUND_UNCONFIRMED);
    else
        claim_case(turn, refund->claim, CASE_REFUND_UNCONFIRMED);
}

/* The query knows nothing of it: the request was lost. Its quiet time over, the same is sent.
 * What the platform names an exception is not lost. */
static bool lost(const struct turn *turn, int i, enum verb verb,
                 const struct event_answer *answer) {
    const struct refund *refund = refund_at(turn, i);
    if (verb != VERB_ASK_REFUND || answer->outcome != OUTCOME_UNKNOWN)
        return false;
    if (turn->order->legs[refund->leg].route == ROUTE_POS)
        return pos_never_had(turn, run_at(turn, i), refund->no, answer);
    return answer->trade == TRADE_NONE && answer_spoke(answer) &&
           asked_when_quiet(turn, run_at(turn, i));
}

static void unknown(struct turn *turn, int i, enum verb verb, const struct event_answer *answer) {
    struct refund *refund = refund_at(turn, i);
    struct part_run *run = run_at(turn, i);
    const struct limits *limits = turn->rules->limits;
    if (refund->state != REFUND_UNKNOWN) {
        refund->state = REFUND_UNKNOWN;
        turn_persist(turn, NOTE_REFUND_UNKNOWN, part_refund(turn, i));
        ask_now(turn, run);
    } else if (out_of_time(turn, run, refund->created_ms, limits->refund_deadline_ms, answer)) {
        unconfirmed(turn, i);
    } else if (lost(turn, i, verb, answer)) {
        run->wanted = VERB_REFUND;
        run->resent = true;
    } else {
        ask_later(turn, run, limits->retry_max_ms);
    }
}

void refund_answer(struct turn *turn, int i, enum verb verb, const struct event_answer *answer) {
    struct refund *refund = refund_at(turn, i);
    if (verb == VERB_ASK) {
        payment_heard(turn, i, answer);
        return;
    }
    keep_text(refund->out_no, sizeof refund->out_no, answer->no);
    keep_text(refund->code, sizeof refund->code, answer->code);
    switch (answer->outcome) {
    case OUTCOME_ACCEPTED:
        if (answer->has_amount && money_compare(answer->amount, refund->amount) != 0)
            unconfirmed(turn, i);
        else
            returned(turn, i, answer);
        return;
    case OUTCOME_DECLINED:
        if (verb == VERB_REFUND && run_at(turn, i)->resent)
            unknown(turn, i, verb, answer);
        else
            refusal_heard(turn, i);
        return;
    case OUTCOME_PENDING:
    case OUTCOME_UNKNOWN:
    case OUTCOME_MALFORMED:
        unknown(turn, i, verb, answer);
        return;
    }
}

void refund_act(struct turn *turn, int i) {
    struct refund *refund = refund_at(turn, i);
    struct part_run *run = run_at(turn, i);
    if (turn_send_wanted(turn, run, part_refund(turn, i))) {
        if (refund->state == REFUND_NEW)
            refund->state = REFUND_SENDING;
    } else if (turn_due(turn, run)) {
        turn_send(turn, run, part_refund(turn, i), run->refused ? VERB_ASK : VERB_ASK_REFUND);
    }
}

/* It may have left: ask. Not so the refund of a claim that the HIS has not yet taken back. */
void refund_resume(struct turn *turn, int i) {
    struct refund *refund = refund_at(turn, i);
    struct part_run *run = run_at(turn, i);
    run->since_mono_ms = turn->now.mono_ms;
    run->sent_mono_ms = turn->now.mono_ms;
    bool before_uncredit = refund->state == REFUND_NEW && refund->claim != PART_NONE &&
                           turn->order->claims[refund->claim].state == CLAIM_UNCREDITING;
    if (before_uncredit || (refund->state != REFUND_NEW && refund->state != REFUND_SENDING &&
                            refund->state != REFUND_UNKNOWN))
        return;
    refund->state = REFUND_UNKNOWN;
    run->resent = true;
    ask_now(turn, run);
}
