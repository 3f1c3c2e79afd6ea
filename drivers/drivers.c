/* The table of all device protocols, with which the pump is started. */
#include "drivers/usb/driver.h"

const struct usb_driver *const usb_drivers[] = {
    &scanner_hid,      &scanner_pos,   &scanner_cdc, &printer_usb, &pinpad_cdc,
    &card_reader_ccid, &id_reader_sdt, &keypad_hid,  NULL,
};

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
