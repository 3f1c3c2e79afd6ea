/* A scanner that speaks HID POS (usage page 8C): it sends codes instead of keys. */
#include <string.h>

#include "drivers/scanner/hid_pos.h"
#include "drivers/scanner/text.h"
#include "drivers/usb/driver.h"

static const struct usb_match matches[] = {{0, 0, 3, 0, 0, false}};

struct scanner {
    bool known;   /* the layout was read */
    bool perhaps; /* the code is whole unless more comes soon */
    struct hid_pos_layout layout;
    struct hid_pos_code code;
};

static void start(struct usb_port *port) {
    usb_port_control(port, 0, 0x81, 6, 0x2200, (uint16_t)usb_port_interface(port), NULL,
                     USB_CONTROL_MAX);
}

static void answered(struct usb_port *port, int tag, const uint8_t *bytes, int length) {
    static const char other_kind[] = "no scanned data report: not a HID POS scanner";
    struct scanner *scanner = usb_port_state(port);
    (void)tag;
    bool known = length > 0 && hid_pos_parse(bytes, (size_t)length, &scanner->layout);
    if (known ? !usb_port_mine(port, 0) : usb_port_not_mine(port, other_kind))
        return;
    scanner->known = known;
    usb_port_status(port, known ? DEVICE_READY : DEVICE_FAULT, SUPPLY_NOT_SUPPORTED, MEDIA_NONE,
                    known ? "" : other_kind);
}

static void forget_report(struct scanner *scanner) {
    scanner->perhaps = false;
    explicit_bzero(&scanner->code, sizeof scanner->code);
}

static void deliver_report(struct usb_port *port) {
    struct scanner *scanner = usb_port_state(port);
    struct driver_event event = {.kind = DRIVER_SCAN};
    if (!scanner->code.overflow)
        event.of.scan.length = scan_text(scanner->code.bytes, scanner->code.length,
                                         event.of.scan.text, sizeof event.of.scan.text);
    usb_port_timer(port, 0);
    forget_report(scanner);
    usb_port_post(port, &event);
    explicit_bzero(&event, sizeof event);
}

static void heard(struct usb_port *port, const uint8_t *bytes, size_t length) {
    struct scanner *scanner = usb_port_state(port);
    if (!scanner->known)
        return;
    switch (hid_pos_report(&scanner->layout, &scanner->code, bytes, length)) {
    case HID_POS_OTHER:
        return;
    case HID_POS_PART:
        scanner->perhaps = false;
        usb_port_timer(port, usb_port_limits(port)->transfer_ms);
        return;
    case HID_POS_PERHAPS:
        scanner->perhaps = true;
        usb_port_timer(port, usb_port_limits(port)->scan_gap_ms);
        return;
    case HID_POS_WHOLE:
        deliver_report(port);
        return;
    }
}

/* No more came: a code that was perhaps whole is whole, half a code is forgotten. */
static void timer(struct usb_port *port) {
    struct scanner *scanner = usb_port_state(port);
    if (scanner->perhaps)
        deliver_report(port);
    else
        forget_report(scanner);
}

static void stop(struct usb_port *port) {
    forget_report(usb_port_state(port));
}

const struct usb_driver scanner_pos = {.name = "scanner-pos",
                                       .role = ROLE_SCANNER,
                                       .matches = matches,
                                       .match_count = sizeof matches / sizeof *matches,
                                       .state_size = sizeof(struct scanner),
                                       .proves = true,
                                       .start = start,
                                       .heard = heard,
                                       .answered = answered,
                                       .timer = timer,
                                       .stop = stop};
