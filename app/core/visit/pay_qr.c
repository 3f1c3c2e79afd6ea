/* PAY_QR: the patient's phone scans our QR code. */
#include "app/core/visit/payment.h"
#include "app/core/visit/screen.h"

static struct next pay_qr_touch(struct visit *visit, struct touch touch) {
    (void)touch; /* only CANCEL is taken here */
    return visit_order(visit) != NULL ? payment_cancel(visit) : next_stay();
}

const struct screen_ops pay_qr_screen = {.rule = {.screen = SCREEN_PAY_QR,
                                                  .hears = HEARS_ALWAYS | HEARS_ORDER,
                                                  .touches = TAKES_ALWAYS | TAKES(CANCEL),
                                                  .back = SCREEN_PAY_QR,
                                                  .timeout = SCREEN_WAITING,
                                                  .idle = IDLE_NEVER,
                                                  .step = 3,
                                                  .money_touches = TAKES(CANCEL)},
                                         .touch = pay_qr_touch,
                                         .follow = payment_follow};
