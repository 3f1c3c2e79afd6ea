/* The journal's pump in a story: writes, what is answered, and a thread that hangs. */
#ifndef HOPKIOSK_TESTS_PUMP_STORY_H
#define HOPKIOSK_TESTS_PUMP_STORY_H

#include <pthread.h>
#include <semaphore.h>
#include <time.h>

#include "tests/support/journal_fixture.h"

#define ANSWERS_MAX 300
#define PATIENCE_S 20

struct answers {
    sem_t came;
    int count;
    uint32_t numbers[ANSWERS_MAX];
    enum journal_result results[ANSWERS_MAX];
};

static inline void answer(void *context, uint32_t number, enum journal_result result) {
    struct answers *answers = context;
    answers->numbers[answers->count] = number;
    answers->results[answers->count++] = result;
    sem_post(&answers->came);
}

static inline void expect_posts(sem_t *posted, int count) {
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += PATIENCE_S;
    for (int i = 0; i < count; i++)
        assert_int_equal(sem_clockwait(posted, CLOCK_MONOTONIC, &until), 0);
}

static inline void wait_for(struct answers *answers, int count) {
    expect_posts(&answers->came, count);
}

static inline void write_order(struct journal_pump *pump, uint32_t number,
                               const struct order *order) {
    char evidence[] = "{\"code\":\"00\"}";
    struct part_note opened = {NOTE_OPENED, 0, PART_NONE, PART_NONE};
    struct journal_write write = {.order = order,
                                  .notes = &opened,
                                  .note_count = 1,
                                  .wall_ms = FIXTURE_WALL_MS,
                                  .evidence = evidence};
    journal_pump_write(pump, number, &write);
    memset(evidence, 'x', sizeof evidence - 1); /* it was copied, and so were the notes */
    memset(&opened, 0xff, sizeof opened);
}

struct hanging {
    sem_t begun, go_on;
};

static inline void hang(void *context, struct journal *journal) {
    struct hanging *hanging = context;
    (void)journal;
    sem_post(&hanging->begun);
    sem_wait(&hanging->go_on);
}

/* The pump hangs until it is told to go on: what is queued meanwhile is one batch. */
static inline void begin_batch(struct journal_pump *pump, struct hanging *hanging) {
    sem_init(&hanging->begun, 0, 0);
    sem_init(&hanging->go_on, 0, 0);
    journal_pump_read(pump, hang, hanging);
    expect_posts(&hanging->begun, 1);
}

#endif
