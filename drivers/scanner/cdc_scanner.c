/* A scanner that is a serial port (CDC-ACM): bytes until CR, LF or silence. */
#include <string.h>

#include "drivers/scanner/text.h"
#include "drivers/transport/cdc.h"

#define CODE_MAX 4096

static const struct usb_match matches[] = {{0, 0, 2, 2, USB_ANY, false}};

struct scanner {
    size_t length;
    bool overflow;
    bool suffixed; /* the code before ended with CR or LF */
    uint8_t bytes[CODE_MAX];
};

static void start(struct usb_port *port) {
    const char *trouble;
    cdc_open(port, 0, 0, &trouble);
}

static void answered(struct usb_port *port, int tag, const uint8_t *bytes, int length) {
    const char *trouble;
    (void)bytes;
    if (cdc_open(port, tag, length, &trouble))
        usb_port_status(port, DEVICE_READY, SUPPLY_NOT_SUPPORTED, MEDIA_NONE, trouble);
}

static void deliver_line(struct usb_port *port, bool suffixed) {
    struct scanner *scanner = usb_port_state(port);
    if (scanner->length == 0) /* LF behind CR */
        return;
    struct driver_event event = {.kind = DRIVER_SCAN};
    if (!scanner->overflow)
        event.of.scan.length = scan_text(scanner->bytes, scanner->length, event.of.scan.text,
                                         sizeof event.of.scan.text);
    usb_port_timer(port, 0);
    explicit_bzero(scanner, sizeof *scanner);
    scanner->suffixed = suffixed;
    usb_port_post(port, &event);
    explicit_bzero(&event, sizeof event);
}

static void heard(struct usb_port *port, const uint8_t *bytes, size_t length) {
    struct scanner *scanner = usb_port_state(port);
    int gap_ms = usb_port_limits(port)->scan_gap_ms;
    for (size_t i = 0; i < length; i++)
        if (bytes[i] == '\r' || bytes[i] == '\n')
            deliver_line(port, true);
        else if (scanner->length < CODE_MAX)
            scanner->bytes[scanner->length++] = bytes[i];
        else
            scanner->overflow = true;
    if (scanner->length > 0)
        usb_port_timer(port, scan_silence_ms(gap_ms, scanner->suffixed));
}

static void timer(struct usb_port *port) {
    deliver_line(port, false);
}

static void stop(struct usb_port *port) {
    struct scanner *scanner = usb_port_state(port);
    explicit_bzero(scanner, sizeof *scanner);
}

const struct usb_driver scanner_cdc = {.name = "scanner-cdc",
                                       .role = ROLE_SCANNER,
                                       .matches = matches,
                                       .match_count = sizeof matches / sizeof *matches,
                                       .second_class = 0x0a,
                                       .state_size = sizeof(struct scanner),
                                       .start = start,
                                       .heard = heard,
                                       .answered = answered,
                                       .timer = timer,
                                       .stop = stop};
