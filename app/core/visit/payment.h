/* The order that a visit pays: its claims, and the screen the patient sees until it is decided. */
#ifndef HOPKIOSK_CORE_VISIT_PAYMENT_H
#define HOPKIOSK_CORE_VISIT_PAYMENT_H

#include "app/core/visit/screen.h"

void payment_add_claim(struct order *order, const char *key, const char *org_trace_no,
                       const char *doc_trace_no, struct fen amount);

/* True while it is undecided whether the visit's order is paid. */
bool payment_undecided(const struct session *session);
/* True while a payment by card is at the pinpad. */
bool payment_at_pinpad(struct situation at);
/* When a payment at the pinpad is given up because no card was inserted; INT64_MAX when it is
 * cancelled or a card is in. */
int64_t payment_no_card_deadline(struct situation at);
/* Is it a code for another amount than was asked? */
bool payment_code_is_wrong(const struct visit *visit, const struct event_answer *answer);
struct next payment_follow(struct visit *visit);
/* The patient gives up or leaves: an undecided payment is closed first. */
struct next payment_cancel(struct visit *visit);
enum verdict payment_verdict(struct session *session, const struct order *order);
/* The pinpad has reached another step. */
void payment_progress(struct visit *visit, const struct event_progress *progress);
/* Overwrites the payment code once PLACE has been sent in the effects of an earlier step. */
void payment_wipe_sent_code(struct visit *visit);

#endif
