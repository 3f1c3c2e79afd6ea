/* HELP: covers any screen and leaves its state as it is. */
#include "app/core/visit/screen.h"

static struct next help_leave(struct visit *visit) {
    (void)visit;
    return (struct next){.kind = NEXT_UNCOVER};
}

static struct next help_touch(struct visit *visit, struct touch touch) {
    (void)touch; /* only NEXT is taken here */
    return help_leave(visit);
}

const struct screen_ops help_screen = {.rule = {.screen = SCREEN_HELP,
                                                .hears = HEARS_ALWAYS,
                                                .touches = TAKES_ALWAYS | TAKES(BACK) | TAKES(NEXT),
                                                .back = SCREEN_WELCOME,
                                                .timeout = SCREEN_WELCOME},
                                       .touch = help_touch,
                                       .back = help_leave};
