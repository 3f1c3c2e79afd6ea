/* The pure core: (state, event) -> (state, effects). Its state is the setup, the terminal, the book
 * of up to 64 open orders and one visit's session. */
#ifndef HOPKIOSK_CORE_CORE_H
#define HOPKIOSK_CORE_CORE_H

#include "app/core/desk/window.h"
#include "app/core/event.h"
#include "app/core/order/book.h"
#include "app/core/visit/offers.h"

struct core {
    struct core_setup setup;
    struct terminal terminal;
    struct book book;
    struct session session;
    struct desk_window window;
};

void core_init(struct core *core, const struct core_setup *setup, struct now now);
/* Not every open order of the journal can be taken up: no new payment. After core_init. */
void core_distrust_journal(struct core *core, enum journal_fault fault, struct now now);
/* Takes one event and says what to do in `out`, which is emptied first. */
void core_step(struct core *core, const struct event *event, struct effects *out);
/* The monotonic time at which core_step wants a TICK; INT64_MAX: never. */
int64_t core_deadline(const struct core *core);

/* Everything that the functions of visit/offers.h read, for whoever shows it. */
struct situation core_situation(const struct core *core, struct now now);
/* The payment code from the patient's phone, which VERB_PLACE of this order sends; "" when there is
 * none. */
const char *core_pay_code(const struct core *core, int slot);
/* The whole name of whom the order is for, while the visit that opened it lasts; else "". */
const char *core_person_name(const struct core *core, int slot);
/* ... and the number of the phone, as the hospital has it. */
const char *core_person_phone(const struct core *core, int slot);
/* The bill that the order in this slot pays, as the visit that opened it has it listed: the first
 * of them; NULL: nobody's. */
const struct bill *core_bill(const struct core *core, int slot);

#endif
