/* What ports have found out about devices, kept until those are unplugged: nothing is tried twice.
 */
#ifndef HOPKIOSK_DRIVERS_USB_SEEN_H
#define HOPKIOSK_DRIVERS_USB_SEEN_H

#include "drivers/usb/port.h"
#include "drivers/usb/survey.h"

#define USB_SEEN_MAX 64
#define USB_REASON_SIZE 96

/* What ports with one leader know of one interface of a device. */
struct usb_seen {
    libusb_device *device; /* a reference */
    int interface;
    const struct usb_port *leader;
    enum usb_verdict verdict;
    int rank;
    int64_t again_ms; /* USB_SILENT: when it is asked again */
    char reason[USB_REASON_SIZE];
};
struct usb_memory {
    int count;
    struct usb_seen all[USB_SEEN_MAX];
};

/* NULL: nothing is known. */
const struct usb_seen *usb_seen_find(const struct usb_memory *memory, const struct usb_port *leader,
                                     const libusb_device *device, int interface);
/* Replaces what was known. */
void usb_seen_keep(struct usb_memory *memory, const struct usb_port *leader, libusb_device *device,
                   int interface, struct usb_seen seen);
/* It is of no use to these ports, for good or just now. NULL: it may be. */
bool usb_seen_is_out(const struct usb_seen *seen);
/* The device is unplugged; NULL: of all devices. */
void usb_seen_forget(struct usb_memory *memory, const libusb_device *device);
/* All that the survey does not find is unplugged. */
void usb_seen_forget_gone(struct usb_memory *memory, const struct usb_survey *survey);

#endif
