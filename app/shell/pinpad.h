/* Service of the pinpad, which is asked about money like a platform: an order's verbs become its
 * operations, its result codes outcomes. What was asked of it is kept among the exchanges. */
#ifndef HOPKIOSK_SHELL_PINPAD_H
#define HOPKIOSK_SHELL_PINPAD_H

#include "app/shell/exchange.h"
#include "drivers/driver.h"

struct pinpad {
    /* Set before the start. */
    struct inbox *inbox;
    const struct core *core;
    struct exchanges *exchanges;
    const char *till; /* terminal.no */
    struct usb *usb;  /* NULL: no device can be used */
};

/* True when this SEND is for the pinpad, not for a platform or the HIS. */
bool pinpad_serves(const struct pinpad *pinpad, const struct effect *effect);
/* Exactly one ANSWER follows. */
void pinpad_send(struct pinpad *pinpad, const struct effect *effect);
/* Takes DRIVER_POS_DONE; called on the usb pump's thread. */
void pinpad_take(struct pinpad *pinpad, const struct driver_event *done);

/* The pure parts of the two above. Sequence and operation follow from durable facts, so a repeated
 * act has the same ones; where the pinpad's day is not known, from the moment it leaves, after
 * which it is not repeated. `till` is terminal.no. */
struct pos_request pinpad_request(const struct order *order, const struct effect *effect,
                                  const char *till, int64_t wall_ms);
/* Fills all of `out` but `request`. */
void pinpad_answer(enum verb verb, enum driver_completion completion,
                   const struct pos_result *result, struct event_answer *out);
/* Who it is and what its clock says, of its answer to a greeting that came at mono_ms. */
void pinpad_known_of(const struct pos_result *greeted, int64_t mono_ms, struct pinpad_known *out);

#endif
