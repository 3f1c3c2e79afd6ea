/* The backend for umockdev: serves virtual devices to a program that runs with UMOCKDEV_DIR and the
 * preload library. All in one thread, driven by its owner's poll(). The messages on the sockets are
 * private to umockdev: proven with 0.17.16. */
#ifndef USBBENCH_UMOCK_H
#define USBBENCH_UMOCK_H

#include <poll.h>

#include "tests/usbbench/device.h"

#define UMOCK_DEVICES_MAX 12
#define UMOCK_POLLS_MAX 64

struct umock;
/* NULL: the reason is in errno. */
struct umock *umock_create(void);
/* Also removes the tree. */
void umock_destroy(struct umock *umock);
const char *umock_root(const struct umock *umock);
/* Plugs in a new device on the next port. NULL: too many, no memory, no tree. */
struct device *umock_add(struct umock *umock, const char *name, const struct model *model);
/* Where devices, also those that are there already, keep what they print. */
void umock_keep_paper(struct umock *umock, const char *folder);
struct device *umock_find(struct umock *umock, const char *name);
bool umock_unplug(struct umock *umock, struct device *device);
bool umock_replug(struct umock *umock, struct device *device);

/* What to poll; returns how many. */
int umock_polls(const struct umock *umock, struct pollfd polls[UMOCK_POLLS_MAX]);
/* Serves whoever is ready, lets time pass, wakes who can reap. */
void umock_serve(struct umock *umock, const struct pollfd *polls, int count, int64_t now_ms);
int64_t umock_deadline_ms(const struct umock *umock);

#endif
