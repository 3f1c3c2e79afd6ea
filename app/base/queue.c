#include "app/base/queue.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "app/base/log.h"

struct queue {
    pthread_mutex_t lock;
    void (*wake)(void *context);
    void *context;
    size_t item_size, capacity;
    size_t first, count, reserved;
    unsigned char *items;
};

struct queue *queue_create(size_t item_size, size_t capacity, void (*wake)(void *context),
                           void *context) {
    struct queue *queue = calloc(1, sizeof *queue);
    ENSURE(queue != NULL);
    queue->items = calloc(capacity, item_size);
    ENSURE(queue->items != NULL);
    queue->item_size = item_size;
    queue->capacity = capacity;
    queue->wake = wake;
    queue->context = context;
    pthread_mutex_init(&queue->lock, NULL);
    return queue;
}

void queue_destroy(struct queue *queue) {
    pthread_mutex_destroy(&queue->lock);
    free(queue->items);
    free(queue);
}

bool queue_reserve(struct queue *queue) {
    pthread_mutex_lock(&queue->lock);
    bool room = queue->count + queue->reserved < queue->capacity;
    queue->reserved += room;
    pthread_mutex_unlock(&queue->lock);
    return room;
}

static unsigned char *slot_at(struct queue *queue, size_t offset) {
    return queue->items + (queue->first + offset) % queue->capacity * queue->item_size;
}

/* Call under the lock, with room left. True when the reader may be asleep. */
static bool queue_append(struct queue *queue, const void *item) {
    memcpy(slot_at(queue, queue->count), item, queue->item_size);
    return queue->count++ == 0;
}

void queue_push_reserved(struct queue *queue, const void *item) {
    pthread_mutex_lock(&queue->lock);
    ENSURE(queue->reserved > 0);
    queue->reserved--;
    bool was_empty = queue_append(queue, item);
    pthread_mutex_unlock(&queue->lock);
    if (was_empty)
        queue->wake(queue->context);
}

bool queue_push_droppable(struct queue *queue, const void *item) {
    if (!queue_reserve(queue))
        return false;
    queue_push_reserved(queue, item);
    return true;
}

bool queue_pop(struct queue *queue, void *out) {
    pthread_mutex_lock(&queue->lock);
    bool any = queue->count > 0;
    if (any) {
        unsigned char *slot = slot_at(queue, 0);
        memcpy(out, slot, queue->item_size);
        explicit_bzero(slot, queue->item_size); /* it may have been a scanned code */
        queue->count--;
        /* An empty queue begins anew: memory for its worst hour is not touched on other days. */
        queue->first = queue->count > 0 ? (queue->first + 1) % queue->capacity : 0;
    }
    pthread_mutex_unlock(&queue->lock);
    return any;
}
