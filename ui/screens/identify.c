/* Who is here: by what they carry, or by keys. */
#include <stdio.h>

#include "ui/screens/screens.h"

#define WAYS 4
/* A way to say who one is. */
struct identify_way {
    struct way way;
    bool here;
};

/* For what, and what to do: beside the machine, or above and below it on a wide panel. */
static void draw_stage(struct painter *p, const struct view *view, const struct places *places,
                       enum act act) {
    char service[48];
    struct text_style text = styled(style_body, ALIGN_LEFT, COLOUR_INK);
    const char *hint = say(p, act == ACT_NONE ? "identify.hint.keypad" : "identify.hint");
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
            machine_draw(p, area, act);
        return;
    }
    machine_draw(p, rect_cut_left(&area, area.w * 46 / 100, mm(p, 6)), act);
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
    const struct identify_way all[WAYS] = {
        {{DRAWING_card, ACT_SCAN_CARD, "identify.scan", "identify.scan.text"}, scanner},
        {{DRAWING_wristband, ACT_SCAN_WRISTBAND, "identify.wristband", "identify.wristband.text"},
         scanner},
        {{DRAWING_idcard, ACT_LAY_IDCARD, "identify.idcard", "identify.idcard.text"},
         view->of.identify.id_reader},
        {{DRAWING_chipcard, ACT_INSERT_CARD, "identify.card", "identify.card.text"},
         view->of.identify.card_reader},
    };
    struct places places = chrome_draw(p, view, DOCK_ACTION);
    struct way here[WAYS];
    int count = 0;
    enum act act = ACT_NONE;
    for (int i = 0; i < WAYS; i++)
        if (all[i].here) {
            act = count == 0 ? all[i].way.act : act;
            here[count++] = all[i].way;
        }
    draw_stage(p, view, &places, act);
    struct rect used = places.stage;
    if (!places.wide)
        rect_cut_top(&used, used.h, 0);
    struct rect board = board_below(p, &places, &used);
    board_notice(p, view, &places, &board);
    ways_draw(p, board, here, count);
    struct action type = {{TOUCH_NEXT, 0}, say(p, "identify.next"), ICON_keypad, false};
    dock_actions(p, &places, count == 0 ? &type : NULL, count == 0 ? NULL : &type);
}
