/* One caller at the desk's socket (app/payclient/protocol.h): speaks a line, waits, hears one. */
#ifndef HOPKIOSK_PUMP_DESK_CALLER_H
#define HOPKIOSK_PUMP_DESK_CALLER_H

#include <poll.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum caller_state { CALLER_FREE = 0, CALLER_SPEAKS, CALLER_WAITS, CALLER_HEARS };

struct caller {
    enum caller_state state;
    uint32_t number;
    int file;
    int64_t until_ms; /* SPEAKS, HEARS: it is given up then */
    int64_t alive_ms; /* WAITS: the next sign of life */
    char *text;       /* what it says, or hears */
    size_t length, room, done;
};

/* The greeted connection `file` passes to the free caller. */
void desk_caller_meet(struct caller *caller, int file, uint32_t number);
/* What it said, without the line's end. Caller: free(). */
char *desk_caller_line(const struct caller *caller);
void desk_caller_wait(struct caller *caller);
/* A line without its end. */
void desk_caller_answer(struct caller *caller, const char *line);
/* What poll has said of it, and the time. True: its line is whole; one that does not end in time,
 * or is too long, was not said. */
bool desk_caller_serve(struct caller *caller, short ready, int64_t now_ms);
struct pollfd desk_caller_poll(const struct caller *caller);
void desk_caller_drop(struct caller *caller);

#endif
