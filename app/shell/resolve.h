/* Writes into the journal what a person decided of a case, one at a time, whoever asks: the staff's
 * screen or kioskctl. When none of the order's cases is open any more, the core hears it. */
#ifndef HOPKIOSK_SHELL_RESOLVE_H
#define HOPKIOSK_SHELL_RESOLVE_H

#include "app/journal/journal.h"
#include "app/shell/inbox.h"

/* Main thread: what came of it; `out` becomes what the core hears, or none. */
typedef void resolve_told(void *context, enum journal_result result, struct delivery *out);

struct resolve {
    /* given */
    struct inbox *inbox;
    struct journal_pump *pump; /* NULL: no journal */
    /* own: the case under way */
    bool busy;
    char order_no[ORDER_NO_SIZE];
    resolve_told *told;
    void *context;
};

enum resolve_start { RESOLVE_STARTED = 0, RESOLVE_BUSY, RESOLVE_NO_JOURNAL };

/* Only when it was started, `told` is called once, also when the program stops meanwhile. The texts
 * are copied. */
enum resolve_start resolve_case(struct resolve *resolve, const struct journal_decision *decision,
                                resolve_told *told, void *context);

#endif
