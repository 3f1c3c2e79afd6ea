/* ID card readers (SDT): "idreader" over bulk, "idreader-hid" as 64-byte reports.
 *   insert citizen|I|J|Y       a specimen of each kind; insert citizen NAME NUMBER
 *   remove                     a card that was read is not found again before
 *   unreadable on|off          find and select work, read does not
 *   sam ok|fail                corrupt N: N replies with a wrong check */
#include <errno.h>
#include <iconv.h>
#include <stdio.h>
#include <string.h>

#include "tests/usbbench/model.h"

#define TEXT_BYTES 256
#define PHOTO_BYTES 1024

static const uint8_t bulk_descriptors[] = {
    18, 1, 0x00, 0x02, 0,    0, 0,  64, 0x00, 0x04, 0x5a, 0xc3, 0x00, 0x01, 0, 0,    0,
    1,  9, 2,    32,   0,    1, 1,  0,  0x80, 250,  9,    4,    0,    0,    2, 0xff, 0,
    0,  0, 7,    5,    0x02, 2, 64, 0,  0,    7,    5,    0x81, 2,    64,   0, 0};

static const uint8_t hid_descriptors[] = {
    18, 1, 0x00, 0x02, 0,  0,  0, 64,   0x8b, 0x2b, 0x21, 0x27, 0x00, 0x01, 0,
    0,  0, 1,    9,    2,  41, 0, 1,    1,    0,    0x80, 250,  9,    4,    0,
    0,  2, 3,    0,    0,  0,  9, 0x21, 0x11, 0x01, 0,    1,    0x22, 34,   0,
    7,  5, 0x02, 3,    64, 0,  1, 7,    5,    0x81, 3,    64,   0,    1};

struct reader {
    bool present, read, selected, unreadable, sam_failed;
    int corrupt;
    uint8_t text[TEXT_BYTES];
};

static bool is_hid(const struct device *device) {
    return device->model == &model_id_reader_hid;
}

static void reply(struct device *device, uint8_t word, const uint8_t *data, size_t length) {
    struct reader *reader = device->state;
    uint8_t frame[1536] = {0xaa, 0xaa, 0xaa, 0x96, 0x69};
    size_t body = length + 4, whole = 7 + body, check = whole - 1;
    frame[5] = (uint8_t)(body >> 8);
    frame[6] = (uint8_t)body;
    frame[9] = word;
    if (length)
        memcpy(frame + 10, data, length);
    for (size_t i = 5; i < check; i++)
        frame[check] ^= frame[i];
    if (reader->corrupt > 0) {
        reader->corrupt--;
        frame[check] ^= 0xff;
    }
    if (!is_hid(device)) {
        device_send(device, 0x81, frame, whole);
        return;
    }
    for (size_t at = 0; at < whole; at += 64) /* the last report is padded with zeros */
        device_send(device, 0x81, frame + at, 64);
}

static void read_card(struct device *device) {
    struct reader *reader = device->state;
    uint8_t data[4 + TEXT_BYTES + PHOTO_BYTES] = {TEXT_BYTES >> 8, 0, PHOTO_BYTES >> 8, 0};
    if (!reader->present || !reader->selected || reader->unreadable) {
        reply(device, 0x41, NULL, 0);
        return;
    }
    memcpy(data + 4, reader->text, TEXT_BYTES);
    memset(data + 4 + TEXT_BYTES, 0x57, PHOTO_BYTES);
    reader->read = true;
    reply(device, 0x90, data, sizeof data);
}

static void take_command(struct device *device, unsigned command) {
    static const uint8_t zeros[8];
    struct reader *reader = device->state;
    switch (command) {
    case 0x11ff:
        reply(device, reader->sam_failed ? 0x60 : 0x90, NULL, 0);
        break;
    case 0x2001:
        if (reader->present && !reader->read)
            reply(device, 0x9f, zeros, 4);
        else
            reply(device, 0x80, NULL, 0);
        break;
    case 0x2002:
        reader->selected = reader->present;
        reply(device, reader->present ? 0x90 : 0x81, zeros, reader->present ? 8 : 0);
        break;
    case 0x3001:
        read_card(device);
        break;
    default:
        reply(device, 0x21, NULL, 0);
        break;
    }
}

static void receive(struct device *device, uint8_t endpoint, const uint8_t *bytes, size_t length) {
    (void)endpoint;
    uint8_t check = 0;
    if (length < 10 || memcmp(bytes, "\xaa\xaa\xaa\x96\x69", 5) != 0 || bytes[6] != 3)
        return;
    for (int i = 5; i < 9; i++)
        check ^= bytes[i];
    if (check != bytes[9])
        reply(device, 0x10, NULL, 0);
    else
        take_command(device, (unsigned)bytes[7] << 8 | bytes[8]);
}

static bool put(uint8_t *text, int offset, int length, const char *value) {
    char *from = (char *)value, *to = (char *)text + offset;
    size_t left = strlen(value), room = (size_t)length;
    iconv_t converter = iconv_open("UTF-16LE", "UTF-8");
    size_t failed = iconv(converter, &from, &left, &to, &room);
    iconv_close(converter);
    return failed != (size_t)-1;
}

static bool fill(uint8_t *text, const char *what) {
    for (int i = 0; i < TEXT_BYTES; i += 2) {
        text[i] = ' ';
        text[i + 1] = 0;
    }
    char name[64], number[20];
    if (sscanf(what, "citizen %63s %19s", name, number) == 2)
        return put(text, 0, 30, name) && put(text, 122, 36, number);
    if (strcmp(what, "citizen") == 0)
        return put(text, 0, 30, "张建丰") && put(text, 30, 2, "1") && put(text, 32, 4, "01") &&
               put(text, 36, 16, "19491231") && put(text, 122, 36, "11010519491231002X");
    if (strcmp(what, "I") == 0)
        return put(text, 0, 120, "SMITH, JOHN") && put(text, 122, 30, "USA110081022501") &&
               put(text, 158, 30, "史密斯") && put(text, 248, 2, "I");
    if (strcmp(what, "J") == 0)
        return put(text, 0, 30, "陈大文") && put(text, 122, 36, "810000199408230021") &&
               put(text, 220, 18, "H12345678") && put(text, 248, 2, "J");
    return strcmp(what, "Y") == 0 && put(text, 52, 70, "MULLER, ANNA MARIA") &&
           put(text, 122, 36, "911124198108030024") && put(text, 248, 2, "Y");
}

static bool command(struct device *device, const char *text) {
    struct reader *reader = device->state;
    if (strncmp(text, "insert ", 7) == 0) {
        reader->present = fill(reader->text, text + 7);
        reader->read = reader->selected = false;
        return reader->present;
    }
    if (strcmp(text, "remove") == 0) {
        reader->present = reader->read = reader->selected = false;
        return true;
    }
    if (strncmp(text, "unreadable o", 12) == 0) {
        reader->unreadable = strcmp(text + 11, "on") == 0;
        return true;
    }
    if (strncmp(text, "sam ", 4) == 0) {
        reader->sam_failed = strcmp(text + 4, "fail") == 0;
        return true;
    }
    return sscanf(text, "corrupt %d", &reader->corrupt) == 1;
}

const struct model model_id_reader = {.name = "idreader",
                                      .descriptors = bulk_descriptors,
                                      .descriptors_length = sizeof bulk_descriptors,
                                      .state_size = sizeof(struct reader),
                                      .receive = receive,
                                      .command = command};

const struct model model_id_reader_hid = {.name = "idreader-hid",
                                          .descriptors = hid_descriptors,
                                          .descriptors_length = sizeof hid_descriptors,
                                          .state_size = sizeof(struct reader),
                                          .receive = receive,
                                          .command = command};
