/* Makes the core's turns durable: a PERSIST becomes a write of the journal's pump, and its result a
 * DURABLE or PERSIST_FAILED. Owns the pump, which is given to all services that read or write the
 * journal. */
#ifndef HOPKIOSK_SHELL_PERSIST_H
#define HOPKIOSK_SHELL_PERSIST_H

#include "app/core/core.h"
#include "app/journal/journal.h"
#include "app/shell/inbox.h"

/* What a desk's caller said of the order in the slot, for whoever sends it again; free() both.
 * NULL: nothing that has to be kept. */
struct persist_desk {
    void *owner; /* NULL: this terminal is no desk */
    void (*say)(void *owner, int slot, char **operation, char **members);
};

struct persist {
    /* Set before the start. */
    struct persist_desk desk;
    struct inbox *inbox;
    const struct core *core;
    struct journal *journal; /* NULL: it could not be opened */
    /* The service's own. */
    struct journal_pump *pump; /* NULL when the journal is */
};

void persist_start(struct persist *persist);
/* Writes what is queued; afterwards the journal belongs to the caller again. */
void persist_stop(struct persist *persist);
/* Exactly one answer follows. `notes`: the effect's, what happened. `evidence`: masked JSON of what
 * caused it, or NULL. */
void persist_write(struct persist *persist, const struct effect *effect,
                   const struct part_note *notes, const char *evidence);
/* When the order of a SET_ASIDE is fetched again. What cannot be noted is fetched sooner. */
void persist_set_aside(struct persist *persist, const struct effect *effect);

#endif
