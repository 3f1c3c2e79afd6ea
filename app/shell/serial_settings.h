/* The members of a row of `devices` that say where in a device the driver finds its peer, how its
 * serial line is set, and which bank's numbers it must answer with. */
#ifndef HOPKIOSK_SHELL_SERIAL_SETTINGS_H
#define HOPKIOSK_SHELL_SERIAL_SETTINGS_H

#include "app/config/list.h"
#include "drivers/driver.h"

/* Their names, for the list of those that a row may have. */
#define SERIAL_SETTINGS_NAMES                                                                      \
    "interface", "baud", "bits", "parity", "stop", "terminal_no", "merchant_no"

bool settings_read_serial(struct config_loading *loading, const char *path, const cJSON *row,
                          struct driver_binding *device);

#endif
