/* A smart card reader (USB CCID) for social security cards and contactless cards of the hospital. A
 * card is read once, while the program waits for one; what was read of a card that is pulled out is
 * forgotten. */
#include <string.h>

#include "drivers/card/ccid.h"
#include "drivers/card/ccid_place.h"
#include "drivers/card/talk.h"
#include "drivers/usb/driver.h"

#define SLOTS_MAX 4
#define LOOK_MS 400   /* between looks at the slots of a reader without notices */
#define CARD_MS 15000 /* the longest time for one card, whatever extensions it asks for */
#define CONFIGURATION_USUAL 512
#define STRING_MAX 255
#define LANGUAGE_ENGLISH 0x0409

static const struct usb_match matches[] = {{0, 0, 0x0b, 0, 0, false}};

enum { TAG_CONFIGURATION, TAG_WHOLE_CONFIGURATION, TAG_TEXT };

enum slot_state {
    SLOT_UNKNOWN = 0,
    SLOT_EMPTY,
    SLOT_FIRST, /* present when the reader was found, not read yet */
    SLOT_NEW,
    SLOT_DONE, /* read or refused; not read again until it is taken out */
    SLOT_FIXED /* present at the start: a security module, not a patient's card */
};
enum work {
    WORK_NONE = 0,
    WORK_STATUS,
    WORK_POWER,
    WORK_PARAMETERS,
    WORK_BLOCK,
    WORK_OFF,
    WORK_WAIT,
    WORK_COUNT
};

struct reader {
    bool known; /* `info` is, and it can be used */
    struct ccid_info info;
    struct ccid_reader incoming;
    enum slot_state slots[SLOTS_MAX];
    enum work work;
    int slot, voltage;
    uint8_t sequence;
    bool abandoned; /* the card that was asked is gone */
    size_t outgoing_length;
    uint8_t outgoing[CCID_MESSAGE_MAX];
    int64_t deadline_ms, card_deadline_ms, looked_ms;
    const char *detail;
    struct atr atr;
    struct card_talk talk;
};

static const uint8_t none[3] = {0, 0, 0};

static void reader_go_on(struct usb_port *port);

static void show_slots(struct usb_port *port) {
    const struct reader *reader = usb_port_state(port);
    enum media_word media = MEDIA_NONE;
    for (int i = 0; i < reader->info.slots; i++)
        if (reader->slots[i] >= SLOT_FIRST && reader->slots[i] <= SLOT_DONE)
            media = MEDIA_PRESENT;
    usb_port_status(port, DEVICE_READY, SUPPLY_NOT_SUPPORTED, media,
                    reader->detail ? reader->detail : "");
}

/* Sends the next message. The reply may come before the transfer that asked for it has ended; then
 * sent() sends. */
static void send_outgoing(struct usb_port *port) {
    struct reader *reader = usb_port_state(port);
    if (reader->outgoing_length > 0 &&
        usb_port_send(port, reader->outgoing, reader->outgoing_length,
                      usb_port_limits(port)->transfer_ms))
        reader->outgoing_length = 0;
}

static void send_message(struct usb_port *port, enum work work, enum ccid_type type,
                         const uint8_t specific[3], const uint8_t *data, size_t length) {
    struct reader *reader = usb_port_state(port);
    reader->outgoing_length = ccid_message(type, (uint8_t)reader->slot, ++reader->sequence,
                                           specific, data, length, reader->outgoing);
    reader->work = work;
    reader->abandoned = false;
    reader->deadline_ms = usb_now_ms() + usb_port_limits(port)->stale_ms;
    send_outgoing(port);
}

/* --- one card -------------------------------------------------------------------------------- */

/* Powers the card by the next voltage that the reader has, 5, 3, 1.8 V; false when all were tried.
 */
static bool next_voltage(struct reader *reader) {
    do
        reader->voltage++;
    while (reader->voltage <= 3 && reader->info.voltages &&
           !(reader->info.voltages >> (reader->voltage - 1) & 1));
    return reader->voltage <= 3;
}

static void power_on(struct usb_port *port) {
    const struct reader *reader = usb_port_state(port);
    uint8_t specific[3] = {(uint8_t)reader->voltage, 0, 0};
    send_message(port, WORK_POWER, CCID_POWER_ON, specific, NULL, 0);
}

static void begin_card(struct usb_port *port, int slot) {
    struct reader *reader = usb_port_state(port);
    reader->slot = slot;
    reader->voltage = 0;
    reader->card_deadline_ms = usb_now_ms() + CARD_MS;
    if (!(reader->info.features & CCID_AUTO_VOLTAGE))
        next_voltage(reader);
    power_on(port);
}

static void forget_card(struct reader *reader) {
    explicit_bzero(&reader->talk, sizeof reader->talk);
    explicit_bzero(&reader->incoming, sizeof reader->incoming);
}

static void end_card(struct usb_port *port, enum slot_state state, const char *detail) {
    struct reader *reader = usb_port_state(port);
    reader->slots[reader->slot] = state;
    reader->detail = detail;
    forget_card(reader);
    show_slots(port);
    send_message(port, WORK_OFF, CCID_POWER_OFF, none, NULL, 0);
}

static void deliver_card(struct usb_port *port) {
    struct reader *reader = usb_port_state(port);
    struct driver_event event = {.kind = DRIVER_CARD, .of.card = reader->talk.card};
    usb_port_post(port, &event);
    explicit_bzero(&event, sizeof event);
    end_card(port, SLOT_DONE, "");
}

/* The card cannot be read; the patient is told. */
static void refuse_card(struct usb_port *port, const char *detail) {
    const struct reader *reader = usb_port_state(port);
    struct driver_event event = {.kind = DRIVER_CARD, .of.card.kind = DRIVER_CARD_SOCIAL};
    if (reader->slots[reader->slot] == SLOT_FIRST) {
        end_card(port, SLOT_FIXED, "");
        return;
    }
    usb_port_post(port, &event);
    end_card(port, SLOT_DONE, detail);
}

static void talk_on(struct usb_port *port, const uint8_t *answer, size_t answer_length) {
    struct reader *reader = usb_port_state(port);
    uint8_t block[T0_BLOCK_MAX];
    size_t length;
    switch (card_talk_next(&reader->talk, answer, answer_length, block, &length)) {
    case TALK_SEND:
        send_message(port, WORK_BLOCK, CCID_XFR_BLOCK, none, block, length);
        break;
    case TALK_WAIT:
        reader->work = WORK_WAIT;
        reader->deadline_ms = usb_now_ms() + LOOK_MS;
        break;
    case TALK_KNOWN:
        deliver_card(port);
        break;
    case TALK_UNKNOWN:
        refuse_card(port, "a card of another kind");
        break;
    }
    explicit_bzero(block, sizeof block);
}

static void begin_talk(struct usb_port *port) {
    struct reader *reader = usb_port_state(port);
    card_talk_begin(&reader->talk, &reader->atr, reader->info.level == CCID_TPDU,
                    usb_port_binding(port)->uid_form);
    talk_on(port, NULL, 0);
}

static void take_atr(struct usb_port *port, const struct ccid_reply *reply) {
    struct reader *reader = usb_port_state(port);
    uint32_t features = reader->info.features;
    if (reply->result != CCID_OK) {
        if (!(features & CCID_AUTO_VOLTAGE) && next_voltage(reader))
            power_on(port);
        else
            refuse_card(port, ccid_error_words(reply->error));
    } else if (!atr_parse(reply->data, reply->length, &reader->atr)) {
        refuse_card(port, "the card's answer to reset is wrong");
    } else if (reader->info.level == CCID_TPDU && !reader->atr.t0 && !reader->atr.contactless) {
        refuse_card(port, "a card of T=1 only");
    } else if (!reader->atr.contactless && reader->atr.t0 &&
               !(features & (CCID_AUTO_FROM_ATR | CCID_AUTO_NEGOTIATION))) {
        uint8_t parameters[5];
        atr_t0_parameters(&reader->atr, features & CCID_AUTO_PPS, parameters);
        send_message(port, WORK_PARAMETERS, CCID_SET_PARAMETERS, none, parameters,
                     sizeof parameters);
    } else {
        begin_talk(port);
    }
}

static void take_block(struct usb_port *port, const struct ccid_reply *reply) {
    if (reply->result == CCID_OK && reply->length > 0)
        talk_on(port, reply->data, reply->length);
    else
        refuse_card(port, ccid_error_words(reply->error));
}

/* --- slots ----------------------------------------------------------------------------------- */

static void set_present(struct usb_port *port, int slot, bool present) {
    struct reader *reader = usb_port_state(port);
    enum slot_state *state = &reader->slots[slot];
    if (!present && *state != SLOT_EMPTY) {
        *state = SLOT_EMPTY;
        reader->detail = "";
    } else if (present && *state == SLOT_UNKNOWN) {
        *state = SLOT_FIRST;
    } else if (present && *state == SLOT_EMPTY) {
        *state = SLOT_NEW;
    }
    show_slots(port);
}

/* Takes the reply to the present work. */
static void take_reply(struct usb_port *port, const struct ccid_reply *reply) {
    struct reader *reader = usb_port_state(port);
    enum work work = reader->work;
    reader->work = WORK_NONE;
    if (reader->abandoned)
        return;
    if (reply->card == CCID_CARD_ABSENT) { /* pulled out: what was read of it is forgotten */
        forget_card(reader);
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
    case WORK_PARAMETERS: /* refused or not: some readers set them by themselves */
        begin_talk(port);
        break;
    case WORK_BLOCK:
        take_block(port, reply);
        break;
    case WORK_OFF:
    case WORK_WAIT:
    case WORK_NONE:
    case WORK_COUNT:
        break;
    }
}

/* True for the reply to the present message. Type, sequence and slot must all fit: after a
 * reopening a late reply to an earlier message may come. */
static bool is_answer(const struct reader *reader, const struct ccid_reply *reply) {
    static const uint8_t types[WORK_COUNT] = {[WORK_STATUS] = CCID_SLOT_STATUS,
                                              [WORK_POWER] = CCID_DATA_BLOCK,
                                              [WORK_PARAMETERS] = CCID_PARAMETERS,
                                              [WORK_BLOCK] = CCID_DATA_BLOCK,
                                              [WORK_OFF] = CCID_SLOT_STATUS};
    return types[reader->work] == reply->type && reply->sequence == reader->sequence &&
           reply->slot == reader->slot;
}

static void heard(struct usb_port *port, const uint8_t *bytes, size_t length) {
    struct reader *reader = usb_port_state(port);
    struct ccid_reply reply;
    switch (ccid_read(&reader->incoming, bytes, length, &reply)) {
    case CCID_NOTHING:
        return;
    case CCID_BROKEN:
        return; /* the deadline ends the wait */
    case CCID_REPLY:
        break;
    }
    usb_port_alive(port);
    if (!is_answer(reader, &reply))
        return;
    bool in_time = usb_now_ms() < reader->card_deadline_ms;
    if (reply.result == CCID_TIME_EXTENSION && in_time)
        reader->deadline_ms = usb_now_ms() + usb_port_limits(port)->stale_ms;
    else if (reply.result == CCID_TIME_EXTENSION)
        usb_port_drop(port, "a card takes too long");
    else
        take_reply(port, &reply);
    reader_go_on(port);
}

static void noticed(struct usb_port *port, const uint8_t *bytes, size_t length) {
    struct reader *reader = usb_port_state(port);
    for (int i = 0; i < reader->info.slots; i++) {
        bool present, busy = reader->work != WORK_NONE && i == reader->slot;
        if (reader->slots[i] == SLOT_UNKNOWN || !ccid_notice(bytes, length, i, &present))
            continue; /* its state comes from the first look */
        if (present && reader->slots[i] == SLOT_FIRST && !busy)
            continue;                /* some readers announce at the start what is in them */
        set_present(port, i, false); /* it may be another card by now */
        reader->abandoned = reader->abandoned || i == reader->slot;
        if (present)
            set_present(port, i, true);
    }
    reader_go_on(port);
}

static bool wants_look(struct usb_port *port) {
    const struct reader *reader = usb_port_state(port);
    int64_t since = usb_now_ms() - reader->looked_ms;
    for (int i = 0; i < reader->info.slots; i++)
        if (reader->slots[i] == SLOT_UNKNOWN)
            return true;
    return since >= (usb_port_has_notices(port) ? usb_port_limits(port)->poll_ms : LOOK_MS);
}

/* The slot of a card that is to be read now; -1: none. */
static int slot_to_read(struct usb_port *port) {
    const struct reader *reader = usb_port_state(port);
    for (int i = 0; usb_port_armed(port) && i < reader->info.slots; i++)
        if (reader->slots[i] == SLOT_NEW || reader->slots[i] == SLOT_FIRST)
            return i;
    return -1;
}

static void look_for_card(struct usb_port *port) {
    struct reader *reader = usb_port_state(port);
    reader->slot = (reader->slot + 1) % reader->info.slots;
    for (int i = 0; i < reader->info.slots; i++)
        if (reader->slots[i] == SLOT_UNKNOWN)
            reader->slot = i;
    reader->looked_ms = usb_now_ms();
    reader->card_deadline_ms = reader->looked_ms + CARD_MS;
    send_message(port, WORK_STATUS, CCID_GET_SLOT_STATUS, none, NULL, 0);
}

static void reader_go_on(struct usb_port *port) {
    struct reader *reader = usb_port_state(port);
    if (!reader->known)
        return; /* no descriptor yet, or an unusable one */
    if (reader->work == WORK_NONE) {
        int slot = slot_to_read(port);
        if (slot >= 0)
            begin_card(port, slot);
        else if (wants_look(port))
            look_for_card(port);
    }
    int64_t left = reader->deadline_ms - usb_now_ms();
    usb_port_timer(port, reader->work == WORK_NONE ? LOOK_MS : left > 0 ? (int)left : 1);
}

static void sent(struct usb_port *port, size_t length) {
    (void)length;
    send_outgoing(port);
    reader_go_on(port);
}

static void timer(struct usb_port *port) {
    struct reader *reader = usb_port_state(port);
    bool late = reader->work != WORK_NONE && usb_now_ms() >= reader->deadline_ms;
    if (late && (reader->work != WORK_WAIT || usb_now_ms() >= reader->card_deadline_ms)) {
        usb_port_drop(port, "does not answer");
        return;
    }
    if (late)
        talk_on(port, NULL, 0);
    reader_go_on(port);
}

static void start(struct usb_port *port) {
    usb_port_status(port, DEVICE_UNKNOWN, SUPPLY_NOT_SUPPORTED, MEDIA_UNKNOWN, "asking");
    usb_port_control(port, TAG_CONFIGURATION, 0x80, 6, 0x0200, 0, NULL, CONFIGURATION_USUAL);
}

/* It is none that can be used. */
static void refuse_reader(struct usb_port *port, const char *words) {
    if (usb_port_not_mine(port, words))
        return;
    usb_port_status(port, DEVICE_FAULT, SUPPLY_NOT_SUPPORTED, MEDIA_UNKNOWN, words);
}

static void use_reader(struct usb_port *port, enum ccid_place place) {
    struct reader *reader = usb_port_state(port);
    if (!usb_port_mine(port, (int)place))
        return;
    reader->known = true;
    reader_go_on(port);
}

static void take_configuration(struct usb_port *port, const uint8_t *bytes, int length) {
    struct reader *reader = usb_port_state(port);
    bool named = usb_port_binding(port)->interface_given;
    bool described =
        length > 0 && ccid_describe(bytes, (size_t)length, usb_port_interface(port), &reader->info);
    if (reader->info.slots > SLOTS_MAX)
        reader->info.slots = SLOTS_MAX;
    if (!described)
        refuse_reader(port, "no CCID descriptor");
    else if (reader->info.level == CCID_CHARACTER)
        refuse_reader(port, "a reader of single characters is not supported");
    else if (!named && reader->info.interfaces > 1 && reader->info.text)
        usb_port_control(port, TAG_TEXT, 0x80, 6, (uint16_t)(0x0300 | reader->info.text),
                         LANGUAGE_ENGLISH, NULL, STRING_MAX);
    else
        use_reader(port, ccid_place_of_info(&reader->info));
}

/* What its interface is called, when the device has several; length -1: it would not say. */
static void take_interface_text(struct usb_port *port, const uint8_t *bytes, int length) {
    const struct reader *reader = usb_port_state(port);
    enum ccid_place place =
        length > 0 ? ccid_place_of_text(bytes, (size_t)length) : CCID_PLACE_UNKNOWN;
    if (place == CCID_PLACE_MODULE)
        refuse_reader(port, "a slot for security modules");
    else
        use_reader(port, place == CCID_PLACE_UNKNOWN ? ccid_place_of_info(&reader->info) : place);
}

static void answered(struct usb_port *port, int tag, const uint8_t *bytes, int length) {
    bool more = length == CONFIGURATION_USUAL && (bytes[2] | bytes[3] << 8) > length;
    if (tag == TAG_TEXT)
        take_interface_text(port, bytes, length);
    else if (tag == TAG_CONFIGURATION && more)
        usb_port_control(port, TAG_WHOLE_CONFIGURATION, 0x80, 6, 0x0200, 0, NULL, USB_CONTROL_MAX);
    else
        take_configuration(port, bytes, length);
}

static void stop(struct usb_port *port) {
    struct reader *reader = usb_port_state(port);
    explicit_bzero(reader, sizeof *reader);
}

const struct usb_driver card_reader_ccid = {.name = "card-reader-ccid",
                                            .role = ROLE_CARD_READER,
                                            .matches = matches,
                                            .match_count = sizeof matches / sizeof *matches,
                                            .state_size = sizeof(struct reader),
                                            .proves = true,
                                            .polls = true,
                                            .start = start,
                                            .heard = heard,
                                            .noticed = noticed,
                                            .sent = sent,
                                            .answered = answered,
                                            .timer = timer,
                                            .stop = stop};
