/* How a call at the desk has ended, in words and a tone. */
#include "app/present/desk_screens.h"

/* Why a call came to nothing: no money has moved. */
static const char *refusal_key(enum call_refusal refusal) {
    switch (refusal) {
    case CALL_OTHER:
    case CALL_OTHER_TRACE:
        return "desk.refused.number";
    case CALL_FULL:
    case CALL_NO_ROOM:
        return "desk.refused.full";
    case CALL_NO_JOURNAL:
        return "desk.refused.journal";
    default:
        return "desk.refused.other";
    }
}

const char *const desk_receipt_keys[] = {[DESK_RECEIPT_NONE] = "",
                                         [DESK_RECEIPT_PRINTING] = "desk.receipt.printing",
                                         [DESK_RECEIPT_PRINTED] = "desk.receipt.printed",
                                         [DESK_RECEIPT_FAILED] = "desk.receipt.failed",
                                         [DESK_RECEIPT_UNKNOWN] = "desk.receipt.unknown"};

struct end_words {
    enum view_tone tone;
    const char *title_key, *text_key;
};

static struct end_words refund_end_of(const struct desk_payment *payment, bool cash) {
    if (payment->refusal == CALL_IN_CASE || payment->news == CALL_WITH_PERSON)
        return (struct end_words){TONE_WINDOW, "desk.end.window", "desk.end.refund_window.text"};
    if (!payment->unheard && payment->refusal == CALL_BUSY)
        return (struct end_words){TONE_WAIT, "desk.end.not_refunded", "desk.end.refund_busy.text"};
    if (payment->unheard || payment->refusal != CALL_TAKEN)
        return (struct end_words){TONE_NOT_PAID, "desk.end.not_refunded",
                                  "desk.end.not_refunded.text"};
    if (payment->news == CALL_PAID)
        return (struct end_words){TONE_RETURNED, "desk.end.refunded",
                                  cash ? "desk.end.refunded.cash" : "desk.end.refunded.text"};
    return (struct end_words){TONE_NOT_PAID, "desk.end.not_refunded", "desk.end.not_refunded.text"};
}

/* What came to nothing. Counted cash lies in the drawer by then: nobody but the cashier gives it
 * back. */
static struct end_words nothing_came_of(const struct desk_payment *payment, const char *title_key,
                                        const char *text_key) {
    bool cash = payment->way == DESK_WAY_CASH;
    return (struct end_words){TONE_NOT_PAID, title_key, cash ? "desk.end.cash_back" : text_key};
}

static struct end_words looked_at_again(const struct presenting *p) {
    const struct desk_payment *payment = &p->core->window.payment;
    const struct desk_row_words words =
        desk_row_words_of(payment->verdict, payment->news == CALL_UNSURE);

    return (struct end_words){words.tone, words.key,
                              p->view->of.desk.can_ask ? "desk.unknown.ask" : ""};
}

static struct end_words end_words_of(const struct presenting *p) {
    const struct desk_payment *payment = &p->core->window.payment;

    if (p->core->window.looking)
        return looked_at_again(p);
    const struct desk_giving_back *back = &p->core->window.waiting[0].back;
    if (back->wanted)
        return refund_end_of(payment, desk_back_in_cash(&p->core->window.waiting[0]));
    if (payment->unheard)
        return nothing_came_of(payment, "desk.end.not_begun", "desk.end.not_begun.text");
    if (payment->refusal != CALL_TAKEN)
        return nothing_came_of(payment, "desk.end.not_begun", refusal_key(payment->refusal));
    switch (payment->news) {
    case CALL_PAID:
        return (struct end_words){TONE_GOOD, "desk.end.paid", "desk.end.paid.text"};
    case CALL_RETURNED:
        return (struct end_words){TONE_RETURNED, "desk.end.returned",
                                  payment->way == DESK_WAY_CASH ? "desk.end.cash_back"
                                                                : "desk.end.returned.text"};
    case CALL_WITH_PERSON:
        return (struct end_words){TONE_WINDOW, "desk.end.window", "desk.end.window.text"};
    case CALL_UNSURE:
        return (struct end_words){TONE_WAIT, "desk.end.unsure", "desk.end.unsure.text"};
    case CALL_CONFLICTS:
        return nothing_came_of(payment, "desk.end.not_begun", "desk.refused.number");
    case CALL_UNPAID:
    case CALL_UNDER_WAY:
    case CALL_PLACED:
        break;
    }
    if (payment->perhaps_paid && payment->way != DESK_WAY_CASH)
        return (struct end_words){TONE_NOT_PAID, "desk.end.closed", "desk.end.closed.text"};
    return nothing_came_of(payment, "desk.end.unpaid", "desk.end.unpaid.text");
}

/* What went back, where the caller wanted more. */
static void present_less(const struct presenting *p) {
    const struct desk_window *window = &p->core->window;
    const struct desk_giving_back *back = &window->waiting[0].back;
    struct view_desk *desk = &p->view->of.desk;

    if (window->looking || !back->wanted || window->payment.news != CALL_PAID ||
        desk->amount_fen >= back->asked.fen)
        return;
    desk->asked_fen = back->asked.fen;
    desk->less_key = "desk.end.less";
}

void present_desk_result(const struct presenting *p) {
    const struct desk_window *window = &p->core->window;
    const struct desk_payment *payment = &window->payment;
    struct view_desk *desk = &p->view->of.desk;
    struct end_words words = end_words_of(p);

    desk->tone = words.tone;
    desk->title_key = words.title_key;
    desk->text_key = words.text_key;
    desk->trace_no = payment->trace_no;
    desk->case_no = payment->case_no;
    present_less(p);
    desk->receipt_key = desk_receipt_keys[window->receipt];
    desk->time = "";
    if (payment->paid_ms != 0) {
        clock_text(payment->paid_ms, p->store->paid_time);
        desk->time = p->store->paid_time + 11;
    }
    if (payment->received.fen > desk->amount_fen && payment->news == CALL_PAID)
        desk->change_fen = payment->received.fen - desk->amount_fen;
    if (words.tone == TONE_GOOD && !window->looking && !desk_window_hands_out(window))
        desk->leaves_s = desk_seconds_left(window->since_mono_ms + DESK_RESULT_MS - p->now.mono_ms);
    desk->enter_key = desk->waiting > 0 ? "desk.next_call" : "desk.done";
}
