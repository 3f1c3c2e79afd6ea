/* PAY_QR: the patient's phone scans our QR code. */
#include "app/core/visit/payment.h"
#include "app/core/visit/screen.h"

static int pay_qr_lines(const struct session *session) {
    return session_link(session) != NULL ? session_link(session)->line_count : 0;
}

/* DETAIL: the lines of an insured bill. CANCEL, and AGAIN: the same bill without the insurance.
 * First the upload is revoked, and only what is proved to be unpaid is sold once more: result.c
 * goes on then. */
static struct next pay_qr_touch(struct visit *visit, struct touch touch) {
    struct session *session = visit->session;

    if (touch.kind == TOUCH_DETAIL)
        return pay_qr_lines(session) > 0 ? next_show(SCREEN_INSURANCE) : next_stay();
    if (visit_order(visit) == NULL ||
        (touch.kind == TOUCH_AGAIN && session->choice.channel != CHANNEL_INSURANCE))
        return next_stay();
    session->payment.other_way = touch.kind == TOUCH_AGAIN;
    return payment_cancel(visit);
}

const struct screen_ops pay_qr_screen = {
    .rule = {.screen = SCREEN_PAY_QR,
             .hears = HEARS_ALWAYS | HEARS_ORDER,
             .touches = TAKES_ALWAYS | TAKES(CANCEL) | TAKES(AGAIN) | TAKES(DETAIL),
             .back = SCREEN_PAY_QR,
             .timeout = SCREEN_WAITING,
             .idle = IDLE_NEVER,
             .step = 3,
             .money_touches = TAKES(CANCEL) | TAKES(AGAIN)},
    .touch = pay_qr_touch,
    .follow = payment_follow};
