/* A number or code by keys: digits, and letters where a card has them. */
#include <string.h>

#include "ui/screens/screens.h"

static const char digits[] = {'1', '2', '3',       '4', '5',        '6', '7',
                              '8', '9', KEY_CLEAR, '0', KEY_DELETE, 0};
static const char id_digits[] = {'1', '2', '3', '4', '5',        '6', '7',
                                 '8', '9', 'X', '0', KEY_DELETE, 0};
static const char letters[] = {'1', '2', '3', '4', '5', '6', '7',       '8',        '9', '0', 'Q',
                               'W', 'E', 'R', 'T', 'Y', 'U', 'I',       'O',        'P', 'A', 'S',
                               'D', 'F', 'G', 'H', 'J', 'K', 'L',       KEY_DELETE, 'Z', 'X', 'C',
                               'V', 'B', 'N', 'M', ' ', ' ', KEY_CLEAR, 0};

static void draw_typed(struct painter *p, const struct view *view, struct rect rect) {
    canvas_card(&p->canvas, rect, mm(p, RADIUS_MM), mm(p, 0.8f), COLOUR_CARD, COLOUR_ACCENT);
    char shown[256] = "";
    for (const char *c = view->of.keypad.typed; *c && strlen(shown) + 4 < sizeof shown; c++)
        strcat(shown, view->of.keypad.masked ? "●" : (char[]){*c, '\0'});
    struct text_style style =
        one_line(styled(rect.h < mm(p, 20) ? style_label : style_title, ALIGN_CENTRE, COLOUR_INK));
    struct rect inside = rect_inset(rect, mm(p, 4), 0);
    if (shown[0]) {
        text_draw(p, inside, &style, shown);
        return;
    }
    style = one_line(styled(style_body, ALIGN_CENTRE, COLOUR_QUIET));
    text_draw(p, inside, &style, say(p, "keypad.empty"));
}

/* A wide panel has the field above or beside the keys; a tall one lays it upon them. */
static void draw_field(struct painter *p, const struct view *view, const struct places *places,
                       struct rect *keys) {
    bool says = view->screen == SCREEN_KEYPAD;
    const char *hint = say(p, view->of.keypad.letters ? "keypad.hint.letters" : "keypad.hint");
    struct rect info = places->info;
    if (!places->wide) {
        draw_typed(p, view, rect_cut_top(keys, mm(p, 26), mm(p, 6)));
        if (says)
            stage_draw(p, places, ICON_keypad, hint);
        return;
    }
    int field = mm(p, 24) < info.h ? mm(p, 24) : info.h;
    draw_typed(p, view, rect_cut_top(&info, field, mm(p, 4)));
    if (info.h > mm(p, 12) && says)
        flow_text(p, &info, &style_small, 0, hint);
}

void screen_keypad(struct painter *p, const struct view *view) {
    struct places places = chrome_draw(p, view, say(p, view->of.keypad.title_key));
    bool all = view->of.keypad.letters;
    struct rect keys = places.controls;
    if (places.wide && all) {
        places.info.h = places.reach - mm(p, GAP_MM) - places.info.y;
        keys.x = places.whole.x;
        keys.w = places.whole.w;
    }
    draw_field(p, view, &places, &keys);
    keys = rect_rows(keys, 4, mm(p, all ? 46 : 52), mm(p, GAP_MM));
    keys_draw(p, keys, all ? 10 : 3, 4, all ? letters : view->of.keypad.x ? id_digits : digits);
    int length = (int)strlen(view->of.keypad.typed);
    bool ready = length >= view->of.keypad.length_min && length <= view->of.keypad.length_max;
    primary_draw(p, &places, (struct touch){TOUCH_NEXT, 0}, say(p, "keypad.next"), !ready);
}
