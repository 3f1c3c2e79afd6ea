/* The money law: what follows from what a part has found out. */
#ifndef HOPKIOSK_CORE_ORDER_LAW_H
#define HOPKIOSK_CORE_ORDER_LAW_H

#include "app/core/order/turn.h"

/* Applies every reported fact, and those that are reported meanwhile. */
void law_drain(struct turn *turn);

#endif
