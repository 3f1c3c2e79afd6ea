#include "ui/desk/desk.h"

#include "ui/desk/parts.h"

static void (*const desk_screens[])(struct painter *painter, const struct view *view) = {
    [SCREEN_DESK_IDLE - SCREEN_COUNT] = desk_idle_draw,
    [SCREEN_DESK_PAY - SCREEN_COUNT] = desk_pay_draw,
    [SCREEN_DESK_CASH - SCREEN_COUNT] = desk_cash_draw,
    [SCREEN_DESK_WAIT - SCREEN_COUNT] = desk_wait_draw,
    [SCREEN_DESK_RESULT - SCREEN_COUNT] = desk_result_draw,
    [SCREEN_DESK_REFUND - SCREEN_COUNT] = desk_refund_draw,
};

void desk_draw(struct painter *painter, const struct view *view) {
    desk_screens[view->screen - SCREEN_COUNT](painter, view);
    desk_keys_draw(painter, view);
}
