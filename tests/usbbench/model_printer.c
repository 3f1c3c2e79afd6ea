/* A receipt printer of the USB printer class, two-way: 80 mm, 576 dots, ESC/POS.
 *   paper ok|low|out      paper out after LINES
 *   cover open|close      jam|clear (the cutter)
 *   asb off               as a printer without automatic status
 *   watched               refused until the host has asked for automatic status
 *   take                  the ticket, out of a presenter
 * printer-kpm and printer-ppu hold the ticket in a presenter, as Custom KPM and Citizen PPU do.
 * What it cannot print it holds until it can, or until it is told to recover. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/usbbench/model.h"
#include "tests/usbbench/paper.h"

#define HEAD_DOTS 576
#define HELD_MAX (64 * 1024)
#define ID(name) "MFG:BENCH;CMD:ESC/POS;MDL:" name ";CLS:PRINTER;"

static const uint8_t descriptors[] = {
    /* device: 04b8:0e15 */
    18, 1, 0x00, 0x02, 0, 0, 0, 64, 0xb8, 0x04, 0x15, 0x0e, 0x00, 0x01, 0, 0, 0, 1,
    /* configuration */
    9, 2, 32, 0, 1, 1, 0, 0xc0, 1,
    /* interface: printer, two-way */
    9, 4, 0, 0, 2, 7, 1, 2, 0,
    /* bulk OUT, bulk IN */
    7, 5, 0x01, 2, 64, 0, 0, 7, 5, 0x81, 2, 64, 0, 0};

struct printer {
    struct paper paper;
    enum { PAPER_OK, PAPER_LOW, PAPER_OUT } roll;
    bool cover_open, cutter_jammed, no_automatic;
    int taken;         /* sheets */
    int lines_left;    /* until the paper ends; 0: plenty */
    uint8_t automatic; /* GS a mask */
    uint8_t *held;
    size_t held_length;
};

static bool stopped(const struct printer *printer) {
    return printer->roll == PAPER_OUT || printer->cover_open || printer->cutter_jammed;
}

static bool holds_ticket(const struct device *device) {
    const struct printer *printer = device->state;
    return device->model != &model_printer && printer->paper.sheets > printer->taken;
}

static uint8_t paper_bits(const struct device *device) {
    const struct printer *printer = device->state;
    bool out = printer->roll == PAPER_OUT, own = device->model == &model_printer_ppu;
    return (printer->roll != PAPER_OK ? 0x0c : 0) | (out ? (own ? 0x20 : 0x60) : 0) |
           (own && holds_ticket(device) ? 0x40 : 0);
}

static void tell_kpm(struct device *device) {
    const struct printer *printer = device->state;
    uint8_t answer[6] = {0x10, 0x0f};
    answer[2] = (printer->roll == PAPER_OUT ? 0x01 : 0) | (printer->roll != PAPER_OK ? 0x04 : 0) |
                (holds_ticket(device) ? 0x20 : 0);
    answer[3] = printer->cover_open ? 0x03 : 0;
    device_send(device, 0x81, answer, sizeof answer);
}

static uint8_t answer_to(const struct device *device, uint8_t query) {
    const struct printer *printer = device->state;
    uint8_t answer = 0x12;
    switch (query) {
    case 1:
        return answer | (stopped(printer) ? 0x08 : 0);
    case 2:
        return answer | (printer->cover_open ? 0x04 : 0) | (printer->roll == PAPER_OUT ? 0x20 : 0) |
               (printer->cutter_jammed ? 0x40 : 0);
    case 3:
        return answer | (printer->cutter_jammed ? 0x08 : 0);
    default:
        return answer | paper_bits(device);
    }
}

static void tell(struct device *device) {
    struct printer *printer = device->state;
    if (!printer->automatic || printer->no_automatic)
        return;
    uint8_t status[4] = {0x10, 0, 0, 0};
    status[0] |= (stopped(printer) ? 0x08 : 0) | (printer->cover_open ? 0x20 : 0);
    status[1] |= printer->cutter_jammed ? 0x08 : 0;
    status[2] |= (printer->roll != PAPER_OK ? 0x03 : 0) | (printer->roll == PAPER_OUT ? 0x0c : 0);
    device_send(device, 0x81, status, sizeof status);
}

static void power_on(struct device *device) {
    struct printer *printer = device->state;
    printer->automatic = 0;
    printer->held_length = 0;
    if (!printer->paper.pending && !paper_init(&printer->paper, HEAD_DOTS))
        abort();
    paper_forget(&printer->paper);
    if (!printer->held && !(printer->held = malloc(HELD_MAX)))
        abort();
}

static void destroy(struct device *device) {
    struct printer *printer = device->state;
    paper_free(&printer->paper);
    free(printer->held);
}

static int control(struct device *device, const uint8_t setup[8], uint8_t *data) {
    const char *id = device->model == &model_printer_kpm   ? ID("KPM180H")
                     : device->model == &model_printer_ppu ? ID("PPU-700")
                                                           : ID("Bench 80");
    const struct printer *printer = device->state;
    size_t room = setup[6] | (size_t)setup[7] << 8, length = strlen(id) + 2;
    if (setup[0] == 0xa1 && setup[1] == 0) {
        uint8_t answer[128] = {(uint8_t)(length >> 8), (uint8_t)length};
        memcpy(answer + 2, id, length - 2);
        length = length < room ? length : room;
        memcpy(data, answer, length);
        return (int)length;
    }
    if (setup[0] == 0xa1 && setup[1] == 1 && room >= 1) {
        data[0] =
            (uint8_t)((stopped(printer) ? 0x10 : 0x18) | (printer->roll == PAPER_OUT ? 0x20 : 0));
        return 1;
    }
    return setup[0] == 0x21 && setup[1] == 2 ? 0 : -EPIPE;
}

/* Prints until the paper ends. */
static void print(struct device *device, const uint8_t *bytes, size_t length) {
    struct printer *printer = device->state;
    snprintf(printer->paper.folder, sizeof printer->paper.folder, "%s", device->paper_folder);
    size_t at = 0;
    while (at < length && !stopped(printer)) {
        int lines = printer->paper.lines;
        paper_read(&printer->paper, bytes + at++, 1);
        if (printer->lines_left && printer->paper.lines > lines && --printer->lines_left == 0) {
            printer->roll = PAPER_OUT;
            tell(device);
        }
    }
    size_t left = length - at;
    if (left > HELD_MAX - printer->held_length)
        left = HELD_MAX - printer->held_length;
    memmove(printer->held + printer->held_length, bytes + at, left);
    printer->held_length += left;
}

static void print_held(struct device *device) {
    struct printer *printer = device->state;
    size_t length = printer->held_length;
    if (stopped(printer) || length == 0)
        return;
    uint8_t *bytes = malloc(length);
    if (!bytes)
        return;
    memcpy(bytes, printer->held, length);
    printer->held_length = 0;
    print(device, bytes, length);
    free(bytes);
}

static void receive(struct device *device, uint8_t endpoint, const uint8_t *bytes, size_t length) {
    struct printer *printer = device->state;
    (void)endpoint;
    if (length == 3 && bytes[0] == 0x10 && bytes[1] == 0x04) {
        if (bytes[2] == 0x14 && device->model == &model_printer_kpm)
            tell_kpm(device);
        else if (bytes[2] <= 4)
            device_send(device, 0x81, (const uint8_t[]){answer_to(device, bytes[2])}, 1);
    } else if (length == 3 && bytes[0] == 0x10 && bytes[1] == 0x05) {
        if (bytes[2] == 2) {
            printer->held_length = 0;
            paper_forget(&printer->paper);
        }
    } else if (length == 3 && bytes[0] == 0x1d && bytes[1] == 'a') {
        printer->automatic = bytes[2];
        tell(device);
    } else {
        print(device, bytes, length);
    }
}

static bool set_paper(struct printer *printer, const char *words) {
    static const char *const names[] = {"ok", "low", "out"};
    int lines;
    if (sscanf(words, "out after %d", &lines) == 1 && lines > 0) {
        printer->lines_left = lines;
        return true;
    }
    for (int i = 0; i < 3; i++) {
        if (strcmp(words, names[i]) != 0)
            continue;
        printer->roll = i;
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

static bool command(struct device *device, const char *text) {
    struct printer *printer = device->state;
    if (strcmp(text, "take") == 0) {
        bool held = holds_ticket(device);
        printer->taken = printer->paper.sheets;
        return held;
    }
    if (strcmp(text, "watched") == 0)
        return printer->automatic != 0;
    bool known = strncmp(text, "paper ", 6) == 0 ? set_paper(printer, text + 6)
                 : strncmp(text, "cover ", 6) == 0
                     ? set_switch(&printer->cover_open, text + 6, "open", "close")
                 : strncmp(text, "asb ", 4) == 0
                     ? set_switch(&printer->no_automatic, text + 4, "off", "on")
                     : set_switch(&printer->cutter_jammed, text, "jam", "clear");
    if (!known)
        return false;
    tell(device);
    print_held(device);
    return true;
}

#define PRINTER(text)                                                                              \
    {                                                                                              \
        .name = text, .descriptors = descriptors, .descriptors_length = sizeof descriptors,        \
        .state_size = sizeof(struct printer), .power_on = power_on, .control = control,            \
        .receive = receive, .command = command, .destroy = destroy                                 \
    }

const struct model model_printer = PRINTER("printer");
const struct model model_printer_kpm = PRINTER("printer-kpm");
const struct model model_printer_ppu = PRINTER("printer-ppu");
