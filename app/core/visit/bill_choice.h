/* Which bills of the hospital's list are paid. */
#ifndef HOPKIOSK_CORE_VISIT_BILL_CHOICE_H
#define HOPKIOSK_CORE_VISIT_BILL_CHOICE_H

#include "app/core/visit/screen.h"

/* The list an answer brought; NULL: none, or none that can be trusted. */
const struct bill_list *bill_choice_list(const struct event_answer *answer);
/* A fresh list: everything that can be paid at once is selected. */
void bill_choice_take(struct visit *visit, const struct bill_list *bills);
/* The same bills are chosen in a list that was read again; false: one of them is gone, changed or
 * being decided elsewhere, and nothing is changed. */
bool bill_choice_renew(struct visit *visit, const struct bill_list *fresh);
/* Why bill `i` cannot be chosen; NOTICE_NONE: it can. */
enum notice bill_choice_obstacle(const struct visit *visit, int i);
/* All that can be paid at once is selected, or where it was, nothing. */
void bill_choice_toggle_all(struct visit *visit);
void bill_choice_set(struct session *session, int bill, bool selected);
int bill_choice_count(const struct session *session);
/* The sum of the selected bills; false: more than money can hold. */
bool bill_choice_sum(const struct session *session, struct fen *out);
void bill_choice_add_claims(const struct session *session, struct order *order);

#endif
