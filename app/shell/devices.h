/* The devices: their status words, what was scanned or read from a card, which readers listen. Owns
 * the usb pump and passes on what is not its own: receipts that came out, answers of the pinpad. */
#ifndef HOPKIOSK_SHELL_DEVICES_H
#define HOPKIOSK_SHELL_DEVICES_H

#include "app/core/effect.h"
#include "app/shell/inbox.h"
#include "app/shell/pinpad.h"
#include "app/shell/print.h"
#include "drivers/driver.h"

struct devices {
    /* given */
    struct inbox *inbox;
    const struct driver_binding *bindings;
    int binding_count;
    const struct driver_limits *limits;
    struct print *print;
    struct pinpad *pinpad;
    /* own */
    struct usb *usb; /* NULL: libusb would not start */
    struct driver_status status[ROLE_COUNT];
};

/* Print and pinpad get its `usb`. */
void devices_start(struct devices *devices);
void devices_stop(struct devices *devices);
void devices_arm(struct devices *devices, enum arm arm);
/* Does the configuration bind a device of this role? */
bool devices_bound(const struct devices *devices, enum device_role role);

#endif
