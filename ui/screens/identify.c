/* Who is here: by what they carry, or by keys. */
#include "ui/lamp.h"
#include "ui/screens/screens.h"

void way_draw(struct painter *p, struct rect rect, const struct way *way) {
    card_draw(p, rect);
    bool tall = rect.h > mm(p, 56);
    struct rect inside = rect_inset(rect, mm(p, tall ? 9 : 5), mm(p, 2));
    int most = mm(p, tall ? 42 : 24), badge = inside.h < most ? inside.h : most;
    struct rect picture = rect_cut_left(&inside, badge, mm(p, tall ? 8 : 5));
    if (way->still)
        badge_draw(p, picture, way->icon, COLOUR_ACCENT, COLOUR_ACCENT_TINT);
    else
        lamp_add(p, picture, way->icon);
    struct text_style head = tall ? style_title : style_label, text = style_small;
    text.em_mm = tall ? TEXT_LABEL : TEXT_SMALL;
    int height = text_height(p, inside.w, &head, say(p, way->title_key));
    int rest = text_height(p, inside.w, &text, say(p, way->text_key));
    if (height + rest > inside.h)
        rest = 0;
    inside = rect_centre(inside, inside.w, height + rest);
    flow_text(p, &inside, &head, 0, say(p, way->title_key));
    if (rest > 0)
        flow_text(p, &inside, &text, 0, say(p, way->text_key));
}

void screen_identify(struct painter *p, const struct view *view) {
    struct places places = chrome_draw(p, view, say(p, "title.identify"));
    const struct way ways[] = {
        {view->of.identify.scanner, false, ICON_scan, "identify.scan", "identify.scan.text"},
        {view->of.identify.scanner, false, ICON_wristband, "identify.wristband",
         "identify.wristband.text"},
        {view->of.identify.id_reader, false, ICON_idcard, "identify.idcard",
         "identify.idcard.text"},
        {view->of.identify.card_reader, false, ICON_bankcard, "identify.card",
         "identify.card.text"},
    };
    int count = 0, drawn = 0;
    for (int i = 0; i < 4; i++)
        count += ways[i].here;
    struct rect area = places.controls;
    int gap = mm(p, GAP_MM), most = mm(p, places.wide ? 52 : count > 2 ? 76 : 100);
    area = rect_rows(area, count > 0 ? count : 1, most, gap);
    for (int i = 0; i < 4; i++)
        if (ways[i].here)
            way_draw(p, rect_cell(area, 1, count, gap, drawn++), &ways[i]);
    if (count == 0)
        way_draw(p, area,
                 &(struct way){true, true, ICON_keypad, "identify.keypad", "identify.keypad.text"});
    lamps_show(p);
    stage_draw(p, &places, count > 0 ? ICON_idcard : ICON_keypad,
               say(p, count > 0 ? "identify.hint" : "identify.hint.keypad"));
    primary_draw(p, &places, (struct touch){TOUCH_NEXT, 0}, say(p, "identify.next"), false);
}
