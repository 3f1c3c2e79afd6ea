#include "ui/machine.h"

#include "ui/drawings.h"
#include "ui/painter.h"
#include "ui/parts.h"

/* The drawings' own measure. */
#define KIOSK_H 480
#define COLUMN_W 120 /* of what stands beside each other */
static const struct rect body = {132, 0, 376, KIOSK_H}, plate = {136, 230, 368, 182};

struct place {
    int x, y;
};
/* The middle of what is there. */
static const struct place spots[] = {[UI_SPOT_LEFT] = {210, 300},
                                     [UI_SPOT_MIDDLE] = {322, 300},
                                     [UI_SPOT_RIGHT] = {434, 298},
                                     [UI_SPOT_BELOW] = {320, 369}};

static const struct {
    enum drawing plain, lit;
    int w, h;
} looks[UI_PART_COUNT] = {
    [UI_PART_SCANNER] = {DRAWING_part_scanner, DRAWING_part_scanner_lit, 120, 92},
    [UI_PART_ID_READER] = {DRAWING_part_idpad, DRAWING_part_idpad_lit, 120, 92},
    [UI_PART_CARD_READER] = {DRAWING_part_slot, DRAWING_part_slot_lit, 120, 92},
    [UI_PART_PRINTER] = {DRAWING_part_outlet, DRAWING_part_outlet_lit, 220, 58},
};

/* The thing and its arrow, as they are drawn at the spot where such a part usually is. */
static const struct {
    enum ui_part part;
    enum drawing drawing;
    struct rect box;
    enum ui_spot usual;
} acts[ACT_COUNT] = {
    [ACT_SCAN_CARD] = {UI_PART_SCANNER, DRAWING_act_card, {-6, 280, 206, 198}, UI_SPOT_LEFT},
    [ACT_SCAN_PHONE] = {UI_PART_SCANNER, DRAWING_act_phone, {-4, 232, 182, 240}, UI_SPOT_LEFT},
    [ACT_SCAN_WRISTBAND] = {UI_PART_SCANNER,
                            DRAWING_act_wristband,
                            {4, 290, 200, 188},
                            UI_SPOT_LEFT},
    [ACT_LAY_IDCARD] = {UI_PART_ID_READER,
                        DRAWING_act_idcard,
                        {236, 338, 172, 140},
                        UI_SPOT_MIDDLE},
    [ACT_INSERT_CARD] = {UI_PART_CARD_READER,
                         DRAWING_act_chipcard,
                         {440, 280, 200, 194},
                         UI_SPOT_RIGHT},
    [ACT_TAKE_RECEIPT] = {UI_PART_PRINTER,
                          DRAWING_act_receipt,
                          {256, 364, 240, 112},
                          UI_SPOT_BELOW},
};

/* A part of the drawing, in its own measure, as pixels: `shown` of it fills `rect`. */
static struct rect scaled(struct rect box, struct rect shown, struct rect rect) {
    int64_t unit = (int64_t)rect.w;
    int x = rect.x + (int)((box.x - shown.x) * unit / shown.w);
    int y = rect.y + (int)((box.y - shown.y) * unit / shown.w);
    return (struct rect){x, y, (int)(box.w * unit / shown.w), (int)(box.h * unit / shown.w)};
}

static enum ui_spot spot_of(const struct painter *p, enum ui_part part) {
    static const enum ui_spot usual[] = {[UI_PART_SCANNER] = UI_SPOT_LEFT,
                                         [UI_PART_ID_READER] = UI_SPOT_MIDDLE,
                                         [UI_PART_CARD_READER] = UI_SPOT_RIGHT,
                                         [UI_PART_PRINTER] = UI_SPOT_BELOW};
    return p->spots[part] != UI_SPOT_USUAL ? p->spots[part] : usual[part];
}

/* The thing where its part is on this machine. */
static struct rect act_box(const struct painter *p, enum act act) {
    struct place at = spots[spot_of(p, acts[act].part)], usual = spots[acts[act].usual];
    struct rect box = acts[act].box;
    box.x += at.x - usual.x;
    box.y += at.y - usual.y;
    if (box.y + box.h > KIOSK_H)
        box.y = KIOSK_H - box.h;
    return box;
}

static void draw_part(struct painter *p, struct rect shown, struct rect rect, enum ui_part part,
                      bool lit) {
    enum ui_spot spot = spot_of(p, part);
    if (spot == UI_SPOT_NONE)
        return;
    struct place at = spots[spot];
    struct rect box = {at.x - looks[part].w / 2, at.y - looks[part].h / 2, looks[part].w,
                       looks[part].h};
    if (looks[part].w > COLUMN_W && spot != UI_SPOT_BELOW) /* as wide as its neighbours */
        box = (struct rect){at.x - COLUMN_W / 2, at.y - COLUMN_W / 4, COLUMN_W, COLUMN_W / 2};
    drawing_draw(p, scaled(box, shown, rect), lit ? looks[part].lit : looks[part].plain);
}

/* The one to use last: nothing stands before it. */
static void draw_parts(struct painter *p, struct rect shown, struct rect rect, enum act act) {
    for (enum ui_part part = 0; part < UI_PART_COUNT; part++)
        if (act == ACT_NONE || acts[act].part != part)
            draw_part(p, shown, rect, part, false);
    if (act != ACT_NONE)
        draw_part(p, shown, rect, acts[act].part, true);
}

void machine_draw(struct painter *p, struct rect rect, enum act act) {
    struct rect shown = body, box = {0};
    if (act != ACT_NONE && spot_of(p, acts[act].part) == UI_SPOT_NONE)
        act = ACT_NONE;
    if (act != ACT_NONE) {
        box = act_box(p, act);
        int end = shown.x + shown.w, act_end = box.x + box.w;
        shown.x = box.x < shown.x ? box.x : shown.x;
        shown.w = (act_end > end ? act_end : end) - shown.x;
    }
    int width = rect.w, height = (int)((int64_t)rect.w * shown.h / shown.w);
    if (height > rect.h) {
        height = rect.h;
        width = (int)((int64_t)rect.h * shown.w / shown.h);
    }
    rect = rect_centre(rect, width, height);
    drawing_draw(p, scaled(body, shown, rect), DRAWING_kiosk);
    draw_parts(p, shown, rect, act);
    if (act != ACT_NONE)
        drawing_draw(p, scaled(box, shown, rect), acts[act].drawing);
}

void machine_map_draw(struct painter *p, struct rect rect, enum act act) {
    rect = drawing_draw(p, rect, DRAWING_map);
    draw_parts(p, plate, rect, act);
}
