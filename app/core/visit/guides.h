/* The advice of a visit: each bill brings its own, and much of it is the same. */
#ifndef HOPKIOSK_CORE_VISIT_GUIDES_H
#define HOPKIOSK_CORE_VISIT_GUIDES_H

#include "app/core/visit/session.h"

struct guides {
    const char *next_step; /* or "" */
    int count;
    const struct guide_item *items[GUIDE_ITEMS_MAX];
};
/* Collects each different item once, in the order of the bills, as many as fit. Points into the
 * visit's documents. */
void guides_of(const struct session *session, struct guides *out);

#endif
