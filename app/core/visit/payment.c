#include "app/core/visit/payment.h"

#include "app/core/order/shares.h"
#include "app/core/terms/copy.h"

void payment_add_claim(struct order *order, const char *key, const char *org_trace_no,
                       const char *doc_trace_no, struct fen amount) {
    struct claim *claim = &order->claims[order->claim_count++];

    text_copy(claim->bill_key, sizeof claim->bill_key, key);
    text_copy(claim->org_trace_no, sizeof claim->org_trace_no, org_trace_no);
    text_copy(claim->doc_trace_no, sizeof claim->doc_trace_no, doc_trace_no);
    claim->amount = amount;
}

bool payment_undecided(const struct session *session) {
    return session->payment.slot >= 0 && session->payment.verdict == VERDICT_NONE;
}

bool payment_at_pinpad(struct situation at) {
    const struct session *session = at.session;
    const struct leg *leg = session->payment.slot >= 0
                                ? order_shown_leg(&at.book->orders[session->payment.slot])
                                : NULL;

    return leg != NULL && leg->route == ROUTE_POS && leg->state == LEG_PLACING;
}

/* True from the card's insertion on: then only the pinpad can end the payment. */
static bool is_card_in(const struct session *session) {
    return session->payment.card_step > CARD_STEP_INSERT;
}

int64_t payment_no_card_deadline(struct situation at) {
    bool waits = payment_at_pinpad(at) && !is_card_in(at.session) &&
                 !order_shown_leg(&at.book->orders[at.session->payment.slot])->close_wanted;

    return waits ? at.session->wait_mono_ms + at.setup->limits.expire_ms : INT64_MAX;
}

static bool is_sent_to_phone(const struct leg *leg) {
    return route_traits(leg->route)->seen_at_his;
}

static bool by_our_code(const struct leg *leg) {
    enum channel channel = leg->channel;

    if (is_sent_to_phone(leg))
        return false;
    return channel == CHANNEL_WECHAT || channel == CHANNEL_ALIPAY || channel == CHANNEL_UNIONPAY ||
           channel == CHANNEL_ONE || channel == CHANNEL_INSURANCE;
}

/* True while the money is on its way to the hospital's books or back. */
static bool is_credit_under_way(const struct order *order) {
    enum order_state state = order_state(order);

    return state == ORDER_CREDITING || state == ORDER_RETURNING;
}

/* The screen of an order that is not paid yet. */
static struct next place_of_unpaid(const struct session *session, const struct order *order) {
    const struct leg *leg = order_shown_leg(order);
    bool settling = order->run.leg[leg - order->legs].settling;
    bool waiting = leg->state == LEG_WAITING || leg->state == LEG_PLACE_UNKNOWN;

    if (order_due_leg(order) != -1)
        return next_show(SCREEN_OWN_PART);
    if (leg->state == LEG_NEW || leg->state == LEG_DUE ||
        (leg->state == LEG_PLACING && leg->route != ROUTE_POS))
        return next_wait(WAITING_PLACING);
    if (order_push_is_leaving(order) && !leg->close_wanted)
        return next_wait(WAITING_PLACING);
    if (order_leg_is_pushed(leg)) /* it stays on the phone, whoever leaves */
        return next_show(leg->close_wanted ? SCREEN_RESULT : SCREEN_PUSHED);
    if (leg->close_wanted || leg->state == LEG_CLOSING) /* its QR code is not shown again */
        return next_wait(WAITING_CLOSE);
    if (is_sent_to_phone(leg)) /* its fees are uploaded first */
        return next_wait(WAITING_PLACING);
    if (leg->state == LEG_PLACING)
        return next_show(SCREEN_PAY_CODE);
    if (waiting && !settling && by_our_code(leg) && session_link(session) != NULL)
        return next_show(SCREEN_PAY_QR);
    return next_wait(WAITING_CONFIRMING);
}

static struct next place_of_order(const struct session *session, const struct order *order) {
    const struct leg *leg = order_shown_leg(order);

    switch (leg->state) {
    case LEG_NEW:
    case LEG_DUE:
    case LEG_PLACING:
    case LEG_PLACE_UNKNOWN:
    case LEG_WAITING:
    case LEG_PUSHED:
    case LEG_CLOSING:
        return place_of_unpaid(session, order);
    case LEG_PAID:
        return is_credit_under_way(order) ? next_wait(WAITING_CREDIT) : next_show(SCREEN_RESULT);
    case LEG_DECLINED:
    case LEG_CLOSED:
    case LEG_PAID_AFTER_CLOSE:
    case LEG_RETURNED:
    case LEG_CASE:
        break;
    }
    return next_show(SCREEN_RESULT);
}

/* A code that would take another amount is not shown; the order closes it. */
bool payment_code_is_wrong(const struct visit *visit, const struct event_answer *answer) {
    const struct document *link = document_if(answer->document, DOCUMENT_PAY_LINK);

    return link != NULL && answer->has_amount &&
           order_leg_differs(order_shown_leg(visit_order(visit)), answer->amount);
}

/* True when the platform gave no QR code: nobody can pay, so the order is closed at once. */
static bool has_no_code(const struct session *session, const struct order *order) {
    const struct leg *leg = order_shown_leg(order);

    return by_our_code(leg) && session_link(session) == NULL && !leg->close_wanted &&
           (leg->state == LEG_PLACE_UNKNOWN || leg->state == LEG_WAITING);
}

static bool is_there_already(const struct session *session, struct next next) {
    enum screen base = session_base(session);

    if (next.kind == NEXT_WAIT)
        return base == SCREEN_WAITING && next.waiting == session->waiting;
    bool reads_lines = base == SCREEN_INSURANCE && next.screen == SCREEN_PAY_QR;
    return base == next.screen || reads_lines;
}

struct next payment_follow(struct visit *visit) {
    const struct session *session = visit->session;
    const struct order *order = visit_order(visit);

    if (order == NULL)
        return next_stay();
    if (has_no_code(session, order))
        book_cancel(visit_turn(visit), session->payment.slot);
    struct next next = place_of_order(session, order);
    return is_there_already(session, next) ? next_stay() : next;
}

struct next payment_cancel(struct visit *visit) {
    const struct session *session = visit->session;
    bool told = session_base(session) == SCREEN_WAITING &&
                (session->waiting == WAITING_CREDIT || session->waiting == WAITING_CLOSE);

    if (visit_order(visit) == NULL)
        return next_end(NOTICE_NONE);
    if (payment_at_pinpad(visit_situation(visit)) && is_card_in(session))
        return next_tell(SCREEN_PAY_CODE, NOTICE_PINPAD_DECIDES);
    book_cancel(visit_turn(visit), session->payment.slot);
    /* Paid money is shown at once; an undecided payment keeps its screen. */
    return told ? next_show(SCREEN_RESULT) : next_stay();
}

enum verdict payment_verdict(struct session *session, const struct order *order) {
    (void)session;
    return order_verdict(order);
}

/* A return needs the card again: the notice stands on whatever screen is shown. */
static void tell_of_return(struct session *session, enum card_step step) {
    if (step == CARD_STEP_INSERT)
        session->notice = NOTICE_CARD_AGAIN;
    else if (session->notice == NOTICE_CARD_AGAIN)
        session->notice = NOTICE_NONE;
}

void payment_progress(struct visit *visit, const struct event_progress *progress) {
    const struct order *order = visit_order(visit);
    enum card_step step = progress->step;

    if (order == NULL || !order_awaits(order, progress->request) || step <= CARD_STEP_NONE ||
        step >= CARD_STEP_COUNT)
        return;
    visit_alive(visit); /* the patient is busy at the pinpad */
    if (payment_at_pinpad(visit_situation(visit)))
        visit->session->payment.card_step = step;
    else
        tell_of_return(visit->session, step);
}

void payment_wipe_sent_code(struct visit *visit) {
    struct visit_payment *payment = &visit->session->payment;
    const struct order *order = visit_order(visit);

    if (order != NULL && order_all_placed(order) && payment->pay_code[0] != '\0')
        text_wipe(payment->pay_code, sizeof payment->pay_code);
}
