/* What a visit hears of people and devices: touches, keys, codes, what printer and staff answer. */
#include "app/core/visit/flows.h"
#include "app/core/visit/payment.h"
#include "app/core/visit/take.h"
#include "app/core/visit/visit.h"

#define BIT(kind) (1u << (kind))

/* The covered screen keeps its page and its notice. */
static struct next cover_with_help(struct visit *visit) {
    struct session *session = visit->session;

    if (session->screen == SCREEN_HELP)
        return next_stay();
    session->help_back = session->screen;
    session->screen = SCREEN_HELP;
    session->since_mono_ms = visit->now.mono_ms;
    return next_stay();
}

static struct next touch_screen(struct visit *visit, const struct screen_ops *ops,
                                struct touch touch) {
    return ops->touch != NULL ? ops->touch(visit, touch) : next_stay();
}

/* An undecided payment is cancelled first; else the visit ends. */
static struct next go_home(struct visit *visit) {
    const struct screen_rule *rule = screen_rule_of(visit->session);

    if (flow_of(visit->session)->undecided(visit->session))
        return touch_screen(visit, screen_ops(session_base(visit->session)),
                            (struct touch){TOUCH_CANCEL, 0});
    return rule->idle == IDLE_AT_REST ? next_show(rule->screen) : next_end(NOTICE_NONE);
}

static struct next go_back(struct visit *visit) {
    const struct screen_ops *ops = screen_ops(visit->session->screen);

    return ops->back != NULL ? ops->back(visit) : next_show(ops->rule.back);
}

static struct next go_to_staff(struct visit *visit) {
    if (!visit->setup->has_staff_pin)
        return next_stay();
    session_forget_staff(visit->session);
    return next_show(SCREEN_STAFF);
}

/* A page holds another number of rows then: it begins anew. */
static void take_wish(struct session *session, enum touch_kind kind) {
    bool *wish = kind == TOUCH_LARGER ? &session->wishes.elder
                 : kind == TOUCH_LOW  ? &session->wishes.low
                                      : &session->wishes.dark;

    *wish = !*wish;
    if (kind != TOUCH_DARK)
        session->page = 0;
}

static struct next take_touch(struct visit *visit, struct touch touch) {
    struct session *session = visit->session;

    switch (touch.kind) {
    case TOUCH_LANG:
        session->language = session->language == LANGUAGE_ZH ? LANGUAGE_EN : LANGUAGE_ZH;
        return next_stay();
    case TOUCH_LARGER:
    case TOUCH_LOW:
    case TOUCH_DARK:
        take_wish(session, touch.kind);
        return next_stay();
    case TOUCH_HELP:
        return cover_with_help(visit);
    case TOUCH_HOME:
        return go_home(visit);
    case TOUCH_BACK:
        return go_back(visit);
    case TOUCH_STAFF:
        return go_to_staff(visit);
    case TOUCH_EXTEND:
        return next_stay(); /* visit_alive has done it */
    default:
        return touch_screen(visit, screen_ops(visit->session->screen), touch);
    }
}

/* Every touch and key goes through here. The guard of money buttons counts from when the finger
 * came down, so that a finger resting on the glass pays nothing. */
static void accept_touch(struct visit *visit, struct touch touch, uint32_t held_ms) {
    struct session *session = visit->session;
    struct situation down = visit_situation(visit); /* as it was when the finger came down */
    bool warned = session->warning;

    down.now = (struct now){visit->now.wall_ms - held_ms, visit->now.mono_ms - held_ms};
    visit_alive(visit);
    if ((unsigned)touch.kind >= TOUCH_KIND_COUNT)
        return;
    if (warned && touch.kind != TOUCH_HOME) /* the warning covered the button */
        return;
    if (session->payment.counting && touch.kind != TOUCH_HOME) { /* wherever it is: no, not this */
        visit_go(visit, go_back(visit));
        return;
    }
    if ((screen_rule(session->screen)->touches & BIT(touch.kind)) == 0)
        return;
    if (touch.kind == TOUCH_BACK && !offer_back(visit_situation(visit)))
        return;
    if (offer_guard_left_ms(down, touch) > 0)
        return;
    visit_go(visit, take_touch(visit, touch));
}

/* Takes a touch only if the frame it was made on is still the one shown. */
static void hear_touch(struct visit *visit, const struct event_touch *touch) {
    const struct session *session = visit->session;

    if (touch->screen == session->screen && touch->revision == session->revision)
        accept_touch(visit, touch->touch, touch->held_ms);
}

static void hear_key(struct visit *visit, char key) {
    const struct session *session = visit->session;
    bool typing = (screen_rule(session->screen)->touches & TAKES(KEY)) != 0 &&
                  (session->screen != SCREEN_STAFF || staff_page_types(session->staff.page));

    if (key >= 'a' && key <= 'z')
        key = (char)(key - 'a' + 'A');
    if (key == '\n')
        accept_touch(visit, (struct touch){TOUCH_NEXT, 0}, 0);
    else if (key == 0x1b)
        accept_touch(visit, (struct touch){TOUCH_BACK, 0}, 0);
    else if (typing || session->payment.counting)
        accept_touch(visit, (struct touch){TOUCH_KEY, key}, 0);
}

static void hear_code(struct visit *visit, const struct event *event) {
    if (visit->session->warning) /* it covered the sum: a code pays nothing yet */
        visit->session->choice.sum_mono_ms = visit->now.mono_ms;
    visit_alive(visit);
    if (screen_ops(visit->session->screen)->code != NULL)
        visit_go(visit, screen_ops(visit->session->screen)->code(visit, event));
}

/* Hears a patient's event if the screen's rule allows it. */
static void hear_patient(struct visit *visit, const struct event *event) {
    if ((screen_rule(visit->session->screen)->hears & BIT(event->kind)) == 0)
        return;
    if (event->kind == EVENT_TOUCH)
        hear_touch(visit, &event->of.touch);
    else if (event->kind == EVENT_TEXT)
        hear_key(visit, event->of.text.key);
    else
        hear_code(visit, event);
}

/* Gives the answer of printer or shell to the screen that asked, if it is still there. */
static void hear_helper(struct visit *visit, const struct event *event, enum screen screen) {
    if (session_base(visit->session) == screen)
        visit_go(visit, screen_ops(screen)->answer(visit, QUESTION_NONE, event));
}

void visit_hear(struct visit *visit, const struct event *event) {
    switch (event->kind) {
    case EVENT_TOUCH:
    case EVENT_TEXT:
    case EVENT_SCAN:
    case EVENT_CARD:
        hear_patient(visit, event);
        break;
    case EVENT_PRINTED:
        hear_helper(visit, event, SCREEN_RESULT);
        break;
    case EVENT_STAFF:
        hear_helper(visit, event, SCREEN_STAFF);
        break;
    case EVENT_PROGRESS:
        payment_progress(visit, &event->of.progress);
        break;
    case EVENT_DEVICE:
        visit->session->revision++; /* devices are shown on most screens */
        visit_go(visit, take_hear_device(visit, event->of.device.role));
        break;
    default:
        break; /* not for the visit */
    }
}
