/* The life of one payment on the platform, and what the patient's phone does to it. */
#ifndef SANDBOX_PAYMENT_H
#define SANDBOX_PAYMENT_H

#include "tests/sandbox/sandbox.h"

enum phone_act { PHONE_NONE = 0, PHONE_PAY, PHONE_CANCEL, PHONE_LATE };

enum phone_act phone_act_of(const char *word);
/* NULL when done, else why the phone cannot. Late: pays as soon as it is closed or expired. */
const char *payment_phone(struct sandbox *sandbox, struct payment *payment, enum phone_act act);
void payment_pay(struct sandbox *sandbox, struct payment *payment);
/* Y is true. Closing twice says the same twice. */
bool payment_close(struct sandbox *sandbox, struct payment *payment);
bool payment_too_late(const struct sandbox *sandbox, const struct payment *payment);
/* A code for a phone to scan, which the phone's page shows. */
bool payment_has_code(const struct payment *payment);
bool payment_was_paid(const struct payment *payment);      /* whatever went back since */
void payment_return(struct payment *payment, int64_t fen); /* money goes back to the phone */
/* What no refund has taken or still may take. */
int64_t payment_refundable_fen(const struct sandbox *sandbox, const struct payment *payment);
/* Late payments and the platform's own returns that are due; when the next one is (0: none). */
int64_t payments_chores(struct sandbox *sandbox);

#endif
