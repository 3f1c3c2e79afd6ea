/* The members of a row of `devices` that only a printer has: what the configuration knows better
 * than the driver's own table of models. */
#ifndef HOPKIOSK_SHELL_PRINTER_SETTINGS_H
#define HOPKIOSK_SHELL_PRINTER_SETTINGS_H

#include "app/config/list.h"
#include "drivers/driver.h"

/* Their names, for the list of those that a row may have. */
#define PRINTER_SETTINGS_NAMES                                                                     \
    "head_dots", "columns", "speed_mm_s", "gbk_only", "raster_qr", "cutter", "status",             \
        "automatic_status", "end_question", "clear", "presenter"

bool settings_read_printer(struct config_loading *loading, const char *path, const cJSON *row,
                           struct driver_binding *device);

#endif
