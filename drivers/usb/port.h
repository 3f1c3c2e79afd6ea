/* One binding of the configuration and the device it drives: opened, run, dropped and let go.
 * Between the pump, which knows all ports, and the drivers. */
#ifndef HOPKIOSK_DRIVERS_USB_PORT_H
#define HOPKIOSK_DRIVERS_USB_PORT_H

#include <libusb.h>
#include <stdio.h>

#include "drivers/usb/match.h"

enum usb_port_state {
    USB_PORT_ABSENT = 0, /* waits for a device to appear */
    USB_PORT_BACKOFF,    /* tries again at retry_ms */
    USB_PORT_RUNNING,
    USB_PORT_CLOSING /* waits for its transfers to come back */
};

/* What is known of a device that a port has had open. */
enum usb_verdict {
    USB_SILENT,   /* nothing: it did not answer, or could not be opened */
    USB_NOT_MINE, /* it is of another kind */
    USB_MINE
};

/* What a port needs of the pump. */
struct usb_host {
    libusb_context *context;
    const struct usb_driver *const *drivers; /* all there are, ended by NULL */
    struct driver_limits limits;
    /* A port's status changed. */
    void (*changed)(void *pump);
    void (*post)(void *pump, const struct driver_event *event);
    uint32_t (*armed)(void *pump);
    /* Keeps what a port has found out about the device that it has open. */
    void (*judged)(void *pump, const struct usb_port *port, enum usb_verdict verdict, int rank,
                   const char *reason);
    /* Could another device be this port's, or its device another port's? */
    bool (*contested)(void *pump, const struct usb_port *port);
    /* A device is free, or known for good: ports that wait look again. */
    void (*moved)(void *pump);
    void *pump;
};

struct usb_port {
    struct usb_host *host;
    const struct driver_binding *binding;
    const struct usb_driver *driver;
    const struct usb_port *leader; /* the first port with the same driver and the same members */
    enum usb_port_state state;
    struct driver_status status;

    libusb_device *device; /* a reference while open */
    libusb_device_handle *handle;
    struct usb_fit fit;
    bool trial;     /* open to know what it is, not to be used */
    bool proven;    /* it is of the driver's kind */
    bool quiet;     /* no word of the driver's before that */
    bool giving_up; /* closing: nobody opens it again, the kernel has its driver back */
    /* What it had open and lost by a fault, as long as it stays plugged in; NULL. Not read. */
    const libusb_device *had;
    int had_interface;

    struct libusb_transfer *in, *out, *control, *notice;
    bool in_pending, out_pending, control_pending, notice_pending;
    int control_tag;
    uint8_t in_bytes[USB_IN_MAX], out_bytes[USB_OUT_MAX], notice_bytes[USB_NOTICE_MAX];
    uint8_t control_bytes[LIBUSB_CONTROL_SETUP_SIZE + USB_CONTROL_MAX];

    int64_t timer_ms, retry_ms, opened_ms, alive_ms; /* 0: none */
    int backoff_ms;
    bool halted; /* the last handle was given up for a stall: clear it at the next opening */
    void *driver_state;
    int last_number; /* usb_port_next_number */
    uint32_t memory; /* usb_port_memory */
    FILE *record;    /* or NULL */
};

/* False: no such driver or out of memory. */
bool usb_port_init(struct usb_port *port, struct usb_host *host,
                   const struct driver_binding *binding);
void usb_port_free(struct usb_port *port);
/* Opens it on these interfaces; an error of libusb's, and nothing is open. `trial`: see above. */
int usb_port_open(struct usb_port *port, libusb_device *device, const struct usb_fit *fit,
                  bool trial);
/* It could not be opened: says why and tries again later. */
void usb_port_refused(struct usb_port *port, int error);
/* There is no device for it now, in the words of `status`; it looks again when something is plugged
 * in or moves, or at `again_ms` (0: only then). */
void usb_port_wait(struct usb_port *port, enum device_word device, const char *detail,
                   int64_t again_ms);
/* Ends what it does, for good: the kernel has its driver back. */
void usb_port_stop(struct usb_port *port);
/* A device was plugged in somewhere: no more waiting. */
void usb_port_hurry(struct usb_port *port);
/* It has its device, for good. */
bool usb_port_settled(const struct usb_port *port);
/* Timers, staleness, the end of closing. */
void usb_port_tick(struct usb_port *port);
int64_t usb_port_deadline_ms(const struct usb_port *port);
/* Says how things stand, driver or not. */
void usb_port_show(struct usb_port *port, const struct driver_status *status);

/* One line of the recording: what it was, and the bytes as hexadecimal. */
void usb_record(struct usb_port *port, const char *what, const uint8_t *bytes, size_t length);
/* Opens the recording of a device that was just opened, with its descriptors first. */
void usb_record_begin(struct usb_port *port);
void usb_record_end(struct usb_port *port);
/* What an integrator reads about a libusb error, "" for none. */
const char *usb_error_detail(int error);

#endif
