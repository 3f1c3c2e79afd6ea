#include "ui/screens/screens.h"

static screen_draw *const screens[SCREEN_COUNT] = {
#define X(upper, lower) [SCREEN_##upper] = screen_##lower,
    SCREENS(X)
#undef X
};

void screens_draw(struct painter *painter, const struct view *view) {
    screens[view->screen](painter, view);
    if (view->warning)
        chrome_warning(painter, view);
}
