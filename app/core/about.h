/* What the shell may read of the visit: the facts that its effects need and do not carry. Only the
 * core reads the session itself. */
#ifndef HOPKIOSK_CORE_ABOUT_H
#define HOPKIOSK_CORE_ABOUT_H

#include "app/core/core.h"

enum screen core_screen(const struct core *core);
/* Has the patient who stands there called the staff? */
bool core_staff_called(const struct core *core);
enum language core_language(const struct core *core);
/* True while the visit points to this document: it must not be freed. */
bool core_looks_at(const struct core *core, const struct document *document);
/* The session when the visit shows this order, for composing its receipt; else NULL. */
const struct session *core_session_at(const struct core *core, const struct order *order);
/* Orders in the slots that are not finished. */
int core_open_orders(const struct core *core);

/* The question behind a SEND whose slot is SLOT_SESSION. */
struct question core_question(const struct core *core, enum verb verb);
/* VERB_RECORDS: the patient whose payments are read; none known while nobody is identified. */
struct patient_keys core_patient_keys(const struct core *core);
/* ... and whether those of the hospital's other machines are wanted as well. */
bool core_looks_elsewhere(const struct core *core);
/* The list that a new order's bills were chosen from, or NULL. */
const struct bill_list *core_bills(const struct core *core);
/* VERB_REOPEN: the number of the order to load. */
const char *core_order_no(const struct core *core);
/* EFFECT_STAFF: the keys typed so far; the case and reason that the staff chose. */
const char *core_typed(const struct core *core);
const struct visit_staff *core_staff(const struct core *core);

#endif
