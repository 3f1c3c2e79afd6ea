#include "app/fleet/fleet_metrics.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "app/base/log.h"
#include "app/base/version.h"

static void begin_figure(FILE *out, const char *name, const char *type, const char *help) {
    fprintf(out, "# HELP hopkiosk_fleet_%s %s\n# TYPE hopkiosk_fleet_%s %s\n", name, help, name,
            type);
}

static void write_figure(FILE *out, const char *name, const char *type, int64_t value,
                         const char *help) {
    begin_figure(out, name, type, help);
    fprintf(out, "hopkiosk_fleet_%s %" PRId64 "\n", name, value);
}

/* What keeps events from the database, by who must do something about it. Another process that has
 * told it more, and a stop, pass by themselves. */
static const struct {
    const char *name;
    bool results[FLEET_STOPPED + 1];
} troubles[] = {
    {"unreachable", {[FLEET_DOWN] = true}},
    {"refused", {[FLEET_REFUSED] = true, [FLEET_NO_TABLES] = true, [FLEET_DATA] = true}},
    {"journal", {[FLEET_JOURNAL] = true}},
};

char *fleet_metrics_text(const struct replicator_figures *figures, int64_t wall_ms) {
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    ENSURE(out != NULL);
    int64_t waits_ms = figures->waits_wall_ms != 0 ? wall_ms - figures->waits_wall_ms : 0;
    int64_t waiting = figures->journal_events - figures->place_events;
    begin_figure(out, "info", "gauge", "The program.");
    fprintf(out, "hopkiosk_fleet_info{version=\"%s\"} 1\n", HOPKIOSK_VERSION);
    write_figure(out, "waiting_seconds", "gauge", waits_ms > 0 ? waits_ms / 1000 : 0,
                 "Age of the oldest event that the database is not known to have.");
    write_figure(out, "waiting_events", "gauge", waiting > 0 ? waiting : 0,
                 "Events that the database is not known to have.");
    begin_figure(out, "trouble", "gauge", "Whether this kept the last batch from the database.");
    for (size_t i = 0; i < sizeof troubles / sizeof troubles[0]; i++)
        fprintf(out, "hopkiosk_fleet_trouble{what=\"%s\"} %d\n", troubles[i].name,
                troubles[i].results[figures->result]);
    write_figure(out, "forked", "gauge", figures->forked,
                 "Whether the journal has gone another way than the database had seen.");
    write_figure(out, "events_total", "counter", figures->events, "Events that were taken.");
    write_figure(out, "batches_total", "counter", figures->batches, "Batches that were taken.");
    write_figure(out, "failures_total", "counter", figures->failures, "Batches that were not.");
    ENSURE(fclose(out) == 0);
    return text;
}
