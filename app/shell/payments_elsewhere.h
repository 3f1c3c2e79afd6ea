/* What the hospital's other machines took, as the fleet's process answers it: rows of the journal's
 * tables, from which orders are made, for a list of payments. */
#ifndef HOPKIOSK_SHELL_PAYMENTS_ELSEWHERE_H
#define HOPKIOSK_SHELL_PAYMENTS_ELSEWHERE_H

#include "app/core/order/payments.h"

/* The question, a line. Caller: free(). */
char *elsewhere_question(const struct patient_keys *keys);
/* Adds the answer's orders. NULL, or what cannot be read: the list is of this machine only. An
 * order that cannot be read is left out, and the list is partly. */
void elsewhere_read(struct payment_list *list, const char *answer);

#endif
