/* The pinpad as one more who is asked about money: verbs of an order to its operations, its result
 * codes to outcomes. What was asked of it stands among the exchanges. */
#ifndef HOPKIOSK_SHELL_PINPAD_H
#define HOPKIOSK_SHELL_PINPAD_H

#include "app/shell/exchange.h"
#include "drivers/driver.h"

struct pinpad {
    /* given */
    struct inbox *inbox;
    const struct core *core;
    struct exchanges *exchanges;
    const char *till; /* terminal.no */
    struct usb *usb;  /* NULL: no device can be used */
};

/* Is this for the pinpad, not for a platform or the HIS? */
bool pinpad_serves(const struct pinpad *pinpad, const struct effect *effect);
/* Exactly one ANSWER follows. */
void pinpad_send(struct pinpad *pinpad, const struct effect *effect);
/* The usb pump's thread: DRIVER_POS_DONE came. */
void pinpad_take(struct pinpad *pinpad, const struct driver_event *done);

/* The pure halves of the two. Sequence and operation follow from what is durable: the same act has
 * the same ones for ever. `till` is terminal.no. */
struct pos_request pinpad_request(const struct order *order, const struct effect *effect,
                                  const char *till);
/* All of `out` but `request`. */
void pinpad_answer(enum verb verb, enum driver_completion completion,
                   const struct pos_result *result, struct event_answer *out);

#endif
