#include "app/payclient/desk_call.h"

#include <errno.h>
#include <poll.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/payclient/protocol.h"

static const char *desk_path(void) {
    const char *path = getenv("PAYCLIENT_DESK");
    return path == NULL || *path == '\0' ? DESK_SOCKET_DEFAULT : path;
}

/* Until the socket is ready for `events`; false: not in time. Signals of the caller's program wake
 * it in vain. */
static bool await_socket(int file, short events, int64_t until_ms) {
    struct pollfd ready = {.fd = file, .events = events};
    for (;;) {
        int64_t left_ms = until_ms - clock_mono_ms();
        int count = left_ms <= 0 ? 0 : poll(&ready, 1, (int)left_ms);
        if (count >= 0 || errno != EINTR)
            return count > 0;
    }
}

/* A desk whose queue of connections is full blocks nobody: connecting is given up at once. */
static int connect_desk(const char *path, int64_t until_ms) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    if (strlen(path) >= sizeof address.sun_path) {
        errno = ENAMETOOLONG;
        return -1;
    }
    memcpy(address.sun_path, path, strlen(path));
    int file = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    while (file >= 0 && connect(file, (struct sockaddr *)&address, sizeof address) != 0) {
        bool busy = errno == EAGAIN || errno == EINTR;
        if (busy && clock_mono_ms() < until_ms) {
            (void)poll(NULL, 0, 5);
            continue;
        }
        int why = errno;
        close(file);
        errno = why;
        return -1;
    }
    return file;
}

static bool await_greeting(int file, int64_t until_ms) {
    char heard[sizeof DESK_GREETING - 1];
    size_t length = 0;
    while (length < sizeof heard) {
        ssize_t got = await_socket(file, POLLIN, until_ms)
                          ? recv(file, heard + length, sizeof heard - length, 0)
                          : 0;
        if (got <= 0)
            return false;
        length += (size_t)got;
    }
    return memcmp(heard, DESK_GREETING, sizeof heard) == 0;
}

static bool say_line(int file, const char *line, int64_t until_ms) {
    size_t length = strlen(line), said = 0;
    while (said < length) {
        ssize_t put = await_socket(file, POLLOUT, until_ms)
                          ? send(file, line + said, length - said, MSG_NOSIGNAL)
                          : -1;
        if (put < 0 && errno == EAGAIN && clock_mono_ms() < until_ms)
            continue;
        if (put < 0)
            return false;
        said += (size_t)put;
    }
    return true;
}

struct heard {
    char *text;
    size_t length, room;
};

/* The first line that is not empty, cut off behind its end; NULL: not there yet. */
static char *whole_line(struct heard *heard) {
    size_t empty = 0;
    while (empty < heard->length && heard->text[empty] == '\n')
        empty++;
    heard->length -= empty;
    memmove(heard->text, heard->text + empty, heard->length);
    char *end = memchr(heard->text, '\n', heard->length);
    if (end == NULL)
        return NULL;
    *end = '\0';
    return heard->text;
}

/* The answer; NULL: the desk has gone, or was silent for too long. */
static char *hear_answer_line(int file) {
    struct heard heard = {.room = 4096};
    heard.text = malloc(heard.room);
    ENSURE(heard.text != NULL);
    while (await_socket(file, POLLIN, clock_mono_ms() + DESK_SILENCE_MS)) {
        ssize_t got = recv(file, heard.text + heard.length, heard.room - heard.length, 0);
        if (got <= 0)
            break;
        heard.length += (size_t)got;
        char *line = whole_line(&heard);
        if (line != NULL)
            return line;
        if (heard.length < heard.room)
            continue;
        if (heard.room >= DESK_LINE_MAX)
            break;
        heard.room *= 2;
        heard.text = realloc(heard.text, heard.room);
        ENSURE(heard.text != NULL);
    }
    free(heard.text);
    return NULL;
}

enum desk_call desk_call(const char *line, char **answer, char *why, size_t why_size) {
    const char *path = desk_path();
    int64_t until_ms = clock_mono_ms() + DESK_GREETING_MS;
    int file = connect_desk(path, until_ms);
    if (file < 0) {
        snprintf(why, why_size, "%.160s: %s", path, strerror(errno));
        return DESK_ABSENT;
    }
    enum desk_call result = DESK_LOST;
    if (!await_greeting(file, until_ms) ||
        !say_line(file, line, clock_mono_ms() + DESK_GREETING_MS)) {
        snprintf(why, why_size, "%.160s: nobody answers there", path);
        result = DESK_ABSENT;
    } else if ((*answer = hear_answer_line(file)) != NULL) {
        result = DESK_ANSWERED;
    } else {
        snprintf(why, why_size, "the desk went away: ask what became of it");
    }
    close(file);
    return result;
}
