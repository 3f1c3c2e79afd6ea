/* The screen of the window and the facts on it. */
#include <string.h>

#include "app/core/desk/parts.h"

#include "app/core/order/shares.h"
#include "app/core/terms/copy.h"

const struct desk_waiting *desk_window_call(const struct desk_window *window) {
    if (window->looking)
        return &window->look;
    return window->screen == SCREEN_DESK_IDLE || window->waiting_count == 0 ? NULL
                                                                            : &window->waiting[0];
}

bool desk_window_leavable(const struct desk_window *window) {
    return window->screen == SCREEN_DESK_WAIT && window->payment.unknown;
}

void desk_forget_code(struct desk_window *window) {
    window->gateway = DESK_GATEWAY_NONE;
    if (window->payment.decode_request == 0)
        return;
    window->payment.decode_request = 0;
    text_wipe(window->payment.pay_code, sizeof window->payment.pay_code);
}

void desk_go(struct desk_turn turn, enum screen screen) {
    struct desk_window *window = turn.window;
    window->screen = screen;
    window->revision++;
    window->since_mono_ms = turn.book.now.mono_ms;
    window->early_code = window->wrong_code = window->insured_code = false;
    window->too_little = window->helps = false;
    desk_forget_code(window);
}

void desk_note_facts(struct desk_payment *payment, const struct order *order) {
    const struct leg *leg = order_shown_leg(order);
    payment->news = desk_payment_news(order);
    payment->verdict = order_verdict(order);
    payment->perhaps_paid = order_perhaps_paid(order);
    payment->expire_ms = leg->expire_ms;
    payment->paid_ms = leg->paid_ms;
    text_copy(payment->trace_no, sizeof payment->trace_no, desk_trace_no(order));
    if (payment->news == CALL_WITH_PERSON)
        order_case_no(order, payment->case_no);
}

void desk_stop_looking(struct desk_window *window) {
    window->looking = false;
    window->reopen_request = 0;
    text_wipe(&window->look, sizeof window->look);
}
