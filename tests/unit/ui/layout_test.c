/* links: house tests/support/layout.c tests/support/samples/ */
/* The numbers of the design on every screen, panel and language: what can be touched is large
 * enough, within reach and apart; what is said is large enough, dark enough and not cut. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/layout.h"
#include "ui/frame.h"
#include "ui/window/window.h"

/* `speaks`: its dock has one place more. */
static void check_panel(const struct panel *panel, bool speaks) {
    struct ui *ui = layout_open(panel);
    ui->painter.speaks = speaks;
    for (int i = 0; i < sample_count() * 2 * sample_mode_count; i++) {
        const struct sample *sample = sample_at(i / 2 / sample_mode_count);
        struct view view;
        sample_view(sample, panel, (enum view_language)(i % 2),
                    sample_modes[i / 2 % sample_mode_count].mode, &view);
        layout_check(ui, panel, sample->name, &view);
    }
    ui_destroy(ui);
}

/* Every code of a result is on some page, however many there are. */
static void no_advice_is_lost(void **state) {
    (void)state;
    for (int i = 0; i < panel_count; i++) {
        struct ui *ui = layout_open(&panels[i]);
        struct view view;
        struct ui_input more;
        int codes = 0;
        assert_non_null(sample_named("result-many"));
        sample_view(sample_named("result-many"), &panels[i], VIEW_ZH, (struct view_mode){0}, &view);
        do {
            view.revision++;
            layout_check(ui, &panels[i], "result-many, a page", &view);
            for (int j = 0; j < ui_frame(ui)->code_count; j++)
                codes += ui_frame(ui)->codes[j].kind != CODE_BARS;
            view.of.result.page++;
        } while (ui_touch_id(ui, (struct touch){TOUCH_MORE, 0}, &more));
        assert_int_equal(codes, 2);
        assert_true(ui_touch_id(ui, (struct touch){TOUCH_LESS, 0}, &more));
        ui_destroy(ui);
    }
    assert_int_equal(layout_complaints(), 0);
}

/* What a finger is on keeps its contrast. */
static void what_is_pressed_is_readable(void **state) {
    (void)state;
    struct ui *ui = layout_open(&panels[0]);
    for (int i = 0; i < sample_count(); i++) {
        struct view view;
        sample_view(sample_at(i), &panels[0], VIEW_ZH, (struct view_mode){0}, &view);
        layout_check(ui, &panels[0], sample_at(i)->name, &view);
        const struct frame before = *ui_frame(ui);
        for (int touch = 0; touch < before.touch_count; touch++) {
            ui->press = (struct press){.down = true,
                                       .on = before.touches[touch],
                                       .screen = view.screen,
                                       .revision = view.revision};
            char name[TOUCH_NAME_SIZE], what[128];
            snprintf(what, sizeof what, "%s, pressed %s", sample_at(i)->name,
                     touch_name(before.touches[touch].touch, name));
            layout_check(ui, &panels[0], what, &view);
        }
        ui->press.down = false;
    }
    ui_destroy(ui);
    assert_int_equal(layout_complaints(), 0);
}

static void every_screen_keeps_the_numbers(void **state) {
    (void)state;
    for (int i = 0; i < panel_count; i++)
        for (int speaks = 0; speaks < 2; speaks++)
            check_panel(&panels[i], speaks);
    assert_int_equal(layout_complaints(), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_screen_keeps_the_numbers),
        cmocka_unit_test(no_advice_is_lost),
        cmocka_unit_test(what_is_pressed_is_readable),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
