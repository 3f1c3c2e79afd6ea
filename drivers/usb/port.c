#include "drivers/usb/port.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define STEADY_MS 3000 /* a handle that held this long starts the backoff afresh */

int64_t usb_now_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

const char *usb_error_detail(int error) {
    switch (error) {
    case 0:
        return "";
    case LIBUSB_ERROR_ACCESS:
        return "no permission: install config/60-hopkiosk.rules";
    case LIBUSB_ERROR_BUSY:
        return "another program holds the device";
    case LIBUSB_ERROR_NO_DEVICE:
        return "unplugged";
    default:
        return libusb_error_name(error);
    }
}

bool usb_port_init(struct usb_port *port, struct usb_host *host,
                   const struct driver_binding *binding) {
    *port = (struct usb_port){.host = host, .binding = binding};
    for (int i = 0; host->drivers[i] && !port->driver; i++)
        if (strcmp(host->drivers[i]->name, binding->driver) == 0)
            port->driver = host->drivers[i];
    if (!port->driver)
        return false;
    port->backoff_ms = host->limits.reconnect_first_ms;
    port->driver_state = calloc(1, port->driver->state_size);
    port->in = libusb_alloc_transfer(0);
    port->out = libusb_alloc_transfer(0);
    port->control = libusb_alloc_transfer(0);
    port->notice = libusb_alloc_transfer(0);
    return port->driver_state && port->in && port->out && port->control && port->notice;
}

void usb_port_free(struct usb_port *port) {
    free(port->driver_state);
    libusb_free_transfer(port->in);
    libusb_free_transfer(port->out);
    libusb_free_transfer(port->control);
    libusb_free_transfer(port->notice);
}

/* --- the life of a handle --------------------------------------------------------------------- */

static void close_handle(struct usb_port *port) {
    usb_record_end(port);
    if (port->handle)
        libusb_close(port->handle);
    if (port->device)
        libusb_unref_device(port->device);
    port->handle = NULL;
    port->device = NULL;
}

static void back_off(struct usb_port *port) {
    port->state = USB_PORT_BACKOFF;
    port->retry_ms = usb_now_ms() + port->backoff_ms;
    port->backoff_ms *= 2;
    if (port->backoff_ms > port->host->limits.reconnect_max_ms)
        port->backoff_ms = port->host->limits.reconnect_max_ms;
}

static bool nothing_pending(const struct usb_port *port) {
    return !port->in_pending && !port->out_pending && !port->control_pending &&
           !port->notice_pending;
}

static void end_closing(struct usb_port *port) {
    close_handle(port);
    if (usb_now_ms() - port->opened_ms > STEADY_MS)
        port->backoff_ms = port->host->limits.reconnect_first_ms;
    back_off(port);
}

void usb_port_drop(struct usb_port *port, const char *reason) {
    if (port->state != USB_PORT_RUNNING)
        return;
    port->state = USB_PORT_CLOSING;
    port->timer_ms = 0;
    port->driver->stop(port);
    usb_port_status(port, DEVICE_OFFLINE, SUPPLY_UNKNOWN, MEDIA_UNKNOWN, reason);
    if (port->in_pending)
        libusb_cancel_transfer(port->in);
    if (port->out_pending)
        libusb_cancel_transfer(port->out);
    if (port->control_pending)
        libusb_cancel_transfer(port->control);
    if (port->notice_pending)
        libusb_cancel_transfer(port->notice);
}

/* False: the port is closing, or this transfer just made it. */
static bool still_good(struct usb_port *port, const struct libusb_transfer *transfer) {
    if (port->state != USB_PORT_RUNNING)
        return false;
    switch (transfer->status) {
    case LIBUSB_TRANSFER_COMPLETED:
    case LIBUSB_TRANSFER_TIMED_OUT:
        return true;
    case LIBUSB_TRANSFER_STALL:
        port->halted = true;
        usb_port_drop(port, "the device stalled");
        return false;
    case LIBUSB_TRANSFER_NO_DEVICE:
        usb_port_drop(port, "unplugged");
        return false;
    case LIBUSB_TRANSFER_OVERFLOW:
    case LIBUSB_TRANSFER_ERROR:
    case LIBUSB_TRANSFER_CANCELLED:
        break;
    }
    usb_port_drop(port, "transfer failed");
    return false;
}

static void LIBUSB_CALL in_ended(struct libusb_transfer *transfer);

static void fill_transfer(struct usb_port *port, struct libusb_transfer *transfer,
                          const struct usb_endpoint *endpoint, uint8_t *bytes, size_t length,
                          libusb_transfer_cb_fn ended, int timeout_ms) {
    libusb_fill_bulk_transfer(transfer, port->handle, endpoint->address, bytes, (int)length, ended,
                              port, (unsigned)timeout_ms);
    transfer->type = endpoint->kind;
}

static void begin_listening(struct usb_port *port) {
    /* One packet a transfer: a reply of whole packets has no other end. */
    fill_transfer(port, port->in, &port->endpoint_in, port->in_bytes, port->endpoint_in.packet_size,
                  in_ended, 0);
    int error = libusb_submit_transfer(port->in);
    port->in_pending = error == 0;
    if (error)
        usb_port_drop(port, usb_error_detail(error));
}

static void LIBUSB_CALL in_ended(struct libusb_transfer *transfer) {
    struct usb_port *port = transfer->user_data;
    port->in_pending = false;
    if (!still_good(port, transfer))
        return;
    usb_record(port, "in", port->in_bytes, (size_t)transfer->actual_length);
    port->driver->heard(port, port->in_bytes, (size_t)transfer->actual_length);
    explicit_bzero(port->in_bytes, (size_t)transfer->actual_length); /* a code, a photograph */
    if (port->state == USB_PORT_RUNNING)
        begin_listening(port);
}

static void LIBUSB_CALL notice_ended(struct libusb_transfer *transfer);

static void listen_for_notices(struct usb_port *port) {
    size_t length = port->endpoint_notice.packet_size;
    fill_transfer(port, port->notice, &port->endpoint_notice, port->notice_bytes,
                  length < USB_NOTICE_MAX ? length : USB_NOTICE_MAX, notice_ended, 0);
    int error = libusb_submit_transfer(port->notice);
    port->notice_pending = error == 0;
    if (error)
        usb_port_drop(port, usb_error_detail(error));
}

static void LIBUSB_CALL notice_ended(struct libusb_transfer *transfer) {
    struct usb_port *port = transfer->user_data;
    port->notice_pending = false;
    if (!still_good(port, transfer))
        return;
    usb_record(port, "notice", port->notice_bytes, (size_t)transfer->actual_length);
    port->driver->noticed(port, port->notice_bytes, (size_t)transfer->actual_length);
    if (port->state == USB_PORT_RUNNING)
        listen_for_notices(port);
}

static void LIBUSB_CALL out_ended(struct libusb_transfer *transfer) {
    struct usb_port *port = transfer->user_data;
    port->out_pending = false;
    if (still_good(port, transfer))
        port->driver->sent(port, (size_t)transfer->actual_length);
}

static void LIBUSB_CALL control_ended(struct libusb_transfer *transfer) {
    struct usb_port *port = transfer->user_data;
    port->control_pending = false;
    bool refused =
        transfer->status == LIBUSB_TRANSFER_STALL || transfer->status == LIBUSB_TRANSFER_TIMED_OUT;
    usb_record(port, "setup", port->control_bytes, LIBUSB_CONTROL_SETUP_SIZE);
    usb_record(port, refused ? "refused" : "answer",
               port->control_bytes + LIBUSB_CONTROL_SETUP_SIZE, (size_t)transfer->actual_length);
    if (refused && port->state == USB_PORT_RUNNING)
        port->driver->answered(port, port->control_tag, NULL, -1);
    else if (still_good(port, transfer))
        port->driver->answered(port, port->control_tag,
                               port->control_bytes + LIBUSB_CONTROL_SETUP_SIZE,
                               transfer->actual_length);
}

static int claim_interfaces(struct usb_port *port) {
    int error = libusb_claim_interface(port->handle, port->interface);
    if (error == 0 && port->second_interface >= 0)
        error = libusb_claim_interface(port->handle, port->second_interface);
    if (error == 0 && port->halted) {
        port->halted = false;
        if (port->endpoint_in.address)
            libusb_clear_halt(port->handle, port->endpoint_in.address);
        if (port->endpoint_out.address)
            libusb_clear_halt(port->handle, port->endpoint_out.address);
        if (port->endpoint_notice.address)
            libusb_clear_halt(port->handle, port->endpoint_notice.address);
    }
    return error;
}

void usb_port_open(struct usb_port *port, libusb_device *device) {
    int error = libusb_open(device, &port->handle);
    if (error == 0) {
        port->device = libusb_ref_device(device);
        libusb_set_auto_detach_kernel_driver(port->handle, 1);
        error = claim_interfaces(port);
    }
    if (error) {
        close_handle(port);
        usb_port_status(port, DEVICE_FAULT, SUPPLY_UNKNOWN, MEDIA_UNKNOWN, usb_error_detail(error));
        back_off(port);
        return;
    }
    port->state = USB_PORT_RUNNING;
    port->opened_ms = port->alive_ms = usb_now_ms();
    port->timer_ms = 0;
    memset(port->driver_state, 0, port->driver->state_size);
    usb_record_begin(port);
    if (port->driver->heard && port->endpoint_in.address)
        begin_listening(port);
    if (port->state == USB_PORT_RUNNING && port->driver->noticed && port->endpoint_notice.address)
        listen_for_notices(port);
    if (port->state == USB_PORT_RUNNING)
        port->driver->start(port);
}

void usb_port_absent(struct usb_port *port) {
    port->state = USB_PORT_ABSENT;
    usb_port_status(port, DEVICE_ABSENT, SUPPLY_UNKNOWN, MEDIA_UNKNOWN, "not found");
}

void usb_port_hurry(struct usb_port *port) {
    port->backoff_ms = port->host->limits.reconnect_first_ms;
    if (port->state == USB_PORT_ABSENT || port->state == USB_PORT_BACKOFF) {
        port->state = USB_PORT_BACKOFF;
        port->retry_ms = usb_now_ms();
    }
}

static void check_stale(struct usb_port *port, int64_t now) {
    if (!port->driver->polls || now - port->alive_ms < port->host->limits.stale_ms)
        return;
    usb_port_status(port, DEVICE_UNKNOWN, SUPPLY_UNKNOWN, MEDIA_UNKNOWN, "does not answer");
}

void usb_port_tick(struct usb_port *port) {
    int64_t now = usb_now_ms();
    if (port->state == USB_PORT_CLOSING && nothing_pending(port))
        end_closing(port);
    if (port->state != USB_PORT_RUNNING)
        return;
    check_stale(port, now);
    if (port->timer_ms && port->timer_ms <= now) {
        port->timer_ms = 0;
        port->driver->timer(port);
    }
}

int64_t usb_port_deadline_ms(const struct usb_port *port) {
    switch (port->state) {
    case USB_PORT_ABSENT:
        return INT64_MAX;
    case USB_PORT_CLOSING:
        return nothing_pending(port) ? 0 : INT64_MAX;
    case USB_PORT_BACKOFF:
        return port->retry_ms;
    case USB_PORT_RUNNING:
        break;
    }
    int64_t deadline = port->timer_ms ? port->timer_ms : INT64_MAX;
    int64_t stale = port->alive_ms + port->host->limits.stale_ms;
    bool known = port->status.device != DEVICE_UNKNOWN;
    return port->driver->polls && known && stale < deadline ? stale : deadline;
}

/* --- what drivers ask for --------------------------------------------------------------------- */

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
    return port->interface;
}

int usb_port_class(const struct usb_port *port) {
    return port->interface_class;
}

bool usb_port_has_notices(const struct usb_port *port) {
    return port->endpoint_notice.address != 0;
}

bool usb_port_armed(const struct usb_port *port) {
    return port->host->armed(port->host->pump) >> port->binding->role & 1;
}

bool usb_port_send(struct usb_port *port, const uint8_t *bytes, size_t length, int timeout_ms) {
    if (port->state != USB_PORT_RUNNING || port->out_pending || !port->endpoint_out.address ||
        length > sizeof port->out_bytes)
        return false;
    memcpy(port->out_bytes, bytes, length);
    usb_record(port, "out", bytes, length);
    fill_transfer(port, port->out, &port->endpoint_out, port->out_bytes, length, out_ended,
                  timeout_ms);
    int error = libusb_submit_transfer(port->out);
    port->out_pending = error == 0;
    if (error)
        usb_port_drop(port, usb_error_detail(error));
    return error == 0;
}

bool usb_port_control(struct usb_port *port, int tag, uint8_t request_type, uint8_t request,
                      uint16_t value, uint16_t index, const uint8_t *bytes, uint16_t length) {
    if (port->state != USB_PORT_RUNNING || port->control_pending || length > USB_CONTROL_MAX)
        return false;
    libusb_fill_control_setup(port->control_bytes, request_type, request, value, index, length);
    if (bytes && length)
        memcpy(port->control_bytes + LIBUSB_CONTROL_SETUP_SIZE, bytes, length);
    libusb_fill_control_transfer(port->control, port->handle, port->control_bytes, control_ended,
                                 port, (unsigned)port->host->limits.transfer_ms);
    port->control_tag = tag;
    int error = libusb_submit_transfer(port->control);
    port->control_pending = error == 0;
    if (error)
        usb_port_drop(port, usb_error_detail(error));
    return error == 0;
}

void usb_port_timer(struct usb_port *port, int ms) {
    port->timer_ms = ms ? usb_now_ms() + ms : 0;
}

void usb_port_status(struct usb_port *port, enum device_word device, enum supply_word supply,
                     enum media_word media, const char *detail) {
    struct driver_status status = {.device = device, .supply = supply, .media = media};
    snprintf(status.detail, sizeof status.detail, "%s", detail);
    if (memcmp(&status, &port->status, sizeof status) == 0)
        return;
    port->status = status;
    port->host->changed(port->host->pump);
}

void usb_port_alive(struct usb_port *port) {
    port->alive_ms = usb_now_ms();
}

void usb_port_post(struct usb_port *port, struct driver_event *event) {
    event->role = port->binding->role;
    event->mono_ms = usb_now_ms();
    bool input = event->kind == DRIVER_SCAN || event->kind == DRIVER_CARD;
    if (!input || usb_port_armed(port))
        port->host->post(port->host->pump, event);
}
