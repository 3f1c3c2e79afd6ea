/* A HID POS scanner with the report layout of the Honeywell family.
 *   scan TEXT      sent as UTF-8; gbk on|off: as GBK */
#include <errno.h>
#include <iconv.h>
#include <string.h>

#include "tests/usbbench/model.h"

#define DATA_BYTES 56

static const uint8_t report_descriptor[] = {
    0x05, 0x8c,       0x09, 0x02, 0xa1, 0x01,             /* scanner */
    0x09, 0x12,       0xa1, 0x02, 0x85, 0x02,             /* scanned data report 2 */
    0x15, 0x00,       0x26, 0xff, 0x00, 0x75, 0x08,       /* bytes */
    0x95, 0x01,       0x05, 0x01, 0x09, 0x3b, 0x81, 0x02, /* byte count */
    0x95, 0x03,       0x05, 0x8c, 0x09, 0xfb, 0x09, 0xfc, 0x09, 0xfd, 0x81, 0x02, /* AIM id */
    0x95, DATA_BYTES, 0x09, 0xfe, 0x82, 0x02, 0x01,                               /* decoded data */
    0x95, 0x01,       0x06, 0x66, 0xff, 0x09, 0x04, 0x81, 0x02,       /* the maker's symbology */
    0x95, 0x01,       0x81, 0x03,                                     /* reserved */
    0x05, 0x8c,       0x75, 0x01, 0x25, 0x01, 0x09, 0xff, 0x81, 0x02, /* data continued */
    0x95, 0x07,       0x81, 0x03, 0xc0, 0xc0};

static const uint8_t descriptors[] = {
    /* device: 0c2e:0b61 */
    18, 1, 0x00, 0x02, 0, 0, 0, 64, 0x2e, 0x0c, 0x61, 0x0b, 0x00, 0x01, 0, 0, 0, 1,
    /* configuration */
    9, 2, 34, 0, 1, 1, 0, 0x80, 250,
    /* interface: HID */
    9, 4, 0, 0, 1, 3, 0, 0, 0,
    /* HID */
    9, 0x21, 0x11, 0x01, 0, 1, 0x22, sizeof report_descriptor, 0,
    /* interrupt IN, 64 bytes */
    7, 5, 0x81, 3, 64, 0, 1};

struct scanner {
    bool gbk;
};

static void send_code(struct device *device, const char *bytes, size_t length) {
    do {
        size_t part = length < DATA_BYTES ? length : DATA_BYTES;
        uint8_t report[64] = {2, (uint8_t)part, ']', 'Q', '1'};
        memcpy(report + 5, bytes, part);
        report[63] = length > part;
        device_send(device, 0x81, report, sizeof report);
        bytes += part;
        length -= part;
    } while (length > 0);
}

static bool scan(struct device *device, const char *text) {
    const struct scanner *scanner = device->state;
    char bytes[8192], *from = (char *)text, *to = bytes;
    size_t left = strlen(text), room = sizeof bytes;
    if (!scanner->gbk) {
        send_code(device, text, left);
        return true;
    }
    iconv_t converter = iconv_open("GB18030", "UTF-8");
    size_t failed = iconv(converter, &from, &left, &to, &room);
    iconv_close(converter);
    if (failed == (size_t)-1)
        return false;
    send_code(device, bytes, (size_t)(to - bytes));
    return true;
}

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
    struct scanner *scanner = device->state;
    if (strncmp(text, "scan ", 5) == 0)
        return scan(device, text + 5);
    if (strcmp(text, "gbk on") != 0 && strcmp(text, "gbk off") != 0)
        return false;
    scanner->gbk = strcmp(text, "gbk on") == 0;
    return true;
}

const struct model model_scanner_pos = {.name = "scanner-pos",
                                        .descriptors = descriptors,
                                        .descriptors_length = sizeof descriptors,
                                        .state_size = sizeof(struct scanner),
                                        .control = control,
                                        .command = command};
