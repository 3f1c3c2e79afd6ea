/* Where a journal's events stand in the database. The database alone knows: no state is kept beside
 * the journal. A journal that has gone another way than the database has seen (restored from a
 * backup, copied to a second machine) goes on as an installation of its own behind the last event
 * that both have: nothing is overwritten, and the fork is said. */
#ifndef HOPKIOSK_FLEET_PLACE_H
#define HOPKIOSK_FLEET_PLACE_H

#include "app/fleet/link.h"
#include "app/journal/journal.h"

#define PLACE_NONE (-1)

struct place {
    int id; /* of the installation; 0: not known, PLACE_NONE: there is none */
    int64_t events;
    char hash[JOURNAL_HASH_SIZE];
    bool forked; /* found just now: said once */
};

/* Asks the database, and begins an installation there where this journal has none. */
__attribute__((warn_unused_result)) enum fleet_result
place_find(struct fleet_link *link, struct journal *journal, struct place *out);
/* The same, and changes nothing there: `id` 0 where the database has other events of this journal
 * than it has itself, PLACE_NONE where it has none. */
__attribute__((warn_unused_result)) enum fleet_result
place_look(struct fleet_link *link, struct journal *journal, struct place *out);
/* Did this journal, or one that it goes on behind, go another way, and has nobody said yet that it
 * was looked into? FLEET_NO_TABLES: the tables are of an older version, which forgets. */
__attribute__((warn_unused_result)) enum fleet_result
place_is_forked(struct fleet_link *link, const struct place *place, bool *out);

#endif
