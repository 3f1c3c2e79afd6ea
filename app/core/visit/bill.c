/* BILL: the lines of one bill. */
#include "app/core/visit/screen.h"
#include "app/core/visit/typing.h"

static struct next bill_touch(struct visit *visit, struct touch touch) {
    struct session *session = visit->session;
    const struct bill_list *bills = session_bills(session);

    if (bills == NULL)
        return next_stay();
    if (touch.kind == TOUCH_NEXT)
        return next_show(SCREEN_BILLS);
    turn_page(session, touch.kind, bills->bills[session->choice.bill].line_count,
              visit_rows_a_page(visit_situation(visit), PAGE_LINES));
    return next_stay();
}

const struct screen_ops bill_screen = {
    .rule = {.screen = SCREEN_BILL,
             .hears = HEARS_ALWAYS,
             .touches = TAKES_ALWAYS | TAKES(BACK) | TAKES(NEXT) | TAKES(MORE) | TAKES(LESS),
             .back = SCREEN_BILLS,
             .timeout = SCREEN_WELCOME,
             .step = 2},
    .touch = bill_touch};
