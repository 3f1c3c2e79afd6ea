/* The table of questions that a visit itself asks, and the table of what WAITING waits for. */
#ifndef HOPKIOSK_CORE_VISIT_QUESTIONS_H
#define HOPKIOSK_CORE_VISIT_QUESTIONS_H

#include "app/core/terms/policy.h"
#include "ui/ids.h"

/* What the screen WAITING waits for. */
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
    const char *card_text_key; /* in place of text_key when paid by card */
    int step;                  /* 1 to 4, as in screen_rule */
    bool can_cancel;
    /* After so long the patient is told that it is still undecided. */
    int64_t (*limit_ms)(const struct limits *limits);
};
const struct wait_row *wait_row(enum waiting_for waiting);

/* At most one is in flight. */
enum visit_question {
    QUESTION_NONE = 0,
    QUESTION_ACCOUNT,     /* the person's account */
    QUESTION_PUSHED,      /* whether a bill of the person is on their phone: then no list is read */
    QUESTION_BILLS,       /* the bills of the account */
    QUESTION_DECODE,      /* what the e-insurance code stands for */
    QUESTION_DAY,         /* today's payments, where a day has a limit */
    QUESTION_BILLS_AGAIN, /* the bills again just before paying: a window may have settled one */
    QUESTION_SETTLED,     /* whether the hospital calls a bill settled though it lists it */
    QUESTION_RECORDS,     /* what the person paid here */
    QUESTION_ORDER,       /* one of these payments, to look at */
    QUESTION_REFUND_ORDER, /* one of these payments, to give back */
    QUESTION_PLATFORM,     /* whether the platform still has the payment that is given back */
    QUESTION_STANDS,       /* whether the hospital still has the credit that is given back */
    QUESTION_GUIDANCE,     /* advice for a paid bill; no screen waits for it */
    QUESTION_COUNT
};
struct question_row {
    enum verb verb;
    enum screen asker;        /* its handler gets the answer */
    bool waits;               /* WAITING is shown meanwhile, */
    enum waiting_for waiting; /* with these words */
    enum screen given_up;     /* the screen after a cancel */
    bool of_order;            /* about the visit's order, else about the person */
};
const struct question_row *question_row(enum visit_question question);

#endif
