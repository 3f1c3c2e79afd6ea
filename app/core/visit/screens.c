#include "app/core/visit/screens.h"

#include "app/core/visit/flows.h"
#include "app/core/visit/screen.h"

static const struct screen_ops *const screens[SCREEN_COUNT] = {
#define X(upper, lower) [SCREEN_##upper] = &lower##_screen,
    SCREENS(X)
#undef X
};

const struct screen_ops *screen_ops(enum screen screen) {
    return screens[screen];
}

const struct screen_rule *screen_rule(enum screen screen) {
    return &screens[screen]->rule;
}

const struct screen_rule *screen_rule_of(const struct session *session) {
    return screen_rule(session_base(session));
}

bool offer_back(struct situation at) {
    const struct session *session = at.session;
    bool looked_up = session->payment.reviewing || flow_of(session)->looks_up;

    if (session->screen == SCREEN_RESULT && !looked_up)
        return false;
    return (screen_rule(session->screen)->touches & TAKES(BACK)) != 0;
}

int64_t screen_idle_limit_ms(struct situation at) {
    const struct limits *limits = &at.setup->limits;
    int patience = session_patience(at.session);

    if (flow_of(at.session)->undecided(at.session))
        return 0;
    switch (screen_rule_of(at.session)->idle) {
    case IDLE_NEVER:
        return 0;
    case IDLE_AT_REST:
        return patience * limits->idle_ms;
    case IDLE_RESULT:
        return patience * limits->result_ms;
    case IDLE_WARNED:
        break;
    }
    return patience * (limits->idle_ms + limits->warn_ms);
}

int64_t offer_idle_left_ms(struct situation at) {
    int64_t limit = screen_idle_limit_ms(at);
    int64_t left = at.session->touched_mono_ms + limit - at.now.mono_ms;

    if (limit == 0)
        return INT64_MAX;
    return left > 0 ? left : 0;
}

int64_t offer_guard_left_ms(struct situation at, struct touch touch) {
    const struct session *session = at.session;
    int64_t left = session->since_mono_ms + at.setup->limits.guard_ms - at.now.mono_ms;

    if ((screen_rule(session->screen)->money_touches & (1u << touch.kind)) == 0 || left < 0)
        return 0;
    return left;
}
