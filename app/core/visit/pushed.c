/* PUSHED: the bill is a message on the patient's phone. Nothing takes it back: whoever goes, or has
 * waited for as long as the terminal waits, is told that it stays there, and that the window helps.
 */
#include "app/core/order/shares.h"
#include "app/core/visit/payment.h"
#include "app/core/visit/screen.h"

static struct next pushed_touch(struct visit *visit, struct touch touch) {
    (void)touch; /* only CANCEL is taken here */
    return payment_cancel(visit);
}

static int64_t pushed_deadline(struct situation at) {
    const struct visit_payment *payment = &at.session->payment;
    if (payment->slot < 0)
        return INT64_MAX;
    int64_t left_ms = order_shown_leg(&at.book->orders[payment->slot])->expire_ms - at.now.wall_ms;

    return at.now.mono_ms + (left_ms > 0 ? left_ms : 0);
}

static struct next pushed_expired(struct visit *visit) {
    return payment_cancel(visit);
}

const struct screen_ops pushed_screen = {.rule = {.screen = SCREEN_PUSHED,
                                                  .hears = HEARS_ALWAYS | HEARS_ORDER,
                                                  .touches = TAKES_ALWAYS | TAKES(CANCEL),
                                                  .back = SCREEN_PUSHED,
                                                  .timeout = SCREEN_RESULT,
                                                  .idle = IDLE_NEVER,
                                                  .step = 3,
                                                  .money_touches = TAKES(CANCEL)},
                                         .touch = pushed_touch,
                                         .follow = payment_follow,
                                         .deadline = pushed_deadline,
                                         .expired = pushed_expired};
