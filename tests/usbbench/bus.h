/* What carries virtual devices to a program. Two programs are built of it: umock.c for umockdev's
 * preload library, which needs nothing of the machine, and vhci.c for a real kernel's USB core. All
 * in one thread, driven by its owner's poll(). */
#ifndef USBBENCH_BUS_H
#define USBBENCH_BUS_H

#include <poll.h>

#include "tests/usbbench/device.h"

#define BUS_DEVICES_MAX 12
#define BUS_POLLS_MAX 64

struct bus;
/* NULL: the reason is in errno. */
struct bus *bus_create(void);
/* Also removes the tree. */
void bus_destroy(struct bus *bus);
/* What the environment of a program among the devices has to have. */
void bus_variables(const struct bus *bus, void (*put)(const char *name, const char *value));
/* Plugs in a new device on the next port. NULL: too many, no memory, no tree. */
struct device *bus_add(struct bus *bus, const char *name, const struct model *model);
/* Where devices, also those that are there already, keep what they print. */
void bus_keep_paper(struct bus *bus, const char *folder);
struct device *bus_find(struct bus *bus, const char *name);
/* Does this driver have the interface: "usbhid", "usbfs" (a program's claim), "none"? */
bool bus_driver_is(const struct bus *bus, const struct device *device, unsigned interface,
                   const char *name);
/* Has it been opened so many times since it was plugged in? */
bool bus_opened_is(const struct bus *bus, const struct device *device, int times);
bool bus_unplug(struct bus *bus, struct device *device);
bool bus_replug(struct bus *bus, struct device *device);
/* Unplugged, and nobody has it open any more: they have all noticed. */
bool bus_is_left(const struct bus *bus, const struct device *device);

/* What to poll; returns how many. */
int bus_polls(const struct bus *bus, struct pollfd polls[BUS_POLLS_MAX]);
/* Serves whoever is ready, lets time pass, wakes who can reap. */
void bus_serve(struct bus *bus, const struct pollfd *polls, int count, int64_t now_ms);
int64_t bus_deadline_ms(const struct bus *bus);

#endif
