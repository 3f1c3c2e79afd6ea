/* HELP: covers any screen and leaves its state as it is. */
#include "app/core/visit/screen.h"

static struct next help_leave(struct visit *visit) {
    (void)visit;
    return (struct next){.kind = NEXT_UNCOVER};
}

/* The staff are called once: they have heard it. */
static struct next call_staff(struct visit *visit) {
    if (visit->session->called_ms == 0)
        visit_effect(visit, EFFECT_LOG)->of.log.word = LOG_STAFF_CALLED;
    visit->session->called_ms = visit->now.wall_ms;
    return next_stay();
}

static struct next help_touch(struct visit *visit, struct touch touch) {
    return touch.kind == TOUCH_CALL ? call_staff(visit) : help_leave(visit);
}

const struct screen_ops help_screen = {
    .rule = {.screen = SCREEN_HELP,
             .hears = HEARS_ALWAYS,
             .touches = TAKES_ALWAYS | TAKES(BACK) | TAKES(NEXT) | TAKES(CALL),
             .back = SCREEN_WELCOME,
             .timeout = SCREEN_WELCOME},
    .touch = help_touch,
    .back = help_leave};
