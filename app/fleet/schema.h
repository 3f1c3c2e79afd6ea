/* Brings the database's tables to this program's version. */
#ifndef HOPKIOSK_FLEET_SCHEMA_H
#define HOPKIOSK_FLEET_SCHEMA_H

#include "app/fleet/link.h"

/* The version of the tables there; 0: none. */
__attribute__((warn_unused_result)) enum fleet_result fleet_schema_version(struct fleet_link *link,
                                                                           int *out);
/* The oldest server that has what the tables' functions say (WITH ... AS MATERIALIZED). */
#define FLEET_SERVER_MIN 12
/* `version` as PQserverVersion tells it. False, with a sentence: the server is older. */
bool fleet_server_is_new_enough(int version, char *error, size_t error_size);

/* Makes or changes the tables where they are older than this program; whoever comes second finds
 * them made. FLEET_REFUSED: this user may not, or the server is too old. */
__attribute__((warn_unused_result)) enum fleet_result fleet_schema_bring(struct fleet_link *link);

#endif
