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

/* Hears what the caller of a fetched order once said, before the core hears of the order. */
struct records_desk {
    void *owner; /* NULL: this terminal is no desk */
    void (*hear)(void *owner, const char *order_no, const char *operation, const char *members);
};

struct records {
    /* Set before the start. */
    struct records_desk desk;
    struct inbox *inbox;
    const struct core *core;
    struct journal_pump *pump; /* NULL: no journal */
    struct asker *elsewhere;   /* the fleet's process; NULL: this terminal is alone */
};

bool records_serve(const struct effect *effect);
/* Exactly one ANSWER follows. */
void records_send(struct records *records, const struct effect *effect);

#endif
