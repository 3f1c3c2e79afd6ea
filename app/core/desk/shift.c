/* The end of a shift: the cash that it took, what it gave back, what the drawer should hold and
 * what was counted go into the journal together, and the next shift begins. */
#include <string.h>

#include "app/core/desk/parts.h"
#include "app/core/terms/copy.h"

/* Opens and closes the counting. */
void desk_count_shift(struct desk_turn turn) {
    struct desk_window *window = turn.window;
    if (window->screen != SCREEN_DESK_IDLE || window->shift_ending || window->day.shift_ms == 0)
        return;
    window->shift_asked = !window->shift_asked;
    window->shift_failed = window->helps = false;
    text_wipe(window->typed, sizeof window->typed);
    window->revision++;
}

void desk_end_shift(struct desk_turn turn) {
    struct desk_window *window = turn.window;
    if (!window->shift_asked || window->shift_ending || window->typed[0] == '\0')
        return;
    window->shift_counted = desk_received(window);
    window->shift_ending = true;
    window->revision++;
    struct effect *effect = desk_add_effect(turn.book.out, 0);
    effect->kind = EFFECT_SEND;
    effect->to = (struct address){ADDRESS_TERMINAL, 0};
    effect->number = window->day_request = book_take_number(turn.book.book);
    effect->of.send.verb = VERB_SHIFT_END;
}

/* Its answer is the day as the next shift has it; none: it could not be written. */
void desk_shift_answered(struct desk_turn turn, const struct desk_day *written) {
    struct desk_window *window = turn.window;
    if (!window->shift_ending)
        return;
    window->shift_ending = false;
    window->shift_failed = window->shift_asked = written == NULL;
    window->day_stale = true;
    text_wipe(window->typed, sizeof window->typed);
    if (written == NULL)
        return;
    window->ended = written->ended;
    window->slip_job = 0; /* of the shift before it */
    desk_print_slip(turn);
}

/* ---- its slip ---- */

/* At the list while it is not on paper; any time where the next one is counted. */
bool desk_slip_prints(const struct desk_window *window, const struct core_setup *setup) {
    bool missing = window->slip == DESK_RECEIPT_FAILED || window->slip == DESK_RECEIPT_UNKNOWN;
    return setup->has_printer && window->screen == SCREEN_DESK_IDLE &&
           (window->shift_asked || missing) && window->ended.ended_ms != 0 && window->slip_job == 0;
}

/* Its figures stand in the journal: paper that fails changes nothing. */
void desk_print_slip(struct desk_turn turn) {
    struct desk_window *window = turn.window;
    window->slip = DESK_RECEIPT_NONE;
    window->revision++;
    if (!turn.book.setup->has_printer || window->ended.ended_ms == 0)
        return;
    struct effect *effect = desk_add_effect(turn.book.out, 0);
    effect->kind = EFFECT_SLIP;
    effect->to = (struct address){ADDRESS_TERMINAL, 0};
    effect->number = window->slip_job = book_take_number(turn.book.book);
    window->slip = DESK_RECEIPT_PRINTING;
}
