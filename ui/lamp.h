/* Where to put what one carries: pictures beside each other of which one at a time is lit and
 * moves to its slot, calmly, one after the other. Between two frames only they are drawn. */
#ifndef HOPKIOSK_UI_LAMP_H
#define HOPKIOSK_UI_LAMP_H

#include "ui/icons.h"
#include "ui/painter.h"

/* One more, on a card: the frame remembers it, lamps_show draws it when all are known. */
void lamp_add(struct painter *painter, struct rect rect, enum icon icon);
void lamps_show(struct painter *painter);
/* The painter's phase has changed from `before`: draws what moved. Returns how many of `changed`
 * are to be shown. */
int lamps_move(struct painter *painter, int before, struct rect changed[2]);

#endif
