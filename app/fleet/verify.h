/* Proves what the database has from its rows alone, with no journal at hand: every event has the
 * hash of its bytes behind the event before it, from each installation's first to its newest, and
 * the newest rows of orders are those that the events tell of. */
#ifndef HOPKIOSK_FLEET_VERIFY_H
#define HOPKIOSK_FLEET_VERIFY_H

#include "app/fleet/link.h"

struct fleet_finding {
    const char *name, *terminal; /* of the installation */
    int64_t events;              /* its own, behind its parent's */
    int64_t purged;              /* ... that were taken away with their days, and are not proven */
    bool forked;                 /* the journal went another way than the database had seen */
    bool good;
    char text[FLEET_ERROR_SIZE]; /* the first event, or row, that does not fit */
};

/* `terminal` NULL: of all. */
__attribute__((warn_unused_result)) enum fleet_result
fleet_verify(struct fleet_link *link, const char *terminal,
             void (*tell)(void *context, const struct fleet_finding *finding), void *context);

#endif
