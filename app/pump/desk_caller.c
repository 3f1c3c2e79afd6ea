#include "app/pump/desk_caller.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/payclient/protocol.h"

#define PATIENCE_MS 1000 /* until a caller's line is whole */
#define CLOSING_MS 5000  /* until an answer is taken */
#define FIRST_ROOM 4096

void desk_caller_meet(struct caller *caller, int file, uint32_t number) {
    *caller = (struct caller){.state = CALLER_SPEAKS,
                              .number = number,
                              .file = file,
                              .until_ms = clock_mono_ms() + PATIENCE_MS};
}

void desk_caller_drop(struct caller *caller) {
    close(caller->file);
    if (caller->text != NULL)
        explicit_bzero(caller->text, caller->room);
    free(caller->text);
    *caller = (struct caller){.state = CALLER_FREE};
}

static bool hear_caller(struct caller *caller) {
    if (caller->length == caller->room) {
        caller->room = caller->room == 0 ? FIRST_ROOM : 2 * caller->room;
        caller->text = realloc(caller->text, caller->room);
        ENSURE(caller->text != NULL);
    }
    ssize_t got =
        recv(caller->file, caller->text + caller->length, caller->room - caller->length, 0);
    if (got < 0 && (errno == EAGAIN || errno == EINTR))
        return false;
    if (got <= 0 || caller->length + (size_t)got > DESK_LINE_MAX) {
        desk_caller_drop(caller);
        return false;
    }
    caller->length += (size_t)got;
    return caller->text[caller->length - 1] == '\n';
}

char *desk_caller_line(const struct caller *caller) {
    char *line = strndup(caller->text, caller->length - 1);
    ENSURE(line != NULL);
    return line;
}

void desk_caller_wait(struct caller *caller) {
    caller->state = CALLER_WAITS;
    caller->alive_ms = clock_mono_ms() + DESK_ALIVE_MS;
}

/* The rest of the answer; what is not taken now is written when there is room. */
static void write_answer(struct caller *caller) {
    while (caller->done < caller->length) {
        ssize_t put = send(caller->file, caller->text + caller->done, caller->length - caller->done,
                           MSG_NOSIGNAL);
        if (put < 0 && (errno == EAGAIN || errno == EINTR))
            return;
        if (put <= 0)
            break;
        caller->done += (size_t)put;
    }
    desk_caller_drop(caller);
}

void desk_caller_answer(struct caller *caller, const char *line) {
    size_t length = strlen(line) + 1;
    caller->state = CALLER_HEARS;
    caller->until_ms = clock_mono_ms() + CLOSING_MS;
    if (caller->text != NULL)
        explicit_bzero(caller->text, caller->room);
    free(caller->text);
    caller->text = malloc(length);
    ENSURE(caller->text != NULL);
    memcpy(caller->text, line, length);
    caller->text[length - 1] = '\n';
    caller->length = caller->room = length;
    caller->done = 0;
    write_answer(caller);
}

/* One who has gone meanwhile is not missed: what it asked for goes on. */
static void keep_alive(struct caller *caller, int64_t now_ms) {
    if (now_ms < caller->alive_ms)
        return;
    (void)send(caller->file, "\n", 1, MSG_NOSIGNAL);
    caller->alive_ms = now_ms + DESK_ALIVE_MS;
}

bool desk_caller_serve(struct caller *caller, short ready, int64_t now_ms) {
    if (caller->state == CALLER_WAITS)
        keep_alive(caller, now_ms);
    else if (ready != 0 && caller->state == CALLER_SPEAKS)
        return hear_caller(caller);
    else if (ready != 0 && caller->state == CALLER_HEARS)
        write_answer(caller);
    else if (caller->state != CALLER_FREE && now_ms >= caller->until_ms)
        desk_caller_drop(caller);
    return false;
}

/* Of one who waits nothing is: whoever has gone would wake the poll again and again. */
struct pollfd desk_caller_poll(const struct caller *caller) {
    bool talks = caller->state == CALLER_SPEAKS || caller->state == CALLER_HEARS;
    return (struct pollfd){.fd = talks ? caller->file : -1,
                           .events = caller->state == CALLER_HEARS ? POLLOUT : POLLIN};
}
