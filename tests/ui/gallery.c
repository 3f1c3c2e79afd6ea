/* Pictures of every screen, and a sheet of each with all panels, languages and modes on it:
 * build/ui-gallery [DIRECTORY [NAME...]] */
#include <SDL.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "tests/support/samples/samples.h"
#include "tests/ui/sheet.h"
#include "ui/ui.h"

/* What moves stands still: the same pictures every time. */
Uint64 SDL_GetTicks64(void) {
    return 0;
}

#define LANGUAGES 2
#define CELLS_MAX 64
#define SHEET_DIVISOR 3

static const char *const languages[LANGUAGES] = {"zh", "en"};
static const char *directory = "build/gallery";

#define PATH_SIZE 512
/* Where the picture of a sample is kept. */
static const char *picture_path(const struct sample *sample, const struct sample_mode *mode,
                                const struct panel *panel, int language, char out[PATH_SIZE]) {
    snprintf(out, PATH_SIZE, "%s/%s%s%s-%s-%s.png", directory, sample->name,
             mode->name[0] ? "+" : "", mode->name, panel->name, languages[language]);
    return out;
}

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
    char error[256], path[PATH_SIZE];
    struct ui_options options = panel_options(panel);
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
        picture_path(sample, mode, panel, i % 2, path);
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

/* The cashier's window, the patient's display beside each picture. */
static int shoot_desk(const struct panel *panel, int argc, char **argv) {
    char error[256], path[PATH_SIZE];
    struct ui_options options = panel_options(panel);
    options.patient_display = "1";
    struct ui *ui = ui_create(&options, error, sizeof error);
    if (!ui) {
        fprintf(stderr, "ui-gallery: %s\n", error);
        return 1;
    }
    int failed = 0;
    double slowest_ms = 0;
    const char *slowest = "none";
    const struct sample *sample;
    for (int n = 0; (sample = desk_sample_at(n)) != NULL; n++)
        for (int language = 0; language < LANGUAGES; language++) {
            struct view view;
            picture_path(sample, &sample_modes[0], panel, language, path);
            if (!wanted(path, argc, argv))
                continue;
            sample_view(sample, panel, (enum view_language)language, sample_modes[0].mode, &view);
            ui_present(ui, &view);
            double took_ms = redraw_ms(ui, &view);
            if (took_ms > slowest_ms) {
                slowest_ms = took_ms;
                slowest = sample->name;
            }
            failed += !ui_shot(ui, path);
        }
    printf("%s: slowest warm redraw of both displays %.2f ms (%s)\n", panel->name, slowest_ms,
           slowest);
    ui_destroy(ui);
    return failed;
}

/* A row a mode; a column a panel and language. */
static int write_sample_sheet(const struct sample *sample) {
    char paths[CELLS_MAX][PATH_SIZE], out[PATH_SIZE];
    const char *cells[CELLS_MAX];
    int columns = panel_count * LANGUAGES, count = 0;
    for (int i = 0; i < sample_mode_count * columns && i < CELLS_MAX; i++, count++)
        cells[i] = picture_path(sample, &sample_modes[i / columns],
                                &panels[i % columns / LANGUAGES], i % LANGUAGES, paths[i]);
    snprintf(out, sizeof out, "%s/sheet-%s.png", directory, sample->name);
    return !sheet_write(out, cells, columns, count / columns, SHEET_DIVISOR);
}

static bool is_whole(const struct sample *sample, int argc, char **argv) {
    for (int i = 2; i < argc; i++)
        if (strcmp(sample->name, argv[i]) == 0)
            return true;
    return argc <= 2;
}

int main(int argc, char **argv) {
    int failed = 0;
    if (argc > 1 && argv[1][0] == '-') {
        fprintf(stderr, "%s: expected [DIR [NAME...]], a folder for the pictures\n", argv[1]);
        return 2;
    }
    mkdir("build", 0777);
    directory = argc > 1 ? argv[1] : directory;
    mkdir(directory, 0777);
    for (int i = 0; i < panel_count; i++)
        failed += shoot_panel(&panels[i], argc, argv);
    for (int i = 0; i < desk_panel_count; i++)
        failed += shoot_desk(&desk_panels[i], argc, argv);
    for (int i = 0; i < sample_count(); i++)
        if (is_whole(sample_at(i), argc, argv))
            failed += write_sample_sheet(sample_at(i));
    return failed > 0;
}
