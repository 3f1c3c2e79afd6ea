/* PAY_CODE: the payment code on the phone is scanned, or a card is at the pinpad. */
#include "app/core/terms/codes.h"
#include "app/core/terms/copy.h"
#include "app/core/visit/checkout.h"
#include "app/core/visit/payment.h"
#include "app/core/visit/screen.h"

static struct next pay_code_leave(struct visit *visit) {
    return visit_order(visit) != NULL ? payment_cancel(visit) : next_show(SCREEN_CHANNEL);
}

static struct next pay_code_touch(struct visit *visit, struct touch touch) {
    (void)touch; /* only CANCEL is taken here */
    return pay_code_leave(visit);
}

/* Of the kind that the chosen way wants. */
static bool is_code_of_way(const struct visit *visit, const char *code) {
    const struct core_setup *setup = visit->setup;

    if (visit->session->choice.channel == CHANNEL_INSURANCE)
        return code_identity(setup->code_rules, setup->code_rule_count, code) ==
               IDENTITY_E_INSURANCE;
    return code_pay_channel(code) != CHANNEL_NONE;
}

static struct next pay_code_code(struct visit *visit, const struct event *event) {
    struct session *session = visit->session;
    const struct event_scan *scan = &event->of.scan;
    const char *code = code_after_aim(scan->text);

    if (visit_order(visit) != NULL)
        return next_stay(); /* paid at the pinpad: a scanned code is ignored */
    if (scan->length == 0 || code[0] == '\0')
        return next_tell(SCREEN_PAY_CODE, NOTICE_CODE_UNREADABLE);
    if (!is_code_of_way(visit, code))
        return next_tell(SCREEN_PAY_CODE, NOTICE_CODE_WRONG_KIND);
    text_copy(session->payment.pay_code, sizeof session->payment.pay_code, code);
    return checkout_begin(visit);
}

/* Without a scanner the payment code cannot be read: back to the channels. */
static struct next pay_code_follow(struct visit *visit) {
    if (visit_order(visit) == NULL && !offer_role_ready(visit->terminal, ROLE_SCANNER))
        return next_tell(SCREEN_CHANNEL, NOTICE_SCANNER_ABSENT);
    return payment_follow(visit);
}

const struct screen_ops pay_code_screen = {
    .rule = {.screen = SCREEN_PAY_CODE,
             .hears = HEARS_ALWAYS | HEARS_ORDER | HEARS(PROGRESS) | HEARS(SCAN),
             .touches = TAKES_ALWAYS | TAKES(BACK) | TAKES(CANCEL),
             .back = SCREEN_CHANNEL,
             .timeout = SCREEN_WELCOME,
             .step = 3,
             .money_touches = TAKES(CANCEL),
             .arm = ARM_PAY_CODE},
    .touch = pay_code_touch,
    .code = pay_code_code,
    .follow = pay_code_follow,
    .back = pay_code_leave,
    .deadline = payment_no_card_deadline,
    .expired = payment_cancel};
