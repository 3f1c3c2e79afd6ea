/* Payments of which the books have a refund that is none of the terminal's: a booking beside it
 * proves nothing any more. */
#ifndef HOPKIOSK_RECON_REVERSALS_H
#define HOPKIOSK_RECON_REVERSALS_H

#include "app/recon/findings.h"

/* Marks the findings of payments that the terminal is not done with. After all rows are joined. */
void reversals_mark(struct recon_ledger *ledger, struct recon_result *result);

#endif
