/* Which interfaces of a device a driver may be for, as far as its descriptors tell. Pure. */
#ifndef HOPKIOSK_DRIVERS_USB_MATCH_H
#define HOPKIOSK_DRIVERS_USB_MATCH_H

#include <libusb.h>

#include "drivers/usb/driver.h"

struct usb_endpoint {
    uint8_t address; /* 0: none */
    uint8_t kind;    /* LIBUSB_TRANSFER_TYPE_... */
    uint16_t packet_size;
};

/* One interface, and what carries its data. */
struct usb_fit {
    int interface, class;
    int second_interface; /* of a CDC function: its data; -1: none */
    struct usb_endpoint in, out, notice;
};

#define USB_FITS_MAX 8
/* Fills `fits`, in the device's order, and returns how many there are. The strings of the binding
 * may be NULL. */
int usb_match(const struct usb_driver *driver, const struct driver_binding *binding,
              const struct libusb_device_descriptor *device,
              const struct libusb_config_descriptor *config, struct usb_fit fits[USB_FITS_MAX]);

#define USB_PLACE_SIZE 40
/* Where a device is plugged in: bus and ports, "1-1.2". */
void usb_place(libusb_device *device, char out[USB_PLACE_SIZE]);

#endif
