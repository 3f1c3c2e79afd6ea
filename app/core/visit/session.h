/* A visit: who stands there, what they look at, what they chose. Lives a minute; orders live on
 * without it. Reset by one assignment. The shell reads it to draw; only core_step changes it. */
#ifndef HOPKIOSK_CORE_VISIT_SESSION_H
#define HOPKIOSK_CORE_VISIT_SESSION_H

#include "app/core/effect.h"
#include "app/core/event.h"
#include "app/core/order/order.h"
#include "app/core/terms/document.h"
#include "app/core/terms/policy.h"
#include "app/core/visit/staff.h"

#define TYPED_SIZE 41

/* What the keypad is asking for. */
enum keypad_field { FIELD_CARD_NO = 0, FIELD_LAST4 };

/* What the waiting screen waits for. */
enum waiting_for {
    WAITING_ACCOUNT = 0,
    WAITING_BILLS,
    WAITING_PLACING,
    WAITING_CONFIRMING,
    WAITING_CREDIT,
    WAITING_CLOSE,
    WAITING_RECORDS,
    WAITING_REFUND
};

/* A sentence for the patient: what happened, whether money moved, what to do. Words in assets
 * (notice.*). */
enum notice {
    NOTICE_NONE = 0,
    NOTICE_CODE_UNREADABLE,
    NOTICE_CARD_UNREADABLE,
    NOTICE_CODE_UNKNOWN,
    NOTICE_CODE_WRONG_KIND,
    NOTICE_NO_PATIENT,
    NOTICE_LAST4_WRONG,
    NOTICE_HIS_DOWN,
    NOTICE_HIS_SLOW,
    NOTICE_HIS_REFUSED,
    NOTICE_PLATFORM_DOWN,
    NOTICE_NO_BILLS,
    NOTICE_BILLS_CHANGED,
    NOTICE_AMOUNT_ZERO,
    NOTICE_AMOUNT_CAP,
    NOTICE_AMOUNT_MAX,
    NOTICE_OUTPATIENT_DEPOSIT,
    NOTICE_NO_SELECTION,
    NOTICE_JOURNAL,
    NOTICE_FULL,
    NOTICE_CHANNEL,
    NOTICE_DECLINED,
    NOTICE_NOT_INPATIENT,
    NOTICE_SCANNER_ABSENT,
    NOTICE_PRINTER_ABSENT,
    NOTICE_NO_PAPER,
    NOTICE_PAPER_LOW,
    NOTICE_STILL_ASKING, /* an earlier payment of the same thing is not decided yet */
    NOTICE_NO_PINPAD,
    NOTICE_TERMINAL_DECIDES, /* the card is in: only the bank terminal ends the payment now */
    NOTICE_CARD_AGAIN,       /* the card is needed once more, for its money to go back */
    NOTICE_CARD_REFUSED,
    NOTICE_NO_CARD,
    NOTICE_OUT_OF_SERVICE,
    NOTICE_NOT_OFFERED,
    NOTICE_PAY_CODE_TOO_SOON, /* a phone's pay code where a person is asked for */
    NOTICE_HOURS,             /* the service is closed at this time of the day */
    NOTICE_PATIENT_DAY,
    NOTICE_TERMINAL_DAY,
    NOTICE_RECORDS_FAILED,  /* the journal could not be read */
    NOTICE_NO_PAYMENTS,     /* nothing was paid here, as far as the journal goes */
    NOTICE_NO_REFUNDS,      /* nothing of it can go back */
    NOTICE_REFUND_STATE,    /* not credited, or on its way back already */
    NOTICE_REFUND_NOTHING,  /* all of it went back */
    NOTICE_REFUND_OLD,      /* older than its route allows */
    NOTICE_REFUND_STAFF,    /* at the window only */
    NOTICE_REFUND_ACCOUNT,  /* of the other account: the card or the wristband is needed */
    NOTICE_REFUND_SPENT,    /* the balance is no longer there */
    NOTICE_REFUND_OVER,     /* more than is left of it */
    NOTICE_REFUND_WHOLE,    /* a bill goes back whole */
    NOTICE_REFUND_PLATFORM, /* the platform did not say what it knows of the payment */
    NOTICE_REFUND_MISMATCH, /* the platform knows the payment otherwise */
    NOTICE_STAFF_PIN,       /* wrong */
    NOTICE_STAFF_PAUSE,     /* too often: not for a while */
    NOTICE_STAFF_NOTE,      /* this reason needs words */
    NOTICE_STAFF_WHO,
    NOTICE_STAFF_RESOLVED,
    NOTICE_STAFF_NOT_SAVED,
    NOTICE_COUNT
};

/* What the result screen and the receipt say. */
enum verdict {
    VERDICT_NONE = 0,
    VERDICT_CREDITED, /* paid and credited */
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

enum receipt_state {
    RECEIPT_NONE = 0,
    RECEIPT_PRINTING,
    RECEIPT_PRINTED,
    RECEIPT_FAILED,
    RECEIPT_UNKNOWN,
    RECEIPT_NO_PRINTER
};

/* What goes back, one payment after the other. */
#define REFUND_STEPS_MAX 16
struct refund_step {
    char order_no[ORDER_NO_SIZE];
    char refund_no[ORDER_NO_SIZE]; /* "" until it has one */
    int claim;
    struct fen amount;
    bool done; /* definitely */
};
struct refund_plan {
    int count;
    struct fen sum;
    struct refund_step steps[REFUND_STEPS_MAX];
};

struct payment_list;

struct session {
    enum screen screen;
    uint32_t revision; /* changes whenever what is shown changes */
    enum language language;
    int64_t since_mono_ms;   /* the screen was entered */
    int64_t wait_mono_ms;    /* the present waiting began */
    int64_t touched_mono_ms; /* the last sign of life */
    bool warning;            /* the idle warning stands */
    enum screen help_back;   /* where help leads back to */

    enum service service;
    enum identity_kind identity;
    char identity_no[TRACE_NO_SIZE]; /* card, wristband or ID number: wiped, never logged */
    char id_no[19];                  /* what a card says of its person beside its own number */
    enum keypad_field field;
    char typed[TYPED_SIZE];
    uint8_t last4_tries;
    enum notice notice;
    enum waiting_for waiting;

    const struct account *account;
    int card;       /* chosen of account->cards, -1 none */
    bool confirmed; /* the patient said "that is me": balances may show */
    const struct bill_list *bills;
    bool tip_seen;
    uint64_t selected; /* bit i: bills->bills[i] */
    int page;          /* of bills or of a bill's lines */
    int bill;          /* shown in detail */
    struct fen amount; /* deposit typed, or the sum of the selected bills */
    enum channel channel;
    char pay_code[32]; /* the phone's code; a secret, overwritten when it was sent */

    const struct payment_list *payments;
    int item;                /* of payments->items, that may go back */
    struct refund_plan plan; /* asked for, and once confirmed carried out */
    bool refund_asked;       /* CONFIRM asks whether the plan shall be carried out */
    int step;                /* of the plan */
    int refund;              /* of the order in `slot`, or -1: nothing of the step has left yet */
    struct fen given_back;   /* of the balance in this visit, if only perhaps */
    bool reviewing;          /* the order is looked at, not made */

    int slot; /* of core.orders, or -1 */
    char order_no[ORDER_NO_SIZE];
    const struct pay_link *link;
    enum card_step card_step;
    const struct guidance *guidance[BILLS_MAX];
    enum verdict verdict;
    char case_no[ORDER_CASE_NO_SIZE];
    enum receipt_state receipt;
    uint32_t print_job;
    int64_t print_mono_ms; /* the job was given to the printer */
    uint32_t request;      /* the session's own SEND in flight, 0 none */
    enum verb verb;
    enum arm armed;
    struct staff_visit staff;
};

/* What became of an order, in the words of the result screen and the receipt. */
enum verdict order_verdict(const struct order *order);
/* What this visit's refund gave back definitely, and what its verdict is about. */
struct fen session_refunded(const struct session *session);
struct fen session_refund_amount(const struct session *session);
/* Is it for a person, with a case number? */
bool verdict_has_case(enum verdict verdict);

#endif
