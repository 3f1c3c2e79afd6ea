/* The refund desk: the payments of which some may go back, why, and the second person. */
#include <string.h>

#include "app/present/desk_screens.h"

static const char *no_refund_key(enum call_refusal obstacle) {
    switch (obstacle) {
    case CALL_TAKEN:
        return "";
    case CALL_BUSY:
        return "desk.no_refund.busy";
    case CALL_NOTHING_LEFT:
        return "desk.no_refund.nothing";
    case CALL_NOT_PAID:
        return "desk.no_refund.unpaid";
    default:
        return "desk.no_refund.person";
    }
}

static void present_choice(const struct presenting *p, const struct desk_choice *choice, int n) {
    char *time = p->store->desk_times[n];
    clock_text(choice->paid_ms, time);
    time[16] = '\0';
    p->view->of.desk.choices[n] = (struct view_desk_choice){
        .time = choice->paid_ms == 0 ? "" : time + 5,
        .what_key = desk_what_key(choice->service, choice->account_type),
        .way_key = desk_way_key(choice->way),
        .paid_fen = choice->paid.fen,
        .before_fen = choice->before.fen,
        .left_fen = choice->obstacle == CALL_TAKEN ? choice->paid.fen - choice->before.fen : 0,
        .reason_key = no_refund_key(choice->obstacle)};
}

static void present_second(const struct presenting *p) {
    static const char *const keys[] = {[DESK_SECOND_NONE] = "desk.second.ask",
                                       [DESK_SECOND_WRONG] = "desk.second.wrong",
                                       [DESK_SECOND_PAUSED] = "desk.second.paused",
                                       [DESK_SECOND_SAME] = "desk.second.same"};
    const struct desk_window *window = &p->core->window;
    struct view_desk *desk = &p->view->of.desk;

    desk->second = desk_needs_second(window, &p->core->setup);
    desk->agreed_by = window->agreed_by;
    desk->second_key = !desk->second                  ? ""
                       : window->agreed_by[0] != '\0' ? "desk.second.agreed"
                                                      : keys[window->second];
    desk->pin_length = (int)strlen(window->typed);
}

void present_desk_refund(const struct presenting *p) {
    const struct desk_waiting *call = desk_window_call(&p->core->window);
    const struct desk_choices *choices = &call->back.choices;
    struct view_desk *desk = &p->view->of.desk;

    desk->enter_key = desk_back_in_cash(call) ? "desk.refund.go.cash" : "desk.refund.go";
    desk->asked_fen = call->back.asked.fen;
    desk->choice_count = choices->count;
    desk->chosen = call->back.chosen;
    desk->more_choices = choices->more;
    for (int i = 0; i < choices->count && i < VIEW_DESK_CHOICES; i++)
        present_choice(p, &choices->rows[i], i);
    desk->why = (int)p->core->window.why;
    desk->missing_key = desk_refund_missing(&p->core->window, &p->core->setup);
    present_second(p);
}
