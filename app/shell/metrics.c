#include "app/shell/metrics.h"

#include <string.h>

#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/core/about.h"
#include "app/shell/metrics_text.h"

static void metrics_told(void *owner, void *payload, struct delivery *out) {
    struct metrics *metrics = owner;
    (void)payload;
    metrics->busy = false;
    metrics_port_reply(metrics->port, metrics_text(metrics, clock_wall_ms()));
    out->none = true;
}

static const struct inbox_kind told_kind = {metrics_told, NULL};

/* On the journal's thread; nobody reads the figures meanwhile. */
static void read_figures(void *context, struct journal *journal) {
    struct metrics *metrics = context;
    metrics->figures_result = journal_figures(journal, clock_wall_ms(), &metrics->figures);
    inbox_post(metrics->inbox, &told_kind, metrics, "", 0);
}

/* A question that finds the last one still under way, or no room, is asked again by itself. */
static void metrics_deliver(void *owner, void *payload, struct delivery *out) {
    struct metrics *metrics = owner;
    out->none = true;
    if (metrics->pump == NULL)
        metrics_told(owner, payload, out);
    else if (!metrics->busy && inbox_reserve(metrics->inbox)) {
        metrics->busy = true;
        journal_pump_read(metrics->pump, read_figures, metrics);
    }
}

static const struct inbox_kind ask_kind = {metrics_deliver, NULL};

/* On the port's thread. */
static bool metrics_take(void *context) {
    struct metrics *metrics = context;
    return inbox_offer(metrics->inbox, &ask_kind, metrics, "", 0);
}

void metrics_start(struct metrics *metrics, const char *address) {
    metrics->screen = core_screen(metrics->core);
    if (address[0] != '\0')
        metrics->port = metrics_port_start(address, metrics_take, metrics);
}

void metrics_stop(struct metrics *metrics) {
    if (metrics->port != NULL)
        metrics_port_stop(metrics->port);
    metrics->port = NULL;
}

/* Whoever leaves the first screen for anything but help or the staff's business is a patient. */
static bool begins_visit(enum screen before, enum screen now) {
    return before == SCREEN_WELCOME && now != SCREEN_WELCOME && now != SCREEN_HELP &&
           now != SCREEN_STAFF && now != SCREEN_OUT_OF_SERVICE;
}

void metrics_turn(struct metrics *metrics, bool redrawn) {
    enum screen screen = core_screen(metrics->core);
    metrics->redraws += redrawn;
    metrics->visits += begins_visit(metrics->screen, screen);
    metrics->screen = screen;
}

static struct metrics_series *series_of(struct metrics *metrics, const char *platform,
                                        const char *operation) {
    for (int i = 0; i < metrics->series_count; i++) {
        struct metrics_series *series = &metrics->series[i];
        if (strcmp(series->platform, platform) == 0 && strcmp(series->operation, operation) == 0)
            return series;
    }
    if (metrics->series_count == METRICS_SERIES_MAX)
        return NULL;
    struct metrics_series *series = &metrics->series[metrics->series_count++];
    *series = (struct metrics_series){.platform = platform, .operation = operation};
    return series;
}

static void note_reached(struct metrics *metrics, const char *platform, bool reached) {
    int i = 0;
    while (i < metrics->platform_count && strcmp(metrics->platforms[i].name, platform) != 0)
        i++;
    if (i == METRICS_PLATFORMS_MAX)
        return;
    if (i == metrics->platform_count)
        metrics->platform_count++;
    metrics->platforms[i] = (struct metrics_platform){platform, reached};
}

void metrics_exchange(struct metrics *metrics, const char *platform, const char *operation,
                      enum outcome outcome, bool reached, int64_t took_ms) {
    struct metrics_series *series = series_of(metrics, platform, operation);
    note_reached(metrics, platform, reached);
    if (series == NULL)
        return;
    int bucket = 0;
    while (bucket < METRICS_BUCKETS && took_ms > metrics_bucket_ms[bucket])
        bucket++;
    if (bucket < METRICS_BUCKETS)
        series->buckets[bucket]++;
    series->count++;
    series->sum_ms += took_ms;
    ENSURE(outcome < METRICS_OUTCOMES);
    series->outcomes[outcome]++;
}
