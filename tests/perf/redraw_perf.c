/* The whole of a screen drawn and shown again: every sample screen on the upright panel, in both
 * languages and every mode, headless. The best of some tries each: what else the machine does is
 * not measured. */
#include <SDL.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "tests/support/samples/samples.h"
#include "ui/ui.h"

#define LANGUAGES 2
#define DRAWN_MAX 2000
#define TRIES 9
#define NAMED 5 /* of the slowest, so many are named */

/* What moves stands still, or a part of it would be drawn instead of the whole. */
Uint64 SDL_GetTicks64(void) {
    return 0;
}

struct drawn {
    const char *sample, *mode, *language;
    double ms, first_ms; /* again; the first time, when glyphs and pictures are not kept yet */
};

static double ms_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static double best_ms(struct ui *ui, struct view *view) {
    double best = 1e9;
    for (int i = 0; i < TRIES; i++) {
        view->revision += 1000;
        double start = ms_now();
        ui_present(ui, view);
        double taken = ms_now() - start;
        best = taken < best ? taken : best;
    }
    return best;
}

static int slower_first(const void *a, const void *b) {
    double left = ((const struct drawn *)a)->ms, right = ((const struct drawn *)b)->ms;
    return (left < right) - (left > right);
}

static int slower_at_first(const void *a, const void *b) {
    double left = ((const struct drawn *)a)->first_ms, right = ((const struct drawn *)b)->first_ms;
    return (left < right) - (left > right);
}

static void name_slowest(const struct drawn *drawn, int count) {
    for (int i = 0; i < NAMED && i < count; i++)
        printf("  %s%s%s, %s: again %.2f ms, first %.2f ms\n", drawn[i].sample,
               drawn[i].mode[0] ? " " : "", drawn[i].mode, drawn[i].language, drawn[i].ms,
               drawn[i].first_ms);
}

static int draw_all(struct ui *ui, const struct panel *panel, struct drawn *drawn) {
    static const char *const languages[LANGUAGES] = {"zh", "en"};
    int count = 0;
    for (int i = 0; i < sample_count(); i++)
        for (int mode = 0; mode < sample_mode_count; mode++)
            for (int language = 0; language < LANGUAGES && count < DRAWN_MAX; language++) {
                struct view view;
                sample_view(sample_at(i), panel, (enum view_language)language,
                            sample_modes[mode].mode, &view);
                double start = ms_now();
                ui_present(ui, &view);
                double first_ms = ms_now() - start;
                drawn[count++] = (struct drawn){sample_at(i)->name, sample_modes[mode].name,
                                                languages[language], best_ms(ui, &view), first_ms};
            }
    return count;
}

int main(void) {
    static struct drawn drawn[DRAWN_MAX];
    const struct panel *panel = &panels[0];
    char error[256];
    struct ui_options options = panel_options(panel);
    struct ui *ui = ui_create(&options, error, sizeof error);
    if (!ui) {
        fprintf(stderr, "redraw_perf: %s\n", error);
        return 1;
    }
    int count = draw_all(ui, panel, drawn);
    qsort(drawn, (size_t)count, sizeof drawn[0], slower_first);
    printf(
        "full redraw, %d x %d, %d screens: median %.1f ms, slowest %.1f ms   (wanted: <= 6 ms)\n",
        panel->width, panel->height, count, drawn[count / 2].ms, drawn[0].ms);
    name_slowest(drawn, count);
    qsort(drawn, (size_t)count, sizeof drawn[0], slower_at_first);
    printf("drawn for the first time: median %.1f ms, slowest %.1f ms\n", drawn[count / 2].first_ms,
           drawn[0].first_ms);
    name_slowest(drawn, count);
    ui_destroy(ui);
    return 0;
}
