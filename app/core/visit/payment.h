/* The order of a visit: its claims, and where the patient stands with it until it is decided. */
#ifndef HOPKIOSK_CORE_VISIT_PAYMENT_H
#define HOPKIOSK_CORE_VISIT_PAYMENT_H

#include "app/core/visit/screen.h"

void payment_add_claim(struct order *order, const char *org_trace_no, const char *doc_trace_no,
                       struct fen amount);

/* Is the money of the order before us still being decided? */
bool payment_undecided(const struct session *session);
/* A payment by card stands at the pinpad. */
bool payment_at_pinpad(struct situation at);
/* At the pinpad, not cancelled, and no card is in yet: when it is given up; INT64_MAX: not so. */
int64_t payment_no_card_deadline(struct situation at);
/* Is it a code for another amount than was asked? */
bool payment_code_is_wrong(const struct visit *visit, const struct event_answer *answer);
struct next payment_follow(struct visit *visit);
/* The patient gives up, or goes: an undecided payment is closed first. */
struct next payment_cancel(struct visit *visit);
enum verdict payment_verdict(struct session *session, const struct order *order);
/* The pinpad goes on with what was asked of it. */
void payment_progress(struct visit *visit, const struct event_progress *progress);
/* The phone's code leaves with PLACE, in the effects of a step before: then it is overwritten. */
void payment_wipe_sent_code(struct visit *visit);

#endif
