/* A refund on request: chosen, confirmed, then carried out payment after payment. Each is loaded
 * from the journal, asked about at the platform, taken back at the hospital and only then returned.
 * The next begins when the one before has definitely gone back. */
#ifndef HOPKIOSK_CORE_VISIT_GIVING_BACK_H
#define HOPKIOSK_CORE_VISIT_GIVING_BACK_H

#include "app/core/visit/screen.h"

/* RECORDS: a payment of which something may go back is picked, or the whole balance. */
int giving_back_row_count(const struct payment_list *list);
struct next giving_back_pick(struct visit *visit, int row);
struct next giving_back_pick_balance(struct visit *visit);

/* AMOUNT: how much of the chosen payment. */
struct fen giving_back_cap(struct situation at);
int giving_back_presets(struct situation at, struct fen out[]);
enum notice giving_back_obstacle(struct situation at);
struct next giving_back_amount_chosen(struct visit *visit);

/* CONFIRM: carries out the plan. */
struct next giving_back_begin(struct visit *visit);
struct next giving_back_answer(struct visit *visit, enum visit_question question,
                               const struct event_answer *answer);

/* The refund under way; of several opened together the one that is least decided. NULL: none. */
const struct refund *giving_back_refund(const struct session *session, const struct order *order);
/* True while the screen follows a refund under way. */
bool giving_back_runs(const struct session *session);
struct next giving_back_follow(struct visit *visit);
/* The patient waits no longer: shows what was begun, begins nothing more. */
struct next giving_back_cancel(struct visit *visit);
/* The verdict; also marks a step that has become definite. */
enum verdict giving_back_verdict(struct session *session, const struct order *order);

#endif
