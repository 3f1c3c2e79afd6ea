/* Calls that wait for the cashier: they come, are shown one after the other, chosen, and let go. */
#include <string.h>

#include "app/core/desk/parts.h"
#include "app/core/terms/assert.h"
#include "app/core/terms/copy.h"
#include "app/core/terms/mask.h"

#define NUMBER_HEAD 2
#define NUMBER_TAIL 4

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
