/* This very machine, drawn: where scanner, reader, slot and paper are, and what one does there. */
#ifndef HOPKIOSK_UI_MACHINE_H
#define HOPKIOSK_UI_MACHINE_H

#include "ui/canvas.h"
#include "ui/ui.h"

struct painter;

/* What the drawing shows: the part that it needs is lit, with the thing and an arrow. */
enum act {
    ACT_NONE = 0,
    ACT_SCAN_CARD,
    ACT_SCAN_WRISTBAND,
    ACT_SCAN_PHONE,
    ACT_LAY_IDCARD,
    ACT_INSERT_CARD,
    ACT_TAKE_RECEIPT,
    ACT_COUNT
};

/* As large as `rect` allows, in its middle. */
void machine_draw(struct painter *painter, struct rect rect, enum act act);
/* Only the plate with its parts, that of the act lit. */
void machine_map_draw(struct painter *painter, struct rect rect, enum act act);

#endif
