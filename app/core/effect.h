/* What the core asks for. The shell runs them in order right after the step, before the next event;
 * what a message needs beyond its effect it reads from the order or the visit that it names. */
#ifndef HOPKIOSK_CORE_EFFECT_H
#define HOPKIOSK_CORE_EFFECT_H

#include "app/core/terms/types.h"

enum effect_kind {
    EFFECT_PERSIST = 0, /* write the order and the notes of one turn; answered by DURABLE or
                           PERSIST_FAILED */
    EFFECT_SEND,        /* ask a platform, the HIS or the pinpad; answered by exactly one ANSWER */
    EFFECT_ARM,         /* which readers listen now */
    EFFECT_PRINT,
    EFFECT_WIPE, /* the visit is over: documents and typed text are overwritten and freed */
    EFFECT_LOG,
    EFFECT_STAFF, /* the staff's screen asks; answered by one EVENT_STAFF */
    EFFECT_REPLY, /* who asked by EVENT_CONTROL hears how things stand after this step */
    EFFECT_QUIT,  /* the program ends; nothing of money is closed or forgotten by it */
    EFFECT_COUNT
};

/* What happened, one word a journal row. */
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
    NOTE_UNPAID, /* a closed payment was asked about: nobody has paid */
    NOTE_COUNT
};

enum arm { ARM_NONE = 0, ARM_IDENTIFY, ARM_PAY_CODE };

enum log_word {
    LOG_STALE_ANSWER = 0,
    LOG_ORDERS_FULL,
    LOG_UNEXPECTED,
    LOG_STAFF_QUIT,
    LOG_CLOCK_WRONG,
    LOG_CLOCK_RIGHT
};

/* No leg, claim or refund. */
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

struct effect {
    enum effect_kind kind;
    uint32_t number; /* PERSIST, SEND: given back by DURABLE, ANSWER. PRINT: the job. REPLY: who
                        asked */
    struct address to;
    int8_t leg, claim, refund;
    union {
        struct {
            int16_t first, count; /* in effects.notes, in the order in which they happened */
        } persist;
        struct {
            enum verb verb;
            int64_t timeout_ms;
        } send;
        struct {
            enum arm arm;
        } arm;
        struct {
            bool reprint;
        } print;
        struct {
            enum log_word word;
        } log;
        struct {
            enum staff_ask ask;
        } staff;
    } of;
};

/* Bounded by what one step can ask for: every order acts at most once on each of its parts a tick.
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
