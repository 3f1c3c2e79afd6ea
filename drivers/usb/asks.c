/* What drivers ask a port for, beside transfers and its life. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "drivers/usb/port.h"

int64_t usb_now_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

int usb_port_next_number(struct usb_port *port, int from) {
    port->last_number = port->last_number >= from ? port->last_number + 1 : from;
    return port->last_number;
}

uint32_t *usb_port_memory(struct usb_port *port) {
    return &port->memory;
}

void *usb_port_state(struct usb_port *port) {
    return port->driver_state;
}

const struct driver_binding *usb_port_binding(const struct usb_port *port) {
    return port->binding;
}

const struct driver_limits *usb_port_limits(const struct usb_port *port) {
    return &port->host->limits;
}

int usb_port_interface(const struct usb_port *port) {
    return port->fit.interface;
}

int usb_port_class(const struct usb_port *port) {
    return port->fit.class;
}

bool usb_port_has_notices(const struct usb_port *port) {
    return port->fit.notice.address != 0;
}

bool usb_port_armed(const struct usb_port *port) {
    return port->host->armed(port->host->pump) >> port->binding->role & 1;
}

void usb_port_timer(struct usb_port *port, int ms) {
    port->timer_ms = ms ? usb_now_ms() + ms : 0;
}

void usb_port_show(struct usb_port *port, const struct driver_status *status) {
    if (memcmp(status, &port->status, sizeof *status) == 0)
        return;
    port->status = *status;
    port->host->changed(port->host->pump);
}

void usb_port_status(struct usb_port *port, enum device_word device, enum supply_word supply,
                     enum media_word media, const char *detail) {
    struct driver_status status = {.device = device, .supply = supply, .media = media};
    snprintf(status.detail, sizeof status.detail, "%s", detail);
    if (port->state == USB_PORT_RUNNING && !port->quiet)
        usb_port_show(port, &status);
}

void usb_port_alive(struct usb_port *port) {
    port->alive_ms = usb_now_ms();
}

void usb_port_post(struct usb_port *port, struct driver_event *event) {
    event->role = port->binding->role;
    event->mono_ms = usb_now_ms();
    bool input = event->kind == DRIVER_SCAN || event->kind == DRIVER_CARD;
    if (!input || (usb_port_armed(port) && !port->quiet))
        port->host->post(port->host->pump, event);
}
