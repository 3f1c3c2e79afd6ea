#include "drivers/usb/port.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define STEADY_MS 3000 /* a handle that held this long starts the backoff afresh */

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

static void show_life(struct usb_port *port, enum device_word device, const char *detail) {
    struct driver_status status = {.device = device};
    snprintf(status.detail, sizeof status.detail, "%s", detail);
    usb_port_show(port, &status);
}

/* The data first: a driver of the kernel that comes back for a CDC function takes both. */
static void release_interfaces(struct usb_port *port) {
    if (port->fit.second_interface >= 0)
        libusb_release_interface(port->handle, port->fit.second_interface);
    libusb_release_interface(port->handle, port->fit.interface);
}

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
    if (port->giving_up)
        release_interfaces(port);
    close_handle(port);
    if (usb_now_ms() - port->opened_ms > STEADY_MS)
        port->backoff_ms = port->host->limits.reconnect_first_ms;
    if (!port->giving_up) {
        back_off(port);
        return;
    }
    port->state = USB_PORT_ABSENT;
    port->host->moved(port->host->pump);
}

static void begin_closing(struct usb_port *port, bool giving_up) {
    port->state = USB_PORT_CLOSING;
    port->giving_up = giving_up;
    port->timer_ms = 0;
    port->driver->stop(port);
    if (port->in_pending)
        libusb_cancel_transfer(port->in);
    if (port->out_pending)
        libusb_cancel_transfer(port->out);
    if (port->control_pending)
        libusb_cancel_transfer(port->control);
    if (port->notice_pending)
        libusb_cancel_transfer(port->notice);
}

void usb_port_stop(struct usb_port *port) {
    if (port->state == USB_PORT_RUNNING)
        begin_closing(port, true);
}

void usb_port_drop(struct usb_port *port, const char *reason) {
    if (port->state != USB_PORT_RUNNING || usb_port_silent(port, reason))
        return;
    port->had = port->device;
    port->had_interface = port->fit.interface;
    begin_closing(port, false);
    show_life(port, DEVICE_OFFLINE, reason);
}

/* --- whose the device is ---------------------------------------------------------------------- */

bool usb_port_settled(const struct usb_port *port) {
    return port->state == USB_PORT_RUNNING && !port->trial &&
           (port->proven || !port->driver->proves);
}

static void let_go(struct usb_port *port, enum usb_verdict verdict, int rank, const char *reason) {
    port->host->judged(port->host->pump, port, verdict, rank, reason);
    begin_closing(port, true);
}

bool usb_port_mine(struct usb_port *port, int rank) {
    if (port->state != USB_PORT_RUNNING)
        return false;
    if (port->trial) {
        let_go(port, USB_MINE, rank, "");
        return false;
    }
    port->quiet = false;
    if (!port->proven) {
        port->proven = true;
        port->host->moved(port->host->pump);
    }
    return true;
}

static bool is_contested(const struct usb_port *port) {
    return port->trial || port->host->contested(port->host->pump, port);
}

bool usb_port_not_mine(struct usb_port *port, const char *reason) {
    if (port->state != USB_PORT_RUNNING)
        return true;
    bool named = port->binding->vid && port->binding->pid;
    if (named && !is_contested(port)) {
        (void)usb_port_mine(port, 0);
        return false;
    }
    let_go(port, USB_NOT_MINE, 0, reason);
    return true;
}

bool usb_port_silent(struct usb_port *port, const char *reason) {
    if (port->state != USB_PORT_RUNNING)
        return true;
    if (port->proven || !port->driver->proves || !is_contested(port))
        return false;
    let_go(port, USB_SILENT, 0, reason);
    return true;
}

/* --- transfers -------------------------------------------------------------------------------- */

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
    fill_transfer(port, port->in, &port->fit.in, port->in_bytes, port->fit.in.packet_size, in_ended,
                  0);
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
    size_t length = port->fit.notice.packet_size;
    fill_transfer(port, port->notice, &port->fit.notice, port->notice_bytes,
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
    int error = libusb_claim_interface(port->handle, port->fit.interface);
    if (error == 0 && port->fit.second_interface >= 0)
        error = libusb_claim_interface(port->handle, port->fit.second_interface);
    if (error == 0 && port->halted) {
        port->halted = false;
        if (port->fit.in.address)
            libusb_clear_halt(port->handle, port->fit.in.address);
        if (port->fit.out.address)
            libusb_clear_halt(port->handle, port->fit.out.address);
        if (port->fit.notice.address)
            libusb_clear_halt(port->handle, port->fit.notice.address);
    }
    return error;
}

static void run_port(struct usb_port *port) {
    port->state = USB_PORT_RUNNING;
    port->opened_ms = port->alive_ms = usb_now_ms();
    port->timer_ms = 0;
    memset(port->driver_state, 0, port->driver->state_size);
    usb_record_begin(port);
    if (port->driver->heard && port->fit.in.address)
        begin_listening(port);
    if (port->state == USB_PORT_RUNNING && port->driver->noticed && port->fit.notice.address)
        listen_for_notices(port);
    if (port->state == USB_PORT_RUNNING)
        port->driver->start(port);
}

int usb_port_open(struct usb_port *port, libusb_device *device, const struct usb_fit *fit,
                  bool trial) {
    int error = libusb_open(device, &port->handle);
    if (error != 0)
        return error;
    port->device = libusb_ref_device(device);
    port->fit = *fit;
    port->trial = trial;
    port->proven = port->giving_up = false;
    port->had = NULL;
    libusb_set_auto_detach_kernel_driver(port->handle, 1);
    error = claim_interfaces(port);
    if (error == 0) {
        run_port(port);
    } else {
        release_interfaces(port); /* one of two may have been claimed */
        close_handle(port);
    }
    return error;
}

void usb_port_refused(struct usb_port *port, int error) {
    show_life(port, DEVICE_FAULT, usb_error_detail(error));
    back_off(port);
}

void usb_port_wait(struct usb_port *port, enum device_word device, const char *detail,
                   int64_t again_ms) {
    port->state = again_ms ? USB_PORT_BACKOFF : USB_PORT_ABSENT;
    port->retry_ms = again_ms;
    show_life(port, device, detail);
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
    if (!port->quiet)
        show_life(port, DEVICE_UNKNOWN, "does not answer");
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

bool usb_port_send(struct usb_port *port, const uint8_t *bytes, size_t length, int timeout_ms) {
    if (port->state != USB_PORT_RUNNING || port->out_pending || !port->fit.out.address ||
        length > sizeof port->out_bytes)
        return false;
    memcpy(port->out_bytes, bytes, length);
    usb_record(port, "out", bytes, length);
    fill_transfer(port, port->out, &port->fit.out, port->out_bytes, length, out_ended, timeout_ms);
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
