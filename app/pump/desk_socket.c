#include "app/pump/desk_socket.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/base/queue.h"
#include "app/payclient/protocol.h"

#define CALLERS_MAX (2 * DESK_CALLS_MAX) /* with those who are not heard yet, or are hearing */
#define PATIENCE_MS 1000                 /* until a caller's line is whole, or is taken */
#define CLOSING_MS 5000                  /* until an answer is taken */
#define FIRST_ROOM 4096
#define FULL_LINE                                                                                  \
    "{\"code\":\"-1002\",\"out\":{\"respCode\":\"-1002\",\"respMsg\":\"the desk is full\"}}"

enum caller_state { CALLER_FREE = 0, CALLER_SPEAKS, CALLER_WAITS, CALLER_HEARS };

struct caller {
    enum caller_state state;
    uint32_t number;
    int file;
    int64_t until_ms,
        alive_ms; /* SPEAKS, HEARS: it is given up then; WAITS: the next sign of life */
    char *text;   /* what it says, or hears */
    size_t length, room, done;
};

struct answered {
    uint32_t caller;
    char *line;
};

struct desk_socket {
    bool (*take)(void *context, const struct desk_ask *ask);
    void (*beat)(void *context);
    void *context;
    char *path;
    int listener, stop, woken;
    uint32_t next_number;
    int waiting;
    int64_t beat_ms;
    struct queue *answers;
    struct caller callers[CALLERS_MAX];
    pthread_t thread;
};

static void drop_caller(struct desk_socket *desk, struct caller *caller) {
    desk->waiting -= caller->state == CALLER_WAITS;
    close(caller->file);
    if (caller->text != NULL)
        explicit_bzero(caller->text, caller->room);
    free(caller->text);
    *caller = (struct caller){.state = CALLER_FREE};
}

/* The rest of the answer; what is not taken now is written when there is room. */
static void write_answer(struct desk_socket *desk, struct caller *caller) {
    while (caller->done < caller->length) {
        ssize_t put = send(caller->file, caller->text + caller->done, caller->length - caller->done,
                           MSG_NOSIGNAL);
        if (put < 0 && (errno == EAGAIN || errno == EINTR))
            return;
        if (put <= 0)
            break;
        caller->done += (size_t)put;
    }
    drop_caller(desk, caller);
}

static void begin_answer(struct desk_socket *desk, struct caller *caller, const char *line) {
    size_t length = strlen(line) + 1;
    desk->waiting -= caller->state == CALLER_WAITS;
    caller->state = CALLER_HEARS;
    caller->until_ms = clock_mono_ms() + CLOSING_MS;
    free(caller->text);
    caller->text = malloc(length);
    ENSURE(caller->text != NULL);
    memcpy(caller->text, line, length);
    caller->text[length - 1] = '\n';
    caller->length = caller->room = length;
    caller->done = 0;
    write_answer(desk, caller);
}

static void take_answers(struct desk_socket *desk) {
    struct answered answered;
    uint64_t ignored;
    (void)!read(desk->woken, &ignored, sizeof ignored);
    while (queue_pop(desk->answers, &answered)) {
        for (int i = 0; i < CALLERS_MAX; i++) {
            struct caller *caller = &desk->callers[i];
            if (caller->state == CALLER_WAITS && caller->number == answered.caller)
                begin_answer(desk, caller, answered.line);
        }
        free(answered.line);
    }
}

static uint32_t take_caller_number(struct desk_socket *desk) {
    uint32_t number = desk->next_number++;
    if (desk->next_number == 0)
        desk->next_number = 1;
    return number;
}

/* The line is whole: it is a call, if there is room for one more. */
static void take_caller_line(struct desk_socket *desk, struct caller *caller) {
    struct desk_ask ask = {.caller = caller->number};
    if (desk->waiting == DESK_CALLS_MAX || !queue_reserve(desk->answers)) {
        log_write(LOG_WARNING, "desk", "a call was turned away: %d wait", desk->waiting);
        begin_answer(desk, caller, FULL_LINE);
        return;
    }
    ask.line = strndup(caller->text, caller->length - 1);
    ENSURE(ask.line != NULL);
    caller->state = CALLER_WAITS;
    caller->alive_ms = clock_mono_ms() + DESK_ALIVE_MS;
    desk->waiting++;
    if (!desk->take(desk->context, &ask)) {
        free(ask.line);
        desk_socket_answer(desk, caller->number, strdup(FULL_LINE));
    }
}

/* A line that does not end in time, or is too long, was not said. */
static void hear_caller(struct desk_socket *desk, struct caller *caller) {
    if (caller->length == caller->room) {
        caller->room = caller->room == 0 ? FIRST_ROOM : 2 * caller->room;
        caller->text = realloc(caller->text, caller->room);
        ENSURE(caller->text != NULL);
    }
    ssize_t got =
        recv(caller->file, caller->text + caller->length, caller->room - caller->length, 0);
    if (got < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (got <= 0 || caller->length + (size_t)got > DESK_LINE_MAX) {
        drop_caller(desk, caller);
        return;
    }
    caller->length += (size_t)got;
    if (caller->text[caller->length - 1] == '\n')
        take_caller_line(desk, caller);
}

/* One who has gone meanwhile is not missed: what it asked for goes on. */
static void keep_alive(struct caller *caller, int64_t now_ms) {
    if (now_ms < caller->alive_ms)
        return;
    (void)send(caller->file, "\n", 1, MSG_NOSIGNAL);
    caller->alive_ms = now_ms + DESK_ALIVE_MS;
}

static void serve_caller(struct desk_socket *desk, struct caller *caller, short ready) {
    int64_t now_ms = clock_mono_ms();
    if (caller->state == CALLER_WAITS) {
        keep_alive(caller, now_ms);
        return;
    }
    if (ready != 0 && caller->state == CALLER_SPEAKS)
        hear_caller(desk, caller);
    else if (ready != 0 && caller->state == CALLER_HEARS)
        write_answer(desk, caller);
    else if (caller->state != CALLER_FREE && now_ms >= caller->until_ms)
        drop_caller(desk, caller);
}

static void meet_caller(struct desk_socket *desk) {
    int file = accept4(desk->listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
    struct caller *caller = desk->callers;
    if (file < 0)
        return;
    while (caller < desk->callers + CALLERS_MAX && caller->state != CALLER_FREE)
        caller++;
    if (caller == desk->callers + CALLERS_MAX ||
        send(file, DESK_GREETING, sizeof DESK_GREETING - 1, MSG_NOSIGNAL) < 0) {
        close(file);
        return;
    }
    *caller = (struct caller){.state = CALLER_SPEAKS,
                              .number = take_caller_number(desk),
                              .file = file,
                              .until_ms = clock_mono_ms() + PATIENCE_MS};
}

#define FIXED_FILES 3

/* Of one who waits nothing is: whoever has gone would wake the poll again and again. */
static struct pollfd poll_of_caller(const struct caller *caller) {
    bool talks = caller->state == CALLER_SPEAKS || caller->state == CALLER_HEARS;
    return (struct pollfd){.fd = talks ? caller->file : -1,
                           .events = caller->state == CALLER_HEARS ? POLLOUT : POLLIN};
}

/* False: it is to stop. */
static bool turn_desk(struct desk_socket *desk) {
    struct pollfd ready[FIXED_FILES + CALLERS_MAX] = {{.fd = desk->stop, .events = POLLIN},
                                                      {.fd = desk->woken, .events = POLLIN},
                                                      {.fd = desk->listener, .events = POLLIN}};
    for (int i = 0; i < CALLERS_MAX; i++)
        ready[FIXED_FILES + i] = poll_of_caller(&desk->callers[i]);
    int64_t left_ms = desk->beat_ms - clock_mono_ms();
    if (poll(ready, FIXED_FILES + CALLERS_MAX, left_ms > 0 ? (int)left_ms : 0) < 0)
        return errno == EINTR;
    if (ready[0].revents != 0)
        return false;
    if (ready[1].revents != 0)
        take_answers(desk);
    for (int i = 0; i < CALLERS_MAX; i++)
        serve_caller(desk, &desk->callers[i], ready[FIXED_FILES + i].revents);
    if (ready[2].revents != 0)
        meet_caller(desk);
    if (clock_mono_ms() >= desk->beat_ms) {
        desk->beat_ms = clock_mono_ms() + DESK_ALIVE_MS;
        desk->beat(desk->context);
    }
    return true;
}

static void *run_desk_socket(void *context) {
    struct desk_socket *desk = context;
    while (turn_desk(desk))
        continue;
    return NULL;
}

/* Removes what an earlier run has left, if it is a socket: another file is somebody else's. */
static int listen_for_callers(const char *path) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    struct stat status;
    if (strlen(path) >= sizeof address.sun_path) {
        errno = ENAMETOOLONG;
        return -1;
    }
    memcpy(address.sun_path, path, strlen(path));
    if (lstat(path, &status) == 0 && (!S_ISSOCK(status.st_mode) || unlink(path) != 0)) {
        errno = EEXIST;
        return -1;
    }
    int listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    mode_t mask = umask(0117);
    bool bound = bind(listener, (struct sockaddr *)&address, sizeof address) == 0;
    umask(mask);
    if (bound && listen(listener, 4 * DESK_CALLS_MAX) == 0)
        return listener;
    int why = errno;
    close(listener);
    errno = why;
    return -1;
}

static void wake_desk_socket(void *context) {
    uint64_t one = 1;
    ENSURE(write(((struct desk_socket *)context)->woken, &one, sizeof one) == sizeof one);
}

struct desk_socket *desk_socket_start(const char *path,
                                      bool (*take)(void *context, const struct desk_ask *ask),
                                      void (*beat)(void *context), void *context) {
    int listener = listen_for_callers(path);
    if (listener < 0) {
        log_write(LOG_ERROR, "desk", "no socket at %s: %s", path, strerror(errno));
        return NULL;
    }
    struct desk_socket *desk = calloc(1, sizeof *desk);
    ENSURE(desk != NULL);
    desk->take = take;
    desk->beat = beat;
    desk->context = context;
    desk->path = strdup(path);
    desk->listener = listener;
    desk->next_number = 1;
    desk->stop = eventfd(0, EFD_CLOEXEC);
    desk->woken = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    desk->answers =
        queue_create(sizeof(struct answered), 2 * DESK_CALLS_MAX, wake_desk_socket, desk);
    desk->beat_ms = clock_mono_ms() + DESK_ALIVE_MS;
    ENSURE(pthread_create(&desk->thread, NULL, run_desk_socket, desk) == 0);
    log_write(LOG_INFO, "desk", "calls are taken at %s", path);
    return desk;
}

void desk_socket_answer(struct desk_socket *desk, uint32_t caller, char *line) {
    struct answered answered = {caller, line};
    ENSURE(line != NULL);
    queue_push_reserved(desk->answers, &answered);
}

void desk_socket_stop(struct desk_socket *desk) {
    struct answered answered;
    uint64_t one = 1;
    ENSURE(write(desk->stop, &one, sizeof one) == sizeof one);
    pthread_join(desk->thread, NULL);
    unlink(desk->path);
    close(desk->listener);
    for (int i = 0; i < CALLERS_MAX; i++)
        if (desk->callers[i].state != CALLER_FREE)
            drop_caller(desk, &desk->callers[i]);
    while (queue_pop(desk->answers, &answered))
        free(answered.line);
    queue_destroy(desk->answers);
    close(desk->stop);
    close(desk->woken);
    free(desk->path);
    free(desk);
}
