#include "app/shell/panel.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "app/base/log.h"
#include "app/core/about.h"
#include "app/core/visit/screens.h"
#include "app/shell/now.h"
#include "app/shell/script_names.h"

/* A tap or text that comes a moment too early is tried again for so long. */
#define GRACE_MS 10000
#define NEVER INT64_MAX

static struct event quit_event(void) {
    return (struct event){.kind = EVENT_CONTROL, .of.control.control = CONTROL_QUIT};
}

static struct event key_event(char key) {
    char upper = key >= 'a' && key <= 'z' ? (char)(key - 'a' + 'A') : key;
    return (struct event){.kind = EVENT_TEXT, .of.text.key = upper};
}

bool panel_input(const struct ui_input *input, struct event *out) {
    switch (input->kind) {
    case UI_INPUT_NONE:
    case UI_INPUT_EXPOSED:
    case UI_INPUT_DISPLAY_GONE:
    case UI_INPUT_DISPLAY_BACK:
        return false;
    case UI_INPUT_TOUCH:
        *out = (struct event){.kind = EVENT_TOUCH,
                              .of.touch = {.screen = input->screen,
                                           .revision = input->revision,
                                           .touch = input->touch,
                                           .held_ms = input->held_ms}};
        return true;
    case UI_INPUT_KEY:
        *out = key_event(input->key);
        return true;
    case UI_INPUT_QUIT:
        *out = quit_event();
        return true;
    }
    return false;
}

bool panel_key(struct ui *ui, char key, struct event *out) {
    struct ui_input input;
    if (ui_key(ui, key, &input))
        return panel_input(&input, out);
    *out = key_event(key);
    return key >= ' ' || key == '\n' || key == '\b' || key == 0x1b;
}

static void panel_deliver(void *owner, void *payload, struct delivery *out) {
    struct panel *panel = owner;
    struct script_line *const *line = payload;
    bool waits = (*line)->command == SCRIPT_WAIT;
    int64_t patience_ms = waits ? (*line)->seconds * INT64_C(1000) : GRACE_MS;
    panel->line = *line;
    panel->line_until_mono_ms = clock_mono_ms() + patience_ms;
    panel->guarded_until_mono_ms = 0;
    panel->typed = 0;
    panel->said = false;
    out->none = true;
}

static const struct inbox_kind panel_kind = {panel_deliver, NULL};

/* Called on the script's thread. It has one line under way at a time, whose place was reserved at
 * the start or when the line before was done. */
static void panel_take(void *context, struct script_line *line) {
    struct panel *panel = context;
    inbox_post(panel->inbox, &panel_kind, panel, &line, sizeof line);
}

bool panel_start(struct panel *panel, const struct script_options *script) {
    ENSURE(inbox_reserve(panel->inbox));
    panel->script = script_start(script, panel_take, panel);
    return panel->script != NULL;
}

void panel_stop(struct panel *panel) {
    if (panel->script != NULL)
        script_stop(panel->script);
}

bool panel_plays(const struct panel *panel) {
    return panel->line != NULL;
}

enum attempt {
    ATTEMPT_EARLY = 0, /* not possible yet: try again */
    ATTEMPT_SAYS,      /* gives an event; more may follow */
    ATTEMPT_SAID,      /* gives its last event */
    ATTEMPT_HOLDS      /* done without an event */
};

static struct touch other_name(struct touch touch) {
    if (touch.kind == TOUCH_NEXT || touch.kind == TOUCH_PAY)
        touch.kind = touch.kind == TOUCH_NEXT ? TOUCH_PAY : TOUCH_NEXT;
    return touch;
}

/* Finds what the line touches. `next` and `pay` stand for each other: which of them a screen has
 * depends on its state. */
static bool find_touch(struct panel *panel, struct ui_input *out) {
    const struct script_line *line = panel->line;
    if (line->command == SCRIPT_TAP_AT)
        return ui_touch_at(panel->ui, line->x, line->y, out);
    return ui_touch_id(panel->ui, script_touch_of(line), out) ||
           ui_touch_id(panel->ui, other_name(script_touch_of(line)), out);
}

/* True while the button still ignores touches because it moves money: the script waits. */
static bool is_guarded(struct panel *panel, struct touch touch) {
    struct situation at = core_situation(panel->core, shell_now());
    int64_t left_ms = offer_guard_left_ms(at, touch);
    panel->guarded_until_mono_ms = at.now.mono_ms + left_ms;
    return left_ms > 0;
}

static enum attempt try_tap(struct panel *panel, struct event *out) {
    struct ui_input input = {0};
    if (!find_touch(panel, &input) || is_guarded(panel, input.touch))
        return ATTEMPT_EARLY;
    return panel_input(&input, out) ? ATTEMPT_SAID : ATTEMPT_EARLY;
}

static enum attempt type_on(struct panel *panel, struct event *out) {
    char next = panel->line->text[panel->typed];
    if (next == '\0')
        return ATTEMPT_HOLDS;
    panel->typed++;
    *out = key_event(next);
    return ATTEMPT_SAYS;
}

static enum attempt take_shot(struct panel *panel) {
    char path[1024], *name = panel->line->text;
    const char *folder = panel->shots_dir != NULL ? panel->shots_dir : ".";
    snprintf(path, sizeof path, "%s/%s.png", folder, name);
    mkdir(folder, 0777);
    if (ui_shot(panel->ui, path))
        return ATTEMPT_HOLDS;
    snprintf(name, sizeof panel->line->text, "%.400s: %s", path, strerror(errno));
    panel->line_until_mono_ms = 0; /* a picture that cannot be written fails at once */
    return ATTEMPT_EARLY;
}

/* The services stand on the first screen as well. */
static bool is_at(enum screen shown, enum screen wanted) {
    return shown == wanted || (wanted == SCREEN_SERVICE && shown == SCREEN_WELCOME);
}

/* A key of the desk's presses a button: it is waited for as if it were tapped. */
static enum attempt try_key(struct panel *panel, struct event *out) {
    char key = panel->line->key;
    bool desk = screen_is_desk(panel->view->screen) && (key < 0 || key == 0x1b);
    if (panel_key(panel->ui, key, out) && (!desk || out->kind == EVENT_TOUCH))
        return ATTEMPT_SAID;
    return desk ? ATTEMPT_EARLY : ATTEMPT_HOLDS;
}

static enum attempt try_line(struct panel *panel, struct event *out) {
    struct script_line *line = panel->line;
    switch (line->command) {
    case SCRIPT_WAIT:
        return is_at(panel->view->screen, (enum screen)line->screen) ? ATTEMPT_HOLDS
                                                                     : ATTEMPT_EARLY;
    case SCRIPT_TAP:
    case SCRIPT_TAP_AT:
        return try_tap(panel, out);
    case SCRIPT_KEY:
        return try_key(panel, out);
    case SCRIPT_TYPE:
        return type_on(panel, out);
    case SCRIPT_SHOT:
        return take_shot(panel);
    case SCRIPT_EXPECT:
        return ui_shows(panel->ui, line->text) ? ATTEMPT_HOLDS : ATTEMPT_EARLY;
    case SCRIPT_HEAR:
        return ui_said(panel->ui, line->text, false) ? ATTEMPT_HOLDS : ATTEMPT_EARLY;
    case SCRIPT_QUIT:
        *out = quit_event();
        return ATTEMPT_SAID;
    case SCRIPT_DEVICE:
    case SCRIPT_PHONE:
    case SCRIPT_WRONG:
        panel->line_until_mono_ms = 0;
        return ATTEMPT_EARLY;
    }
    return ATTEMPT_EARLY;
}

static void say_why(const struct script_line *line, char *why, size_t size) {
    switch (line->command) {
    case SCRIPT_WAIT:
        snprintf(why, size, "screen %s did not come", screen_name((enum screen)line->screen));
        return;
    case SCRIPT_TAP:
    case SCRIPT_TAP_AT:
        snprintf(why, size, "nothing to tap at %s", line->text);
        return;
    case SCRIPT_HEAR:
        snprintf(why, size, "not said: %s", line->text);
        return;
    case SCRIPT_EXPECT:
        snprintf(why, size, "not shown: %s", line->text);
        return;
    default:
        snprintf(why, size, "%s", line->text);
        return;
    }
}

static void fail_panel_line(struct panel *panel) {
    char why[SCRIPT_TEXT_SIZE + 64];
    say_why(panel->line, why, sizeof why);
    fprintf(stderr, "kiosk: script line %d: %s (on screen %s)\n", panel->line->number, why,
            screen_name(panel->view->screen));
    panel->failed = true;
}

static void finish_line(struct panel *panel) {
    panel->line = NULL;
    ENSURE(inbox_reserve(panel->inbox)); /* for the next line */
    script_done(panel->script);
}

bool panel_next(struct panel *panel, struct event *out) {
    if (panel->line == NULL || panel->failed)
        return false;
    switch (panel->said ? ATTEMPT_HOLDS : try_line(panel, out)) {
    case ATTEMPT_SAYS:
        return true;
    case ATTEMPT_SAID:
        panel->said = true;
        return true;
    case ATTEMPT_HOLDS:
        finish_line(panel);
        return false;
    case ATTEMPT_EARLY:
        break;
    }
    if (clock_mono_ms() < panel->line_until_mono_ms)
        return false;
    fail_panel_line(panel);
    *out = quit_event();
    return true;
}

/* A guarded button is the only thing that changes by time alone, so its end is a deadline. */
int64_t panel_deadline(const struct panel *panel) {
    int64_t guarded_ms = panel->guarded_until_mono_ms;
    if (panel->line == NULL)
        return NEVER;
    return guarded_ms > clock_mono_ms() && guarded_ms < panel->line_until_mono_ms
               ? guarded_ms
               : panel->line_until_mono_ms;
}
