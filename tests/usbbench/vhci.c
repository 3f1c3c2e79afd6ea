/* The bus of a real kernel: each device hangs on a port of vhci-hcd, which speaks USB/IP over a
 * socket pair. Needs root and the module: made for a virtual machine (../vm). */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "tests/usbbench/bus.h"
#include "tests/usbbench/model.h"

#define ATTACH_PATH "/sys/devices/platform/vhci_hcd.0/attach"
#define ATTACH_MS 3000 /* a port takes its time to be free again */
#define SPEED_FULL 2
#define TRANSFER_MAX (4u << 20)

enum { SUBMIT = 1, UNLINK, SUBMITTED, UNLINKED };

/* Forty-eight bytes, big-endian but for the setup packet. */
struct packet {
    uint32_t command, number, device, to_host, endpoint;
    union {
        struct {
            uint32_t flags, length, start_frame, packets, interval;
            uint8_t setup[8];
        } submit;
        struct {
            uint32_t status, actual, start_frame, packets, errors, nothing[2];
        } submitted;
        struct {
            uint32_t number;
        } unlink;
    } of;
};
_Static_assert(sizeof(struct packet) == 48, "USB/IP's head");

struct bus {
    char paper_folder[256];
    struct device devices[BUS_DEVICES_MAX];
    int sockets[BUS_DEVICES_MAX]; /* -1: unplugged */
    int device_count;
};

struct bus *bus_create(void) {
    return calloc(1, sizeof(struct bus));
}

static bool write_attach(int port, int fd) {
    char text[64];
    int length = snprintf(text, sizeof text, "%d %d %d %d", port, fd, port + 1, SPEED_FULL);
    int file = open(ATTACH_PATH, O_WRONLY | O_CLOEXEC);
    bool written = file >= 0 && write(file, text, (size_t)length) == length;
    int error = errno;
    if (file >= 0)
        close(file);
    errno = error;
    return written;
}

static bool attach(struct bus *bus, int index) {
    int pair[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
        return false;
    bool attached = write_attach(index, pair[1]);
    for (int waited = 0; !attached && errno != ENOENT && waited < ATTACH_MS; waited += 10) {
        nanosleep(&(struct timespec){.tv_nsec = 10000000}, NULL);
        attached = write_attach(index, pair[1]);
    }
    close(pair[1]); /* the kernel has its own */
    bus->sockets[index] = attached ? pair[0] : -1;
    if (!attached) {
        perror("usbbench: " ATTACH_PATH);
        close(pair[0]);
    }
    return attached;
}

static void detach(struct bus *bus, int index) {
    if (bus->sockets[index] < 0)
        return;
    shutdown(bus->sockets[index], SHUT_RDWR);
    close(bus->sockets[index]);
    bus->sockets[index] = -1;
}

void bus_destroy(struct bus *bus) {
    for (int i = 0; i < bus->device_count; i++) {
        detach(bus, i);
        device_destroy(&bus->devices[i]);
    }
    free(bus);
}

void bus_variables(const struct bus *bus, void (*put)(const char *name, const char *value)) {
    (void)bus, (void)put;
}

struct device *bus_add(struct bus *bus, const char *name, const struct model *model) {
    int index = bus->device_count;
    if (index == BUS_DEVICES_MAX ||
        !device_init(&bus->devices[index], name, model, bus->paper_folder))
        return NULL;
    bus->device_count++;
    bus->sockets[index] = -1;
    if (model->power_on)
        model->power_on(&bus->devices[index]);
    return attach(bus, index) ? &bus->devices[index] : NULL;
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

/* The kernel's own word: the name behind the interface's link, "none" without one. */
bool bus_driver_is(const struct bus *bus, const struct device *device, unsigned interface,
                   const char *name) {
    char link[96], driver[256];
    int port = (int)(device - bus->devices) + 1;
    snprintf(link, sizeof link, "/sys/bus/usb/devices/1-%d:1.%u/driver", port, interface);
    ssize_t length = readlink(link, driver, sizeof driver - 1);
    driver[length > 0 ? length : 0] = 0;
    const char *slash = strrchr(driver, '/');
    return strcmp(slash ? slash + 1 : "none", name) == 0;
}

/* Nothing tells the far end of the cable about an open(). */
bool bus_opened_is(const struct bus *bus, const struct device *device, int times) {
    (void)bus, (void)times;
    return device->plugged;
}

bool bus_unplug(struct bus *bus, struct device *device) {
    if (!device->plugged)
        return false;
    device_unplug(device);
    device_close(device, NULL); /* nobody is left to be told */
    detach(bus, (int)(device - bus->devices));
    return true;
}

/* Who has it open hears of it from the kernel, which does not say when. */
bool bus_is_left(const struct bus *bus, const struct device *device) {
    (void)bus;
    return !device->plugged;
}

bool bus_replug(struct bus *bus, struct device *device) {
    if (device->plugged)
        return false;
    device_replug(device);
    return attach(bus, (int)(device - bus->devices));
}

/* --- transfers ------------------------------------------------------------------------------- */

static bool send_all(int fd, const void *bytes, size_t length) {
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

static bool receive_all(int fd, void *bytes, size_t length) {
    return length == 0 || recv(fd, bytes, length, MSG_WAITALL) == (ssize_t)length;
}

/* The answer carries the number of what it answers and nothing else of it. */
static bool answer(int fd, uint32_t command, uint32_t number, int status, const uint8_t *data,
                   size_t actual, size_t carried) {
    struct packet packet = {.command = htonl(command), .number = htonl(number)};
    packet.of.submitted.status = htonl((uint32_t)status);
    packet.of.submitted.actual = htonl((uint32_t)actual);
    return send_all(fd, &packet, sizeof packet) && send_all(fd, data, carried);
}

/* What the kernel's core asks of every device; -1: the model's. */
static int answer_standard(struct device *device, const struct urb *urb, uint8_t *data) {
    const uint8_t *setup = urb->setup;
    switch (setup[0] << 8 | setup[1]) {
    case 0x0009: /* SET_CONFIGURATION */
    case 0x010b: /* SET_INTERFACE */
        return 0;
    case 0x0201: /* CLEAR_FEATURE: the endpoint's halt */
        device_clear_halt(device, setup[4]);
        return 0;
    case 0x8000: /* GET_STATUS */
    case 0x8100:
    case 0x8200:
        if (urb->length < 2)
            return 0;
        memset(data, 0, 2);
        return 2;
    default:
        return -1;
    }
}

static bool take_submit(struct device *device, int fd, const struct packet *packet) {
    uint32_t length = ntohl(packet->of.submit.length);
    bool to_host = ntohl(packet->to_host) != 0;
    struct urb *urb = length <= TRANSFER_MAX ? urb_create(length) : NULL;
    if (!urb)
        return false;
    urb->id = ntohl(packet->number);
    urb->endpoint = (uint8_t)(ntohl(packet->endpoint) | (to_host ? 0x80 : 0));
    urb->type = (urb->endpoint & 15) == 0 ? URB_CONTROL : URB_DATA;
    memcpy(urb->setup, packet->of.submit.setup, sizeof urb->setup);
    if (!to_host && !receive_all(fd, urb->data, length)) {
        free(urb);
        return false;
    }
    int standard = urb->type == URB_CONTROL ? answer_standard(device, urb, urb->data) : -1;
    if (standard < 0) {
        device_submit(device, urb);
        return true;
    }
    bool told =
        answer(fd, SUBMITTED, (uint32_t)urb->id, 0, urb->data, (size_t)standard, (size_t)standard);
    free(urb);
    return told;
}

static bool take_unlink(struct device *device, int fd, const struct packet *packet) {
    bool ended = device_discard(device, ntohl(packet->of.unlink.number));
    return answer(fd, UNLINKED, ntohl(packet->number), ended ? -ECONNRESET : 0, NULL, 0, 0);
}

static bool tell_finished(struct device *device, int fd) {
    struct urb *urb;
    bool told = true;
    while (told && (urb = device_reap(device, NULL))) {
        bool to_host = urb->type == URB_CONTROL ? urb->setup[0] & 0x80 : urb->endpoint & 0x80;
        if (urb->status != -ENOENT) /* its unlinking was the answer */
            told = answer(fd, SUBMITTED, (uint32_t)urb->id, urb->status, urb->data, urb->actual,
                          to_host ? urb->actual : 0);
        free(urb);
    }
    return told;
}

static bool serve_packet(struct device *device, int fd) {
    struct packet packet;
    if (!receive_all(fd, &packet, sizeof packet))
        return false;
    switch (ntohl(packet.command)) {
    case SUBMIT:
        return take_submit(device, fd, &packet);
    case UNLINK:
        return take_unlink(device, fd, &packet);
    default:
        return false;
    }
}

int bus_polls(const struct bus *bus, struct pollfd polls[BUS_POLLS_MAX]) {
    for (int i = 0; i < bus->device_count; i++) /* poll() leaves out what is below zero */
        polls[i] = (struct pollfd){.fd = bus->sockets[i], .events = POLLIN};
    return bus->device_count;
}

void bus_serve(struct bus *bus, const struct pollfd *polls, int count, int64_t now_ms) {
    for (int i = 0; i < bus->device_count; i++) {
        struct device *device = &bus->devices[i];
        device_advance(device, now_ms);
        bool good = bus->sockets[i] >= 0;
        if (good && i < count && polls[i].revents)
            good = serve_packet(device, bus->sockets[i]);
        if (good)
            good = tell_finished(device, bus->sockets[i]);
        if (device->pulled)
            (void)bus_unplug(bus, device);
        if (!good && bus->sockets[i] >= 0)
            detach(bus, i);
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
