/* Reads cases and their evidence from the journal, as the staff's screen shows them. */
#ifndef HOPKIOSK_SHELL_STAFF_READ_H
#define HOPKIOSK_SHELL_STAFF_READ_H

#include "app/core/visit/staff_pages.h"
#include "app/journal/journal.h"

/* Called on the journal's thread. NULL when the journal could not be read. Caller: free(). */
struct staff_cases *staff_read_cases(struct journal *journal);
struct staff_file *staff_read_file(struct journal *journal, const struct staff_case *chosen);

#endif
