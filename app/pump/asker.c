#include "app/pump/asker.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "app/base/log.h"
#include "app/base/queue.h"
#include "app/pump/control.h"

#define WAITING_MAX 2

struct asker {
    char *path;
    int timeout_ms;
    pthread_t thread;
    struct queue *queue;
    int woken; /* eventfd */
    atomic_bool stopping;
};

struct asked {
    char *line;
    asker_done *done;
    void *context;
};

static void wipe_line(char *line) {
    explicit_bzero(line, strlen(line));
    free(line);
}

static void wake_asker(void *context) {
    const struct asker *asker = context;
    uint64_t one = 1;
    ENSURE(write(asker->woken, &one, sizeof one) == sizeof one);
}

static void ask_line(const struct asker *asker, const struct asked *asked) {
    char *answer =
        asker->stopping ? NULL : control_call_line(asker->path, asked->line, asker->timeout_ms);
    wipe_line(asked->line);
    asked->done(asked->context, answer);
}

static void *run_asker(void *context) {
    struct asker *asker = context;
    struct asked asked;
    uint64_t count;
    do {
        while (queue_pop(asker->queue, &asked))
            ask_line(asker, &asked);
    } while (!asker->stopping && read(asker->woken, &count, sizeof count) == sizeof count);
    return NULL;
}

struct asker *asker_start(const char *path, int timeout_ms) {
    struct asker *asker = calloc(1, sizeof *asker);
    ENSURE(asker != NULL);
    asker->path = strdup(path);
    asker->timeout_ms = timeout_ms;
    asker->woken = eventfd(0, EFD_CLOEXEC);
    asker->queue = queue_create(sizeof(struct asked), WAITING_MAX, wake_asker, asker);
    ENSURE(pthread_create(&asker->thread, NULL, run_asker, asker) == 0);
    return asker;
}

bool asker_ask(struct asker *asker, char *line, asker_done *done, void *context) {
    struct asked asked = {line, done, context};
    bool taken = queue_push_droppable(asker->queue, &asked);
    if (!taken)
        wipe_line(line);
    return taken;
}

void asker_stop(struct asker *asker) {
    struct asked asked;
    if (asker == NULL)
        return;
    asker->stopping = true;
    wake_asker(asker);
    pthread_join(asker->thread, NULL);
    while (queue_pop(asker->queue, &asked))
        ask_line(asker, &asked);
    queue_destroy(asker->queue);
    close(asker->woken);
    free(asker->path);
    free(asker);
}
