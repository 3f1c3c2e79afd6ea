/* Cash as it is typed, and the notes that one pays with. */
#include <string.h>

#include "app/core/desk/parts.h"

#define YUAN 100

struct fen desk_received(const struct desk_window *window) {
    struct fen received = {0};
    size_t length = strlen(window->typed);
    if (length > 0 && window->typed[length - 1] == '.')
        length--;
    if (length == 0 || money_parse(window->typed, length, &received) != MONEY_OK)
        return (struct fen){0};
    return received;
}

/* The next round sums above it, and itself. */
int desk_usual_notes(struct fen due, struct fen notes[DESK_NOTES_MAX]) {
    static const int64_t steps[] = {YUAN, 10 * YUAN, 50 * YUAN, 100 * YUAN};
    int count = 0;
    notes[count++] = due;
    for (size_t i = 0; i < sizeof steps / sizeof steps[0] && count < DESK_NOTES_MAX; i++) {
        struct fen round = {(due.fen + steps[i] - 1) / steps[i] * steps[i]};
        if (round.fen > notes[count - 1].fen && round.fen <= MONEY_MAX_FEN)
            notes[count++] = round;
    }
    return count;
}
