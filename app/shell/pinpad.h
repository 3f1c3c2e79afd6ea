/* The pinpad as one more who is asked about money: verbs of an order to its operations, its result
 * codes to outcomes. */
#ifndef HOPKIOSK_SHELL_PINPAD_H
#define HOPKIOSK_SHELL_PINPAD_H

#include "app/core/order/order.h"
#include "drivers/driver.h"

struct loop;
/* Is this for the pinpad, not for a platform or the HIS? */
bool pinpad_serves(const struct order *order, const struct effect *effect);
/* Exactly one ANSWER follows. */
void pinpad_send(struct loop *loop, const struct effect *effect);
void pinpad_done(struct loop *loop, uint32_t id, enum driver_completion completion,
                 const struct pos_result *result);

/* The pure halves of the two. Sequence and operation follow from what is durable: the same act has
 * the same ones for ever. `till` is terminal.no. */
struct pos_request pinpad_request(const struct order *order, const struct effect *effect,
                                  const char *till);
/* All of `out` but `request`. */
void pinpad_answer(enum verb verb, enum driver_completion completion,
                   const struct pos_result *result, struct event_answer *out);

#endif
