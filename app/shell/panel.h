/* Turns input of the panel, or of a script in its place, into events. The loop asks for them one by
 * one, so that each is stepped against the presented frame. Owns the script's thread. */
#ifndef HOPKIOSK_SHELL_PANEL_H
#define HOPKIOSK_SHELL_PANEL_H

#include "app/core/core.h"
#include "app/pump/script.h"
#include "app/shell/inbox.h"
#include "ui/ui.h"

struct panel {
    /* Set before the start. */
    struct inbox *inbox;
    const struct core *core;
    struct ui *ui;
    const struct view *view; /* of the presented frame */
    const char *shots_dir;   /* NULL: the current folder */
    /* The service's own. */
    struct script *script;    /* NULL: no script */
    struct script_line *line; /* being tried, owned by the script; NULL: none */
    int64_t line_until_mono_ms;
    int64_t guarded_until_mono_ms; /* until then the line's button ignores touches */
    size_t typed;                  /* characters of the line's text that were given */
    bool said;                     /* its last event was given: the line is done when asked again */
    bool failed;                   /* a line failed: the program ends with exit code 1 */
};

/* Turns input of the glass or a keyboard into an event; false: nothing for the core. */
bool panel_input(const struct ui_input *input, struct event *out);

/* A key of the terminal's own keypad, or one that a script presses: moves what is chosen, presses
 * it, or is typed. False: nothing for the core. */
bool panel_key(struct ui *ui, char key, struct event *out);

/* False, after a complaint, when the script cannot be read. */
__attribute__((warn_unused_result)) bool panel_start(struct panel *panel,
                                                     const struct script_options *script);
void panel_stop(struct panel *panel);
/* True while a line is being tried. */
bool panel_plays(const struct panel *panel);
/* The next event of that line; step it before the next call. False: none now. */
bool panel_next(struct panel *panel, struct event *out);
/* The monotonic time at which the line is tried again though nothing happened; INT64_MAX: never. */
int64_t panel_deadline(const struct panel *panel);

#endif
