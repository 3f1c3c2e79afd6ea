#include "app/pump/daily.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "app/base/clock.h"
#include "app/base/log.h"

#define DAY_MS INT64_C(86400000)
#define CHINA_MS INT64_C(28800000)
#define MINUTE_MS INT64_C(60000)
#define LOOK_MS 30000 /* between two looks at the clock: it may have been set */
#define RUNNING_LOOK_MS 100
#define PROGRAM_SIZE 4096

struct daily {
    struct daily_plan plan;
    char program[PROGRAM_SIZE];
    char *arguments[DAILY_ARGUMENTS_MAX + 1];
    void (*ended)(void *context, int64_t day_ms, int code);
    void *context;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    bool stopping;
    pthread_t thread;
};

int64_t daily_due_day(int64_t wall_ms, int minute, int64_t done_ms) {
    int64_t today_ms = (wall_ms + CHINA_MS) / DAY_MS * DAY_MS - CHINA_MS;
    int64_t day_ms = today_ms - DAY_MS;
    return wall_ms >= today_ms + minute * MINUTE_MS && day_ms > done_ms ? day_ms : 0;
}

/* True when the pump is to stop; waits at most so long. */
static bool wait_or_stop(struct daily *daily, int64_t ms) {
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += ms / 1000;
    until.tv_nsec += ms % 1000 * 1000000;
    if (until.tv_nsec >= 1000000000) {
        until.tv_sec++;
        until.tv_nsec -= 1000000000;
    }
    pthread_mutex_lock(&daily->lock);
    if (!daily->stopping)
        (void)pthread_cond_timedwait(&daily->changed, &daily->lock, &until);
    bool stopping = daily->stopping;
    pthread_mutex_unlock(&daily->lock);
    return stopping;
}

/* What it prints may name payments: it goes nowhere. */
static pid_t spawn_program(const struct daily *daily, char *const *arguments) {
    extern char **environ;
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;
    sigset_t none, all;
    pid_t pid = 0;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawn_file_actions_init(&files);
    for (int i = 0; i < 3; i++)
        posix_spawn_file_actions_addopen(&files, i, "/dev/null", O_RDWR, 0);
    posix_spawn_file_actions_addclosefrom_np(&files, 3);
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &all);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    if (posix_spawn(&pid, daily->program, &files, &attributes, arguments, environ) != 0)
        pid = 0;
    posix_spawn_file_actions_destroy(&files);
    posix_spawnattr_destroy(&attributes);
    return pid;
}

/* Its exit code; -1: none. */
static int wait_for_program(struct daily *daily, pid_t pid) {
    int status = 0;
    for (;;) {
        pid_t found = waitpid(pid, &status, WNOHANG);
        if (found == pid)
            return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
        if (found < 0 && errno != EINTR)
            return -1;
        if (!wait_or_stop(daily, RUNNING_LOOK_MS))
            continue;
        kill(pid, SIGKILL);
        while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
        }
        return -1;
    }
}

static int run_program(struct daily *daily, int64_t day_ms) {
    char time[CLOCK_TEXT_SIZE], day[11];
    char *arguments[DAILY_ARGUMENTS_MAX + 1];
    snprintf(day, sizeof day, "%.10s", clock_text(day_ms, time));
    int count = 0;
    for (; daily->arguments[count] != NULL; count++) {
        bool is_day = strcmp(daily->arguments[count], DAILY_DAY) == 0;
        arguments[count] = is_day ? day : daily->arguments[count];
    }
    arguments[count] = NULL;
    pid_t pid = spawn_program(daily, arguments);
    return pid == 0 ? -1 : wait_for_program(daily, pid);
}

static void *daily_main(void *context) {
    struct daily *daily = context;
    int64_t next_mono_ms = 0;
    do {
        int64_t day_ms = daily_due_day(clock_wall_ms(), daily->plan.minute, daily->plan.done_ms);
        if (day_ms == 0 || clock_mono_ms() < next_mono_ms)
            continue;
        int code = run_program(daily, day_ms);
        bool good = code == daily->plan.good[0] || code == daily->plan.good[1];
        if (good)
            daily->plan.done_ms = day_ms;
        next_mono_ms = good ? 0 : clock_mono_ms() + daily->plan.retry_ms;
        daily->ended(daily->context, day_ms, code);
    } while (!wait_or_stop(daily, daily->plan.retry_ms < LOOK_MS ? daily->plan.retry_ms : LOOK_MS));
    return NULL;
}

static void find_program(const char *name, char out[PROGRAM_SIZE]) {
    ssize_t length = readlink("/proc/self/exe", out, PROGRAM_SIZE - 64);
    out[length > 0 ? length : 0] = '\0';
    char *slash = strrchr(out, '/');
    snprintf(slash == NULL ? out : slash + 1, 64, "%s", name);
}

struct daily *daily_start(const struct daily_plan *plan,
                          void (*ended)(void *context, int64_t day_ms, int code), void *context) {
    struct daily *daily = calloc(1, sizeof *daily);
    pthread_condattr_t attributes;
    ENSURE(daily != NULL);
    daily->plan = *plan;
    daily->ended = ended;
    daily->context = context;
    find_program(plan->program, daily->program);
    for (int i = 0; plan->arguments[i] != NULL; i++) {
        ENSURE(i < DAILY_ARGUMENTS_MAX);
        daily->arguments[i] = strdup(plan->arguments[i]);
        ENSURE(daily->arguments[i] != NULL);
    }
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_mutex_init(&daily->lock, NULL);
    pthread_cond_init(&daily->changed, &attributes);
    pthread_condattr_destroy(&attributes);
    ENSURE(pthread_create(&daily->thread, NULL, daily_main, daily) == 0);
    return daily;
}

void daily_stop(struct daily *daily) {
    pthread_mutex_lock(&daily->lock);
    daily->stopping = true;
    pthread_cond_signal(&daily->changed);
    pthread_mutex_unlock(&daily->lock);
    pthread_join(daily->thread, NULL);
    pthread_cond_destroy(&daily->changed);
    pthread_mutex_destroy(&daily->lock);
    for (int i = 0; daily->arguments[i] != NULL; i++)
        free(daily->arguments[i]);
    free(daily);
}
