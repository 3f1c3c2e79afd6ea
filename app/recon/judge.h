/* Deals become classes: who has it, do the amounts and states agree. */
#ifndef HOPKIOSK_RECON_JUDGE_H
#define HOPKIOSK_RECON_JUDGE_H

#include "app/recon/findings.h"

/* Reads nothing but the ledger; joins deals by amount and time. */
void recon_judge(struct recon_ledger *ledger, const struct recon_rules *rules,
                 struct recon_result *result);

#endif
