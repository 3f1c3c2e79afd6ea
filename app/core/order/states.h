/* The states of the parts of an order, and what each of them means: one row a state. */
#ifndef HOPKIOSK_CORE_ORDER_STATES_H
#define HOPKIOSK_CORE_ORDER_STATES_H

#include <stdbool.h>
#include <stdint.h>

enum leg_state {
    LEG_NEW = 0,       /* being made durable; nothing has left */
    LEG_DUE,           /* an own part that the insurance left open: how it is paid is to be chosen
                          (no channel yet), or was just chosen; nothing has left */
    LEG_PLACING,       /* placed or about to be: after a restart LEG_PLACE_UNKNOWN */
    LEG_PLACE_UNKNOWN, /* nobody knows whether the platform has it: ask until expire, then close */
    LEG_WAITING,       /* the platform has it, the patient may pay */
    LEG_PUSHED,        /* uploaded, and its message to the phone has left or is about to: what
                          became of it the HIS says, and the insurance beside it */
    LEG_PAID,          /* paid in time: its claims may be credited */
    LEG_DECLINED,      /* definitely not paid, never will be */
    LEG_CLOSING,       /* close is durable, sent or about to be */
    LEG_CLOSED,        /* never credited; watched for late money until watch_until_ms */
    LEG_PAID_AFTER_CLOSE, /* money came too late: the platform returns it, else we do */
    LEG_RETURNED,         /* the late money went back, by the platform or by our refund */
    LEG_CASE              /* a person decides about the leg's money */
};

enum claim_state {
    CLAIM_WAITING = 0,    /* for the money */
    CLAIM_CHECKING,       /* money is there; ORG_002 is read again (bills only) */
    CLAIM_CREDITING,      /* the intent is durable, ORG_003 sent or about to be */
    CLAIM_CREDIT_UNKNOWN, /* ORG_004 is asked */
    CLAIM_DONE,           /* credited at the HIS, by us or by the platform */
    CLAIM_REVERSING,   /* definitely never credited: what came for it goes back, what comes too */
    CLAIM_REVERSED,    /* its money went back */
    CLAIM_VOID,        /* no money came for it */
    CLAIM_UNCREDITING, /* a refund is wanted: ORG_005 is under way */
    CLAIM_REFUNDED,    /* credited once, taken back, money returned (wholly) */
    CLAIM_CASE
};

enum refund_state {
    REFUND_NEW = 0, /* being made durable */
    REFUND_SENDING, /* sent or about to be: after a restart REFUND_UNKNOWN */
    REFUND_UNKNOWN, /* refundQuery is asked; never a second refund */
    REFUND_DONE,    /* refund_apply_success, refund_success */
    REFUND_REFUSED, /* definitely refused */
    REFUND_CASE     /* refunded, unconfirmed, or refused where it may not be: a person */
};

/* Why a person must act. Each has its words in assets and in kioskctl. */
enum case_reason {
    CASE_NONE = 0,
    CASE_CREDIT_UNKNOWN,          /* paid; the HIS never said whether it credited */
    CASE_CREDIT_CONTRADICTS,      /* call_sn, amount or trace number contradict what is known */
    CASE_REFUND_REFUSED,          /* the return of money was definitely refused */
    CASE_REFUND_UNCONFIRMED,      /* refunded, unconfirmed */
    CASE_AMOUNT_MISMATCH,         /* the platform says another amount was paid than was asked */
    CASE_PAYMENT_UNKNOWN,         /* whether money came was never answered */
    CASE_UNCREDITED_NOT_REFUNDED, /* taken back at the HIS, not returned by the platform */
    CASE_NO_ACT,                  /* a state that this version has no act for */
    CASE_UNREADABLE,              /* the journal's rows of it cannot be read */
    CASE_CREDIT_UNPROVEN,         /* settled at the HIS; nobody has proved that it is ours */
    CASE_HALF_SETTLED, /* the insurance or the own part is settled, and nobody says that all is */
    CASE_ABNORMAL,     /* the platform calls the payment abnormal, or contradicts itself about it */
    CASE_CREDITED_TWICE, /* its receipt, or its bill, stands on another credit */
    CASE_SPLIT_WRONG,    /* settled, says the platform, and who pays what does not add up */
    CASE_REASON_COUNT
};

/* The order in one word, derived from its parts, for people and for `orders.state`. */
enum order_state {
    ORDER_OPENING = 0, /* nothing has left */
    ORDER_WAITING,     /* the patient may pay */
    ORDER_CLOSING,
    ORDER_CLOSED,    /* not paid, never will be credited */
    ORDER_DECLINED,  /* not paid */
    ORDER_CREDITING, /* paid, being credited or asked about */
    ORDER_CREDITED,  /* every claim done */
    ORDER_RETURNING,
    ORDER_RETURNED, /* all money went back */
    ORDER_PARTLY,   /* some credited, the rest returned */
    ORDER_CASE,     /* a person must act on some of it */
    ORDER_STATE_COUNT
};

/* Where the money of a part counts in the sums of its order. */
enum money_place {
    MONEY_UNSEEN = 0, /* there is none, or none any more */
    MONEY_AT_CLAIMS,  /* of a leg: where its claims say */
    MONEY_CREDITED,
    MONEY_RETURNED,
    MONEY_IN_CASE,
    MONEY_IN_FLIGHT /* its fate is being decided */
};

struct leg_traits {
    bool settled; /* nothing of it changes without a person; of CLOSED: when its watch is over */
    bool may_pay; /* its money is there for its claims, or may still come for them */
    bool watched; /* only looked at, for late money */
    enum money_place money;
    enum order_state word; /* what it makes of the order; ORDER_STATE_COUNT: nothing by itself */
    uint16_t next;         /* bits of the states that may follow */
};

/* Is the same thing not to be paid a second time? */
enum claim_busy {
    CLAIM_FREE = 0,
    CLAIM_BUSY,
    CLAIM_BUSY_WITH_MONEY, /* as long as its money may still come */
    CLAIM_BUSY_WITH_PERSON /* until a person has decided */
};

struct claim_traits {
    bool settled; /* of WAITING: when a person decides about its money */
    bool paid;    /* its money was there in time: nothing else is ever credited */
    enum claim_busy busy;
    enum money_place money;
    enum order_state word;
    uint16_t next;
};

struct refund_traits {
    bool settled;
    bool claims_money; /* it left or may have left: no other refund has the same money */
    uint16_t next;
};

const struct leg_traits *leg_traits(enum leg_state state);
const struct claim_traits *claim_traits(enum claim_state state);
const struct refund_traits *refund_traits(enum refund_state state);

#endif
