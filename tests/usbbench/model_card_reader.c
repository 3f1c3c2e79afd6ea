/* Smart card readers: "cardreader" takes TPDUs and tells of cards by interrupt; "cardreader-apdu"
 * takes short APDUs and has to be asked.
 *   insert social|social1|social3   a social security card of version 2, 1, 3
 *   insert uid HEX | bank | dead    a contactless card, a bank's, one that never answers
 *   remove | remove after N         N: in the middle, instead of the Nth block from now
 *   mute | mute after N             the card answers no more, until it is inserted again
 *   looked                          refused until the host asked what is in the slot
 *   extension N                     each block first asks for more time, N times
 *   pass on|off                     cardreader-apdu: leaves 61 and 6C to the host */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/usbbench/model.h"
#include "tests/usbbench/smart_card.h"

/* Device 08e6:3437, configuration of `total` bytes, one CCID interface. */
#define HEAD(total, endpoints)                                                                     \
    18, 1, 0x00, 0x02, 0, 0, 0, 64, 0xe6, 0x08, 0x37, 0x34, 0x00, 0x01, 0, 0, 0, 1, 9, 2, total,   \
        0, 1, 1, 0, 0x80, 50, 9, 4, 0, 0, endpoints, 0x0b, 0, 0, 0
/* 5, 3 and 1.8 V, T=0 and T=1, messages of 271 bytes. */
#define FUNCTIONAL(f0, f1, f2)                                                                     \
    54, 0x21, 0x10, 0x01, 0, 7, 3, 0, 0, 0, 0xa0, 0x0f, 0, 0, 0xa0, 0x0f, 0, 0, 0, 0x00, 0x2a, 0,  \
        0, 0x00, 0x2a, 0, 0, 0, 0xfe, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, f0, f1, f2, 0x00, 0x0f,     \
        0x01, 0, 0, 0xff, 0xff, 0, 0, 0, 1
#define BULK_ENDPOINTS 7, 5, 0x01, 2, 64, 0, 0, 7, 5, 0x81, 2, 64, 0, 0
#define INTERRUPT_ENDPOINT 7, 5, 0x83, 3, 8, 0, 16

/* Voltage and clock are its own, parameters the host's; TPDU. */
static const uint8_t tpdu_descriptors[] = {HEAD(93, 3), FUNCTIONAL(0x38, 0x00, 0x01),
                                           INTERRUPT_ENDPOINT, BULK_ENDPOINTS};

/* Everything is its own; short APDU; its class descriptor stands behind an endpoint. */
static const uint8_t apdu_descriptors[] = {HEAD(86, 2), BULK_ENDPOINTS,
                                           FUNCTIONAL(0xfa, 0x04, 0x02)};

struct reader {
    bool present, powered, mute, parameters_set, passes_on, looked;
    int extensions, remove_after, mute_after;
    struct smart_card card;
    size_t count;
    uint8_t bytes[600];
};

static bool takes_tpdu(const struct device *device) {
    return device->model == &model_card_reader;
}

static void notify(struct device *device) {
    const struct reader *reader = device->state;
    if (takes_tpdu(device))
        device_send(device, 0x83, (uint8_t[]){0x50, (uint8_t)(2 | reader->present)}, 2);
}

static void reply(struct device *device, uint8_t type, uint8_t status, uint8_t error,
                  const uint8_t *data, size_t length) {
    const struct reader *reader = device->state;
    uint8_t message[10 + 300] = {type, (uint8_t)length, (uint8_t)(length >> 8)};
    message[5] = reader->bytes[5];
    message[6] = reader->bytes[6];
    message[7] = status;
    message[8] = error;
    if (length)
        memcpy(message + 10, data, length);
    device_send(device, 0x81, message, 10 + length);
}

static uint8_t card_status(const struct reader *reader) {
    return !reader->present ? 2 : reader->powered ? 0 : 1;
}

static void power_card(struct device *device) {
    struct reader *reader = device->state;
    uint8_t atr[40];
    if (!reader->present || reader->mute) {
        reply(device, 0x80, 0x40 | card_status(reader), 0xfe, NULL, 0);
        return;
    }
    reader->powered = true;
    reader->parameters_set = !takes_tpdu(device) || reader->card.kind == CARD_CONTACTLESS;
    size_t length = smart_card_reset(&reader->card, atr);
    reply(device, 0x80, 0, 0, atr, length);
}

static void take_out(struct device *device) {
    struct reader *reader = device->state;
    reader->present = reader->powered = false;
    reader->remove_after = reader->mute_after = 0;
    reader->looked = false;
    notify(device);
}

/* A reader of APDUs does what a card asks for by itself. */
static size_t follow(struct reader *reader, const uint8_t *command, size_t length,
                     uint8_t answer[300]) {
    size_t got = smart_card_apdu(&reader->card, command, length, answer);
    uint8_t again[262];
    if (got == 2 && answer[0] == 0x61)
        return smart_card_apdu(&reader->card, (uint8_t[]){0, 0xc0, 0, 0, answer[1]}, 5, answer);
    if (got == 2 && answer[0] == 0x6c && length >= 5 && length <= sizeof again) {
        memcpy(again, command, length);
        again[length > 5 ? length - 1 : 4] = answer[1];
        return smart_card_apdu(&reader->card, again, length, answer);
    }
    return got;
}

static void exchange_block(struct device *device, const uint8_t *command, size_t length) {
    struct reader *reader = device->state;
    if (reader->remove_after > 0 && --reader->remove_after == 0)
        take_out(device);
    if (reader->mute_after > 0 && --reader->mute_after == 0)
        reader->mute = true;
    bool ready = reader->present && reader->powered && reader->parameters_set && !reader->mute;
    if (!ready) {
        reply(device, 0x80, 0x40 | card_status(reader), 0xfe, NULL, 0);
        return;
    }
    for (int i = 0; i < reader->extensions; i++)
        reply(device, 0x80, 0x80, 1, NULL, 0);
    uint8_t answer[300];
    bool raw = takes_tpdu(device) || reader->passes_on;
    size_t got = raw ? smart_card_apdu(&reader->card, command, length, answer)
                     : follow(reader, command, length, answer);
    reply(device, 0x80, 0, 0, answer, got);
}

static void take_message(struct device *device, size_t data_length) {
    struct reader *reader = device->state;
    switch (reader->bytes[0]) {
    case 0x62:
        power_card(device);
        break;
    case 0x63:
        reader->powered = false;
        reply(device, 0x81, card_status(reader), 0, NULL, 0);
        break;
    case 0x65:
        reader->looked = true;
        reply(device, 0x81, card_status(reader), 0, NULL, 0);
        break;
    case 0x61:
        reader->parameters_set = true;
        reply(device, 0x82, card_status(reader), 0, reader->bytes + 10, data_length);
        break;
    case 0x6f:
        exchange_block(device, reader->bytes + 10, data_length);
        break;
    default:
        reply(device, 0x81, 0x40 | card_status(reader), 0, NULL, 0);
        break;
    }
}

static void receive(struct device *device, uint8_t endpoint, const uint8_t *bytes, size_t length) {
    struct reader *reader = device->state;
    (void)endpoint;
    if (length > sizeof reader->bytes - reader->count)
        reader->count = 0;
    memcpy(reader->bytes + reader->count, bytes, length);
    reader->count += length;
    if (reader->count < 10)
        return;
    size_t data_length = reader->bytes[1] | (size_t)reader->bytes[2] << 8;
    if (reader->count < 10 + data_length)
        return;
    reader->count = 0;
    take_message(device, data_length);
}

static void power_on(struct device *device) {
    struct reader *reader = device->state;
    reader->powered = false;
    reader->count = 0;
}

static bool insert(struct device *device, const char *what) {
    struct reader *reader = device->state;
    reader->mute = strcmp(what, "dead") == 0;
    if (!reader->mute && !smart_card_make(&reader->card, what))
        return false;
    reader->present = true;
    reader->powered = false;
    notify(device);
    return true;
}

static bool command(struct device *device, const char *text) {
    struct reader *reader = device->state;
    if (strncmp(text, "insert ", 7) == 0)
        return insert(device, text + 7);
    if (sscanf(text, "remove after %d", &reader->remove_after) == 1 ||
        sscanf(text, "mute after %d", &reader->mute_after) == 1 ||
        sscanf(text, "extension %d", &reader->extensions) == 1)
        return true;
    if (strcmp(text, "looked") == 0)
        return reader->looked;
    if (strcmp(text, "mute") == 0) {
        reader->mute = true;
        return true;
    }
    if (strcmp(text, "pass on") == 0 || strcmp(text, "pass off") == 0) {
        reader->passes_on = strcmp(text, "pass on") == 0;
        return !takes_tpdu(device);
    }
    if (strcmp(text, "remove") != 0)
        return false;
    take_out(device);
    return true;
}

const struct model model_card_reader = {.name = "cardreader",
                                        .descriptors = tpdu_descriptors,
                                        .descriptors_length = sizeof tpdu_descriptors,
                                        .state_size = sizeof(struct reader),
                                        .power_on = power_on,
                                        .receive = receive,
                                        .command = command};

const struct model model_card_reader_apdu = {.name = "cardreader-apdu",
                                             .descriptors = apdu_descriptors,
                                             .descriptors_length = sizeof apdu_descriptors,
                                             .state_size = sizeof(struct reader),
                                             .power_on = power_on,
                                             .receive = receive,
                                             .command = command};
