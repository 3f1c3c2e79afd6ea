/* The cashier's window: the call that is on it, and what becomes of its order. */
#include "app/core/desk/window.h"

#include <string.h>

#include "app/core/desk/parts.h"
#include "app/core/order/shares.h"
#include "app/core/terms/copy.h"
#include "app/core/terms/policy.h"

#define DAY_MS INT64_C(86400000)
#define DAY_PAUSE_MS 300 /* between two readings of the journal */
#define SLOW_MS 15000    /* whoever has not answered for so long is called silent */

void desk_window_begin(struct desk_window *window, const struct core_setup *setup) {
    memset(window, 0, sizeof *window);
    window->on = setup->desk_window;
    window->screen = SCREEN_DESK_IDLE;
    window->language = setup->language;
    window->day_stale = setup->journal_ok;
    window->payment.slot = -1;
}

/* ---- its order ---- */

static bool is_on_screen(const struct desk_window *window, uint32_t number) {
    return window->waiting_count > 0 && window->waiting[0].call == number &&
           window->payment.chosen && window->screen == SCREEN_DESK_WAIT;
}

void desk_window_heard(struct desk_turn turn, uint32_t number, int slot,
                       enum call_refusal refusal) {
    struct desk_payment *payment = &turn.window->payment;
    if (!is_on_screen(turn.window, number))
        return;
    payment->refusal = refusal;
    if (refusal == CALL_IN_CASE)
        order_case_no(&turn.book.book->orders[slot], payment->case_no);
    if (refusal != CALL_TAKEN || payment->way != DESK_WAY_INSURED) /* that one is sent from here */
        text_wipe(payment->pay_code, sizeof payment->pay_code);
    if (refusal != CALL_TAKEN) {
        desk_go(turn, SCREEN_DESK_RESULT);
        return;
    }
    payment->slot = slot;
    memcpy(payment->order_no, turn.book.book->orders[slot].no, sizeof payment->order_no);
    turn.window->revision++;
    if (payment->cancel_wanted)
        book_cancel(turn.book, slot);
}

void desk_window_unheard(struct desk_turn turn, uint32_t number) {
    if (!is_on_screen(turn.window, number))
        return;
    turn.window->payment.unheard = true;
    text_wipe(turn.window->payment.pay_code, sizeof turn.window->payment.pay_code);
    desk_go(turn, SCREEN_DESK_RESULT);
}

void desk_window_answer(struct desk_turn turn, int slot, const struct event_answer *answer) {
    const struct document *document = document_if(answer->document, DOCUMENT_PAY_LINK);
    struct desk_payment *payment = &turn.window->payment;
    if (document == NULL || slot < 0 || slot != payment->slot)
        return;
    text_copy(payment->link, sizeof payment->link,
              ((const struct pay_link *)(const void *)document)->url);
    turn.window->revision++;
}

void desk_window_progress(struct desk_turn turn, const struct event_progress *progress) {
    struct desk_payment *payment = &turn.window->payment;
    const struct order *order = payment->slot < 0 ? NULL : &turn.book.book->orders[payment->slot];
    bool known = progress->step > CARD_STEP_NONE && progress->step < CARD_STEP_COUNT;
    if (order == NULL || !known || !order_awaits(order, progress->request))
        return;
    payment->step = progress->step;
    turn.window->revision++;
}

/* NULL: there is none, or its slot is another's by now. */
static const struct order *order_on_screen(const struct desk_turn turn) {
    const struct desk_payment *payment = &turn.window->payment;
    if (payment->slot < 0)
        return NULL;
    const struct order *order = &turn.book.book->orders[payment->slot];
    return order->run.used && strcmp(order->no, payment->order_no) == 0 ? order : NULL;
}

static bool is_final_news(enum call_news news) {
    return news != CALL_UNDER_WAY && news != CALL_PLACED;
}

/* Each question has its own patience: a patient may look for the phone as long as the code lasts.
 */
static void note_slowness(struct desk_turn turn, const struct order *order) {
    struct desk_payment *payment = &turn.window->payment;
    enum leg_state leg = order_shown_leg(order)->state;
    if (payment->slow_mono_ms == 0 || payment->leg != leg) {
        payment->leg = leg;
        payment->slow = false;
        payment->slow_mono_ms = turn.book.now.mono_ms + SLOW_MS;
    } else if (turn.book.now.mono_ms >= payment->slow_mono_ms) {
        payment->slow = true;
        payment->slow_mono_ms = INT64_MAX;
    }
}

/* Nobody knows whether the money has moved, and whoever should say so is silent. A pinpad is not:
 * it waits for the card and the PIN. */
static bool is_silent(const struct desk_payment *payment) {
    enum leg_state leg = payment->leg;
    bool placing = leg == LEG_PLACING && desk_way_pinpad(payment->way) == 0;
    return leg == LEG_PLACE_UNKNOWN || leg == LEG_CASE || leg == LEG_PAID_AFTER_CLOSE ||
           (payment->slow && (placing || leg == LEG_PAID || leg == LEG_CLOSING));
}

static void follow_order_of_call(struct desk_turn turn) {
    const struct order *order = order_on_screen(turn);
    struct desk_payment *payment = &turn.window->payment;
    if (order == NULL || turn.window->screen != SCREEN_DESK_WAIT)
        return;
    if (payment->leg != LEG_NEW && order_all_placed(order)) /* it has left before this step */
        text_wipe(payment->pay_code, sizeof payment->pay_code);
    note_slowness(turn, order);
    if (order->run.durable_wait != 0)
        return;
    enum call_news before = payment->news;
    bool was_unknown = payment->unknown;
    const struct desk_giving_back *back = &turn.window->waiting[0].back;
    const struct refund *refund = back->wanted ? desk_refund(order, back->refund_no) : NULL;
    if (back->wanted && refund == NULL)
        return;
    desk_note_facts(payment, order);
    if (refund != NULL) {
        payment->news = desk_refund_news(order, back->refund_no);
        turn.window->waiting[0].amount = refund->amount; /* less may have been left by then */
    }
    payment->unknown = !is_final_news(payment->news) &&
                       (refund != NULL ? refund->state == REFUND_UNKNOWN : is_silent(payment));
    if (payment->news != before || payment->unknown != was_unknown)
        turn.window->revision++;
    if (is_final_news(payment->news)) {
        text_wipe(payment->link, sizeof payment->link);
        desk_go(turn, SCREEN_DESK_RESULT);
        if (payment->news == CALL_PAID)
            desk_print_paid(turn, payment->slot);
        if (payment->news == CALL_PAID && desk_back_in_cash(&turn.window->waiting[0]))
            desk_open_drawer(turn);
    }
}

/* ---- today's calls ---- */

bool desk_window_day(struct desk_turn turn, const struct event_answer *answer) {
    struct desk_window *window = turn.window;
    if (window->day_request == 0 || window->day_request != answer->request)
        return false;
    const struct document *document = document_if(answer->document, DOCUMENT_DESK_DAY);
    window->day_request = 0;
    window->day_mono_ms = turn.book.now.mono_ms + DAY_PAUSE_MS;
    desk_shift_answered(turn, (const struct desk_day *)(const void *)document);
    if (document != NULL) {
        window->day = *(const struct desk_day *)(const void *)document;
        window->revision++;
    }
    return true;
}

/* Has this step changed what becomes of a call? */
static bool any_call_changed(const struct effects *out) {
    for (int i = 0; i < out->count; i++)
        if (out->items[i].kind == EFFECT_CALL)
            return true;
    return false;
}

static void read_day(struct desk_turn turn) {
    struct desk_window *window = turn.window;
    struct now now = turn.book.now;
    bool over = window->day_ends_mono_ms != 0 && now.mono_ms >= window->day_ends_mono_ms;
    bool changed = any_call_changed(turn.book.out);
    window->day_stale |= over || changed;
    if (changed)
        desk_look_again(turn);
    if (!window->day_stale || window->day_request != 0 || now.mono_ms < window->day_mono_ms)
        return;
    struct effect *effect = desk_add_effect(turn.book.out, 0);
    effect->kind = EFFECT_SEND;
    effect->to = (struct address){ADDRESS_TERMINAL, 0};
    effect->number = window->day_request = book_take_number(turn.book.book);
    effect->of.send.verb = VERB_DAY;
    window->day_stale = false;
    window->day_ends_mono_ms =
        now.mono_ms + policy_day_start_ms(now.wall_ms) + DAY_MS - now.wall_ms;
}

/* ---- after every event ---- */

static enum arm arm_of_window(const struct desk_window *window) {
    const struct desk_waiting *call = desk_window_call(window);
    bool scans = window->screen == SCREEN_DESK_PAY || window->screen == SCREEN_DESK_REFUND ||
                 (window->screen == SCREEN_DESK_WAIT && !window->payment.chosen);
    return call != NULL && scans ? ARM_PAY_CODE : ARM_NONE;
}

static void arm_scanner(struct desk_turn turn) {
    enum arm wanted = arm_of_window(turn.window);
    if (wanted == turn.window->armed)
        return;
    turn.window->armed = wanted;
    struct effect *effect = desk_add_effect(turn.book.out, 0);
    effect->kind = EFFECT_ARM;
    effect->of.arm.arm = wanted;
}

bool desk_window_hands_out(const struct desk_window *window) {
    const struct desk_waiting *call = desk_window_call(window);
    if (window->screen != SCREEN_DESK_RESULT || window->looking || call == NULL ||
        window->payment.news != CALL_PAID)
        return false;
    if (call->back.wanted)
        return desk_back_in_cash(call);
    return window->payment.received.fen > call->amount.fen;
}

static int64_t result_left_ms(const struct desk_window *window, int64_t mono_ms) {
    bool leaves = window->screen == SCREEN_DESK_RESULT && window->payment.news == CALL_PAID &&
                  !window->looking && window->payment.refusal == CALL_TAKEN &&
                  !window->payment.unheard && !desk_window_hands_out(window);
    return leaves ? window->since_mono_ms + DESK_RESULT_MS - mono_ms : INT64_MAX;
}

void desk_window_follow(struct desk_turn turn) {
    if (!turn.window->on)
        return;
    follow_order_of_call(turn);
    if (result_left_ms(turn.window, turn.book.now.mono_ms) <= 0)
        desk_next_call(turn);
    read_day(turn);
    arm_scanner(turn);
}

int64_t desk_window_deadline(const struct desk_window *window) {
    if (!window->on)
        return INT64_MAX;
    int64_t deadline = result_left_ms(window, 0);

    if (window->day_stale && window->day_request == 0 && window->day_mono_ms < deadline)
        deadline = window->day_mono_ms;
    if (!window->day_stale && window->day_ends_mono_ms != 0 && window->day_ends_mono_ms < deadline)
        deadline = window->day_ends_mono_ms;
    if (window->screen == SCREEN_DESK_WAIT && window->payment.slot >= 0 &&
        window->payment.slow_mono_ms < deadline)
        deadline = window->payment.slow_mono_ms;
    return deadline;
}

/* From the card's insertion on only the pinpad ends the sale. */
static bool waits_for_card(const struct desk_payment *payment) {
    return desk_way_pinpad(payment->way) != 0 && payment->leg == LEG_PLACING &&
           payment->step <= CARD_STEP_INSERT;
}

bool desk_window_cancellable(const struct desk_window *window) {
    const struct desk_payment *payment = &window->payment;
    if (window->looking)
        return false;
    return window->screen == SCREEN_DESK_PAY || window->screen == SCREEN_DESK_CASH ||
           window->screen == SCREEN_DESK_REFUND ||
           (window->screen == SCREEN_DESK_WAIT && !window->waiting[0].back.wanted &&
            !payment->cancel_wanted &&
            (!payment->chosen || payment->news == CALL_PLACED || payment->slot < 0 ||
             waits_for_card(payment)));
}
