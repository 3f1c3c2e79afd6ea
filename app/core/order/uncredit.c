/* A refund that was asked for: first the HIS takes the credit back (ORG_005), then the platform
 * returns the money. The HIS done and the platform failed is a case. */
#include <string.h>

#include "app/core/order/parts.h"
#include "app/core/terms/assert.h"

static struct part_run *run_of_uncredit(const struct turn *turn, int i) {
    return &turn->order->run.claim[i];
}

static int refund_of_uncredit(const struct turn *turn, int i) {
    int refund = order_refund_of_claim(turn->order, i);
    CORE_ASSERT(refund >= 0);
    return refund;
}

/* Of a bill the whole settlement goes back; of an insured one also the own part alone, once: the
 * settlement itself stands. */
static bool is_whole_or_own(const struct order *order, int i, struct fen amount) {
    return money_compare(amount, order_own_alone(order, i)) == 0 ||
           money_compare(amount, order->claims[i].amount) == 0;
}

enum refusal uncredit_refusal(const struct turn *turn, int i, struct fen amount) {
    const struct order *order = turn->order;
    const struct claim *claim = &order->claims[i];
    struct fen parts[LEGS_MAX];
    if (!turn->rules->journal_ok)
        return REFUSAL_JOURNAL;
    if (!turn->rules->policy->his_takes_back &&
        order_his_is_first(order, turn->rules->policy, i, amount) && !order_is_desk_card(order))
        return REFUSAL_HIS_KEEPS;
    const struct leg *leg = order_leg_of_claim(order, i);
    if (turn->rules->policy->refund_untold[leg->route] || !order_portal_returns(leg))
        return REFUSAL_HIS_KEEPS;
    if (amount.fen <= 0)
        return REFUSAL_ZERO;
    if (claim->state != CLAIM_DONE)
        return REFUSAL_STATE;
    if (claim->taken_elsewhere)
        return REFUSAL_ELSEWHERE;
    if (order_is_to_window(order, i))
        return REFUSAL_TO_WINDOW;
    if (claim->unproven)
        return REFUSAL_UNPROVEN;
    if (amount.fen > claim->amount.fen - claim->refunded.fen)
        return REFUSAL_OVER_PAID;
    if (order->service != SERVICE_DEPOSIT && !is_whole_or_own(order, i, amount))
        return REFUSAL_WHOLE;
    int refunds = order_split_back(order, i, amount, parts);
    return order->refund_count + refunds > REFUNDS_MAX ? REFUSAL_FULL : REFUSAL_NONE;
}

/* What was asked of the credit while it stood is not waited for: its answer would be taken for one
 * about the ORG_005, which has not left. */
void uncredit_begin(struct turn *turn, int i, struct fen amount) {
    struct part_run *run = run_of_uncredit(turn, i);
    turn_move_claim(turn, i, CLAIM_UNCREDITING);
    turn->order->claims[i].sent_ms = turn->now.wall_ms;
    run->since_mono_ms = turn->now.mono_ms;
    run->request = 0;
    run->probe = PROBE_NONE;
    if (order_his_is_first(turn->order, turn->rules->policy, i, amount))
        run->wanted = VERB_UNCREDIT;
}

void uncredit_end(struct turn *turn, int i) {
    turn_ask_never(run_of_uncredit(turn, i));
}

static void report_unclear(struct turn *turn, int i, enum case_reason reason) {
    turn_report_fact(turn, (struct fact){.kind = FACT_CLAIM_UNCLEAR,
                                         .part = turn_part_claim(turn, i),
                                         .reason = reason});
}

/* The desk's platform names what it took back, which may be less than was asked. */
static bool took_back_otherwise(const struct turn *turn, int i, const struct event_answer *answer) {
    return order_is_desk_card(turn->order) && answer->has_amount &&
           money_compare(answer->amount, order_refunding(turn->order, i)) != 0;
}

/* The HIS's own number of the refund, which a portal wants to hear (orgRefundSn). */
static void keep_his_refund_no(struct turn *turn, int i, const struct event_answer *answer) {
    struct refund *refund = &turn->order->refunds[refund_of_uncredit(turn, i)];
    bool portal = route_traits(turn->order->legs[refund->leg].route)->seen_at_his;
    if (portal && strlen(answer->no) < sizeof refund->out_no)
        turn_keep_text(refund->out_no, sizeof refund->out_no, answer->no);
}

/* What certainly never left has taken nothing back, and leaves once only. */
static void uncredit_sent_answer(struct turn *turn, int i, const struct event_answer *answer) {
    bool never_left = !answer->reached && answer->outcome == OUTCOME_UNKNOWN;
    if (never_left) {
        turn_report(turn, FACT_CLAIM_KEPT, turn_part_claim(turn, i));
        return;
    }
    if (answer->outcome == OUTCOME_UNKNOWN && answer->trade == TRADE_ABNORMAL) {
        report_unclear(turn, i, CASE_CREDIT_UNKNOWN); /* the platform leaves it to a person */
        return;
    }
    switch (answer->outcome) {
    case OUTCOME_ACCEPTED:
        if (took_back_otherwise(turn, i, answer)) {
            report_unclear(turn, i, CASE_CREDIT_CONTRADICTS);
            return;
        }
        keep_his_refund_no(turn, i, answer);
        turn_report(turn, FACT_CLAIM_TAKEN_BACK, turn_part_claim(turn, i));
        return;
    case OUTCOME_DECLINED:
        turn_report(turn, FACT_CLAIM_KEPT, turn_part_claim(turn, i));
        return;
    case OUTCOME_PENDING:
    case OUTCOME_UNKNOWN:
    case OUTCOME_MALFORMED:
        turn_ask_now(turn, run_of_uncredit(turn, i));
        return;
    }
}

enum booked { BOOKED_UNKNOWN = 0, BOOKED_LESS, BOOKED_AS_BEFORE, BOOKED_OTHERWISE };

/* What is still booked, where ORG_004 says it, tells a part that was taken back from one that was
 * not; without it a part leaves no trace there. */
static enum booked booked_amount(struct fen before, struct fen wanted,
                                 const struct event_answer *answer) {
    if (!answer->has_amount)
        return money_compare(wanted, before) == 0 ? BOOKED_AS_BEFORE : BOOKED_UNKNOWN;
    if (money_compare(answer->amount, before) == 0)
        return BOOKED_AS_BEFORE;
    return answer->amount.fen == before.fen - wanted.fen ? BOOKED_LESS : BOOKED_OTHERWISE;
}

static enum booked booked_now(const struct turn *turn, int i, const struct event_answer *answer) {
    const struct claim *claim = &turn->order->claims[i];
    int64_t insured_fen = claim->amount.fen - order_deposited(turn->order, i).fen;
    struct fen before = {claim->amount.fen - claim->refunded.fen - insured_fen};
    struct fen wanted = {order_refunding(turn->order, i).fen - insured_fen};
    enum settle_result settles = turn->rules->settles;
    if (settles == SETTLE_RESULT_VISIT) /* it may be about another bill of the visit */
        return BOOKED_UNKNOWN;
    if (answer_his_closed(answer))
        return money_compare(wanted, before) == 0 ? BOOKED_LESS : BOOKED_OTHERWISE;
    if (settles == SETTLE_RESULT_AUTO && !answer->has_amount)
        return BOOKED_UNKNOWN;
    if (answer->outcome == OUTCOME_DECLINED) /* of what it had credited: only `closed` proves */
        return BOOKED_OTHERWISE;
    if (answer->outcome != OUTCOME_ACCEPTED)
        return BOOKED_UNKNOWN;
    if (order_creditor(turn->order, i) == CREDITOR_PLATFORM)
        return BOOKED_AS_BEFORE; /* it goes back whole, and what is named may be the own part */
    return booked_amount(before, wanted, answer);
}

/* The desk's platform is asked by the refund's own number: done, or after the quiet time none. */
static enum booked booked_at_platform(const struct turn *turn, const struct part_run *run,
                                      const struct event_answer *answer) {
    bool none = answer->outcome == OUTCOME_UNKNOWN && answer->trade == TRADE_NONE;
    if (answer->outcome == OUTCOME_ACCEPTED)
        return BOOKED_LESS;
    return none && answer_spoke(answer) && turn_asked_when_quiet(turn, run) ? BOOKED_AS_BEFORE
                                                                            : BOOKED_UNKNOWN;
}

/* ORG_004 after an ORG_005 without an answer. Before the quiet time is over the ORG_005 may still
 * arrive, and `succ` would be the state before it. */
static void uncredit_asked_answer(struct turn *turn, int i, const struct event_answer *answer) {
    const struct limits *limits = turn->rules->limits;
    struct part_run *run = run_of_uncredit(turn, i);
    enum booked booked = BOOKED_UNKNOWN;
    if (order_is_desk_card(turn->order))
        booked = booked_at_platform(turn, run, answer);
    else if (turn_asked_when_quiet(turn, run))
        booked = booked_now(turn, i, answer);
    switch (booked) {
    case BOOKED_UNKNOWN:
        break;
    case BOOKED_LESS:
        turn_report(turn, FACT_CLAIM_TAKEN_BACK, turn_part_claim(turn, i));
        return;
    case BOOKED_AS_BEFORE:
        turn_report(turn, FACT_CLAIM_KEPT, turn_part_claim(turn, i));
        return;
    case BOOKED_OTHERWISE:
        report_unclear(turn, i, CASE_CREDIT_CONTRADICTS);
        return;
    }
    if (turn_question_overdue(turn, run, turn->order->claims[i].sent_ms, limits->credit_deadline_ms,
                              answer))
        report_unclear(turn, i, CASE_CREDIT_UNKNOWN);
    else
        turn_ask_later(turn, run, limits->retry_max_ms);
}

void uncredit_answer(struct turn *turn, int i, enum verb verb, const struct event_answer *answer) {
    if (verb == VERB_UNCREDIT)
        uncredit_sent_answer(turn, i, answer);
    else
        uncredit_asked_answer(turn, i, answer);
}

void uncredit_act(struct turn *turn, int i) {
    if (turn->order->claims[i].state != CLAIM_UNCREDITING)
        return;
    struct part_run *run = run_of_uncredit(turn, i);
    /* The first of its refunds is named; ORG_005 takes back what all of them return. */
    if (!turn_send_wanted(turn, run, turn_part_refund(turn, refund_of_uncredit(turn, i))) &&
        turn_due(turn, run))
        turn_send(turn, run, turn_part_claim(turn, i), VERB_ASK_CREDIT);
}
