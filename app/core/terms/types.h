/* The closed sets and sizes that all parts of the core share. Readers of messages, files and rows
 * refuse any other value. */
#ifndef HOPKIOSK_CORE_TERMS_TYPES_H
#define HOPKIOSK_CORE_TERMS_TYPES_H

#include <stdbool.h>
#include <stdint.h>

#include "app/core/terms/money.h"
#include "drivers/words.h"
#include "ui/ids.h"

/* Wall time is epoch milliseconds, shown as China Standard Time; it may jump. Monotonic time does
 * not and measures all waits; times that must survive a restart are wall times. */
struct now {
    int64_t wall_ms;
    int64_t mono_ms;
};

/* Our order or refund number, 20 characters: yyMMddHHmm China time, installation (2 letters or
 * digits), terminal.no (4), counter (4). The older form, which stays valid, has the seconds where
 * the installation is: 20 digits. */
#define ORDER_NO_LENGTH 20
#define ORDER_NO_SIZE (ORDER_NO_LENGTH + 1)
/* Installation and terminal.no: what tells a terminal's numbers from all others'. */
#define NUMBER_MARK_SIZE 7

/* Field sizes of the documents plus the terminating zero; bytes of UTF-8. */
#define TRACE_NO_SIZE                                                                              \
    41 /* ORG_*: org_trace_no, doc_trace_no, call_sn, his_cust_id, cert numbers: String(40) */
#define OUT_NO_SIZE 33         /* upp outPaymentNo, outRefundNo: String(32) */
#define IN_NO_SIZE 65          /* upp inPaymentNo: String(64) */
#define CALLER_NO_SIZE 33      /* onepay outChargeNo, outTradeNo, outRefundNo: Char(32) at most */
#define CALLER_CHANNEL_SIZE 13 /* onepay depositType */
#define CALLER_MODE_SIZE 3     /* onepay withdrawMode */
#define CALLER_FLOW_SIZE 18    /* onepay refundType */
#define PERSON_NAME_SIZE 101   /* ORG_001 psn_name: String(100) */
#define CODE_SIZE 16           /* an answer's code: kind, ret_code, result */
#define PATIENT_KEY_SIZE 65    /* HMAC-SHA-256, hexadecimal */

/* What an answer means for the money. UNKNOWN is zero, so that an answer nobody read is unknown. */
enum outcome {
    OUTCOME_UNKNOWN = 0,
    OUTCOME_ACCEPTED,
    OUTCOME_DECLINED,
    OUTCOME_PENDING,
    OUTCOME_MALFORMED
};

/* What the core asks of another system. A platform maps each verb to an operation of its document.
 */
enum verb {
    VERB_NONE = 0,
    VERB_ACCOUNT,      /* ORG_001 */
    VERB_BILLS,        /* ORG_002 */
    VERB_PLACE,        /* scanCode, barCode, a sale at the pinpad */
    VERB_ASK,          /* paymentQuery, query by sequence */
    VERB_CLOSE,        /* close, cancel */
    VERB_CREDIT,       /* ORG_003 */
    VERB_ASK_CREDIT,   /* ORG_004 */
    VERB_UNCREDIT,     /* ORG_005 */
    VERB_REFUND,       /* refund */
    VERB_ASK_REFUND,   /* refundQuery */
    VERB_PROBE_CREDIT, /* ORG_004 about a number that does not exist */
    VERB_GUIDANCE,     /* ORG_006 */
    VERB_RECORDS,      /* the patient's payments in our own journal */
    VERB_REOPEN,       /* one order of our own journal */
    VERB_FETCH,  /* of our own journal's open orders the one that waits longest to be asked about */
    VERB_CLOCK,  /* the time of the paying platform: network */
    VERB_DAY,    /* the calls of today in our own journal */
    VERB_DECODE, /* what an e-insurance code stands for: a region's gateway */
    VERB_PUSH,   /* pushMsg of what was uploaded before */
    VERB_SHIFT_END, /* ... the shift ends there, and the next has none yet */
    VERB_COUNT
};

/* How a person settled a case; a pick of the staff's screen, `cases resolve --as`. */
#define RESOLUTION_WORDS                                                                           \
    { "unsaid", "credited", "returned", "in_order", "no_money", "other" }
enum resolution {
    RESOLUTION_NONE = 0, /* an older version did not ask */
    RESOLUTION_CREDITED, /* credited by hand */
    RESOLUTION_RETURNED, /* given back at the window */
    RESOLUTION_IN_ORDER, /* the other side's books show that nothing is missing */
    RESOLUTION_NO_MONEY, /* no money was ever paid */
    RESOLUTION_OTHER,    /* words are required */
    RESOLUTION_COUNT
};

/* What a patient comes for. */
enum service {
    SERVICE_NONE = 0,
#define X(upper, lower) SERVICE_##upper,
    SERVICES(X)
#undef X
        SERVICE_COUNT
};

/* How money is paid. WECHAT, ALIPAY, UNIONPAY: a QR code on our screen (ten_scan_code,
 * ali_scan_code, uni_scan_code). PHONE: the phone's own code, shown to the scanner (barCode). CARD:
 * a bank card at the pinpad. */
enum channel {
    CHANNEL_NONE = 0,
#define X(upper, lower) CHANNEL_##upper,
    CHANNELS(X)
#undef X
        CHANNEL_COUNT
};

/* Where a payment stands at the pinpad, in the numbers of its protocol (devices.md F2). */
#define STAFF_NAME_SIZE 41 /* one of staff.people */

enum card_step {
    CARD_STEP_NONE = 0,
    CARD_STEP_INSERT,
    CARD_STEP_READING,
    CARD_STEP_PIN,
    CARD_STEP_PIN_KEY,
    CARD_STEP_PIN_DONE,
    CARD_STEP_ONLINE,
    CARD_STEP_REMOVE,
    CARD_STEP_COUNT
};

/* What the pinpad's slip would say, beside its reference: a void, a refund and reconciliation name
 * the sale by it. The card is masked, first 6 and last 4. */
struct pos_slip {
    char voucher[7], batch[7];
    char terminal[9]; /* the bank's number of the pinpad */
    char card[21];
    char date[9]; /* yyyyMMdd of the pinpad's clock */
};

/* A pinpad as it was named when it was asked who it is. */
struct pinpad_known {
    char terminal[9]; /* "": not asked yet, or it has no number */
    int64_t ahead_ms; /* its clock, less our monotonic one; 0: it has no clock */
};

/* Which pinpad an act was sent to, and on which day of its own clock; "": not known. */
struct pos_place {
    char terminal[9];
    char date[9]; /* yyyyMMdd */
};

/* Who pays an insured payment (mmpc 1.3): they add up to it. */
struct split {
    struct fen fund, account; /* the funds; the patient's account with the insurance */
    struct fen own, prepaid;  /* out of the patient's pocket; deducted of what was prepaid */
};

/* ORG_* account_type. */
enum account_type { ACCOUNT_OUTPATIENT = 1, ACCOUNT_INPATIENT = 2 };

/* How a patient identified: mdtrt_cert_type of ORG_* (01 e-insurance, 02 ID card, 03 social
 * security card, 04 health card, 05 wristband or inpatient number, 10 hospital card). */
enum identity_kind {
    IDENTITY_NONE = 0,
    IDENTITY_E_INSURANCE,
    IDENTITY_ID_CARD,
    IDENTITY_SOCIAL_CARD,
    IDENTITY_HEALTH_CARD,
    IDENTITY_WRISTBAND,
    IDENTITY_HOSPITAL_CARD,
    IDENTITY_COUNT
};

/* Questions of the staff's screen to the shell, which reads their facts by core_staff; each is
 * answered by one EVENT_STAFF. */
enum staff_ask {
    STAFF_ASK_PIN = 0, /* session.typed */
    STAFF_ASK_CASES,
    STAFF_ASK_CASE,
    STAFF_ASK_RESOLVE
};

/* What became of a print job. */
enum print_outcome { PRINT_DONE = 0, PRINT_FAILED, PRINT_UNKNOWN };

enum language { LANGUAGE_ZH = 0, LANGUAGE_EN, LANGUAGE_COUNT };

#endif
