/* A refund on the window: of which payment, why, and what is missing before it goes. */
#include <string.h>

#include "app/core/desk/parts.h"
#include "app/core/terms/copy.h"

const struct desk_choice *desk_chosen_payment(const struct desk_window *window) {
    const struct desk_waiting *call = desk_window_call(window);
    return call == NULL || !call->back.wanted ? NULL : &call->back.choices.rows[call->back.chosen];
}

bool desk_window_gives_back(const struct desk_window *window, const char *refund_no) {
    return window->on && window->waiting_count > 0 && window->payment.chosen &&
           window->waiting[0].back.wanted &&
           strcmp(window->waiting[0].back.refund_no, refund_no) == 0;
}

bool desk_back_in_cash(const struct desk_waiting *call) {
    const struct desk_giving_back *back = &call->back;
    return back->wanted && (back->in_cash || back->choices.rows[back->chosen].way == DESK_WAY_CASH);
}

struct fen desk_back_most(const struct desk_waiting *call) {
    const struct desk_giving_back *back = &call->back;
    return desk_choice_amount(&back->choices.rows[back->chosen],
                              back->fixed.fen != 0 ? back->fixed : back->asked);
}

/* What of it goes back follows from what is left of it. */
void desk_choose_payment(struct desk_waiting *call, int chosen) {
    const struct desk_choice *choice = &call->back.choices.rows[chosen];
    call->back.chosen = chosen;
    call->amount = desk_back_most(call);
    call->service = choice->service;
    call->account_type = choice->account_type;
}

const char *desk_refund_missing(const struct desk_window *window, const struct core_setup *setup) {
    const struct desk_choice *choice = desk_chosen_payment(window);
    if (choice == NULL || choice->obstacle != CALL_TAKEN)
        return "desk.refund.other";
    if (window->amount_asked)
        return "desk.refund.amount";
    if (window->why == REFUND_WHY_NONE)
        return "desk.refund.why";
    return desk_second_missing(window, setup) ? "desk.refund.second" : "";
}

/* Another sum: whoever agreed, agreed to the one before, also with a PIN that is still being
 * checked. */
static void begin_other_sum(struct desk_window *window) {
    text_wipe(window->agreed_by, sizeof window->agreed_by);
    text_wipe(window->typed, sizeof window->typed);
    window->staff_request = 0;
    window->second = DESK_SECOND_NONE;
    window->amount_wrong = false;
    window->revision++;
}

/* One that is tried again under its number is of the payment that it was of. */
void desk_pick_payment(struct desk_turn turn, int n) {
    struct desk_waiting *call = &turn.window->waiting[0];
    if (n < 1 || n > call->back.choices.count || call->back.fixed.fen != 0)
        return;
    desk_choose_payment(call, n - 1);
    turn.window->amount_asked = false;
    begin_other_sum(turn.window);
}

/* A bill goes back whole; one that is tried again under its number is the same sum. */
bool desk_amount_changes(const struct desk_window *window) {
    const struct desk_choice *choice = desk_chosen_payment(window);
    return window->screen == SCREEN_DESK_REFUND && choice != NULL &&
           choice->obstacle == CALL_TAKEN && choice->service == SERVICE_DEPOSIT &&
           window->waiting[0].back.fixed.fen == 0;
}

void desk_type_amount(struct desk_turn turn) {
    if (!desk_amount_changes(turn.window))
        return;
    turn.window->amount_asked = !turn.window->amount_asked;
    begin_other_sum(turn.window);
}

void desk_take_amount(struct desk_turn turn) {
    struct desk_window *window = turn.window;
    struct desk_waiting *call = &window->waiting[0];
    struct fen typed = desk_received(window);
    if (!window->amount_asked || window->typed[0] == '\0')
        return;
    begin_other_sum(window);
    window->amount_wrong = typed.fen <= 0 || typed.fen > desk_back_most(call).fen;
    if (window->amount_wrong)
        return;
    call->amount = typed;
    window->amount_asked = false;
}

void desk_pick_why(struct desk_turn turn, int n) {
    if (n <= REFUND_WHY_NONE || n > REFUND_WHY_OTHER)
        return;
    turn.window->why = (enum refund_why)n;
    turn.window->revision++;
}
