/* A phone's payment code that is held out before it was asked for. */
#ifndef HOPKIOSK_CORE_VISIT_PAY_CODE_H
#define HOPKIOSK_CORE_VISIT_PAY_CODE_H

#include "app/core/visit/screen.h"

/* A scanned payment code of a phone. */
bool pay_code_is_one(const struct event *event);
/* Where policy.pay_code_on_bills allows it, PAY_CODE counts down with the code and then pays
 * `amount` with it; any touch before that takes it back. Else the screen says `otherwise`, or what
 * stands in the way, and nothing is kept of the code. */
struct next pay_code_early(struct visit *visit, const struct event_scan *scan, struct fen amount,
                           enum notice otherwise);
/* How long it counts. */
int64_t pay_code_count_ms(struct situation at);

#endif
