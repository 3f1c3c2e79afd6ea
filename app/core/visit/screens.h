/* The table of screens: what each hears, when it gives up, where it leads. A test walks it. */
#ifndef HOPKIOSK_CORE_VISIT_SCREENS_H
#define HOPKIOSK_CORE_VISIT_SCREENS_H

#include "app/core/effect.h"
#include "app/core/event.h"
#include "app/core/terms/policy.h"

struct screen_rule {
    enum screen screen;
    uint32_t hears;         /* bits of 1u << event_kind */
    uint32_t touches;       /* bits of 1u << touch_kind that do something here */
    enum screen back;       /* where `back` leads; the screen itself: no way back */
    enum screen timeout;    /* where running out of time leads */
    int step;               /* 1 identify, 2 choose, 3 pay, 4 receipt; 0 none */
    uint32_t money_touches; /* touches that move money: ignored in the first guard_ms */
    enum arm arm;
};

const struct screen_rule *screen_rule(enum screen screen);

#endif
