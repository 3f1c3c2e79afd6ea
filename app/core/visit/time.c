/* What time does to a visit: the idle warning, its end, and its screens' deadlines. */
#include "app/core/visit/visit.h"

/* How long the warning stands: limits.warn_ms, but at most half of the screen's idle time. */
static int64_t warn_limit_ms(struct situation at) {
    int64_t half = screen_idle_limit_ms(at) / 2;
    int64_t warn = session_patience(at.session) * at.setup->limits.warn_ms;

    return warn < half ? warn : half;
}

/* True when there is no visit yet, so nobody to warn. */
static bool is_at_rest(const struct session *session) {
    return screen_rule_of(session)->idle == IDLE_AT_REST;
}

/* True when the first screen is as at its beginning: nothing of a passer-by is left on it. */
static bool is_untouched(struct situation at) {
    const struct session *session = at.session;

    const struct wishes *wishes = &session->wishes;

    return session->screen != SCREEN_HELP && session->language == at.setup->language &&
           session->notice == NOTICE_NONE && !wishes->elder && !wishes->low && !wishes->dark;
}

static void idle_tick(struct visit *visit) {
    struct situation at = visit_situation(visit);
    int64_t left = offer_idle_left_ms(at);
    bool rests = is_at_rest(at.session);

    if (left == INT64_MAX || (rests && is_untouched(at)))
        return;
    if (left == 0)
        visit_go(visit, next_end(NOTICE_NONE));
    else if (!rests && left <= warn_limit_ms(at))
        visit->session->warning = true;
}

static int64_t screen_deadline(struct situation at) {
    const struct screen_ops *ops = screen_ops(session_base(at.session));

    return ops->deadline != NULL ? ops->deadline(at) : INT64_MAX;
}

void visit_tick(struct visit *visit) {
    const struct screen_ops *ops = screen_ops(session_base(visit->session));

    if (visit->now.mono_ms >= screen_deadline(visit_situation(visit)))
        visit_go(visit, ops->expired(visit));
    idle_tick(visit);
}

static int64_t idle_deadline(struct situation at) {
    int64_t limit = screen_idle_limit_ms(at);
    bool rests = is_at_rest(at.session);

    if (limit == 0 || (rests && is_untouched(at)))
        return INT64_MAX;
    if (!rests && !at.session->warning)
        limit -= warn_limit_ms(at);
    return at.session->touched_mono_ms + limit;
}

int64_t visit_deadline(struct situation at) {
    int64_t idle = idle_deadline(at), screen = screen_deadline(at);

    return idle < screen ? idle : screen;
}
