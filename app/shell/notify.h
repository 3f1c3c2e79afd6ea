/* Tells systemd (sd_notify's protocol: a datagram to $NOTIFY_SOCKET) that the terminal is ready,
 * and feeds its watchdog: only by a completed turn of the loop, and only while the threads of usb,
 * net and journal come round. Whoever hangs has the terminal started anew; the journal goes on. */
#ifndef HOPKIOSK_SHELL_NOTIFY_H
#define HOPKIOSK_SHELL_NOTIFY_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/un.h>

struct notify {
    int socket; /* -1: nobody listens */
    struct sockaddr_un to;
    unsigned to_length;
    int64_t watchdog_ms; /* 0: there is none */
    int64_t next_mono_ms;
    bool ready;
    const char *stuck; /* whose thread did not come round last time, or NULL */
};

/* A thread that must come round: true when it has since it was asked last. */
struct notify_thread {
    const char *name;
    bool (*turns)(void *pump);
    void *pump; /* NULL: it was never started, and the screen says why */
};

/* Takes what systemd says from the environment, so that no child of ours hears it. Before any
 * thread. */
void notify_start(struct notify *notify);
/* A turn of the loop is complete: the first tells that the terminal is ready. */
void notify_turn(struct notify *notify, const struct notify_thread *threads, int count,
                 int64_t mono_ms);
/* The loop turns again by then. */
int64_t notify_deadline(const struct notify *notify);
/* The terminal is about to end. */
void notify_stop(struct notify *notify);

#endif
