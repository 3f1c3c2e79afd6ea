/* What goes back on request: chosen, confirmed, then payment after payment. Each is read back from
 * the journal, asked about at the platform, taken back at the hospital and only then returned; the
 * next begins when the one before has definitely gone. */
#include "app/core/order/payments.h"
#include "app/core/order/shares.h"
#include "app/core/visit/parts.h"
#include "app/core/visit/refundable.h"

#include <string.h>

static void ask_to_confirm(struct visit *visit) {
    session_show(visit, SCREEN_CONFIRM);
    visit->session->giving_back.asked = true;
}

static void choose_item(struct visit *visit, int index) {
    struct session *session = visit->session;
    const struct payment_item *item = &session_payments(session)->items[index];
    struct refund_offer offer = offer_refund(visit_situation(visit), item);

    session->notice = offer.obstacle;
    if (offer.obstacle != NOTICE_NONE)
        return;
    session->giving_back.item = index;
    if (offer.in_parts) {
        session_show(visit, SCREEN_AMOUNT);
        text_wipe(session->typed, sizeof session->typed);
        session->choice.amount = (struct fen){0};
        return;
    }
    refund_plan_one(session_payments(session), item, offer.rest, &session->giving_back.plan);
    ask_to_confirm(visit);
}

static void choose_balance(struct visit *visit) {
    struct session *session = visit->session;

    offer_balance_plan(visit_situation(visit), &session->giving_back.plan);
    if (session->giving_back.plan.count > 0)
        ask_to_confirm(visit);
    else
        session->notice = NOTICE_NO_REFUNDS;
}

void refund_touch(struct visit *visit, struct touch touch) {
    int index = touch.n >= 1 ? refund_shown(session_payments(visit->session), touch.n - 1) : -1;

    if (touch.kind == TOUCH_ALL)
        choose_balance(visit);
    else if (touch.kind == TOUCH_BILL && index >= 0)
        choose_item(visit, index);
}

static void amount_chosen(struct visit *visit, const struct payment_item *item,
                          const struct refund_offer *offer) {
    struct session *session = visit->session;

    session->notice = offer->obstacle;
    if (session->notice == NOTICE_NONE && session->choice.amount.fen <= 0)
        session->notice = NOTICE_AMOUNT_ZERO;
    if (session->notice == NOTICE_NONE && money_compare(session->choice.amount, offer->rest) > 0)
        session->notice = NOTICE_REFUND_OVER;
    if (session->notice != NOTICE_NONE)
        return;
    refund_plan_one(session_payments(session), item, session->choice.amount,
                    &session->giving_back.plan);
    ask_to_confirm(visit);
}

void refund_amount_touch(struct visit *visit, struct touch touch) {
    struct session *session = visit->session;

    if (session_payments(session) == NULL)
        return;
    const struct payment_item *item = &session_payments(session)->items[session->giving_back.item];
    struct refund_offer offer = offer_refund(visit_situation(visit), item);
    session->notice = NOTICE_NONE;
    if (touch.kind == TOUCH_KEY)
        amount_type_key(session, touch.n);
    else if (touch.kind == TOUCH_AMOUNT && touch.n == 1)
        amount_type(session, offer.rest);
    session->choice.amount = amount_typed(session->typed);
    if (touch.kind == TOUCH_NEXT || touch.kind == TOUCH_PAY)
        amount_chosen(visit, item, &offer);
}

static struct refund_step *step_of(struct session *session) {
    return &session->giving_back.plan.steps[session->giving_back.step];
}

/* Nothing of this step has left. What went back before stands; else back to the list. */
static void stop(struct visit *visit, enum notice notice) {
    struct session *session = visit->session;

    if (session->giving_back.step > 0) {
        result_show(visit, visit_order(visit));
        session->notice = notice;
        return;
    }
    session_forget_order(visit->session);
    session_refuse(visit, SCREEN_RECORDS, notice);
}

/* Does the platform still have the payment as we know it? Before anything is taken back. */
static void ask_platform(struct visit *visit, int slot) {
    visit->session->payment.slot = slot;
    session_ask_order(visit, VERB_ASK, PART_NONE);
    session_wait(visit, WAITING_REFUND);
}

static void begin_step(struct visit *visit) {
    struct session *session = visit->session;

    session->giving_back.refund = -1;
    memcpy(session->payment.order_no, step_of(session)->order_no, ORDER_NO_SIZE);
    int slot = book_find(visit->book, session->payment.order_no);
    if (slot >= 0)
        ask_platform(visit, slot);
    else
        session_ask(visit, VERB_REOPEN, WAITING_REFUND);
}

void refund_confirm_touch(struct visit *visit, struct touch touch) {
    struct session *session = visit->session;

    if (touch.kind != TOUCH_PAY || session->giving_back.plan.count == 0)
        return;
    session->giving_back.step = 0;
    begin_step(visit);
}

static enum notice platform_notice(const struct order *order, const struct event_answer *answer) {
    const struct leg *leg = order_shown_leg(order); /* a kiosk's order has one */

    if (answer->trade == TRADE_RETURNED || answer->trade == TRADE_FAILED ||
        (answer->has_amount && money_compare(answer->amount, leg->amount) != 0))
        return NOTICE_REFUND_MISMATCH;
    return answer->outcome == OUTCOME_ACCEPTED ? NOTICE_NONE : NOTICE_REFUND_PLATFORM;
}

static void give_back(struct visit *visit) {
    struct session *session = visit->session;
    struct refund_step *step = step_of(session);
    const struct order *order = &visit->book->orders[session->payment.slot];
    enum refusal refusal =
        step->claim < order->claim_count
            ? book_refund(visit_turn(visit), session->payment.slot, step->claim, step->amount)
            : REFUSAL_STATE;

    if (refusal != REFUSAL_NONE) {
        stop(visit, offer_refusal_notice(refusal));
        return;
    }
    session->giving_back.refund = order->refund_count - 1;
    memcpy(step->refund_no, order->refunds[session->giving_back.refund].no, ORDER_NO_SIZE);
    if (order->service == SERVICE_DEPOSIT)
        session->giving_back.given_back.fen += step->amount.fen;
    session_wait(visit, WAITING_REFUND);
}

static void reopened(struct visit *visit, const struct event_answer *answer) {
    enum notice notice;
    int slot = records_reopen(visit, answer, &notice);

    if (slot < 0)
        stop(visit, notice);
    else
        ask_platform(visit, slot);
}

void refund_answer_of(struct visit *visit, enum verb verb, const struct event_answer *answer) {
    if (verb == VERB_REOPEN) {
        reopened(visit, answer);
        return;
    }
    enum notice notice = platform_notice(visit_order(visit), answer);
    if (notice == NOTICE_NONE)
        give_back(visit);
    else
        stop(visit, notice);
}

bool refund_runs(const struct session *session) {
    return session->service == SERVICE_REFUND && session->payment.verdict == VERDICT_NONE &&
           session->payment.slot >= 0 &&
           (session->giving_back.refund >= 0 || session->giving_back.step > 0);
}

void refund_leave(struct visit *visit) {
    if (refund_runs(visit->session)) {
        visit->session->request = 0;
        result_show(visit, visit_order(visit));
        return;
    }
    session_forget_order(visit->session);
    session_show(visit, SCREEN_RECORDS);
}

static const struct refund *running(const struct session *session, const struct order *order) {
    return session->giving_back.refund >= 0 ? &order->refunds[session->giving_back.refund] : NULL;
}

/* Has the money gone back? Also without our refund: the platform may have returned it by itself and
 * refused ours for that. */
static bool has_gone(const struct order *order, const struct refund *refund) {
    int64_t ours_fen = 0;

    for (int i = 0; i < order->refund_count; i++)
        if (order->refunds[i].claim == refund->claim && order->refunds[i].state == REFUND_DONE)
            ours_fen += order->refunds[i].amount.fen;
    return refund->state == REFUND_DONE || (refund->state == REFUND_REFUSED &&
                                            order->claims[refund->claim].refunded.fen > ours_fen);
}

/* What is definite of the step is noted once. */
static void note_step(struct session *session, const struct order *order) {
    const struct refund *refund = running(session, order);

    if (refund != NULL && has_gone(order, refund))
        step_of(session)->done = true;
}

static bool all_done(const struct session *session) {
    for (int i = 0; i < session->giving_back.plan.count; i++)
        if (!session->giving_back.plan.steps[i].done)
            return false;
    return true;
}

/* Refused: by the HIS, then everything is as it was; or by the platform, then a person is needed.
 */
static enum verdict verdict_of_refusal(const struct session *session, const struct order *order,
                                       const struct refund *refund) {
    if (order->claims[refund->claim].state == CLAIM_CASE)
        return VERDICT_WINDOW;
    return session->giving_back.step > 0 ? VERDICT_REFUND_PARTLY : VERDICT_REFUND_REFUSED;
}

enum verdict refund_verdict(const struct session *session, const struct order *order) {
    const struct refund *refund = running(session, order);

    if (refund == NULL)
        return VERDICT_REFUND_PARTLY; /* stopped after a step that is done */
    if (has_gone(order, refund))
        return all_done(session) ? VERDICT_REFUNDED : VERDICT_REFUND_PARTLY;
    switch (refund->state) {
    case REFUND_NEW:
    case REFUND_SENDING:
    case REFUND_UNKNOWN:
        return VERDICT_REFUNDING;
    case REFUND_REFUSED:
        return verdict_of_refusal(session, order, refund);
    case REFUND_DONE:
    case REFUND_CASE:
        break;
    }
    return VERDICT_REFUND_UNCONFIRMED;
}

/* Still booked at the hospital: it is there to be given back another time. */
static void not_gone(struct session *session, const struct order *order,
                     const struct refund *refund) {
    if (order->service == SERVICE_DEPOSIT && order->claims[refund->claim].state == CLAIM_DONE)
        session->giving_back.given_back.fen -= refund->amount.fen;
}

void refund_follow(struct visit *visit) {
    struct session *session = visit->session;
    const struct order *order = visit_order(visit);
    const struct refund *refund = running(session, order);

    note_step(session, order);
    if (session->payment.verdict != VERDICT_NONE) {
        result_update(visit, order);
        return;
    }
    if (refund == NULL)
        return;
    if (refund->state == REFUND_NEW || refund->state == REFUND_SENDING ||
        refund->state == REFUND_UNKNOWN)
        return;
    if (has_gone(order, refund) &&
        session->giving_back.step + 1 < session->giving_back.plan.count) {
        session->giving_back.step++;
        begin_step(visit);
        return;
    }
    if (!has_gone(order, refund))
        not_gone(session, order, refund);
    result_show(visit, order);
}

struct fen session_refunded(const struct session *session) {
    struct fen sum = {0};

    for (int i = 0; i < session->giving_back.plan.count; i++)
        if (session->giving_back.plan.steps[i].done)
            sum.fen += session->giving_back.plan.steps[i].amount.fen;
    return sum;
}

struct fen session_refund_amount(const struct session *session) {
    if (session->payment.verdict == VERDICT_REFUNDED ||
        session->payment.verdict == VERDICT_REFUND_PARTLY)
        return session_refunded(session);
    return session->giving_back.plan.steps[session->giving_back.step].amount;
}
