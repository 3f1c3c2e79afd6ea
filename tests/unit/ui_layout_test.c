/* The numbers of the design, checked on every screen, panel and language: what can be touched is
 * large enough, within reach and apart; what is said is large enough, dark enough and not cut. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/ui/samples.h"
#include "ui/frame.h"
#include "ui/ui.h"

#define CAPITALS 0.733 /* of an em, in Noto Sans CJK */

struct sight {
    const struct panel *panel;
    const struct sample *sample;
    const char *language;
    double px_per_mm;
    const struct frame *frame;
};

static int complaints;

static void complain(const struct sight *s, struct rect r, const char *what, double value) {
    complaints++;
    fprintf(stderr, "%s %s %s: %s %.2f at %d,%d %dx%d\n", s->sample->name, s->panel->name,
            s->language, what, value, r.x, r.y, r.w, r.h);
}

static bool inside_panel(const struct sight *s, struct rect r) {
    return r.x >= 0 && r.y >= 0 && r.x + r.w <= s->panel->width && r.y + r.h <= s->panel->height;
}

/* Do they share more than `slack` pixels both ways? */
static bool overlap(struct rect a, struct rect b, int slack) {
    return a.x + a.w > b.x + slack && b.x + b.w > a.x + slack && a.y + a.h > b.y + slack &&
           b.y + b.h > a.y + slack;
}

static void check_touches(const struct sight *s) {
    for (int i = 0; i < s->frame->touch_count; i++) {
        struct rect r = s->frame->touches[i].rect;
        double least_mm = (r.w < r.h ? r.w : r.h) / s->px_per_mm;
        if (least_mm < 19.99)
            complain(s, r, "touch target of mm", least_mm);
        if (r.y < s->panel->height / 3)
            complain(s, r, "touch target above the lower two thirds", r.y);
        if (!inside_panel(s, r))
            complain(s, r, "touch target beside the panel", 0);
        for (int j = 0; j < i; j++)
            if (overlap(r, s->frame->touches[j].rect, 0))
                complain(s, r, "touch targets overlap", j);
    }
}

static double linear(int byte) {
    double c = byte / 255.0;
    return c <= 0.03928 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}
static double luminance(rgb c) {
    return 0.2126 * linear(c >> 16 & 255) + 0.7152 * linear(c >> 8 & 255) +
           0.0722 * linear(c & 255);
}
static double contrast(rgb a, rgb b) {
    double x = luminance(a) + 0.05, y = luminance(b) + 0.05;
    return x > y ? x / y : y / x;
}

static void check_texts(const struct sight *s) {
    for (int i = 0; i < s->frame->text_count; i++) {
        const struct frame_text *text = &s->frame->texts[i];
        double capital_mm = text->em_px * CAPITALS / s->px_per_mm;
        double ratio = contrast(text->ink, text->paper);
        if (capital_mm < 5.5)
            complain(s, text->rect, "capitals of mm", capital_mm);
        if (ratio < (text->strong ? 10 : 7))
            complain(s, text->rect, "contrast", ratio);
        if (!inside_panel(s, text->rect))
            complain(s, text->rect, "text beside the panel", 0);
        for (int j = 0; j < i; j++)
            if (overlap(text->rect, s->frame->texts[j].rect, text->em_px / 5))
                complain(s, text->rect, "texts overlap", j);
    }
}

/* Words of ours are never cut; only what a hospital sends may be too long for any box. */
static void check_cuts(const struct sight *s) {
    bool long_names =
        strcmp(s->sample->name, "bill") == 0 || strcmp(s->sample->name, "bills-paged") == 0;
    if (!long_names && frame_shows(s->frame, "…"))
        complain(s, (struct rect){0, 0, 0, 0}, "text is cut", 0);
}

static void check_panel(const struct panel *panel) {
    char error[256];
    struct ui_options options = {.headless = true,
                                 .width = panel->width,
                                 .height = panel->height,
                                 .panel_width_mm = panel->width_mm,
                                 .panel_height_mm = panel->height_mm,
                                 .assets_dir = "assets"};
    struct ui *ui = ui_create(&options, error, sizeof error);
    assert_non_null(ui);
    for (int i = 0; i < sample_count * 2; i++) {
        struct view view;
        sample_view(&samples[i / 2], (enum view_language)(i % 2), &view);
        assert_true(ui_present(ui, &view));
        struct sight s = {panel, &samples[i / 2], i % 2 ? "en" : "zh",
                          (double)panel->width / panel->width_mm, ui_frame(ui)};
        check_touches(&s);
        check_texts(&s);
        check_cuts(&s);
        assert_true(s.frame->text_count > 0);
    }
    ui_destroy(ui);
}

static void every_screen_keeps_the_numbers(void **state) {
    (void)state;
    for (int i = 0; i < panel_count; i++)
        check_panel(&panels[i]);
    assert_int_equal(complaints, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_screen_keeps_the_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
