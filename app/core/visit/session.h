/* The state of a visit: who it is, what is shown, what was chosen. A visit lives a minute, its
 * order lives on without it. Each part is reset by one assignment. Everybody may read it; only
 * core_step changes it. */
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

/* What KEYPAD asks for. */
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

/* Who the patient is. */
struct visit_who {
    enum identity_kind identity;
    char identity_no[TRACE_NO_SIZE]; /* card, wristband or ID number: wiped, never logged */
    char id_no[19];                  /* the ID number that a card carries beside its own number */
    bool typed;                      /* by keys: anybody can know a number */
    uint8_t last4_tries;
    int card;       /* index of the chosen card of the account, or -1 */
    bool confirmed; /* the patient said "that is me": balances may be shown */
};

/* What is paid, and how. */
struct visit_choice {
    bool tip_seen;
    uint64_t selected[LISTED_BILLS_MAX / 64]; /* bit i % 64 of word i / 64 stands for bill i */
    uint64_t left[LISTED_BILLS_MAX / 64]; /* chosen too, and paid after the one that is selected:
                                             the insurance takes one bill at a time */
    uint64_t sold[LISTED_BILLS_MAX / 64]; /* listed, and settled as the hospital says */
    int64_t sum_mono_ms;                  /* when the sum on the screen last became another one,
                                             or was covered */
    int bill;                             /* the bill on BILL */
    int asked_bill;                       /* asked about before it is paid */
    char no_such[ORDER_NO_SIZE];          /* ... or, in doubt of the answer, this number; "" no */
    int64_t asked_mono_ms;                /* ... since when */
    uint32_t released;                    /* book.released when the list came */
    struct fen amount;                    /* of the deposit, or the sum of the selected bills */
    enum channel channel;
};

/* The visit's order, and what became of it. */
struct visit_payment {
    int slot; /* of the book, or -1 */
    char order_no[ORDER_NO_SIZE];
    char pay_code[65]; /* from the patient's phone: what is charged, or what stands for the insured;
                          secret, overwritten when it was sent */
    bool counting; /* the code was held out before it was asked for: PAY_CODE counts down, and only
                      then is it taken */
    enum screen counted_on; /* where it was held out */
    bool reviewing;         /* an earlier order is looked at */
    bool other_way;         /* once nothing can come of this one, how to pay is asked again */
    int advised;            /* the claim whose guidance is asked for */
    enum card_step card_step;
    enum verdict verdict;
    char case_no[ORDER_CASE_NO_SIZE];
    enum receipt_state receipt;
    bool receipt_came; /* a presenter has held it */
    uint32_t print_job;
    int64_t print_mono_ms; /* when the job was given to the printer */
};

/* What is given back of earlier payments. */
struct visit_giving_back {
    int item;                /* index of the chosen payment item */
    struct refund_plan plan; /* without steps: there is no plan */
    int step;                /* of the plan */
    int refund;              /* index in the order in the slot, of several opened together the last;
                                -1: the step has not begun */
    struct fen given_back;   /* of the balance in this visit, including what is not definite yet */
};

/* What a visit that has ended left in the machine. */
struct visit_left {
    bool card, id_card, receipt;
    bool id_reader_empty; /* it said so before: that it says so is no news */
    enum notice notice;   /* for the first screen afterwards */
};

struct session {
    enum screen screen;
    uint32_t revision; /* changes whenever what is shown changes */
    enum language language;
    struct wishes wishes;
    int64_t since_mono_ms;   /* when the screen was entered */
    int64_t touched_mono_ms; /* when the last sign of life came */
    bool warning;            /* the idle warning is shown */
    enum screen help_back;   /* the screen that help covers */
    enum arm armed;
    enum notice notice;
    int page; /* of the screen's rows, from 0 */
    enum keypad_field field;
    char typed[TYPED_SIZE];

    uint32_t request; /* number of the visit's own SEND in flight; 0: none */
    enum visit_question question;
    enum waiting_for waiting;
    int64_t wait_mono_ms; /* when this waiting began */

    enum service service;
    struct visit_who who;
    struct visit_choice choice;
    struct visit_payment payment;
    struct visit_giving_back giving_back;
    struct visit_staff staff;
    int64_t called_ms; /* the patient has called the staff; 0 no */
    bool id_card_read; /* an ID card was put on the reader */
    struct visit_left left;

    /* The documents in use, by kind, and the advice for each claim of the order. The shell frees
     * all others. */
    const struct document *documents[DOCUMENT_KIND_COUNT];
    const struct guidance *guidance[BILLS_MAX];
};

static inline const struct account *session_account(const struct session *session) {
    return (const struct account *)session->documents[DOCUMENT_ACCOUNT];
}

static inline const struct bill_list *session_bills(const struct session *session) {
    return (const struct bill_list *)session->documents[DOCUMENT_BILLS];
}

static inline bool session_selected(const struct session *session, int bill) {
    return (session->choice.selected[bill / 64] >> (bill % 64) & 1) != 0;
}

static inline bool session_sold(const struct session *session, int bill) {
    return (session->choice.sold[bill / 64] >> (bill % 64) & 1) != 0;
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

/* Of the patient, with the card that was chosen of several; none known: nobody is identified. */
struct patient_keys session_patient_keys(const struct session *session);
/* Overwrites everything but the revision, which goes on. */
void session_reset(struct session *session);
/* Forgets the person and what was chosen. */
void session_forget_person(struct session *session);
/* Lets go of the order, which goes on without the visit. */
void session_forget_order(struct session *session);
void session_forget_staff(struct session *session);
/* Waits no longer for the answer to the question in flight. */
void session_stop_asking(struct session *session);
/* How many times as long as usual this patient is waited for. */
int session_patience(const struct session *session);
/* The screen shown, or the one that help covers. */
enum screen session_base(const struct session *session);
/* Keeps a document in place of an earlier one of its kind. */
void session_keep(struct session *session, const struct document *document);
/* True while the session points to this document. */
bool session_looks_at(const struct session *session, const struct document *document);

/* The amount that this visit's refund has definitely given back; the amount that its verdict is
 * about. */
struct fen session_refunded(const struct session *session);
struct fen session_refund_amount(const struct session *session);
/* The facts for a question to the hospital; valid until the session changes. */
struct question session_question(const struct session *session, enum verb verb);

#endif
