/* One binding of the configuration and the device it drives: found, opened, run, dropped and found
 * again. Between usb.c (thread, hot-plug, what main asks) and the drivers. */
#ifndef HOPKIOSK_DRIVERS_USB_PORT_H
#define HOPKIOSK_DRIVERS_USB_PORT_H

#include <libusb.h>
#include <stdio.h>

#include "drivers/usb/driver.h"

enum usb_port_state {
    USB_PORT_ABSENT = 0, /* waits for a device to appear */
    USB_PORT_BACKOFF,    /* tries again at retry_ms */
    USB_PORT_RUNNING,
    USB_PORT_CLOSING /* waits for its transfers to come back */
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
    void *pump;
};

struct usb_endpoint {
    uint8_t address; /* 0: none */
    uint8_t kind;    /* LIBUSB_TRANSFER_TYPE_... */
    uint16_t packet_size;
};

struct usb_port {
    struct usb_host *host;
    const struct driver_binding *binding;
    const struct usb_driver *driver;
    enum usb_port_state state;
    struct driver_status status;

    libusb_device *device; /* a reference while open */
    libusb_device_handle *handle;
    int interface, second_interface, interface_class;
    struct usb_endpoint endpoint_in, endpoint_out, endpoint_notice;
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
/* True when this device fits, as far as its descriptors tell; then its interfaces and endpoints are
 * taken. */
bool usb_port_fits(struct usb_port *port, libusb_device *device);
void usb_port_open(struct usb_port *port, libusb_device *device);
void usb_port_absent(struct usb_port *port);
/* A device was plugged in somewhere: no more waiting. */
void usb_port_hurry(struct usb_port *port);
/* Timers, staleness, the end of closing. */
void usb_port_tick(struct usb_port *port);
int64_t usb_port_deadline_ms(const struct usb_port *port);
/* One line of the recording: what it was, and the bytes as hexadecimal. */
void usb_record(struct usb_port *port, const char *what, const uint8_t *bytes, size_t length);
/* Opens the recording of a device that was just opened, with its descriptors first. */
void usb_record_begin(struct usb_port *port);
void usb_record_end(struct usb_port *port);
/* What an integrator reads about a libusb error, "" for none. */
const char *usb_error_detail(int error);

#endif
