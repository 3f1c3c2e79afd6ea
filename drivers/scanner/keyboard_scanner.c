/* A scanner that is a keyboard to the host (interface 03/01/01). Claiming the interface keeps its
 * codes from all other programs. A code ends with Enter, Tab or silence. */
#include <string.h>

#include "drivers/scanner/hid_keyboard.h"
#include "drivers/scanner/text.h"
#include "drivers/usb/driver.h"

static const struct usb_match matches[] = {{0, 0, 3, 1, 1, false}};

enum { TAG_PROTOCOL, TAG_IDLE };

struct scanner {
    struct hid_keyboard keyboard;
    bool suffixed; /* the code before ended with Enter or Tab */
};

static void start(struct usb_port *port) {
    /* Asks for the boot protocol; a scanner that knows no other refuses, which is fine. */
    usb_port_control(port, TAG_PROTOCOL, 0x21, 0x0b, 0, (uint16_t)usb_port_interface(port), NULL,
                     0);
    usb_port_status(port, DEVICE_READY, SUPPLY_NOT_SUPPORTED, MEDIA_NONE, "");
}

static void answered(struct usb_port *port, int tag, const uint8_t *bytes, int length) {
    (void)bytes, (void)length;
    if (tag == TAG_PROTOCOL) /* reports on changes only, so that an idle scanner wakes nobody */
        usb_port_control(port, TAG_IDLE, 0x21, 0x0a, 0, (uint16_t)usb_port_interface(port), NULL,
                         0);
}

static void deliver_keys(struct usb_port *port, bool suffixed) {
    struct scanner *scanner = usb_port_state(port);
    struct driver_event event = {.kind = DRIVER_SCAN};
    event.of.scan.length = scanner->keyboard.length;
    memcpy(event.of.scan.text, scanner->keyboard.text, scanner->keyboard.length + 1);
    usb_port_timer(port, 0);
    hid_keyboard_clear(&scanner->keyboard);
    scanner->suffixed = suffixed;
    usb_port_post(port, &event);
    explicit_bzero(&event, sizeof event);
}

static void heard(struct usb_port *port, const uint8_t *bytes, size_t length) {
    struct scanner *scanner = usb_port_state(port);
    int gap_ms = usb_port_limits(port)->scan_gap_ms;
    if (hid_keyboard_report(&scanner->keyboard, bytes, length))
        deliver_keys(port, true);
    else
        usb_port_timer(port, scan_silence_ms(gap_ms, scanner->suffixed));
}

static void timer(struct usb_port *port) {
    struct scanner *scanner = usb_port_state(port);
    if (hid_keyboard_gap(&scanner->keyboard))
        deliver_keys(port, false);
}

static void stop(struct usb_port *port) {
    struct scanner *scanner = usb_port_state(port);
    explicit_bzero(scanner, sizeof *scanner);
}

const struct usb_driver scanner_hid = {.name = "scanner-hid",
                                       .role = ROLE_SCANNER,
                                       .matches = matches,
                                       .match_count = sizeof matches / sizeof *matches,
                                       .state_size = sizeof(struct scanner),
                                       .start = start,
                                       .heard = heard,
                                       .answered = answered,
                                       .timer = timer,
                                       .stop = stop};
