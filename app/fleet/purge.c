#include "app/fleet/purge.h"

#include <stdio.h>
#include <stdlib.h>

static enum fleet_result purge_day(struct fleet_link *link, const char *day,
                                   void (*tell)(void *context, const struct fleet_purged *purged),
                                   void *context) {
    PGresult *rows = NULL;
    struct fleet_value values[] = {{0, day, 0}};
    enum fleet_result result = fleet_link_ask(
        link, "SELECT events, open_order FROM hopkiosk.purge($1::date)", values, 1, &rows);
    if (result == FLEET_OK && PQntuples(rows) == 1) {
        struct fleet_purged purged = {.day = day,
                                      .events = atoll(PQgetvalue(rows, 0, 0)),
                                      .open_order = PQgetvalue(rows, 0, 1)};
        tell(context, &purged);
    }
    PQclear(rows);
    return result;
}

enum fleet_result fleet_purge(struct fleet_link *link, int keep_days,
                              void (*tell)(void *context, const struct fleet_purged *purged),
                              void *context) {
    char keep[16];
    PGresult *days = NULL;
    snprintf(keep, sizeof keep, "%d", keep_days);
    struct fleet_value values[] = {{0, keep, 0}};
    enum fleet_result result = fleet_link_ask(
        link, "SELECT d::text FROM hopkiosk.days_before(current_date - $1::integer) AS d", values,
        1, &days);
    for (int i = 0; result == FLEET_OK && i < PQntuples(days); i++)
        result = purge_day(link, PQgetvalue(days, i, 0), tell, context);
    PQclear(days);
    return result;
}
