/* A upp with its own books. */
#ifndef HOPKIOSK_SIM_PLATFORM_H
#define HOPKIOSK_SIM_PLATFORM_H

#include <stdbool.h>
#include <stdint.h>

#include "app/core/order/order.h"

struct sim;
struct sim_request;

#define SIM_PAYMENTS_MAX 512
#define SIM_REFUNDS_MAX 512

/* Where the insurance's centre has a payment (1.3). */
enum centre_state {
    CENTRE_UPLOADED = 0,
    CENTRE_SETTLING,
    CENTRE_HALF, /* the insurance is settled, the own part is not */
    CENTRE_DONE,
    CENTRE_RETURNED,
    CENTRE_OWN_RETURNED,
    CENTRE_HALF_RETURNED,
    CENTRE_REVOKED,
    CENTRE_ABNORMAL,
    CENTRE_FAILED,
    CENTRE_INSURANCE_RETURNED,
    CENTRE_STRANDED /* the own part was taken, the insurance failed */
};

/* What onepay made of a card payment of a desk. */
enum booking {
    BOOKING_NONE = 0,
    BOOKING_DONE,
    BOOKING_REFUSED, /* at once */
    BOOKING_FAILED   /* by the hospital: a query says it */
};

struct sim_payment {
    char no[ORDER_NO_SIZE];       /* of the leg */
    char order_no[ORDER_NO_SIZE]; /* whose it is: of its first leg the same */
    int64_t fen, expire_ms, paid_ms, returned_fen;
    bool paid, failed, closed, late, returns_itself;
    bool card, cancelled; /* at the pinpad */
    int asked_by;         /* the request that waits for the card, from 1; 0 none */
    bool return_failed;   /* the platform tried by itself */
    bool other_amount;    /* says that another amount came than was asked */
    int64_t forgotten_until_ms;
    bool untimed;        /* it was told of without its time */
    int64_t listed_ms;   /* the HIS made the last list that the terminal has heard for it */
    int64_t listed_list; /* ... and it was this look */
    bool says_failed;    /* until somebody pays all the same */
    /* Of onepay: paid, and the hospital refused it. */
    bool refused;             /* to be placed */
    bool failed_back, kept;   /* its money went back by itself; stays with the platform */
    int64_t unknown_until_ms; /* whether the hospital has it */
    enum booking booking;     /* of a card at a desk */
    /* Of the insurance. */
    bool booked;               /* the hospital has been told */
    bool contradicts;          /* done, it says, with amounts that do not add up, for ever */
    bool insured, tells_split; /* before it is paid */
    bool revoke_lied;          /* it called the upload revoked, and settled it */
    bool disowned;             /* ... and then said that there is none */
    bool anothers; /* refused, and there: another machine has uploaded the bill, and its patient
                      pays */
    bool named;    /* the terminal has heard the answer to its upload: it is its own */
    enum settled_part settles; /* who is paid when it is settled, as the centre says it */
    int shown_open;            /* the terminal's last answer about it, of this life (counted from
                                  1), showed that it is not settled; 0: it did not */
    enum centre_state centre, was; /* now; before the last change */
    enum centre_state ends;        /* of the refund that was taken */
    int64_t changed_ms;
    int64_t own_fen, account_fen; /* the fund pays the rest */
    char bill[TRACE_NO_SIZE];
    bool uploads_anew; /* the portal has revoked ours, and settles one of its own */
    bool pushed;       /* a message to the patient's phone */
    bool push_refused; /* ... of what was uploaded, which did not arrive there */
    bool never_told;   /* settled by the portal, which forgets to tell the hospital */
    bool told_first;   /* the portal has told the hospital, and is about to settle */
};
struct sim_refund {
    char no[ORDER_NO_SIZE];
    int payment;
    int64_t fen;
    bool done, refused;
    uint32_t request; /* that made it, of that life */
    int life;
    bool never_told;    /* whatever is asked about it, no answer is definite */
    int silent_queries; /* answered by "exception" so often first */
    int64_t silent_ms;  /* when it was last, or it was refused by a no that may be about the one
                           before; 0: it was not */
};

void platform_act(struct sim *sim, const struct sim_request *request, struct event_answer *answer);
void platform_phone(struct sim *sim, int payment);
void platform_return(struct sim *sim, int payment);
/* The payment's index. */
int platform_place(struct sim *sim, const struct sim_request *request);
int platform_find(const struct sim *sim, const char *no);
/* Is there a refund of it of which it never says what became of it? */
bool platform_never_tells(const struct sim *sim, const char *no);
/* Has it tried to return the payment, and names that an exception for ever? */
bool platform_cannot_tell(const struct sim *sim, const char *no);
/* Is it not said yet what became of this refund, by our number or its caller's, or was it not a
 * minute ago? */
bool platform_was_silent(const struct sim *sim, const struct refund *refund);
/* One question less that is answered by nothing; false: it is told of. */
bool platform_keeps_silent(const struct sim *sim, struct sim_refund *refund);

#endif
