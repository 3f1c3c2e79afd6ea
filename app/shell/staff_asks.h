/* Service of the staff's screen: checks the PIN and keeps the tries, reads the open cases and one
 * case with its evidence, and has a case resolved. */
#ifndef HOPKIOSK_SHELL_STAFF_ASKS_H
#define HOPKIOSK_SHELL_STAFF_ASKS_H

#include "app/core/core.h"
#include "app/shell/inbox.h"
#include "app/shell/resolve.h"
#include "app/shell/settings.h"
#include "ui/ui.h"

struct staff_asks {
    /* Set before the start. */
    struct inbox *inbox;
    const struct core *core;
    struct journal_pump *pump; /* NULL: no journal */
    struct resolve *resolve;
    const struct settings_person *people;
    int person_count;
    const struct ui *ui; /* the words of a resolution */
    /* The service's own. */
    struct event_staff resolving; /* the answer when the case under way is resolved */
};

/* The name of a person of the staff, from 1; "" for 0. */
const char *staff_asks_person(const struct staff_asks *asks, uint8_t person);
/* Exactly one EVENT_STAFF follows. */
void staff_asks_run(struct staff_asks *asks, const struct effect *effect);

#endif
