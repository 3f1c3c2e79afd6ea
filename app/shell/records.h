/* What the core asks of our own journal: the payments of a patient, and one order of them. Read on
 * the journal's thread, behind everything that was written before. */
#ifndef HOPKIOSK_SHELL_RECORDS_H
#define HOPKIOSK_SHELL_RECORDS_H

#include "app/core/effect.h"
#include "app/core/event.h"

struct loop;

/* What was read, on its way to the core. */
struct records_answer {
    uint32_t number;
    enum verb verb;
    struct document *document; /* NULL: it could not be read */
};

bool records_serve(const struct effect *effect);
/* Exactly one ANSWER follows. */
void records_send(struct loop *loop, const struct effect *effect);
void records_answered(struct loop *loop, const struct records_answer *answer);

#endif
