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

/* What of it goes back follows from what is left of it. */
void desk_choose_payment(struct desk_waiting *call, int chosen) {
    const struct desk_choice *choice = &call->back.choices.rows[chosen];
    call->back.chosen = chosen;
    call->amount = desk_choice_amount(choice, call->back.asked);
    call->service = choice->service;
    call->account_type = choice->account_type;
}

const char *desk_refund_missing(const struct desk_window *window, const struct core_setup *setup) {
    const struct desk_choice *choice = desk_chosen_payment(window);
    if (choice == NULL || choice->obstacle != CALL_TAKEN)
        return "desk.refund.other";
    if (window->why == REFUND_WHY_NONE)
        return "desk.refund.why";
    return desk_second_missing(window, setup) ? "desk.refund.second" : "";
}

/* Another payment is another sum: whoever agreed, agreed to the first, also with a PIN that is
 * still being checked. */
void desk_pick_payment(struct desk_turn turn, int n) {
    struct desk_waiting *call = &turn.window->waiting[0];
    if (n < 1 || n > call->back.choices.count)
        return;
    desk_choose_payment(call, n - 1);
    text_wipe(turn.window->agreed_by, sizeof turn.window->agreed_by);
    text_wipe(turn.window->typed, sizeof turn.window->typed);
    turn.window->staff_request = 0;
    turn.window->revision++;
}

void desk_pick_why(struct desk_turn turn, int n) {
    if (n <= REFUND_WHY_NONE || n > REFUND_WHY_OTHER)
        return;
    turn.window->why = (enum refund_why)n;
    turn.window->revision++;
}
