/* Pictures of every screen: build/ui-gallery [DIRECTORY [NAME...]] */
#include <SDL.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "tests/support/samples/samples.h"
#include "ui/ui.h"

/* What moves stands still: the same pictures every time. */
Uint64 SDL_GetTicks64(void) {
    return 0;
}

static const char *const languages[] = {"zh", "en"};

static bool wanted(const char *path, int argc, char **argv) {
    for (int i = 2; i < argc; i++)
        if (strstr(path, argv[i]))
            return true;
    return argc <= 2;
}

static double now_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

/* The best of some: what else the machine does is not ours to measure. */
static double redraw_ms(struct ui *ui, struct view *view) {
    double best_ms = 1e9;
    for (int i = 0; i < 5; i++) {
        view->revision += 1000;
        double begun_ms = now_ms();
        ui_present(ui, view);
        double took_ms = now_ms() - begun_ms;
        best_ms = took_ms < best_ms ? took_ms : best_ms;
    }
    return best_ms;
}

static int shoot_panel(const struct panel *panel, int argc, char **argv) {
    char error[256], path[512];
    struct ui_options options = {.headless = true,
                                 .width = panel->width,
                                 .height = panel->height,
                                 .panel_width_mm = panel->width_mm,
                                 .panel_height_mm = panel->height_mm,
                                 .assets_dir = "assets"};
    struct ui *ui = ui_create(&options, error, sizeof error);
    if (!ui) {
        fprintf(stderr, "ui-gallery: %s\n", error);
        return 1;
    }
    int failed = 0;
    double slowest_ms = 0;
    const char *slowest = "none";
    for (int i = 0; i < sample_count() * 2 * sample_mode_count; i++) {
        const struct sample *sample = sample_at(i / 2 / sample_mode_count);
        const struct sample_mode *mode = &sample_modes[i / 2 % sample_mode_count];
        struct view view;
        snprintf(path, sizeof path, "%s/%s%s%s-%s-%s.png", argc > 1 ? argv[1] : "build/gallery",
                 sample->name, mode->name[0] ? "+" : "", mode->name, panel->name, languages[i % 2]);
        if (!wanted(path, argc, argv))
            continue;
        sample_view(sample, panel, (enum view_language)(i % 2), mode->mode, &view);
        ui_present(ui, &view);
        double took_ms = redraw_ms(ui, &view);
        if (took_ms > slowest_ms) {
            slowest_ms = took_ms;
            slowest = sample->name;
        }
        failed += !ui_shot(ui, path);
    }
    printf("%s: slowest warm redraw %.2f ms (%s)\n", panel->name, slowest_ms, slowest);
    ui_destroy(ui);
    return failed;
}

int main(int argc, char **argv) {
    int failed = 0;
    mkdir("build", 0777);
    mkdir(argc > 1 ? argv[1] : "build/gallery", 0777);
    for (int i = 0; i < panel_count; i++)
        failed += shoot_panel(&panels[i], argc, argv);
    return failed > 0;
}
