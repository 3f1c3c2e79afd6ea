/* The history of the database's tables: texts that bring it from one version to the next, each list
 * ended by NULL, never edited afterwards. */
#ifndef HOPKIOSK_FLEET_TABLES_H
#define HOPKIOSK_FLEET_TABLES_H

#define FLEET_VERSION 3 /* of the tables that this program writes */

/* The steps of all versions one behind the other, a NULL behind each version's. */
extern const char *const fleet_table_steps[];
extern const char fleet_tables_forks[], fleet_tables_restored[];

#endif
