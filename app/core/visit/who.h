/* Who the patient is: from a code, a card or keys to the question for an account, and the person of
 * an order. */
#ifndef HOPKIOSK_CORE_VISIT_WHO_H
#define HOPKIOSK_CORE_VISIT_WHO_H

#include "app/core/visit/screen.h"

#define LAST4_LENGTH 4

/* Takes a scanned code or a card that was read. */
struct next who_code(struct visit *visit, const struct event *event);
/* Takes a typed number. */
struct next who_typed(struct visit *visit, const char *number);
/* True when the policy asks nobody who has shown such a card whether it is they. */
bool who_is_known(struct situation at);
/* True when CONFIRM asks the last 4 of the ID number first. */
bool who_asks_last4(struct situation at);
/* True when the typed text is the end of the person's ID number. */
bool who_is_last4(const struct session *session);
/* The person of an order. */
void who_fill_person(const struct session *session, struct order_person *person);
/* Of an insured order the whole name as well, where the insurance's questions want it. */
void who_name_insured(struct situation at, struct order *order);

#endif
