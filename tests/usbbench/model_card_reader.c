/* Smart card readers: "cardreader" takes TPDUs and tells of cards by interrupt; "cardreader-apdu"
 * takes short APDUs and has to be asked; "cardreader-multi" is three readers of APDUs in one
 * device, as the ACR1581 is: interface 0 contactless, 1 contact, 2 a slot for security modules;
 * "cardreader-character" leaves the card's characters to its host.
 *   insert social|social1|social3   a social security card of version 2, 1, 3
 *   insert uid HEX | bank | dead    a contactless card, a bank's, one that never answers
 *   remove | remove after N         N: in the middle, instead of the Nth block from now
 *   mute | mute after N             the card answers no more, until it is inserted again
 *   looked                          refused until the host asked what is in the slot
 *   extension N                     each block first asks for more time, N times
 *   pass on|off                     cardreader-apdu: leaves 61 and 6C to the host
 *   on 0|1|2 ...                    cardreader-multi: a command for that interface; without it for
 * 1 texts own|none|alike            cardreader-multi: what its interfaces are called */
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
/* 5, 3 and 1.8 V, T=0 and T=1, messages of 271 bytes, a clock of at most so many kHz. */
#define FUNCTIONAL_AT(clock, f0, f1, f2)                                                           \
    54, 0x21, 0x10, 0x01, 0, 7, 3, 0, 0, 0, 0xa0, 0x0f, 0, 0, (clock)&0xff, (clock) >> 8, 0, 0, 0, \
        0x00, 0x2a, 0, 0, 0x00, 0x2a, 0, 0, 0, 0xfe, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, f0, f1, f2,  \
        0x00, 0x0f, 0x01, 0, 0, 0xff, 0xff, 0, 0, 0, 1
#define FUNCTIONAL(f0, f1, f2) FUNCTIONAL_AT(4000, f0, f1, f2)
#define BULK_ENDPOINTS_AT(number) 7, 5, number, 2, 64, 0, 0, 7, 5, 0x80 | (number), 2, 64, 0, 0
#define BULK_ENDPOINTS BULK_ENDPOINTS_AT(1)
#define INTERRUPT_ENDPOINT_AT(number) 7, 5, 0x80 | (number), 3, 8, 0, 16
#define INTERRUPT_ENDPOINT INTERRUPT_ENDPOINT_AT(3)

/* Voltage and clock are its own, parameters the host's; TPDU. */
static const uint8_t tpdu_descriptors[] = {HEAD(93, 3), FUNCTIONAL(0x38, 0x00, 0x01),
                                           INTERRUPT_ENDPOINT, BULK_ENDPOINTS};

/* Everything is its own; short APDU; its class descriptor stands behind an endpoint. */
static const uint8_t apdu_descriptors[] = {HEAD(86, 2), BULK_ENDPOINTS,
                                           FUNCTIONAL(0xfa, 0x04, 0x02)};

/* The same, spoken to character by character. */
static const uint8_t character_descriptors[] = {HEAD(86, 2), BULK_ENDPOINTS,
                                                FUNCTIONAL(0x38, 0x00, 0x00)};

/* Device 072f:2301 with three interfaces; each is called by the text of its number plus one. */
#define MULTI_HEAD(total)                                                                          \
    18, 1, 0x00, 0x02, 0, 0, 0, 64, 0x2f, 0x07, 0x01, 0x23, 0x05, 0x01, 0, 0, 0, 1, 9, 2, total,   \
        0, 3, 1, 0, 0x80, 50
#define SLOT(number, endpoints, clock)                                                             \
    9, 4, number, 0, endpoints, 0x0b, 0, 0, (number) + 1, FUNCTIONAL_AT(clock, 0xba, 0x04, 0x02),  \
        BULK_ENDPOINTS_AT((number) + 1)
#define MULTI_BYTES (9 + 3 * (9 + 54 + 14) + 2 * 7)
static const uint8_t multi_descriptors[] = {MULTI_HEAD(MULTI_BYTES),  SLOT(0, 3, 13560),
                                            INTERRUPT_ENDPOINT_AT(4), SLOT(1, 3, 5000),
                                            INTERRUPT_ENDPOINT_AT(5), SLOT(2, 2, 5000)};
_Static_assert(sizeof multi_descriptors == 18 + MULTI_BYTES, "all of the configuration");
#define SLOTS 3
#define CONTACT 1

struct slot {
    bool present, powered, mute, parameters_set, passes_on, looked;
    int extensions, remove_after, mute_after;
    struct smart_card card;
    size_t count;
    uint8_t bytes[600];
};
enum texts { TEXTS_OWN, TEXTS_NONE, TEXTS_ALIKE };
struct reader {
    enum texts texts;
    int spoken; /* the slot whose turn it is */
    struct slot slots[SLOTS];
};

static struct slot *slot_of(struct device *device) {
    struct reader *reader = device->state;
    return &reader->slots[reader->spoken];
}

static bool is_multi(const struct device *device) {
    return device->model == &model_card_reader_multi;
}

static bool takes_tpdu(const struct device *device) {
    return device->model == &model_card_reader;
}

/* Where this slot says something: 0: nowhere. */
static uint8_t notice_endpoint(const struct device *device) {
    static const uint8_t of_multi[SLOTS] = {0x84, 0x85, 0};
    const struct reader *reader = device->state;
    return is_multi(device) ? of_multi[reader->spoken] : takes_tpdu(device) ? 0x83 : 0;
}

static void notify(struct device *device) {
    const struct slot *slot = slot_of(device);
    uint8_t endpoint = notice_endpoint(device);
    if (endpoint)
        device_send(device, endpoint, (uint8_t[]){0x50, (uint8_t)(2 | slot->present)}, 2);
}

static void reply(struct device *device, uint8_t type, uint8_t status, uint8_t error,
                  const uint8_t *data, size_t length) {
    const struct slot *slot = slot_of(device);
    uint8_t message[10 + 300] = {type, (uint8_t)length, (uint8_t)(length >> 8)};
    message[5] = slot->bytes[5];
    message[6] = slot->bytes[6];
    message[7] = status;
    message[8] = error;
    if (length)
        memcpy(message + 10, data, length);
    device_send(device, (uint8_t)(0x81 + ((struct reader *)device->state)->spoken), message,
                10 + length);
}

static uint8_t card_status(const struct slot *slot) {
    return !slot->present ? 2 : slot->powered ? 0 : 1;
}

static void power_card(struct device *device) {
    struct slot *slot = slot_of(device);
    uint8_t atr[40];
    if (!slot->present || slot->mute) {
        reply(device, 0x80, 0x40 | card_status(slot), 0xfe, NULL, 0);
        return;
    }
    slot->powered = true;
    slot->parameters_set = !takes_tpdu(device) || slot->card.kind == CARD_CONTACTLESS;
    size_t length = smart_card_reset(&slot->card, atr);
    reply(device, 0x80, 0, 0, atr, length);
}

static void take_out(struct device *device) {
    struct slot *slot = slot_of(device);
    slot->present = slot->powered = false;
    slot->remove_after = slot->mute_after = 0;
    slot->looked = false;
    notify(device);
}

/* A reader of APDUs does what a card asks for by itself. */
static size_t follow(struct slot *slot, const uint8_t *command, size_t length,
                     uint8_t answer[300]) {
    size_t got = smart_card_apdu(&slot->card, command, length, answer);
    uint8_t again[262];
    if (got == 2 && answer[0] == 0x61)
        return smart_card_apdu(&slot->card, (uint8_t[]){0, 0xc0, 0, 0, answer[1]}, 5, answer);
    if (got == 2 && answer[0] == 0x6c && length >= 5 && length <= sizeof again) {
        memcpy(again, command, length);
        again[length > 5 ? length - 1 : 4] = answer[1];
        return smart_card_apdu(&slot->card, again, length, answer);
    }
    return got;
}

static void exchange_block(struct device *device, const uint8_t *command, size_t length) {
    struct slot *slot = slot_of(device);
    if (slot->remove_after > 0 && --slot->remove_after == 0)
        take_out(device);
    if (slot->mute_after > 0 && --slot->mute_after == 0)
        slot->mute = true;
    bool ready = slot->present && slot->powered && slot->parameters_set && !slot->mute;
    if (!ready) {
        reply(device, 0x80, 0x40 | card_status(slot), 0xfe, NULL, 0);
        return;
    }
    for (int i = 0; i < slot->extensions; i++)
        reply(device, 0x80, 0x80, 1, NULL, 0);
    uint8_t answer[300];
    bool raw = takes_tpdu(device) || slot->passes_on;
    size_t got = raw ? smart_card_apdu(&slot->card, command, length, answer)
                     : follow(slot, command, length, answer);
    reply(device, 0x80, 0, 0, answer, got);
}

static void take_message(struct device *device, size_t data_length) {
    struct slot *slot = slot_of(device);
    switch (slot->bytes[0]) {
    case 0x62:
        power_card(device);
        break;
    case 0x63:
        slot->powered = false;
        reply(device, 0x81, card_status(slot), 0, NULL, 0);
        break;
    case 0x65:
        slot->looked = true;
        reply(device, 0x81, card_status(slot), 0, NULL, 0);
        break;
    case 0x61:
        slot->parameters_set = true;
        reply(device, 0x82, card_status(slot), 0, slot->bytes + 10, data_length);
        break;
    case 0x6f:
        exchange_block(device, slot->bytes + 10, data_length);
        break;
    default:
        reply(device, 0x81, 0x40 | card_status(slot), 0, NULL, 0);
        break;
    }
}

static void receive(struct device *device, uint8_t endpoint, const uint8_t *bytes, size_t length) {
    ((struct reader *)device->state)->spoken = endpoint - 1;
    struct slot *slot = slot_of(device);
    if (length > sizeof slot->bytes - slot->count)
        slot->count = 0;
    memcpy(slot->bytes + slot->count, bytes, length);
    slot->count += length;
    if (slot->count < 10)
        return;
    size_t data_length = slot->bytes[1] | (size_t)slot->bytes[2] << 8;
    if (slot->count < 10 + data_length)
        return;
    slot->count = 0;
    take_message(device, data_length);
}

static void power_on(struct device *device) {
    struct reader *reader = device->state;
    for (int i = 0; i < SLOTS; i++) {
        reader->slots[i].powered = false;
        reader->slots[i].count = 0;
    }
}

/* What its interfaces are called; nothing has a text but they. */
static int control(struct device *device, const uint8_t setup[8], uint8_t *data) {
    static const char *const own[SLOTS] = {
        "ACR1581 1S Dual Reader PICC", "ACR1581 1S Dual Reader ICC", "ACR1581 1S Dual Reader SAM"};
    const struct reader *reader = device->state;
    size_t room = setup[6] | (size_t)setup[7] << 8, index = setup[2];
    bool asks = setup[0] == 0x80 && setup[1] == 6 && setup[3] == 3;
    if (!asks || !is_multi(device) || reader->texts == TEXTS_NONE || index > SLOTS)
        return -EPIPE;
    uint8_t text[64] = {4, 3, 0x09, 0x04}; /* the languages: English */
    const char *words =
        reader->texts == TEXTS_ALIKE ? "Smart Card Reader" : own[(index - 1) % SLOTS];
    if (index > 0) {
        text[0] = (uint8_t)(2 + 2 * strlen(words));
        for (size_t i = 0; words[i]; i++) {
            text[2 + 2 * i] = (uint8_t)words[i];
            text[3 + 2 * i] = 0;
        }
    }
    size_t length = text[0] < room ? text[0] : room;
    memcpy(data, text, length);
    return (int)length;
}

static bool insert(struct device *device, const char *what) {
    struct slot *slot = slot_of(device);
    slot->mute = strcmp(what, "dead") == 0;
    if (!slot->mute && !smart_card_make(&slot->card, what))
        return false;
    slot->present = true;
    slot->powered = false;
    notify(device);
    return true;
}

static bool slot_command(struct device *device, const char *text) {
    struct slot *slot = slot_of(device);
    if (strncmp(text, "insert ", 7) == 0)
        return insert(device, text + 7);
    if (sscanf(text, "remove after %d", &slot->remove_after) == 1 ||
        sscanf(text, "mute after %d", &slot->mute_after) == 1 ||
        sscanf(text, "extension %d", &slot->extensions) == 1)
        return true;
    if (strcmp(text, "looked") == 0)
        return slot->looked;
    if (strcmp(text, "mute") == 0) {
        slot->mute = true;
        return true;
    }
    if (strcmp(text, "pass on") == 0 || strcmp(text, "pass off") == 0) {
        slot->passes_on = strcmp(text, "pass on") == 0;
        return !takes_tpdu(device);
    }
    if (strcmp(text, "remove") != 0)
        return false;
    take_out(device);
    return true;
}

static bool set_texts(struct reader *reader, const char *name) {
    static const char *const names[] = {"own", "none", "alike"};
    for (int i = 0; i < 3; i++) {
        if (strcmp(names[i], name) == 0) {
            reader->texts = (enum texts)i;
            return true;
        }
    }
    return false;
}

static bool command(struct device *device, const char *text) {
    struct reader *reader = device->state;
    int number = is_multi(device) ? CONTACT : 0, words = 0;
    if (strncmp(text, "texts ", 6) == 0)
        return is_multi(device) && set_texts(reader, text + 6);
    if (sscanf(text, "on %d %n", &number, &words) == 1 &&
        (!is_multi(device) || number < 0 || number >= SLOTS))
        return false;
    reader->spoken = number;
    return slot_command(device, text + words);
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

/* Cards are spoken to character by character: a reader that no host should have to drive. */
const struct model model_card_reader_character = {.name = "cardreader-character",
                                                  .descriptors = character_descriptors,
                                                  .descriptors_length =
                                                      sizeof character_descriptors,
                                                  .state_size = sizeof(struct reader),
                                                  .power_on = power_on,
                                                  .receive = receive,
                                                  .command = command};

const struct model model_card_reader_multi = {.name = "cardreader-multi",
                                              .descriptors = multi_descriptors,
                                              .descriptors_length = sizeof multi_descriptors,
                                              .state_size = sizeof(struct reader),
                                              .power_on = power_on,
                                              .control = control,
                                              .receive = receive,
                                              .command = command};
