/* What moves by itself: a ring that turns, a card that goes in. Between two frames only these are
 * drawn. Elder mode has none: its rings stand still. */
#ifndef HOPKIOSK_UI_SCREENS_MOVERS_H
#define HOPKIOSK_UI_SCREENS_MOVERS_H

#include "ui/painter.h"

enum mover_kind { MOVER_SPINNER = 0, MOVER_TERMINAL };

/* The frame remembers it and what it stands on; `step` is the terminal's. */
void mover_draw(struct painter *painter, enum mover_kind kind, struct rect rect, int step);
/* The painter's phase has changed: draws what moves. Returns how many of `changed` are to be shown.
 */
int movers_move(struct painter *painter, struct rect changed[FRAME_MOVERS_MAX]);

#endif
