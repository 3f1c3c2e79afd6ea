/* The visit as core.c drives it: events, answers and time. */
#ifndef HOPKIOSK_CORE_VISIT_VISIT_H
#define HOPKIOSK_CORE_VISIT_VISIT_H

#include "app/core/visit/screen.h"

/* Begins the next visit at its first screen. */
void visit_begin(struct visit *visit);
/* True when there is no visit: the first screen, or out of service. */
bool visit_at_rest(const struct session *session);

/* Called before and after every event: any change is a new revision, the screen follows the order,
 * and the readers are armed for the screen. */
void visit_before(struct visit *visit, struct session *before);
void visit_after(struct visit *visit, struct session *before);

/* hear.c */
/* TOUCH, TEXT, SCAN, CARD, PRINTED, PROGRESS, STAFF; a DEVICE that is known to the terminal. */
void visit_hear(struct visit *visit, const struct event *event);

/* True when the visit itself waits for this answer. */
bool visit_awaits(const struct session *session, uint32_t request);
void visit_answer(struct visit *visit, const struct event *event);
/* Gives an answer to the order in `slot`; the visit keeps the documents that the patient sees. */
void visit_order_answer(struct visit *visit, int slot, const struct event_answer *answer);

/* What is known of an order that the visit did not ask about. */
void visit_recheck(struct visit *visit, const struct recheck *recheck);

/* time.c */
void visit_tick(struct visit *visit);
/* The monotonic time at which the visit wants a TICK; INT64_MAX: never. */
int64_t visit_deadline(struct situation at);

/* Takes the step that a handler returned, and those that follow from it. */
void visit_go(struct visit *visit, struct next next);

#endif
