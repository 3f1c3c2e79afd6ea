/* What an answer of the paying platform tells of the time: the timestamp of `network`, else the
 * Date of any signed answer. A paymentTime is no clock. */
#ifndef HOPKIOSK_SHELL_CLOCK_SAMPLE_H
#define HOPKIOSK_SHELL_CLOCK_SAMPLE_H

#include "app/pump/net.h"
#include "app/shell/exchange.h"

/* Called where the answer is delivered, `took_ms` after the question left. */
void clock_sample(struct platform_clock *clock, const struct exchange *exchange,
                  const struct net_answer *answer, const struct wire_reading *reading,
                  int64_t took_ms, struct event_answer *out);

#endif
