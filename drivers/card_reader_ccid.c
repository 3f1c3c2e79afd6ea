/* A smart card reader (USB CCID): social security cards and contactless cards of the hospital. A
 * card is read once, when somebody waits for it; pulled at any moment it is simply gone. */
#include <stdio.h>
#include <string.h>

#include "drivers/ccid.h"
#include "drivers/social_card.h"
#include "drivers/usb_driver.h"

#define SLOTS_MAX 4
#define LOOK_MS 400 /* at slots of readers without notices, and at who waits */
#define CONFIGURATION_MAX 512
#define AUTOMATIC_PARAMETERS 0x42 /* from the ATR, or negotiated by the reader */
#define AUTOMATIC_VOLTAGE 0x08

static const struct usb_match matches[] = {{0, 0, 0x0b, 0, 0, false}};

enum slot_state { SLOT_UNKNOWN = 0, SLOT_EMPTY, SLOT_NEW, SLOT_DONE };
enum work {
    WORK_NONE = 0,
    WORK_STATUS,
    WORK_POWER,
    WORK_PARAMETERS,
    WORK_UID,
    WORK_SOCIAL,
    WORK_OFF
};

struct reader {
    struct ccid_info info;
    struct ccid_reader incoming;
    enum slot_state slots[SLOTS_MAX];
    enum work work;
    int slot, voltage;
    uint8_t sequence;
    bool abandoned; /* the card it was for has gone */
    size_t outgoing_length;
    uint8_t outgoing[CCID_MESSAGE_MAX];
    int64_t deadline_ms, looked_ms;
    bool contactless;
    struct ccid_apdu apdu;
    struct social_card card;
};

static const uint8_t none[3] = {0, 0, 0};

static void go_on(struct usb_port *port);

static void show(struct usb_port *port, const char *detail) {
    const struct reader *reader = usb_port_state(port);
    enum driver_media media = DRIVER_MEDIA_NONE;
    for (int i = 0; i < reader->info.slots; i++)
        if (reader->slots[i] == SLOT_NEW || reader->slots[i] == SLOT_DONE)
            media = DRIVER_MEDIA_PRESENT;
    usb_port_status(port, DRIVER_READY, DRIVER_SUPPLY_NOT_SUPPORTED, media, detail);
}

/* A reply may come before the end of the transfer that asked for it: then sent() tries again. */
static void send_outgoing(struct usb_port *port) {
    struct reader *reader = usb_port_state(port);
    if (reader->outgoing_length > 0 &&
        usb_port_send(port, reader->outgoing, reader->outgoing_length,
                      usb_port_limits(port)->transfer_ms))
        reader->outgoing_length = 0;
}

static void send(struct usb_port *port, enum work work, enum ccid_type type,
                 const uint8_t specific[3], const uint8_t *data, size_t length) {
    struct reader *reader = usb_port_state(port);
    reader->outgoing_length = ccid_message(type, (uint8_t)reader->slot, ++reader->sequence,
                                           specific, data, length, reader->outgoing);
    reader->work = work;
    reader->abandoned = false;
    reader->deadline_ms = usb_now_ms() + usb_port_limits(port)->stale_ms;
    send_outgoing(port);
}

static void power_on(struct usb_port *port) {
    struct reader *reader = usb_port_state(port);
    bool automatic = reader->info.features & AUTOMATIC_VOLTAGE;
    /* 5 V, then 3 V, then 1.8 V where the reader does not choose. */
    uint8_t specific[3] = {automatic ? 0 : (uint8_t)(reader->voltage + 1), 0, 0};
    send(port, WORK_POWER, CCID_POWER_ON, specific, NULL, 0);
}

/* The card is done with, read or not, until it is taken out. */
static void finish_card(struct usb_port *port, const char *detail) {
    struct reader *reader = usb_port_state(port);
    reader->slots[reader->slot] = SLOT_DONE;
    explicit_bzero(&reader->card, sizeof reader->card);
    explicit_bzero(&reader->apdu, sizeof reader->apdu);
    show(port, detail);
    send(port, WORK_OFF, CCID_POWER_OFF, none, NULL, 0);
}

static void deliver(struct usb_port *port, const struct driver_card *card) {
    struct driver_event event = {.kind = DRIVER_CARD, .of.card = *card};
    usb_port_post(port, &event);
    explicit_bzero(&event, sizeof event);
    finish_card(port, "");
}

/* Nothing can be read of it: whoever waits has to be told. */
static void refuse_card(struct usb_port *port, const char *detail) {
    struct driver_event event = {.kind = DRIVER_CARD, .of.card.kind = DRIVER_CARD_SOCIAL};
    usb_port_post(port, &event);
    finish_card(port, detail);
}

static void send_apdu(struct usb_port *port, enum work work, const uint8_t *command,
                      size_t length) {
    struct reader *reader = usb_port_state(port);
    uint8_t out[sizeof reader->apdu.command + 1];
    bool tpdu = reader->info.level == CCID_TPDU && !reader->contactless;
    size_t count = ccid_apdu_begin(&reader->apdu, tpdu, command, length, out);
    send(port, work, CCID_XFR_BLOCK, none, out, count);
}

static void next_of_social_card(struct usb_port *port) {
    struct reader *reader = usb_port_state(port);
    uint8_t command[SOCIAL_CARD_APDU_MAX];
    size_t length = social_card_next(&reader->card, command);
    struct driver_card card;
    if (length > 0)
        send_apdu(port, WORK_SOCIAL, command, length);
    else if (social_card_result(&reader->card, &card))
        deliver(port, &card);
    else
        refuse_card(port, "a card of another kind");
}

static void begin_reading(struct usb_port *port) {
    struct reader *reader = usb_port_state(port);
    if (reader->contactless) {
        send_apdu(port, WORK_UID, (const uint8_t[]){0xff, 0xca, 0, 0, 0}, 5);
        return;
    }
    reader->card = (struct social_card){0};
    next_of_social_card(port);
}

/* T=0 with what the ATR says about speed: TA1, else the default. */
static void set_parameters(struct usb_port *port, const uint8_t *atr, size_t length) {
    bool has_ta1 = length > 2 && atr[1] & 0x10;
    uint8_t parameters[5] = {has_ta1 ? atr[2] : 0x11, 0, 0, 10, 0};
    send(port, WORK_PARAMETERS, CCID_SET_PARAMETERS, none, parameters, sizeof parameters);
}

static void take_atr(struct usb_port *port, const struct ccid_reply *reply) {
    struct reader *reader = usb_port_state(port);
    if (reply->result != CCID_OK) {
        bool again = !(reader->info.features & AUTOMATIC_VOLTAGE) && ++reader->voltage < 3;
        if (again)
            power_on(port);
        else
            refuse_card(port, "the card does not answer");
        return;
    }
    reader->contactless = atr_is_contactless(reply->data, reply->length);
    if (!reader->contactless && !(reader->info.features & AUTOMATIC_PARAMETERS))
        set_parameters(port, reply->data, reply->length);
    else
        begin_reading(port);
}

static void take_uid(struct usb_port *port) {
    const struct reader *reader = usb_port_state(port);
    struct driver_card card = {.kind = DRIVER_CARD_CONTACTLESS};
    size_t length = reader->apdu.answer_length;
    if (reader->apdu.status != 0x9000 || length < 4 || length > 10) {
        refuse_card(port, "a card of another kind");
        return;
    }
    for (size_t i = 0; i < length; i++)
        snprintf(card.number + 2 * i, 3, "%02X", reader->apdu.answer[i]);
    deliver(port, &card);
}

static void take_block(struct usb_port *port, const struct ccid_reply *reply) {
    struct reader *reader = usb_port_state(port);
    uint8_t out[sizeof reader->apdu.command + 1];
    if (reply->result != CCID_OK) {
        refuse_card(port, "the card does not answer");
        return;
    }
    size_t length = ccid_apdu_answer(&reader->apdu, reply->data, reply->length, out);
    if (length > 0) {
        send(port, reader->work, CCID_XFR_BLOCK, none, out, length);
    } else if (reader->work == WORK_UID) {
        take_uid(port);
    } else {
        social_card_answer(&reader->card, reader->apdu.answer, reader->apdu.answer_length,
                           reader->apdu.status);
        next_of_social_card(port);
    }
}

static void set_present(struct usb_port *port, int slot, bool present) {
    struct reader *reader = usb_port_state(port);
    enum slot_state *state = &reader->slots[slot];
    if (!present)
        *state = SLOT_EMPTY;
    else if (*state == SLOT_EMPTY || *state == SLOT_UNKNOWN)
        *state = SLOT_NEW;
    show(port, "");
}

/* A reply to what was asked. */
static void take_reply(struct usb_port *port, const struct ccid_reply *reply) {
    struct reader *reader = usb_port_state(port);
    enum work work = reader->work;
    bool absent = reply->card == CCID_CARD_ABSENT;
    reader->work = WORK_NONE;
    if (reader->abandoned)
        return;
    if (absent) { /* pulled: whatever was read of it is forgotten */
        explicit_bzero(&reader->card, sizeof reader->card);
        set_present(port, reader->slot, false);
        return;
    }
    switch (work) {
    case WORK_STATUS:
        set_present(port, reader->slot, reply->card != CCID_CARD_UNKNOWN);
        break;
    case WORK_POWER:
        take_atr(port, reply);
        break;
    case WORK_PARAMETERS: /* a reader that refuses knows better */
        begin_reading(port);
        break;
    case WORK_UID:
    case WORK_SOCIAL:
        reader->work = work;
        take_block(port, reply);
        break;
    case WORK_OFF:
    case WORK_NONE:
        break;
    }
}

static void heard(struct usb_port *port, const uint8_t *bytes, size_t length) {
    struct reader *reader = usb_port_state(port);
    struct ccid_reply reply;
    switch (ccid_read(&reader->incoming, bytes, length, &reply)) {
    case CCID_NOTHING:
        return;
    case CCID_BROKEN:
        return; /* the deadline decides */
    case CCID_REPLY:
        break;
    }
    usb_port_alive(port);
    if (reader->work == WORK_NONE || reply.sequence != reader->sequence ||
        reply.slot != reader->slot)
        return;
    if (reply.result == CCID_TIME_EXTENSION)
        reader->deadline_ms = usb_now_ms() + usb_port_limits(port)->stale_ms;
    else
        take_reply(port, &reply);
    go_on(port);
}

static void noticed(struct usb_port *port, const uint8_t *bytes, size_t length) {
    struct reader *reader = usb_port_state(port);
    for (int i = 0; i < reader->info.slots; i++) {
        bool present;
        if (!ccid_notice(bytes, length, i, &present))
            continue;
        set_present(port, i, false); /* also another card, put in since */
        reader->abandoned = reader->abandoned || i == reader->slot;
        if (present)
            set_present(port, i, true);
    }
    go_on(port);
}

static bool wants_look(struct usb_port *port) {
    const struct reader *reader = usb_port_state(port);
    int64_t since = usb_now_ms() - reader->looked_ms;
    for (int i = 0; i < reader->info.slots; i++)
        if (reader->slots[i] == SLOT_UNKNOWN)
            return true;
    return since >= (usb_port_has_notices(port) ? usb_port_limits(port)->poll_ms : LOOK_MS);
}

/* A new card that somebody waits for; -1: none. */
static int slot_to_read(struct usb_port *port) {
    const struct reader *reader = usb_port_state(port);
    for (int i = 0; usb_port_armed(port) && i < reader->info.slots; i++)
        if (reader->slots[i] == SLOT_NEW)
            return i;
    return -1;
}

static void look(struct usb_port *port) {
    struct reader *reader = usb_port_state(port);
    reader->slot = (reader->slot + 1) % reader->info.slots;
    for (int i = 0; i < reader->info.slots; i++)
        if (reader->slots[i] == SLOT_UNKNOWN)
            reader->slot = i;
    reader->looked_ms = usb_now_ms();
    send(port, WORK_STATUS, CCID_GET_SLOT_STATUS, none, NULL, 0);
}

static void go_on(struct usb_port *port) {
    struct reader *reader = usb_port_state(port);
    if (reader->info.slots == 0)
        return; /* it has not described itself yet, or cannot be used */
    if (reader->work == WORK_NONE) {
        int slot = slot_to_read(port);
        if (slot >= 0) {
            reader->slot = slot;
            reader->voltage = 0;
            power_on(port);
        } else if (wants_look(port)) {
            look(port);
        }
    }
    int64_t left = reader->deadline_ms - usb_now_ms();
    usb_port_timer(port, reader->work == WORK_NONE ? LOOK_MS : left > 0 ? (int)left : 1);
}

static void sent(struct usb_port *port, size_t length) {
    (void)length;
    send_outgoing(port);
    go_on(port);
}

static void timer(struct usb_port *port) {
    struct reader *reader = usb_port_state(port);
    if (reader->work != WORK_NONE && usb_now_ms() >= reader->deadline_ms) {
        usb_port_drop(port, "does not answer");
        return;
    }
    go_on(port);
}

static void start(struct usb_port *port) {
    usb_port_status(port, DRIVER_DEVICE_UNKNOWN, DRIVER_SUPPLY_NOT_SUPPORTED, DRIVER_MEDIA_UNKNOWN,
                    "asking");
    usb_port_control(port, 0, 0x80, 6, 0x0200, 0, NULL, CONFIGURATION_MAX);
}

static void answered(struct usb_port *port, int tag, const uint8_t *bytes, int length) {
    struct reader *reader = usb_port_state(port);
    (void)tag;
    bool known = length > 0 && ccid_describe(bytes, (size_t)length, &reader->info);
    if (!known || reader->info.level == CCID_CHARACTER) {
        reader->info.slots = 0;
        usb_port_status(port, DRIVER_FAULT, DRIVER_SUPPLY_NOT_SUPPORTED, DRIVER_MEDIA_UNKNOWN,
                        known ? "a reader of single characters is not supported"
                              : "no CCID descriptor");
        return;
    }
    if (reader->info.slots > SLOTS_MAX)
        reader->info.slots = SLOTS_MAX;
    go_on(port);
}

static void stop(struct usb_port *port) {
    struct reader *reader = usb_port_state(port);
    explicit_bzero(reader, sizeof *reader);
}

const struct usb_driver card_reader_ccid = {.name = "card-reader-ccid",
                                            .role = DRIVER_CARD_READER,
                                            .matches = matches,
                                            .match_count = sizeof matches / sizeof *matches,
                                            .state_size = sizeof(struct reader),
                                            .polls = true,
                                            .start = start,
                                            .heard = heard,
                                            .noticed = noticed,
                                            .sent = sent,
                                            .answered = answered,
                                            .timer = timer,
                                            .stop = stop};
