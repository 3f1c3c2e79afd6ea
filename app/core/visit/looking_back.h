/* An earlier payment of the patient is looked at or opened again. */
#ifndef HOPKIOSK_CORE_VISIT_LOOKING_BACK_H
#define HOPKIOSK_CORE_VISIT_LOOKING_BACK_H

#include "app/core/visit/screen.h"

int looking_back_row_count(const struct payment_list *list);
struct next looking_back_pick(struct visit *visit, int row);
/* Takes the answer to QUESTION_ORDER. */
struct next looking_back_answer(struct visit *visit, const struct event_answer *answer);
/* Opens the order that an answer brought as this patient's; its slot, or -1 and the notice that
 * says why not. */
int looking_back_reopen(struct visit *visit, const struct event_answer *answer,
                        enum notice *notice);

#endif
