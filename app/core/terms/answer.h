/* What another system answered, in the core's words. Platforms read their answers into it; the core
 * hears it as EVENT_ANSWER. */
#ifndef HOPKIOSK_CORE_TERMS_ANSWER_H
#define HOPKIOSK_CORE_TERMS_ANSWER_H

#include "app/core/terms/document.h"
#include "app/core/terms/types.h"

/* The platform's words for a payment or refund, read into a closed set (upp section 6). */
enum trade_state {
    TRADE_NONE = 0,
    TRADE_WAIT,
    TRADE_PAID,
    TRADE_FAILED,
    TRADE_RETURNED, /* refund_apply_success, refund_success */
    TRADE_RETURN_FAILED,
    TRADE_RETURN_ODD, /* it was paid; whether that went back the platform itself does not know */
    TRADE_CLOSED,     /* by a close: never paid */
    TRADE_ABSENT,     /* the platform says that it has no such payment */
    TRADE_OTHER,
    /* Of a payment with a split (mmpc 1.3). */
    TRADE_SETTLING, /* some of it may be settled already: it cannot be revoked, nor is it paid */
    TRADE_REVOKED,  /* the upload or the whole settlement: nothing of it stays paid */
    TRADE_OWN_RETURNED,       /* the own part and nothing else */
    TRADE_HALF_RETURNED,      /* something, but not what a refund of ours asks for */
    TRADE_INSURANCE_RETURNED, /* the insurance's part and nothing else */
    TRADE_OWN_STRANDED,       /* the own part was taken, the insurance has failed */
    TRADE_CONTRADICTS,        /* settled, it says, and its amounts are missing or do not add up */
    TRADE_ABNORMAL            /* a person decides */
};

/* Who was paid when it is settled (mmpc setlType). */
enum settled_part {
    SETTLED_UNSAID = 0,
    SETTLED_ALL,       /* ALL */
    SETTLED_INSURANCE, /* HI: the own part is another's to take */
    SETTLED_OWN        /* CASH: only the own part, which is all of it */
};

struct event_answer {
    uint32_t request; /* the SEND's number; an answer nobody waits for is dropped */
    enum verb verb;
    enum outcome outcome;
    enum trade_state trade;
    bool has_amount;
    bool not_closed;       /* isCloseOrder N */
    bool reached;          /* false: it was certainly not sent (connection refused) */
    bool tells_time;       /* the paying platform's own, at the answer */
    int32_t clock_ahead_s; /* our clock, of the platform's; in seconds: events are small */
    struct fen amount;     /* tradeFee, refundFee */
    int64_t time_ms;       /* paymentTime, refundTime; 0 unknown */
    enum channel paid_by;
    char code[CODE_SIZE];
    char no[TRACE_NO_SIZE]; /* outPaymentNo, outRefundNo, call_sn, org_refund_sn */
    char in_no[IN_NO_SIZE]; /* inPaymentNo; amp_trace_id where ORG_004 gives it back */
    uint8_t settled;        /* enum settled_part, of a route that settles in parts; a byte: events
                               are small */
    bool code_is_word : 1;  /* the peer's document has this code, though it may look like the number
                               of a transport's error */
    bool at_least : 1;      /* of a route with a split: not all that the bill costs is named, it is
                               no less than `amount` */
    union {
        struct pos_slip slip;         /* of the pinpad */
        struct split split;           /* of a route with a split, where has_amount */
        char trace_id[TRACE_NO_SIZE]; /* of ORG_004: the platform's number of the settlement */
    };
    const struct document *document; /* or NULL */
};

/* The document of an accepted answer; NULL: it was not accepted, or has none of this kind. */
const struct document *document_of(const struct event_answer *answer, enum document_kind kind);
const struct bill_list *bill_list_of(const struct event_answer *answer);
/* True when the peer itself answered, even if only that it does not know. False for a time-out, an
 * unreadable answer or a proxy's. */
bool answer_spoke(const struct event_answer *answer);

#define CODE_HIS_EXCEPTION "exp" /* of ORG_004: the HIS itself does not know yet */
/* ... and it was not that word. */
bool answer_decides(const struct event_answer *answer);

/* ret_code 01 and 02 of the HIS: it has refused the question or act, and says nothing of any
 * settlement. */
#define CODE_HIS_FAILED "01"
#define CODE_HIS_UNFIT "02"
#define CODE_HIS_UNKNOWN "99" /* ... nor does it know itself */
bool answer_his_refused(const struct event_answer *answer);

/* ORG_004: the settlement was taken back. */
bool answer_his_closed(const struct event_answer *answer);

/* "unknown", "accepted" ... as evidence, the log and kioskctl say it. */
const char *outcome_word(enum outcome outcome);

#endif
