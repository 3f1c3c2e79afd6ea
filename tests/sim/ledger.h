/* The books of all sides compared per fen. */
#ifndef HOPKIOSK_SIM_LEDGER_H
#define HOPKIOSK_SIM_LEDGER_H

#include <stdbool.h>

struct order;
struct sim;
struct sim_payment;

/* True when every order of the journal is settled. */
bool ledger_settled(struct sim *sim);
void ledger_check(struct sim *sim);
/* Was a refund of this order refused? Is the case of its leg right; of what the insurance settles,
 * by the centre's own last word? */
bool ledger_refund_was_refused(const struct sim *sim, const char *order_no);
bool ledger_leg_excused(const struct sim *sim, const struct order *order, int leg);
bool ledger_insured_case_is_right(const struct sim *sim, const struct order *order,
                                  const struct sim_payment *payment);
/* Fails when something is still unknown here that the other side would say definitely. */
#define PROMPT_MS INT64_C(60000)
void ledger_prompt(struct sim *sim);

#endif
