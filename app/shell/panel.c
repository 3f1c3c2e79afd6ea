/* What the patient does at the panel, and the script in the patient's place. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/core/visit/screens.h"
#include "app/shell/parts.h"
#include "app/shell/script_names.h"

/* A tap or a text may be a moment too early: so long it is tried again, as `wait` waits. */
#define GRACE_MS 10000
#define NEVER INT64_MAX

void panel_input(struct loop *loop, const struct ui_input *input) {
    struct event event = {0};
    switch (input->kind) {
    case UI_INPUT_NONE:
    case UI_INPUT_EXPOSED:
        return;
    case UI_INPUT_TOUCH:
        event.kind = EVENT_TOUCH;
        event.of.touch.screen = input->screen;
        event.of.touch.revision = input->revision;
        event.of.touch.touch = input->touch;
        event.of.touch.held_ms = input->held_ms;
        break;
    case UI_INPUT_KEY:
        event.kind = EVENT_TEXT;
        event.of.text.key = input->key;
        break;
    case UI_INPUT_QUIT:
        loop_end(loop, LOOP_OK);
        return;
    }
    loop_step(loop, &event, NULL);
}

void panel_take_line(struct loop *loop, struct script_line *line) {
    int64_t patience_ms = line->command == SCRIPT_WAIT ? line->seconds * INT64_C(1000) : GRACE_MS;
    loop->line = line;
    loop->line_until_mono_ms = clock_mono_ms() + patience_ms;
}

static void line_done(struct loop *loop) {
    loop->line = NULL;
    ENSURE(queue_reserve(loop->inbox)); /* for the next line */
    script_done(loop->script);
}

static void line_failed(struct loop *loop, const char *why) {
    fprintf(stderr, "kiosk: script line %d: %s (on screen %s)\n", loop->line->number, why,
            screen_name(loop->view.screen));
    loop_end(loop, LOOP_FAILED);
}

/* Buttons that move money ignore the first moments of their screen: a script waits for them. */
static bool guarded(const struct loop *loop, enum touch_kind kind) {
    const struct session *session = &loop->core.session;
    return (screen_rule(session->screen)->money_touches & 1u << kind) != 0 &&
           clock_mono_ms() - session->since_mono_ms < loop->core.setup.limits.guard_ms;
}

static struct touch other_name(struct touch touch) {
    if (touch.kind == TOUCH_NEXT || touch.kind == TOUCH_PAY)
        touch.kind = touch.kind == TOUCH_NEXT ? TOUCH_PAY : TOUCH_NEXT;
    return touch;
}

/* A script may say `next` where the button says `pay`, and the reverse. */
static bool find_touch(struct loop *loop, struct ui_input *out) {
    const struct script_line *line = loop->line;
    if (line->command == SCRIPT_TAP_AT)
        return ui_touch_at(loop->ui, line->x, line->y, out);
    return ui_touch_id(loop->ui, script_touch_of(line), out) ||
           ui_touch_id(loop->ui, other_name(script_touch_of(line)), out);
}

static bool try_tap(struct loop *loop) {
    struct ui_input input = {0};
    if (!find_touch(loop, &input) || guarded(loop, input.touch.kind))
        return false;
    panel_input(loop, &input);
    return true;
}

static void key(struct loop *loop, char key) {
    char upper = key >= 'a' && key <= 'z' ? (char)(key - 'a' + 'A') : key;
    panel_input(loop, &(struct ui_input){.kind = UI_INPUT_KEY, .key = upper});
}

static bool type(struct loop *loop, const char *text) {
    for (; *text != '\0'; text++)
        key(loop, *text);
    return true;
}

static bool shoot(struct loop *loop) {
    char path[1024];
    const char *folder = loop->options->shots_dir != NULL ? loop->options->shots_dir : ".";
    snprintf(path, sizeof path, "%s/%s.png", folder, loop->line->text);
    mkdir(folder, 0777);
    if (!ui_shot(loop->ui, path)) {
        snprintf(loop->line->text, sizeof loop->line->text, "%.400s: %s", path, strerror(errno));
        return false;
    }
    return true;
}

/* True: the line holds. */
static bool try_line(struct loop *loop) {
    struct script_line *line = loop->line;
    switch (line->command) {
    case SCRIPT_WAIT:
        return loop->view.screen == (enum screen)line->screen;
    case SCRIPT_TAP:
    case SCRIPT_TAP_AT:
        return try_tap(loop);
    case SCRIPT_KEY:
        key(loop, line->key);
        return true;
    case SCRIPT_TYPE:
        return type(loop, line->text);
    case SCRIPT_SHOT:
        return shoot(loop);
    case SCRIPT_EXPECT:
        return ui_shows(loop->ui, line->text);
    case SCRIPT_QUIT:
        loop_end(loop, LOOP_OK);
        return true;
    case SCRIPT_DEVICE:
    case SCRIPT_PHONE:
    case SCRIPT_WRONG:
        loop->line_until_mono_ms = 0;
        return false;
    }
    return false;
}

static void say_failure(struct loop *loop) {
    const struct script_line *line = loop->line;
    char why[SCRIPT_TEXT_SIZE + 64];
    switch (line->command) {
    case SCRIPT_WAIT:
        snprintf(why, sizeof why, "screen %s did not come", screen_name((enum screen)line->screen));
        break;
    case SCRIPT_TAP:
    case SCRIPT_TAP_AT:
        snprintf(why, sizeof why, "nothing to tap at %s", line->text);
        break;
    case SCRIPT_EXPECT:
        snprintf(why, sizeof why, "not shown: %s", line->text);
        break;
    default:
        snprintf(why, sizeof why, "%s", line->text);
        break;
    }
    line_failed(loop, why);
}

void panel_try_line(struct loop *loop) {
    if (loop->line == NULL)
        return;
    if (try_line(loop))
        line_done(loop);
    else if (clock_mono_ms() >= loop->line_until_mono_ms)
        say_failure(loop);
}

/* A guarded button is the one thing that changes by time alone. */
int64_t panel_line_deadline(const struct loop *loop) {
    if (loop->line == NULL)
        return NEVER;
    int64_t guard_ends = loop->core.session.since_mono_ms + loop->core.setup.limits.guard_ms;
    return guard_ends > clock_mono_ms() && guard_ends < loop->line_until_mono_ms
               ? guard_ends
               : loop->line_until_mono_ms;
}
