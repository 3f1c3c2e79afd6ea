/* Service that writes a person's decision about a case to the journal, for the staff's screen and
 * kioskctl, one at a time. When no case of the order is open any more, the core is told. */
#ifndef HOPKIOSK_SHELL_RESOLVE_H
#define HOPKIOSK_SHELL_RESOLVE_H

#include "app/journal/journal.h"
#include "app/shell/inbox.h"

/* Called on the main thread with the result; fills `out` with what the core hears, or `none`. */
typedef void resolve_told(void *context, enum journal_result result, struct delivery *out);

struct resolve {
    /* Set before the start. */
    struct inbox *inbox;
    struct journal_pump *pump; /* NULL: no journal */
    /* The service's own: the case under way. */
    bool busy;
    char order_no[ORDER_NO_SIZE];
    resolve_told *told;
    void *context;
};

enum resolve_start { RESOLVE_STARTED = 0, RESOLVE_BUSY, RESOLVE_NO_JOURNAL };

/* When it returns true, `told` is called exactly once, also when the program stops meanwhile. The
 * texts are copied. */
enum resolve_start resolve_case(struct resolve *resolve, const struct journal_decision *decision,
                                resolve_told *told, void *context);

#endif
