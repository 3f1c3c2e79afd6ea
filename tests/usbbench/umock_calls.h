/* What a program calls on a device's node, answered as the kernel's usbfs would. */
#ifndef USBBENCH_UMOCK_CALLS_H
#define USBBENCH_UMOCK_CALLS_H

#include <stdbool.h>

#include "tests/usbbench/device.h"
#include "tests/usbbench/interfaces.h"
#include "tests/usbbench/umock_tree.h"

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

/* Lets a poll of the node return, or wait: is there anything to reap? */
void umock_show_ready(struct attachment *attachment);

/* One call of the program; false: it has gone. */
bool umock_serve_call(struct connection *connection);

#endif
