/* Makes the core's steps durable: a PERSIST becomes a write of the journal's pump, what came of it
 * a DURABLE or PERSIST_FAILED. Owns the pump; others who read the journal or leave something in it
 * are given it. */
#ifndef HOPKIOSK_SHELL_PERSIST_H
#define HOPKIOSK_SHELL_PERSIST_H

#include "app/core/core.h"
#include "app/journal/journal.h"
#include "app/shell/inbox.h"

struct persist {
    /* given */
    struct inbox *inbox;
    const struct core *core;
    struct journal *journal; /* NULL: it could not be opened */
    /* own */
    struct journal_pump *pump; /* NULL like the journal */
};

void persist_start(struct persist *persist);
/* Writes what is queued; the journal is the giver's again. */
void persist_stop(struct persist *persist);
/* Exactly one answer follows. `notes`: of the effect, what happened. `evidence`: masked JSON of
 * what caused it, or NULL. */
void persist_write(struct persist *persist, const struct effect *effect,
                   const struct part_note *notes, const char *evidence);

#endif
