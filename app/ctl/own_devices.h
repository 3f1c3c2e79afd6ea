/* The configured devices, used by kioskctl itself while no kiosk runs: they belong to one program
 * at a time. */
#ifndef HOPKIOSK_CTL_OWN_DEVICES_H
#define HOPKIOSK_CTL_OWN_DEVICES_H

#include "app/ctl/ctl.h"

struct own_devices;

/* True when a kiosk of this configuration answers at its control socket. */
bool own_devices_kiosk_runs(const struct config *config);
/* NULL after saying on stderr why not: a kiosk holds the devices, or libusb would not start. */
struct own_devices *own_devices_start(const struct config *config);
struct usb *own_devices_usb(struct own_devices *devices);
/* The next event within `timeout_ms`; false: none came. */
bool own_devices_next(struct own_devices *devices, struct driver_event *out, int timeout_ms);
/* Takes events until `role` is ready; false when it does not become ready, *last has its state. */
bool own_devices_ready(struct own_devices *devices, enum device_role role, int timeout_ms,
                       struct driver_status *last);
void own_devices_stop(struct own_devices *devices);

/* Reads "scanner" and the other names of device_role_name; false after a complaint. */
bool own_devices_role(const char *name, enum device_role *out);
/* Reads a whole number of seconds from 1 to 600; false after a complaint. */
bool own_devices_seconds(const char *text, int *out_ms);

#endif
