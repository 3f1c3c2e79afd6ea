#include "app/pump/asker.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "app/base/log.h"
#include "app/pump/control.h"

struct asker {
    char *path;
    int timeout_ms;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t woken;
    bool stopping;
    char *line; /* NULL: nothing is asked */
    asker_done *done;
    void *context;
};

static void wipe_line(char *line) {
    explicit_bzero(line, strlen(line));
    free(line);
}

static void ask_line(struct asker *asker) {
    char *answer = control_call_line(asker->path, asker->line, asker->timeout_ms);
    pthread_mutex_lock(&asker->lock);
    asker_done *done = asker->done;
    void *context = asker->context;
    wipe_line(asker->line);
    asker->line = NULL;
    pthread_mutex_unlock(&asker->lock);
    done(context, answer);
}

/* False: nothing is left to be asked. */
static bool wait_for_line(struct asker *asker) {
    pthread_mutex_lock(&asker->lock);
    while (asker->line == NULL && !asker->stopping)
        pthread_cond_wait(&asker->woken, &asker->lock);
    bool has_line = asker->line != NULL;
    pthread_mutex_unlock(&asker->lock);
    return has_line;
}

static void *run_asker(void *context) {
    while (wait_for_line(context))
        ask_line(context);
    return NULL;
}

struct asker *asker_start(const char *path, int timeout_ms) {
    struct asker *asker = calloc(1, sizeof *asker);
    ENSURE(asker != NULL);
    asker->path = strdup(path);
    asker->timeout_ms = timeout_ms;
    ENSURE(pthread_mutex_init(&asker->lock, NULL) == 0);
    ENSURE(pthread_cond_init(&asker->woken, NULL) == 0);
    ENSURE(pthread_create(&asker->thread, NULL, run_asker, asker) == 0);
    return asker;
}

bool asker_ask(struct asker *asker, char *line, asker_done *done, void *context) {
    pthread_mutex_lock(&asker->lock);
    bool taken = asker->line == NULL && !asker->stopping;
    if (taken) {
        asker->line = line;
        asker->done = done;
        asker->context = context;
        pthread_cond_signal(&asker->woken);
    }
    pthread_mutex_unlock(&asker->lock);
    if (!taken)
        wipe_line(line);
    return taken;
}

void asker_stop(struct asker *asker) {
    if (asker == NULL)
        return;
    pthread_mutex_lock(&asker->lock);
    asker->stopping = true;
    pthread_cond_signal(&asker->woken);
    pthread_mutex_unlock(&asker->lock);
    pthread_join(asker->thread, NULL);
    pthread_mutex_destroy(&asker->lock);
    pthread_cond_destroy(&asker->woken);
    free(asker->path);
    free(asker);
}
