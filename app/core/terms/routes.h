/* Routes: who moves a leg's money. Each platform that moves money has a row. */
#ifndef HOPKIOSK_CORE_TERMS_ROUTES_H
#define HOPKIOSK_CORE_TERMS_ROUTES_H

#include <stdbool.h>

#include "app/core/terms/types.h"

/* clang-format off */
/* The name, the word under which configuration and journal know it (never renamed), its traits. */
#define ROUTES(X)                                                                                  \
    X(UPP, upp, .takes_wallets = true, .returns_late_by_itself = true,                             \
      .silent_close_is_closed = true, .can_close = true)                                           \
    X(POS, pos, .returns_to_card = true, .back_rank = 1) /* a sale at the pinpad ends by itself */ \
    X(ONEPAY, onepay, .takes_wallets = true, .credits_by_itself = true, .can_close = true,         \
      .names_no_amount = true, .failure_is_final = true, .keeps_failed_bills = true)               \
    X(MMPC, mmpc, .insures = true, .credits_by_itself = true, .can_close = true,                   \
      .failure_is_final = true, .close_is_asked_about = true, .has_split = true,                   \
      .his_is_not_told = true, .absent_is_refused = true, .lists_would_kill = true,                \
      .settles_in_parts = true, .back_rank = 2)                                                    \
    X(AMP, amp, .insures = true, .credits_by_itself = true, .failure_is_final = true,              \
      .seen_at_his = true, .lists_would_kill = true,                                               \
      .his_is_not_told = true) /* a message, which nothing takes back */                           \
    X(AMP_UPLOADED, amp_uploaded, .insures = true, .credits_by_itself = true, .can_close = true,   \
      .failure_is_final = true, .close_is_asked_about = true, .has_split = true,                   \
      .absent_is_refused = true, .lists_would_kill = true, .seen_at_his = true,                    \
      .his_is_not_told = true, .uploads_first = true) /* the same, of fees that we have uploaded: with payOrdId */
/* clang-format on */

enum route {
    ROUTE_NONE = 0,
#define X(upper, lower, ...) ROUTE_##upper,
    ROUTES(X)
#undef X
        ROUTE_COUNT
};

/* Their words as the initializer of an array, "" of none. */
#define ROUTE_WORD(upper, lower, ...) #lower,
#define ROUTE_WORDS                                                                                \
    { "", ROUTES(ROUTE_WORD) }

/* Who credits a claim at the HIS. Fixed when the order is opened, so that it is never credited
 * twice. */
enum creditor { CREDITOR_TERMINAL = 0 /* our ORG_003 */, CREDITOR_PLATFORM };

/* What a route's document says that the route does by itself. The law of orders knows nothing else
 * of a route. */
struct route_traits {
    bool takes_wallets;     /* what the wallets pay: may be policy.wallets */
    bool insures;           /* what medical insurance pays: may be policy.insurance */
    bool credits_by_itself; /* the platform credits at the HIS: we never send ORG_003 */
    bool
        returns_late_by_itself; /* the platform returns money that came after the close (upp 5.2) */
    bool silent_close_is_closed; /* a close without an answer counts as done (upp 4.8) */
    bool can_close;
    bool names_no_amount;    /* a paid payment is paid as asked: its answers name no amount */
    bool failure_is_final;   /* what it calls refused, failed or closed is never paid any more */
    bool keeps_failed_bills; /* of a bill that failed the money may have come and stays there; of a
                                deposit the platform returns it (onepay recpay, recharge) */
    bool returns_to_card;    /* a return needs the patient's card */
    bool close_is_asked_about; /* a close is done when a query after it shows that nothing is paid;
                                  what is settled after that contradicts it (mmpc 1.7, 1.3) */
    bool has_split;         /* funds, the patient's account and own pay in one act: its answers name
                               them, its own part has a fate of its own, and what went back is seen in
                               the state of the payment (mmpc 1.3, 1.4) */
    bool his_is_not_told;   /* of a refund: the HIS takes its book back by our ORG_005 */
    bool absent_is_refused; /* a query about a payment that it does not have is refused like any
                               other: no code means just that (mmpc 1.1) */
    bool lists_would_kill;  /* while it is open no list of the patient's bills is asked for: ORG_002
                               may give the bill another number, and the one being paid would be dead
                             */
    bool seen_at_his;   /* the platform takes a message for the patient's phone and tells nothing
                           more: what became of it only the HIS says, by ORG_004. Its yes: the bill is
                           settled, and rarely by whom. Its no: not yet. It goes back by us only where
                           the HIS names the platform's numbers of it */
    bool uploads_first; /* ... and the message names an upload of ours, which is revoked as long as
                           no message has left. The insurance's query is asked beside the HIS */
    bool settles_in_parts; /* it may settle the insurance's part alone (mmpc setlType HI): the own
                              part is left to another route, or to a window */
    int back_rank; /* a part refund takes the least rank first: own pay before funds, then what
                      needs no card */
};
const struct route_traits *route_traits(enum route route);
/* Where nothing else is configured. */
enum route route_of(enum channel channel);

#endif
