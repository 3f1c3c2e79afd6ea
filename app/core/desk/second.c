/* The second person: above the hospital's sum one of the staff, not the cashier, agrees to a refund
 * with their PIN, typed or on the badge that is scanned. Wrong ones count as they do everywhere. */
#include <string.h>

#include "app/core/desk/parts.h"
#include "app/core/terms/copy.h"

bool desk_needs_second(const struct desk_window *window, const struct core_setup *setup) {
    const struct desk_waiting *call = desk_window_call(window);
    return window->screen == SCREEN_DESK_REFUND && setup->second_above.fen > 0 && call != NULL &&
           call->amount.fen > setup->second_above.fen;
}

bool desk_second_missing(const struct desk_window *window, const struct core_setup *setup) {
    return desk_needs_second(window, setup) && window->agreed_by[0] == '\0';
}

void desk_ask_second(struct desk_turn turn) {
    struct desk_window *window = turn.window;
    if (!desk_second_missing(window, turn.book.setup) || window->staff_request != 0 ||
        window->typed[0] == '\0')
        return;
    struct effect asking = {.kind = EFFECT_STAFF,
                            .to = {ADDRESS_TERMINAL, 0},
                            .leg = PART_NONE,
                            .claim = PART_NONE,
                            .refund = PART_NONE,
                            .of.staff.ask = STAFF_ASK_PIN};
    window->revision++;
    struct staff_try try;
    if (!staff_tries_begin(turn.terminal, turn.book.now, &try)) {
        text_wipe(window->typed, sizeof window->typed);
        window->second = DESK_SECOND_PAUSED;
        return;
    }
    asking.of.staff.tries = try.tries;
    asking.of.staff.pause_ms = try.pause_ms;
    asking.number = window->staff_request = book_take_number(turn.book.book);
    *desk_add_effect(turn.book.out, 0) = asking;
}

void desk_window_staff(struct desk_turn turn, const struct event_staff *answer) {
    struct desk_window *window = turn.window;
    if (window->staff_request == 0 || answer->number != window->staff_request)
        return;
    window->staff_request = 0;
    window->revision++;
    text_wipe(window->typed, sizeof window->typed);
    if (!answer->ok) {
        window->second = DESK_SECOND_WRONG;
        return;
    }
    staff_tries_right(turn.terminal, answer->name, turn.book.setup->cashier);
    bool same = strcmp(answer->name, turn.book.setup->cashier) == 0;
    window->second = same ? DESK_SECOND_SAME : DESK_SECOND_NONE;
    if (!same)
        text_copy(window->agreed_by, sizeof window->agreed_by, answer->name);
}
