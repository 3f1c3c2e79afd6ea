/* The desk's calls: a caller's number becomes an order, once, and what becomes of the order is told
 * to whoever asks under that number. Callers, their queue and their words are the shell's. */
#ifndef HOPKIOSK_CORE_DESK_DESK_H
#define HOPKIOSK_CORE_DESK_DESK_H

#include "app/core/desk/call.h"
#include "app/core/event.h"
#include "app/core/order/book.h"

struct desk_turn;
/* Exactly one EFFECT_CALL with the call's number follows, of a call that waits at the window (NULL:
 * there is none) when the cashier has let it go or the call is heard again; `held` as in
 * book_take_slot. */
void desk_hear(struct desk_turn turn, const struct event_call *call, int held);
/* After a step: an EFFECT_CALL for each order of a caller that has changed. */
void desk_tell(struct book *book, struct effects *out);

/* What a caller is told of a payment. */
enum call_news {
    CALL_UNDER_WAY = 0, /* nothing is decided */
    CALL_PLACED,        /* the platform has it: the patient may pay */
    CALL_PAID,          /* paid and credited */
    CALL_UNPAID,        /* definitely not paid, or closed: never credited */
    CALL_UNSURE,        /* closed, and the insurance may settle it yet: not to be paid again */
    CALL_RETURNED,      /* the money came and went back */
    CALL_WITH_PERSON,   /* a person decides */
    CALL_CONFLICTS      /* the number was taken meanwhile: nothing has left */
};
enum call_news desk_payment_news(const struct order *order);
/* The platform's number of the payment; "" it has none yet. */
const char *desk_trace_no(const struct order *order);
/* ... of the refund with the caller's number: PAID it is back, UNPAID it is definitely not. */
enum call_news desk_refund_news(const struct order *order, const char *refund_no);
/* The refund with this number of a caller, of several tries the last; NULL: there is none. */
const struct refund *desk_refund(const struct order *order, const char *refund_no);

#endif
