/* Every boundary of every flow with every fault. */
#ifndef HOPKIOSK_SIM_EDGES_H
#define HOPKIOSK_SIM_EDGES_H

#include <stdbool.h>
#include <stdint.h>

#include "app/core/order/order.h"

struct sim;

/* How the insurance's centre settles what is confirmed. */
enum flow_centre {
    FLOW_SETTLES = 0,
    FLOW_SETTLES_LATE,  /* after a quarter of an hour */
    FLOW_OWN_ZERO,      /* the patient pays nothing */
    FLOW_OWN_ONLY,      /* and the insurance nothing */
    FLOW_STRANDS,       /* the own part is taken, the insurance fails */
    FLOW_STRANDS_WHOLE, /* ... and the own part is the whole bill */
    FLOW_TAKES_ALL,     /* also the own part that was to be paid at the terminal */
    FLOW_CONTRADICTS    /* done, it says, with amounts that do not add up */
};

/* A visit that always goes the same way. Times count from the visit's beginning, but pays_ms and
 * cancel_ms from the QR code; 0: never. */
struct flow {
    const char *name;
    int card;
    enum channel channel;
    int bills;
    int64_t pays_ms, cancel_ms, window_ms;
    int64_t give_back_permille; /* of the first claim */
    enum flow_centre centre;
    bool pushed;    /* by a message to the phone */
    bool uploads;   /* ... of fees that are uploaded first */
    bool names;     /* the HIS says whose money settled a bill */
    bool own_here;  /* the insurance settles its part alone, the own part is paid at the terminal */
    bool own_waits; /* ... how, nobody chooses */
    int64_t own_pays_ms, own_cancel_ms; /* ... from its own code on */
    int64_t other_ms;                   /* another kiosk lists the last bill, and settles it */
    int64_t other_back_ms;              /* ... and takes it back so long after */
    int64_t again_ms;                   /* the patient comes a second time */
    bool renumbers;
    bool looked_at;  /* ... and once more behind the terminal's look */
    bool lags;       /* a settled bill is listed for minutes, and a second ORG_003 of it refused */
    bool gives_back; /* the window takes a credited bill back */
    bool by_visit;   /* ORG_004 tells of visits */
    bool his_refuses, his_odd, uncredit_refused, refund_refused, returns_itself, other_amount;
};
enum edge_fault {
    EDGE_NONE = 0,
    EDGE_KILL,         /* the program, just before */
    EDGE_KILL_AGAIN_1, /* and once more, one boundary later; two; three */
    EDGE_KILL_AGAIN_2,
    EDGE_KILL_AGAIN_3,
    EDGE_POWER, /* the machine, just after; what was not synced is gone */
    EDGE_TORN,  /* a power cut within the write, a message cut short */
    EDGE_FULL,  /* the disk, for a minute */
    EDGE_LOST,
    EDGE_TWICE,
    EDGE_LATE, /* a message comes when nobody waits for its answer any more */
    EDGE_FAULT_COUNT
};
/* One boundary of one flow with one fault; at 0: none. */
struct edge {
    const struct flow *flow;
    uint64_t seed;
    int64_t at;
    enum edge_fault fault;
};

struct edge_totals {
    int64_t flows, boundaries, combinations, failed, orders;
    uint64_t digest, outcomes;
};
struct edges_wanted {
    uint64_t seed;
    int processes; /* what is found does not depend on how many */
    bool every;    /* also the middle of long waits */
};
void edges_play(struct sim *sim, const struct edges_wanted *wanted, struct edge_totals *totals);
/* What happens at the boundary that is passed now. */
enum edge_fault edge_pass(struct sim *sim);
bool edge_parse(const char *word, struct edge *out);

#endif
