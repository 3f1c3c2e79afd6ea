/* A touch panel: a HID device whose interface is 03/00/00 like a POS scanner's, and which is none.
 *   touch X Y   one finger, down and up */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "tests/usbbench/model.h"

/* Usage page digitizer, one finger: tip, X and Y of 12 bits. */
static const uint8_t report_descriptor[] = {
    0x05, 0x0d, 0x09, 0x04, 0xa1, 0x01, 0x85, 0x01, 0x09, 0x22, 0xa1, 0x02, 0x09, 0x42, 0x15, 0x00,
    0x25, 0x01, 0x75, 0x01, 0x95, 0x01, 0x81, 0x02, 0x95, 0x07, 0x81, 0x03, 0x05, 0x01, 0x26, 0xff,
    0x0f, 0x75, 0x10, 0x95, 0x01, 0x09, 0x30, 0x81, 0x02, 0x09, 0x31, 0x81, 0x02, 0xc0, 0xc0};

static const uint8_t descriptors[] = {
    /* device: 0eef:0001 */
    18, 1, 0x00, 0x02, 0, 0, 0, 64, 0xef, 0x0e, 0x01, 0x00, 0x00, 0x01, 0, 0, 0, 1,
    /* configuration */
    9, 2, 34, 0, 1, 1, 0, 0x80, 50,
    /* interface: HID */
    9, 4, 0, 0, 1, 3, 0, 0, 0,
    /* HID */
    9, 0x21, 0x11, 0x01, 0, 1, 0x22, sizeof report_descriptor, 0,
    /* interrupt IN, 8 bytes */
    7, 5, 0x81, 3, 8, 0, 1};

static int control(struct device *device, const uint8_t setup[8], uint8_t *data) {
    (void)device;
    size_t room = setup[6] | (size_t)setup[7] << 8;
    if (setup[0] == 0x81 && setup[1] == 6 && setup[3] == 0x22) {
        size_t length = sizeof report_descriptor < room ? sizeof report_descriptor : room;
        memcpy(data, report_descriptor, length);
        return (int)length;
    }
    return setup[0] == 0x21 && setup[1] == 0x0a ? 0 : -EPIPE;
}

static bool command(struct device *device, const char *text) {
    unsigned x, y;
    if (sscanf(text, "touch %u %u", &x, &y) != 2 || x > 0xfff || y > 0xfff)
        return false;
    for (uint8_t tip = 2; tip-- > 0;)
        device_send(
            device, 0x81,
            (uint8_t[]){1, tip, (uint8_t)x, (uint8_t)(x >> 8), (uint8_t)y, (uint8_t)(y >> 8)}, 6);
    return true;
}

const struct model model_touch_panel = {.name = "touch-panel",
                                        .descriptors = descriptors,
                                        .descriptors_length = sizeof descriptors,
                                        .control = control,
                                        .command = command};
