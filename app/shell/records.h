/* Service of questions to our own journal: a patient's payments, one of their orders, and the open
 * order that waits longest to be asked about. Read on
 * the journal's thread, after everything that was queued for writing before. Where there is a
 * fleet, a patient's list has what the other machines took as well, or says within two seconds that
 * it is of this machine only. */
#ifndef HOPKIOSK_SHELL_RECORDS_H
#define HOPKIOSK_SHELL_RECORDS_H

#include "app/core/core.h"
#include "app/journal/journal.h"
#include "app/pump/asker.h"
#include "app/shell/inbox.h"

struct records {
    /* Set before the start. */
    struct inbox *inbox;
    const struct core *core;
    struct journal_pump *pump; /* NULL: no journal */
    struct asker *elsewhere;   /* the fleet's process; NULL: this terminal is alone */
};

bool records_serve(const struct effect *effect);
/* Exactly one ANSWER follows. */
void records_send(struct records *records, const struct effect *effect);

#endif
