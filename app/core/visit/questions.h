/* The questions a visit asks of its own, and what its waiting screen waits for. */
#ifndef HOPKIOSK_CORE_VISIT_QUESTIONS_H
#define HOPKIOSK_CORE_VISIT_QUESTIONS_H

#include "app/core/terms/policy.h"
#include "ui/ids.h"

/* What the waiting screen waits for. */
enum waiting_for {
    WAITING_ACCOUNT = 0,
    WAITING_BILLS,
    WAITING_PLACING,
    WAITING_CONFIRMING,
    WAITING_CREDIT,
    WAITING_CLOSE,
    WAITING_RECORDS,
    WAITING_REFUND,
    WAITING_COUNT
};
struct wait_row {
    const char *title_key, *text_key;
    const char *card_text_key; /* where the words for a phone would be wrong */
    int step;                  /* of the four steps of a payment */
    bool can_cancel;
    /* So long, then what is undecided is said to be so. */
    int64_t (*limit_ms)(const struct limits *limits);
};
const struct wait_row *wait_row(enum waiting_for waiting);

/* One is in flight at a time. */
enum visit_question {
    QUESTION_NONE = 0,
    QUESTION_ACCOUNT,      /* who is it? */
    QUESTION_BILLS,        /* what do they owe? */
    QUESTION_DAY,          /* what was paid today, where a day has a limit? */
    QUESTION_BILLS_AGAIN,  /* just before paying: another window may have been faster */
    QUESTION_RECORDS,      /* what did they pay here? */
    QUESTION_ORDER,        /* one of these payments, to be looked at */
    QUESTION_REFUND_ORDER, /* one of these payments, to be given back */
    QUESTION_PLATFORM,     /* does the platform still have the payment that is to go back? */
    QUESTION_GUIDANCE,     /* where to go with a bill that was paid; nobody waits for it */
    QUESTION_COUNT
};
struct question_row {
    enum verb verb;
    enum screen asker;        /* hears the answer */
    bool waits;               /* the waiting screen shows ... */
    enum waiting_for waiting; /* ... this */
    enum screen given_up;     /* where cancelling leads */
    bool of_order;            /* about the order before the patient, else about the person */
};
const struct question_row *question_row(enum visit_question question);

#endif
