/* Who moves a leg's money: one row a route. A platform that moves money is a row here. */
#ifndef HOPKIOSK_CORE_TERMS_ROUTES_H
#define HOPKIOSK_CORE_TERMS_ROUTES_H

#include <stdbool.h>

#include "app/core/terms/types.h"

/* clang-format off */
/* The name, the word under which configuration and journal know it (never renamed), its traits. */
#define ROUTES(X)                                                                                  \
    X(UPP, upp, .returns_late_by_itself = true, .silent_close_is_closed = true, .can_close = true) \
    X(POS, pos, .returns_to_card = true, .back_rank = 1) /* a sale at the pinpad ends by itself */
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

/* Who books a claim with the HIS: one creditor a claim, fixed when it is opened. */
enum creditor { CREDITOR_TERMINAL = 0 /* our ORG_003 */, CREDITOR_PLATFORM };

/* What a route does by itself, decided by its document; the order's life depends on nothing else of
 * it. */
struct route_traits {
    bool credits_by_itself;      /* the platform settles with the HIS: never our ORG_003 */
    bool returns_late_by_itself; /* money that comes after close goes back without us (upp 5.2) */
    bool silent_close_is_closed; /* a close without an answer counts as closed (upp 4.8) */
    bool can_close;
    bool returns_to_card; /* money goes back to the card itself: it must be there */
    int back_rank;        /* of what goes back in part the least goes first: own pay before funds,
                             and what needs no card before what does */
};
const struct route_traits *route_traits(enum route route);
enum route route_of(enum channel channel);

#endif
