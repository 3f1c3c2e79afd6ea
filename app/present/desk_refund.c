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
    desk->pin_length = window->amount_asked ? 0 : (int)strlen(window->typed);
}

/* Less than the caller wants is said, and whether it is all that can be had. */
static const char *less_key(const struct desk_waiting *call) {
    if (call->amount.fen >= call->back.asked.fen || call->amount.fen == 0)
        return "";
    return call->amount.fen == desk_back_most(call).fen && call->back.fixed.fen == 0
               ? "desk.refund.less"
               : "desk.refund.part";
}

static void present_amount_back(const struct presenting *p) {
    const struct desk_window *window = &p->core->window;
    struct view_desk *desk = &p->view->of.desk;

    desk->most_fen = desk_back_most(desk_window_call(window)).fen;
    desk->amount_changes = desk_amount_changes(window);
    desk->amount_asked = window->amount_asked;
    if (!window->amount_asked)
        return;
    desk->typed = present_typed(p, window->typed);
    desk->enter_key = "desk.refund.take";
    p->view->notice_key = window->amount_wrong ? "desk.refund.wrong" : "";
}

void present_desk_refund(const struct presenting *p) {
    const struct desk_waiting *call = desk_window_call(&p->core->window);
    const struct desk_choices *choices = &call->back.choices;
    struct view_desk *desk = &p->view->of.desk;

    desk->enter_key = desk_back_in_cash(call) ? "desk.refund.go.cash" : "desk.refund.go";
    desk->asked_fen = call->back.asked.fen;
    desk->less_key = less_key(call);
    desk->choice_count = choices->count;
    desk->chosen = call->back.chosen;
    desk->more_choices = choices->more;
    for (int i = 0; i < choices->count && i < VIEW_DESK_CHOICES; i++)
        present_choice(p, &choices->rows[i], i);
    desk->why = (int)p->core->window.why;
    desk->missing_key = desk_refund_missing(&p->core->window, &p->core->setup);
    present_second(p);
    present_amount_back(p);
}
