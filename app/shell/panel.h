/* What the patient does at the panel, and the script in the patient's place, as events. The loop
 * asks for them one by one, so that each is stepped against the frame that was presented. Owns the
 * script's thread. */
#ifndef HOPKIOSK_SHELL_PANEL_H
#define HOPKIOSK_SHELL_PANEL_H

#include "app/core/core.h"
#include "app/pump/script.h"
#include "app/shell/inbox.h"
#include "ui/ui.h"

struct panel {
    /* given */
    struct inbox *inbox;
    const struct core *core;
    struct ui *ui;
    const struct view *view; /* of the presented frame */
    const char *shots_dir;   /* NULL: the current folder */
    /* own */
    struct script *script;    /* NULL: no script */
    struct script_line *line; /* that is being tried, the script's own; NULL: none */
    int64_t line_until_mono_ms;
    int64_t guarded_until_mono_ms; /* the button it is about ignores touches as long */
    size_t typed;                  /* of the line's text */
    bool said;                     /* its last event was given out: asked again it is done */
    bool failed;                   /* a line did not hold: so ends the program */
};

/* What came from the glass or a keyboard; false: nothing for the core. */
bool panel_input(const struct ui_input *input, struct event *out);

/* False after a complaint: the script cannot be read. */
__attribute__((warn_unused_result)) bool panel_start(struct panel *panel,
                                                     const struct script_options *script);
void panel_stop(struct panel *panel);
/* Is a line being tried? */
bool panel_plays(const struct panel *panel);
/* The next event of that line, to be stepped before the next call; false: none now. */
bool panel_next(struct panel *panel, struct event *out);
/* When the line is to be tried again though nothing happened, monotonic ms; INT64_MAX never. */
int64_t panel_deadline(const struct panel *panel);

#endif
