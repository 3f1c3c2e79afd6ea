/* The inside of a receipt printer: a receive buffer, the reader of its bytes (paper.h), and a
 * mechanism that takes its time, stops for many reasons and goes on where it stopped. What the
 * buffer holds survives everything but power and the order to clear it. */
#ifndef USBBENCH_MECHANISM_H
#define USBBENCH_MECHANISM_H

#include "tests/usbbench/paper.h"

enum roll { PAPER_OK = 0, PAPER_LOW, PAPER_OUT };

struct mechanism {
    struct paper paper;
    int speed_mm_s; /* 0: no time passes */
    int cutter_ms;  /* where time passes */
    enum roll roll;
    bool cover_open, cutter_jammed, halted;
    int lines_left; /* until the paper ends; 0: plenty */

    uint8_t *buffer;
    size_t size, length; /* how much it holds at most, and now */
    int64_t now_ms;
    int64_t due_us;      /* the mechanism moves until then */
    int64_t moved_us;    /* when it last stopped, or will */
    int64_t answered_ms; /* a question's turn had come: the printer's to set */
};

/* False: out of memory. */
bool mechanism_init(struct mechanism *mechanism, int dots);
void mechanism_free(struct mechanism *mechanism);
/* Bytes that were received: at most mechanism_room of them. */
void mechanism_receive(struct mechanism *mechanism, const uint8_t *bytes, size_t length);
size_t mechanism_room(const struct mechanism *mechanism);
/* Goes on as far as time, paper and cover allow. True: the paper has just ended. */
bool mechanism_run(struct mechanism *mechanism, int64_t now_ms);
/* When to run it again; 0: something has to happen first. */
int64_t mechanism_due_ms(const struct mechanism *mechanism);
/* It cannot print: no paper, an open cover, a jam. */
bool mechanism_stopped(const struct mechanism *mechanism);
/* Nothing moves and nothing waits. */
bool mechanism_rests(const struct mechanism *mechanism);
/* When it last came to rest, and could answer: on a busy machine that is later. */
int64_t mechanism_rested_ms(const struct mechanism *mechanism);
/* What waits, also of a command or a line that has begun, is gone; what is on paper stays. */
void mechanism_clear(struct mechanism *mechanism);

#endif
