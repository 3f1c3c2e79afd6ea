/* The bounded queue from the pumps to the main thread. An item is passed by value and names the
 * service that delivers it: on the main thread `deliver` turns it into an event for the core, or
 * into nothing. The inbox knows no service, and no service knows the loop. */
#ifndef HOPKIOSK_SHELL_INBOX_H
#define HOPKIOSK_SHELL_INBOX_H

#include <stdbool.h>
#include <stddef.h>

#include "app/core/event.h"

/* What a delivered item became. */
struct delivery {
    bool none;                 /* no event: the item was for the service alone */
    struct event event;        /* its `now` is set by the loop */
    char *evidence;            /* masked JSON of what caused it, or NULL; the loop frees it */
    struct document *document; /* what the event points to, or NULL; the loop takes it over */
};

struct inbox_kind {
    /* Called on the main thread; `out` is all zero. */
    void (*deliver)(void *owner, void *payload, struct delivery *out);
    /* Called instead when the program stops: frees what the payload owns and tells whoever waits.
     * NULL: it owns nothing and nobody waits. */
    void (*drop)(void *owner, void *payload);
};
/* The payload is a struct event for the core; `owner` is not used. */
extern const struct inbox_kind inbox_event;

#define INBOX_PAYLOAD_MAX 256 /* bytes */

struct inbox;
/* `wake` is called on the poster's thread when an item comes into the empty inbox. */
struct inbox *inbox_create(void (*wake)(void *context), void *context);
/* Drops the items that are left. No pump may post any more. */
void inbox_destroy(struct inbox *inbox);
/* Reserves the place of one completion; false: the operation must not be started. */
__attribute__((warn_unused_result)) bool inbox_reserve(struct inbox *inbox);
/* Posts into a reserved place; never fails. From any thread; the payload is copied. */
void inbox_post(struct inbox *inbox, const struct inbox_kind *kind, void *owner,
                const void *payload, size_t size);
/* Posts without a reserved place; false when the inbox is full and the item is dropped. */
bool inbox_offer(struct inbox *inbox, const struct inbox_kind *kind, void *owner,
                 const void *payload, size_t size);
/* Delivers the oldest item; false when there is none. */
bool inbox_deliver(struct inbox *inbox, struct delivery *out);

#endif
