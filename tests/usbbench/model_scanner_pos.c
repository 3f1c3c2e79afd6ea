/* A HID POS scanner with the report layout of the Honeywell family, of Newland or a plain one.
 *   scan TEXT      sent as UTF-8; gbk on|off: as GBK
 *   begin TEXT     one report that says more follows
 *   layout honeywell|newland|plain, while it is unplugged */
#include <errno.h>
#include <iconv.h>
#include <string.h>

#include "tests/usbbench/model.h"

#define SCANNER 0x05, 0x8c, 0x09, 0x02, 0xa1, 0x01 /* a scanner's collection */
#define SCAN(id) 0x09, 0x12, 0xa1, 0x02, 0x85, id, 0x15, 0x00, 0x26, 0xff, 0x00, 0x75, 0x08
#define COUNT 0x95, 0x01, 0x05, 0x01, 0x09, 0x3b, 0x81, 0x02, 0x05, 0x8c
#define AIM 0x95, 0x03, 0x09, 0xfb, 0x09, 0xfc, 0x09, 0xfd, 0x81, 0x02
#define DATA(bytes) 0x95, bytes, 0x09, 0xfe, 0x82, 0x02, 0x01 /* buffered bytes */
#define MAKERS_SYMBOLOGY 0x95, 0x01, 0x06, 0x66, 0xff, 0x09, 0x04, 0x81, 0x02, 0x05, 0x8c
#define RESERVED(bytes) 0x95, bytes, 0x81, 0x03
#define CONTINUED 0x75, 0x01, 0x25, 0x01, 0x09, 0xff, 0x81, 0x02, 0x95, 0x07, 0x81, 0x03
#define END 0xc0, 0xc0

static const uint8_t honeywell[] = {SCANNER,          SCAN(2),     COUNT,     AIM, DATA(56),
                                    MAKERS_SYMBOLOGY, RESERVED(1), CONTINUED, END};
static const uint8_t newland[] = {SCANNER,     SCAN(2),          COUNT,       DATA(56),
                                  RESERVED(4), MAKERS_SYMBOLOGY, RESERVED(1), END};
static const uint8_t plain[] = {SCANNER, SCAN(1), COUNT, DATA(62), END};

static const struct layout {
    const char *name;
    const uint8_t *report_descriptor;
    size_t descriptor_length;
    uint8_t id;
    size_t data_at, data_bytes, more_at; /* more_at 0: it cannot say that more follows */
} layouts[] = {{"honeywell", honeywell, sizeof honeywell, 2, 5, 56, 63},
               {"newland", newland, sizeof newland, 2, 2, 56, 0},
               {"plain", plain, sizeof plain, 1, 2, 62, 0}};

static const uint8_t descriptors[] = {
    /* device: 0c2e:0b61 */
    18, 1, 0x00, 0x02, 0, 0, 0, 64, 0x2e, 0x0c, 0x61, 0x0b, 0x00, 0x01, 0, 0, 0, 1,
    /* configuration */
    9, 2, 34, 0, 1, 1, 0, 0x80, 250,
    /* interface: HID */
    9, 4, 0, 0, 1, 3, 0, 0, 0,
    /* HID */
    9, 0x21, 0x11, 0x01, 0, 1, 0x22, sizeof honeywell, 0,
    /* interrupt IN, 64 bytes */
    7, 5, 0x81, 3, 64, 0, 1};

struct scanner {
    bool gbk;
    int layout;
};

static void send_report(struct device *device, const char *bytes, size_t length, bool more) {
    const struct scanner *scanner = device->state;
    const struct layout *layout = &layouts[scanner->layout];
    uint8_t report[64] = {layout->id, (uint8_t)length, ']', 'Q', '1'};
    memcpy(report + layout->data_at, bytes, length);
    if (layout->more_at)
        report[layout->more_at] = more;
    device_send(device, 0x81, report, sizeof report);
}

static void send_code(struct device *device, const char *bytes, size_t length) {
    const struct scanner *scanner = device->state;
    size_t room = layouts[scanner->layout].data_bytes;
    for (; length > room; bytes += room, length -= room)
        send_report(device, bytes, room, true);
    send_report(device, bytes, length, false);
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
    const struct scanner *scanner = device->state;
    const struct layout *layout = &layouts[scanner->layout];
    size_t room = setup[6] | (size_t)setup[7] << 8;
    if (setup[0] == 0x81 && setup[1] == 6 && setup[3] == 0x22) {
        size_t length = layout->descriptor_length < room ? layout->descriptor_length : room;
        memcpy(data, layout->report_descriptor, length);
        return (int)length;
    }
    return setup[0] == 0x21 && setup[1] == 0x0a ? 0 : -EPIPE;
}

static bool set_layout(struct scanner *scanner, const char *name) {
    for (int i = 0; i < (int)(sizeof layouts / sizeof *layouts); i++) {
        if (strcmp(layouts[i].name, name) == 0) {
            scanner->layout = i;
            return true;
        }
    }
    return false;
}

static bool command(struct device *device, const char *text) {
    struct scanner *scanner = device->state;
    if (strncmp(text, "scan ", 5) == 0)
        return scan(device, text + 5);
    if (strncmp(text, "layout ", 7) == 0)
        return set_layout(scanner, text + 7);
    if (strncmp(text, "begin ", 6) == 0 &&
        strlen(text + 6) <= layouts[scanner->layout].data_bytes) {
        send_report(device, text + 6, strlen(text + 6), true);
        return true;
    }
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
