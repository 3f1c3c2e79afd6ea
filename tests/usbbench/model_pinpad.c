/* A bank terminal on a serial port, Bench ECR Profile v1, with a reader and a writer of its own.
 *   approve | decline CODE      what the acquirer says from now on ("decline Z1": the customer)
 *   delay MS                    the card and the acquirer take so long
 *   lose answers N              executes, acknowledges and then says nothing, N times
 *   lose acks N                 hears nothing N times
 *   corrupt N                   N answers with a wrong LRC first
 *   unmasked on|off             a terminal that sends the whole card number
 *   busy on|off                 queries are answered Z3
 * What it has done it never does again: the same sequence gets the stored answer. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/usbbench/cdc_descriptors.h"
#include "tests/usbbench/model.h"

#define DONE_MAX 256
#define REQUEST_BYTES 128
#define RESPONSE_BYTES 192
#define FRAME_EXTRA 5

static const uint8_t descriptors[] = {CDC_DESCRIPTORS(0xfe, 0xca, 0x01, 0x00)};

struct terminal {
    char decline[3];
    int delay_ms, lose_answers, lose_acks, corrupt;
    bool unmasked, busy;
    uint8_t bytes[REQUEST_BYTES + FRAME_EXTRA];
    size_t count;
    char done[DONE_MAX][RESPONSE_BYTES]; /* by sequence; the first byte 0: free */
    int done_count, sales;
    char waiting[REQUEST_BYTES]; /* a request whose time has not come */
    bool is_waiting;
    char last[RESPONSE_BYTES];
};

static void send_frame(struct device *device, const char *data, size_t length, bool broken) {
    uint8_t frame[RESPONSE_BYTES + FRAME_EXTRA];
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

static void put(char *field, const char *text) {
    memcpy(field, text, strlen(text));
}

static void progress(struct device *device, const char *request, const char *state) {
    char data[51];
    memset(data, ' ', sizeof data);
    put(data, "01P");
    memcpy(data + 3, request + 3, 6);
    memcpy(data + 9, state, 2);
    send_frame(device, data, sizeof data, false);
}

static char *find_done(struct terminal *terminal, const char *sequence) {
    for (int i = 0; i < terminal->done_count && i < DONE_MAX; i++)
        if (memcmp(terminal->done[i] + 3, sequence, 6) == 0)
            return terminal->done[i];
    return NULL;
}

static void fill_sale(struct terminal *terminal, const char *request, char *answer) {
    char text[32];
    terminal->sales++;
    snprintf(text, sizeof text, "%06d", terminal->sales);
    memcpy(answer + 37, text, 6);
    snprintf(text, sizeof text, "%012d", 700000 + terminal->sales);
    memcpy(answer + 55, text, 12);
    put(answer + 13, "0102");
    put(answer + 17, terminal->unmasked ? "6222020000000000000" : "622202*********1234");
    memcpy(answer + 43, request + 27, 12);
    put(answer + 67, "123456");
    put(answer + 73, "000001");
    put(answer + 79, "BENCH001");
    put(answer + 87, "898350180620001");
    put(answer + 102, "20261120");
    put(answer + 110, "120000");
    put(answer + 116, "D00");
}

/* What a question about an earlier message is answered. */
static void fill_query(struct terminal *terminal, const char *request, char *answer) {
    const char *original = find_done(terminal, request + 47);
    if (terminal->busy)
        put(answer + 11, "Z3");
    else if (!original)
        put(answer + 11, "Z5");
    else
        memcpy(answer + 11, original + 11, RESPONSE_BYTES - 11);
}

static void execute(struct terminal *terminal, const char *request, char *answer) {
    memset(answer, ' ', RESPONSE_BYTES);
    put(answer, "01R");
    memcpy(answer + 3, request + 3, 6);
    memcpy(answer + 9, request + 25, 2);
    put(answer + 11, "00");
    memset(answer + 43, '0', 12);
    memcpy(answer + 159, request + 67, 32);
    int type = (request[25] - '0') * 10 + request[26] - '0';
    if (type == 7) {
        fill_query(terminal, request, answer);
    } else if (type <= 2 && *terminal->decline) {
        put(answer + 11, terminal->decline);
        memcpy(answer + 43, request + 27, 12);
    } else if (type <= 2) {
        fill_sale(terminal, request, answer);
    }
    if (type != 8 && terminal->done_count < DONE_MAX)
        memcpy(terminal->done[terminal->done_count++], answer, RESPONSE_BYTES);
}

static void respond(struct device *device, const char *answer) {
    struct terminal *terminal = device->state;
    memcpy(terminal->last, answer, RESPONSE_BYTES);
    if (terminal->lose_answers > 0) {
        terminal->lose_answers--;
        return;
    }
    bool broken = terminal->corrupt > 0;
    terminal->corrupt -= broken;
    send_frame(device, answer, RESPONSE_BYTES, broken);
}

static void finish(struct device *device, const char *decline) {
    struct terminal *terminal = device->state;
    char answer[RESPONSE_BYTES], kept[3];
    memcpy(kept, terminal->decline, sizeof kept);
    if (decline)
        memcpy(terminal->decline, decline, sizeof kept);
    terminal->is_waiting = false;
    device->timer_ms = 0;
    execute(terminal, terminal->waiting, answer);
    memcpy(terminal->decline, kept, sizeof kept);
    respond(device, answer);
}

static void timer(struct device *device) {
    struct terminal *terminal = device->state;
    if (terminal->is_waiting)
        finish(device, NULL);
}

static void take_request(struct device *device, const char *request) {
    struct terminal *terminal = device->state;
    char answer[RESPONSE_BYTES];
    if (terminal->lose_acks > 0) {
        terminal->lose_acks--;
        return;
    }
    send_byte(device, 0x06);
    int type = (request[25] - '0') * 10 + request[26] - '0';
    const char *done = find_done(terminal, request + 3);
    if (done) {
        respond(device, done);
    } else if (terminal->is_waiting && memcmp(terminal->waiting + 3, request + 3, 6) == 0) {
        return; /* sent again while it is under way */
    } else if (type <= 2) {
        static const char *const states[] = {"01", "02", "03", "04", "05", "06"};
        for (int i = 0; i < 6; i++)
            progress(device, request, states[i]);
        memcpy(terminal->waiting, request, REQUEST_BYTES);
        terminal->is_waiting = true;
        device->timer_ms = device->now_ms + terminal->delay_ms + 1;
    } else {
        if (type == 9 && terminal->is_waiting)
            finish(device, "Z1");
        execute(terminal, request, answer);
        respond(device, answer);
    }
}

static void take_byte(struct device *device, uint8_t byte) {
    struct terminal *terminal = device->state;
    if (terminal->count == 0 && byte == 0x15) {
        respond(device, terminal->last);
        return;
    }
    if (terminal->count == 0 && byte != 0x02)
        return;
    terminal->bytes[terminal->count++] = byte;
    if (terminal->count < sizeof terminal->bytes)
        return;
    terminal->count = 0;
    uint8_t lrc = 0;
    for (size_t i = 1; i < sizeof terminal->bytes - 1; i++)
        lrc ^= terminal->bytes[i];
    bool good = terminal->bytes[1] == 0x01 && terminal->bytes[2] == 0x28 && lrc == byte;
    if (good)
        take_request(device, (const char *)terminal->bytes + 3);
    else
        send_byte(device, 0x15);
}

static void receive(struct device *device, uint8_t endpoint, const uint8_t *bytes, size_t length) {
    (void)endpoint;
    for (size_t i = 0; i < length; i++)
        take_byte(device, bytes[i]);
}

static void power_on(struct device *device) {
    struct terminal *terminal = device->state;
    terminal->count = 0;
    if (terminal->is_waiting) /* it goes on without us */
        device->timer_ms = device->now_ms + terminal->delay_ms + 1;
}

static int control(struct device *device, const uint8_t setup[8], uint8_t *data) {
    (void)device, (void)data;
    bool known = setup[1] == 0x20 || setup[1] == 0x22;
    return setup[0] == 0x21 && known ? 0 : -EPIPE;
}

static bool set_number(struct terminal *terminal, const char *text) {
    const struct {
        const char *format;
        int *number;
    } numbers[] = {{"delay %d", &terminal->delay_ms},
                   {"lose answers %d", &terminal->lose_answers},
                   {"lose acks %d", &terminal->lose_acks},
                   {"corrupt %d", &terminal->corrupt}};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        if (sscanf(text, numbers[i].format, numbers[i].number) == 1)
            return true;
    return false;
}

static bool command(struct device *device, const char *text) {
    struct terminal *terminal = device->state;
    if (strcmp(text, "approve") == 0) {
        *terminal->decline = 0;
    } else if (strncmp(text, "decline ", 8) == 0 && strlen(text) == 10) {
        memcpy(terminal->decline, text + 8, 3);
    } else if (strcmp(text, "unmasked on") == 0 || strcmp(text, "unmasked off") == 0) {
        terminal->unmasked = strcmp(text, "unmasked on") == 0;
    } else if (strcmp(text, "busy on") == 0 || strcmp(text, "busy off") == 0) {
        terminal->busy = strcmp(text, "busy on") == 0;
    } else {
        return set_number(terminal, text);
    }
    return true;
}

const struct model model_pinpad = {.name = "pinpad",
                                   .descriptors = descriptors,
                                   .descriptors_length = sizeof descriptors,
                                   .state_size = sizeof(struct terminal),
                                   .power_on = power_on,
                                   .control = control,
                                   .receive = receive,
                                   .timer = timer,
                                   .command = command};
