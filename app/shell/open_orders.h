/* The orders that a restart resumes: those whose money is not settled, and cases. Read before the
 * journal is given to its pump. */
#ifndef HOPKIOSK_SHELL_OPEN_ORDERS_H
#define HOPKIOSK_SHELL_OPEN_ORDERS_H

#include "app/core/order/book.h"
#include "app/journal/journal.h"

struct open_orders {
    int count;
    struct order *orders[ORDERS_MAX]; /* in the order in which they are to be restored */
};

/* An order that cannot be read becomes a case and is passed over; *undecided: those about which no
 * person has decided. False when the journal could not be read to its end; *out has what was
 * read. */
__attribute__((warn_unused_result)) bool open_orders_read(struct journal *journal, int64_t wall_ms,
                                                          struct open_orders *out, int *undecided);
void open_orders_free(struct open_orders *open);

#endif
