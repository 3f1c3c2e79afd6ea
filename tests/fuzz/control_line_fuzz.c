/* Any bytes on the control socket, through its thread and the service that answers: one line of
 * JSON comes back, whatever was asked. */
#include <errno.h>
#include <poll.h>
#include <semaphore.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "app/shell/replies.h"
#include "app/wire/json.h"

static struct core core;
static struct devices devices;
static struct resolve resolving;
static struct recheck_service rechecking;
static struct replies replies;
static sem_t woken;
static char folder[64], path[96];

static void wake(void *context) {
    (void)context;
    sem_post(&woken);
}

static void forget_folder(void) {
    unlink(path);
    rmdir(folder);
}

static void begin_service(void) {
    static const struct core_setup setup = {.number_mark = "7K0001"};
    snprintf(folder, sizeof folder, "/tmp/control_fuzz.XXXXXX");
    if (mkdtemp(folder) == NULL)
        abort();
    snprintf(path, sizeof path, "%s/control.sock", folder);
    atexit(forget_folder);
    signal(SIGPIPE, SIG_IGN);
    sem_init(&woken, 0, 0);
    log_open("/dev/null", LOG_ERROR);
    core_init(&core, &setup, (struct now){.mono_ms = 1, .wall_ms = 1});
    replies = (struct replies){.inbox = inbox_create(wake, NULL),
                               .core = &core,
                               .devices = &devices,
                               .resolve = &resolving,
                               .recheck = &rechecking,
                               .path = path};
    resolving.inbox = replies.inbox;
    replies_start(&replies);
}

static int say(const uint8_t *data, size_t size) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    memcpy(address.sun_path, path, strlen(path));
    int file = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (file < 0 || connect(file, (struct sockaddr *)&address, sizeof address) != 0)
        abort();
    /* It may answer and hang up before it has heard all. */
    if (size > 0 && send(file, data, size, MSG_NOSIGNAL) < 0 && errno != EPIPE)
        abort();
    shutdown(file, SHUT_WR);
    return file;
}

static void answer_one(void) {
    struct delivery delivery;
    while (!inbox_deliver(replies.inbox, &delivery))
        sem_wait(&woken);
    if (!delivery.none)
        replies_status(&replies, delivery.event.of.control.asker);
}

static void need_json(int file) {
    static char answer[1 << 16];
    size_t length = 0;
    ssize_t got;
    while ((got = recv(file, answer + length, sizeof answer - length, 0)) > 0 ||
           (got < 0 && errno == EINTR)) /* libFuzzer looks at its clock by a signal */
        length += got > 0 ? (size_t)got : 0;
    const char *error;
    cJSON *tree = wire_parse(answer, length, &error);
    /* With bytes left that it never read it hangs up hard, and the answer may be lost. */
    if (tree == NULL && !(got < 0 && errno == ECONNRESET))
        abort();
    cJSON_Delete(tree);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (replies.inbox == NULL)
        begin_service();
    int file = say(data, size);
    answer_one();
    need_json(file);
    close(file);
    return 0;
}
