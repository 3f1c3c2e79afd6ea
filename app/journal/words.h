/* The words under which the journal stores closed sets. */
#ifndef HOPKIOSK_JOURNAL_WORDS_H
#define HOPKIOSK_JOURNAL_WORDS_H

#include "app/journal/rows.h"

extern const struct words words_note, words_order_state, words_leg_state, words_claim_state,
    words_refund_state, words_case_reason, words_service, words_channel, words_route,
    words_account_type, words_creditor, words_refund_why, words_case_state, words_resolution,
    words_print_outcome;

/* "?" for a number outside the set. */
const char *word_of(const struct words *words, int value);

#endif
