/* CHANNEL: the patient chooses how to pay. */
#include "app/core/visit/bill_choice.h"
#include "app/core/visit/checkout.h"
#include "app/core/visit/flows.h"
#include "app/core/visit/pay_code.h"
#include "app/core/visit/screen.h"

/* Whoever comes back from the insurance, which takes one bill at a time, has chosen all of them. */
static struct next channel_enter(struct visit *visit) {
    bill_choice_together(visit->session);
    return next_stay();
}

static struct next channel_touch(struct visit *visit, struct touch touch) {
    if (touch.n <= CHANNEL_NONE || touch.n >= CHANNEL_COUNT ||
        session_account(visit->session) == NULL)
        return next_stay();
    enum channel way = (enum channel)touch.n;
    if (way == CHANNEL_INSURANCE && !visit->setup->policy.channels[way])
        return next_stay(); /* it is on no screen here */
    return checkout_by(visit, way);
}

static struct next channel_answer(struct visit *visit, enum visit_question question,
                                  const struct event *event) {
    return checkout_answer(visit, question, &event->of.answer);
}

/* Any code but a phone's is none of this screen's. */
static struct next channel_code(struct visit *visit, const struct event *event) {
    if (!pay_code_is_one(event))
        return next_stay();
    return pay_code_early(visit, &event->of.scan, visit->session->choice.amount,
                          NOTICE_PAY_CODE_CHOOSE);
}

static struct next channel_back(struct visit *visit) {
    const struct flow_payment *payment = flow_of(visit->session)->payment;

    return next_show(payment != NULL ? payment->chosen_on : SCREEN_BILLS);
}

const struct screen_ops channel_screen = {
    .rule = {.screen = SCREEN_CHANNEL,
             .hears = HEARS_ALWAYS | HEARS(SCAN),
             .touches = TAKES_ALWAYS | TAKES(BACK) | TAKES(CHANNEL),
             .back = SCREEN_BILLS,
             .timeout = SCREEN_WELCOME,
             .step = 3,
             .money_touches = TAKES(CHANNEL),
             .arm = ARM_PAY_CODE},
    .enter = channel_enter,
    .touch = channel_touch,
    .code = channel_code,
    .answer = channel_answer,
    .back = channel_back};
