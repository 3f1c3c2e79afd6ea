/* A pinpad on a serial port, Bench ECR Profile v1, with a reader and a writer of its own.
 *   approve | decline CODE      what the acquirer says from now on; also Z1 .. Z7 alone
 *   delay MS                    card, PIN and acquirer take so long
 *   hold on|pin|bank|off        nobody puts a card in, or types the PIN, or the bank does not
 * answer, until `card`, `pin`, `bank` card | pin | bank           the customer, or the bank, goes
 * on; refused unless it waits for that cancel                      the customer presses Cancel
 * before the card is in silent before ack           does not hear one message, however often it is
 * sent silent after ack            executes one and says nothing more of it (also: lost answer)
 *   lose answers N, lose acks N the same, N times
 *   bad lrc, corrupt N          N answers with a wrong LRC first
 *   unmasked on|off             a pinpad that sends the whole card number
 *   busy on|off                 queries are answered Z3
 *   working | idle              an error unless something, or nothing, is under way
 *   sold N, returned N          an error unless so many sales or returns were approved
 *   number TERMINAL MERCHANT    who it says it is from now on: another pinpad's slips
 *   number none                 it leaves that out
 *   line ...                    cdc_line.h
 * What it has done it never does again: the same sequence gets the stored answer. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/usbbench/cdc_descriptors.h"
#include "tests/usbbench/cdc_line.h"
#include "tests/usbbench/model.h"
#include "tests/usbbench/pinpad_books.h"

#define FRAME_EXTRA 5
#define PROGRESS_BYTES 51
#define SENDS 3 /* of one message that is not heard */

static const uint8_t descriptors[] = {CDC_DESCRIPTORS(0xfe, 0xca, 0x01, 0x00)};

/* Insert, reading, PIN, a key, PIN done, online: the states of the profile. */
enum step { STEP_NONE = 0, STEP_INSERT, STEP_READING, STEP_PIN, STEP_ONLINE = 6 };

struct pinpad {
    struct pinpad_books books;
    struct cdc_line line;
    int delay_ms, lose_answers, lose_acks, corrupt;
    bool busy;
    enum step hold; /* here it stays until it is told to go on */
    uint8_t bytes[PINPAD_REQUEST + FRAME_EXTRA];
    size_t count;
    char working[PINPAD_REQUEST]; /* what the customer is busy with */
    int step;                     /* 0: nothing */
    char last[PINPAD_RESPONSE];
};

static void send_frame(struct device *device, const char *data, size_t length, bool broken) {
    uint8_t frame[PINPAD_RESPONSE + FRAME_EXTRA];
    frame[0] = 0x02;
    frame[1] = (uint8_t)(length / 100);
    frame[2] = (uint8_t)(length / 10 % 10 << 4 | length % 10);
    memcpy(frame + 3, data, length);
    frame[3 + length] = 0x03;
    uint8_t lrc = broken ? 0x55 : 0;
    for (size_t i = 1; i < length + 4; i++)
        lrc ^= frame[i];
    frame[4 + length] = lrc;
    device_send(device, 0x81, frame, length + FRAME_EXTRA);
}

static void send_byte(struct device *device, uint8_t byte) {
    device_send(device, 0x81, &byte, 1);
}

static void respond(struct device *device, const char *response) {
    struct pinpad *pinpad = device->state;
    memcpy(pinpad->last, response, PINPAD_RESPONSE);
    if (pinpad->lose_answers > 0) {
        pinpad->lose_answers--;
        return;
    }
    bool broken = pinpad->corrupt > 0;
    pinpad->corrupt -= broken;
    send_frame(device, response, PINPAD_RESPONSE, broken);
}

/* Shows where the customer is, and how long that takes. */
static void enter(struct device *device, int step) {
    struct pinpad *pinpad = device->state;
    char data[PROGRESS_BYTES], state[4];
    pinpad->step = step;
    memset(data, ' ', sizeof data);
    memcpy(data, "01P", 3);
    memcpy(data + 3, pinpad->working + 3, 6);
    snprintf(state, sizeof state, "%02d", step % 100);
    memcpy(data + 9, state, 2);
    send_frame(device, data, sizeof data, false);
    bool waits = step == (int)pinpad->hold;
    device->timer_ms = waits ? 0 : device->now_ms + pinpad->delay_ms / STEP_ONLINE + 1;
}

static void finish(struct device *device, const char *code) {
    struct pinpad *pinpad = device->state;
    char response[PINPAD_RESPONSE];
    pinpad->step = 0;
    device->timer_ms = 0;
    pinpad_execute(&pinpad->books, pinpad->working, code, response);
    respond(device, response);
}

static void timer(struct device *device) {
    struct pinpad *pinpad = device->state;
    if (pinpad->step == STEP_ONLINE)
        finish(device, "");
    else if (pinpad->step > 0)
        enter(device, pinpad->step + 1);
}

static void answer(struct device *device, const char *request, const char *code) {
    struct pinpad *pinpad = device->state;
    char response[PINPAD_RESPONSE];
    pinpad_execute(&pinpad->books, request, code, response);
    respond(device, response);
}

/* Only a pinpad that still waits for the card can be called off. */
static void call_off(struct device *device, const char *request) {
    struct pinpad *pinpad = device->state;
    bool late = pinpad->step > STEP_INSERT;
    if (pinpad->step == STEP_INSERT)
        finish(device, "Z1");
    answer(device, request, late ? "Z3" : "");
}

static void take_new(struct device *device, const char *request) {
    struct pinpad *pinpad = device->state;
    switch (pinpad_type_of(request)) {
    case PINPAD_SALE:
    case PINPAD_VOID:
    case PINPAD_REFUND:
        if (pinpad->step > 0) {
            answer(device, request, "Z3");
            return;
        }
        memcpy(pinpad->working, request, PINPAD_REQUEST);
        enter(device, STEP_INSERT);
        return;
    case PINPAD_QUERY:
        answer(device, request, pinpad->busy || pinpad->step > 0 ? "Z3" : "");
        return;
    case PINPAD_CANCEL:
        call_off(device, request);
        return;
    case PINPAD_ECHO:
        answer(device, request, "");
        return;
    default:
        answer(device, request, "Z4");
    }
}

static void take_request(struct device *device, const char *request) {
    struct pinpad *pinpad = device->state;
    if (pinpad->lose_acks > 0) {
        pinpad->lose_acks--;
        return;
    }
    send_byte(device, 0x06);
    const char *done = pinpad_find(&pinpad->books, request + 3);
    bool again = pinpad->step > 0 && memcmp(pinpad->working + 3, request + 3, 6) == 0;
    if (done)
        respond(device, done);
    else if (!again) /* else it is under way */
        take_new(device, request);
}

static void take_byte(struct device *device, uint8_t byte) {
    struct pinpad *pinpad = device->state;
    if (pinpad->count == 0 && byte == 0x15) {
        respond(device, pinpad->last);
        return;
    }
    if (pinpad->count == 0 && byte != 0x02)
        return;
    pinpad->bytes[pinpad->count++] = byte;
    if (pinpad->count < sizeof pinpad->bytes)
        return;
    pinpad->count = 0;
    uint8_t lrc = 0;
    for (size_t i = 1; i < sizeof pinpad->bytes - 1; i++)
        lrc ^= pinpad->bytes[i];
    bool good = pinpad->bytes[1] == 0x01 && pinpad->bytes[2] == 0x28 && lrc == byte;
    if (good)
        take_request(device, (const char *)pinpad->bytes + 3);
    else
        send_byte(device, 0x15);
}

static void receive(struct device *device, uint8_t endpoint, const uint8_t *bytes, size_t length) {
    (void)endpoint;
    for (size_t i = 0; i < length; i++)
        take_byte(device, bytes[i]);
}

/* The customer goes on without us. */
static void power_on(struct device *device) {
    struct pinpad *pinpad = device->state;
    pinpad->count = 0;
    if (!*pinpad->books.terminal)
        pinpad_books_open(&pinpad->books);
    if (pinpad->step > 0)
        enter(device, pinpad->step);
}

static int control(struct device *device, const uint8_t setup[8], uint8_t *data) {
    return cdc_line_control(&((struct pinpad *)device->state)->line, setup, data);
}

static bool set_number(struct pinpad *pinpad, const char *text) {
    const struct {
        const char *format;
        int *number;
    } numbers[] = {{"delay %d", &pinpad->delay_ms},
                   {"lose answers %d", &pinpad->lose_answers},
                   {"lose acks %d", &pinpad->lose_acks},
                   {"corrupt %d", &pinpad->corrupt}};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        if (sscanf(text, numbers[i].format, numbers[i].number) == 1)
            return true;
    return false;
}

static bool misbehave_once(struct pinpad *pinpad, const char *text) {
    const struct {
        const char *words;
        int *number, value;
    } once[] = {{"silent before ack", &pinpad->lose_acks, SENDS},
                {"silent after ack", &pinpad->lose_answers, 1},
                {"lost answer", &pinpad->lose_answers, 1},
                {"bad lrc", &pinpad->corrupt, 1}};
    for (size_t i = 0; i < sizeof once / sizeof *once; i++)
        if (strcmp(text, once[i].words) == 0) {
            *once[i].number = once[i].value;
            return true;
        }
    return false;
}

/* "unmasked", "unmasked on", "unmasked off". */
static bool set_flag(struct pinpad *pinpad, const char *text) {
    const struct {
        const char *word;
        bool *flag;
    } flags[] = {{"unmasked", &pinpad->books.unmasked}, {"busy", &pinpad->busy}};
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++) {
        size_t length = strlen(flags[i].word);
        if (strncmp(text, flags[i].word, length) != 0)
            continue;
        *flags[i].flag = strcmp(text + length, " off") != 0;
        return text[length] == '\0' || strcmp(text + length, " on") == 0 || !*flags[i].flag;
    }
    return false;
}

static bool set_hold(struct pinpad *pinpad, const char *text) {
    const struct {
        const char *words;
        enum step step;
    } holds[] = {{"hold on", STEP_INSERT},
                 {"hold pin", STEP_PIN},
                 {"hold bank", STEP_ONLINE},
                 {"hold off", STEP_NONE}};
    for (size_t i = 0; i < sizeof holds / sizeof *holds; i++)
        if (strcmp(text, holds[i].words) == 0) {
            pinpad->hold = holds[i].step;
            return true;
        }
    return false;
}

static bool go_on(struct device *device, const char *text) {
    struct pinpad *pinpad = device->state;
    const struct {
        const char *word;
        enum step step;
    } waits[] = {
        {"card", STEP_INSERT}, {"cancel", STEP_INSERT}, {"pin", STEP_PIN}, {"bank", STEP_ONLINE}};
    for (size_t i = 0; i < sizeof waits / sizeof *waits; i++) {
        if (strcmp(text, waits[i].word) != 0 || pinpad->step != (int)waits[i].step)
            continue;
        if (pinpad->step == STEP_ONLINE)
            finish(device, "");
        else if (strcmp(text, "cancel") == 0)
            finish(device, "Z1");
        else
            enter(device, pinpad->step + 1);
        return true;
    }
    return false;
}

/* How many were approved, for those who ask whether it is so. */
static bool counts(const struct pinpad_books *books, const char *text) {
    int wanted = 0;
    if (sscanf(text, "sold %d", &wanted) == 1)
        return books->sold == wanted;
    return sscanf(text, "returned %d", &wanted) == 1 && books->returned == wanted;
}

static bool command(struct device *device, const char *text) {
    struct pinpad *pinpad = device->state;
    const char *code = strncmp(text, "decline ", 8) == 0 ? text + 8 : text;
    if (strcmp(text, "idle") == 0 || strcmp(text, "working") == 0)
        return (pinpad->step == 0) == (*text == 'i');
    if (strcmp(text, "approve") == 0) {
        *pinpad->books.decline = '\0';
        return true;
    }
    if (strlen(code) == 2 && (code != text || *code == 'Z')) {
        memcpy(pinpad->books.decline, code, 3);
        return true;
    }
    if (strcmp(text, "number none") == 0) {
        *pinpad->books.terminal = *pinpad->books.merchant = '\0';
        return true;
    }
    if (sscanf(text, "number %8s %15s", pinpad->books.terminal, pinpad->books.merchant) == 2)
        return true;
    return set_number(pinpad, text) || misbehave_once(pinpad, text) ||
           cdc_line_command(&pinpad->line, text) || set_flag(pinpad, text) ||
           set_hold(pinpad, text) || go_on(device, text) || counts(&pinpad->books, text);
}

const struct model model_pinpad = {.name = "pinpad",
                                   .descriptors = descriptors,
                                   .descriptors_length = sizeof descriptors,
                                   .state_size = sizeof(struct pinpad),
                                   .power_on = power_on,
                                   .control = control,
                                   .receive = receive,
                                   .timer = timer,
                                   .command = command};
