/* The orders of all terminals that something happened to, as rows: for reconciliation. */
#ifndef HOPKIOSK_FLEET_ORDERS_H
#define HOPKIOSK_FLEET_ORDERS_H

#include "app/fleet/link.h"

/* One order. `rows`: a JSON object, {"orders":{...},"legs/0":{...}}. Strings live until the call
 * returns; false ends the walk. */
typedef bool fleet_order_visit(void *context, const char *order_no, const char *rows);

/* Those with an event on `first_day` (yyyy-MM-dd) or later, as of one moment; `*rows_left`: events
 * of which the database has no rows. */
__attribute__((warn_unused_result)) enum fleet_result
fleet_each_order(struct fleet_link *link, const char *first_day, fleet_order_visit *visit,
                 void *context, int64_t *rows_left);

#endif
