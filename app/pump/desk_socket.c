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
#include "app/pump/desk_caller.h"

#define CALLERS_MAX (2 * DESK_CALLS_MAX) /* with those who are not heard yet, or are hearing */
#define FULL_LINE                                                                                  \
    "{\"code\":\"-1002\",\"out\":{\"respCode\":\"-1002\",\"respMsg\":\"the desk is full\"}}"

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
    int64_t beat_ms;
    struct queue *answers;
    struct caller callers[CALLERS_MAX];
    pthread_t thread;
};

static void take_answers(struct desk_socket *desk) {
    struct answered answered;
    uint64_t ignored;
    (void)!read(desk->woken, &ignored, sizeof ignored);
    while (queue_pop(desk->answers, &answered)) {
        for (int i = 0; i < CALLERS_MAX; i++) {
            struct caller *caller = &desk->callers[i];
            if (caller->state == CALLER_WAITS && caller->number == answered.caller)
                desk_caller_answer(caller, answered.line);
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

static int count_waiting(const struct desk_socket *desk) {
    int count = 0;
    for (int i = 0; i < CALLERS_MAX; i++)
        count += desk->callers[i].state == CALLER_WAITS;
    return count;
}

/* The line is whole: it is a call, if there is room for one more. */
static void take_caller_line(struct desk_socket *desk, struct caller *caller) {
    int waiting = count_waiting(desk);
    if (waiting == DESK_CALLS_MAX || !queue_reserve(desk->answers)) {
        log_write(LOG_WARNING, "desk", "a call was turned away: %d wait", waiting);
        desk_caller_answer(caller, FULL_LINE);
        return;
    }
    struct desk_ask ask = {.caller = caller->number, .line = desk_caller_line(caller)};
    desk_caller_wait(caller);
    if (!desk->take(desk->context, &ask)) {
        free(ask.line);
        desk_socket_answer(desk, caller->number, strdup(FULL_LINE));
    }
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
    desk_caller_meet(caller, file, take_caller_number(desk));
}

#define FIXED_FILES 3

/* False: it is to stop. */
static bool turn_desk(struct desk_socket *desk) {
    struct pollfd ready[FIXED_FILES + CALLERS_MAX] = {{.fd = desk->stop, .events = POLLIN},
                                                      {.fd = desk->woken, .events = POLLIN},
                                                      {.fd = desk->listener, .events = POLLIN}};
    for (int i = 0; i < CALLERS_MAX; i++)
        ready[FIXED_FILES + i] = desk_caller_poll(&desk->callers[i]);
    int64_t left_ms = desk->beat_ms - clock_mono_ms();
    if (poll(ready, FIXED_FILES + CALLERS_MAX, left_ms > 0 ? (int)left_ms : 0) < 0)
        return errno == EINTR;
    if (ready[0].revents != 0)
        return false;
    if (ready[1].revents != 0)
        take_answers(desk);
    for (int i = 0; i < CALLERS_MAX; i++)
        if (desk_caller_serve(&desk->callers[i], ready[FIXED_FILES + i].revents, clock_mono_ms()))
            take_caller_line(desk, &desk->callers[i]);
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
            desk_caller_drop(&desk->callers[i]);
    while (queue_pop(desk->answers, &answered))
        free(answered.line);
    queue_destroy(desk->answers);
    close(desk->stop);
    close(desk->woken);
    free(desk->path);
    free(desk);
}
