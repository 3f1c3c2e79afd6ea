/* What to take along: one card for each thing that is still in the machine. */
#include "ui/screens/screens.h"

void screen_take(struct painter *p, const struct view *view) {
    struct places places = chrome_draw(p, view, say(p, "title.take"));
    const struct way things[] = {
        {view->of.take.card, true, ICON_bankcard, "take.card", "take.card.text"},
        {view->of.take.id_card, true, ICON_idcard, "take.id_card", "take.id_card.text"},
        {view->of.take.receipt, true, ICON_printer, "take.receipt", "take.receipt.text"},
    };
    int count = 0, drawn = 0, gap = mm(p, GAP_MM);
    for (int i = 0; i < 3; i++)
        count += things[i].here;
    struct rect area = places.whole;
    area.h = places.controls.y + places.controls.h - area.y;
    area = rect_rows(area, count > 0 ? count : 1, mm(p, places.wide ? 60 : 100), gap);
    for (int i = 0; i < 3; i++)
        if (things[i].here)
            way_draw(p, rect_cell(area, 1, count, gap, drawn++), &things[i]);
    primary_draw(p, &places, (struct touch){TOUCH_NEXT, 0}, say(p, "take.done"), false);
}
