/* Who stands there: from a code, a card or keys to the person an account is asked for, and what an
 * order says of them. */
#ifndef HOPKIOSK_CORE_VISIT_WHO_H
#define HOPKIOSK_CORE_VISIT_WHO_H

#include "app/core/visit/screen.h"

#define LAST4_LENGTH 4

/* A code was scanned or a card read. */
struct next who_code(struct visit *visit, const struct event *event);
/* The number of a code or a card, by keys. */
struct next who_number(struct visit *visit, const char *number);
/* Will going on from CONFIRM ask the last 4 of the ID number first? */
bool who_asks_last4(struct situation at);
/* Is what was typed the end of the person's ID number? */
bool who_is_last4(const struct session *session);
/* The person's numbers. */
void who_fill_person(const struct session *session, struct order_person *person);

#endif
