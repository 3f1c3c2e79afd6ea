/* Credits that the hospital itself has taken back, as the terminal heard it: at a window. The
 * hospital's rows may still have the booking, or not any more; the money is the platform's. */
#ifndef HOPKIOSK_RECON_TAKEN_H
#define HOPKIOSK_RECON_TAKEN_H

#include "app/recon/sides.h"

/* Is all that such credits explain of these rows of payments what they differ in? */
bool deal_is_taken_elsewhere(const struct judge *judge, const struct deal_row *rows, size_t count,
                             const struct deal_sums *sums);
/* Is a row of the ring of this one such a payment? */
bool payment_was_taken_elsewhere(const struct judge *judge, uint32_t payment);
/* What of the deal was taken back; of a refund all of it, with its sign. */
int64_t deal_taken_money(const struct deal_row *rows, size_t count);

#endif
