#include "app/shell/inbox.h"

#include <stdlib.h>
#include <string.h>

#include "app/base/log.h"
#include "app/base/queue.h"
#include "app/core/order/book.h"

/* Completions that can be outstanding at once: every part of every order has asked, as after a
 * start with a full book; the visit, prints, staff and what comes unasked beside them. */
#define ASKS_MAX (ORDERS_MAX * (LEGS_MAX + CLAIMS_MAX + REFUNDS_MAX))
#define INBOX_MAX (ASKS_MAX + 2048)

struct inbox_item {
    const struct inbox_kind *kind;
    void *owner;
    union {
        max_align_t aligned;
        unsigned char bytes[INBOX_PAYLOAD_MAX];
    } payload;
};

struct inbox {
    struct queue *queue;
};

static void inbox_event_deliver(void *owner, void *payload, struct delivery *out) {
    (void)owner;
    memcpy(&out->event, payload, sizeof out->event);
}

const struct inbox_kind inbox_event = {inbox_event_deliver, NULL};

struct inbox *inbox_create(void (*wake)(void *context), void *context) {
    struct inbox *inbox = calloc(1, sizeof *inbox);
    ENSURE(inbox != NULL);
    inbox->queue = queue_create(sizeof(struct inbox_item), INBOX_MAX, wake, context);
    return inbox;
}

void inbox_destroy(struct inbox *inbox) {
    struct inbox_item item;
    while (queue_pop(inbox->queue, &item))
        if (item.kind->drop != NULL)
            item.kind->drop(item.owner, &item.payload);
    explicit_bzero(&item, sizeof item);
    queue_destroy(inbox->queue);
    free(inbox);
}

bool inbox_reserve(struct inbox *inbox) {
    return queue_reserve(inbox->queue);
}

/* Where it stands: a copy on the way would stay on the stack. */
static void fill_item(struct inbox_item *item, const struct inbox_kind *kind, void *owner,
                      const void *payload, size_t size) {
    ENSURE(size <= INBOX_PAYLOAD_MAX);
    memset(item, 0, sizeof *item);
    item->kind = kind;
    item->owner = owner;
    memcpy(&item->payload, payload, size);
}

void inbox_post(struct inbox *inbox, const struct inbox_kind *kind, void *owner,
                const void *payload, size_t size) {
    struct inbox_item item;
    fill_item(&item, kind, owner, payload, size);
    queue_push_reserved(inbox->queue, &item);
    explicit_bzero(&item, sizeof item);
}

bool inbox_offer(struct inbox *inbox, const struct inbox_kind *kind, void *owner,
                 const void *payload, size_t size) {
    struct inbox_item item;
    fill_item(&item, kind, owner, payload, size);
    bool taken = queue_push_droppable(inbox->queue, &item);
    explicit_bzero(&item, sizeof item); /* it may have been a scanned code */
    return taken;
}

bool inbox_deliver(struct inbox *inbox, struct delivery *out) {
    struct inbox_item item;
    *out = (struct delivery){.none = false};
    if (!queue_pop(inbox->queue, &item))
        return false;
    item.kind->deliver(item.owner, &item.payload, out);
    explicit_bzero(&item, sizeof item);
    return true;
}
