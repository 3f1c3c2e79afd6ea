/* AMOUNT: an amount is typed, or chosen: a usual sum to pay goes on at once. The flow's row says
 * what it is for (flows.h). */
#include "app/core/visit/checkout.h"
#include "app/core/visit/flows.h"
#include "app/core/visit/screen.h"
#include "app/core/visit/typing.h"

static bool type_preset(const struct visit *visit, const struct flow_amount *amount, int n) {
    struct fen presets[PRESETS_MAX];
    int count = amount->presets(visit_situation(visit), presets);
    bool known = n >= 1 && n <= count;

    if (known)
        typing_set_amount(visit->session, presets[n - 1]);
    return known;
}

static struct next amount_touch(struct visit *visit, struct touch touch) {
    struct session *session = visit->session;
    const struct flow_amount *amount = flow_of(session)->amount;

    if (session_account(session) == NULL || amount == NULL)
        return next_stay();
    bool goes_on = touch.kind == TOUCH_NEXT || touch.kind == TOUCH_PAY;
    session->notice = NOTICE_NONE;
    if (touch.kind == TOUCH_KEY)
        typing_amount_key(session, touch.n);
    else if (touch.kind == TOUCH_AMOUNT && type_preset(visit, amount, touch.n))
        goes_on = amount->chosen == NULL; /* how to pay is asked next, nothing is paid */
    session->choice.amount = typing_amount(session);
    if (!goes_on)
        return next_stay();
    session->notice = amount->obstacle(visit_situation(visit));
    if (session->notice != NOTICE_NONE)
        return next_stay();
    return amount->chosen != NULL ? amount->chosen(visit) : checkout_ask_way(visit);
}

static struct next amount_back(struct visit *visit) {
    const struct flow_amount *amount = flow_of(visit->session)->amount;

    return next_show(amount != NULL ? amount->back : SCREEN_CONFIRM);
}

const struct screen_ops amount_screen = {.rule = {.screen = SCREEN_AMOUNT,
                                                  .hears = HEARS_ALWAYS,
                                                  .touches = TAKES_ALWAYS | TAKES(BACK) |
                                                             TAKES(NEXT) | TAKES(PAY) | TAKES(KEY) |
                                                             TAKES(AMOUNT),
                                                  .back = SCREEN_CONFIRM,
                                                  .timeout = SCREEN_WELCOME,
                                                  .step = 2,
                                                  .money_touches = TAKES(PAY)},
                                         .touch = amount_touch,
                                         .back = amount_back};
