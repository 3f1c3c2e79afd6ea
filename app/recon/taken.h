/* Credits that the hospital itself has taken back, as the terminal heard it: at a window. The
 * hospital's rows may still have the booking, or not any more; the money is the platform's. */
#ifndef HOPKIOSK_RECON_TAKEN_H
#define HOPKIOSK_RECON_TAKEN_H

#include "app/recon/sides.h"

/* Such a credit as the terminal says it. */
struct taken_credit {
    int64_t fen, time_s;
    bool told; /* one of the hospital's own rows is about it */
};

/* Those of the ledger, into the judge; free them in any case. */
void taken_find(struct judge *judge);
void taken_free(struct judge *judge);
/* Is all that such credits explain of these rows of payments what they differ in? */
bool deal_is_taken_elsewhere(const struct judge *judge, const struct deal_row *rows, size_t count,
                             const struct deal_sums *sums);
/* Is a row of the ring of this one such a payment? */
bool payment_was_taken_elsewhere(const struct judge *judge, uint32_t payment);
/* Are these rows the hospital's own record of having taken back such a credit? It names none of
 * our numbers (upp 5.1), so the amount tells, and that it is not older; each credit has one. */
bool refund_tells_of_taken(const struct judge *judge, const struct deal_row *rows, size_t count);
/* Has nobody but the hospital rows of it? */
bool deal_is_hospitals_alone(const struct judge *judge, const struct deal_row *rows, size_t count);
/* What of the deal was taken back; what a refund gave back of it, with its sign: nothing, where
 * only the hospital says so. */
int64_t deal_taken_money(const struct judge *judge, const struct deal_row *rows, size_t count);

#endif
