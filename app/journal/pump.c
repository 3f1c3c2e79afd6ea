/* The journal on its own thread: what is queued together is written in one transaction, one wait
 * for the disk for all of it. When nobody waits the log is moved into the database. */
#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "app/base/log.h"
#include "app/base/queue.h"
#include "app/journal/journal.h"

/* Every open order waits for at most one write; prints and staff add a few. */
#define JOBS_MAX 1024
#define BATCH_MAX 64
#define IDLE_CHECKPOINT_MS 2000
#define IDLE_MS 60000

enum job_kind { JOB_WRITE = 0, JOB_PRINT, JOB_RESOLVE, JOB_READ };

struct job {
    enum job_kind kind;
    uint32_t number;
    int64_t wall_ms;
    struct journal_write write;
    char *evidence;
    struct order order; /* PRINT and RESOLVE: only its number */
    struct part_note notes[NOTES_MAX];
    struct hold *holds;
    char *operation, *members; /* what the order's caller said; NULL: nothing */
    bool reprint;
    int outcome;
    char case_no[ORDER_CASE_NO_SIZE];
    char *by, *reason;
    enum resolution how;
    void (*resolved)(void *context, enum journal_result result);
    void (*read)(void *context, struct journal *journal);
    void *job_context; /* of RESOLVE and READ */
};

struct journal_pump {
    struct journal *journal;
    void (*done)(void *context, uint32_t number, enum journal_result result);
    void *context;
    struct queue *queue;
    sem_t wake;
    atomic_bool stopping, turned;
    pthread_t thread;
};

static void pump_wake(void *context) {
    sem_post(&((struct journal_pump *)context)->wake);
}

static struct job *new_job(enum job_kind kind) {
    struct job *job = calloc(1, sizeof *job);
    ENSURE(job != NULL);
    job->kind = kind;
    return job;
}

static char *copy_text(const char *text) {
    char *copied = strdup(text ? text : "");
    ENSURE(copied != NULL);
    return copied;
}

static void copy_order_no(struct job *job, const char *order_no) {
    ENSURE(strlen(order_no) < sizeof job->order.no);
    memcpy(job->order.no, order_no, strlen(order_no) + 1);
}

/* It held the person's numbers, and what their caller said. */
static void job_free(struct job *job) {
    free(job->evidence);
    free(job->holds);
    free(job->operation);
    if (job->members != NULL)
        explicit_bzero(job->members, strlen(job->members));
    free(job->members);
    free(job->by);
    free(job->reason);
    explicit_bzero(job, sizeof *job);
    free(job);
}

static void job_put(struct journal_pump *pump, struct job *job) {
    ENSURE(queue_reserve(pump->queue));
    queue_push_reserved(pump->queue, &job);
}

/* That somebody else has it is an answer. */
static void log_failure(const struct journal_pump *pump, enum journal_result result) {
    if (result != JOURNAL_OK && result != JOURNAL_CONFLICT)
        log_write(LOG_ERROR, "journal", "%s (%s)", journal_result_text(result),
                  journal_error(pump->journal));
}

static enum journal_result write_some(struct journal_pump *pump, struct job *const *jobs,
                                      int count) {
    struct journal_write writes[BATCH_MAX];
    for (int i = 0; i < count; i++)
        writes[i] = jobs[i]->write;
    enum journal_result result = journal_commit(pump->journal, writes, count);
    log_failure(pump, result);
    return result;
}

/* A batch that fails is tried one by one: one order's fault is not another's. */
static void write_batch(struct journal_pump *pump, struct job **jobs, int count) {
    enum journal_result whole = count > 0 ? write_some(pump, jobs, count) : JOURNAL_OK;
    for (int i = 0; i < count; i++) {
        enum journal_result result =
            whole == JOURNAL_OK || count == 1 ? whole : write_some(pump, &jobs[i], 1);
        if (result != JOURNAL_OK)
            journal_owe(pump->journal, &jobs[i]->write);
        pump->done(pump->context, jobs[i]->number, result);
        job_free(jobs[i]);
    }
}

static void run_single(struct journal_pump *pump, struct job *job) {
    enum journal_result result = JOURNAL_OK;
    if (job->kind == JOB_READ) {
        job->read(job->job_context, pump->journal);
    } else if (job->kind == JOB_PRINT) {
        result = journal_print_outcome(pump->journal, job->order.no, job->reprint, job->outcome,
                                       job->wall_ms);
    } else {
        struct journal_decision decision = {job->order.no, job->case_no, job->by,      job->reason,
                                            job->how,      job->wall_ms, job->evidence};
        result = journal_resolve(pump->journal, &decision);
        job->resolved(job->job_context, result);
    }
    log_failure(pump, result);
    job_free(job);
}

/* Everything queued, in order. True when something was written. */
static bool write_queued(struct journal_pump *pump) {
    struct job *batch[BATCH_MAX], *job;
    int count = 0;
    bool any = false;
    while (queue_pop(pump->queue, &job)) {
        bool single = job->kind != JOB_WRITE;
        any = true;
        if (!single)
            batch[count++] = job;
        if (count == BATCH_MAX || single) {
            write_batch(pump, batch, count);
            count = 0;
        }
        if (single)
            run_single(pump, job);
    }
    write_batch(pump, batch, count);
    return any;
}

/* False: nothing came in time. */
static bool wait_for_work(struct journal_pump *pump, int64_t timeout_ms) {
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += (time_t)(timeout_ms / 1000);
    return sem_clockwait(&pump->wake, CLOCK_MONOTONIC, &until) == 0;
}

/* Nobody waits. False: again later. */
static bool tidy_journal(struct journal_pump *pump) {
    log_failure(pump, journal_checkpoint(pump->journal));
    enum journal_result washed = journal_wash(pump->journal);
    if (washed != JOURNAL_BUSY)
        log_failure(pump, washed);
    return washed != JOURNAL_BUSY;
}

static void *pump_thread(void *context) {
    struct journal_pump *pump = context;
    bool written = true; /* by the program before this one, which may have been killed */
    while (!atomic_load(&pump->stopping)) {
        bool woken = wait_for_work(pump, written ? IDLE_CHECKPOINT_MS : IDLE_MS);
        if (write_queued(pump))
            written = true;
        else if (!woken && written)
            written = !tidy_journal(pump);
        atomic_store(&pump->turned, true);
    }
    write_queued(pump);
    log_failure(pump, journal_checkpoint(pump->journal));
    return NULL;
}

struct journal_pump *journal_pump_start(struct journal *journal,
                                        void (*done)(void *context, uint32_t number,
                                                     enum journal_result result),
                                        void *context) {
    struct journal_pump *pump = calloc(1, sizeof *pump);
    ENSURE(pump != NULL);
    pump->journal = journal;
    pump->done = done;
    pump->context = context;
    pump->queue = queue_create(sizeof(struct job *), JOBS_MAX, pump_wake, pump);
    sem_init(&pump->wake, 0, 0);
    ENSURE(pthread_create(&pump->thread, NULL, pump_thread, pump) == 0);
    return pump;
}

void journal_pump_write(struct journal_pump *pump, uint32_t number,
                        const struct journal_write *write) {
    struct job *job = new_job(JOB_WRITE);
    job->number = number;
    job->order = *write->order;
    job->evidence = copy_text(write->evidence);
    job->write = *write;
    ENSURE(write->note_count <= NOTES_MAX);
    memcpy(job->notes, write->notes, (size_t)write->note_count * sizeof *job->notes);
    job->write.order = &job->order;
    job->write.notes = job->notes;
    job->write.evidence = job->evidence;
    if (write->words.operation != NULL) {
        job->operation = copy_text(write->words.operation);
        job->members = copy_text(write->words.members);
        job->write.words = (struct caller_words){job->operation, job->members};
    }
    if (write->hold_count > 0) {
        size_t size = (size_t)write->hold_count * sizeof *write->holds;
        job->holds = malloc(size);
        ENSURE(job->holds != NULL);
        memcpy(job->holds, write->holds, size);
        job->write.holds = job->holds;
    }
    job_put(pump, job);
}

void journal_pump_print_outcome(struct journal_pump *pump, const char *order_no, bool reprint,
                                int outcome, int64_t wall_ms) {
    struct job *job = new_job(JOB_PRINT);
    job->wall_ms = wall_ms;
    copy_order_no(job, order_no);
    job->reprint = reprint;
    job->outcome = outcome;
    job_put(pump, job);
}

void journal_pump_resolve(struct journal_pump *pump, const struct journal_decision *decision,
                          void (*done)(void *context, enum journal_result result), void *context) {
    struct job *job = new_job(JOB_RESOLVE);
    job->wall_ms = decision->wall_ms;
    copy_order_no(job, decision->order_no);
    ENSURE(strlen(decision->case_no) < sizeof job->case_no);
    memcpy(job->case_no, decision->case_no, strlen(decision->case_no) + 1);
    job->by = copy_text(decision->by);
    job->reason = copy_text(decision->reason);
    job->evidence = decision->evidence ? copy_text(decision->evidence) : NULL;
    job->how = decision->how;
    job->resolved = done;
    job->job_context = context;
    job_put(pump, job);
}

void journal_pump_read(struct journal_pump *pump,
                       void (*read)(void *context, struct journal *journal), void *context) {
    struct job *job = new_job(JOB_READ);
    job->read = read;
    job->job_context = context;
    job_put(pump, job);
}

bool journal_pump_turns(struct journal_pump *pump) {
    bool turned = atomic_exchange(&pump->turned, false);
    sem_post(&pump->wake);
    return turned;
}

void journal_pump_stop(struct journal_pump *pump) {
    atomic_store(&pump->stopping, true);
    sem_post(&pump->wake);
    pthread_join(pump->thread, NULL);
    queue_destroy(pump->queue);
    sem_destroy(&pump->wake);
    free(pump);
}
