#include "drivers/transport/cdc.h"

enum { TAG_START = 0, TAG_LINE_CODING, TAG_LINE_STATE };

bool cdc_open(struct usb_port *port, int tag) {
    static const uint8_t coding[7] = {0x00, 0xc2, 0x01, 0x00, 0, 0, 8}; /* 115200, 1 stop, none */
    uint16_t interface = (uint16_t)usb_port_interface(port);
    switch (tag) {
    case TAG_START:
        usb_port_control(port, TAG_LINE_CODING, 0x21, 0x20, 0, interface, coding, sizeof coding);
        return false;
    case TAG_LINE_CODING: /* data terminal ready, request to send */
        usb_port_control(port, TAG_LINE_STATE, 0x21, 0x22, 3, interface, NULL, 0);
        return false;
    default:
        return true;
    }
}
