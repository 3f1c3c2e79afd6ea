/* A panel that shows a sample, and what is on it. */
#ifndef HOPKIOSK_TESTS_PANEL_STORY_H
#define HOPKIOSK_TESTS_PANEL_STORY_H

#include "tests/support/samples/samples.h"
#include "ui/frame.h"
#include "ui/window/window.h"

static inline struct ui *open_placed(const struct panel *panel, enum ui_spot scanner) {
    char error[256];
    struct ui_options options = panel_options(panel);
    options.spots[UI_PART_SCANNER] = scanner;
    struct ui *ui = ui_create(&options, error, sizeof error);
    assert_non_null(ui);
    return ui;
}

static inline struct ui *open_panel(const struct panel *panel) {
    return open_placed(panel, UI_SPOT_USUAL);
}

static inline struct view view_in(const char *name, struct view_mode mode) {
    struct view view;
    assert_non_null(sample_named(name));
    sample_view(sample_named(name), &panels[0], VIEW_ZH, mode, &view);
    return view;
}

static inline struct view view_of(const char *name) {
    return view_in(name, (struct view_mode){0});
}

static inline int count_of(const struct ui *ui, enum touch_kind kind) {
    int count = 0;
    for (int i = 0; i < ui_frame(ui)->touch_count; i++)
        count += ui_frame(ui)->touches[i].touch.kind == kind;
    return count;
}

static inline rgb pixel_at(const struct ui *ui, int x, int y) {
    return canvas_pixel(&ui->painter.canvas, x, y);
}

#endif
