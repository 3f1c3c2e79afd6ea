#include "drivers/transport/cdc.h"

enum { TAG_START = 0, TAG_LINE_CODING, TAG_LINE_STATE, TAG_LINE_STATE_AFTER_REFUSAL };

void cdc_line_coding(const struct driver_line *line, uint8_t out[7]) {
    uint32_t baud = line->baud ? line->baud : 115200;
    for (int i = 0; i < 4; i++)
        out[i] = (uint8_t)(baud >> (8 * i));
    out[4] = line->stop == 2 ? 2 : 0; /* 1 would be one and a half */
    out[5] = (uint8_t)line->parity;
    out[6] = line->bits ? line->bits : 8;
}

static bool has_line_settings(const struct driver_line *line) {
    return line->baud || line->bits || line->parity || line->stop;
}

bool cdc_open(struct usb_port *port, int tag, int length, const char **trouble) {
    const struct driver_line *line = &usb_port_binding(port)->line;
    uint16_t interface = (uint16_t)usb_port_interface(port);
    uint8_t coding[7];
    *trouble = "";
    switch (tag) {
    case TAG_START:
        cdc_line_coding(line, coding);
        usb_port_control(port, TAG_LINE_CODING, 0x21, 0x20, 0, interface, coding, sizeof coding);
        return false;
    case TAG_LINE_CODING: /* data terminal ready, request to send */
        usb_port_control(port, length < 0 ? TAG_LINE_STATE_AFTER_REFUSAL : TAG_LINE_STATE, 0x21,
                         0x22, 3, interface, NULL, 0);
        return false;
    case TAG_LINE_STATE_AFTER_REFUSAL:
        if (has_line_settings(line))
            *trouble = "the device refuses baud, bits, parity and stop of the configuration";
        return true;
    default:
        return true;
    }
}
