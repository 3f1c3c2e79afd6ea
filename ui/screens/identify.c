/* Who is here: by what they carry, or by keys. Ways are read, not touched: each shows where on this
 * machine its thing goes. */
#include <stdio.h>

#include "ui/screens/screens.h"

#define WAYS 4
#define ROW_MAX_MM 62.0f
#define OBJECT_MM 46.0f
#define MAP_MM 58.0f

struct way {
    bool here;
    enum drawing object, map, kiosk;
    const char *title_key, *text_key;
};

static void draw_way(struct painter *p, struct rect rect, const struct way *way, bool last) {
    int object = mm(p, p->small ? 36 : OBJECT_MM), map = mm(p, p->small ? 44 : MAP_MM);
    if (!last)
        hairline_draw(p, rect.x, rect.y + rect.h, rect.w);
    struct rect inside = rect_inset(rect, mm(p, 3), mm(p, 2));
    drawing_draw(p, rect_cut_left(&inside, object, mm(p, 5)), way->object);
    if (inside.w > map + mm(p, p->elder ? 120 : 70))
        drawing_draw(p, rect_cut_right(&inside, map, mm(p, 4)), way->map);
    struct text_style head = style_head, text = style_small;
    head.size = text_size_for(p, inside.w, &head, say(p, way->title_key));
    if (head.size < T2)
        head.size = T2;
    int head_h = text_height(p, inside.w, &head, say(p, way->title_key));
    int text_h = text_height(p, inside.w, &text, say(p, way->text_key));
    if (head_h + text_h > inside.h)
        text_h = 0;
    inside = rect_centre(inside, inside.w, head_h + text_h);
    flow_text(p, &inside, &head, 0, say(p, way->title_key));
    if (text_h > 0)
        text_draw(p, inside, &text, say(p, way->text_key));
}

/* For what, and what to do: beside the machine, or above and below it on a wide panel. */
static void draw_stage(struct painter *p, const struct view *view, const struct places *places,
                       enum drawing drawing) {
    char service[48];
    struct text_style text = styled(style_body, ALIGN_LEFT, COLOUR_INK);
    const char *hint = say(p, drawing == DRAWING_kiosk ? "identify.hint.keypad" : "identify.hint");
    struct rect area = places->stage, bleed = places->bleed;
    snprintf(service, sizeof service, "service.%s", service_name(view->of.identify.service));
    if (!places->wide)
        bleed.h = area.h;
    band_draw(p, bleed, COLOUR_TINT);
    area = rect_inset(area, 0, mm(p, 5));
    if (places->wide) {
        flow_text(p, &area, &style_title, mm(p, 1), say(p, "title.identify"));
        flow_text(p, &area, &text, mm(p, 2), say(p, service));
        int hint_h = text_height(p, area.w, &text, hint);
        text_draw(p, rect_cut_bottom(&area, hint_h, mm(p, 2)), &text, hint);
        if (area.h > mm(p, 20))
            drawing_draw(p, area, drawing);
        return;
    }
    drawing_draw(p, rect_cut_left(&area, area.w * 46 / 100, mm(p, 6)), drawing);
    int gap = mm(p, LINE_GAP_MM);
    area = rect_centre(area, area.w,
                       text_height(p, area.w, &text, say(p, service)) + gap +
                           text_height(p, area.w, &style_title, say(p, "title.identify")) + gap +
                           text_height(p, area.w, &text, hint));
    flow_text(p, &area, &text, gap, say(p, service));
    flow_text(p, &area, &style_title, gap, say(p, "title.identify"));
    flow_text(p, &area, &text, 0, hint);
}

void screen_identify(struct painter *p, const struct view *view) {
    bool scanner = view->of.identify.scanner;
    const struct way ways[WAYS] = {
        {scanner, DRAWING_card, DRAWING_map_scanner, DRAWING_kiosk_scan_card, "identify.scan",
         "identify.scan.text"},
        {scanner, DRAWING_wristband, DRAWING_map_scanner, DRAWING_kiosk_scan_wristband,
         "identify.wristband", "identify.wristband.text"},
        {view->of.identify.id_reader, DRAWING_idcard, DRAWING_map_idpad, DRAWING_kiosk_lay_idcard,
         "identify.idcard", "identify.idcard.text"},
        {view->of.identify.card_reader, DRAWING_chipcard, DRAWING_map_slot,
         DRAWING_kiosk_insert_card, "identify.card", "identify.card.text"},
    };
    struct places places = chrome_draw(p, view, DOCK_ACTION);
    int count = 0, drawn = 0;
    enum drawing drawing = DRAWING_kiosk;
    for (int i = WAYS - 1; i >= 0; i--)
        if (ways[i].here) {
            count++;
            drawing = ways[i].kiosk;
        }
    draw_stage(p, view, &places, drawing);
    struct rect used = places.stage;
    if (!places.wide)
        rect_cut_top(&used, used.h, 0);
    struct rect board = board_below(p, &places, &used);
    board_notice(p, view, &places, &board);
    if (board.h > count * mm(p, ROW_MAX_MM))
        board.h = count * mm(p, ROW_MAX_MM);
    for (int i = 0; i < WAYS; i++)
        if (ways[i].here) {
            draw_way(p, rect_cell(board, 1, count, 0, drawn), &ways[i], drawn == count - 1);
            drawn++;
        }
    struct action type = {{TOUCH_NEXT, 0}, say(p, "identify.next"), ICON_keypad, false};
    dock_actions(p, &places, count == 0 ? &type : NULL, count == 0 ? NULL : &type);
}
