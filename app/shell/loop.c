#include "app/shell/loop.h"

#include <stdlib.h>
#include <string.h>

#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/base/secrecy.h"
#include "app/shell/now.h"
#include "app/shell/settings.h"
#include "app/shell/start.h"

/* The longest wait, so that the clock on the screen goes on. */
#define WAIT_MAX_MS 30000
/* The shortest time between two TICKs: a deadline that a TICK does not move must not spin. */
#define TICK_PAUSE_MS 2

/* Steps the core by one event and runs its effects. `evidence`: masked JSON of what caused the
 * event, or NULL. */
static void step_core(struct loop *loop, struct event *event, const char *evidence) {
    event->now = shell_now();
    if (event->kind == EVENT_SCAN)
        event->of.scan.revision = loop->view.revision;
    core_step(&loop->core, event, &loop->effects);
    loop->was_read |= event->kind == EVENT_SCAN || event->kind == EVENT_CARD;
    dispatch_effects(&loop->services, &loop->effects, evidence);
    if (event->kind == EVENT_ANSWER || event->kind == EVENT_STAFF || event->kind == EVENT_CALL)
        documents_sweep(&loop->services.documents, &loop->core);
}

/* Takes everything that has come from the pumps. */
static void hear_deliveries(struct loop *loop) {
    struct delivery delivery;
    while (inbox_deliver(loop->inbox, &delivery)) {
        documents_keep(&loop->services.documents, delivery.document);
        if (!delivery.none)
            step_core(loop, &delivery.event, delivery.evidence);
        free(delivery.evidence);
        explicit_bzero(&delivery, sizeof delivery); /* it may have been a scanned code */
    }
}

/* A window manager asks the window to close: that ends a developer's kiosk only. A real one ends by
 * its staff, the control socket or a signal. */
static bool may_close(struct loop *loop) {
    if (settings_is_bench(settings_of(loop->config)))
        return true;
    if (!loop->refused_close)
        log_write(LOG_WARNING, "loop", "the window was asked to close, and stays");
    loop->refused_close = true;
    return false;
}

static void hear_input(struct loop *loop, const struct ui_input *input) {
    struct event event;
    if (input->kind == UI_INPUT_QUIT && !may_close(loop))
        return;
    if (input->kind == UI_INPUT_DISPLAY_GONE)
        log_write(LOG_ERROR, "ui", "the display is gone; payments go on without it");
    if (input->kind == UI_INPUT_DISPLAY_BACK)
        log_write(LOG_INFO, "ui", "the display is back");
    if (panel_input(input, &event))
        step_core(loop, &event, NULL);
}

static void tick_core(struct loop *loop) {
    int64_t now_ms = clock_mono_ms();
    if (core_deadline(&loop->core) <= now_ms && now_ms >= loop->ticked_mono_ms + TICK_PAUSE_MS) {
        struct event event = {.kind = EVENT_TICK};
        loop->ticked_mono_ms = now_ms;
        step_core(loop, &event, NULL);
    }
}

/* The patient's display may come and go at any time. */
static void watch_display(struct loop *loop) {
    struct event event = {.kind = EVENT_DISPLAY,
                          .of.display.away = !ui_has_patient_display(loop->ui)};
    bool differs = loop->core.terminal.display_away != event.of.display.away;
    if (loop->core.setup.patient_display && differs)
        step_core(loop, &event, NULL);
}

/* What was read and changes the screen is heard before it is seen. */
static void show_view(struct loop *loop) {
    uint32_t revision = loop->view.revision;
    present_view(&loop->core, &loop->site, shell_now(), &loop->store, &loop->view);
    if (loop->was_read && loop->view.revision != revision)
        ui_sound_read(loop->ui);
    loop->was_read = false;
    metrics_turn(&loop->services.metrics, ui_present(loop->ui, &loop->view));
    desk_presented(&loop->services.desk);
}

/* Tries the script's line on the presented frame and steps the events it gives. */
static void play_line(struct loop *loop) {
    struct event event;
    if (loop->services.quit || !panel_plays(&loop->services.panel))
        return;
    while (panel_next(&loop->services.panel, &event))
        step_core(loop, &event, NULL);
    show_view(loop);
}

static int64_t sooner_ms(int64_t a, int64_t b) {
    return a < b ? a : b;
}

static int wait_ms(const struct loop *loop) {
    int64_t now_ms = clock_mono_ms();
    int64_t until = sooner_ms(now_ms + WAIT_MAX_MS, panel_deadline(&loop->services.panel));
    until = sooner_ms(until, notify_deadline(&loop->notify));
    int64_t deadline = core_deadline(&loop->core);
    if (deadline < loop->ticked_mono_ms + TICK_PAUSE_MS)
        deadline = loop->ticked_mono_ms + TICK_PAUSE_MS;
    until = sooner_ms(until, deadline);
    int frame_ms = ui_next_frame_ms(loop->ui);
    if (frame_ms >= 0)
        until = sooner_ms(until, now_ms + frame_ms);
    return until > now_ms ? (int)(until - now_ms) : 0;
}

/* Input is taken before anything new is shown, so that a touch belongs to the presented frame. */
static void turn_loop(struct loop *loop) {
    struct ui_input input = {0};
    if (ui_wait(loop->ui, wait_ms(loop), &input))
        hear_input(loop, &input);
    hear_deliveries(loop);
    tick_core(loop);
    watch_display(loop);
    show_view(loop);
    play_line(loop);
}

static bool usb_comes_round(void *usb) {
    return usb_turns(usb);
}
static bool net_comes_round(void *net) {
    return net_turns(net);
}
static bool journal_comes_round(void *pump) {
    return journal_pump_turns(pump);
}

/* systemd hears of this turn while all threads live that money or devices need. */
static void tell_systemd(struct loop *loop) {
    const struct services *services = &loop->services;
    const struct notify_thread threads[] = {
        {"usb", usb_comes_round, services->devices.usb},
        {"net", net_comes_round, services->exchanges.net},
        {"journal", journal_comes_round, services->persist.pump}};
    notify_turn(&loop->notify, threads, sizeof threads / sizeof *threads, clock_mono_ms());
}

enum loop_exit loop_run(const struct options *options, const struct config *config) {
    struct loop *loop = calloc(1, sizeof *loop);
    ENSURE(loop != NULL);
    secrecy_keep_in_memory(loop, sizeof *loop);
    loop->options = options;
    loop->config = config;
    enum loop_exit code = loop_start(loop);
    while (code == LOOP_OK && !loop->services.quit) {
        turn_loop(loop);
        tell_systemd(loop);
    }
    loop_stop(loop);
    if (loop->services.panel.failed)
        code = LOOP_FAILED;
    secrecy_free(loop);
    return code;
}
