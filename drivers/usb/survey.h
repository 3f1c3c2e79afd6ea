/* All that is plugged in, with its descriptors, as it is while ports look for their devices. */
#ifndef HOPKIOSK_DRIVERS_USB_SURVEY_H
#define HOPKIOSK_DRIVERS_USB_SURVEY_H

#include "drivers/usb/match.h"

struct usb_found {
    libusb_device *device;
    struct libusb_device_descriptor descriptor;
    struct libusb_config_descriptor *config; /* NULL: not configured yet */
    char place[USB_PLACE_SIZE];
};
struct usb_survey {
    libusb_device **devices;
    struct usb_found *found;
    int count;
};

/* False: out of memory; then it is empty. Both ways it is to be ended. */
bool usb_survey_begin(struct usb_survey *survey, libusb_context *context);
void usb_survey_end(struct usb_survey *survey);
/* NULL: it is not plugged in. */
const struct usb_found *usb_survey_find(const struct usb_survey *survey,
                                        const libusb_device *device);
/* What of a device a binding may be for; usb_match, and the port it names. */
int usb_survey_match(const struct usb_found *found, const struct usb_driver *driver,
                     const struct driver_binding *binding, struct usb_fit fits[USB_FITS_MAX]);

#endif
