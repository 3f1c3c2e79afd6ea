/* The books of all sides compared per fen. */
#ifndef HOPKIOSK_SIM_LEDGER_H
#define HOPKIOSK_SIM_LEDGER_H

#include <stdbool.h>

struct sim;

/* True when every order of the journal is settled. */
bool ledger_settled(struct sim *sim);
void ledger_check(struct sim *sim);
/* Fails when something is still unknown here that the other side would say definitely. */
#define PROMPT_MS INT64_C(60000)
void ledger_prompt(struct sim *sim);

#endif
