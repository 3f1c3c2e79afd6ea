/* A visit is over: what is still in the machine, and where. */
#include "ui/screens/screens.h"

#define THINGS 3

/* Where the visit's verdict stood, the machine stands now, with what sticks out of it lit. */
static void draw_take_stage(struct painter *p, const struct places *places, enum act act) {
    struct rect area = places->stage, bleed = places->bleed;
    const char *title = say(p, "title.take");
    if (!places->wide)
        bleed.h = area.h;
    band_draw(p, bleed, COLOUR_TINT);
    area = rect_inset(area, 0, mm(p, 5));
    if (places->wide) {
        struct text_style style = style_title;
        if (text_width(p, &style, title) > area.w)
            style.size = T3;
        flow_text(p, &area, &style, mm(p, 2), title);
        machine_draw(p, area, act);
        return;
    }
    machine_draw(p, rect_cut_left(&area, area.w * 46 / 100, mm(p, 6)), act);
    area = rect_centre(area, area.w, text_height(p, area.w, &style_title, title));
    flow_text(p, &area, &style_title, 0, title);
}

void screen_take(struct painter *p, const struct view *view) {
    static const struct way ways[THINGS] = {
        {DRAWING_chipcard, ACT_INSERT_CARD, "take.card", "take.card.text"},
        {DRAWING_idcard, ACT_LAY_IDCARD, "take.id_card", "take.id_card.text"},
        {DRAWING_receipt, ACT_TAKE_RECEIPT, "take.receipt", "take.receipt.text"},
    };
    const bool left[THINGS] = {view->of.take.card, view->of.take.id_card, view->of.take.receipt};
    struct places places = chrome_draw(p, view, DOCK_ACTION);
    enum act act = ACT_NONE;
    struct way here[THINGS];
    int count = 0;
    for (int i = 0; i < THINGS; i++)
        if (left[i]) {
            act = count == 0 ? ways[i].act : ACT_NONE;
            here[count++] = ways[i];
        }
    draw_take_stage(p, &places, act);
    struct rect used = places.stage;
    if (!places.wide)
        rect_cut_top(&used, used.h, 0);
    ways_draw(p, board_below(p, &places, &used), here, count);
    struct action done = {{TOUCH_NEXT, 0}, say(p, "take.done"), ICON_NONE, false};
    dock_actions(p, &places, &done, NULL);
}
