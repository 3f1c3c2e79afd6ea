/* The pinpad as a picture: where the card goes, and what goes on. Never its keys: a PIN is
 * for the pinpad alone, and nobody shall look for them here. */
#include "ui/screens/screens.h"

#define BODY_DARK 0x2c3a47
#define DISPLAY_LIGHT 0xd3e2ee
#define DISPLAY_INK 0x14202b
#define SLOT_DARK 0x14202b
#define SLOT_LIT 0xffe3a1
#define SLOT_GLOW 0xf2a900
#define CARD_BODY 0x453a8c
#define CARD_STRIPE 0xffffff
#define CHIP 0xf2c94c
#define PHASES 8
#define STILL 3 /* of them the card rests */

/* Heights in percent of the picture. */
#define BODY 62
#define CARD_OUT 66
#define CARD_IN 40
#define CARD_H 32

struct pinpad_picture {
    struct painter *p;
    struct rect box;
    enum pinpad_step step;
};

static struct rect pinpad_part(const struct pinpad_picture *t, int x, int y, int w, int h) {
    return (struct rect){t->box.x + t->box.w * x / 100, t->box.y + t->box.h * y / 100,
                         t->box.w * w / 100, t->box.h * h / 100};
}

static void draw_rounded(const struct pinpad_picture *t, struct rect rect, rgb colour) {
    canvas_round(&t->p->canvas, rect, t->box.w * 3 / 100, colour);
}

/* The card goes in while one is asked for, and out when it is to be taken. */
static int card_at(const struct pinpad_picture *t) {
    int phase = t->p->phase % PHASES, moving = PHASES - 1 - STILL;
    int way = (CARD_OUT - CARD_IN) * (phase < moving ? phase : moving) / moving;
    switch (t->step) {
    case PINPAD_INSERT:
        return CARD_OUT - way;
    case PINPAD_REMOVE:
        return CARD_IN + way;
    case PINPAD_READING:
    case PINPAD_PIN:
    case PINPAD_BANK:
        return CARD_IN;
    case PINPAD_STARTING:
        break;
    }
    return CARD_OUT;
}

static void draw_bank_card(const struct pinpad_picture *t) {
    int y = card_at(t);
    draw_rounded(t, pinpad_part(t, 29, y, 42, CARD_H), CARD_BODY);
    draw_rounded(t, pinpad_part(t, 45, y + 4, 10, 7), CHIP);
    canvas_fill(&t->p->canvas, pinpad_part(t, 33, y + CARD_H - 8, 34, 3), CARD_STRIPE);
}

static void draw_slot(const struct pinpad_picture *t) {
    bool lit = t->step == PINPAD_INSERT || t->step == PINPAD_REMOVE;
    bool bright = t->p->phase % 2 == 0;
    if (lit)
        draw_rounded(t, pinpad_part(t, 22, BODY - 8, 56, 8), bright ? SLOT_GLOW : SLOT_DARK);
    draw_rounded(t, pinpad_part(t, 25, BODY - 6, 50, 4), lit ? SLOT_LIT : SLOT_DARK);
}

static void draw_display(const struct pinpad_picture *t) {
    struct rect display = pinpad_part(t, 23, 7, 54, 36), inside = pinpad_part(t, 40, 12, 20, 26);
    draw_rounded(t, display, DISPLAY_LIGHT);
    switch (t->step) {
    case PINPAD_INSERT:
        icons_draw(t->p->icons, &t->p->canvas, ICON_bankcard, inside, DISPLAY_INK);
        return;
    case PINPAD_PIN:
        icons_draw(t->p->icons, &t->p->canvas, ICON_lock, inside, DISPLAY_INK);
        return;
    case PINPAD_REMOVE:
        icons_draw(t->p->icons, &t->p->canvas, ICON_check, inside, DISPLAY_INK);
        return;
    case PINPAD_STARTING:
    case PINPAD_READING:
    case PINPAD_BANK:
        break;
    }
    spinner_draw(t->p, inside);
}

void pinpad_draw(struct painter *p, struct rect rect, enum pinpad_step step) {
    int size = rect.w < rect.h ? rect.w : rect.h;
    struct pinpad_picture t = {p, rect_centre(rect, size, size), step};
    draw_bank_card(&t);
    canvas_round(&p->canvas, pinpad_part(&t, 15, 0, 70, BODY), t.box.w * 6 / 100, BODY_DARK);
    draw_display(&t);
    draw_slot(&t);
}
