/* From a touch to the presented next screen, over a thousand taps, headless: the same pixels as in
 * a window. The program's own core, presenter and screens, without its threads. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "app/config/rules.h"
#include "app/config/terminal_rows.h"
#include "app/core/core.h"
#include "app/present/present.h"
#include "app/shell/now.h"
#include "app/shell/settings.h"
#include "ui/ui.h"

#define TAPS 1000
#define REDRAWS 200

static const struct touch round_trip[] = {
    {TOUCH_SERVICE, SERVICE_BILLS},
    {TOUCH_HELP, 0},
    {TOUCH_BACK, 0},
    {TOUCH_NEXT, 0},
    {TOUCH_KEY, '1'},
    {TOUCH_KEY, '2'},
    {TOUCH_KEY, KEY_DELETE},
    {TOUCH_LANG, 0},
    {TOUCH_HOME, 0},
};

static double ms_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static bool show(struct ui *ui, const struct core *core, const struct present_site *site) {
    static struct present_store store;
    static struct view view;
    present_view(core, site, shell_now(), &store, &view);
    return ui_present(ui, &view);
}

/* One tap; its milliseconds, negative when there was nothing to tap. */
static double tap(struct ui *ui, struct core *core, const struct present_site *site,
                  struct touch touch) {
    static struct effects effects;
    struct ui_input input = {0};
    double start = ms_now();
    if (!ui_touch_id(ui, touch, &input))
        return -1;
    struct event event = {.kind = EVENT_TOUCH,
                          .now = shell_now(),
                          .of.touch = {input.screen, input.revision, input.touch}};
    core_step(core, &event, &effects);
    show(ui, core, site);
    return ms_now() - start;
}

static int by_size(const void *a, const void *b) {
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

/* The whole picture drawn and shown again, as when a revision changes; then asked for without a
 * change. */
static void redraw(struct ui *ui, struct core *core, const struct present_site *site,
                   const struct config_terminal *terminal) {
    static double taken_ms[REDRAWS];
    int idle_draws = 0;
    for (int i = 0; i < REDRAWS; i++) {
        core->session.revision++;
        double start = ms_now();
        show(ui, core, site);
        taken_ms[i] = ms_now() - start;
    }
    for (int i = 0; i < REDRAWS; i++)
        idle_draws += show(ui, core, site);
    qsort(taken_ms, REDRAWS, sizeof taken_ms[0], by_size);
    printf("redraw of %s, %d x %d: median %.1f ms (wanted: <= 6 ms); %d draws when nothing changed "
           "(wanted: 0)\n",
           screen_name(core->session.screen), terminal->width, terminal->height,
           taken_ms[REDRAWS / 2], idle_draws);
}

int main(void) {
    static struct core core;
    static struct config config;
    static double taken_ms[TAPS];
    char error[256];
    if (!settings_load("config/bench.json", &config, error, sizeof error)) {
        fprintf(stderr, "%s\n", error);
        return 1;
    }
    const struct config_terminal *terminal = config_terminal(&config);
    const struct config_rules *rules = config_rules(&config);
    struct present_site site = {.hospital_name = terminal->hospital_name,
                                .terminal_no = terminal->no,
                                .channel_count = rules->channel_count};
    memcpy(site.channels, rules->channels, sizeof site.channels);
    struct ui_options options = {.headless = true,
                                 .width = terminal->width,
                                 .height = terminal->height,
                                 .panel_width_mm = terminal->panel_width_mm,
                                 .panel_height_mm = terminal->panel_height_mm,
                                 .assets_dir = "assets"};
    struct ui *ui = ui_create(&options, error, sizeof error);
    struct core_setup setup = {.policy = rules->policy,
                               .limits = rules->limits,
                               .number_mark = "7K0001",
                               .journal_ok = true};
    core_init(&core, &setup, shell_now());
    for (int i = 0; ui != NULL && i < TAPS; i++) {
        show(ui, &core, &site);
        size_t step = (size_t)i % (sizeof round_trip / sizeof round_trip[0]);
        taken_ms[i] = tap(ui, &core, &site, round_trip[step]);
        if (taken_ms[i] < 0) {
            fprintf(stderr, "touch_perf: tap %d met nothing on %s\n", i,
                    screen_name(core.session.screen));
            return 1;
        }
    }
    qsort(taken_ms, TAPS, sizeof taken_ms[0], by_size);
    printf("touch to the presented next screen, %d taps: median %.1f ms, p99 %.1f ms, slowest %.1f "
           "ms   "
           "(wanted: p99 <= 16.7 ms)\n",
           TAPS, taken_ms[TAPS / 2], taken_ms[TAPS * 99 / 100], taken_ms[TAPS - 1]);
    redraw(ui, &core, &site, terminal);
    ui_destroy(ui);
    config_free(&config);
    return 0;
}
