/* CARDS: the patient chooses one of several hospital cards. */
#include "app/core/visit/screen.h"

static struct next cards_touch(struct visit *visit, struct touch touch) {
    const struct account *account = session_account(visit->session);

    if (account == NULL || touch.n < 1 || touch.n > account->card_count)
        return next_stay();
    visit->session->who.card = touch.n - 1;
    return next_show(SCREEN_CONFIRM);
}

const struct screen_ops cards_screen = {
    .rule = {.screen = SCREEN_CARDS,
             .hears = HEARS_ALWAYS,
             .touches = TAKES_ALWAYS | TAKES(BACK) | TAKES(CARD),
             .back = SCREEN_IDENTIFY,
             .timeout = SCREEN_WELCOME,
             .step = 1},
    .touch = cards_touch};
