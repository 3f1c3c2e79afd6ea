/* What a visit knows when it asks the hospital for an account or its bills: the facts of that
 * moment, without the visit. */
#ifndef HOPKIOSK_CORE_TERMS_QUESTION_H
#define HOPKIOSK_CORE_TERMS_QUESTION_H

#include "app/core/terms/document.h"
#include "app/core/terms/types.h"

/* Texts and account live as long as what they were taken from: use it at once. */
struct question {
    enum verb verb;
    enum service service;
    enum identity_kind identity;
    const char *identity_no;
    const char *id_no;             /* what a card says of its person beside its own number, or "" */
    const struct account *account; /* NULL: not known yet */
    int card;                      /* chosen of account->cards, -1 none */
};

#endif
