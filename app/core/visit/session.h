/* A visit: who stands there, what they look at, what they chose. Lives a minute; orders live on
 * without it. Reset by one assignment. The shell reads it to draw; only core_step changes it. */
#ifndef HOPKIOSK_CORE_VISIT_SESSION_H
#define HOPKIOSK_CORE_VISIT_SESSION_H

#include "app/core/effect.h"
#include "app/core/event.h"
#include "app/core/terms/document.h"
#include "app/core/visit/refundable.h"
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

enum receipt_state {
    RECEIPT_NONE = 0,
    RECEIPT_PRINTING,
    RECEIPT_PRINTED,
    RECEIPT_FAILED,
    RECEIPT_UNKNOWN,
    RECEIPT_NO_PRINTER
};

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

/* What this visit's refund gave back definitely, and what its verdict is about. */
struct fen session_refunded(const struct session *session);
struct fen session_refund_amount(const struct session *session);

#endif
