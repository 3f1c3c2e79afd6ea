/* The journal's words as hospital staff read them, in the language of the terminal. */
#ifndef HOPKIOSK_CTL_SAY_H
#define HOPKIOSK_CTL_SAY_H

#include "app/core/order/order.h"

/* By the stored word (note_name ...); an unknown word is returned as it is. */
const char *say_note(enum language language, const char *note);
const char *say_order_state(enum language language, enum order_state state);
const char *say_leg_state(enum language language, enum leg_state state);
const char *say_claim_state(enum language language, enum claim_state state);
const char *say_refund_state(enum language language, enum refund_state state);
const char *say_resolution(enum language language, enum resolution how);
const char *say_case_reason(enum language language, enum case_reason reason);
const char *say_service(enum language language, enum service service);
const char *say_channel(enum language language, enum channel channel);
/* By the stored word of the outcome. */
const char *say_printed(enum language language, const char *outcome, bool reprint);

/* The heading of a line. */
enum say_word {
    SAY_ORDER = 0,
    SAY_PERSON,
    SAY_PAYMENT,
    SAY_SEEN,
    SAY_FUNDS, /* of an insured payment: who paid it */
    SAY_ACCOUNT,
    SAY_OWN,
    SAY_CREDIT,
    SAY_REFUND,
    SAY_CASE,
    SAY_HISTORY,
    SAY_PAID,
    SAY_CREDITED,
    SAY_RETURNED,
    SAY_IN_CASES,
    SAY_OPEN,
    SAY_UNPROVEN,
    SAY_TAKEN_ELSEWHERE,
    SAY_RESOLVED,
    SAY_BY,
    SAY_DECIDED,
    SAY_NOTHING,
    SAY_SUM,
    SAY_UNREADABLE,
    SAY_COUNT
};
const char *say_heading(enum language language, enum say_word word);

/* "¥164.50" */
#define SAY_MONEY_SIZE (MONEY_TEXT_SIZE + 4)
char *say_money(struct fen amount, char out[SAY_MONEY_SIZE]);

#endif
