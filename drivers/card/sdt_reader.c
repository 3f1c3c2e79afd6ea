/* An ID card reader (SDT / SAM_V, devices.md A) on two bulk endpoints, or as a HID device with
 * reports of 64 bytes. While the program waits for a card the reader is asked to find, select and
 * read one. Only name and number leave this file; nothing else of the person is kept. The host
 * always listens, so no pause is needed before an answer is fetched. */
#include <stdio.h>
#include <string.h>

#include "drivers/card/id_card.h"
#include "drivers/usb/driver.h"

#define QUIET_MS 50 /* after opening, so that answers to an earlier owner pass */
#define FIND_MS 300
#define READ_FACTOR 2 /* how many times longer than others the answer to a reading may take */
#define FAILURES_MAX 3
#define HID_REPORT_BYTES 64
#define CLASS_HID 3
#define CLASS_VENDOR 0xff

/* Known ids of readers; others are named in the configuration. */
static const struct usb_match matches[] = {{0x0400, 0xc35a, USB_ANY, USB_ANY, USB_ANY, false},
                                           {0x0316, 0x5020, USB_ANY, USB_ANY, USB_ANY, false},
                                           {0x2b19, 0x0200, USB_ANY, USB_ANY, USB_ANY, false},
                                           {0x2015, 0x0008, USB_ANY, USB_ANY, USB_ANY, false},
                                           {0x9573, 0x4836, USB_ANY, USB_ANY, USB_ANY, false},
                                           {0x0425, 0x8159, CLASS_HID, USB_ANY, USB_ANY, false},
                                           {0x2b8b, 0x2721, CLASS_HID, USB_ANY, USB_ANY, false},
                                           {0x0483, 0x5750, USB_ANY, USB_ANY, USB_ANY,
                                            true}, /* many other makers' boards have this id too */
                                           {0x28e9, 0x028a, USB_ANY, USB_ANY, USB_ANY, true},
                                           {0x10c4, 0x8a1b, USB_ANY, USB_ANY, USB_ANY, true},
                                           {0, 0, CLASS_VENDOR, USB_ANY, USB_ANY, true},
                                           {0, 0, CLASS_HID, USB_ANY, USB_ANY, true}};

enum step {
    STEP_QUIET = 0,
    STEP_STATUS, /* asks for the state of the security module */
    STEP_SAM_ID,
    STEP_WAIT, /* asks for nothing until the timer */
    STEP_FIND,
    STEP_SELECT,
    STEP_READ
};

struct reader {
    enum step step;
    bool out_busy, ask_due;
    bool no_status; /* it lacks the command: the answer with its module's number stands for one */
    int failures;   /* in a row of one card */
    int64_t status_ms;
    enum media_word media;
    char sam_id[52];
    struct sdt_reader frames;
};

static void show_reader(struct usb_port *port, enum device_word device, const char *detail) {
    const struct reader *reader = usb_port_state(port);
    usb_port_status(port, device, SUPPLY_NOT_SUPPORTED, reader->media, detail);
}

static void wait_for_card(struct usb_port *port) {
    struct reader *reader = usb_port_state(port);
    reader->step = STEP_WAIT;
    usb_port_timer(port, FIND_MS);
}

/* --- asking ----------------------------------------------------------------------------------- */

static void send_command(struct usb_port *port) {
    static const enum sdt_command commands[] = {[STEP_STATUS] = SDT_STATUS,
                                                [STEP_SAM_ID] = SDT_SAM_ID,
                                                [STEP_FIND] = SDT_FIND,
                                                [STEP_SELECT] = SDT_SELECT,
                                                [STEP_READ] = SDT_READ};
    struct reader *reader = usb_port_state(port);
    uint8_t bytes[HID_REPORT_BYTES] = {0};
    bool hid = usb_port_class(port) == CLASS_HID;
    sdt_request(commands[reader->step], bytes);
    reader->ask_due = false;
    reader->out_busy = usb_port_send(port, bytes, hid ? HID_REPORT_BYTES : SDT_REQUEST_SIZE,
                                     usb_port_limits(port)->transfer_ms);
    if (!reader->out_busy)
        usb_port_drop(port, "no way to ask");
}

static void ask_reader(struct usb_port *port, enum step step) {
    struct reader *reader = usb_port_state(port);
    int answer_ms = usb_port_limits(port)->transfer_ms;
    reader->step = step;
    reader->frames.count = 0;
    usb_port_timer(port, step == STEP_READ ? READ_FACTOR * answer_ms : answer_ms);
    reader->ask_due =
        reader->out_busy; /* the answer may come before the transfer that asked for it has ended */
    if (!reader->out_busy)
        send_command(port);
}

static void sent(struct usb_port *port, size_t length) {
    struct reader *reader = usb_port_state(port);
    (void)length; /* a question that was sent in part gets no answer: its deadline tells */
    reader->out_busy = false;
    if (reader->ask_due)
        send_command(port);
}

static void ask_status(struct usb_port *port) {
    struct reader *reader = usb_port_state(port);
    reader->status_ms = usb_now_ms();
    reader->media = MEDIA_UNKNOWN; /* unknown while no card is looked for */
    ask_reader(port, reader->no_status ? STEP_SAM_ID : STEP_STATUS);
}

/* --- the card --------------------------------------------------------------------------------- */

/* Posts the card; NULL: a card is there and cannot be read. */
static void post_card(struct usb_port *port, const struct id_card *card) {
    struct driver_event event = {.kind = DRIVER_CARD, .of.card.kind = DRIVER_CARD_ID};
    struct driver_card *out = &event.of.card;
    if (card) {
        snprintf(out->number, sizeof out->number, "%s", card->number);
        snprintf(out->id_no, sizeof out->id_no, "%s", card->number);
        snprintf(out->name, sizeof out->name, "%s",
                 card->name[0] ? card->name : card->english_name);
    }
    usb_port_post(port, &event);
    explicit_bzero(&event, sizeof event);
}

/* Says once that the card cannot be read, then goes on trying: the card may be placed better. */
static void not_read(struct usb_port *port) {
    struct reader *reader = usb_port_state(port);
    if (reader->failures < FAILURES_MAX && ++reader->failures == FAILURES_MAX)
        post_card(port, NULL);
    wait_for_card(port);
}

/* Takes the end of a reading. Whether it succeeded or not, the reader does not find this card again
 * until it is lifted. */
static void take_text(struct usb_port *port, const struct sdt_answer *answer) {
    struct reader *reader = usb_port_state(port);
    const uint8_t *text = answer ? id_card_text(answer) : NULL;
    struct id_card card;
    bool read = text && id_card_read(text, &card);
    reader->failures = 0;
    post_card(port, read ? &card : NULL);
    explicit_bzero(&card, sizeof card);
    wait_for_card(port);
}

static void take_find(struct usb_port *port, uint8_t status) {
    struct reader *reader = usb_port_state(port);
    bool found = status == SDT_FOUND;
    reader->media = found ? MEDIA_PRESENT : MEDIA_NONE;
    if (!found)
        reader->failures = 0;
    if (found || status == SDT_NOT_FOUND)
        show_reader(port, DEVICE_READY, reader->sam_id);
    else
        show_reader(port, DEVICE_FAULT, sdt_words(status));
    if (found)
        ask_reader(port, STEP_SELECT);
    else
        wait_for_card(port);
}

static bool is_unknown_command(uint8_t status) {
    return status == SDT_UNKNOWN_COMMAND || status == SDT_NOT_RECOGNISED;
}

static void ask_without_status(struct usb_port *port) {
    struct reader *reader = usb_port_state(port);
    reader->no_status = true;
    ask_reader(port, STEP_SAM_ID);
}

static void take_status(struct usb_port *port, uint8_t status) {
    struct reader *reader = usb_port_state(port);
    if (is_unknown_command(status)) {
        ask_without_status(port);
    } else if (status != SDT_OK) {
        show_reader(port, DEVICE_FAULT, sdt_words(status));
        wait_for_card(port);
    } else if (!reader->sam_id[0]) {
        ask_reader(port, STEP_SAM_ID);
    } else {
        show_reader(port, DEVICE_READY, reader->sam_id);
        wait_for_card(port);
    }
}

static void take_sam_id(struct usb_port *port, const struct sdt_answer *answer) {
    struct reader *reader = usb_port_state(port);
    if (reader->no_status && answer->status != SDT_OK && !is_unknown_command(answer->status)) {
        show_reader(port, DEVICE_FAULT, sdt_words(answer->status));
        wait_for_card(port);
        return;
    }
    if (!sdt_sam_id(answer, reader->sam_id, sizeof reader->sam_id))
        snprintf(reader->sam_id, sizeof reader->sam_id, "SAM without a number");
    show_reader(port, DEVICE_READY, reader->sam_id);
    wait_for_card(port);
}

static void take_reader_answer(struct usb_port *port) {
    struct reader *reader = usb_port_state(port);
    struct sdt_answer answer = sdt_answer(&reader->frames);
    if (!usb_port_mine(port, 0))
        return;
    usb_port_alive(port);
    switch (reader->step) {
    case STEP_QUIET:
    case STEP_WAIT:
        return;
    case STEP_STATUS:
        take_status(port, answer.status);
        return;
    case STEP_SAM_ID:
        take_sam_id(port, &answer);
        return;
    case STEP_FIND:
        take_find(port, answer.status);
        return;
    case STEP_SELECT:
        if (answer.status == SDT_OK)
            ask_reader(port, STEP_READ);
        else
            not_read(port);
        return;
    case STEP_READ:
        if (answer.status == SDT_OK)
            take_text(port, &answer);
        else
            not_read(port);
        return;
    }
}

/* Takes a broken answer. */
static void take_nonsense(struct usb_port *port) {
    struct reader *reader = usb_port_state(port);
    if (usb_port_silent(port, "its answers are broken"))
        return;
    if (reader->step == STEP_SELECT) {
        not_read(port);
    } else if (reader->step == STEP_READ) {
        take_text(port, NULL);
    } else {
        show_reader(port, DEVICE_FAULT, "its answers are broken");
        wait_for_card(port);
    }
}

static void heard(struct usb_port *port, const uint8_t *bytes, size_t length) {
    struct reader *reader = usb_port_state(port);
    bool asked = reader->step != STEP_QUIET && reader->step != STEP_WAIT;
    enum sdt_heard said = SDT_NOTHING;
    for (size_t i = 0; asked && i < length && said == SDT_NOTHING; i++)
        said = sdt_read(&reader->frames, bytes[i]); /* bytes behind a frame are padding */
    if (said == SDT_FRAME)
        take_reader_answer(port);
    else if (said == SDT_BAD)
        take_nonsense(port);
    if (said != SDT_NOTHING)
        explicit_bzero(&reader->frames, sizeof reader->frames);
}

/* --- time ------------------------------------------------------------------------------------- */

static void timer(struct usb_port *port) {
    struct reader *reader = usb_port_state(port);
    bool looking = usb_port_armed(port) && reader->sam_id[0];
    bool status_due = usb_now_ms() - reader->status_ms >= usb_port_limits(port)->poll_ms;
    switch (reader->step) {
    case STEP_QUIET:
        ask_status(port);
        return;
    case STEP_WAIT:
        if (looking)
            ask_reader(port, STEP_FIND);
        else if (status_due)
            ask_status(port);
        else
            wait_for_card(port);
        return;
    case STEP_STATUS:
        if (!reader->sam_id[0]) {
            ask_without_status(port);
            return;
        }
        usb_port_drop(port, "does not answer");
        return;
    case STEP_SAM_ID:
    case STEP_FIND:
    case STEP_SELECT:
    case STEP_READ:
        usb_port_drop(port, "does not answer");
        return;
    }
}

static void start(struct usb_port *port) {
    struct reader *reader = usb_port_state(port);
    reader->step = STEP_QUIET;
    usb_port_timer(port, QUIET_MS);
}

static void stop(struct usb_port *port) {
    struct reader *reader = usb_port_state(port);
    explicit_bzero(&reader->frames, sizeof reader->frames);
}

const struct usb_driver id_reader_sdt = {.name = "id-reader-sdt",
                                         .role = ROLE_ID_READER,
                                         .matches = matches,
                                         .match_count = sizeof matches / sizeof *matches,
                                         .better_class = CLASS_VENDOR,
                                         .state_size = sizeof(struct reader),
                                         .proves = true,
                                         .polls = true,
                                         .start = start,
                                         .heard = heard,
                                         .sent = sent,
                                         .timer = timer,
                                         .stop = stop};
