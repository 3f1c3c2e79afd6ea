/* Parts that no order has: what stands behind the last leg, claim, share and refund of each. */
#ifndef HOPKIOSK_TESTS_SIM_GHOSTS_H
#define HOPKIOSK_TESTS_SIM_GHOSTS_H

#include "app/core/order/book.h"

/* Behind the last part of each order stands one that looks like a part and is none, so that whoever
 * looks one too far counts its money, asks about it or writes it. Chance is the order's number and
 * its parts: it takes nothing from the world's. */
void ghosts_stand(struct book *book);

#endif
