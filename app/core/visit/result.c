/* RESULT: what became of the order, kept up to date while the patient looks, and the receipt. */
#include "app/core/order/shares.h"
#include "app/core/visit/bill_choice.h"
#include "app/core/visit/checkout.h"
#include "app/core/visit/flows.h"
#include "app/core/visit/screen.h"

/* The pages of advice: items, next step, and the code to photograph. */
#define ADVICE_PAGES_MAX (GUIDE_ITEMS_MAX + 2)

static void ask_for_print(struct visit *visit, bool reprint) {
    struct visit_payment *payment = &visit->session->payment;

    if (!offer_printer(visit_situation(visit))) {
        payment->receipt = RECEIPT_NO_PRINTER;
        return;
    }
    struct effect *effect = visit_effect(visit, EFFECT_PRINT);
    effect->number = book_take_number(visit->book);
    effect->to = (struct address){ADDRESS_ORDER, payment->slot};
    effect->of.print.reprint = reprint;
    payment->print_job = effect->number;
    payment->print_mono_ms = visit->now.mono_ms;
    payment->receipt = RECEIPT_PRINTING;
    payment->receipt_came = false;
}

/* True for a refusal of the bank: the pinpad's own codes begin with Z (devices.md F2). */
static enum notice card_reason(const char *code) {
    if (code[0] == 'Z' && code[1] == '1')
        return NOTICE_NONE; /* the patient cancelled it */
    if (code[0] == 'Z' && code[1] == '2')
        return NOTICE_NO_CARD;
    return code[0] == 'Z' || code[0] == '\0' ? NOTICE_NO_PINPAD : NOTICE_CARD_REFUSED;
}

/* The portal has refused the message, or it never left. */
static bool was_not_pushed(const struct order *order, const struct leg *leg) {
    const struct route_traits *traits = route_traits(leg->route);
    bool declined = leg->state == LEG_DECLINED && leg->place_tries > 0;

    return (traits->seen_at_his && !traits->uploads_first && declined) ||
           order->run.leg[leg - order->legs].push_refused;
}

/* Why nothing was paid, if the patient should be told. */
static enum notice unpaid_reason(const struct visit *visit, const struct order *order) {
    const struct leg *leg = order_shown_leg(order);

    if (order->run.conflict)
        return NOTICE_STILL_ASKING;
    if (!book_journal_usable(visit->book))
        return NOTICE_JOURNAL;
    if (was_not_pushed(order, leg))
        return NOTICE_PUSH_FAILED;
    if (leg->state == LEG_DECLINED && leg->place_tries > 0 && leg->route == ROUTE_POS)
        return card_reason(leg->code);
    if (leg->state == LEG_DECLINED)
        return leg->place_tries > 0 ? NOTICE_DECLINED
                                    : NOTICE_NONE; /* else the patient left before it was tried */
    if (order_leg_differs(leg, leg->seen))
        return NOTICE_CODE_AMOUNT;
    bool code_came = session_link(visit->session) != NULL || leg->channel == CHANNEL_PHONE ||
                     leg->channel == CHANNEL_CARD;
    return code_came ? NOTICE_NONE : NOTICE_PLATFORM_DOWN;
}

static void take_verdict(struct session *session, const struct order *order) {
    struct visit_payment *payment = &session->payment;

    payment->verdict = flow_of(session)->verdict(session, order);
    if (verdict_has_case(payment->verdict))
        order_case_no(order, payment->case_no);
    else
        payment->case_no[0] = '\0';
}

/* Asks for the advice of each paid bill, one question at a time. */
static struct next ask_guidance(struct visit *visit, int from) {
    const struct order *order = visit_order(visit);

    for (int i = from; order != NULL && visit->setup->policy.his_guides && i < order->claim_count;
         i++)
        if (order->service == SERVICE_BILLS && order->claims[i].state == CLAIM_DONE) {
            visit->session->payment.advised = i;
            return next_ask(QUESTION_GUIDANCE);
        }
    return next_stay();
}

/* The same once more, as a new order: how to pay is asked again. */
static struct next pay_again(struct visit *visit) {
    if (!offer_payment_again(visit_situation(visit)))
        return next_stay();
    session_forget_order(visit->session);
    return next_show(SCREEN_CHANNEL);
}

/* The next of the bills that were chosen, again by insurance: each is uploaded and confirmed alone.
 */
static struct next pay_next_bill(struct visit *visit) {
    if (offer_next_bill(visit_situation(visit)) < 0)
        return next_stay();
    session_forget_order(visit->session);
    (void)bill_choice_next(visit->session);
    return checkout_by(visit, CHANNEL_INSURANCE);
}

static struct next result_enter(struct visit *visit) {
    struct session *session = visit->session;
    const struct order *order = visit_order(visit);

    take_verdict(session, order);
    if (session->payment.other_way && offer_payment_again(visit_situation(visit)))
        return pay_again(visit);
    if (session->payment.reviewing) /* an earlier payment: its receipt is printed on request only */
        return ask_guidance(visit, 0);
    if (session->payment.verdict == VERDICT_NOT_PAID)
        session->notice = unpaid_reason(visit, order);
    else if (!visit->setup->receipt_on_request)
        ask_for_print(visit, false);
    return next_stay();
}

/* Turns the pages of advice. How many fit a page depends on the panel, so the drawing offers
 * `more`; one item a page is the upper bound. */
static void turn_advice(struct session *session, enum touch_kind way) {
    if (way == TOUCH_MORE && session->page < ADVICE_PAGES_MAX - 1)
        session->page++;
    else if (way == TOUCH_LESS && session->page > 0)
        session->page--;
}

static struct next result_touch(struct visit *visit, struct touch touch) {
    struct session *session = visit->session;
    const struct visit_payment *payment = &session->payment;

    if (touch.kind == TOUCH_NEXT)
        return next_end(NOTICE_NONE);
    if (touch.kind == TOUCH_AGAIN)
        return pay_again(visit);
    if (touch.kind == TOUCH_PAY)
        return pay_next_bill(visit);
    if (touch.kind == TOUCH_MORE || touch.kind == TOUCH_LESS)
        turn_advice(session, touch.kind);
    else if (touch.kind == TOUCH_PRINT && payment->receipt != RECEIPT_PRINTING)
        ask_for_print(visit, payment->reviewing || payment->print_job != 0);
    return next_stay();
}

static struct next take_guidance(struct visit *visit, const struct event_answer *answer) {
    struct session *session = visit->session;
    const struct document *advice = document_of(answer, DOCUMENT_GUIDANCE);

    if (!session->payment.reviewing)
        return next_stay();
    if (advice != NULL)
        session->guidance[session->payment.advised] = (const struct guidance *)advice;
    return ask_guidance(visit, session->payment.advised + 1);
}

static void take_printed(struct visit_payment *payment, const struct event_printed *printed) {
    static const enum receipt_state states[] = {[PRINT_DONE] = RECEIPT_PRINTED,
                                                [PRINT_FAILED] = RECEIPT_FAILED,
                                                [PRINT_UNKNOWN] = RECEIPT_UNKNOWN};

    if (printed->job != 0 && printed->job == payment->print_job)
        payment->receipt = states[printed->outcome];
}

static struct next result_answer(struct visit *visit, enum visit_question question,
                                 const struct event *event) {
    if (question == QUESTION_GUIDANCE)
        return take_guidance(visit, &event->of.answer);
    take_printed(&visit->session->payment, &event->of.printed);
    if (visit->session->payment.receipt == RECEIPT_PRINTED)
        visit->terminal->receipt_due = false; /* an earlier one came out before it */
    return next_stay();
}

static struct next result_follow(struct visit *visit) {
    enum verdict before = visit->session->payment.verdict;
    const struct order *order = visit_order(visit);

    if (order == NULL)
        return next_stay();
    take_verdict(visit->session, order);
    if (visit->session->payment.verdict != before)
        visit_alive(visit); /* a new verdict: the time to read it begins anew */
    return next_stay();
}

/* Back to the list that it was looked up in. */
static struct next result_back(struct visit *visit) {
    session_forget_order(visit->session);
    return flow_begin(visit);
}

static int64_t result_deadline(struct situation at) {
    const struct visit_payment *payment = &at.session->payment;
    bool printing = payment->receipt == RECEIPT_PRINTING;

    return printing ? payment->print_mono_ms + at.setup->limits.print_ms : INT64_MAX;
}

static struct next result_expired(struct visit *visit) {
    visit->session->payment.receipt = RECEIPT_UNKNOWN;
    return next_stay();
}

const struct screen_ops result_screen = {
    .rule = {.screen = SCREEN_RESULT,
             .hears = HEARS_ALWAYS | HEARS_ORDER | HEARS(PRINTED),
             .touches = TAKES_ALWAYS | TAKES(BACK) | TAKES(NEXT) | TAKES(PRINT) | TAKES(MORE) |
                        TAKES(LESS) | TAKES(AGAIN) | TAKES(PAY),
             .back = SCREEN_RECORDS,
             .timeout = SCREEN_WELCOME,
             .idle = IDLE_RESULT,
             .step = 4,
             .money_touches = TAKES(PAY)},
    .enter = result_enter,
    .touch = result_touch,
    .answer = result_answer,
    .follow = result_follow,
    .back = result_back,
    .deadline = result_deadline,
    .expired = result_expired};
