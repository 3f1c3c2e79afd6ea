#include "app/shell/notify.h"

#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "app/base/log.h"

/* So often within the watchdog's time, so that a thread which is only slow loses nothing. */
#define CHECKS_IN_TIME 4

/* A path, or a name that begins with @ in the abstract space. */
static bool read_address(struct notify *notify, const char *name) {
    size_t length = strlen(name);
    if ((name[0] != '/' && name[0] != '@') || length >= sizeof notify->to.sun_path)
        return false;
    notify->to.sun_family = AF_UNIX;
    memcpy(notify->to.sun_path, name, length);
    if (name[0] == '@')
        notify->to.sun_path[0] = '\0';
    notify->to_length = (unsigned)(offsetof(struct sockaddr_un, sun_path) + length);
    return true;
}

/* Of the process that systemd means; 0: nobody watches. */
static int64_t read_watchdog_ms(void) {
    const char *us = getenv("WATCHDOG_USEC"), *pid = getenv("WATCHDOG_PID");
    if (us == NULL || (pid != NULL && strtol(pid, NULL, 10) != (long)getpid()))
        return 0;
    return strtoll(us, NULL, 10) / 1000;
}

void notify_start(struct notify *notify) {
    const char *name = getenv("NOTIFY_SOCKET");
    *notify = (struct notify){.socket = -1, .watchdog_ms = read_watchdog_ms()};
    if (name != NULL && read_address(notify, name))
        notify->socket = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    unsetenv("NOTIFY_SOCKET");
    unsetenv("WATCHDOG_USEC");
    unsetenv("WATCHDOG_PID");
    if (notify->socket < 0 || notify->watchdog_ms < 0)
        notify->watchdog_ms = 0;
}

static void send_word(const struct notify *notify, const char *word) {
    if (notify->socket < 0)
        return;
    if (sendto(notify->socket, word, strlen(word), MSG_NOSIGNAL,
               (const struct sockaddr *)(const void *)&notify->to, notify->to_length) < 0)
        log_write(LOG_WARNING, "notify", "systemd does not hear: %s", strerror(errno));
}

/* Each is asked, also behind one that hangs. NULL: all came round. */
static const char *find_stuck(const struct notify_thread *threads, int count) {
    const char *stuck = NULL;
    for (int i = 0; i < count; i++)
        if (threads[i].pump != NULL && !threads[i].turns(threads[i].pump))
            stuck = threads[i].name;
    return stuck;
}

void notify_turn(struct notify *notify, const struct notify_thread *threads, int count,
                 int64_t mono_ms) {
    if (!notify->ready) {
        notify->ready = true;
        send_word(notify, "READY=1");
        find_stuck(threads, count); /* from now on each has this long */
        notify->next_mono_ms = mono_ms + notify->watchdog_ms / CHECKS_IN_TIME;
        return;
    }
    if (notify->watchdog_ms == 0 || mono_ms < notify->next_mono_ms)
        return;
    notify->next_mono_ms = mono_ms + notify->watchdog_ms / CHECKS_IN_TIME;
    notify->stuck = find_stuck(threads, count);
    if (notify->stuck == NULL)
        send_word(notify, "WATCHDOG=1");
    else
        log_write(LOG_ERROR, "notify", "the thread of %s does not come round", notify->stuck);
}

int64_t notify_deadline(const struct notify *notify) {
    return notify->watchdog_ms == 0 ? INT64_MAX : notify->next_mono_ms;
}

void notify_stop(struct notify *notify) {
    send_word(notify, "STOPPING=1");
    if (notify->socket >= 0)
        close(notify->socket);
    notify->socket = -1;
}
