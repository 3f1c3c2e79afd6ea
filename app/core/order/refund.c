/* The life of a refund: one number for ever, durable before it is sent; a lost answer is asked
 * about and the same refund may be sent again, for the platform knows it by its number. There is
 * never a second refund for the same money. */
#include <string.h>

#include "app/core/order/at_pinpad.h"
#include "app/core/order/parts.h"
#include "app/core/order/shares.h"
#include "app/core/terms/assert.h"

#define UNSENT_PAUSE_MS_MAX (INT64_C(10) * 60 * 1000) /* each try is written twice */

static struct refund *refund_of_turn(const struct turn *turn, int i) {
    return &turn->order->refunds[i];
}

static struct part_run *run_of_refund(const struct turn *turn, int i) {
    return &turn->order->run.refund[i];
}

/* Everything that left, or may have left, for a leg or one of its claims (PART_NONE: all). */
static int64_t refunds_fen(const struct order *order, int leg, int claim) {
    int64_t fen = 0;
    for (int i = 0; i < order->refund_count; i++) {
        const struct refund *refund = &order->refunds[i];
        if (refund->leg == leg && (claim == PART_NONE || refund->claim == claim) &&
            refund_traits(refund->state)->claims_money)
            fen += refund->amount.fen;
    }
    return fen;
}

static int64_t share_fen(const struct order *order, int leg, int claim) {
    int share = order_share_of(order, claim, leg);
    return share >= 0 ? order_share_amount(order, share).fen : 0;
}

/* No money, but a settlement that stands: it goes back too. */
static bool is_bare_settlement(const struct order *order, int leg, int claim) {
    int share = claim == PART_NONE ? -1 : order_share_of(order, claim, leg);
    return share >= 0 && order_share_is_bare(order, share);
}

int refund_open(struct turn *turn, int leg, int claim, struct fen amount) {
    struct order *order = turn->order;
    if (order->refund_count == REFUNDS_MAX)
        return -1;
    CORE_ASSERT(amount.fen > 0 || (amount.fen == 0 && is_bare_settlement(order, leg, claim)));
    CORE_ASSERT(refunds_fen(order, leg, PART_NONE) + amount.fen <=
                order_leg_amount(order, leg).fen);
    CORE_ASSERT(claim == PART_NONE ||
                refunds_fen(order, leg, claim) + amount.fen <= share_fen(order, leg, claim));
    int i = order->refund_count++;
    struct refund *refund = &order->refunds[i];
    *refund = (struct refund){.leg = (uint8_t)leg,
                              .claim = (int8_t)claim,
                              .amount = amount,
                              .created_ms = turn->now.wall_ms};
    if (order->legs[leg].route == ROUTE_POS)
        refund->to = at_pinpad_place(turn, leg);
    order->run.refund[i] = (struct part_run){.since_mono_ms = turn->now.mono_ms};
    order_next_no(turn->now.wall_ms, turn->rules->number_mark, turn->rules->last_no, refund->no);
    memcpy(turn->rules->last_no, refund->no, ORDER_NO_SIZE);
    return i;
}

void refund_want(struct turn *turn, int i) {
    run_of_refund(turn, i)->wanted = VERB_REFUND;
}

void refund_release(struct turn *turn, int i) {
    turn_move_refund(turn, i, REFUND_SENDING);
    run_of_refund(turn, i)->wanted = VERB_REFUND;
    run_of_refund(turn, i)->since_mono_ms = turn->now.mono_ms;
}

void refund_abandon(struct turn *turn, int i) {
    turn_move_refund(turn, i, REFUND_REFUSED);
}

static void refund_is_done(struct turn *turn, int i, const struct event_answer *answer) {
    turn_enter_refund(turn, i, REFUND_DONE);
    refund_of_turn(turn, i)->done_ms = answer->time_ms != 0 ? answer->time_ms : turn->now.wall_ms;
    turn_note(turn, NOTE_REFUNDED, turn_part_refund(turn, i));
    turn_report(turn, FACT_REFUND_DONE, turn_part_refund(turn, i));
}

static void refund_is_refused(struct turn *turn, int i) {
    turn_enter_refund(turn, i, REFUND_REFUSED);
    turn_note(turn, NOTE_REFUND_REFUSED, turn_part_refund(turn, i));
    turn_report(turn, FACT_REFUND_REFUSED, turn_part_refund(turn, i));
}

/* Late money was only feared: the platform says that the payment never succeeded. */
static bool refund_is_of_nothing(const struct turn *turn, int i,
                                 const struct event_answer *answer) {
    const struct refund *refund = refund_of_turn(turn, i);
    const struct route_traits *traits = route_traits(turn->order->legs[refund->leg].route);
    return refund->claim == PART_NONE && traits->keeps_failed_bills &&
           answer->trade == TRADE_FAILED;
}

/* A portal's refund, also of what we uploaded: what refuses a question says nothing of the refund,
 * nor has it a word for one that it does not have. */
static bool refund_is_of_portal(const struct turn *turn, int i) {
    return order_refund_is_portals(turn->order, i);
}

/* A no to a refund that was sent again may be about the first. Not where the query has just said
 * that there is none, or that it failed. */
static bool resent_no_says_nothing(const struct turn *turn, int i) {
    const struct refund *refund = refund_of_turn(turn, i);
    const struct route_traits *traits = route_traits(turn->order->legs[refund->leg].route);
    return run_of_refund(turn, i)->resent && !traits->failure_is_final;
}

static void report_nothing(struct turn *turn, int i) {
    turn_enter_refund(turn, i, REFUND_REFUSED);
    turn_note(turn, NOTE_REFUND_REFUSED, turn_part_refund(turn, i));
    turn_report(turn, FACT_REFUND_OF_NOTHING, turn_part_refund(turn, i));
}

/* A definite no. The platform may refuse because it has returned the payment by itself: then the
 * payment says so. Its state stays unknown until then, so that a restart asks all of it again. Of
 * late money the leg asks itself. */
static void refusal_answer(struct turn *turn, int i) {
    const struct refund *refund = refund_of_turn(turn, i);
    struct part_run *run = run_of_refund(turn, i);
    const struct route_traits *traits = route_traits(turn->order->legs[refund->leg].route);
    if (refund->claim == PART_NONE || !traits->returns_late_by_itself) {
        refund_is_refused(turn, i);
        return;
    }
    turn_move_refund(turn, i, REFUND_UNKNOWN);
    run->refused = true;
    turn_note(turn, NOTE_REFUND_REFUSED, turn_part_refund(turn, i));
    turn_ask_now(turn, run);
}

/* Is any other refund of the leg done, or perhaps done? Then what the payment says may be about
 * that one. */
static bool is_other_refund(const struct turn *turn, int i) {
    const struct order *order = turn->order;
    for (int r = 0; r < order->refund_count; r++)
        if (r != i && order->refunds[r].leg == order->refunds[i].leg &&
            order->refunds[r].state != REFUND_REFUSED && !order->run.refund[r].refused)
            return true;
    return false;
}

static bool is_refunding(const struct order *order, int leg, int claim) {
    for (int i = 0; i < order->refund_count; i++)
        if (order->refunds[i].leg == leg && order->refunds[i].claim == claim &&
            !refund_traits(order->refunds[i].state)->settled)
            return true;
    return false;
}

/* Does all of the leg go back? What is credited, or may be, cannot have been returned rightly. */
static bool whole_leg_goes_back(const struct order *order, int leg) {
    for (int i = 0; i < order->share_count; i++) {
        const struct share *share = &order->shares[i];
        enum claim_state state = order->claims[share->claim].state;
        bool goes_back = state == CLAIM_REVERSING || state == CLAIM_REVERSED ||
                         state == CLAIM_REFUNDED ||
                         (state == CLAIM_UNCREDITING && is_refunding(order, leg, share->claim));
        if (share->leg == leg && !goes_back)
            return false;
    }
    return true;
}

static void refund_is_by_platform(struct turn *turn, int i) {
    turn_enter_refund(turn, i, REFUND_REFUSED);
    turn_note(turn, NOTE_RETURNED, turn_part_refund(turn, i));
    turn_report(turn, FACT_REFUND_BY_PLATFORM, turn_part_refund(turn, i));
}

/* The part it is for waits with it. */
static void report_unconfirmed(struct turn *turn, int i) {
    turn_enter_refund(turn, i, REFUND_CASE);
    refund_of_turn(turn, i)->reason = CASE_REFUND_UNCONFIRMED;
    turn_report(turn, FACT_REFUND_UNCONFIRMED, turn_part_refund(turn, i));
}

/* What the payment itself says after our refund was refused. */
static void refused_payment_answer(struct turn *turn, int i, const struct event_answer *answer) {
    const struct refund *refund = refund_of_turn(turn, i);
    struct part_run *run = run_of_refund(turn, i);
    const struct limits *limits = turn->rules->limits;
    bool malformed = answer->outcome == OUTCOME_MALFORMED;
    bool odd = !malformed && answer->trade == TRADE_RETURN_ODD;
    bool silent = malformed || odd || answer->trade == TRADE_NONE || answer->trade == TRADE_OTHER ||
                  answer->trade == TRADE_ABSENT;
    bool waits = silent || (answer->trade == TRADE_RETURNED && is_other_refund(turn, i));
    if (waits &&
        !turn_question_overdue(turn, run, refund->created_ms, limits->refund_deadline_ms, answer))
        turn_ask_later(turn, run, limits->retry_max_ms);
    else if (odd)
        report_unconfirmed(turn, i);
    else if (!waits && answer->trade == TRADE_RETURNED &&
             whole_leg_goes_back(turn->order, refund->leg))
        refund_is_by_platform(turn, i);
    else
        refund_is_refused(turn, i);
}

/* The query knows nothing of it: the request was lost. Its quiet time over, the same is sent.
 * What the platform names an exception is not lost. */
static bool refund_was_lost(const struct turn *turn, int i, enum verb verb,
                            const struct event_answer *answer) {
    const struct refund *refund = refund_of_turn(turn, i);
    if (verb != VERB_ASK_REFUND || answer->outcome != OUTCOME_UNKNOWN ||
        refund_is_of_portal(turn, i))
        return false;
    if (turn->order->legs[refund->leg].route == ROUTE_POS)
        return at_pinpad_never_had(turn, run_of_refund(turn, i), &refund->to, refund->code, answer);
    return answer->trade == TRADE_NONE && answer_spoke(answer) &&
           turn_asked_when_quiet(turn, run_of_refund(turn, i));
}

/* A refund that certainly never left is not asked about where nobody would say that there is none:
 * a portal has no word for it, and of a pinpad that was not there it is not known which it was. At
 * a pinpad no earlier sending of it may have arrived. */
static bool is_sent_unasked(const struct turn *turn, int i) {
    bool pos = turn->order->legs[refund_of_turn(turn, i)->leg].route == ROUTE_POS;
    return refund_is_of_portal(turn, i) || (pos && !run_of_refund(turn, i)->resent);
}

static void refund_is_unknown(struct turn *turn, int i, enum verb verb,
                              const struct event_answer *answer) {
    struct refund *refund = refund_of_turn(turn, i);
    struct part_run *run = run_of_refund(turn, i);
    const struct limits *limits = turn->rules->limits;
    bool first = refund->state != REFUND_UNKNOWN;
    if (verb == VERB_REFUND)
        refund->never_left = !answer->reached && !answer_spoke(answer) && is_sent_unasked(turn, i);
    if (first || refund->never_left)
        turn_note(turn, NOTE_REFUND_UNKNOWN, turn_part_refund(turn, i));
    if (first) {
        turn_move_refund(turn, i, REFUND_UNKNOWN);
        turn_ask_now(turn, run);
    } else if (turn_question_overdue(turn, run, refund->created_ms, limits->refund_deadline_ms,
                                     answer)) {
        report_unconfirmed(turn, i);
    } else if (refund_was_lost(turn, i, verb, answer)) {
        run->wanted = VERB_REFUND;
        run->resent = true;
    } else {
        turn_ask_later(turn, run, refund->never_left ? UNSENT_PAUSE_MS_MAX : limits->retry_max_ms);
    }
}

static void refund_is_accepted(struct turn *turn, int i, const struct event_answer *answer) {
    const struct refund *refund = refund_of_turn(turn, i);
    if (answer->has_amount && money_compare(answer->amount, refund->amount) != 0)
        report_unconfirmed(turn, i);
    else
        refund_is_done(turn, i, answer);
}

/* Of a payment with a split the state of the payment says what went back. As before, long after
 * the refund left: it never arrived, or was refused. Any other state is no end of it. */
static enum outcome split_refund_outcome(const struct turn *turn, int i,
                                         const struct event_answer *answer) {
    static const enum trade_state ends[] = {[REFUND_ALL] = TRADE_REVOKED,
                                            [REFUND_OWN] = TRADE_OWN_RETURNED,
                                            [REFUND_INSURANCE] = TRADE_INSURANCE_RETURNED};
    const struct leg *leg = &turn->order->legs[refund_of_turn(turn, i)->leg];
    enum trade_state before = leg->own_only ? TRADE_OWN_STRANDED : TRADE_PAID,
                     end = ends[order_refund_part(turn->order, i)];
    if (answer->trade == TRADE_RETURNED || answer->trade == end)
        return OUTCOME_ACCEPTED;
    if (answer->trade != before || !turn_asked_when_quiet(turn, run_of_refund(turn, i)))
        return OUTCOME_PENDING;
    return run_of_refund(turn, i)->no_heard ? OUTCOME_DECLINED : OUTCOME_UNKNOWN;
}

/* What 1.4 and 1.3 say, in the words of a refund. A no of 1.4 may be about the one that is done
 * already. */
static struct event_answer read_split_refund(struct turn *turn, int i, enum verb verb,
                                             const struct event_answer *answer) {
    struct event_answer said = *answer;
    struct part_run *run = run_of_refund(turn, i);
    said.has_amount = false; /* it is the payment's */
    if (verb == VERB_REFUND) {
        bool declined = answer->outcome == OUTCOME_DECLINED;
        bool says_nothing = answer->outcome == OUTCOME_UNKNOWN && answer->trade == TRADE_NONE;
        run->no_heard = (declined || says_nothing) && answer_spoke(answer);
        if (declined)
            said.outcome = OUTCOME_UNKNOWN;
    }
    if (verb != VERB_ASK_REFUND || answer->trade == TRADE_NONE || answer->trade == TRADE_ABSENT ||
        answer->outcome == OUTCOME_MALFORMED)
        return said;
    said.outcome = split_refund_outcome(turn, i, answer);
    said.trade = said.outcome == OUTCOME_UNKNOWN ? TRADE_NONE : answer->trade;
    return said;
}

/* That the pinpad has a lost return is written, for once the pinpad forgets it. */
static void keep_refund_code(struct turn *turn, int i, const struct event_answer *answer) {
    struct refund *refund = refund_of_turn(turn, i);
    bool open = answer->outcome != OUTCOME_ACCEPTED && answer->outcome != OUTCOME_DECLINED;
    bool had = at_pinpad_is_of_act(refund->code);
    if (turn->order->legs[refund->leg].route != ROUTE_POS) {
        turn_keep_text(refund->code, sizeof refund->code, answer->code);
        return;
    }
    at_pinpad_keep_code(refund->code, answer->code);
    if (open && !had && at_pinpad_is_of_act(refund->code) && refund->state == REFUND_UNKNOWN)
        turn_note(turn, NOTE_REFUND_UNKNOWN, turn_part_refund(turn, i));
}

static void refund_hears(struct turn *turn, int i, enum verb verb,
                         const struct event_answer *answer) {
    struct refund *refund = refund_of_turn(turn, i);
    if (verb == VERB_ASK) {
        refused_payment_answer(turn, i, answer);
        return;
    }
    if (!refund_is_of_portal(turn, i)) /* there it is the HIS's, which every try says */
        turn_keep_text(refund->out_no, sizeof refund->out_no, answer->no);
    keep_refund_code(turn, i, answer);
    switch (answer->outcome) {
    case OUTCOME_ACCEPTED:
        refund_is_accepted(turn, i, answer);
        return;
    case OUTCOME_DECLINED:
        if (refund_is_of_nothing(turn, i, answer))
            report_nothing(turn, i);
        else if (verb == VERB_REFUND && resent_no_says_nothing(turn, i))
            refund_is_unknown(turn, i, verb, answer);
        else
            refusal_answer(turn, i);
        return;
    case OUTCOME_UNKNOWN:
        if (answer->trade == TRADE_ABNORMAL) { /* the platform itself leaves it to a person */
            report_unconfirmed(turn, i);
            return;
        }
        refund_is_unknown(turn, i, verb, answer);
        return;
    case OUTCOME_PENDING:
    case OUTCOME_MALFORMED:
        refund_is_unknown(turn, i, verb, answer);
    }
}

void refund_answer(struct turn *turn, int i, enum verb verb, const struct event_answer *answer) {
    const struct leg *leg = &turn->order->legs[refund_of_turn(turn, i)->leg];
    struct event_answer said = *answer;
    if (route_traits(leg->route)->has_split && !refund_is_of_portal(turn, i))
        said = read_split_refund(turn, i, verb, answer);
    refund_hears(turn, i, verb, &said);
}

/* Since it was opened, or sent before, a day may have begun at the pinpad, or another have been
 * plugged in: where it leaves to is written before it leaves, and that it may have left. */
static void write_refund_leaves(struct turn *turn, int i) {
    struct refund *refund = refund_of_turn(turn, i);
    const struct part_run *run = run_of_refund(turn, i);
    if (run->wanted != VERB_REFUND || run->request != 0 || !turn_durable(turn))
        return;
    struct pos_place place = turn->order->legs[refund->leg].route == ROUTE_POS
                                 ? at_pinpad_place(turn, refund->leg)
                                 : refund->to;
    if (!refund->never_left && memcmp(&place, &refund->to, sizeof place) == 0)
        return;
    refund->to = place;
    refund->never_left = false;
    turn_note(turn, NOTE_REFUND_SENDING, turn_part_refund(turn, i));
    turn_persist(turn);
}

void refund_act(struct turn *turn, int i) {
    struct part_run *run = run_of_refund(turn, i);
    if (refund_of_turn(turn, i)->never_left && turn_due(turn, run)) {
        run->next_mono_ms = 0;
        run->wanted = VERB_REFUND;
    }
    write_refund_leaves(turn, i);
    if (turn_send_wanted(turn, run, turn_part_refund(turn, i))) {
        if (refund_of_turn(turn, i)->state == REFUND_NEW)
            turn_move_refund(turn, i, REFUND_SENDING);
    } else if (turn_due(turn, run)) {
        turn_send(turn, run, turn_part_refund(turn, i), run->refused ? VERB_ASK : VERB_ASK_REFUND);
    }
}

/* It may have left: ask. Not so the refund of a claim that the HIS has not yet taken back, nor one
 * that certainly never left: refund_act() sends it. At a pinpad such a one was sent once only. */
void refund_resume(struct turn *turn, int i) {
    const struct refund *refund = refund_of_turn(turn, i);
    struct part_run *run = run_of_refund(turn, i);
    run->since_mono_ms = turn->now.mono_ms;
    run->sent_mono_ms = turn->now.mono_ms;
    bool before_uncredit = refund->state == REFUND_NEW && refund->claim != PART_NONE &&
                           turn->order->claims[refund->claim].state == CLAIM_UNCREDITING;
    if (before_uncredit || refund_traits(refund->state)->settled)
        return;
    turn_move_refund(turn, i, REFUND_UNKNOWN);
    run->resent = !refund->never_left || refund_is_of_portal(turn, i);
    turn_ask_now(turn, run);
}
