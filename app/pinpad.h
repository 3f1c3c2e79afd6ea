/* The pinpad as one more who is asked about money: verbs of an order to its operations, its result
 * codes to outcomes. */
#ifndef HOPKIOSK_PINPAD_H
#define HOPKIOSK_PINPAD_H

#include "app/core/order.h"
#include "drivers/driver.h"

struct loop;
/* Is this for the pinpad, not for a platform or the HIS? */
bool pinpad_serves(const struct order *order, const struct effect *effect);
/* Exactly one ANSWER follows. */
void pinpad_send(struct loop *loop, const struct effect *effect);
void pinpad_done(struct loop *loop, uint32_t id, enum driver_completion completion,
                 const struct pos_result *result);

#endif
