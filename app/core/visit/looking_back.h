/* Earlier payments of whoever stands there: one of them looked at, or opened again. */
#ifndef HOPKIOSK_CORE_VISIT_LOOKING_BACK_H
#define HOPKIOSK_CORE_VISIT_LOOKING_BACK_H

#include "app/core/visit/screen.h"

int looking_back_row_count(const struct payment_list *list);
struct next looking_back_pick(struct visit *visit, int row);
/* The answer to QUESTION_ORDER. */
struct next looking_back_answer(struct visit *visit, const struct event_answer *answer);
/* The order that an answer brought, open again as this patient's; -1 and what to say. */
int looking_back_reopen(struct visit *visit, const struct event_answer *answer,
                        enum notice *notice);

#endif
