#include "tests/usbbench/bus.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/usbbench/model.h"
#include "tests/usbbench/umock_calls.h"
#include "tests/usbbench/umock_tree.h"

#define CONNECTIONS_MAX 32

#if defined __SANITIZE_ADDRESS__
#define PRELOAD "libasan.so.8:libumockdev-preload.so.0"
#elif defined __SANITIZE_THREAD__
#define PRELOAD "libtsan.so.2:libumockdev-preload.so.0"
#else
#define PRELOAD "libumockdev-preload.so.0"
#endif

struct bus {
    char root[64], paper_folder[256];
    struct device devices[BUS_DEVICES_MAX];
    int device_count, number;
    struct attachment *attachments;
    struct connection *connections[CONNECTIONS_MAX];
    int connection_count;
};

/* In memory where the system has a place for that: a disk takes longer to find room for the tree's
 * small files than the bench takes for all else. */
static bool make_root(struct bus *bus) {
    snprintf(bus->root, sizeof bus->root, "/dev/shm/usbbench-XXXXXX");
    if (mkdtemp(bus->root))
        return true;
    snprintf(bus->root, sizeof bus->root, "/tmp/usbbench-XXXXXX");
    return mkdtemp(bus->root) != NULL;
}

struct bus *bus_create(void) {
    struct bus *bus = calloc(1, sizeof *bus);
    if (!bus)
        return NULL;
    bus->number = 1;
    if (!make_root(bus) || !umock_tree_create(bus->root)) {
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
    umock_show_ready(attachment);
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
            !umock_serve_call(bus->connections[i]))
            drop_connection(bus, i);
    pull_cables(bus);
    for (struct attachment *at = bus->attachments; at; at = at->next) {
        if (at->device && is_ready(polls, count, at->node.listen))
            (void)accept_connection(bus, at);
        umock_show_ready(at);
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
