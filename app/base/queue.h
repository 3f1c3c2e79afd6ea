/* The way from the pumps to the main thread: bounded, by value, two classes. Droppable entries
 * (progress) are dropped when it is full; for everything else the starter of an operation reserves
 * the slot of its completion first, so a completion never meets a full queue. The only lock in the
 * program lives here. */
#ifndef HOPKIOSK_BASE_QUEUE_H
#define HOPKIOSK_BASE_QUEUE_H

#include <stdbool.h>
#include <stddef.h>

struct queue;
/* `wake` is called, outside the lock, whenever the queue stops being empty. */
struct queue *queue_create(size_t item_size, size_t capacity, void (*wake_net)(void *context),
                           void *context);
void queue_destroy(struct queue *queue);
/* Reserves the place of one completion; false: the operation must not be started. */
__attribute__((warn_unused_result)) bool queue_reserve(struct queue *queue);
/* Puts an item into its reserved place; never fails. */
void queue_push_reserved(struct queue *queue, const void *item);
/* Puts a droppable item; false when it was dropped. */
bool queue_push_droppable(struct queue *queue, const void *item);
bool queue_pop(struct queue *queue, void *out);

#endif
