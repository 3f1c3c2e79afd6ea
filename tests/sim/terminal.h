/* The shell of the simulated terminal. */
#ifndef HOPKIOSK_SIM_TERMINAL_H
#define HOPKIOSK_SIM_TERMINAL_H

#include <stdbool.h>
#include <stdint.h>

#include "app/core/event.h"
#include "app/core/order/holds.h"
#include "app/journal/journal.h"
#include "tests/sim/his.h"
#include "tests/sim/vfs.h"

struct sim;
struct sim_request;

#define TERMINAL_MARK "7K0042" /* in its numbers */
#define SIM_WRITES_MAX 256

struct sim_write {
    uint32_t number;
    struct order order;
    struct part_note notes[NOTES_MAX];
    int note_count;
    struct hold holds[SIM_HOLDS_MAX];
    int hold_count;
    int64_t wall_ms;
    enum journal_result result;
};

/* The disk of a terminal whose journal was just made. */
void terminal_lay_disk(struct sim *sim);
void terminal_start(struct sim *sim);
void terminal_kill(struct sim *sim);
void terminal_die(struct sim *sim, enum vfs_loss loss);
void terminal_stop(struct sim *sim);
/* At the end what was damaged is made whole, beside it. */
void terminal_heal(struct sim *sim);
struct now terminal_now(const struct sim *sim);
void terminal_event(struct sim *sim, struct event event);
/* Of the last step; perhaps it is killed at one of them. */
void terminal_run_effects(struct sim *sim);
void terminal_commit(struct sim *sim);
/* Brings the orders whose paid bills are in the list. */
void terminal_bring_holders(struct sim *sim, const struct bill_list *bills);
/* Joins a list of bills with what the journal holds. */
void terminal_mark_held(struct sim *sim, const struct sim_request *request,
                        const struct event_answer *answer);
/* Somebody wants a credited claim of an order back; -1: of any. */
void terminal_give_back(struct sim *sim, int durable);
/* A person resolves the oldest open case, or that of an order that cannot be read. -1: none. */
void terminal_resolve(struct sim *sim, int damaged);
/* policy.late_window_ms: mostly short, and shorter in flows, whose boundaries would else be mostly
 * its questions. */
int64_t terminal_late_window_ms(const struct sim *sim);
/* How wrong the terminal may be about how long ago something was: its clock is up to two hours
 * before or behind. */
int64_t terminal_clock_error_ms(const struct sim *sim);
/* When it wants a TICK, in true time. */
int64_t terminal_deadline(const struct sim *sim);

#endif
