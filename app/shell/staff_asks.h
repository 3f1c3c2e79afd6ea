/* What the staff's screen asks of the program: whether the PIN is right, the cases of the journal,
 * one of them with its evidence, and that one is resolved. */
#ifndef HOPKIOSK_SHELL_STAFF_ASKS_H
#define HOPKIOSK_SHELL_STAFF_ASKS_H

#include "app/core/core.h"
#include "app/shell/inbox.h"
#include "app/shell/resolve.h"
#include "ui/ui.h"

struct staff_asks {
    /* given */
    struct inbox *inbox;
    const struct core *core;
    struct journal_pump *pump; /* NULL: no journal */
    struct resolve *resolve;
    const char *pin_hash;
    const struct ui *ui; /* the words of a resolution */
    /* own */
    struct event_staff resolving; /* what a case under way is answered with */
};

/* One EVENT_STAFF follows. */
void staff_asks_run(struct staff_asks *asks, const struct effect *effect);

#endif
