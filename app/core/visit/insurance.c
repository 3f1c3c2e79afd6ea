/* INSURANCE: what each line of the bill is in the insurance's eyes, before it is paid. The code of
 * PAY_QR can be paid meanwhile: what becomes of the order is followed from here too. */
#include "app/core/visit/payment.h"
#include "app/core/visit/screen.h"
#include "app/core/visit/typing.h"

static struct next insurance_touch(struct visit *visit, struct touch touch) {
    const struct pay_link *link = session_link(visit->session);

    turn_page(visit->session, touch.kind, link != NULL ? link->line_count : 0,
              visit_rows_a_page(visit_situation(visit), PAGE_LINES));
    return next_stay();
}

const struct screen_ops insurance_screen = {
    .rule = {.screen = SCREEN_INSURANCE,
             .hears = HEARS_ALWAYS | HEARS_ORDER,
             .touches = TAKES_ALWAYS | TAKES(BACK) | TAKES(MORE) | TAKES(LESS),
             .back = SCREEN_PAY_QR,
             .timeout = SCREEN_WAITING,
             .idle = IDLE_NEVER,
             .step = 3},
    .touch = insurance_touch,
    .follow = payment_follow};
