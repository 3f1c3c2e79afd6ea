/* CHANNEL: the patient chooses how to pay. */
#include "app/core/visit/checkout.h"
#include "app/core/visit/flows.h"
#include "app/core/visit/screen.h"

static struct next channel_touch(struct visit *visit, struct touch touch) {
    struct session *session = visit->session;

    if (touch.n <= CHANNEL_NONE || touch.n >= CHANNEL_COUNT || session_account(session) == NULL)
        return next_stay();
    session->choice.channel = (enum channel)touch.n;
    enum notice notice = checkout_obstacle(visit);
    if (notice != NOTICE_NONE)
        return checkout_refuse(visit, notice);
    if (session->choice.channel == CHANNEL_PHONE)
        return next_show(SCREEN_PAY_CODE);
    return checkout_begin(visit);
}

static struct next channel_answer(struct visit *visit, enum visit_question question,
                                  const struct event *event) {
    return checkout_answer(visit, question, &event->of.answer);
}

static struct next channel_back(struct visit *visit) {
    const struct flow_payment *payment = flow_of(visit->session)->payment;

    return next_show(payment != NULL ? payment->chosen_on : SCREEN_BILLS);
}

const struct screen_ops channel_screen = {
    .rule = {.screen = SCREEN_CHANNEL,
             .hears = HEARS_ALWAYS,
             .touches = TAKES_ALWAYS | TAKES(BACK) | TAKES(CHANNEL),
             .back = SCREEN_BILLS,
             .timeout = SCREEN_WELCOME,
             .step = 3,
             .money_touches = TAKES(CHANNEL)},
    .touch = channel_touch,
    .answer = channel_answer,
    .back = channel_back};
