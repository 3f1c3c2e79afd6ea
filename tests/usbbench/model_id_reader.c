/* An ID card reader (SDT / SAM_V): "idreader" on bulk endpoints of its second interface,
 * "idreader-hid" with reports of 64 bytes. A card that was read is not found again until it is
 * lifted.
 *   insert citizen|foreigner|permit|foreigner2023|broken   id_specimen.h
 *   insert citizen NAME NUMBER | remove
 *   fail status|find|select|read SW3 [TIMES]   refuses so, in hexadecimal; TIMES 0: no more
 *   lacks status|nothing   that command it does not know, and does not answer
 *   corrupt N              N answers with a wrong check byte
 *   noise on|off           nonsense and only two AA in front of each answer
 *   delay MS               a reading takes so long
 *   reading                refused unless one is under way */
#include <stdio.h>
#include <string.h>

#include "tests/usbbench/id_specimen.h"
#include "tests/usbbench/model.h"

#define HID_BYTES 64
#define PHOTO_BYTES 1024
#define ANSWER_MAX 1400

static const uint8_t descriptors_bulk[] = {
    /* device: 0400:c35a */
    18, 1, 0x00, 0x02, 0, 0, 0, 64, 0x00, 0x04, 0x5a, 0xc3, 0x00, 0x01, 0, 0, 0, 1,
    /* configuration */
    9, 2, 57, 0, 2, 1, 0, 0x80, 250,
    /* interface 0, a keypad: not the one */
    9, 4, 0, 0, 1, 3, 0, 0, 0, 9, 0x21, 0x11, 0x01, 0, 1, 0x22, 20, 0, 7, 5, 0x83, 3, 8, 0, 10,
    /* interface 1, vendor-specific */
    9, 4, 1, 0, 2, 0xff, 0, 0, 0, 7, 5, 0x01, 2, 64, 0, 0, 7, 5, 0x81, 2, 64, 0, 0};

static const uint8_t descriptors_hid[] = {
    /* device: 2b8b:2721 */
    18, 1, 0x00, 0x02, 0, 0, 0, 64, 0x8b, 0x2b, 0x21, 0x27, 0x00, 0x01, 0, 0, 0, 1,
    /* configuration */
    9, 2, 41, 0, 1, 1, 0, 0x80, 250,
    /* interface: HID, interrupt both ways */
    9, 4, 0, 0, 2, 3, 0, 0, 0, 9, 0x21, 0x11, 0x01, 0, 1, 0x22, 33, 0, 7, 5, 0x01, 3, 64, 0, 1, 7,
    5, 0x81, 3, 64, 0, 1};

enum what { STATUS, FIND, SELECT, READ, WHAT_COUNT };
struct reader {
    bool present, found, selected, used; /* of the card */
    uint8_t text[ID_SPECIMEN_BYTES];
    struct {
        unsigned status;
        int times;
    } fail[WHAT_COUNT];
    int corrupt, delay_ms;
    bool noise, lacks_status;
};

static void send_answer(struct device *device, uint8_t status, const uint8_t *data, size_t length) {
    struct reader *reader = device->state;
    static const uint8_t noise[] = {0x00, 0xaa, 0x96, 0x69, 0xaa};
    uint8_t out[ANSWER_MAX] = {0};
    size_t at = 0, from;
    if (reader->noise) {
        memcpy(out, noise, sizeof noise);
        at = sizeof noise;
    } else {
        out[at++] = 0xaa;
    }
    memcpy(out + at, "\xaa\xaa\x96\x69", 4);
    from = at += 4;
    out[at++] = (uint8_t)((length + 4) >> 8);
    out[at++] = (uint8_t)(length + 4);
    at += 2; /* SW1 SW2 */
    out[at++] = status;
    if (length > 0)
        memcpy(out + at, data, length);
    at += length;
    uint8_t check = reader->corrupt > 0 ? 0x01 : 0;
    reader->corrupt -= reader->corrupt > 0;
    for (size_t i = from; i < at; i++)
        check ^= out[i];
    out[at++] = check;
    if (device->model != &model_id_reader_hid) {
        device_send(device, 0x81, out, at);
        return;
    }
    for (size_t sent = 0; sent < at; sent += HID_BYTES)
        device_send(device, 0x81, out + sent, HID_BYTES);
}

static void answer(struct device *device, uint8_t status) {
    send_answer(device, status, NULL, 0);
}

/* Is it told to fail at this? */
static bool fails(struct device *device, enum what what) {
    struct reader *reader = device->state;
    if (reader->fail[what].times == 0)
        return false;
    reader->fail[what].times--;
    answer(device, (uint8_t)reader->fail[what].status);
    return true;
}

static void find(struct device *device) {
    static const uint8_t zeros[4];
    struct reader *reader = device->state;
    reader->selected = false;
    reader->found = reader->present && !reader->used;
    if (reader->found)
        send_answer(device, 0x9f, zeros, sizeof zeros);
    else
        answer(device, 0x80);
}

static void select(struct device *device) {
    static const uint8_t zeros[8];
    struct reader *reader = device->state;
    reader->selected = reader->found && reader->present;
    if (reader->selected)
        send_answer(device, 0x90, zeros, sizeof zeros);
    else
        answer(device, 0x81);
}

static void read_base(struct device *device) {
    struct reader *reader = device->state;
    uint8_t data[4 + ID_SPECIMEN_BYTES + PHOTO_BYTES] = {0x01, 0x00, 0x04, 0x00};
    bool read = reader->selected && reader->present;
    reader->found = reader->selected = false;
    if (!read) {
        answer(device, 0x41);
        return;
    }
    reader->used = true;
    memcpy(data + 4, reader->text, ID_SPECIMEN_BYTES);
    memset(data + 4 + ID_SPECIMEN_BYTES, 0xa5, PHOTO_BYTES);
    send_answer(device, 0x90, data, sizeof data);
}

static void timer(struct device *device) {
    if (!fails(device, READ))
        read_base(device);
}

static void sam_id(struct device *device) {
    static const uint8_t id[16] = {5, 0, 3, 0, 0x57, 0x2d, 0x33, 0x01, 0xd2, 0x02, 0x96, 0x49, 7};
    send_answer(device, 0x90, id, sizeof id);
}

static void execute(struct device *device, unsigned command) {
    struct reader *reader = device->state;
    switch (command) {
    case 0x11ff:
        if (!reader->lacks_status && !fails(device, STATUS))
            answer(device, 0x90);
        return;
    case 0x12ff:
        sam_id(device);
        return;
    case 0x2001:
        if (!fails(device, FIND))
            find(device);
        return;
    case 0x2002:
        if (!fails(device, SELECT))
            select(device);
        return;
    case 0x3001:
        if (reader->delay_ms > 0)
            device->timer_ms = device->now_ms + reader->delay_ms;
        else
            timer(device);
        return;
    default:
        answer(device, 0x21);
    }
}

static void receive(struct device *device, uint8_t endpoint, const uint8_t *bytes, size_t length) {
    (void)endpoint;
    size_t wanted = device->model == &model_id_reader_hid ? HID_BYTES : 10;
    if (length != wanted || memcmp(bytes, "\xaa\xaa\xaa\x96\x69\x00\x03", 7) != 0)
        return;
    if ((bytes[5] ^ bytes[6] ^ bytes[7] ^ bytes[8]) != bytes[9])
        answer(device, 0x10);
    else
        execute(device, (unsigned)bytes[7] << 8 | bytes[8]);
}

static void power_on(struct device *device) {
    struct reader *reader = device->state;
    reader->found = reader->selected = reader->used = false;
}

static bool insert(struct reader *reader, const char *name) {
    char other[64], number[20];
    bool named = sscanf(name, "citizen %63s %19s", other, number) == 2;
    reader->used = reader->found = reader->selected = false;
    reader->present = id_specimen(named ? "citizen" : name, reader->text);
    if (named) {
        id_specimen_put(reader->text, 0, 30, other);
        id_specimen_put(reader->text, 122, 36, number);
    }
    return reader->present;
}

static bool set_failure(struct reader *reader, const char *text) {
    static const char *const names[WHAT_COUNT] = {"status", "find", "select", "read"};
    char name[8];
    unsigned status;
    int times = 1;
    if (sscanf(text, "fail %7s %x %d", name, &status, &times) < 2)
        return false;
    for (int i = 0; i < WHAT_COUNT; i++) {
        if (strcmp(name, names[i]) == 0) {
            reader->fail[i].status = status;
            reader->fail[i].times = times;
            return true;
        }
    }
    return false;
}

static bool command(struct device *device, const char *text) {
    struct reader *reader = device->state;
    if (strncmp(text, "insert ", 7) == 0)
        return insert(reader, text + 7);
    if (strcmp(text, "reading") == 0)
        return device->timer_ms != 0;
    if (strcmp(text, "remove") == 0)
        reader->present = reader->used = false;
    else if (strcmp(text, "noise on") == 0 || strcmp(text, "noise off") == 0)
        reader->noise = text[7] == 'n';
    else if (strcmp(text, "lacks status") == 0 || strcmp(text, "lacks nothing") == 0)
        reader->lacks_status = text[6] == 's';
    else
        return sscanf(text, "corrupt %d", &reader->corrupt) == 1 ||
               sscanf(text, "delay %d", &reader->delay_ms) == 1 || set_failure(reader, text);
    return true;
}

const struct model model_id_reader = {.name = "idreader",
                                      .descriptors = descriptors_bulk,
                                      .descriptors_length = sizeof descriptors_bulk,
                                      .state_size = sizeof(struct reader),
                                      .power_on = power_on,
                                      .receive = receive,
                                      .timer = timer,
                                      .command = command};

const struct model model_id_reader_hid = {.name = "idreader-hid",
                                          .descriptors = descriptors_hid,
                                          .descriptors_length = sizeof descriptors_hid,
                                          .state_size = sizeof(struct reader),
                                          .power_on = power_on,
                                          .receive = receive,
                                          .timer = timer,
                                          .command = command};
