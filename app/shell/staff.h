/* What the staff's screen asks of the program: the PIN, the cases of the journal, the way out. */
#ifndef HOPKIOSK_SHELL_STAFF_H
#define HOPKIOSK_SHELL_STAFF_H

#include "app/core/effect.h"
#include "app/core/event.h"
#include "app/core/visit/staff_pages.h"
#include "app/journal/journal.h"

struct loop;
void staff_ask(struct loop *loop, const struct effect *effect);
/* What came of it, on the main thread. */
void staff_answered(struct loop *loop, const struct event_staff *answer);
/* The journal wrote what staff or kioskctl decided of `order_no`: when none of its cases is open
 * any more, the core hears it. */
void staff_tell_resolved(struct loop *loop, const char *order_no);

/* staff_read.c: the journal as documents; NULL: it could not be read. Caller: free(). */
struct staff_cases *staff_read_cases(struct journal *journal);
struct staff_file *staff_read_file(struct journal *journal, const struct staff_case *chosen);

#endif
