#include "tests/usbbench/umock_calls.h"

#include <errno.h>
#include <linux/usbdevice_fs.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#define TRANSFER_MAX (4u << 20)

/* The preload library's messages, private to umockdev: proven with 0.17.16. */
enum { CALL_IOCTL = 1, ANSWER_DONE = 3, ANSWER_READ = 5, ANSWER_WRITE = 6, CALL_READ, CALL_WRITE };
struct message {
    uint64_t command, first, second;
};

void umock_show_ready(struct attachment *attachment) {
    bool ready =
        attachment->device ? device_has_finished(attachment->device) : attachment->dead != NULL;
    if (ready == attachment->ready)
        return;
    attachment->ready = ready;
    umock_node_ready(&attachment->node, ready);
}

/* All of it or nothing; the other side answers at once or is dead. */
static bool read_all(int fd, void *bytes, size_t length) {
    return length == 0 || recv(fd, bytes, length, MSG_WAITALL) == (ssize_t)length;
}

static bool write_all(int fd, const void *bytes, size_t length) {
    const char *at = bytes;
    while (length > 0) {
        ssize_t sent = send(fd, at, length, MSG_NOSIGNAL);
        if (sent <= 0)
            return false;
        at += sent;
        length -= (size_t)sent;
    }
    return true;
}

static bool peek(int fd, uint64_t address, void *out, size_t length) {
    struct message message = {ANSWER_READ, address, length};
    return length == 0 || (write_all(fd, &message, sizeof message) && read_all(fd, out, length));
}

static bool poke(int fd, uint64_t address, const void *bytes, size_t length) {
    struct message message = {ANSWER_WRITE, address, length};
    return length == 0 || (write_all(fd, &message, sizeof message) && write_all(fd, bytes, length));
}

static bool done(int fd, int64_t result, int error) {
    struct message message = {ANSWER_DONE, (uint64_t)result, (uint64_t)error};
    return write_all(fd, &message, sizeof message);
}

static bool refuse(int fd, int error) {
    return done(fd, -1, error);
}

static bool done_or_refuse(int fd, int error) {
    return error ? refuse(fd, error) : done(fd, 0, 0);
}

static bool submit(struct connection *connection, uint64_t address) {
    struct device *device = connection->attachment->device;
    struct usbdevfs_urb wire;
    if (!peek(connection->fd, address, &wire, sizeof wire))
        return false;
    if (!device)
        return refuse(connection->fd, ENODEV);
    bool is_control = wire.type == USBDEVFS_URB_TYPE_CONTROL;
    if (wire.buffer_length < (is_control ? 8 : 0) || (size_t)wire.buffer_length > TRANSFER_MAX)
        return refuse(connection->fd, EINVAL);
    uint64_t buffer = (uint64_t)(uintptr_t)wire.buffer;
    size_t head = is_control ? 8 : 0, length = (size_t)wire.buffer_length - head;
    struct urb *urb = urb_create(length);
    if (!urb)
        return refuse(connection->fd, ENOMEM);
    urb->id = address;
    urb->owner = connection;
    urb->type = is_control ? URB_CONTROL : URB_DATA;
    urb->endpoint = wire.endpoint;
    if (!peek(connection->fd, buffer, urb->setup, head)) {
        free(urb);
        return false;
    }
    bool to_host = is_control ? urb->setup[0] & 0x80 : wire.endpoint & 0x80;
    if (!to_host && !peek(connection->fd, buffer + head, urb->data, length)) {
        free(urb);
        return false;
    }
    device_submit(device, urb);
    return done(connection->fd, 0, 0);
}

static struct urb *next_finished(struct connection *connection) {
    struct attachment *attachment = connection->attachment;
    if (attachment->device)
        return device_reap(attachment->device, connection);
    struct urb **at = &attachment->dead;
    while (*at && (*at)->owner != connection)
        at = &(*at)->next;
    struct urb *urb = *at;
    if (urb)
        *at = urb->next;
    return urb;
}

static bool reap(struct connection *connection, uint64_t address) {
    struct urb *urb = next_finished(connection);
    if (!urb) {
        umock_show_ready(connection->attachment); /* before the answer: the next poll has to wait */
        return refuse(connection->fd, connection->attachment->device ? EAGAIN : ENODEV);
    }
    int fd = connection->fd;
    struct usbdevfs_urb wire;
    bool alive = peek(fd, urb->id, &wire, sizeof wire);
    if (alive) {
        bool is_control = urb->type == URB_CONTROL;
        bool to_host = is_control ? urb->setup[0] & 0x80 : urb->endpoint & 0x80;
        uint64_t buffer = (uint64_t)(uintptr_t)wire.buffer + (is_control ? 8 : 0);
        wire.status = urb->status;
        wire.actual_length = (int)urb->actual;
        alive = (!to_host || poke(fd, buffer, urb->data, urb->actual)) &&
                poke(fd, urb->id, &wire, sizeof wire) &&
                poke(fd, address, &urb->id, sizeof urb->id);
    }
    free(urb);
    return alive && done(fd, 0, 0);
}

static bool discard(struct connection *connection, uint64_t address) {
    struct device *device = connection->attachment->device;
    if (!device)
        return refuse(connection->fd, ENODEV);
    if (!device_discard(device, address))
        return refuse(connection->fd, EINVAL);
    return done(connection->fd, 0, 0);
}

static bool clear_halt(struct connection *connection, uint64_t address) {
    uint32_t endpoint;
    if (!peek(connection->fd, address, &endpoint, sizeof endpoint))
        return false;
    if (!connection->attachment->device)
        return refuse(connection->fd, ENODEV);
    device_clear_halt(connection->attachment->device, (uint8_t)endpoint);
    return done(connection->fd, 0, 0);
}

static bool claim(struct connection *connection, uint64_t address) {
    unsigned number;
    if (!peek(connection->fd, address, &number, sizeof number))
        return false;
    return done_or_refuse(connection->fd, interfaces_claim(&connection->attachment->interfaces,
                                                           number, connection, false));
}

static bool release(struct connection *connection, uint64_t address) {
    unsigned number;
    if (!peek(connection->fd, address, &number, sizeof number))
        return false;
    return done_or_refuse(connection->fd, interfaces_release(&connection->attachment->interfaces,
                                                             number, connection));
}

static bool disconnect_claim(struct connection *connection, uint64_t address) {
    struct usbdevfs_disconnect_claim wire;
    if (!peek(connection->fd, address, &wire, sizeof wire))
        return false;
    return done_or_refuse(connection->fd, interfaces_claim(&connection->attachment->interfaces,
                                                           wire.interface, connection, true));
}

/* Sends the kernel's driver away or asks it back. */
static bool drive(struct connection *connection, uint64_t address) {
    struct usbdevfs_ioctl wire;
    if (!peek(connection->fd, address, &wire, sizeof wire))
        return false;
    struct interfaces *interfaces = &connection->attachment->interfaces;
    bool attaches = wire.ioctl_code == (int)USBDEVFS_CONNECT;
    if (!attaches && wire.ioctl_code != (int)USBDEVFS_DISCONNECT)
        return refuse(connection->fd, ENOTTY);
    unsigned number = (unsigned)wire.ifno;
    int error =
        attaches ? interfaces_attach(interfaces, number) : interfaces_detach(interfaces, number);
    if (error)
        return refuse(connection->fd, error);
    return done(connection->fd, attaches && interfaces_driver(interfaces, number), 0);
}

static bool tell_driver(struct connection *connection, uint64_t address) {
    struct usbdevfs_getdriver wire;
    if (!peek(connection->fd, address, &wire, sizeof wire))
        return false;
    const char *driver = interfaces_driver(&connection->attachment->interfaces, wire.interface);
    if (!driver)
        return refuse(connection->fd, ENODATA);
    snprintf(wire.driver, sizeof wire.driver, "%s", driver);
    return poke(connection->fd, address, &wire, sizeof wire) && done(connection->fd, 0, 0);
}

static bool tell_capabilities(struct connection *connection, uint64_t address) {
    uint32_t capabilities = USBDEVFS_CAP_ZERO_PACKET | USBDEVFS_CAP_NO_PACKET_SIZE_LIM |
                            USBDEVFS_CAP_REAP_AFTER_DISCONNECT;
    return poke(connection->fd, address, &capabilities, sizeof capabilities) &&
           done(connection->fd, 0, 0);
}

static bool serve_ioctl(struct connection *connection, uint32_t request, uint64_t argument) {
    bool gone = !connection->attachment->device;
    switch (request) {
    case USBDEVFS_SUBMITURB:
        return submit(connection, argument);
    case USBDEVFS_REAPURBNDELAY:
        return reap(connection, argument);
    case USBDEVFS_DISCARDURB:
        return discard(connection, argument);
    case USBDEVFS_CLEAR_HALT:
        return clear_halt(connection, argument);
    case USBDEVFS_GET_CAPABILITIES:
        return tell_capabilities(connection, argument);
    default:
        break;
    }
    if (gone)
        return refuse(connection->fd, ENODEV);
    switch (request) {
    case USBDEVFS_GETDRIVER:
        return tell_driver(connection, argument);
    case USBDEVFS_CLAIMINTERFACE:
        return claim(connection, argument);
    case USBDEVFS_RELEASEINTERFACE:
        return release(connection, argument);
    case USBDEVFS_DISCONNECT_CLAIM:
        return disconnect_claim(connection, argument);
    case USBDEVFS_IOCTL:
        return drive(connection, argument);
    case USBDEVFS_SETINTERFACE:
    case USBDEVFS_RESET:
        return done(connection->fd, 0, 0);
    default:
        return refuse(connection->fd, ENOTTY);
    }
}

bool umock_serve_call(struct connection *connection) {
    struct message message;
    if (!read_all(connection->fd, &message, sizeof message))
        return false;
    if (message.command != CALL_IOCTL)
        return refuse(connection->fd, EINVAL);
    return serve_ioctl(connection, (uint32_t)message.first, message.second);
}
