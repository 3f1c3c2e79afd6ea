/* What became of it: the verdict, live while the patient stands there, and the receipt. */
#include "app/core/order/shares.h"
#include "app/core/visit/parts.h"

#include <string.h>

/* The hospital's advice, its word on the next step, and the code to photograph. */
#define ADVICE_PAGES_MAX (GUIDE_ITEMS_MAX + 2)

static void print_receipt(struct visit *visit, bool reprint) {
    struct session *session = visit->session;

    if (!offer_printer_ready(visit->terminal)) {
        session->payment.receipt = RECEIPT_NO_PRINTER;
        return;
    }
    struct effect *effect = visit_effect(visit, EFFECT_PRINT);
    effect->number = book_take_number(visit->book);
    effect->slot = (int16_t)session->payment.slot;
    effect->of.print.reprint = reprint;
    session->payment.print_job = effect->number;
    session->payment.print_mono_ms = visit->now.mono_ms;
    session->payment.receipt = RECEIPT_PRINTING;
}

/* The bank terminal's own codes begin with Z; all others are the bank's (devices.md F2). */
static enum notice card_reason(const char *code) {
    if (code[0] == 'Z' && code[1] == '1')
        return NOTICE_NONE; /* the patient did not want it */
    if (code[0] == 'Z' && code[1] == '2')
        return NOTICE_NO_CARD;
    return code[0] == 'Z' || code[0] == '\0' ? NOTICE_NO_PINPAD : NOTICE_CARD_REFUSED;
}

/* Why nothing was paid, where the reason is ours to tell. */
static enum notice unpaid_reason(const struct visit *visit, const struct order *order) {
    const struct leg *leg = order_shown_leg(order);

    if (!visit->book->journal_ok)
        return NOTICE_JOURNAL;
    if (leg->state == LEG_DECLINED && leg->place_tries > 0 && leg->route == ROUTE_POS)
        return card_reason(leg->code);
    if (leg->state == LEG_DECLINED)
        return leg->place_tries > 0 ? NOTICE_DECLINED : NOTICE_NONE; /* else the patient left */
    bool code_came = session_link(visit->session) != NULL || leg->channel == CHANNEL_PHONE ||
                     leg->channel == CHANNEL_CARD;
    return code_came ? NOTICE_NONE : NOTICE_PLATFORM_DOWN;
}

static void take_verdict(struct visit *visit, const struct order *order) {
    struct session *session = visit->session;

    bool refund = session->service == SERVICE_REFUND;
    session->payment.verdict = refund ? refund_verdict(session, order) : order_verdict(order);
    if (verdict_has_case(session->payment.verdict))
        order_case_no(order, session->payment.case_no);
    else
        session->payment.case_no[0] = '\0';
}

void result_show(struct visit *visit, const struct order *order) {
    struct session *session = visit->session;

    session_show(visit, SCREEN_RESULT);
    take_verdict(visit, order);
    if (session->payment.reviewing)
        return; /* nothing new happened: paper comes on request */
    if (session->payment.verdict == VERDICT_NOT_PAID)
        session->notice = unpaid_reason(visit, order);
    else if (!visit->setup->receipt_on_request)
        print_receipt(visit, false);
}

void result_update(struct visit *visit, const struct order *order) {
    enum verdict before = visit->session->payment.verdict;

    take_verdict(visit, order);
    if (visit->session->payment.verdict == before)
        return;
    /* News: the patient gets the whole time again to read it. */
    visit->session->touched_mono_ms = visit->now.mono_ms;
    visit->session->warning = false;
}

/* Advice a page: as much as the panel has room for, so `more` is offered by what was drawn. One
 * piece a page is the most pages there can be. */
static void turn_advice(struct session *session, enum touch_kind way) {
    if (way == TOUCH_MORE && session->page < ADVICE_PAGES_MAX - 1)
        session->page++;
    else if (way == TOUCH_LESS && session->page > 0)
        session->page--;
}

void result_touch(struct visit *visit, struct touch touch) {
    struct session *session = visit->session;

    if (touch.kind == TOUCH_NEXT)
        session_end(visit);
    else if (touch.kind == TOUCH_MORE || touch.kind == TOUCH_LESS)
        turn_advice(session, touch.kind);
    else if (touch.kind == TOUCH_PRINT && session->payment.receipt != RECEIPT_PRINTING)
        print_receipt(visit, session->payment.reviewing || session->payment.print_job != 0);
}

void result_printed(struct visit *visit, const struct event_printed *printed) {
    struct session *session = visit->session;

    if (printed->job == 0 || printed->job != session->payment.print_job)
        return;
    switch (printed->outcome) {
    case PRINT_DONE:
        session->payment.receipt = RECEIPT_PRINTED;
        break;
    case PRINT_FAILED:
        session->payment.receipt = RECEIPT_FAILED;
        break;
    case PRINT_UNKNOWN:
        session->payment.receipt = RECEIPT_UNKNOWN;
        break;
    }
}
