#include "ui/lamp.h"

#include "ui/theme.h"
#include "ui/widgets.h"

/* Of the disk's side, in hundredths. */
#define ICON_PART 46
#define ICON_TOP 16
#define SLOT_TOP 80
#define SLOT_HEIGHT 6
#define SLOT_WIDTH 52

/* How far down the picture is, a frame each: it comes, rests in the slot's light, goes. */
static const int way[] = {0, 3, 6, 9, 12, 14, 14, 7};
#define STEPS ((int)(sizeof way / sizeof *way))

static int lit_one(const struct frame *frame, int phase) {
    return phase / STEPS % frame->lamp_count;
}

static int lamp_part(int side, int hundredths) {
    return side * hundredths / 100;
}

static void draw_lit(struct painter *p, struct rect disk, enum icon icon, int step) {
    int side = disk.w, size = lamp_part(side, ICON_PART), wide = lamp_part(side, SLOT_WIDTH);
    int high = lamp_part(side, SLOT_HEIGHT);
    struct rect at = {disk.x + (side - size) / 2, disk.y + lamp_part(side, ICON_TOP + way[step]),
                      size, size};
    struct rect slot = {disk.x + (side - wide) / 2, disk.y + lamp_part(side, SLOT_TOP), wide, high};
    canvas_round(&p->canvas, disk, side / 2, COLOUR_ACCENT);
    icon_draw(p, at, icon, COLOUR_ON_ACCENT);
    canvas_round(&p->canvas, slot, high / 2, COLOUR_ON_ACCENT);
}

static void draw_one(struct painter *p, int n) {
    const struct frame_lamp *lamp = &p->frame->lamps[n];
    struct rect inner = rect_inset(lamp->rect, lamp->rect.w * 22 / 100, lamp->rect.w * 22 / 100);
    if (lit_one(p->frame, p->phase) == n) {
        draw_lit(p, lamp->rect, (enum icon)lamp->icon, p->phase % STEPS);
        return;
    }
    canvas_round(&p->canvas, lamp->rect, lamp->rect.w / 2, COLOUR_ACCENT_TINT);
    icon_draw(p, inner, (enum icon)lamp->icon, COLOUR_ACCENT);
}

void lamp_add(struct painter *p, struct rect rect, enum icon icon) {
    int size = rect.w < rect.h ? rect.w : rect.h;
    frame_add_lamp(p->frame, rect_centre(rect, size, size), (int)icon);
}

void lamps_show(struct painter *p) {
    for (int i = 0; i < p->frame->lamp_count; i++)
        draw_one(p, i);
}

int lamps_move(struct painter *p, int before, struct rect changed[2]) {
    int count = 0, old = lit_one(p->frame, before), now = lit_one(p->frame, p->phase);
    for (int i = 0; i < p->frame->lamp_count; i++)
        if (i == old || i == now) {
            canvas_fill(&p->canvas, p->frame->lamps[i].rect, COLOUR_CARD);
            draw_one(p, i);
            changed[count++] = p->frame->lamps[i].rect;
        }
    return count;
}
