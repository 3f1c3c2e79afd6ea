/* The pure core: one session and up to 64 open orders. (state, event) -> (state, effects). */
#ifndef HOPKIOSK_CORE_CORE_H
#define HOPKIOSK_CORE_CORE_H

#include "app/core/event.h"
#include "app/core/order/book.h"
#include "app/core/visit/offers.h"

struct core {
    struct core_setup setup;
    struct terminal terminal;
    struct book book;
    struct session session;
};

void core_init(struct core *core, const struct core_setup *setup, struct now now);
/* An open order or case from the journal, before the first event; false when no slot is free. `out`
 * is emptied first. */
bool core_restore(struct core *core, const struct order *order, struct now now,
                  struct effects *out);
/* Not every open order of the journal could be taken up: no new payment. After core_init. */
void core_distrust_journal(struct core *core, enum journal_fault fault, struct now now);
/* One event. `out` is emptied first. */
void core_step(struct core *core, const struct event *event, struct effects *out);
/* When core_step wants a TICK, monotonic ms; INT64_MAX never. */
int64_t core_deadline(const struct core *core);

/* What there is to be read, for whoever shows it (offers.h). */
struct situation core_situation(const struct core *core, struct now now);
/* The phone's code that PLACE of this order needs; "" when the visit has none for it. */
const char *core_pay_code(const struct core *core, int slot);

#endif
