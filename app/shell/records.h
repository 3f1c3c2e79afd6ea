/* What the core asks of our own journal: the payments of a patient, and one order of them. Read on
 * the journal's thread, behind everything that was written before. */
#ifndef HOPKIOSK_SHELL_RECORDS_H
#define HOPKIOSK_SHELL_RECORDS_H

#include "app/core/core.h"
#include "app/journal/journal.h"
#include "app/shell/inbox.h"

struct records {
    /* given */
    struct inbox *inbox;
    const struct core *core;
    struct journal_pump *pump; /* NULL: no journal */
};

bool records_serve(const struct effect *effect);
/* Exactly one ANSWER follows. */
void records_send(struct records *records, const struct effect *effect);

#endif
