/* A reader of second-generation ID cards (SDT), over bulk or as HID reports. It is asked for a card
 * only while somebody waits; a card that was read is not found again until it was lifted. */
#include <string.h>

#include "drivers/id_card.h"
#include "drivers/sdt.h"
#include "drivers/usb_driver.h"

#define FIND_MS 300
#define HID_REPORT_BYTES 64
#define CLASS_HID 3
#define TRIES_MAX 3

static const struct usb_match matches[] = {
    {0x0400, 0xc35a, USB_ANY, USB_ANY, USB_ANY, false},
    {0x0316, 0x5020, USB_ANY, USB_ANY, USB_ANY, false},
    {0x0483, 0x5750, USB_ANY, USB_ANY, USB_ANY, true}, /* also many other makers' boards */
    {0x28e9, 0x028a, USB_ANY, USB_ANY, USB_ANY, true},
    {0x0425, 0x8159, CLASS_HID, USB_ANY, USB_ANY, false},
    {0x2b8b, 0x2721, CLASS_HID, USB_ANY, USB_ANY, false},
    {0, 0, 0xff, USB_ANY, USB_ANY, true}};

enum asked { ASKED_NOTHING = 0, ASKED_STATUS, ASKED_FIND, ASKED_SELECT, ASKED_READ };

struct reader {
    struct sdt_reader incoming;
    enum asked asked;
    int64_t deadline_ms, status_ms;
    int failures; /* of this card, in a row */
    size_t outgoing_length;
    uint8_t outgoing[HID_REPORT_BYTES];
};

static void show(struct usb_port *port, enum driver_device device, enum driver_media media,
                 const char *detail) {
    usb_port_status(port, device, DRIVER_SUPPLY_NOT_SUPPORTED, media, detail);
}

/* A reply may come before the end of the transfer that asked for it: then sent() tries again. */
static void send_outgoing(struct usb_port *port) {
    struct reader *reader = usb_port_state(port);
    if (reader->outgoing_length > 0 &&
        usb_port_send(port, reader->outgoing, reader->outgoing_length,
                      usb_port_limits(port)->transfer_ms))
        reader->outgoing_length = 0;
}

static void ask(struct usb_port *port, enum asked what) {
    static const enum sdt_command commands[] = {[ASKED_STATUS] = SDT_STATUS,
                                                [ASKED_FIND] = SDT_FIND,
                                                [ASKED_SELECT] = SDT_SELECT,
                                                [ASKED_READ] = SDT_READ};
    struct reader *reader = usb_port_state(port);
    memset(reader->outgoing, 0, sizeof reader->outgoing);
    sdt_command(commands[what], reader->outgoing);
    reader->outgoing_length =
        usb_port_class(port) == CLASS_HID ? HID_REPORT_BYTES : SDT_COMMAND_BYTES;
    reader->asked = what;
    reader->deadline_ms = usb_now_ms() + usb_port_limits(port)->stale_ms;
    sdt_reader_reset(&reader->incoming);
    send_outgoing(port);
    usb_port_timer(port, usb_port_limits(port)->stale_ms);
}

static void rest(struct usb_port *port) {
    struct reader *reader = usb_port_state(port);
    reader->asked = ASKED_NOTHING;
    usb_port_timer(port, FIND_MS);
}

static void take_status(struct usb_port *port, uint8_t word) {
    struct reader *reader = usb_port_state(port);
    reader->status_ms = usb_now_ms();
    if (word == SDT_OK)
        show(port, DRIVER_READY, DRIVER_MEDIA_NONE, "");
    else
        show(port, DRIVER_FAULT, DRIVER_MEDIA_UNKNOWN, sdt_words(word));
    rest(port);
}

static void fail(struct usb_port *port, const char *why) {
    struct reader *reader = usb_port_state(port);
    if (++reader->failures >= TRIES_MAX)
        show(port, DRIVER_READY, DRIVER_MEDIA_PRESENT, why);
    rest(port);
}

static void take_card(struct usb_port *port, const struct sdt_reply *reply) {
    struct reader *reader = usb_port_state(port);
    struct driver_event event = {.kind = DRIVER_CARD};
    const uint8_t *text = id_card_text(reply->data, reply->length);
    if (reply->word != SDT_OK || !text || !id_card_read(text, &event.of.card)) {
        fail(port, reply->word == SDT_OK ? "no valid number on the card" : sdt_words(reply->word));
    } else {
        reader->failures = 0;
        show(port, DRIVER_READY, DRIVER_MEDIA_PRESENT, "");
        usb_port_post(port, &event);
        rest(port);
    }
    explicit_bzero(&event, sizeof event);
    sdt_reader_reset(&reader->incoming);
}

static void take_reply(struct usb_port *port, const struct sdt_reply *reply) {
    struct reader *reader = usb_port_state(port);
    switch (reader->asked) {
    case ASKED_STATUS:
        take_status(port, reply->word);
        break;
    case ASKED_FIND:
        if (reply->word == SDT_FOUND) {
            ask(port, ASKED_SELECT);
            break;
        }
        reader->failures = 0;
        show(port, DRIVER_READY, DRIVER_MEDIA_NONE, "");
        rest(port);
        break;
    case ASKED_SELECT:
        if (reply->word == SDT_OK)
            ask(port, ASKED_READ);
        else
            fail(port, sdt_words(reply->word));
        break;
    case ASKED_READ:
        take_card(port, reply);
        break;
    case ASKED_NOTHING:
        break;
    }
}

static void heard(struct usb_port *port, const uint8_t *bytes, size_t length) {
    struct reader *reader = usb_port_state(port);
    struct sdt_reply reply;
    if (reader->asked == ASKED_NOTHING)
        return; /* nobody asked: padding, or an answer that came too late */
    switch (sdt_read(&reader->incoming, bytes, length, &reply)) {
    case SDT_NOTHING:
        break;
    case SDT_BROKEN:
        fail(port, "a broken reply");
        break;
    case SDT_REPLY:
        usb_port_alive(port);
        take_reply(port, &reply);
        break;
    }
}

static void timer(struct usb_port *port) {
    struct reader *reader = usb_port_state(port);
    int64_t now = usb_now_ms();
    if (reader->asked != ASKED_NOTHING) {
        if (now >= reader->deadline_ms)
            usb_port_drop(port, "does not answer");
        return;
    }
    bool asked_long_ago = now - reader->status_ms >= usb_port_limits(port)->poll_ms;
    if (reader->status_ms == 0 || (asked_long_ago && !usb_port_armed(port)))
        ask(port, ASKED_STATUS);
    else if (usb_port_armed(port))
        ask(port, ASKED_FIND);
    else
        rest(port);
}

static void sent(struct usb_port *port, size_t length) {
    (void)length;
    send_outgoing(port);
}

static void start(struct usb_port *port) {
    show(port, DRIVER_DEVICE_UNKNOWN, DRIVER_MEDIA_UNKNOWN, "asking");
    ask(port, ASKED_STATUS);
}

static void stop(struct usb_port *port) {
    struct reader *reader = usb_port_state(port);
    explicit_bzero(reader, sizeof *reader);
}

const struct usb_driver id_reader_sdt = {.name = "id-reader-sdt",
                                         .role = DRIVER_ID_READER,
                                         .matches = matches,
                                         .match_count = sizeof matches / sizeof *matches,
                                         .state_size = sizeof(struct reader),
                                         .polls = true,
                                         .start = start,
                                         .heard = heard,
                                         .sent = sent,
                                         .timer = timer,
                                         .stop = stop};
