/* Service of the figures for a monitoring system, in Prometheus' text form: what the core, the
 * exchanges and the loop count, and what the journal holds. No person, no number of an order. Owns
 * the port. */
#ifndef HOPKIOSK_SHELL_METRICS_H
#define HOPKIOSK_SHELL_METRICS_H

#include "app/config/config.h"
#include "app/core/core.h"
#include "app/journal/journal.h"
#include "app/shell/inbox.h"
#include "app/wire/metrics_port.h"

#define METRICS_SERIES_MAX 96
#define METRICS_PLATFORMS_MAX 8
#define METRICS_BUCKETS 9
#define METRICS_OUTCOMES (OUTCOME_MALFORMED + 1)

/* One operation of a platform. */
struct metrics_series {
    const char *platform, *operation; /* literals */
    int64_t buckets[METRICS_BUCKETS]; /* answers within each time, but not within the one before */
    int64_t count, sum_ms;
    int64_t outcomes[METRICS_OUTCOMES];
};

struct metrics_platform {
    const char *name;
    bool reached; /* by the last question */
};

struct metrics {
    /* Set before the start. */
    struct inbox *inbox;
    const struct core *core;
    const struct config *config;
    struct journal_pump *pump; /* NULL: no journal */
    /* The service's own. */
    struct metrics_port *port; /* NULL: nobody asks */
    bool busy;                 /* the journal is asked */
    struct journal_figures figures;
    enum journal_result figures_result;
    int64_t redraws, visits;
    enum screen screen; /* of the last turn */
    int series_count, platform_count;
    struct metrics_series series[METRICS_SERIES_MAX];
    struct metrics_platform platforms[METRICS_PLATFORMS_MAX];
};

void metrics_start(struct metrics *metrics, const char *address);
void metrics_stop(struct metrics *metrics);
/* One turn of the loop was shown. */
void metrics_turn(struct metrics *metrics, bool redrawn);
/* One answer of a platform, or none. */
void metrics_exchange(struct metrics *metrics, const char *platform, const char *operation,
                      enum outcome outcome, bool reached, int64_t took_ms);
/* All figures as they are now. Caller: free(). */
char *metrics_text(const struct metrics *metrics, int64_t wall_ms);

#endif
