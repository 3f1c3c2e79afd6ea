#include "app/shell/loop.h"

#include <stdlib.h>
#include <string.h>

#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/shell/now.h"
#include "app/shell/parts.h"

/* No deadline is so far that the clock on the screen could stand still. */
#define WAIT_MAX_MS 30000
/* Between two TICKs: a deadline that a TICK does not move must not spin. */
#define TICK_PAUSE_MS 2

void loop_step(struct loop *loop, struct event *event, const char *evidence) {
    event->now = shell_now();
    core_step(&loop->core, event, &loop->effects);
    effects_run(loop, &loop->effects, evidence);
    if (event->kind == EVENT_ANSWER || event->kind == EVENT_STAFF)
        documents_sweep(&loop->documents, &loop->core.session);
}

void loop_end(struct loop *loop, enum loop_exit code) {
    if (!loop->quit) {
        struct event event = {.kind = EVENT_CONTROL, .of.control.control = CONTROL_QUIT};
        loop->code = code;
        loop_step(loop, &event, NULL);
    }
}

static void show(struct loop *loop) {
    struct now now = shell_now();
    present(&loop->core, &loop->site, now, &loop->store, &loop->view);
    ui_present(loop->ui, &loop->view);
}

static void tick(struct loop *loop) {
    int64_t now_ms = clock_mono_ms();
    if (core_deadline(&loop->core) <= now_ms && now_ms >= loop->ticked_mono_ms + TICK_PAUSE_MS) {
        struct event event = {.kind = EVENT_TICK};
        loop->ticked_mono_ms = now_ms;
        loop_step(loop, &event, NULL);
    }
}

static int64_t sooner(int64_t a, int64_t b) {
    return a < b ? a : b;
}

static int timeout_ms(const struct loop *loop) {
    int64_t now_ms = clock_mono_ms();
    int64_t until = sooner(now_ms + WAIT_MAX_MS, panel_line_deadline(loop));
    int64_t deadline = core_deadline(&loop->core);
    if (deadline < loop->ticked_mono_ms + TICK_PAUSE_MS)
        deadline = loop->ticked_mono_ms + TICK_PAUSE_MS;
    until = sooner(until, deadline);
    int frame_ms = ui_next_frame_ms(loop->ui);
    if (frame_ms >= 0)
        until = sooner(until, now_ms + frame_ms);
    return until > now_ms ? (int)(until - now_ms) : 0;
}

/* What was presented is what is touched: nothing is shown between a frame and its input. */
static void turn(struct loop *loop) {
    struct ui_input input = {0};
    if (ui_wait(loop->ui, timeout_ms(loop), &input))
        panel_input(loop, &input);
    inbox_drain(loop);
    tick(loop);
    show(loop);
    const struct script_line *tried = loop->line;
    panel_try_line(loop);
    if (tried != NULL)
        show(loop);
}

enum loop_exit loop_run(const struct options *options, const struct config *config) {
    struct loop *loop = calloc(1, sizeof *loop);
    ENSURE(loop != NULL);
    loop->options = options;
    loop->config = config;
    if (loop_start(loop))
        while (!loop->quit)
            turn(loop);
    loop_stop(loop);
    enum loop_exit code = loop->code;
    explicit_bzero(&loop->core.session, sizeof loop->core.session);
    free(loop);
    return code;
}
