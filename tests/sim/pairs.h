/* What was met: part, state, event, fault. */
#ifndef HOPKIOSK_SIM_PAIRS_H
#define HOPKIOSK_SIM_PAIRS_H

#include <stdbool.h>
#include <stdint.h>

#include "app/core/event.h"
#include "app/core/order/order.h"

struct sim;
struct sim_request;

enum pair_part { PAIR_LEG = 0, PAIR_CLAIM, PAIR_REFUND, PAIR_PARTS };
enum pair_event {
    PAIR_WRITTEN = 0, /* its new state */
    PAIR_RESTARTS,
    PAIR_CANCELLED,
    PAIR_WANTED_BACK,
    PAIR_HEARS, /* and a verb: the answer to it */
    PAIR_EVENTS = PAIR_HEARS + VERB_COUNT
};
enum pair_fault {
    PAIR_CLEAN = 0,
    PAIR_LATE,
    PAIR_TWICE,
    PAIR_SILENT,
    PAIR_UNREACHED,
    PAIR_GARBLED,
    PAIR_FAILED, /* the write */
    PAIR_KILLED,
    PAIR_POWER,
    PAIR_FAULTS
};
#define PAIR_STATES 16
struct pairs {
    int64_t counts[PAIR_PARTS][PAIR_STATES][PAIR_EVENTS][PAIR_FAULTS];
    int forks[PAIR_PARTS][PAIR_STATES][PAIR_EVENTS];
};

/* Before the terminal hears it. */
void pairs_note_answer(struct sim *sim, const struct sim_request *request,
                       const struct event_answer *answer, bool silent);
void pairs_note_write(struct sim *sim, const struct order *order, enum pair_fault fault);
void pairs_note_restart(struct sim *sim, const struct order *order);
void pairs_note_cancel(struct sim *sim);
void pairs_note_wanted_back(struct sim *sim, const struct order *order, int claim);
bool pairs_write(const struct pairs *pairs, const char *path);

#endif
