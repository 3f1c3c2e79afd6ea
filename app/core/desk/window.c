/* The cashier's window: calls come, are paid and go. */
#include "app/core/desk/window.h"

#include <string.h>

#include "app/core/desk/parts.h"
#include "app/core/order/shares.h"
#include "app/core/terms/assert.h"
#include "app/core/terms/copy.h"
#include "app/core/terms/mask.h"
#include "app/core/terms/policy.h"

#define DAY_MS INT64_C(86400000)
#define DAY_PAUSE_MS 300 /* between two readings of the journal */
#define NUMBER_HEAD 2
#define NUMBER_TAIL 4
#define SLOW_MS 15000 /* whoever has not answered for so long is called silent */

/* ---- calls ---- */

void desk_window_begin(struct desk_window *window, const struct core_setup *setup) {
    memset(window, 0, sizeof *window);
    window->on = setup->desk_window;
    window->screen = SCREEN_DESK_IDLE;
    window->language = setup->language;
    window->day_stale = setup->journal_ok;
    window->payment.slot = -1;
}

struct desk_around desk_around_of(struct desk_turn turn) {
    return (struct desk_around){turn.book.setup, turn.terminal, turn.book.book};
}

/* What a caller has named needs no choice: a code is shown at once where the patient sees it, a
 * pinpad asks for the card by itself. A phone has still to be held out. */
static bool begins_by_itself(struct desk_turn turn) {
    const struct desk_waiting *call = &turn.window->waiting[0];
    if (desk_way_obstacle(turn.window, desk_around_of(turn), DESK_WAY_INSURED)[0] == '\0')
        return false; /* whether the insurance pays is the patient's to say */
    bool pinpad = desk_way_pinpad(call->named) != 0 && !call->any_pinpad;
    return (call->named == DESK_WAY_CODE && !turn.terminal->display_away) ||
           (pinpad && desk_way_obstacle(turn.window, desk_around_of(turn), call->named)[0] == '\0');
}

static void show_call(struct desk_turn turn) {
    enum desk_way named = turn.window->waiting[0].named;
    desk_stop_looking(turn.window);
    turn.window->shift_asked = false;
    turn.window->receipt = turn.window->slip = DESK_RECEIPT_NONE;
    turn.window->print_job = 0; /* of the call before it */
    text_wipe(&turn.window->payment, sizeof turn.window->payment);
    turn.window->payment = (struct desk_payment){.slot = -1};
    text_wipe(turn.window->typed, sizeof turn.window->typed);
    text_wipe(turn.window->agreed_by, sizeof turn.window->agreed_by);
    turn.window->amount_asked = turn.window->amount_wrong = false;
    turn.window->why = REFUND_WHY_NONE;
    turn.window->second = DESK_SECOND_NONE;
    turn.window->staff_request = 0;
    desk_ask_others(turn);
    if (turn.window->waiting[0].back.wanted) {
        desk_go(turn, SCREEN_DESK_REFUND);
        return;
    }
    desk_go(turn, named == DESK_WAY_CASH ? SCREEN_DESK_CASH : SCREEN_DESK_PAY);
    if (begins_by_itself(turn))
        desk_choose(turn, named);
}

bool desk_window_waits(const struct desk_window *window, const char *caller_no) {
    for (int i = 0; i < window->waiting_count; i++)
        if (strcmp(window->waiting[i].caller_no, caller_no) == 0 ||
            strcmp(window->waiting[i].back.refund_no, caller_no) == 0)
            return true;
    return false;
}

bool desk_window_full(const struct desk_window *window) {
    return window->waiting_count == DESK_WAITING_MAX;
}

static struct desk_waiting *add_waiting(struct desk_turn turn, uint32_t number,
                                        const struct call_document *call, struct fen amount) {
    struct desk_window *window = turn.window;
    CORE_ASSERT(!desk_window_full(window));
    struct desk_waiting *waiting = &window->waiting[window->waiting_count++];
    *waiting = (struct desk_waiting){.call = number,
                                     .service = call->service,
                                     .account_type = call->person.account_type,
                                     .amount = amount,
                                     .since_ms = turn.book.now.wall_ms};
    memcpy(waiting->caller_no, call->caller_no, sizeof waiting->caller_no);
    memcpy(waiting->masked_name, call->person.masked_name, sizeof waiting->masked_name);
    memcpy(waiting->show, call->show, sizeof waiting->show);
    waiting->keys = call->person.keys;
    mask_middle(call->person.mdtrt_cert_no, NUMBER_HEAD, NUMBER_TAIL, waiting->number,
                sizeof waiting->number);
    window->revision++;
    return waiting;
}

static void show_if_free(struct desk_turn turn) {
    if (turn.window->screen == SCREEN_DESK_IDLE || turn.window->looking)
        show_call(turn);
}

void desk_window_take(struct desk_turn turn, uint32_t number, const struct call_document *call) {
    struct desk_waiting *waiting = add_waiting(turn, number, call, call->amount);
    waiting->named = desk_way_of(call->caller_channel, call->pos_no);
    waiting->insured = call->insured;
    waiting->any_pinpad = desk_way_pinpad(waiting->named) != 0 && call->pos_no[0] == '\0';
    show_if_free(turn);
}

/* What is open knows more than what was read. */
static void renew_choices(const struct book *book, struct desk_choices *choices) {
    for (int i = 0; i < ORDERS_MAX; i++)
        for (int k = 0; book->orders[i].run.used && k < choices->count; k++)
            if (strcmp(book->orders[i].caller_no, choices->rows[k].caller_no) == 0)
                choices->rows[k] = desk_choice_of(&book->orders[i]);
}

/* The caller's own stands there whatever else does, and is chosen first. */
static int choose_named(struct desk_choices *choices, const struct order *order) {
    for (int i = 0; i < choices->count; i++)
        if (strcmp(choices->rows[i].caller_no, order->caller_no) == 0)
            return i;
    int at = choices->count < DESK_CHOICES_MAX ? choices->count++ : DESK_CHOICES_MAX - 1;
    choices->rows[at] = desk_choice_of(order);
    return at;
}

/* The refund's caller need not know the name: the payment does. */
void desk_window_take_refund(struct desk_turn turn, uint32_t number,
                             const struct call_document *call, const struct order *order) {
    struct desk_waiting *waiting = add_waiting(turn, number, call, call->amount);
    struct desk_giving_back *back = &waiting->back;
    *back = (struct desk_giving_back){
        .wanted = true, .asked = call->amount, .in_cash = call->in_cash, .choices = call->choices};
    const struct refund *tried = desk_refund(order, call->refund_no);
    back->fixed = tried != NULL ? tried->amount : (struct fen){0};
    renew_choices(turn.book.book, &back->choices);
    back->chosen = choose_named(&back->choices, order);
    desk_choose_payment(waiting, back->chosen);
    memcpy(waiting->masked_name, order->person.masked_name, sizeof waiting->masked_name);
    memcpy(back->refund_no, call->refund_no, sizeof back->refund_no);
    show_if_free(turn);
}

static void drop_call(struct desk_window *window, int i) {
    CORE_ASSERT(window->waiting_count > i);
    window->waiting_count--;
    memmove(&window->waiting[i], &window->waiting[i + 1],
            (size_t)(window->waiting_count - i) * sizeof window->waiting[0]);
    text_wipe(&window->waiting[window->waiting_count], sizeof window->waiting[0]);
}

void desk_next_call(struct desk_turn turn) {
    struct desk_window *window = turn.window;
    if (window->looking)
        desk_stop_looking(window);
    else
        drop_call(window, 0);
    if (window->waiting_count > 0) {
        show_call(turn);
        return;
    }
    text_wipe(&window->payment, sizeof window->payment);
    window->payment.slot = -1;
    window->day_stale |= window->day_skip != 0;
    window->page = window->day_skip = 0;
    desk_go(turn, SCREEN_DESK_IDLE);
}

void desk_choose(struct desk_turn turn, enum desk_way way) {
    struct desk_payment *payment = &turn.window->payment;
    CORE_ASSERT(!payment->chosen);
    desk_forget_code(turn.window);
    payment->way = way;
    payment->chosen = true;
    payment->chosen_mono_ms = turn.book.now.mono_ms;
    struct effect *effect = desk_add_effect(turn.book.out, 0);
    effect->kind = EFFECT_CHOSEN;
    effect->number = turn.window->waiting[0].call;
    effect->of.chosen.way = (uint8_t)way;
    desk_go(turn, SCREEN_DESK_WAIT);
}

static void tell_let_go(struct desk_turn turn, uint32_t call) {
    struct effect *effect = desk_add_effect(turn.book.out, 0);
    effect->number = call;
    effect->of.call.refusal = CALL_CANCELLED;
}

void desk_let_go(struct desk_turn turn) {
    tell_let_go(turn, turn.window->waiting[0].call);
    desk_next_call(turn);
}

bool desk_window_withdraw(struct desk_turn turn, const char *caller_no) {
    struct desk_window *window = turn.window;
    int i = 0;
    while (i < window->waiting_count &&
           (window->waiting[i].back.wanted || strcmp(window->waiting[i].caller_no, caller_no) != 0))
        i++;
    bool shown = i == 0 && !window->looking;
    if (i == window->waiting_count || (i == 0 && window->payment.chosen))
        return false;
    if (shown) {
        desk_let_go(turn);
        return true;
    }
    tell_let_go(turn, window->waiting[i].call);
    drop_call(window, i);
    window->revision++;
    return true;
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
