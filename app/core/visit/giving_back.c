#include "app/core/visit/giving_back.h"

#include <string.h>

#include "app/core/order/shares.h"
#include "app/core/visit/looking_back.h"
#include "app/core/visit/typing.h"

int giving_back_row_count(const struct payment_list *list) {
    int rows = 0;

    while (refund_shown(list, rows) >= 0)
        rows++;
    return rows;
}

static const struct payment_item *chosen_item(const struct session *session) {
    return &session_payments(session)->items[session->giving_back.item];
}

struct next giving_back_pick(struct visit *visit, int row) {
    struct session *session = visit->session;
    int index = refund_shown(session_payments(session), row);

    if (index < 0)
        return next_stay();
    const struct payment_item *item = &session_payments(session)->items[index];
    struct refund_offer offer = offer_refund(visit_situation(visit), item);
    session->notice = offer.obstacle;
    if (offer.obstacle != NOTICE_NONE)
        return next_stay();
    session->giving_back.item = index;
    if (offer.in_parts) {
        typing_begin_amount(session);
        return next_show(SCREEN_AMOUNT);
    }
    refund_plan_one(session_payments(session), item, offer.rest, &session->giving_back.plan);
    return next_show(SCREEN_CONFIRM);
}

struct next giving_back_pick_balance(struct visit *visit) {
    struct session *session = visit->session;

    offer_balance_plan(visit_situation(visit), &session->giving_back.plan);
    if (session->giving_back.plan.count > 0)
        return next_show(SCREEN_CONFIRM);
    session->notice = NOTICE_NO_REFUNDS;
    return next_stay();
}

struct fen giving_back_cap(struct situation at) {
    return offer_refund(at, chosen_item(at.session)).rest;
}

int giving_back_presets(struct situation at, struct fen out[]) {
    struct fen own = chosen_item(at.session)->own;

    out[0] = giving_back_cap(at);
    out[1] = own; /* of an insured payment */
    return own.fen > 0 ? 2 : 1;
}

enum notice giving_back_obstacle(struct situation at) {
    struct refund_offer offer = offer_refund(at, chosen_item(at.session));
    struct fen amount = at.session->choice.amount;

    if (offer.obstacle != NOTICE_NONE)
        return offer.obstacle;
    if (amount.fen <= 0)
        return NOTICE_AMOUNT_ZERO;
    if (money_compare(amount, offer.rest) > 0)
        return NOTICE_REFUND_OVER;
    const struct payment_item *item = chosen_item(at.session);
    bool whole_or_own =
        money_compare(amount, offer.rest) == 0 || money_compare(amount, item->own) == 0;
    return item->insured && !whole_or_own ? NOTICE_REFUND_INSURED : NOTICE_NONE;
}

struct next giving_back_amount_chosen(struct visit *visit) {
    struct session *session = visit->session;

    refund_plan_one(session_payments(session), chosen_item(session), session->choice.amount,
                    &session->giving_back.plan);
    return next_show(SCREEN_CONFIRM);
}

static struct refund_step *plan_step(struct session *session) {
    return &session->giving_back.plan.steps[session->giving_back.step];
}

/* Ends the plan before a step of which nothing was sent. After an earlier step the result is shown,
 * else the list again. */
static struct next stop_plan(struct session *session, enum notice notice) {
    if (session->giving_back.step > 0)
        return next_tell(SCREEN_RESULT, notice);
    session_forget_order(session);
    return next_tell(SCREEN_RECORDS, notice);
}

static struct next give_back(struct visit *visit) {
    struct session *session = visit->session;
    struct refund_step *step = plan_step(session);
    const struct order *order = visit_order(visit);
    struct patient_keys keys = session_patient_keys(session);
    if (!patient_keys_agree(&order->person.keys, &keys))
        return stop_plan(session, NOTICE_REFUND_CARD);
    enum refusal refusal =
        book_refund(visit_turn(visit), session->payment.slot, step->claim, step->amount);

    if (refusal != REFUSAL_NONE)
        return stop_plan(session, offer_refusal_notice(refusal));
    session->giving_back.refund = order->refund_count - 1;
    memcpy(step->refund_no, order->refunds[session->giving_back.refund].no, ORDER_NO_SIZE);
    if (order->service == SERVICE_DEPOSIT)
        session->giving_back.given_back.fen += step->amount.fen;
    return next_wait(WAITING_REFUND);
}

/* What a window took back already is not given back once more: if the answer to our ORG_005 were
 * lost, ORG_004 would say `closed` of the window's act, and nobody could tell it from ours. So it
 * is asked before ours leaves, where the HIS tells of this credit. */
static struct next ask_stands(struct visit *visit) {
    const struct refund_step *step = plan_step(visit->session);
    bool told =
        order_his_is_first(visit_order(visit), &visit->setup->policy, step->claim, step->amount) &&
        visit->book->settles != SETTLE_RESULT_VISIT;

    return told ? next_ask(QUESTION_STANDS) : give_back(visit);
}

/* Asks whether the platform still has the payment as we know it, before anything is taken back: a
 * portal knows no such question, the HIS tells of it. The list and the order are two looks into the
 * journal: the order has the last word. */
static struct next ask_platform(struct visit *visit, int slot) {
    struct session *session = visit->session;

    session->payment.slot = slot;
    if (plan_step(session)->claim >= visit->book->orders[slot].claim_count)
        return stop_plan(session, NOTICE_REFUND_STATE);
    const struct leg *leg = order_shown_leg(visit_order(visit));
    return route_traits(leg->route)->seen_at_his ? ask_stands(visit) : next_ask(QUESTION_PLATFORM);
}

struct next giving_back_begin(struct visit *visit) {
    struct session *session = visit->session;

    session->giving_back.refund = -1;
    memcpy(session->payment.order_no, plan_step(session)->order_no, ORDER_NO_SIZE);
    int slot = book_find(visit->book, session->payment.order_no);
    return slot >= 0 ? ask_platform(visit, slot) : next_ask(QUESTION_REFUND_ORDER);
}

static enum notice platform_notice(const struct order *order, const struct event_answer *answer) {
    const struct leg *leg = order_shown_leg(order); /* the own part, of an insured bill */
    struct event_answer said = order_answer_by_bill(order, (int)(leg - order->legs), answer);

    if (said.trade == TRADE_RETURNED || said.trade == TRADE_FAILED ||
        (said.has_amount && money_compare(said.amount, leg->amount) != 0))
        return NOTICE_REFUND_MISMATCH;
    return said.outcome == OUTCOME_ACCEPTED ? NOTICE_NONE : NOTICE_REFUND_PLATFORM;
}

static struct next hear_reopened(struct visit *visit, const struct event_answer *answer) {
    enum notice notice;
    int slot = looking_back_reopen(visit, answer, &notice);

    return slot >= 0 ? ask_platform(visit, slot) : stop_plan(visit->session, notice);
}

static struct next stands_answer(struct visit *visit, const struct event_answer *answer) {
    struct session *session = visit->session;

    if (answer_his_closed(answer)) {
        book_taken_elsewhere(visit_turn(visit), session->payment.slot, plan_step(session)->claim);
        return stop_plan(session, NOTICE_REFUND_ELSEWHERE);
    }
    return answer_decides(answer) ? give_back(visit)
                                  : stop_plan(session, offer_failure_notice(answer));
}

static struct next platform_answer(struct visit *visit, const struct event_answer *answer) {
    enum notice notice = platform_notice(visit_order(visit), answer);

    return notice == NOTICE_NONE ? ask_stands(visit) : stop_plan(visit->session, notice);
}

struct next giving_back_answer(struct visit *visit, enum visit_question question,
                               const struct event_answer *answer) {
    if (question == QUESTION_REFUND_ORDER)
        return hear_reopened(visit, answer);
    return question == QUESTION_STANDS ? stands_answer(visit, answer)
                                       : platform_answer(visit, answer);
}

bool giving_back_runs(const struct session *session) {
    return session->payment.verdict == VERDICT_NONE && session->payment.slot >= 0 &&
           (session->giving_back.refund >= 0 || session->giving_back.step > 0);
}

struct next giving_back_cancel(struct visit *visit) {
    if (giving_back_runs(visit->session)) {
        session_stop_asking(visit->session);
        return next_show(SCREEN_RESULT);
    }
    session_forget_order(visit->session);
    return next_show(SCREEN_RECORDS);
}

const struct refund *giving_back_refund(const struct session *session, const struct order *order) {
    int refund = session->giving_back.refund;

    return refund >= 0 && refund < order->refund_count
               ? &order->refunds[order_refund_of_all(order, refund)]
               : NULL;
}

/* True when the money has gone back. Not only by our refund: a platform that returned it by itself
 * refuses ours. */
static bool has_gone(const struct order *order, const struct refund *refund) {
    int64_t ours_fen = 0;

    for (int i = 0; i < order->refund_count; i++)
        if (order->refunds[i].claim == refund->claim && order->refunds[i].state == REFUND_DONE)
            ours_fen += order->refunds[i].amount.fen;
    return refund->state == REFUND_DONE || (refund->state == REFUND_REFUSED &&
                                            order->claims[refund->claim].refunded.fen > ours_fen);
}

/* Marks the step as done once that is definite. */
static void note_step(struct session *session, const struct order *order) {
    const struct refund *refund = giving_back_refund(session, order);

    if (refund != NULL && has_gone(order, refund))
        plan_step(session)->done = true;
}

static bool is_all_done(const struct refund_plan *plan) {
    for (int i = 0; i < plan->count; i++)
        if (!plan->steps[i].done)
            return false;
    return true;
}

/* Refused by the HIS, everything is as before; refused by the platform after the HIS agreed, the
 * claim is a case. */
static enum verdict verdict_of_refusal(const struct session *session, const struct order *order,
                                       const struct refund *refund) {
    if (order->claims[refund->claim].state == CLAIM_CASE)
        return VERDICT_WINDOW;
    return session->giving_back.step > 0 ? VERDICT_REFUND_PARTLY : VERDICT_REFUND_REFUSED;
}

enum verdict giving_back_verdict(struct session *session, const struct order *order) {
    const struct refund *refund = giving_back_refund(session, order);

    note_step(session, order);
    if (refund == NULL)
        return VERDICT_REFUND_PARTLY; /* the plan ended before this step began */
    if (has_gone(order, refund))
        return is_all_done(&session->giving_back.plan) ? VERDICT_REFUNDED : VERDICT_REFUND_PARTLY;
    switch (refund->state) {
    case REFUND_DONE:
    case REFUND_CASE:
        break;
    case REFUND_NEW:
    case REFUND_SENDING:
    case REFUND_UNKNOWN:
        return VERDICT_REFUNDING;
    case REFUND_REFUSED:
        return verdict_of_refusal(session, order, refund);
    }
    return VERDICT_REFUND_UNCONFIRMED;
}

/* The hospital kept the deposit, so it can be given back another time. */
static void take_off_given_back(struct session *session, const struct order *order,
                                const struct refund *refund) {
    if (order->service == SERVICE_DEPOSIT && order->claims[refund->claim].state == CLAIM_DONE)
        session->giving_back.given_back.fen -= refund->amount.fen;
}

struct next giving_back_follow(struct visit *visit) {
    struct session *session = visit->session;
    const struct order *order = visit_order(visit);
    const struct refund *refund = order != NULL ? giving_back_refund(session, order) : NULL;

    if (refund == NULL || refund->state == REFUND_NEW || refund->state == REFUND_SENDING ||
        refund->state == REFUND_UNKNOWN)
        return next_stay();
    note_step(session, order);
    if (has_gone(order, refund) &&
        session->giving_back.step + 1 < session->giving_back.plan.count) {
        session->giving_back.step++;
        return giving_back_begin(visit);
    }
    if (!has_gone(order, refund))
        take_off_given_back(session, order, refund);
    return next_show(SCREEN_RESULT);
}
