#include "app/fleet/schema.h"

#include <stdio.h>
#include <stdlib.h>

#include "app/fleet/tables.h"

enum fleet_result fleet_schema_version(struct fleet_link *link, int *out) {
    PGresult *answer = NULL;
    *out = 0;
    enum fleet_result result =
        fleet_link_ask(link, "SELECT version FROM hopkiosk.version WHERE id = 1", NULL, 0, &answer);
    if (result == FLEET_NO_TABLES)
        return FLEET_OK;
    if (result == FLEET_OK && PQntuples(answer) == 1)
        *out = atoi(PQgetvalue(answer, 0, 0));
    PQclear(answer);
    return result;
}

bool fleet_server_is_new_enough(int version, char *error, size_t error_size) {
    int major = version / 10000;
    if (major >= FLEET_SERVER_MIN)
        return true;
    snprintf(error, error_size, "the server is PostgreSQL %d: %d or newer is wanted", major,
             FLEET_SERVER_MIN);
    return false;
}

static enum fleet_result run_table_steps(struct fleet_link *link, int from) {
    const char *const *step = fleet_table_steps;
    enum fleet_result result = FLEET_OK;
    for (int version = 0; version < FLEET_VERSION && result == FLEET_OK; version++, step++)
        for (; *step != NULL && result == FLEET_OK; step++)
            if (version >= from)
                result = fleet_link_run(link, *step);
    return result;
}

/* The lock is held by one at a time, until the transaction ends. */
static enum fleet_result bring_tables(struct fleet_link *link) {
    int version = 0;
    enum fleet_result result = fleet_link_run(link, "SELECT pg_advisory_xact_lock(7234658)");
    if (result == FLEET_OK)
        result = fleet_link_run(link, "SAVEPOINT looking");
    if (result == FLEET_OK)
        result = fleet_schema_version(link, &version);
    if (result == FLEET_OK)
        result = fleet_link_run(link, "ROLLBACK TO SAVEPOINT looking");
    return result == FLEET_OK ? run_table_steps(link, version) : result;
}

enum fleet_result fleet_schema_bring(struct fleet_link *link) {
    char said[FLEET_ERROR_SIZE];
    if (!fleet_server_is_new_enough(PQserverVersion(link->connection), link->error,
                                    sizeof link->error))
        return FLEET_REFUSED;
    enum fleet_result result = fleet_link_run(link, "BEGIN");
    if (result == FLEET_OK)
        result = bring_tables(link);
    if (result == FLEET_OK)
        return fleet_link_run(link, "COMMIT");
    snprintf(said, sizeof said, "%s", link->error);
    if (result != FLEET_DOWN && fleet_link_run(link, "ROLLBACK") != FLEET_OK)
        result = FLEET_DOWN;
    snprintf(link->error, sizeof link->error, "%s", said);
    return result;
}
