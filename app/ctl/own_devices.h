/* The configured devices in kioskctl's own hands, while no kiosk runs: it alone would use them. */
#ifndef HOPKIOSK_CTL_OWN_DEVICES_H
#define HOPKIOSK_CTL_OWN_DEVICES_H

#include "app/ctl/ctl.h"

struct own_devices;

/* True when a kiosk of this configuration answers at its control socket. */
bool own_devices_kiosk_runs(const struct config *config);
/* NULL after saying on stderr why not: a kiosk holds the devices, or libusb would not start. */
struct own_devices *own_devices_start(const struct config *config);
struct usb *own_devices_usb(struct own_devices *devices);
/* What was heard next, at most `timeout_ms` from now; false: nothing. */
bool own_devices_next(struct own_devices *devices, struct driver_event *out, int timeout_ms);
/* Takes what is heard until `role` is ready; false: it is not, *last says how it is instead. */
bool own_devices_ready(struct own_devices *devices, enum device_role role, int timeout_ms,
                       struct driver_status *last);
void own_devices_stop(struct own_devices *devices);

/* "scanner" ... by device_role_name; false: no such role, said on stderr. */
bool own_devices_role(const char *name, enum device_role *out);
/* A whole number of seconds from 1 to 600; false: said on stderr. */
bool own_devices_seconds(const char *text, int *out_ms);

#endif
