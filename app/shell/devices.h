/* Service of the devices: status words, scanned codes, cards that were read, and which readers
 * listen. Owns the usb pump; completions of receipts and of the pinpad are passed to their
 * services. */
#ifndef HOPKIOSK_SHELL_DEVICES_H
#define HOPKIOSK_SHELL_DEVICES_H

#include "app/core/effect.h"
#include "app/shell/inbox.h"
#include "app/shell/pinpad.h"
#include "app/shell/print.h"
#include "drivers/driver.h"
#include "ui/ui.h"

struct devices {
    /* Set before the start. */
    struct inbox *inbox;
    const struct driver_binding *bindings;
    int binding_count;
    const struct driver_limits *limits;
    struct print *print;
    struct pinpad *pinpad;
    struct ui *ui; /* keys of the keypad go through it */
    /* The service's own. */
    struct usb *usb; /* NULL: libusb would not start */
    struct driver_status status[ROLE_COUNT], second_pinpad;
};

/* Starts the usb pump and gives it to print and pinpad as their `usb`. */
void devices_start(struct devices *devices);
void devices_stop(struct devices *devices);
void devices_arm(struct devices *devices, enum arm arm);
/* True when the configuration binds a device of this role. */
bool devices_bound(const struct devices *devices, enum device_role role);
/* Which pinpads it binds: bits. */
#define DEVICES_PINPAD_1 1u
#define DEVICES_PINPAD_2 2u
unsigned devices_pinpads(const struct devices *devices);
unsigned devices_pinpads_of(const struct driver_binding *bindings, int count);

#endif
