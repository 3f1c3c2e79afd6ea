/* The advice of one visit: every bill brings its own, much of it the same. */
#ifndef HOPKIOSK_CORE_VISIT_GUIDES_H
#define HOPKIOSK_CORE_VISIT_GUIDES_H

#include "app/core/visit/session.h"

struct guides {
    const char *next_step; /* "" none */
    int count;
    const struct guide_item *items[GUIDE_ITEMS_MAX];
};
/* Each different item once, in the order of the bills, as many as there is room for. Points into
 * the visit's documents. */
void guides_of(const struct session *session, struct guides *out);

#endif
