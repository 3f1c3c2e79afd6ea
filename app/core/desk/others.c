/* What else of the caller's patient is under way, here, at another machine or on a phone: asked of
 * the journals when a call comes onto the window. The call names no bills of the kiosk's, so that
 * only the cashier can tell whether it is the same money; nothing waits for the answer. */
#include <string.h>

#include "app/core/desk/parts.h"

void desk_ask_others(struct desk_turn turn) {
    struct desk_window *window = turn.window;

    window->other = (struct desk_other){.kind = DESK_OTHER_NONE};
    window->other_request = 0;
    if (window->waiting[0].back.wanted)
        return;
    struct effect *effect = desk_add_effect(turn.book.out, 0);
    effect->kind = EFFECT_SEND;
    effect->to = (struct address){ADDRESS_TERMINAL, 0};
    effect->number = window->other_request = book_take_number(turn.book.book);
    effect->of.send.verb = VERB_RECORDS;
}

static enum desk_other_kind kind_of(const struct payment *payment) {
    switch (payment->verdict) {
    case VERDICT_UNKNOWN:
        return route_traits(payment->route)->seen_at_his ? DESK_OTHER_ON_PHONE
                                                         : DESK_OTHER_PERHAPS_PAID;
    case VERDICT_ASKING:
    case VERDICT_WINDOW:
        return DESK_OTHER_NOT_BOOKED;
    case VERDICT_NOT_PAID:
        return payment->may_settle ? DESK_OTHER_PERHAPS_PAID : DESK_OTHER_NONE;
    default:
        return DESK_OTHER_NONE;
    }
}

static bool is_of_call(const struct desk_waiting *call, const struct payment *payment) {
    return payment->service == call->service && payment->account_type == call->account_type;
}

/* The newest, as the list is. */
static struct desk_other first_other(const struct desk_waiting *call,
                                     const struct payment_list *list) {
    struct desk_other other = {.kind = DESK_OTHER_NONE};

    for (int i = 0; i < list->count && other.kind == DESK_OTHER_NONE; i++) {
        const struct payment *payment = &list->rows[i];
        if (!is_of_call(call, payment))
            continue;
        other = (struct desk_other){
            .kind = kind_of(payment), .amount = payment->amount, .since_ms = payment->created_ms};
        memcpy(other.place, payment->elsewhere, sizeof other.place);
    }
    return other;
}

bool desk_window_others(struct desk_turn turn, const struct event_answer *answer) {
    struct desk_window *window = turn.window;

    if (window->other_request == 0 || window->other_request != answer->request)
        return false;
    const struct document *document = document_if(answer->document, DOCUMENT_PAYMENTS);
    window->other_request = 0;
    if (document == NULL || window->waiting_count == 0)
        return true;
    window->other =
        first_other(&window->waiting[0], (const struct payment_list *)(const void *)document);
    window->revision += window->other.kind != DESK_OTHER_NONE;
    return true;
}

const struct desk_other *desk_window_other(const struct desk_window *window) {
    bool shown = window->screen == SCREEN_DESK_PAY || window->screen == SCREEN_DESK_CASH ||
                 window->screen == SCREEN_DESK_WAIT;
    return shown && !window->looking && window->other.kind != DESK_OTHER_NONE ? &window->other
                                                                              : NULL;
}
