/* The table of screens, and what their rules say: which events each hears, when it ends, where it
 * leads. */
#ifndef HOPKIOSK_CORE_VISIT_SCREENS_H
#define HOPKIOSK_CORE_VISIT_SCREENS_H

#include "app/core/effect.h"
#include "app/core/event.h"
#include "app/core/visit/offers.h"

/* How a screen ends by itself when nobody touches it. */
enum idle {
    IDLE_WARNED = 0, /* with a warning before */
    IDLE_AT_REST,    /* no visit yet: returns to the hospital's language without a warning */
    IDLE_RESULT,     /* after limits.result_ms */
    IDLE_NEVER       /* only by its own deadline: an undecided payment is not left */
};

struct screen_rule {
    enum screen screen;
    uint32_t hears;      /* bits of 1u << event_kind */
    uint32_t touches;    /* bits of 1u << touch_kind that do something here */
    enum screen back;    /* where `back` leads; the screen itself: there is no way back */
    enum screen timeout; /* the next screen when time runs out */
    enum idle idle;
    int step;               /* 1 identify, 2 choose, 3 pay, 4 receipt; 0 none */
    uint32_t money_touches; /* touches that move money: ignored for the first guard_ms */
    enum arm arm;
};
const struct screen_rule *screen_rule(enum screen screen);
/* The rule of the screen, or of the one that help covers. */
const struct screen_rule *screen_rule_of(const struct session *session);

/* The handlers of a screen (screen.h). */
struct screen_ops;
const struct screen_ops *screen_ops(enum screen screen);

/* True when `back` leads anywhere. */
bool offer_back(struct situation at);
/* The time until the visit ends by itself, of which the warning takes the last limits.warn_ms, at
 * most half. INT64_MAX: this screen does not end by itself. */
int64_t offer_idle_left_ms(struct situation at);
/* The whole idle time of the screen; 0: it does not end by itself. */
int64_t screen_idle_limit_ms(struct situation at);
/* How long this touch is still ignored because it moves money; 0: it is taken. */
int64_t offer_guard_left_ms(struct situation at, struct touch touch);

#endif
