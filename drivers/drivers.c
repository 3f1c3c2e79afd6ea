/* The table of all device protocols, with which the pump is started. */
#include "drivers/usb/driver.h"

const struct usb_driver *const usb_drivers[] = {
#define X(driver) &driver,
    USB_DRIVERS(X)
#undef X
        NULL};

struct usb *usb_start(const struct driver_binding *bindings, int count,
                      const struct driver_limits *limits,
                      void (*post)(void *context, const struct driver_event *event), void *context,
                      char *error, size_t error_size) {
    return usb_pump_start(usb_drivers, bindings, count, limits, post, context, error, error_size);
}

const char *driver_name(enum device_role role, int n) {
    for (const struct usb_driver *const *driver = usb_drivers; *driver != NULL; driver++)
        if ((*driver)->role == role && n-- == 0)
            return (*driver)->name;
    return NULL;
}
