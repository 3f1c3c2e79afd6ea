/* The terminal's own keypad, a keyboard to the host (interface 03/01/01). Claiming the interface
 * keeps its keys from the window, which hears no keyboard on a kiosk. Nothing tells it from any
 * other keyboard, so a binding names its vid and pid. */
#include <string.h>

#include "drivers/scanner/hid_keyboard.h"
#include "drivers/usb/driver.h"

#define KEYS_DOWN_MAX 6

static const struct usb_match matches[] = {{0, 0, 3, 1, 1, true}};

enum { TAG_PROTOCOL, TAG_IDLE };

struct keypad {
    uint8_t down[KEYS_DOWN_MAX]; /* the usages of the last report */
};

static void start(struct usb_port *port) {
    usb_port_control(port, TAG_PROTOCOL, 0x21, 0x0b, 0, (uint16_t)usb_port_interface(port), NULL,
                     0);
    usb_port_status(port, DEVICE_READY, SUPPLY_NOT_SUPPORTED, MEDIA_NONE, "");
}

static void answered(struct usb_port *port, int tag, const uint8_t *bytes, int length) {
    (void)bytes, (void)length;
    if (tag == TAG_PROTOCOL) /* reports on changes only */
        usb_port_control(port, TAG_IDLE, 0x21, 0x0a, 0, (uint16_t)usb_port_interface(port), NULL,
                         0);
}

static void post_key(struct usb_port *port, char key) {
    struct driver_event event = {.kind = DRIVER_KEY, .of.key = key};
    usb_port_post(port, &event);
    explicit_bzero(&event, sizeof event); /* it may be one of a PIN */
}

static void heard(struct usb_port *port, const uint8_t *bytes, size_t length) {
    struct keypad *keypad = usb_port_state(port);
    uint8_t pressed[KEYS_DOWN_MAX];
    int count = hid_keyboard_pressed(keypad->down, bytes, length, pressed);
    for (int i = 0; i < count; i++) {
        char key = hid_keyboard_key(pressed[i]);
        if (key)
            post_key(port, key);
    }
}

static void timer(struct usb_port *port) {
    (void)port;
}

static void stop(struct usb_port *port) {
    struct keypad *keypad = usb_port_state(port);
    explicit_bzero(keypad, sizeof *keypad);
}

const struct usb_driver keypad_hid = {.name = "keypad-hid",
                                      .role = ROLE_KEYPAD,
                                      .matches = matches,
                                      .match_count = sizeof matches / sizeof *matches,
                                      .state_size = sizeof(struct keypad),
                                      .start = start,
                                      .heard = heard,
                                      .answered = answered,
                                      .timer = timer,
                                      .stop = stop};
