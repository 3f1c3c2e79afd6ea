#include "app/core/order/at_pinpad.h"

#include <string.h>

#define CODE_POS_NOT_FOUND "Z5" /* of a query by sequence */

/* A clock goes some minutes wrong between two greetings, and an act takes its time. */
#define MIDNIGHT_MS (INT64_C(10) * 60 * 1000)

struct pos_place at_pinpad_place(const struct turn *turn, int leg) {
    struct pos_place place = {.terminal = ""};
    char before[sizeof place.date], after[sizeof place.date];
    if (turn->rules->pinpads == NULL)
        return place;
    bool second = turn->order->legs[leg].pos_no[0] == '2';
    const struct pinpad_known *known = &turn->rules->pinpads[second];
    memcpy(place.terminal, known->terminal, sizeof place.terminal);
    order_day(known->ahead_ms + turn->now.mono_ms - MIDNIGHT_MS, before);
    order_day(known->ahead_ms + turn->now.mono_ms + MIDNIGHT_MS, after);
    if (known->ahead_ms != 0 && strcmp(before, after) == 0)
        memcpy(place.date, before, sizeof place.date);
    return place;
}

bool at_pinpad_place_leg(const struct turn *turn, int leg) {
    struct leg *of = &turn->order->legs[leg];
    if (of->route != ROUTE_POS)
        return false;
    struct pos_place place = at_pinpad_place(turn, leg);
    if (strcmp(of->slip.terminal, place.terminal) == 0 && strcmp(of->slip.date, place.date) == 0)
        return false;
    memcpy(of->slip.terminal, place.terminal, sizeof of->slip.terminal);
    memcpy(of->slip.date, place.date, sizeof of->slip.date);
    return true;
}

/* Busy, a bad message, not found and out of service are said of the question. That the result is
 * unknown (Z6) says that there was an act. */
bool at_pinpad_is_of_act(const char *code) {
    static const char *const of_question[] = {"", "Z3", "Z4", CODE_POS_NOT_FOUND, "Z7"};
    for (size_t i = 0; i < sizeof of_question / sizeof *of_question; i++)
        if (strcmp(code, of_question[i]) == 0)
            return false;
    return true;
}

void at_pinpad_keep_code(char kept[CODE_SIZE], const char *code) {
    if (at_pinpad_is_of_act(code) || !at_pinpad_is_of_act(kept))
        turn_keep_text(kept, CODE_SIZE, code);
}

bool at_pinpad_never_had(const struct turn *turn, const struct part_run *run,
                         const struct pos_place *to, const char *kept,
                         const struct event_answer *answer) {
    bool its = to->terminal[0] != '\0' && strcmp(answer->slip.terminal, to->terminal) == 0 &&
               to->date[0] != '\0' && strcmp(answer->slip.date, to->date) == 0;
    return strcmp(answer->code, CODE_POS_NOT_FOUND) == 0 && its && !at_pinpad_is_of_act(kept) &&
           turn_asked_when_quiet(turn, run);
}
