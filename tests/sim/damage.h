/* A row of an open order that cannot be read any more, at a restart. */
#ifndef HOPKIOSK_SIM_DAMAGE_H
#define HOPKIOSK_SIM_DAMAGE_H

#include <stdbool.h>
#include <stdint.h>

#include "app/core/order/order.h"
#include "app/core/terms/types.h"

struct sim;

#define DAMAGES_MAX 2

struct sim_damaged {
    char no[ORDER_NO_SIZE];
    char *healing; /* what makes its rows as they were */
    int holds;     /* it had */
    int booked;    /* ... of them for what its rows still call credited, one bill of several */
    bool decided;  /* by a person */
    bool kept;     /* ... booked */
};

struct sim_damage {
    uint64_t random; /* its own */
    int wanted;
    int notes;              /* of open orders, until it happens */
    char no[ORDER_NO_SIZE]; /* ... to this one */
    bool strikes;           /* before the next start */
    int count;
    struct sim_damaged orders[DAMAGES_MAX];
};

void damage_begin(struct sim *sim);
/* An open order is durable: perhaps it is the one, a moment later. */
void damage_note_durable(struct sim *sim, const struct order *order);
/* Power goes, and one of its rows. */
void damage_act(struct sim *sim);
/* The journal is closed. */
void damage_strike(struct sim *sim, const char *path, const char *vfs);
/* Every row is again as it was. */
void damage_heal(struct sim *sim, const char *path, const char *vfs);
bool damage_is_of(const struct sim *sim, const char *order_no);
/* Has a person to decide about one? */
bool damage_undecided(const struct sim *sim);
/* The terminal has started: as the shell does. */
void damage_isolate(struct sim *sim);
/* A person decides about an order that cannot be read, by the hospital's books. */
enum resolution damage_decision(const struct sim *sim, const char *order_no);
void damage_note_decided(struct sim *sim, const char *order_no, bool kept);
/* As long as one is undecided the fault stands. */
void damage_check(struct sim *sim);
/* The terminal was told of the decision: of the last one it sells again. */
void damage_check_told(struct sim *sim);
/* At the end: each is one case, with its holds, and verify says so. */
void damage_check_end(struct sim *sim);

#endif
