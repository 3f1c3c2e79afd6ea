/* Cases and their evidence as the staff's screen shows them, read from the journal. */
#ifndef HOPKIOSK_SHELL_STAFF_READ_H
#define HOPKIOSK_SHELL_STAFF_READ_H

#include "app/core/visit/staff_pages.h"
#include "app/journal/journal.h"

/* On the journal's thread. NULL: it could not be read. Caller: free(). */
struct staff_cases *staff_read_cases(struct journal *journal);
struct staff_file *staff_read_file(struct journal *journal, const struct staff_case *chosen);

#endif
