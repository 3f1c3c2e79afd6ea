/* The way from the pumps to the main thread: a bounded queue of items, by value. Whoever posts an
 * item names the service that shall deliver it; delivered, on the main thread, it is an event for
 * the core or nothing. The inbox knows no service, and no service knows the loop. */
#ifndef HOPKIOSK_SHELL_INBOX_H
#define HOPKIOSK_SHELL_INBOX_H

#include <stdbool.h>
#include <stddef.h>

#include "app/core/event.h"

/* What came of an item. */
struct delivery {
    bool none;                 /* it was for the service alone */
    struct event event;        /* its `now` is set by the loop */
    char *evidence;            /* masked JSON of what caused it, or NULL; the loop frees it */
    struct document *document; /* what the event points to, or NULL; the loop's from now on */
};

struct inbox_kind {
    /* Main thread. `out` is all zero before. */
    void (*deliver)(void *owner, void *payload, struct delivery *out);
    /* Instead of it when the program stops: frees what the payload owns, tells who waits for it.
     * NULL: it owns nothing and nobody waits. */
    void (*drop)(void *owner, void *payload);
};
/* The payload is a struct event as the core shall hear it; there is no owner. */
extern const struct inbox_kind inbox_event;

#define INBOX_PAYLOAD_MAX 256 /* bytes */

struct inbox;
/* `wake` is called, on the poster's thread, whenever something comes into the empty inbox. */
struct inbox *inbox_create(void (*wake)(void *context), void *context);
/* Drops what is left. Nobody may post any more. */
void inbox_destroy(struct inbox *inbox);
/* Room for one more completion; false: do not start the operation. */
__attribute__((warn_unused_result)) bool inbox_reserve(struct inbox *inbox);
/* From any thread, into a reserved place: cannot fail. The payload is copied. */
void inbox_post(struct inbox *inbox, const struct inbox_kind *kind, void *owner,
                const void *payload, size_t size);
/* What nobody reserved a place for; false: it is full, the item is dropped. */
bool inbox_offer(struct inbox *inbox, const struct inbox_kind *kind, void *owner,
                 const void *payload, size_t size);
/* The oldest item, delivered; false: there is none. */
bool inbox_deliver(struct inbox *inbox, struct delivery *out);

#endif
