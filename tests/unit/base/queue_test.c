/* links: app/base/ */
/* The queue between the pumps and the main thread. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <pthread.h>
#include <stdatomic.h>

#include "app/base/queue.h"

static void count_wake(void *context) {
    atomic_fetch_add((atomic_int *)context, 1);
}

static int pop_int(struct queue *queue) {
    int item;
    assert_true(queue_pop(queue, &item));
    return item;
}

static void items_come_out_in_order_and_wake_once(void **state) {
    (void)state;
    atomic_int wakes = 0;
    struct queue *queue = queue_create(sizeof(int), 3, count_wake, &wakes);
    for (int round = 0; round < 5; round++) {
        assert_true(queue_push_droppable(queue, &(int){round}));
        assert_true(queue_push_droppable(queue, &(int){round + 10}));
        assert_int_equal(pop_int(queue), round);
        assert_int_equal(pop_int(queue), round + 10);
    }
    int nothing;
    assert_false(queue_pop(queue, &nothing));
    assert_int_equal(wakes, 5);
    queue_destroy(queue);
}

static void a_reserved_completion_never_meets_a_full_queue(void **state) {
    (void)state;
    atomic_int wakes = 0;
    struct queue *queue = queue_create(sizeof(int), 3, count_wake, &wakes);
    assert_true(queue_reserve(queue));
    assert_true(queue_push_droppable(queue, &(int){1}));
    assert_true(queue_push_droppable(queue, &(int){2}));
    assert_false(queue_push_droppable(queue, &(int){3}));
    assert_false(queue_reserve(queue));
    queue_push_reserved(queue, &(int){4});
    assert_int_equal(pop_int(queue), 1);
    assert_int_equal(pop_int(queue), 2);
    assert_int_equal(pop_int(queue), 4);
    queue_destroy(queue);
}

#define ITEMS_EACH 20000
static void *push_many(void *context) {
    for (int i = 0; i < ITEMS_EACH; i++)
        while (!queue_push_droppable(context, &i))
            sched_yield();
    return NULL;
}

static void two_writers_lose_nothing(void **state) {
    (void)state;
    atomic_int wakes = 0;
    struct queue *queue = queue_create(sizeof(int), 64, count_wake, &wakes);
    pthread_t writers[2];
    for (int i = 0; i < 2; i++)
        assert_int_equal(pthread_create(&writers[i], NULL, push_many, queue), 0);
    int64_t sum = 0;
    for (int taken = 0, item; taken < 2 * ITEMS_EACH;) {
        if (queue_pop(queue, &item)) {
            sum += item;
            taken++;
        } else {
            sched_yield();
        }
    }
    for (int i = 0; i < 2; i++)
        pthread_join(writers[i], NULL);
    assert_int_equal(sum, (int64_t)ITEMS_EACH * (ITEMS_EACH - 1));
    queue_destroy(queue);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(items_come_out_in_order_and_wake_once),
        cmocka_unit_test(a_reserved_completion_never_meets_a_full_queue),
        cmocka_unit_test(two_writers_lose_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
