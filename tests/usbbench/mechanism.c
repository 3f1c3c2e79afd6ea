#include "tests/usbbench/mechanism.h"

#include <stdlib.h>
#include <string.h>

#define BUFFER_ROOM (64 * 1024)
#define BUFFER_USUAL 4096
#define ROWS_PER_MM 8
#define CUT_ROWS 30
#define CUTTER_MS 300

bool mechanism_init(struct mechanism *mechanism, int dots) {
    *mechanism = (struct mechanism){
        .buffer = malloc(BUFFER_ROOM), .size = BUFFER_USUAL, .cutter_ms = CUTTER_MS};
    return paper_init(&mechanism->paper, dots) && mechanism->buffer;
}

void mechanism_free(struct mechanism *mechanism) {
    paper_free(&mechanism->paper);
    free(mechanism->buffer);
}

bool mechanism_stopped(const struct mechanism *mechanism) {
    return mechanism->roll == PAPER_OUT || mechanism->cover_open || mechanism->cutter_jammed;
}

size_t mechanism_room(const struct mechanism *mechanism) {
    return mechanism->length < mechanism->size ? mechanism->size - mechanism->length : 0;
}

static bool moves(const struct mechanism *mechanism) {
    return mechanism->due_us > mechanism->now_ms * 1000;
}

/* What begins to move begins now: only what goes on follows what went before. */
static void begin_moving(struct mechanism *mechanism) {
    if (!moves(mechanism))
        mechanism->due_us = mechanism->now_ms * 1000;
}

void mechanism_receive(struct mechanism *mechanism, const uint8_t *bytes, size_t length) {
    if (mechanism->length == 0)
        begin_moving(mechanism);
    memcpy(mechanism->buffer + mechanism->length, bytes, length);
    mechanism->length += length;
}

/* One byte, and the time that what it does takes. True: it was the last line of the roll. */
static bool read_byte(struct mechanism *mechanism, uint8_t byte) {
    struct paper *paper = &mechanism->paper;
    int height = paper->canvas.height, lines = paper->lines, sheets = paper->sheets;
    paper_read(paper, &byte, 1);
    bool is_cut = paper->sheets != sheets;
    int rows = is_cut ? CUT_ROWS : paper->canvas.height - height;
    if (mechanism->speed_mm_s > 0)
        mechanism->due_us += rows * 1000000LL / (ROWS_PER_MM * mechanism->speed_mm_s) +
                             (is_cut ? mechanism->cutter_ms * 1000LL : 0);
    if (rows > 0)
        mechanism->moved_us = mechanism->due_us;
    if (mechanism->lines_left == 0 || paper->lines <= lines || --mechanism->lines_left > 0)
        return false;
    mechanism->roll = PAPER_OUT;
    return true;
}

bool mechanism_run(struct mechanism *mechanism, int64_t now_ms) {
    size_t at = 0;
    bool has_ended = false;
    mechanism->now_ms = now_ms;
    if (mechanism->halted && !mechanism_stopped(mechanism))
        begin_moving(mechanism);
    while (at < mechanism->length && !mechanism_stopped(mechanism) && !moves(mechanism))
        has_ended = read_byte(mechanism, mechanism->buffer[at++]);
    mechanism->length -= at;
    memmove(mechanism->buffer, mechanism->buffer + at, mechanism->length);
    mechanism->halted = mechanism_stopped(mechanism);
    return has_ended;
}

int64_t mechanism_due_ms(const struct mechanism *mechanism) {
    bool waits = mechanism->length > 0 && !mechanism_stopped(mechanism);
    return waits && moves(mechanism) ? (mechanism->due_us + 999) / 1000 : 0;
}

bool mechanism_rests(const struct mechanism *mechanism) {
    return mechanism->length == 0 && !moves(mechanism);
}

int64_t mechanism_rested_ms(const struct mechanism *mechanism) {
    int64_t moved_ms = mechanism->moved_us / 1000;
    return mechanism->answered_ms > moved_ms ? mechanism->answered_ms : moved_ms;
}

void mechanism_clear(struct mechanism *mechanism) {
    mechanism->length = 0;
    paper_forget(&mechanism->paper);
}
