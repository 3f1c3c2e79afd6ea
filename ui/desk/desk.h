/* The cashier's window: draws the screen of the view and leaves what can be touched. */
#ifndef HOPKIOSK_UI_DESK_H
#define HOPKIOSK_UI_DESK_H

#include "ui/painter.h"
#include "ui/view.h"

void desk_draw(struct painter *painter, const struct view *view);

#endif
