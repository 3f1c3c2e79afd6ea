/* The table of screens: what each hears, when it gives up, where it leads. A test walks it. */
#ifndef HOPKIOSK_CORE_VISIT_SCREENS_H
#define HOPKIOSK_CORE_VISIT_SCREENS_H

#include "app/core/effect.h"
#include "app/core/event.h"
#include "app/core/visit/offers.h"

/* How a screen ends by itself when nobody touches it. */
enum idle {
    IDLE_WARNED = 0, /* with a warning before */
    IDLE_AT_REST,    /* nobody's visit: it goes back to the hospital's language without one */
    IDLE_RESULT,     /* what became of it may be read longer, or shorter */
    IDLE_NEVER       /* by its own deadline: a payment that is being decided is not left */
};

struct screen_rule {
    enum screen screen;
    uint32_t hears;      /* bits of 1u << event_kind */
    uint32_t touches;    /* bits of 1u << touch_kind that do something here */
    enum screen back;    /* where `back` leads at first sight; the screen itself: no way back */
    enum screen timeout; /* where running out of time leads */
    enum idle idle;
    int step;               /* 1 identify, 2 choose, 3 pay, 4 receipt; 0 none */
    uint32_t money_touches; /* touches that move money: ignored in the first guard_ms */
    enum arm arm;
};
const struct screen_rule *screen_rule(enum screen screen);
/* The rule of the screen itself, or of what help covers. */
const struct screen_rule *screen_rule_of(const struct session *session);

/* What happens on a screen (screen.h). */
struct screen_ops;
const struct screen_ops *screen_ops(enum screen screen);

/* Does `back` lead anywhere from here? */
bool offer_back(struct situation at);
/* Until the visit ends by itself, ms; the warning stands in the last limits.warn_ms of it (at most
 * half of it). INT64_MAX: this screen does not end by itself. */
int64_t offer_idle_left_ms(struct situation at);
/* The whole of it; 0: it does not. */
int64_t screen_idle_limit_ms(struct situation at);
/* So long a touch that moves money is still ignored on this screen; 0: it is heard. */
int64_t offer_guard_left_ms(struct situation at, struct touch touch);

#endif
