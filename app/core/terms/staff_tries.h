/* Tries of the staff's PIN: after so many wrong ones in a row none is tried for a while, whoever
 * tries and wherever, over a restart too. */
#ifndef HOPKIOSK_CORE_TERMS_STAFF_TRIES_H
#define HOPKIOSK_CORE_TERMS_STAFF_TRIES_H

#include "app/core/terms/terminal.h"

#define PIN_TRIES_MAX 5
#define PIN_PAUSE_MS (INT64_C(5) * 60 * 1000) /* after so many wrong PINs */

/* A try, and how long none is tried after it: for the shell to keep. */
struct staff_try {
    uint8_t tries;
    int64_t pause_ms;
};
/* Counts a try, which counts when the PIN is sent for checking, so that leaving before the answer
 * does not save it. False: there were too many, none is tried now. */
bool staff_tries_begin(struct terminal *terminal, struct now now, struct staff_try *out);
/* The PIN that was tried is of the staff, and whose. Nobody's wrong ones count any more; but the
 * cashier's own says nothing of the ones before it: else who knows one of them finds the others. */
void staff_tries_right(struct terminal *terminal, const char *name, const char *cashier);
/* ... how many count after so many; the last was the right one. */
uint8_t staff_tries_after(uint8_t tries, const char *name, const char *cashier);

#endif
