/* The clock is compared with the paying platform's: when the program starts, then again and again.
 * Every answer of the platform's that tells its time counts. */
#ifndef HOPKIOSK_CORE_CLOCK_WATCH_H
#define HOPKIOSK_CORE_CLOCK_WATCH_H

#include "app/core/visit/screen.h"

void clock_watch_begin(struct terminal *terminal, const struct core_setup *setup, struct now now);
void clock_watch_tick(struct visit *visit);
/* True: it was the answer to its own question. */
bool clock_watch_answer(struct visit *visit, const struct event_answer *answer);
/* Monotonic ms; INT64_MAX never. */
int64_t clock_watch_deadline(const struct terminal *terminal);

#endif
