/* What the core asks the shell to do. The shell runs the effects in order, after the step and
 * before the next event. What a message needs beyond its effect is read from the order or visit
 * that the effect names. */
#ifndef HOPKIOSK_CORE_EFFECT_H
#define HOPKIOSK_CORE_EFFECT_H

#include "app/core/terms/types.h"

enum effect_kind {
    EFFECT_PERSIST = 0, /* write an order and a turn's notes; then DURABLE or PERSIST_FAILED */
    EFFECT_SEND,        /* ask a platform, the HIS or the pinpad; answered by exactly one ANSWER */
    EFFECT_ARM,         /* says which readers are listened to from now on */
    EFFECT_PRINT,
    EFFECT_WIPE, /* overwrite and free documents and typed text: the visit is over */
    EFFECT_LOG,
    EFFECT_STAFF,     /* a question of the staff's screen; answered by one EVENT_STAFF */
    EFFECT_REPLY,     /* tell the asker of an EVENT_CONTROL the state after this step */
    EFFECT_SET_ASIDE, /* an order gives up its slot: the journal keeps when it is to be fetched */
    EFFECT_CALL,      /* tell the desk's callers what became of the order, or why there is none */
    EFFECT_CHOSEN,    /* the cashier has chosen how a call is paid: it is to be heard again so */
    EFFECT_DRAWER,    /* the drawer opens */
    EFFECT_SLIP,      /* the shift that ended, on paper; answered by one PRINTED */
    EFFECT_FOUND,     /* what the hospital's ORG_004 tells of: to be known for good */
    EFFECT_QUIT, /* end the program; open payments stay open and are resumed at the next start */
    EFFECT_COUNT
};

/* What happened to an order: the word of one row of the journal's order_events. */
enum note {
    NOTE_OPENED = 0,
    NOTE_PLACED,
    NOTE_PAID,
    NOTE_DECLINED,
    NOTE_CLOSING,
    NOTE_NOT_CLOSED,
    NOTE_CLOSED,
    NOTE_PAID_LATE,
    NOTE_RETURNED,
    NOTE_CREDITING,
    NOTE_CREDITED,
    NOTE_CREDIT_UNKNOWN,
    NOTE_REVERSING,
    NOTE_REFUND_SENDING,
    NOTE_REFUND_UNKNOWN,
    NOTE_REFUNDED,
    NOTE_REFUND_REFUSED,
    NOTE_UNCREDITING,
    NOTE_CASE,
    NOTE_RESOLVED,
    NOTE_RESUMED,
    NOTE_PRINTED,
    NOTE_WATCH_ENDED,
    NOTE_UNPAID,          /* a closed payment was asked about: nobody has paid */
    NOTE_RENUMBERED,      /* the HIS has a new number for the bill of the claim */
    NOTE_PROVEN,          /* a credit that nobody had proved stands in the hospital's books */
    NOTE_TAKEN_ELSEWHERE, /* the HIS has taken a credit back, not for us: its bill is due again */
    NOTE_ASKED,           /* somebody had the order asked about before its time */
    NOTE_SHIFT_ENDED,     /* a cashier's shift ended after it: what was taken and counted */
    NOTE_PUSHING,         /* uploaded: its message to the patient's phone is about to leave */
    NOTE_PUSHED,          /* the portal has taken it */
    NOTE_NOT_PUSHED,      /* it did not leave, or the portal refused it: the upload is revoked */
    NOTE_STRANDED,        /* ... the own part is there and the insurance failed: it may go back */
    NOTE_OWN_DUE,         /* the insurance has settled its part: the own part is to be paid here */
    NOTE_OWN_CHOSEN,      /* ... and how is chosen: its code is about to be asked for */
    NOTE_PLACING, /* a sale leaves to another pinpad than when it was opened, or on another day */
    NOTE_COUNT
};

enum arm { ARM_NONE = 0, ARM_IDENTIFY, ARM_PAY_CODE };

enum log_word {
    LOG_STALE_ANSWER = 0,
    LOG_ORDERS_FULL,
    LOG_UNEXPECTED,
    LOG_STAFF_QUIT,
    LOG_STAFF_CLOSED,
    LOG_STAFF_OPENED,
    LOG_CLOCK_WRONG,
    LOG_CLOCK_RIGHT,
    LOG_STAFF_CALLED
};

/* `leg`, `claim` or `refund` when the effect is about none. */
#define PART_NONE (-1)
/* Whom an effect is for. Its message is made from what is named here at the time it is made: a
 * visit that has moved on, a call of the desk or another order has no part in it. */
enum address_kind {
    ADDRESS_VISIT = 0, /* index 0: the one before this panel */
    ADDRESS_CALL,      /* a call of the desk */
    ADDRESS_ORDER,     /* a slot of the book of orders */
    ADDRESS_TERMINAL   /* the machine itself */
};
struct address {
    enum address_kind kind;
    int index;
};

/* One row of order_events: what happened (an enum note) to which part of an order. */
struct part_note {
    uint8_t note;
    int8_t leg, claim, refund;
};
_Static_assert(NOTE_COUNT <= UINT8_MAX, "a note is a byte");

/* Why a call came to no order, or not to what it wanted; nothing has left for it. */
enum call_refusal {
    CALL_TAKEN = 0,    /* the order is its: what becomes of it is told */
    CALL_OTHER,        /* the number is another's: another amount, person or payment */
    CALL_OTHER_TRACE,  /* the platform's number is another payment's */
    CALL_ABSENT,       /* there is no such payment */
    CALL_FULL,         /* too many open orders */
    CALL_NO_ROOM,      /* the journal has it, there is no room to look what became of it */
    CALL_NO_JOURNAL,   /* the journal cannot be written */
    CALL_BUSY,         /* the payment, or a refund of it, is under way */
    CALL_NOTHING_LEFT, /* all of it went back already */
    CALL_NOT_PAID,     /* a refund of what was not paid */
    CALL_IN_CASE,      /* ... of what a person decides about: paid or not is not said */
    CALL_WHOLE,        /* a bill goes back whole or not at all */
    CALL_REFUSED,      /* it does not go back for another reason */
    CALL_CANCELLED,    /* it was let go before anything left: by the cashier, or closed */
    CALL_NO_MED_SN,    /* an insured bill is reversed with the insurance's number of it only */
    CALL_SHOWN         /* no refusal yet: it waits for the cashier */
};

struct effect {
    enum effect_kind kind;
    uint32_t number; /* PERSIST, SEND: given back by DURABLE, ANSWER. PRINT: the job. REPLY: who
                        asked. CALL: the call, 0: whoever waits for the order */
    struct address to;
    int8_t leg, claim, refund;
    union {
        struct {
            int16_t first, count; /* a range of effects.notes, oldest first */
        } persist;
        struct {
            enum verb verb;
            int64_t timeout_ms;
        } send;
        struct {
            int64_t due_ms; /* wall */
        } set_aside;
        struct {
            enum arm arm;
        } arm;
        struct {
            bool reprint;
        } print;
        struct {
            enum call_refusal refusal; /* with `number` only */
        } call;
        struct {
            uint8_t settles; /* enum settle_result */
        } found;
        struct {
            uint8_t way; /* enum desk_way */
        } chosen;
        struct {
            enum log_word word;
            uint8_t person; /* of the staff who did it, from 1; 0: nobody */
        } log;
        struct {
            enum staff_ask ask;
            /* A PIN's: with this one, wrong PINs in a row; how long none is tried after it. */
            uint8_t tries;
            int64_t pause_ms;
        } staff;
    } of;
};

/* The most that one step can ask for: in a tick every order acts at most once on each of its parts.
 */
#define EFFECTS_MAX 512
#define EFFECT_NOTES_MAX 1024
struct effects {
    int count, note_count;
    struct effect items[EFFECTS_MAX];
    struct part_note notes[EFFECT_NOTES_MAX];
};

static inline void effects_clear(struct effects *effects) {
    effects->count = effects->note_count = 0;
}

#endif
