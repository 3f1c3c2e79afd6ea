#include "ui/screens/movers.h"

#include "ui/parts.h"
#include "ui/screens/screens.h"

static void draw_mover(struct painter *p, const struct frame_mover *mover) {
    switch ((enum mover_kind)mover->kind) {
    case MOVER_SPINNER:
        spinner_draw(p, mover->rect);
        break;
    case MOVER_TERMINAL:
        pinpad_draw(p, mover->rect, (enum pinpad_step)mover->step);
        break;
    }
}

void mover_draw(struct painter *p, enum mover_kind kind, struct rect rect, int step) {
    struct frame_mover mover = {rect, canvas_pixel(&p->canvas, rect.x, rect.y), (int)kind, step};
    if (!p->elder)
        frame_add_mover(p->frame, &mover);
    draw_mover(p, &mover);
}

int movers_move(struct painter *p, struct rect changed[FRAME_MOVERS_MAX]) {
    for (int i = 0; i < p->frame->mover_count; i++) {
        const struct frame_mover *mover = &p->frame->movers[i];
        canvas_fill(&p->canvas, mover->rect, mover->paper);
        draw_mover(p, mover);
        changed[i] = mover->rect;
    }
    return p->frame->mover_count;
}
