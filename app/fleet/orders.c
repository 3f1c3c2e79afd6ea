#include "app/fleet/orders.h"

#include <stdio.h>
#include <stdlib.h>

/* The first day of which one of these orders is: what is older is not looked at. A number without a
 * day is of 1970, as where it was put. */
static const char oldest_sql[] =
    "SELECT min(CASE WHEN order_no ~ '^[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])' THEN"
    " make_date(2000 + substr(order_no, 1, 2)::integer, substr(order_no, 3, 2)::integer, 1)"
    " ELSE date '1970-01-01' END)::text FROM hopkiosk.events WHERE day >= $1::date";

static const char orders_sql[] =
    "DECLARE fleet_orders NO SCROLL CURSOR FOR"
    " SELECT order_no, jsonb_object_agg(name, content)::text FROM hopkiosk.newest"
    " WHERE day >= '%.10s'::date AND order_no IN"
    " (SELECT order_no FROM hopkiosk.events WHERE day >= '%.10s'::date)"
    " GROUP BY order_no, begun ORDER BY order_no, begun";

static enum fleet_result show_orders_page(struct fleet_link *link, fleet_order_visit *visit,
                                          void *context, bool *more) {
    PGresult *rows = NULL;
    enum fleet_result result = fleet_link_ask(link, "FETCH 200 FROM fleet_orders", NULL, 0, &rows);
    int count = result == FLEET_OK ? PQntuples(rows) : 0;
    *more = count > 0;
    for (int i = 0; i < count && *more; i++)
        *more = visit(context, PQgetvalue(rows, i, 0), PQgetvalue(rows, i, 1));
    PQclear(rows);
    return result;
}

static enum fleet_result ask_text(struct fleet_link *link, const char *sql,
                                  const struct fleet_value *values, int count, char *out,
                                  size_t size) {
    PGresult *rows = NULL;
    enum fleet_result result = fleet_link_ask(link, sql, values, count, &rows);
    if (result == FLEET_OK)
        snprintf(out, size, "%s", PQgetvalue(rows, 0, 0));
    PQclear(rows);
    return result;
}

static enum fleet_result walk_orders(struct fleet_link *link, const char *first_day,
                                     fleet_order_visit *visit, void *context, int64_t *rows_left) {
    char oldest[24] = "", left[24] = "", sql[sizeof orders_sql + 32];
    struct fleet_value values[] = {{0, first_day, 0}};
    enum fleet_result result = ask_text(link, oldest_sql, values, 1, oldest, sizeof oldest);
    if (result == FLEET_OK)
        result = ask_text(link, "SELECT coalesce(sum(rows_left), 0) FROM hopkiosk.installations",
                          NULL, 0, left, sizeof left);
    *rows_left = atoll(left);
    if (result != FLEET_OK || oldest[0] == '\0')
        return result;
    snprintf(sql, sizeof sql, orders_sql, oldest, first_day);
    result = fleet_link_run(link, sql);
    for (bool more = true; more && result == FLEET_OK;)
        result = show_orders_page(link, visit, context, &more);
    return result;
}

enum fleet_result fleet_each_order(struct fleet_link *link, const char *first_day,
                                   fleet_order_visit *visit, void *context, int64_t *rows_left) {
    enum fleet_result result =
        fleet_link_run(link, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    if (result == FLEET_OK)
        result = walk_orders(link, first_day, visit, context, rows_left);
    enum fleet_result ended = result == FLEET_OK ? fleet_link_run(link, "COMMIT") : result;
    return result == FLEET_OK ? ended : result;
}
