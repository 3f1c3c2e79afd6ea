/* Which of the devices that are plugged in could be a port's. */
#ifndef HOPKIOSK_DRIVERS_USB_CANDIDATES_H
#define HOPKIOSK_DRIVERS_USB_CANDIDATES_H

#include "drivers/usb/seen.h"

/* All ports, and what they have seen. */
struct usb_choice {
    struct usb_port *ports;
    int port_count;
    struct usb_memory memory;
    int64_t plugged_ms; /* when something was plugged in last; 0: before the beginning */
};

/* One interface that a port might have. */
struct usb_candidate {
    const struct usb_found *found;
    struct usb_fit fit;
    const struct usb_port *holder; /* who has it open, NULL: nobody */
    const struct usb_seen *seen;   /* what is known of it, NULL: nothing */
};
#define USB_CANDIDATES_MAX 32
struct usb_candidates {
    int count;
    struct usb_candidate all[USB_CANDIDATES_MAX];
};

/* All that could be this port's: free, or in the hands of who may let it go; in the order of the
 * bus. */
struct usb_candidates usb_candidates_find(const struct usb_choice *choice,
                                          const struct usb_port *port,
                                          const struct usb_survey *survey);
/* A port that asks its devices who they are has not heard of this one yet. */
bool usb_candidate_is_undecided(const struct usb_choice *choice, const struct usb_port *port,
                                const struct usb_candidate *one);
/* Who has this interface of a device open; NULL: nobody. */
const struct usb_port *usb_holder_of(const struct usb_choice *choice, const libusb_device *device,
                                     const struct usb_fit *fit);
/* Could a port without a device have this one's? */
bool usb_is_wanted(const struct usb_choice *choice, const struct usb_port *port,
                   const struct usb_survey *survey);
/* How closely a binding names its device; above 1 it names vid and pid, or a place. */
int usb_closeness(const struct driver_binding *binding);

#endif
