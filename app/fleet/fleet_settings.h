/* Section `fleet`: the database that has the events of all terminals, and how often it is told. */
#ifndef HOPKIOSK_FLEET_FLEET_SETTINGS_H
#define HOPKIOSK_FLEET_FLEET_SETTINGS_H

#include <stdint.h>

#include "app/config/config.h"

struct fleet_settings {
    char *database;      /* a connection string of libpq; "": the terminal is alone */
    int64_t interval_ms; /* the longest time that an event waits for the next batch */
    char *metrics;       /* address of the process's figures; "": nobody can fetch them */
    int keep_days;       /* what is older goes with `kioskctl fleet purge`; 0: nothing does */
};
extern const struct config_section fleet_settings_section;
const struct fleet_settings *fleet_settings(const struct config *config);

/* What the fleet's process reads of the rest of the file. */
struct fleet_place {
    char *journal_path;
};
extern const struct config_section fleet_place_section;
const struct fleet_place *fleet_place(const struct config *config);

/* The socket at which the kiosk asks the fleet's process: beside the journal. Caller: free(). */
char *fleet_socket_path(const char *journal_path);

#endif
