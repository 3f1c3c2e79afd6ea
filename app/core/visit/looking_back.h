/* An earlier payment of the patient is looked at or opened again. */
#ifndef HOPKIOSK_CORE_VISIT_LOOKING_BACK_H
#define HOPKIOSK_CORE_VISIT_LOOKING_BACK_H

#include "app/core/visit/screen.h"

int looking_back_row_count(const struct payment_list *list);
/* Fills in the person's numbers from the visit. The journal has blanked those of a settled order;
 * the visit's person was found to be the same by the keyed hash. */
void looking_back_name_person(const struct visit *visit, struct order *order);
struct next looking_back_pick(struct visit *visit, int row);
/* Takes the answer to QUESTION_ORDER. */
struct next looking_back_answer(struct visit *visit, const struct event_answer *answer);
/* Opens the order that an answer brought as this patient's; its slot, or -1 and the notice that
 * says why not. */
int looking_back_reopen(struct visit *visit, const struct event_answer *answer,
                        enum notice *notice);

#endif
