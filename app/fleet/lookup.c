#include "app/fleet/lookup.h"

#include <netdb.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "app/base/clock.h"
#include "app/base/log.h"

#define ADDRESSES_MAX 8
/* Threads that nobody waits for any more: a resolver that never ends costs so many, not one a try.
 */
#define LEFT_MAX 4

/* One name. Two hold it, the asker and the thread; who lets go last frees it. */
struct lookup_task {
    atomic_int holders;
    int done;            /* readable when the thread is through */
    atomic_bool through; /* the same: what is below is told */
    char name[256];
    int failure; /* of getaddrinfo, 0: none */
    int count;
    char addresses[ADDRESSES_MAX][64];
};

static atomic_int left_behind;

static void release_task(struct lookup_task *task) {
    if (atomic_fetch_sub(&task->holders, 1) != 1)
        return;
    close(task->done);
    free(task);
}

static void keep_address(struct lookup_task *task, const struct addrinfo *address) {
    char *text = task->addresses[task->count];
    if (getnameinfo(address->ai_addr, address->ai_addrlen, text, sizeof task->addresses[0], NULL, 0,
                    NI_NUMERICHOST) == 0)
        task->count++;
}

static void *run_lookup(void *context) {
    struct lookup_task *task = context;
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM}, *found = NULL;
    task->failure = getaddrinfo(task->name, NULL, &hints, &found);
    for (struct addrinfo *each = found; task->failure == 0 && each != NULL; each = each->ai_next)
        if (task->count < ADDRESSES_MAX)
            keep_address(task, each);
    if (task->failure == 0)
        freeaddrinfo(found);
    atomic_fetch_sub(&left_behind, 1);
    atomic_store(&task->through, true);
    eventfd_write(task->done, 1);
    release_task(task);
    return NULL;
}

static struct lookup_task *start_lookup(const char *name, size_t length) {
    pthread_t thread;
    struct lookup_task *task = calloc(1, sizeof *task);
    ENSURE(task != NULL);
    task->done = eventfd(0, EFD_CLOEXEC);
    atomic_init(&task->holders, 2);
    snprintf(task->name, sizeof task->name, "%.*s", (int)length, name);
    atomic_fetch_add(&left_behind, 1);
    if (task->done >= 0 && pthread_create(&thread, NULL, run_lookup, task) == 0) {
        pthread_detach(thread);
        return task;
    }
    atomic_fetch_sub(&left_behind, 1);
    if (task->done >= 0)
        close(task->done);
    free(task);
    return NULL;
}

static enum fleet_result wait_lookup(const struct lookup_task *task, int64_t until_mono_ms,
                                     int stop) {
    for (;;) {
        struct pollfd ready[] = {{.fd = task->done, .events = POLLIN},
                                 {.fd = stop, .events = POLLIN}};
        int64_t left_ms = until_mono_ms - clock_mono_ms();
        int count = poll(ready, stop < 0 ? 1 : 2, left_ms > 0 ? (int)left_ms : 0);
        if (count > 0 && stop >= 0 && ready[1].revents != 0)
            return FLEET_STOPPED;
        if (atomic_load(&task->through))
            return FLEET_OK;
        if (left_ms <= 0)
            return FLEET_DOWN;
    }
}

/* One server more in the lists; false: there is no room. */
static bool add_word(char list[LOOKUP_TEXT_SIZE], bool first, const char *word, size_t length) {
    size_t used = strlen(list);
    int wrote = snprintf(list + used, LOOKUP_TEXT_SIZE - used, "%s%.*s", first ? "" : ",",
                         (int)length, word);
    return wrote >= 0 && (size_t)wrote < LOOKUP_TEXT_SIZE - used;
}

/* An item of a list with commas. */
struct lookup_word {
    const char *text;
    size_t length;
};

static struct lookup_word next_word(const char **list) {
    struct lookup_word word = {*list, strcspn(*list, ",")};
    *list += word.length + ((*list)[word.length] == ',');
    return word;
}

struct lookup_lists {
    struct lookup *out;
    int count;
    bool full;
};

static void add_server(struct lookup_lists *lists, struct lookup_word host, const char *address,
                       struct lookup_word port) {
    bool first = lists->count++ == 0;
    lists->full = lists->full || !add_word(lists->out->host, first, host.text, host.length) ||
                  !add_word(lists->out->hostaddr, first, address, strlen(address)) ||
                  !add_word(lists->out->port, first, port.text, port.length);
}

static enum fleet_result add_name(struct lookup_lists *lists, struct lookup_word host,
                                  struct lookup_word port, int64_t until_mono_ms, int stop,
                                  char error[FLEET_ERROR_SIZE]) {
    struct lookup_task *task =
        atomic_load(&left_behind) < LEFT_MAX ? start_lookup(host.text, host.length) : NULL;
    if (task == NULL) {
        snprintf(error, FLEET_ERROR_SIZE, "%.*s: earlier look-ups of names have not ended",
                 host.length < 100 ? (int)host.length : 100, host.text);
        return FLEET_DOWN;
    }
    enum fleet_result result = wait_lookup(task, until_mono_ms, stop);
    if (result == FLEET_OK && task->failure == 0)
        for (int i = 0; i < task->count; i++)
            add_server(lists, host, task->addresses[i], port);
    if (result != FLEET_OK)
        snprintf(error, FLEET_ERROR_SIZE, "%.100s: its address is not known in time", task->name);
    else if (task->failure != 0)
        snprintf(error, FLEET_ERROR_SIZE, "%.100s: %.100s", task->name,
                 gai_strerror(task->failure));
    release_task(task);
    return result;
}

/* Each name has a share of the time, and so has the connection: one that hangs leaves some for the
 * others. */
static int64_t share_until(const char *names_left, int64_t until_mono_ms) {
    int64_t now_ms = clock_mono_ms(), shares = 2;
    for (; *names_left != '\0'; names_left++)
        shares += *names_left == ',';
    return now_ms + (until_mono_ms - now_ms) / shares;
}

enum fleet_result lookup_hosts(const char *host, const char *port, int64_t until_mono_ms, int stop,
                               struct lookup *out, char error[FLEET_ERROR_SIZE]) {
    struct lookup_lists lists = {.out = out};
    bool one_port = strchr(port, ',') == NULL;
    *out = (struct lookup){0};
    error[0] = '\0';
    do {
        int64_t share_mono_ms = share_until(host, until_mono_ms);
        struct lookup_word name = next_word(&host);
        struct lookup_word of_port =
            one_port ? (struct lookup_word){port, strlen(port)} : next_word(&port);
        if (name.length == 0 || name.text[0] == '/' || name.text[0] == '@')
            add_server(&lists, name, "", of_port);
        else if (add_name(&lists, name, of_port, share_mono_ms, stop, error) == FLEET_STOPPED)
            return FLEET_STOPPED;
    } while (*host != '\0');
    if (lists.full)
        snprintf(error, FLEET_ERROR_SIZE, "host: more servers than there is room for");
    return lists.full || lists.count == 0 ? FLEET_DOWN : FLEET_OK;
}
