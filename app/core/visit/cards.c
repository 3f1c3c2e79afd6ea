/* CARDS: the patient chooses one of several hospital cards. */
#include "app/core/visit/flows.h"
#include "app/core/visit/screen.h"
#include "app/core/visit/typing.h"

/* As many a page as the panel has room for: `more` is offered by what was drawn. */
static struct next cards_touch(struct visit *visit, struct touch touch) {
    const struct account *account = session_account(visit->session);

    if (account != NULL && touch.kind != TOUCH_CARD) {
        turn_page(visit->session, touch.kind, account->card_count, 1);
        return next_stay();
    }
    if (account == NULL || touch.n < 1 || touch.n > account->card_count)
        return next_stay();
    visit->session->who.card = touch.n - 1;
    return flow_begin_known(visit);
}

const struct screen_ops cards_screen = {
    .rule = {.screen = SCREEN_CARDS,
             .hears = HEARS_ALWAYS,
             .touches = TAKES_ALWAYS | TAKES(BACK) | TAKES(CARD) | TAKES(MORE) | TAKES(LESS),
             .back = SCREEN_IDENTIFY,
             .timeout = SCREEN_WELCOME,
             .step = 1},
    .touch = cards_touch};
