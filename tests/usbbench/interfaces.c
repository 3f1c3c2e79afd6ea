#include "tests/usbbench/interfaces.h"

#include <errno.h>

/* What a Debian kernel would bind. */
static const char *driver_of_class(uint8_t class) {
    static const struct {
        uint8_t class;
        const char *driver;
    } rows[] = {{0x02, "cdc_acm"}, {0x0a, "cdc_acm"}, {0x03, "usbhid"}, {0x07, "usblp"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (rows[i].class == class)
            return rows[i].driver;
    return NULL;
}

void interfaces_read(struct interfaces *interfaces, const uint8_t *descriptors, size_t length) {
    *interfaces = (struct interfaces){0};
    for (size_t at = 0; at + 9 <= length && descriptors[at] >= 2; at += descriptors[at]) {
        const uint8_t *one = descriptors + at;
        if (one[1] != 4 || one[3] != 0 || interfaces->count == INTERFACES_MAX)
            continue;
        const char *driver = driver_of_class(one[5]);
        interfaces->all[interfaces->count++] =
            (struct interface){.number = one[2], .driver = driver, .bound = driver != NULL};
    }
}

static struct interface *find_interface(struct interfaces *interfaces, unsigned number) {
    for (int i = 0; i < interfaces->count; i++)
        if (interfaces->all[i].number == number)
            return &interfaces->all[i];
    return NULL;
}

int interfaces_claim(struct interfaces *interfaces, unsigned number, const void *owner,
                     bool detach) {
    struct interface *one = find_interface(interfaces, number);
    if (!one)
        return ENOENT;
    if ((one->owner && one->owner != owner) || (one->bound && !detach))
        return EBUSY;
    one->bound = false;
    one->owner = owner;
    return 0;
}

int interfaces_release(struct interfaces *interfaces, unsigned number, const void *owner) {
    struct interface *one = find_interface(interfaces, number);
    if (!one)
        return ENOENT;
    if (one->owner != owner)
        return EINVAL;
    one->owner = NULL;
    return 0;
}

int interfaces_detach(struct interfaces *interfaces, unsigned number) {
    struct interface *one = find_interface(interfaces, number);
    if (!one)
        return ENOENT;
    if (!one->bound)
        return ENODATA;
    one->bound = false;
    return 0;
}

int interfaces_attach(struct interfaces *interfaces, unsigned number) {
    struct interface *one = find_interface(interfaces, number);
    if (!one)
        return ENOENT;
    if (one->owner || one->bound)
        return EBUSY;
    one->bound = one->driver != NULL;
    return 0;
}

void interfaces_forget(struct interfaces *interfaces, const void *owner) {
    for (int i = 0; i < interfaces->count; i++)
        if (interfaces->all[i].owner == owner)
            interfaces->all[i].owner = NULL;
}

const char *interfaces_driver(const struct interfaces *interfaces, unsigned number) {
    const struct interface *one = find_interface((struct interfaces *)interfaces, number);
    return !one ? NULL : one->owner ? "usbfs" : one->bound ? one->driver : NULL;
}
