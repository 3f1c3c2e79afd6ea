/* What the patient at a desk sees: the view's `patient`, on a display of its own or small within
 * the cashier's window. */
#ifndef HOPKIOSK_UI_EXPANSION_H
#define HOPKIOSK_UI_EXPANSION_H

#include "ui/painter.h"
#include "ui/view.h"

/* On the painter's whole canvas. */
void patient_draw(struct painter *painter, const struct view *view);
/* In `rect` of it; nothing of it can be read or touched there. */
void patient_draw_small(struct painter *painter, const struct view *view, struct rect rect);

#endif
