/* The figures of the fleet's process for a monitoring system: Prometheus' text, nothing of a
 * patient. */
#ifndef HOPKIOSK_FLEET_FLEET_METRICS_H
#define HOPKIOSK_FLEET_FLEET_METRICS_H

#include "app/fleet/replicator.h"

/* Caller: free(). */
char *fleet_metrics_text(const struct replicator_figures *figures, int64_t wall_ms);

#endif
