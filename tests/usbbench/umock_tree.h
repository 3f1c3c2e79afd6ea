/* The part of the virtual tree that is files: sysfs, device nodes and hot-plug messages, laid out
 * as umockdev's preload library looks for them under UMOCKDEV_DIR. */
#ifndef USBBENCH_UMOCK_TREE_H
#define USBBENCH_UMOCK_TREE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* One device as the host sees it: port 3 is "1-3"; the number grows with each plugging in. */
struct umock_node {
    int port, number;
    int fifo;   /* the node: full while nothing can be reaped, so that a poll waits */
    int listen; /* where the preload library connects for each open() */
};

/* `root` is a new empty folder; paths in it stay under 108 bytes. */
bool umock_tree_create(const char *root);
void umock_tree_remove(const char *root);
bool umock_node_create(const char *root, struct umock_node *node, const uint8_t *descriptors,
                       size_t length);
/* From now on nobody finds it; who has connected already is still to be accepted. */
void umock_node_remove(const char *root, const struct umock_node *node);
void umock_node_close(struct umock_node *node);
/* Makes the node writable to poll() while `ready`. */
void umock_node_ready(const struct umock_node *node, bool ready);
/* What udev would tell its listeners: "add" or "remove". */
void umock_announce(const char *root, const struct umock_node *node, const char *action);

#endif
