/* Service that takes what reconciliation knows of an order to the core: read from the journal, with
 * who wants it and why as evidence. The journal keeps that beside what follows. */
#ifndef HOPKIOSK_SHELL_RECHECK_H
#define HOPKIOSK_SHELL_RECHECK_H

#include <cjson/cJSON.h>

#include "app/journal/journal.h"
#include "app/shell/inbox.h"

/* Called on the main thread, once, just before the core hears of the order; or why it does not.
 * NOT_FOUND: nothing of it is open; CONFLICT: the receipt is another order's; BUSY: the program
 * stops. */
typedef void recheck_told(void *context, enum journal_result result, const char *order_no);

struct recheck_service {
    /* Set before the start. */
    struct inbox *inbox;
    struct journal_pump *pump; /* NULL: no journal */
    /* The service's own: is a question under way, and who is told. */
    bool busy;
    recheck_told *told;
    void *context;
};

/* `asked`: order_no, by, rule, reason, and what is kept as evidence; with leg_no and amount, and
 * call_sn where it is known, what the hospital's books prove. NULL, and `told` will be called; or
 * why not, as an answer of the control socket. */
const char *recheck_begin(struct recheck_service *recheck, const cJSON *asked, recheck_told *told,
                          void *context);

#endif
