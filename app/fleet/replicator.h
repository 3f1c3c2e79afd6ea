/* What brings a journal's events to the database: looks into the journal, and when it is time sends
 * a batch. One a process; a trial drives thousands, each as a terminal would. */
#ifndef HOPKIOSK_FLEET_REPLICATOR_H
#define HOPKIOSK_FLEET_REPLICATOR_H

#include <sys/types.h>

#include "app/fleet/batch.h"
#include "app/fleet/place.h"

struct replicator_options {
    const char *journal_path, *database;
    int64_t interval_ms; /* the longest time that an event waits */
    int look_ms;         /* how often the journal is looked at */
    int patience_ms;     /* for each answer of the database */
    int stop;            /* readable: all is to end; -1: never */
};

struct replicator_figures {
    int64_t events, batches, failures;
    int64_t sent_wall_ms; /* the last batch that was taken, 0: none */
    int64_t journal_events, place_events;
    int64_t waits_wall_ms;    /* when the oldest event that waits happened, 0: none does */
    enum fleet_result result; /* of the last batch, or of what kept it from being sent */
    bool place_known;         /* the database has said what it has of this journal */
    bool forked; /* the journal went another way than the database had seen, and nobody has
                    said that it was looked into */
    char trouble[FLEET_ERROR_SIZE]; /* "": none */
};

struct replicator {
    struct replicator_options options;
    struct journal *journal; /* NULL: not open */
    dev_t device;            /* ... of this file */
    ino_t inode;
    struct place place;
    struct batch batch;
    int64_t unknown_wall_ms;           /* since when the database has not said what it has */
    int64_t looked;                    /* events of the journal that were seen */
    int64_t look_mono_ms, due_mono_ms; /* 0: nothing is due */
    int64_t seen_mono_ms;              /* when the database heard of this terminal */
    int64_t fork_mono_ms;              /* when it was asked about a fork */
    int64_t patient_until_mono_ms;     /* after failures: no try before */
    int failed;                        /* tries in a row */
    unsigned chance;
    struct replicator_figures figures;
};

void replicator_begin(struct replicator *replicator, const struct replicator_options *options);
void replicator_end(struct replicator *replicator);
/* Looks, and sends if it is time; returns when it wants to be called again (monotonic). `shared`
 * NULL: a connection of its own for each batch. */
int64_t replicator_turn(struct replicator *replicator, struct fleet_link *shared);

#endif
