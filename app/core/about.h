/* What the shell may know of the visit: what an effect of it needs that the effect does not carry,
 * and what is asked about it. Only the core looks into the session itself. */
#ifndef HOPKIOSK_CORE_ABOUT_H
#define HOPKIOSK_CORE_ABOUT_H

#include "app/core/core.h"

enum screen core_screen(const struct core *core);
enum language core_language(const struct core *core);
/* Does the visit still look at it? */
bool core_looks_at(const struct core *core, const struct document *document);
/* The visit itself when it looks at this order, for who composes a receipt; NULL: nobody does. */
const struct session *core_session_at(const struct core *core, const struct order *order);
/* Orders in the slots that are not finished. */
int core_open_orders(const struct core *core);

/* A SEND of the visit's own: what it asks. */
struct question core_question(const struct core *core, enum verb verb);
/* RECORDS: whose payments; none known: nobody's. */
struct patient_keys core_patient_keys(const struct core *core);
/* REOPEN: the order that is looked at. */
const char *core_order_no(const struct core *core);
/* STAFF: the keys pressed so far, and what was chosen and written. */
const char *core_typed(const struct core *core);
const struct visit_staff *core_staff(const struct core *core);

#endif
