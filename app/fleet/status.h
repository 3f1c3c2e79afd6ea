/* How the terminals of the hospital stand, as the database knows. */
#ifndef HOPKIOSK_FLEET_STATUS_H
#define HOPKIOSK_FLEET_STATUS_H

#include "app/fleet/link.h"

/* A terminal that was not heard of for so long is silent; one without visits is heard of every
 * five minutes. */
#define FLEET_SILENT_MS INT64_C(3600000)

struct fleet_terminal {
    const char *terminal, *name; /* of the terminal, of its installation */
    int64_t events, last_ms;   /* the newest event, and when it happened by the terminal's clock */
    int64_t taken_ms, seen_ms; /* by the database's clock: the last batch, the last sign of life */
    int64_t now_ms;            /* ... now */
    int64_t open_cases;
    int64_t rows_left;      /* events whose rows the database could not hold */
    bool forked;            /* the journal went another way than the database had seen */
    const char *cleared_by; /* who said that this was looked into; "": nobody */
    bool replaced;          /* a later installation goes on in its place */
};

/* Oldest first. Strings live until the call returns. */
__attribute__((warn_unused_result)) enum fleet_result
fleet_status(struct fleet_link *link,
             void (*tell)(void *context, const struct fleet_terminal *terminal), void *context);

/* Says of all forks of this terminal that they were looked into; *cleared: how many waited for
 * that. Only the tables' owner may. */
__attribute__((warn_unused_result)) enum fleet_result
fleet_clear_forks(struct fleet_link *link, const char *terminal, const char *by, int64_t *cleared);

#endif
