/* A visit's question to the hospital about an account or its bills: the facts it is made of,
 * without the visit. */
#ifndef HOPKIOSK_CORE_TERMS_QUESTION_H
#define HOPKIOSK_CORE_TERMS_QUESTION_H

#include "app/core/terms/document.h"
#include "app/core/terms/types.h"

/* Texts and account are the session's: use them before the next step. */
struct question {
    enum verb verb;
    enum service service;
    enum identity_kind identity;
    const char *identity_no;
    const char *id_no; /* the ID number that a card carries beside its own number, or "" */
    const struct account *account; /* NULL: not known yet */
    const char *org_trace_no;      /* VERB_ASK_CREDIT: of the bill; or a number that there is not */
    const char *code;              /* VERB_DECODE: what was scanned */
    int card;                      /* chosen of account->cards, -1 none */
};

#endif
