/* KEYPAD: a card's number is typed, or the last 4 of the ID number to confirm the person. */
#include "app/core/terms/copy.h"
#include "app/core/visit/flows.h"
#include "app/core/visit/screen.h"
#include "app/core/visit/typing.h"
#include "app/core/visit/who.h"

#define LAST4_TRIES_MAX 3

static struct next keypad_enter(struct visit *visit) {
    text_wipe(visit->session->typed, sizeof visit->session->typed);
    return next_stay();
}

static struct next check_last4(struct visit *visit) {
    struct session *session = visit->session;
    bool good = who_is_last4(session);

    text_wipe(session->typed, sizeof session->typed);
    if (good)
        return flow_begin_confirmed(visit);
    if (++session->who.last4_tries >= LAST4_TRIES_MAX)
        return next_end(NOTICE_LAST4_WRONG);
    session->notice = NOTICE_LAST4_WRONG;
    return next_stay();
}

static struct next take_typed(struct visit *visit) {
    char number[TYPED_SIZE];

    if (visit->session->field == FIELD_LAST4)
        return check_last4(visit);
    if (visit->session->typed[0] == '\0')
        return next_stay();
    text_copy(number, sizeof number, visit->session->typed);
    struct next next = who_typed(visit, number);
    text_wipe(number, sizeof number);
    return next;
}

static struct next keypad_touch(struct visit *visit, struct touch touch) {
    struct session *session = visit->session;

    if (touch.kind == TOUCH_NEXT)
        return take_typed(visit);
    if (touch.kind == TOUCH_MORE || touch.kind == TOUCH_LESS) {
        typing_turn_board(session, touch.kind);
        return next_stay();
    }
    typing_key(session, touch.n, session->field == FIELD_LAST4 ? LAST4_LENGTH : TYPED_SIZE - 1);
    return next_stay();
}

/* A card is taken only while a card's number is asked for, not while a person is confirmed. */
static struct next keypad_code(struct visit *visit, const struct event *event) {
    return visit->session->field == FIELD_LAST4 ? next_stay() : who_code(visit, event);
}

static struct next keypad_back(struct visit *visit) {
    return next_show(visit->session->field == FIELD_LAST4 ? SCREEN_CONFIRM : SCREEN_IDENTIFY);
}

const struct screen_ops keypad_screen = {.rule = {.screen = SCREEN_KEYPAD,
                                                  .hears = HEARS_ALWAYS | HEARS_CODES,
                                                  .touches = TAKES_ALWAYS | TAKES(BACK) |
                                                             TAKES(NEXT) | TAKES(KEY) |
                                                             TAKES(MORE) | TAKES(LESS),
                                                  .back = SCREEN_IDENTIFY,
                                                  .timeout = SCREEN_WELCOME,
                                                  .step = 1,
                                                  .arm = ARM_IDENTIFY},
                                         .enter = keypad_enter,
                                         .touch = keypad_touch,
                                         .code = keypad_code,
                                         .back = keypad_back};
