#ifndef HOPKIOSK_CTL_READ_H
#define HOPKIOSK_CTL_READ_H

#include "app/ctl/own_devices.h"

/* Waits for one code or card of a reader that is ready and prints it, masked unless `whole`.
 * CTL_UNKNOWN: nothing came; CTL_MALFORMED: it could not be read. */
enum ctl_exit read_one(const struct ctl *ctl, const struct config *config,
                       struct own_devices *devices, enum device_role role, bool whole,
                       int timeout_ms);

#endif
