/* CONFIRM: the patient says "that is me", or agrees to the plan of a refund. */
#include "app/core/visit/flows.h"
#include "app/core/visit/screen.h"
#include "app/core/visit/who.h"

static bool asks_about_plan(const struct session *session) {
    return session->giving_back.plan.count > 0;
}

static struct next confirm_touch(struct visit *visit, struct touch touch) {
    struct session *session = visit->session;

    if (asks_about_plan(session))
        return touch.kind == TOUCH_PAY ? flow_of(session)->confirmed(visit) : next_stay();
    if (touch.kind != TOUCH_NEXT || session_account(session) == NULL)
        return next_stay();
    if (who_asks_last4(visit_situation(visit))) {
        session->field = FIELD_LAST4;
        return next_show(SCREEN_KEYPAD);
    }
    return flow_begin_confirmed(visit);
}

static struct next confirm_answer(struct visit *visit, enum visit_question question,
                                  const struct event *event) {
    return flow_of(visit->session)->answer(visit, question, &event->of.answer);
}

static struct next confirm_back(struct visit *visit) {
    const struct account *account = session_account(visit->session);

    if (asks_about_plan(visit->session))
        return next_show(SCREEN_RECORDS);
    return next_show(account != NULL && account->card_count > 1 ? SCREEN_CARDS : SCREEN_IDENTIFY);
}

const struct screen_ops confirm_screen = {
    .rule = {.screen = SCREEN_CONFIRM,
             .hears = HEARS_ALWAYS,
             .touches = TAKES_ALWAYS | TAKES(BACK) | TAKES(NEXT) | TAKES(PAY),
             .back = SCREEN_IDENTIFY,
             .timeout = SCREEN_WELCOME,
             .step = 1,
             .money_touches = TAKES(PAY)},
    .touch = confirm_touch,
    .answer = confirm_answer,
    .back = confirm_back};
