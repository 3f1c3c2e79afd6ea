/* A visit: who stands there, what they look at, what they chose. Lives a minute; orders live on
 * without it. Reset by one assignment. The shell reads it to draw; only core_step changes it. */
#ifndef HOPKIOSK_CORE_VISIT_SESSION_H
#define HOPKIOSK_CORE_VISIT_SESSION_H

#include "app/core/effect.h"
#include "app/core/event.h"
#include "app/core/terms/document.h"
#include "app/core/terms/question.h"
#include "app/core/visit/questions.h"
#include "app/core/visit/refundable.h"
#include "app/core/visit/staff_pages.h"

#define TYPED_SIZE 41

/* What the keypad is asking for. */
enum keypad_field { FIELD_CARD_NO = 0, FIELD_LAST4 };

enum receipt_state {
    RECEIPT_NONE = 0,
    RECEIPT_PRINTING,
    RECEIPT_PRINTED,
    RECEIPT_FAILED,
    RECEIPT_UNKNOWN,
    RECEIPT_NO_PRINTER
};

/* How the patient wants it shown, as long as the visit lives. */
struct wishes {
    bool elder; /* larger, and fewer things a screen */
    bool low;   /* for a hand that reaches low */
    bool dark;  /* high contrast */
};

/* Who stands there. */
struct visit_who {
    enum identity_kind identity;
    char identity_no[TRACE_NO_SIZE]; /* card, wristband or ID number: wiped, never logged */
    char id_no[19];                  /* what a card says of its person beside its own number */
    uint8_t last4_tries;
    int card;       /* chosen of the account's cards, -1 none */
    bool confirmed; /* the patient said "that is me": balances may show */
};

/* What they chose to pay, and how. */
struct visit_choice {
    bool tip_seen;
    uint64_t selected; /* bit i: bill i of the list */
    int bill;          /* shown in detail */
    struct fen amount; /* deposit typed, or the sum of the selected bills */
    enum channel channel;
};

/* The order before them, and what became of it. */
struct visit_payment {
    int slot; /* of the book, or -1 */
    char order_no[ORDER_NO_SIZE];
    char pay_code[32]; /* the phone's code; a secret, overwritten when it was sent */
    bool reviewing;    /* the order is looked at, not made */
    int advised;       /* the claim whose guidance is asked for */
    enum card_step card_step;
    enum verdict verdict;
    char case_no[ORDER_CASE_NO_SIZE];
    enum receipt_state receipt;
    uint32_t print_job;
    int64_t print_mono_ms; /* the job was given to the printer */
};

/* What is to go back of earlier payments. */
struct visit_giving_back {
    int item;                /* of the payments' items, that may go back */
    struct refund_plan plan; /* asked for, and once confirmed carried out; no step: none */
    int step;                /* of the plan */
    int refund;              /* of the order in the slot, or -1: nothing of the step has left yet */
    struct fen given_back;   /* of the balance in this visit, if only perhaps */
};

struct session {
    enum screen screen;
    uint32_t revision; /* changes whenever what is shown changes */
    enum language language;
    struct wishes wishes;
    int64_t since_mono_ms;   /* the screen was entered */
    int64_t touched_mono_ms; /* the last sign of life */
    bool warning;            /* the idle warning stands */
    enum screen help_back;   /* where help leads back to */
    enum arm armed;
    enum notice notice;
    int page; /* of the rows of a screen */
    enum keypad_field field;
    char typed[TYPED_SIZE];

    uint32_t request; /* the visit's own SEND in flight, 0 none ... */
    enum visit_question question;
    enum waiting_for waiting;
    int64_t wait_mono_ms; /* the present waiting began */

    enum service service;
    struct visit_who who;
    struct visit_choice choice;
    struct visit_payment payment;
    struct visit_giving_back giving_back;
    struct visit_staff staff;

    /* The documents that are looked at, by kind, and the advice for every claim of the order. The
     * shell frees what neither names. */
    const struct document *documents[DOCUMENT_KIND_COUNT];
    const struct guidance *guidance[BILLS_MAX];
};

static inline const struct account *session_account(const struct session *session) {
    return (const struct account *)session->documents[DOCUMENT_ACCOUNT];
}

static inline const struct bill_list *session_bills(const struct session *session) {
    return (const struct bill_list *)session->documents[DOCUMENT_BILLS];
}

static inline const struct payment_list *session_payments(const struct session *session) {
    return (const struct payment_list *)session->documents[DOCUMENT_PAYMENTS];
}

static inline const struct pay_link *session_link(const struct session *session) {
    return (const struct pay_link *)session->documents[DOCUMENT_PAY_LINK];
}

static inline const struct staff_cases *session_staff_cases(const struct session *session) {
    return (const struct staff_cases *)session->documents[DOCUMENT_STAFF_CASES];
}

static inline const struct staff_file *session_staff_file(const struct session *session) {
    return (const struct staff_file *)session->documents[DOCUMENT_STAFF_FILE];
}

/* Everything is overwritten; the revision goes on. */
void session_reset(struct session *session);
/* Whoever was known is nobody, and what they chose nothing. */
void session_forget_person(struct session *session);
/* The order goes on without anybody looking at it. */
void session_forget_order(struct session *session);
void session_forget_staff(struct session *session);
/* The answer to the question in flight is not waited for any more. */
void session_stop_asking(struct session *session);
/* The screen itself, or what help covers. */
enum screen session_base(const struct session *session);
/* Takes the place of an earlier document of its kind. */
void session_keep(struct session *session, const struct document *document);
/* Does the visit still look at it? */
bool session_looks_at(const struct session *session, const struct document *document);

/* What this visit's refund gave back definitely, and what its verdict is about. */
struct fen session_refunded(const struct session *session);
struct fen session_refund_amount(const struct session *session);
/* The facts of now for a question to the hospital; they live as long as the session stays as it is.
 */
struct question session_question(const struct session *session, enum verb verb);

#endif
