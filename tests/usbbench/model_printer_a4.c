/* An A4 laser: a printer by its USB class, but its IEEE 1284 id names PJL and PCL, not ESC/POS.
 *   blank   refused once a byte was sent to it: it would be on paper, as text */
#include <errno.h>
#include <string.h>

#include "tests/usbbench/model.h"

static const char device_id[] =
    "MFG:Hewlett-Packard;CMD:PJL,PML,PCLXL,POSTSCRIPT,PCL;MDL:HP LaserJet P2055dn;CLS:PRINTER;"
    "DES:Hewlett-Packard LaserJet P2055dn;";

static const uint8_t descriptors[] = {
    /* device: 03f0:5c17 */
    18, 1, 0x00, 0x02, 0, 0, 0, 64, 0xf0, 0x03, 0x17, 0x5c, 0x00, 0x01, 0, 0, 0, 1,
    /* configuration */
    9, 2, 32, 0, 1, 1, 0, 0xc0, 0,
    /* interface: printer, two ways */
    9, 4, 0, 0, 2, 7, 1, 2, 0,
    /* bulk both ways */
    7, 5, 0x01, 2, 64, 0, 0, 7, 5, 0x81, 2, 64, 0, 0};

struct laser {
    size_t bytes;
};

static int control(struct device *device, const uint8_t setup[8], uint8_t *data) {
    (void)device;
    size_t room = setup[6] | (size_t)setup[7] << 8, length = sizeof device_id - 1 + 2;
    if (setup[0] != 0xa1)
        return -EPIPE;
    if (setup[1] == 1 && room >= 1) {
        data[0] = 0x18;
        return 1;
    }
    if (setup[1] != 0)
        return -EPIPE;
    uint8_t answer[sizeof device_id - 1 + 2] = {(uint8_t)(length >> 8), (uint8_t)length};
    memcpy(answer + 2, device_id, sizeof device_id - 1);
    length = length < room ? length : room;
    memcpy(data, answer, length);
    return (int)length;
}

static void receive(struct device *device, uint8_t endpoint, const uint8_t *bytes, size_t length) {
    (void)endpoint, (void)bytes;
    ((struct laser *)device->state)->bytes += length;
}

static bool command(struct device *device, const char *text) {
    const struct laser *laser = device->state;
    return strcmp(text, "blank") == 0 && laser->bytes == 0;
}

const struct model model_printer_a4 = {.name = "printer-a4",
                                       .descriptors = descriptors,
                                       .descriptors_length = sizeof descriptors,
                                       .state_size = sizeof(struct laser),
                                       .control = control,
                                       .receive = receive,
                                       .command = command};
