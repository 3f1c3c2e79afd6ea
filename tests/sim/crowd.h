/* A crowd: more payments are watched at once than the terminal has slots, or more cases are open,
 * across restarts and power cuts. One world of CROWD_EVERY has one; with `--crowd` each. */
#ifndef HOPKIOSK_SIM_CROWD_H
#define HOPKIOSK_SIM_CROWD_H

#include <stdbool.h>
#include <stdint.h>

#include "app/core/core.h"
#include "app/journal/journal.h"
#include "tests/sim/platform.h"

struct sim;

enum crowd_kind {
    CROWD_NONE = 0,
    CROWD_LEAVES, /* most leave their code behind unpaid; some pay it when it is long closed */
    CROWD_CASES,  /* what they pay is refused, and so is its refund */
    CROWD_BOTH,
    CROWD_STUCK, /* what they pay is refused, and for long nobody says whether it is back; or the
                    hospital does not say whether it has it */
    CROWD_KINDS
};

/* What the world knows of an order's obligations, beside the terminal. */
struct crowd_order {
    bool settled, watched, in_case;
    int64_t due_ms;   /* the terminal's clock, as the journal was told; 0: at once */
    int64_t aside_ms; /* when it gave its slot up last */
};

struct sim_crowd {
    bool every; /* world has one: the option */
    enum crowd_kind kind;
    int came;             /* patients with cards of their own */
    int leaves;           /* of a thousand, with the code on the screen */
    int64_t until_ms;     /* faults last until then */
    int64_t silent_ms[2]; /* from, until */
    bool silent_his;      /* the hospital, of credits; else the platform, of refunds */
    struct crowd_order orders[SIM_PAYMENTS_MAX]; /* as `durable` */
    int watched, cases;                          /* now */
    int most_watched, most_cases, refused;       /* of this world */
    int64_t all_due_ms; /* since then everything is due that is not asked: a start, a new clock */
    int64_t wall_offset_ms; /* the terminal's clock, when it was looked at last */
    int used;               /* slots, before this event */
    int64_t looked_ms;      /* whether something waits in vain */
};

/* Before anything else of a world; its bills and its faults, when they are drawn. */
void crowd_begin(struct sim *sim);
void crowd_open(struct sim *sim);
/* Are there faults to come, though nobody does? */
bool crowd_lasts(const struct sim *sim);
int64_t crowd_safety_ms(const struct sim *sim, int64_t safety_ms);
/* With a short late window it must: a clock that jumps wants six hours. */
bool crowd_keeps_clock(const struct sim *sim);
/* Who comes next. */
int crowd_card(struct sim *sim);
/* Does whoever stands before a code leave it behind? It may be paid all the same, later. */
bool crowd_leaves(struct sim *sim, int payment);
/* Until whoever stands there does something. */
int64_t crowd_pause_ms(struct sim *sim);
/* Nobody hears this. */
bool crowd_is_silent(const struct sim *sim, enum verb verb);

/* ---- the terminal is watched ---- */
void crowd_note_start(struct sim *sim);
void crowd_note_order(struct sim *sim, int durable);
/* `due_ms` NULL: the journal could not be told, and has the time of before. */
void crowd_note_set_aside(struct sim *sim, const char *no, const int64_t *due_ms);
/* What was fetched is what has been due for longest, and nothing that is due is missed. */
void crowd_check_fetched(struct sim *sim, const struct journal_due_ask *ask,
                         const struct due_order *due);
/* Nothing waits in vain, no slot is kept for nothing; who wants to pay is refused for one reason
 * only, and in words. */
void crowd_before_event(struct sim *sim, bool tick);
void crowd_after_event(struct sim *sim, enum notice before);

#endif
