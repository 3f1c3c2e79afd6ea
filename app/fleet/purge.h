/* Takes away days that are over, of all terminals, from the hospital's database. */
#ifndef HOPKIOSK_FLEET_PURGE_H
#define HOPKIOSK_FLEET_PURGE_H

#include "app/fleet/link.h"

#define FLEET_KEEP_DAYS_LEAST 31

struct fleet_purged {
    const char *day; /* YYYY-MM-DD */
    int64_t events;
    const char *open_order; /* it is open or in a case, so its day stays; "": none */
};

/* Each day more than `keep_days` ago, oldest first, in a transaction of its own; only the owner of
 * the tables may. A day that terminals are just writing to is tried again with the next run:
 * FLEET_DOWN, and the days before it are gone. Strings live until the call returns. */
__attribute__((warn_unused_result)) enum fleet_result
fleet_purge(struct fleet_link *link, int keep_days,
            void (*tell)(void *context, const struct fleet_purged *purged), void *context);

#endif
