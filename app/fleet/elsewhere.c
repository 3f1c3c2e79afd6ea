#include "app/fleet/elsewhere.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/base/clock.h"

#define KEYS_MAX 3
#define KEY_LENGTH 64

static bool is_key(const cJSON *item) {
    const char *text = cJSON_GetStringValue(item);
    return text != NULL && strlen(text) == KEY_LENGTH &&
           strspn(text, "0123456789abcdef") == KEY_LENGTH;
}

/* {key,key}, as the database writes an array; what is no key is left out. */
static void write_keys(const cJSON *keys, char out[KEYS_MAX * (KEY_LENGTH + 1) + 2]) {
    const cJSON *key;
    size_t length = 0;
    int count = 0;
    out[length++] = '{';
    cJSON_ArrayForEach(key, keys) {
        if (!is_key(key) || count == KEYS_MAX)
            continue;
        length += (size_t)sprintf(out + length, "%s%s", count++ > 0 ? "," : "", key->valuestring);
    }
    out[length++] = '}';
    out[length] = '\0';
}

/* The rows come order by order; two of one number have begun at different times. */
static bool is_of_order_before(const PGresult *rows, int i) {
    return i > 0 && strcmp(PQgetvalue(rows, i, 1), PQgetvalue(rows, i - 1, 1)) == 0 &&
           strcmp(PQgetvalue(rows, i, 4), PQgetvalue(rows, i - 1, 4)) == 0;
}

static cJSON *order_of_answer(cJSON *orders, const PGresult *rows, int i) {
    if (is_of_order_before(rows, i))
        return cJSON_GetArrayItem(orders, cJSON_GetArraySize(orders) - 1);
    cJSON *order = cJSON_CreateObject();
    cJSON_AddStringToObject(order, "order_no", PQgetvalue(rows, i, 1));
    cJSON_AddStringToObject(order, "terminal", PQgetvalue(rows, i, 0));
    cJSON_AddObjectToObject(order, "rows");
    cJSON_AddItemToArray(orders, order);
    return order;
}

static bool knows_order(const struct elsewhere_asker *asker, const PGresult *rows, int i) {
    return asker->has_order(asker->context, PQgetvalue(rows, i, 1), atoll(PQgetvalue(rows, i, 4)));
}

static cJSON *make_answer(const PGresult *rows, const struct elsewhere_asker *asker) {
    cJSON *answer = cJSON_CreateObject(), *orders = cJSON_AddArrayToObject(answer, "orders");
    bool more = false;
    size_t bytes = 0;
    bool known = false;
    for (int i = 0; i < PQntuples(rows) && !more; i++) {
        if (!is_of_order_before(rows, i))
            known = knows_order(asker, rows, i);
        if (known)
            continue;
        bytes += strlen(PQgetvalue(rows, i, 3)) + 80;
        more = bytes > ELSEWHERE_BYTES_MAX;
        cJSON *order = order_of_answer(orders, rows, i);
        if (more) /* half an order is none */
            cJSON_DeleteItemFromArray(orders, cJSON_GetArraySize(orders) - 1);
        else
            cJSON_AddItemToObject(cJSON_GetObjectItem(order, "rows"), PQgetvalue(rows, i, 2),
                                  cJSON_Parse(PQgetvalue(rows, i, 3)));
    }
    cJSON_AddBoolToObject(answer, "more",
                          more || cJSON_GetArraySize(orders) == ELSEWHERE_ORDERS_MAX);
    return answer;
}

#define NO_PAPERS " WHERE name NOT LIKE 'holds/%' AND name NOT LIKE 'outbox/%'"

/* Tables that nobody has brought to this version yet are asked as the version before did. */
static enum fleet_result ask_rows(struct fleet_link *link, const struct fleet_value values[5],
                                  PGresult **rows) {
    enum fleet_result result =
        fleet_link_ask(link,
                       "SELECT terminal, order_no, name, content, begun FROM hopkiosk.elsewhere("
                       "$1::text[], $2, $3::date, $4::integer, $5::integer)" NO_PAPERS,
                       values, 5, rows);
    if (result != FLEET_NO_TABLES)
        return result;
    return fleet_link_ask(link,
                          "SELECT terminal, order_no, name, content, begun FROM hopkiosk.elsewhere("
                          "$1::text[], $2, $3::date, $4::integer)" NO_PAPERS,
                          values, 4, rows);
}

enum fleet_result elsewhere_ask(struct fleet_link *link, const struct elsewhere_asker *asker,
                                const cJSON *keys, cJSON **out) {
    char array[KEYS_MAX * (KEY_LENGTH + 1) + 2], since[CLOCK_TEXT_SIZE], most[12], place[12];
    PGresult *rows = NULL;
    *out = NULL;
    write_keys(keys, array);
    clock_text(clock_wall_ms() - ELSEWHERE_DAYS * INT64_C(86400000), since);
    since[10] = '\0';
    snprintf(most, sizeof most, "%d", ELSEWHERE_ORDERS_MAX);
    snprintf(place, sizeof place, "%d", asker->place);
    struct fleet_value values[] = {
        {0, array, 0}, {0, asker->journal_id, 0}, {0, since, 0}, {0, most, 0}, {0, place, 0}};
    enum fleet_result result = ask_rows(link, values, &rows);
    if (result == FLEET_OK)
        *out = make_answer(rows, asker);
    PQclear(rows);
    return result;
}
