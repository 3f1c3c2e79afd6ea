#include "app/fleet/status.h"

#include <stdlib.h>

#define MS_OF(time) "(extract(epoch FROM " time ") * 1000)::bigint"

/* A case that a later installation of the same order has closed is not open; an order of the same
 * number that began at another time is another. */
static const char status_sql[] =
    "SELECT i.terminal, i.name, i.events, i.last_ms, " MS_OF("i.taken") ", " MS_OF(
        "i.seen") ", " MS_OF("now()") ", coalesce(c.count, 0), i.rows_left, i.forked,"
                                      " EXISTS (SELECT FROM hopkiosk.installations AS l WHERE "
                                      "l.parent = i.id), i.fork_cleared_by"
                                      " FROM hopkiosk.installations AS i LEFT JOIN"
                                      " (SELECT p.installation, count(*) FROM hopkiosk.parts AS p"
                                      " WHERE p.name LIKE 'cases/%' AND p.content ->> 'state' = "
                                      "'open' AND NOT EXISTS"
                                      " (SELECT FROM hopkiosk.parts AS n WHERE n.day = p.day AND "
                                      "n.order_no = p.order_no"
                                      " AND n.name = p.name AND n.installation > p.installation "
                                      "AND NOT EXISTS"
                                      " (SELECT FROM hopkiosk.parts AS a JOIN hopkiosk.parts AS b "
                                      "USING (day, order_no, name)"
                                      " WHERE a.day = p.day AND a.order_no = p.order_no AND a.name "
                                      "= 'orders'"
                                      " AND a.installation = p.installation AND b.installation = "
                                      "n.installation"
                                      " AND a.content ->> 'created_ms' <> b.content ->> "
                                      "'created_ms'))"
                                      " GROUP BY p.installation) AS c"
                                      " ON c.installation = i.id ORDER BY i.terminal, i.id";

static int64_t status_number(const PGresult *rows, int row, int column) {
    return atoll(PQgetvalue(rows, row, column));
}

static bool status_flag(const PGresult *rows, int row, int column) {
    return PQgetvalue(rows, row, column)[0] == 't';
}

enum fleet_result fleet_status(struct fleet_link *link,
                               void (*tell)(void *context, const struct fleet_terminal *terminal),
                               void *context) {
    PGresult *rows = NULL;
    enum fleet_result result = fleet_link_ask(link, status_sql, NULL, 0, &rows);
    for (int i = 0; result == FLEET_OK && i < PQntuples(rows); i++) {
        struct fleet_terminal terminal = {.terminal = PQgetvalue(rows, i, 0),
                                          .name = PQgetvalue(rows, i, 1),
                                          .events = status_number(rows, i, 2),
                                          .last_ms = status_number(rows, i, 3),
                                          .taken_ms = status_number(rows, i, 4),
                                          .seen_ms = status_number(rows, i, 5),
                                          .now_ms = status_number(rows, i, 6),
                                          .open_cases = status_number(rows, i, 7),
                                          .rows_left = status_number(rows, i, 8),
                                          .forked = status_flag(rows, i, 9),
                                          .replaced = status_flag(rows, i, 10),
                                          .cleared_by = PQgetvalue(rows, i, 11)};
        tell(context, &terminal);
    }
    PQclear(rows);
    return result;
}

enum fleet_result fleet_clear_forks(struct fleet_link *link, const char *terminal, const char *by,
                                    int64_t *cleared) {
    PGresult *rows = NULL;
    struct fleet_value values[] = {{0, terminal, 0}, {0, by, 0}};
    enum fleet_result result =
        fleet_link_ask(link, "SELECT hopkiosk.clear_forks($1, $2)", values, 2, &rows);
    if (result == FLEET_OK)
        *cleared = status_number(rows, 0, 0);
    PQclear(rows);
    return result;
}
