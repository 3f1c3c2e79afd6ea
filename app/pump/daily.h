/* A program that runs once a day by itself, and again every hour until it has succeeded: a thread
 * that waits, a process of its own for the work. */
#ifndef HOPKIOSK_PUMP_DAILY_H
#define HOPKIOSK_PUMP_DAILY_H

#include <stdint.h>

#define DAILY_ARGUMENTS_MAX 48
#define DAILY_DAY "{day}" /* an argument: the day that it is about, yyyy-MM-dd */

/* The pump copies what it needs. */
struct daily_plan {
    const char *program; /* beside this one */
    const char *const *arguments;
    int minute;       /* of China's day, from which on the day before may be asked about */
    int64_t done_ms;  /* the first millisecond of the last day that was done; 0: none */
    int64_t retry_ms; /* after a failure */
    int good[2];      /* exit codes that are a success */
};

struct daily;
/* `ended` is called on the pump's thread after each run: the day, and the exit code, -1 when the
 * program could not be run or was ended. */
struct daily *daily_start(const struct daily_plan *plan,
                          void (*ended)(void *context, int64_t day_ms, int code), void *context);
/* Ends a run that is under way. */
void daily_stop(struct daily *daily);

/* The day that is to be done at this time, its first millisecond; 0: none is due. */
int64_t daily_due_day(int64_t wall_ms, int minute, int64_t done_ms);

#endif
