/* The choice of bills from the hospital's list. */
#ifndef HOPKIOSK_CORE_VISIT_BILL_CHOICE_H
#define HOPKIOSK_CORE_VISIT_BILL_CHOICE_H

#include "app/core/visit/screen.h"

/* The list that an answer brought; NULL when it brought none or a contradictory one. */
const struct bill_list *bill_choice_list(const struct event_answer *answer);
/* Takes a new list and selects everything that can be paid at once. */
void bill_choice_take(struct visit *visit, const struct bill_list *bills);
/* Selects the same bills in a list that was read again. False, with nothing changed, when one of
 * them is gone, has another amount or is being decided elsewhere. */
bool bill_choice_renew(struct visit *visit, const struct bill_list *fresh);
/* Why bill `i` cannot be chosen; NOTICE_NONE when it can. */
enum notice bill_choice_obstacle(struct situation at, int i);
/* Is everything selected that can be paid at once? Then `all` selects nothing. */
bool bill_choice_is_all(struct situation at);
/* Selects everything that can be paid at once or, where it is selected, nothing. */
void bill_choice_toggle_all(struct visit *visit);
void bill_choice_set_sold(struct session *session, int bill);
void bill_choice_set(struct session *session, int bill, bool selected);
int bill_choice_count(const struct session *session);
/* The sum of the selected bills; false when it exceeds what an amount can hold. */
bool bill_choice_sum(const struct session *session, struct fen *out);
/* The insurance takes one bill at a time: the first selected stays, the others are left for later.
 * False: there was only one. Together selects again what is left. */
bool bill_choice_one_by_one(struct session *session);
void bill_choice_together(struct session *session);
/* Selects the first that is left; its index, -1: none is. */
int bill_choice_next(struct session *session);
/* ... which one that would be. */
int bill_choice_left(const struct session *session);
void bill_choice_add_claims(const struct session *session, struct order *order);

#endif
