/* How the figures are counted and written: shared by metrics and metrics_text. */
#ifndef HOPKIOSK_SHELL_METRICS_TEXT_H
#define HOPKIOSK_SHELL_METRICS_TEXT_H

#include "app/shell/metrics.h"

/* Upper ends of the histograms' buckets. */
extern const int metrics_bucket_ms[METRICS_BUCKETS];

#endif
