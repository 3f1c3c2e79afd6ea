/* Views as the program would make them: every screen, and what strains it. */
#ifndef HOPKIOSK_TESTS_SAMPLES_H
#define HOPKIOSK_TESTS_SAMPLES_H

#include "ui/ui.h"
#include "ui/view.h"

/* How the long texts of hospitals begin, in the samples that have such. */
#define SAMPLE_LONG "注射用头孢"
#define SAMPLE_LONG_NUMBER "0123456789"

struct sample {
    const char *name;
    void (*fill)(struct view *view);
};

/* The `n`th of all, from 0; NULL behind the last. */
const struct sample *sample_at(int n);
int sample_count(void);
/* NULL: there is none of this name. */
const struct sample *sample_named(const char *name);

/* The ways a screen can be wanted. */
struct sample_mode {
    const char *name; /* "" the usual one */
    struct view_mode mode;
};
extern const struct sample_mode sample_modes[];
extern const int sample_mode_count;

struct panel {
    const char *name;
    int width, height, width_mm, height_mm;
};
extern const struct panel panels[];
extern const int panel_count;

/* A window of its size that nobody sees. */
struct ui_options panel_options(const struct panel *panel);

/* The same of a cashier's desk, which has panels of its own and no modes. */
const struct sample *desk_sample_at(int n);
extern const struct panel desk_panels[];
extern const int desk_panel_count;

/* The sample's view on a panel, in a language and a mode; strings are static. */
void sample_view(const struct sample *sample, const struct panel *panel,
                 enum view_language language, struct view_mode mode, struct view *out);

#endif
