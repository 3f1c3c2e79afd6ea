/* Who has the interfaces of a virtual device: a driver of the kernel, a connection that claimed
 * one, or nobody. What a kernel's USB core sees to (linux/usbdevice_fs.h); errors are errno's. */
#ifndef USBBENCH_INTERFACES_H
#define USBBENCH_INTERFACES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define INTERFACES_MAX 8

struct interface {
    uint8_t number;
    const char *driver; /* that a kernel has for its class, NULL: none */
    bool bound;         /* by that driver, just now */
    const void *owner;  /* the connection that claimed it */
};
struct interfaces {
    int count;
    struct interface all[INTERFACES_MAX];
};

/* From a device descriptor with its configuration: as a kernel finds it, every driver bound. */
void interfaces_read(struct interfaces *interfaces, const uint8_t *descriptors, size_t length);
/* `detach`: a driver of the kernel is sent away first. */
int interfaces_claim(struct interfaces *interfaces, unsigned number, const void *owner,
                     bool detach);
int interfaces_release(struct interfaces *interfaces, unsigned number, const void *owner);
/* The kernel's driver goes, or comes back. */
int interfaces_detach(struct interfaces *interfaces, unsigned number);
int interfaces_attach(struct interfaces *interfaces, unsigned number);
/* A connection ended: what it had claimed is nobody's. No driver comes back by that. */
void interfaces_forget(struct interfaces *interfaces, const void *owner);
/* "usbhid", "usbfs" while claimed, NULL: nobody. */
const char *interfaces_driver(const struct interfaces *interfaces, unsigned number);

#endif
