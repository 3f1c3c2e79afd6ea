/* What became of an order, in the words that people are told it in. */
#ifndef HOPKIOSK_CORE_ORDER_VERDICT_H
#define HOPKIOSK_CORE_ORDER_VERDICT_H

#include "app/core/order/order.h"

/* What the result screen and the receipt say. */
enum verdict {
    VERDICT_NONE = 0,
    VERDICT_CREDITED, /* paid and credited */
    VERDICT_UNPROVEN, /* paid; the hospital shows it as settled, nothing says that it is ours */
    VERDICT_ASKING,   /* paid, still asking the hospital */
    VERDICT_UNKNOWN,  /* whether it was paid is still being asked: do not pay again */
    VERDICT_RETURNED, /* all of it went or goes back */
    VERDICT_PARTLY,   /* some credited, the rest goes back */
    VERDICT_WINDOW,   /* at the window, with a case number */
    VERDICT_NOT_PAID, /* closed or declined: no money moved */
    VERDICT_LATE,     /* paid too late, never credited: it goes back */
    VERDICT_LATE_RETURNED,
    VERDICT_REFUNDED,      /* given back on request, all that was asked */
    VERDICT_REFUND_PARTLY, /* given back on request in part */
    VERDICT_REFUNDING,     /* on request, on its way */
    VERDICT_REFUND_REFUSED,
    VERDICT_REFUND_UNCONFIRMED, /* given back, but nobody confirms it: a case */
    VERDICT_SETTLED,            /* it was a case; a person decided it */
    VERDICT_COUNT
};

enum verdict order_verdict(const struct order *order);
/* Closed without anybody who said after it that no money was taken: what a phone shows as paid may
 * be true, and is found and acted on. */
bool order_perhaps_paid(const struct order *order);
/* Has anybody ever said that money came? What a person must find out may have been paid by nobody.
 */
bool order_seen_paid(const struct order *order);
/* Is it for a person, with a case number? */
bool verdict_has_case(enum verdict verdict);

#endif
