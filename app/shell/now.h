/* Reads both clocks at once, as the core wants them. */
#ifndef HOPKIOSK_SHELL_NOW_H
#define HOPKIOSK_SHELL_NOW_H

#include "app/base/clock.h"
#include "app/core/terms/types.h"

static inline struct now shell_now(void) {
    return (struct now){.wall_ms = clock_wall_ms(), .mono_ms = clock_mono_ms()};
}

#endif
