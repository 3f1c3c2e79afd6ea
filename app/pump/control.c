#include "app/pump/control.h"

#include <cjson/cJSON.h>
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "app/base/clock.h"
#include "app/base/log.h"

#define ASK_LINE_SIZE 2048
#define REPLY_SIZE_MAX 65536
/* The longest time for one client's line. */
#define CLIENT_PATIENCE_MS 1000
#define CLIENTS_MAX 16

/* Who is connected and has not said its line yet. */
struct client {
    int file;
    int64_t until_ms;
    size_t length;
    char line[ASK_LINE_SIZE];
};

struct control_port {
    bool (*post)(void *context, const struct control_ask *ask);
    void *context;
    char *path;
    int listener, signals, stop;         /* -1: none */
    struct client *clients[CLIENTS_MAX]; /* in the order in which they came */
    int client_count;
    pthread_t thread;
};

static const char *const word_names[ASK_COUNT] = {
    "status", "devices", "out-of-service", "in-service", "quit", "resolve", "recheck", "?"};

const char *control_word_name(enum control_word word) {
    return word_names[word];
}

static enum control_word control_word_of(const char *line, size_t length) {
    enum control_word word = 0;
    cJSON *tree = cJSON_ParseWithLength(line, length);
    const char *name = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(tree, "ask"));
    while (word < ASK_NOT_UNDERSTOOD && (name == NULL || strcmp(name, word_names[word]) != 0))
        word++;
    cJSON_Delete(tree);
    return word;
}

/* Reads a line; 0 when nothing usable came in time. */
static size_t read_line(int file, char *line, size_t size, int patience_ms) {
    size_t length = 0;
    int64_t until_ms = clock_mono_ms() + patience_ms;
    while (length < size && (length == 0 || line[length - 1] != '\n')) {
        struct pollfd ready = {.fd = file, .events = POLLIN};
        int64_t left_ms = until_ms - clock_mono_ms();
        if (left_ms <= 0 || poll(&ready, 1, (int)left_ms) != 1)
            return 0;
        ssize_t got = recv(file, line + length, size - length, 0);
        if (got <= 0)
            break;
        length += (size_t)got;
    }
    return length;
}

/* Takes what a client has said, a line or what came of it in time, and leaves the client to whoever
 * answers. */
static void end_client(struct control_port *control, int n) {
    struct client *client = control->clients[n];
    memmove(&control->clients[n], &control->clients[n + 1],
            (size_t)(--control->client_count - n) * sizeof control->clients[0]);
    struct control_ask ask = {.word = control_word_of(client->line, client->length),
                              .client = client->file,
                              .line = strndup(client->line, client->length)};
    ENSURE(ask.line != NULL);
    free(client);
    if (!control->post(control->context, &ask))
        control_reply(&ask, "{\"error\":\"busy\"}");
}

/* One who says nothing takes a place, not the others' time; the longest silent one makes room. */
static void meet_client(struct control_port *control) {
    int file = accept4(control->listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (file < 0)
        return;
    if (control->client_count == CLIENTS_MAX)
        end_client(control, 0);
    struct client *client = calloc(1, sizeof *client);
    ENSURE(client != NULL);
    client->file = file;
    client->until_ms = clock_mono_ms() + CLIENT_PATIENCE_MS;
    control->clients[control->client_count++] = client;
}

/* False: it says no more, because its line is whole or it has gone. */
static bool hear_client(struct client *client) {
    size_t room = sizeof client->line - client->length;
    ssize_t got = recv(client->file, client->line + client->length, room, 0);
    if (got < 0)
        return errno == EAGAIN || errno == EINTR;
    client->length += (size_t)got;
    return got > 0 && client->length < sizeof client->line &&
           client->line[client->length - 1] != '\n';
}

static void hear_clients(struct control_port *control, const struct pollfd *ready, int count) {
    int64_t now_ms = clock_mono_ms();
    for (int i = count - 1; i >= 0; i--) { /* from the last, since one that ends moves the others */
        struct client *client = control->clients[i];
        bool says_more = ready[i].revents == 0 || hear_client(client);
        if (!says_more || now_ms >= client->until_ms)
            end_client(control, i);
    }
}

static void take_signal(struct control_port *control) {
    struct signalfd_siginfo info;
    if (read(control->signals, &info, sizeof info) != sizeof info)
        return;
    log_write(LOG_INFO, "control", "signal %u: stopping", info.ssi_signo);
    struct control_ask ask = {.word = ASK_QUIT, .client = -1};
    if (!control->post(control->context, &ask))
        log_write(LOG_ERROR, "control", "the main thread takes nothing now; signal again");
}

/* Until the first client's patience ends; -1: nobody is there. They came in this order. */
static int client_wait_ms(const struct control_port *control) {
    if (control->client_count == 0)
        return -1;
    int64_t left_ms = control->clients[0]->until_ms - clock_mono_ms();
    return left_ms > 0 ? (int)left_ms : 0;
}

/* False: it is to stop. */
static bool turn_control(struct control_port *control) {
    struct pollfd ready[3 + CLIENTS_MAX] = {{.fd = control->stop, .events = POLLIN},
                                            {.fd = control->signals, .events = POLLIN},
                                            {.fd = control->listener, .events = POLLIN}};
    int count = control->client_count;
    for (int i = 0; i < count; i++)
        ready[3 + i] = (struct pollfd){.fd = control->clients[i]->file, .events = POLLIN};
    if (poll(ready, (nfds_t)(3 + count), client_wait_ms(control)) < 0)
        return errno == EINTR;
    if (ready[0].revents != 0)
        return false;
    if (ready[1].revents != 0)
        take_signal(control);
    hear_clients(control, ready + 3, count);
    if (ready[2].revents != 0)
        meet_client(control);
    return true;
}

static void *run_control(void *context) {
    struct control_port *control = context;
    while (turn_control(control))
        continue;
    while (control->client_count > 0) {
        close(control->clients[--control->client_count]->file);
        free(control->clients[control->client_count]);
    }
    return NULL;
}

static bool address_of(const char *path, struct sockaddr_un *out) {
    *out = (struct sockaddr_un){.sun_family = AF_UNIX};
    if (strlen(path) >= sizeof out->sun_path) {
        errno = ENAMETOOLONG;
        return false;
    }
    memcpy(out->sun_path, path, strlen(path));
    return true;
}

/* Removes `path` only if it is a socket: another file belongs to somebody else. */
static bool remove_left_over(const char *path) {
    struct stat status;
    if (lstat(path, &status) != 0)
        return errno == ENOENT;
    if (!S_ISSOCK(status.st_mode)) {
        errno = EEXIST;
        return false;
    }
    return unlink(path) == 0;
}

/* A socket at `path` is left over from an earlier run: the journal's lock excludes a second kiosk.
 */
static int listen_at(const char *path) {
    struct sockaddr_un address;
    if (!address_of(path, &address) || !remove_left_over(path))
        return -1;
    int listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    mode_t mask = umask(0177);
    bool bound = bind(listener, (struct sockaddr *)&address, sizeof address) == 0;
    umask(mask);
    if (!bound || listen(listener, CLIENTS_MAX) != 0) {
        int why = errno;
        close(listener);
        errno = why;
        return -1;
    }
    return listener;
}

struct control_port *control_start(const char *path,
                                   bool (*post)(void *context, const struct control_ask *ask),
                                   void *context) {
    struct control_port *control = calloc(1, sizeof *control);
    ENSURE(control != NULL);
    control->post = post;
    control->context = context;
    control->path = strdup(path);
    control->listener = path[0] == '\0' ? -1 : listen_at(path);
    if (control->listener < 0 && path[0] != '\0')
        log_write(LOG_WARNING, "control", "no control socket at %s: %s", path, strerror(errno));
    sigset_t ending;
    sigemptyset(&ending);
    sigaddset(&ending, SIGTERM);
    sigaddset(&ending, SIGINT);
    control->signals = signalfd(-1, &ending, SFD_CLOEXEC);
    control->stop = eventfd(0, EFD_CLOEXEC);
    ENSURE(pthread_create(&control->thread, NULL, run_control, control) == 0);
    return control;
}

void control_stop(struct control_port *control) {
    uint64_t one = 1;
    ENSURE(write(control->stop, &one, sizeof one) == sizeof one);
    pthread_join(control->thread, NULL);
    if (control->listener >= 0) {
        close(control->listener);
        unlink(control->path);
    }
    close(control->signals);
    close(control->stop);
    free(control->path);
    free(control);
}

void control_reply(const struct control_ask *ask, const char *json) {
    if (ask->client < 0)
        return;
    struct iovec parts[] = {{.iov_base = (char *)(uintptr_t)json, .iov_len = strlen(json)},
                            {.iov_base = "\n", .iov_len = 1}};
    struct msghdr message = {.msg_iov = parts, .msg_iovlen = 2};
    if (sendmsg(ask->client, &message, MSG_DONTWAIT | MSG_NOSIGNAL) < 0)
        log_write(LOG_WARNING, "control", "an answer was not taken: %s", strerror(errno));
    close(ask->client);
    free(ask->line);
}

char *control_call(const char *path, const char *word, int timeout_ms) {
    char line[ASK_LINE_SIZE];
    snprintf(line, sizeof line, "{\"ask\":\"%s\"}\n", word);
    return control_call_line(path, line, timeout_ms);
}

char *control_call_line(const char *path, const char *line, int timeout_ms) {
    struct sockaddr_un address;
    ssize_t length = (ssize_t)strlen(line);
    int file = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct timeval patience = {timeout_ms / 1000, timeout_ms % 1000 * 1000};
    char *answer = NULL;
    setsockopt(file, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience); /* also of connecting */
    if (address_of(path, &address) &&
        connect(file, (struct sockaddr *)&address, sizeof address) == 0 &&
        send(file, line, (size_t)length, MSG_NOSIGNAL) == length) {
        answer = calloc(1, REPLY_SIZE_MAX);
        ENSURE(answer != NULL);
        if (read_line(file, answer, REPLY_SIZE_MAX - 1, timeout_ms) == 0) {
            free(answer);
            answer = NULL;
            errno = ETIMEDOUT;
        }
    }
    int why = errno;
    close(file);
    errno = why;
    return answer;
}
