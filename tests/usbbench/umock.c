#include "tests/usbbench/bus.h"

#include <errno.h>
#include <linux/usbdevice_fs.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/usbbench/interfaces.h"
#include "tests/usbbench/model.h"
#include "tests/usbbench/umock_tree.h"

#define CONNECTIONS_MAX 32
#define TRANSFER_MAX (4u << 20)

#if defined __SANITIZE_ADDRESS__
#define PRELOAD "libasan.so.8:libumockdev-preload.so.0"
#elif defined __SANITIZE_THREAD__
#define PRELOAD "libtsan.so.2:libumockdev-preload.so.0"
#else
#define PRELOAD "libumockdev-preload.so.0"
#endif

/* The preload library's messages, private to umockdev: proven with 0.17.16. */
enum { CALL_IOCTL = 1, ANSWER_DONE = 3, ANSWER_READ = 5, ANSWER_WRITE = 6, CALL_READ, CALL_WRITE };
struct message {
    uint64_t command, first, second;
};

/* A device as long as anybody has it open: after an unplugging it answers "gone" until closed. */
struct attachment {
    struct umock_node node;
    struct device *device; /* NULL: unplugged */
    struct interfaces interfaces;
    struct urb *dead; /* what the unplugging ended and nobody has reaped yet */
    bool ready;
    int connections, opened; /* now, ever */
    struct attachment *next;
};

/* One open() of a device's node. Its address is the owner of what it submits and claims. */
struct connection {
    int fd;
    struct attachment *attachment;
};

struct bus {
    char root[64], paper_folder[256];
    struct device devices[BUS_DEVICES_MAX];
    int device_count, number;
    struct attachment *attachments;
    struct connection *connections[CONNECTIONS_MAX];
    int connection_count;
};

struct bus *bus_create(void) {
    struct bus *bus = calloc(1, sizeof *bus);
    if (!bus)
        return NULL;
    snprintf(bus->root, sizeof bus->root, "/tmp/usbbench-XXXXXX");
    bus->number = 1;
    if (!mkdtemp(bus->root) || !umock_tree_create(bus->root)) {
        free(bus);
        return NULL;
    }
    return bus;
}

static void forget_dead(struct attachment *attachment) {
    while (attachment->dead) {
        struct urb *urb = attachment->dead;
        attachment->dead = urb->next;
        free(urb);
    }
}

static void attachment_free(struct bus *bus, struct attachment *gone) {
    for (struct attachment **at = &bus->attachments; *at; at = &(*at)->next) {
        if (*at == gone) {
            *at = gone->next;
            break;
        }
    }
    forget_dead(gone);
    close(gone->node.fifo);
    free(gone);
}

void bus_destroy(struct bus *bus) {
    for (int i = 0; i < bus->connection_count; i++) {
        close(bus->connections[i]->fd);
        free(bus->connections[i]);
    }
    while (bus->attachments) {
        if (bus->attachments->device) {
            umock_node_remove(bus->root, &bus->attachments->node);
            umock_node_close(&bus->attachments->node);
        }
        attachment_free(bus, bus->attachments);
    }
    for (int i = 0; i < bus->device_count; i++)
        device_destroy(&bus->devices[i]);
    umock_tree_remove(bus->root);
    free(bus);
}

void bus_variables(const struct bus *bus, void (*put)(const char *name, const char *value)) {
    put("UMOCKDEV_DIR", bus->root);
    put("LD_PRELOAD", PRELOAD);
}

static bool attach(struct bus *bus, struct device *device) {
    struct attachment *attachment = calloc(1, sizeof *attachment);
    if (!attachment)
        return false;
    attachment->device = device;
    attachment->node.port = (int)(device - bus->devices) + 1;
    attachment->node.number = ++bus->number;
    interfaces_read(&attachment->interfaces, device->model->descriptors,
                    device->model->descriptors_length);
    attachment->next = bus->attachments;
    bus->attachments = attachment;
    if (!umock_node_create(bus->root, &attachment->node, device->model->descriptors,
                           device->model->descriptors_length))
        return false;
    umock_announce(bus->root, &attachment->node, "add");
    return true;
}

struct device *bus_add(struct bus *bus, const char *name, const struct model *model) {
    if (bus->device_count == BUS_DEVICES_MAX)
        return NULL;
    struct device *device = &bus->devices[bus->device_count];
    if (!device_init(device, name, model, bus->paper_folder))
        return NULL;
    bus->device_count++;
    if (model->power_on)
        model->power_on(device);
    return attach(bus, device) ? device : NULL;
}

void bus_keep_paper(struct bus *bus, const char *folder) {
    snprintf(bus->paper_folder, sizeof bus->paper_folder, "%s", folder);
}

struct device *bus_find(struct bus *bus, const char *name) {
    for (int i = 0; i < bus->device_count; i++)
        if (strcmp(bus->devices[i].name, name) == 0)
            return &bus->devices[i];
    return NULL;
}

static void show_ready(struct attachment *attachment) {
    bool ready =
        attachment->device ? device_has_finished(attachment->device) : attachment->dead != NULL;
    if (ready == attachment->ready)
        return;
    attachment->ready = ready;
    umock_node_ready(&attachment->node, ready);
}

/* False: nobody is waiting. */
static bool accept_connection(struct bus *bus, struct attachment *attachment) {
    int fd = accept4(attachment->node.listen, NULL, NULL, SOCK_CLOEXEC);
    if (fd < 0)
        return false;
    struct connection *connection =
        bus->connection_count < CONNECTIONS_MAX ? malloc(sizeof *connection) : NULL;
    if (!connection) {
        close(fd);
        return true;
    }
    *connection = (struct connection){fd, attachment};
    attachment->connections++;
    attachment->opened++;
    bus->connections[bus->connection_count++] = connection;
    return true;
}

static struct attachment *find_attachment(const struct bus *bus, const struct device *device) {
    struct attachment *attachment = bus->attachments;
    while (attachment && attachment->device != device)
        attachment = attachment->next;
    return attachment;
}

bool bus_driver_is(const struct bus *bus, const struct device *device, unsigned interface,
                   const char *name) {
    const struct attachment *attachment = find_attachment(bus, device);
    const char *driver =
        attachment ? interfaces_driver(&attachment->interfaces, interface) : "unplugged";
    return strcmp(driver ? driver : "none", name) == 0;
}

bool bus_opened_is(const struct bus *bus, const struct device *device, int times) {
    const struct attachment *attachment = find_attachment(bus, device);
    return attachment && attachment->opened == times;
}

bool bus_unplug(struct bus *bus, struct device *device) {
    struct attachment *attachment = find_attachment(bus, device);
    if (!attachment)
        return false;
    umock_announce(bus->root, &attachment->node, "remove");
    device_unplug(device);
    struct urb **end = &attachment->dead;
    while ((*end = device_reap(device, NULL)))
        end = &(*end)->next;
    attachment->device = NULL;
    umock_node_remove(bus->root, &attachment->node);
    /* Who connected a moment ago hears that it is gone; a connection cut off ends the program. */
    while (accept_connection(bus, attachment))
        continue;
    umock_node_close(&attachment->node);
    show_ready(attachment);
    if (attachment->connections == 0)
        attachment_free(bus, attachment);
    return true;
}

bool bus_replug(struct bus *bus, struct device *device) {
    if (device->plugged)
        return false;
    device_replug(device);
    return attach(bus, device);
}

bool bus_is_left(const struct bus *bus, const struct device *device) {
    int port = (int)(device - bus->devices) + 1;
    for (const struct attachment *at = bus->attachments; at; at = at->next)
        if (at->node.port == port)
            return false;
    return true;
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
        show_ready(connection->attachment); /* before the answer: the next poll has to wait */
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

/* One call of the program; false: it has gone. */
static bool serve_connection(struct connection *connection) {
    struct message message;
    if (!read_all(connection->fd, &message, sizeof message))
        return false;
    if (message.command != CALL_IOCTL)
        return refuse(connection->fd, EINVAL);
    return serve_ioctl(connection, (uint32_t)message.first, message.second);
}

static void forget_dead_of(struct attachment *attachment, const struct connection *owner) {
    struct urb **at = &attachment->dead;
    while (*at) {
        struct urb *urb = *at;
        if (urb->owner != owner) {
            at = &urb->next;
            continue;
        }
        *at = urb->next;
        free(urb);
    }
}

static void drop_connection(struct bus *bus, int index) {
    struct connection *connection = bus->connections[index];
    struct attachment *attachment = connection->attachment;
    close(connection->fd);
    bus->connections[index] = bus->connections[--bus->connection_count];
    interfaces_forget(&attachment->interfaces, connection);
    forget_dead_of(attachment, connection);
    if (attachment->device)
        device_close(attachment->device, connection);
    free(connection);
    if (--attachment->connections == 0 && !attachment->device)
        attachment_free(bus, attachment);
}

int bus_polls(const struct bus *bus, struct pollfd polls[BUS_POLLS_MAX]) {
    int count = 0;
    for (int i = 0; i < bus->connection_count; i++)
        polls[count++] = (struct pollfd){.fd = bus->connections[i]->fd, .events = POLLIN};
    for (const struct attachment *at = bus->attachments; at; at = at->next)
        if (at->device && count < BUS_POLLS_MAX)
            polls[count++] = (struct pollfd){.fd = at->node.listen, .events = POLLIN};
    return count;
}

static bool is_ready(const struct pollfd *polls, int count, int fd) {
    for (int i = 0; i < count; i++)
        if (polls[i].fd == fd)
            return polls[i].revents != 0;
    return false;
}

static void pull_cables(struct bus *bus) {
    for (int i = 0; i < bus->device_count; i++)
        if (bus->devices[i].pulled)
            (void)bus_unplug(bus, &bus->devices[i]);
}

void bus_serve(struct bus *bus, const struct pollfd *polls, int count, int64_t now_ms) {
    for (int i = 0; i < bus->device_count; i++)
        device_advance(&bus->devices[i], now_ms);
    for (int i = bus->connection_count - 1; i >= 0; i--)
        if (is_ready(polls, count, bus->connections[i]->fd) &&
            !serve_connection(bus->connections[i]))
            drop_connection(bus, i);
    pull_cables(bus);
    for (struct attachment *at = bus->attachments; at; at = at->next) {
        if (at->device && is_ready(polls, count, at->node.listen))
            (void)accept_connection(bus, at);
        show_ready(at);
    }
}

int64_t bus_deadline_ms(const struct bus *bus) {
    int64_t deadline = INT64_MAX;
    for (int i = 0; i < bus->device_count; i++) {
        int64_t one = device_deadline_ms(&bus->devices[i]);
        deadline = one < deadline ? one : deadline;
    }
    return deadline;
}
