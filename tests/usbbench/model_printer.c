/* A receipt printer of the USB printer class, two-way: 80 mm, 576 dots, ESC/POS; how it prints is
 * mechanism.h. It has a power supply of its own: without its cable it goes on with what it holds.
 *   paper ok|low|out      paper out after LINES
 *   cover open|close      jam|clear (the cutter)
 *   speed MM_S            of the paper; 0 (usual): no time passes. Then also: cutter MS
 *   buffer BYTES          the host waits when it is full
 *   id TEXT               its IEEE 1284 id, for whoever asks next
 *   lacks FEATURE         see features[]; has FEATURE; asb off|on is the same for that one
 *   power                 it was without power for a moment
 *   watched               refused until the host has asked for automatic status
 *   moves, rests, holds   refused unless: something moves or waits; nothing does; bytes wait
 *   sheets N              refused unless so many have been cut
 *   rested MS before NOW  refused unless it came to rest at most MS before that monotonic time
 *   take                  the ticket, out of a presenter
 * printer-kpm and printer-ppu hold the ticket in a presenter, as Custom KPM and Citizen PPU do. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/usbbench/mechanism.h"
#include "tests/usbbench/model.h"

#define HEAD_DOTS 576
#define ID_MAX 400
#define BUFFER_MAX (64 * 1024)

static const uint8_t descriptors[] = {
    /* device: 04b8:0e15 */
    18, 1, 0x00, 0x02, 0, 0, 0, 64, 0xb8, 0x04, 0x15, 0x0e, 0x00, 0x01, 0, 0, 0, 1,
    /* configuration */
    9, 2, 32, 0, 1, 1, 0, 0xc0, 1,
    /* interface: printer, two-way */
    9, 4, 0, 0, 2, 7, 1, 2, 0,
    /* bulk OUT, bulk IN */
    7, 5, 0x01, 2, 64, 0, 0, 7, 5, 0x81, 2, 64, 0, 0};

/* What a printer may lack: first what is answered on receipt, then what the paper's reader knows.
 */
#define LACKS_EOT(n) (1u << (16 + (n)))
#define LACKS_CLEAR (1u << 24)
static const struct {
    const char *name;
    unsigned bit;
} features[] = {
    {"eot1", LACKS_EOT(1)},           {"eot2", LACKS_EOT(2)},   {"eot3", LACKS_EOT(3)},
    {"eot4", LACKS_EOT(4)},           {"clear", LACKS_CLEAR},   {"asb", PAPER_AUTOMATIC},
    {"process-id", PAPER_PROCESS_ID}, {"sensor", PAPER_SENSOR}, {"qr", PAPER_QR},
    {"cutter", PAPER_CUTTER}};

struct printer {
    struct mechanism mechanism;
    bool begun;
    unsigned lacks;
    char id[ID_MAX];
    int taken;           /* sheets */
    uint8_t automatic;   /* GS a mask */
    uint8_t command[10]; /* the beginning of what may become a real-time command */
    size_t command_length;
};

static struct mechanism *mechanism_of(const struct device *device) {
    return &((struct printer *)device->state)->mechanism;
}

static bool holds_ticket(const struct device *device) {
    const struct printer *printer = device->state;
    return device->model != &model_printer && printer->mechanism.paper.sheets > printer->taken;
}

/* --- what it says --------------------------------------------------------------------------- */

static uint8_t paper_bits(const struct device *device) {
    enum roll roll = mechanism_of(device)->roll;
    bool out = roll == PAPER_OUT, own = device->model == &model_printer_ppu;
    return (roll != PAPER_OK ? 0x0c : 0) | (out ? (own ? 0x20 : 0x60) : 0) |
           (own && holds_ticket(device) ? 0x40 : 0);
}

static void tell_kpm(struct device *device) {
    const struct mechanism *mechanism = mechanism_of(device);
    uint8_t answer[6] = {0x10, 0x0f};
    answer[2] = (mechanism->roll == PAPER_OUT ? 0x01 : 0) |
                (mechanism->roll != PAPER_OK ? 0x04 : 0) | (holds_ticket(device) ? 0x20 : 0);
    answer[3] = mechanism->cover_open ? 0x03 : 0;
    device_send(device, 0x81, answer, sizeof answer);
}

static uint8_t answer_to(const struct device *device, uint8_t query) {
    const struct mechanism *mechanism = mechanism_of(device);
    uint8_t answer = 0x12;
    switch (query) {
    case 1:
        return answer | (mechanism_stopped(mechanism) ? 0x08 : 0);
    case 2:
        return answer | (mechanism->cover_open ? 0x04 : 0) |
               (mechanism->roll == PAPER_OUT ? 0x20 : 0) | (mechanism->cutter_jammed ? 0x40 : 0);
    case 3:
        return answer | (mechanism->cutter_jammed ? 0x08 : 0);
    default:
        return answer | paper_bits(device);
    }
}

static void tell_query(struct device *device, uint8_t query) {
    const struct printer *printer = device->state;
    if (query == 0x14 && device->model == &model_printer_kpm)
        tell_kpm(device);
    else if (query >= 1 && query <= 4 && !(printer->lacks & LACKS_EOT(query)))
        device_send(device, 0x81, (const uint8_t[]){answer_to(device, query)}, 1);
}

static void tell_change(struct device *device) {
    struct printer *printer = device->state;
    const struct mechanism *mechanism = &printer->mechanism;
    if (!printer->automatic || printer->lacks & PAPER_AUTOMATIC)
        return;
    uint8_t status[4] = {0x10, 0, 0, 0};
    status[0] |= (mechanism_stopped(mechanism) ? 0x08 : 0) | (mechanism->cover_open ? 0x20 : 0);
    status[1] |= mechanism->cutter_jammed ? 0x08 : 0;
    status[2] |=
        (mechanism->roll != PAPER_OK ? 0x03 : 0) | (mechanism->roll == PAPER_OUT ? 0x0c : 0);
    device_send(device, 0x81, status, sizeof status);
}

/* GS a, GS r, GS ( H: their turn in the buffer has come. */
static void answer_in_turn(void *context, const uint8_t *command, size_t length) {
    struct device *device = context;
    struct printer *printer = device->state;
    if (command[1] != 'a')
        printer->mechanism.answered_ms = device->now_ms;
    if (command[1] == 'a') {
        printer->automatic = command[2];
        tell_change(device);
    } else if (command[1] == 'r' && command[2] % 48 == 1) {
        uint8_t paper = (printer->mechanism.roll != PAPER_OK ? 0x03 : 0) |
                        (printer->mechanism.roll == PAPER_OUT ? 0x0c : 0);
        device_send(device, 0x81, &paper, 1);
    } else if (command[1] == '(' && length == 11 && command[5] == '0' && command[6] == '0') {
        uint8_t answer[7] = {0x37, 0x22, command[7], command[8], command[9], command[10], 0};
        device_send(device, 0x81, answer, sizeof answer);
    }
}

/* --- what it hears -------------------------------------------------------------------------- */

static void run_on(struct device *device) {
    struct mechanism *mechanism = mechanism_of(device);
    snprintf(mechanism->paper.folder, sizeof mechanism->paper.folder, "%s", device->paper_folder);
    if (mechanism_run(mechanism, device->now_ms))
        tell_change(device);
    device->timer_ms = mechanism_due_ms(mechanism);
    device_resume(device); /* there may be room again */
}

static size_t room(const struct device *device) {
    return mechanism_room(mechanism_of(device));
}

static void clear_buffers(struct device *device) {
    mechanism_clear(mechanism_of(device));
    device_send(device, 0x81, (const uint8_t[]){0x37, 0x25, 0}, 3);
}

/* True: it is a whole real-time command, which was done the moment it came. */
static bool obey_at_once(struct device *device, const uint8_t *command, size_t length) {
    static const uint8_t clear[] = {0x10, 0x14, 8, 1, 3, 0x14, 1, 6, 2, 8};
    struct printer *printer = device->state;
    if (length == 3 && command[1] == 0x04) {
        tell_query(device, command[2]);
        return true;
    }
    if (length == 3 && command[1] == 0x05) { /* clears only what an error holds up */
        if (command[2] == 2 && printer->mechanism.cutter_jammed)
            mechanism_clear(&printer->mechanism);
        return true;
    }
    if (length == sizeof clear && memcmp(command, clear, length) == 0) {
        if (!(printer->lacks & LACKS_CLEAR))
            clear_buffers(device);
        return true;
    }
    return false;
}

/* Real-time commands are obeyed as they come, wherever they stand, and wait in the buffer with the
 * rest: in the middle of another command they are its data. */
static void look_for_commands(struct device *device, uint8_t byte) {
    struct printer *printer = device->state;
    if (byte == 0x10)
        printer->command_length = 0;
    if (byte != 0x10 && printer->command_length == 0)
        return;
    printer->command[printer->command_length++] = byte;
    if (obey_at_once(device, printer->command, printer->command_length) ||
        printer->command_length == sizeof printer->command)
        printer->command_length = 0;
}

static void receive(struct device *device, uint8_t endpoint, const uint8_t *bytes, size_t length) {
    struct mechanism *mechanism = mechanism_of(device);
    (void)endpoint;
    mechanism->now_ms = device->now_ms;
    for (size_t i = 0; i < length; i++) {
        mechanism_receive(mechanism, &bytes[i], 1);
        look_for_commands(device, bytes[i]);
    }
    run_on(device);
}

static const char *usual_id(const struct device *device) {
    return device->model == &model_printer_kpm ? "MFG:CUSTOM;CMD:ESC/POS;MDL:KPM180H;CLS:PRINTER;"
           : device->model == &model_printer_ppu
               ? "MFG:CITIZEN;CMD:ESC/POS;MDL:PPU-700;CLS:PRINTER;"
               : "MFG:EPSON;CMD:ESC/POS;MDL:TM-T20II;CLS:PRINTER;";
}

static int control(struct device *device, const uint8_t setup[8], uint8_t *data) {
    const struct printer *printer = device->state;
    const struct mechanism *mechanism = &printer->mechanism;
    size_t room = setup[6] | (size_t)setup[7] << 8, length = strlen(printer->id) + 2;
    if (setup[0] == 0xa1 && setup[1] == 0) {
        uint8_t answer[ID_MAX + 2] = {(uint8_t)(length >> 8), (uint8_t)length};
        memcpy(answer + 2, printer->id, length - 2);
        length = length < room ? length : room;
        memcpy(data, answer, length);
        return (int)length;
    }
    if (setup[0] == 0xa1 && setup[1] == 1 && room >= 1) {
        data[0] = (uint8_t)((mechanism_stopped(mechanism) ? 0x10 : 0x18) |
                            (mechanism->roll == PAPER_OUT ? 0x20 : 0));
        return 1;
    }
    return setup[0] == 0x21 && setup[1] == 2 ? 0 : -EPIPE;
}

static void power_on(struct device *device) {
    struct printer *printer = device->state;
    printer->automatic = 0;
    printer->command_length = 0;
    if (printer->begun)
        return;
    printer->begun = true;
    snprintf(printer->id, sizeof printer->id, "%s", usual_id(device));
    if (!mechanism_init(&printer->mechanism, HEAD_DOTS))
        abort();
    printer->mechanism.paper.asked = answer_in_turn;
    printer->mechanism.paper.context = device;
}

static void destroy(struct device *device) {
    mechanism_free(mechanism_of(device));
}

/* --- what it is told ------------------------------------------------------------------------ */

static bool set_paper(struct mechanism *mechanism, const char *words) {
    static const char *const names[] = {"ok", "low", "out"};
    int lines;
    if (sscanf(words, "out after %d", &lines) == 1 && lines > 0) {
        mechanism->lines_left = lines;
        return true;
    }
    for (int i = 0; i < 3; i++) {
        if (strcmp(words, names[i]) != 0)
            continue;
        mechanism->roll = i;
        return true;
    }
    return false;
}

static bool set_switch(bool *what, const char *word, const char *on, const char *off) {
    if (strcmp(word, on) != 0 && strcmp(word, off) != 0)
        return false;
    *what = strcmp(word, on) == 0;
    return true;
}

static bool set_feature(struct printer *printer, const char *name, bool lacks) {
    for (size_t i = 0; i < sizeof features / sizeof *features; i++) {
        if (strcmp(features[i].name, name) != 0)
            continue;
        printer->lacks =
            lacks ? printer->lacks | features[i].bit : printer->lacks & ~features[i].bit;
        printer->mechanism.paper.lacks = printer->lacks;
        return true;
    }
    return false;
}

static bool set_property(struct printer *printer, const char *text) {
    struct mechanism *mechanism = &printer->mechanism;
    char word[32];
    int number;
    if (sscanf(text, "lacks %31s", word) == 1 || sscanf(text, "has %31s", word) == 1)
        return set_feature(printer, word, *text == 'l');
    if (strncmp(text, "id ", 3) == 0)
        return snprintf(printer->id, sizeof printer->id, "%s", text + 3) < ID_MAX;
    if (sscanf(text, "speed %d", &number) == 1 && number >= 0)
        mechanism->speed_mm_s = number;
    else if (sscanf(text, "cutter %d", &number) == 1 && number >= 0)
        mechanism->cutter_ms = number;
    else if (sscanf(text, "buffer %d", &number) == 1 && number > 0 && number <= BUFFER_MAX)
        mechanism->size = (size_t)number;
    else
        return false;
    return true;
}

static bool set_trouble(struct printer *printer, const char *text) {
    struct mechanism *mechanism = &printer->mechanism;
    if (strncmp(text, "paper ", 6) == 0)
        return set_paper(mechanism, text + 6);
    if (strncmp(text, "cover ", 6) == 0)
        return set_switch(&mechanism->cover_open, text + 6, "open", "close");
    return set_switch(&mechanism->cutter_jammed, text, "jam", "clear");
}

/* True: `text` is a question, and *holds the answer. */
static bool is_question(const struct device *device, const char *text, bool *holds) {
    const struct printer *printer = device->state;
    const struct mechanism *mechanism = &printer->mechanism;
    long long within, now;
    int sheets;
    bool rests = mechanism_rests(mechanism);
    if (strcmp(text, "watched") == 0)
        *holds = printer->automatic != 0;
    else if (strcmp(text, "rests") == 0)
        *holds = rests;
    else if (strcmp(text, "moves") == 0)
        *holds = !rests;
    else if (strcmp(text, "holds") == 0)
        *holds = mechanism->length > 0;
    else if (sscanf(text, "sheets %d", &sheets) == 1)
        *holds = mechanism->paper.sheets == sheets;
    else if (sscanf(text, "rested %lld before %lld", &within, &now) == 2)
        *holds = rests && mechanism_rested_ms(mechanism) <= now &&
                 mechanism_rested_ms(mechanism) >= now - within;
    else
        return false;
    return true;
}

static bool command(struct device *device, const char *text) {
    struct printer *printer = device->state;
    bool holds = true;
    printer->mechanism.now_ms = device->now_ms;
    if (is_question(device, text, &holds))
        return holds;
    if (strcmp(text, "take") == 0) {
        holds = holds_ticket(device);
        printer->taken = printer->mechanism.paper.sheets;
    } else if (strcmp(text, "power") == 0) {
        mechanism_clear(&printer->mechanism);
        printer->automatic = 0;
    } else if (strncmp(text, "asb ", 4) == 0) {
        holds = set_feature(printer, "asb", strcmp(text, "asb off") == 0);
    } else if (set_trouble(printer, text)) {
        tell_change(device);
    } else {
        holds = set_property(printer, text);
    }
    run_on(device);
    return holds;
}

#define PRINTER(text)                                                                              \
    {                                                                                              \
        .name = text, .descriptors = descriptors, .descriptors_length = sizeof descriptors,        \
        .state_size = sizeof(struct printer), .own_power = true, .power_on = power_on,             \
        .control = control, .room = room, .receive = receive, .timer = run_on, .command = command, \
        .destroy = destroy                                                                         \
    }

const struct model model_printer = PRINTER("printer");
const struct model model_printer_kpm = PRINTER("printer-kpm");
const struct model model_printer_ppu = PRINTER("printer-ppu");
