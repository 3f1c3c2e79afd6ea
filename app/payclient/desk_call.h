/* One call to the desk, over its socket. */
#ifndef HOPKIOSK_PAYCLIENT_DESK_CALL_H
#define HOPKIOSK_PAYCLIENT_DESK_CALL_H

#include <stddef.h>

enum desk_call {
    DESK_ANSWERED = 0,
    DESK_ABSENT, /* nobody greets there: nothing was asked */
    DESK_LOST    /* asked, and the desk went away: it may have acted */
};

/* Says `line`, which ends with a line feed, and waits for the answer's line. *answer: malloc'ed, of
 * DESK_ANSWERED alone; `why` says in words what else happened. */
enum desk_call desk_call(const char *line, char **answer, char *why, size_t why_size);

#endif
