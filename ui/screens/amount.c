/* How much of a deposit: one touch for the usual sums, keys for any other. */
#include <string.h>

#include "ui/screens/screens.h"

static const char keys[] = {'1', '2', '3', '4', '5', '6', '7', '8', '9', '.', '0', KEY_DELETE, 0};

static void draw_amount(struct painter *p, const struct view *view, struct rect rect) {
    canvas_card(&p->canvas, rect, mm(p, RADIUS_MM), mm(p, 0.8f), COLOUR_CARD, COLOUR_ACCENT);
    struct rect inside = rect_inset(rect, mm(p, 5), mm(p, 2));
    struct text_style unit = one_line(styled(style_title, ALIGN_LEFT, COLOUR_INK));
    struct text_style sum = styled(style_amount, ALIGN_RIGHT, COLOUR_INK);
    text_draw(p, rect_cut_left(&inside, mm(p, 14), 0), &unit, "¥");
    text_draw(p, inside, &sum, view->of.amount.typed[0] ? view->of.amount.typed : "0");
}

/* Whole yuan: the usual sums have no cents to show. */
static char *preset_text(int64_t fen, char out[AMOUNT_TEXT_SIZE]) {
    amount_text(fen, out);
    char *cents = strstr(out, ".00");
    if (cents)
        *cents = '\0';
    return out;
}

static void draw_presets(struct painter *p, const struct view *view, struct rect area,
                         int columns) {
    int count = view->of.amount.preset_count, rows = (6 + columns - 1) / columns;
    if (count == 1) { /* as wide as it may have to be */
        columns = rows = 1;
        area.h = mm(p, BAR_MM) < area.h ? mm(p, BAR_MM) : area.h;
    }
    for (int i = 0; i < count && i < 6; i++) {
        char label[AMOUNT_TEXT_SIZE];
        int64_t fen = view->of.amount.presets_fen[i];
        struct button button = {{TOUCH_AMOUNT, i + 1},
                                preset_text(fen, label),
                                ICON_NONE,
                                fen == view->of.amount.amount_fen ? LOOK_SOFT : LOOK_PLAIN,
                                fen > view->of.amount.cap_fen && view->of.amount.cap_fen > 0};
        button_draw(p, rect_cell(area, columns, rows, mm(p, GAP_MM), i), &button);
    }
}

void screen_amount(struct painter *p, const struct view *view) {
    struct places places = chrome_draw(p, view, say(p, view->of.amount.title_key));
    struct rect info = places.info, area = places.controls;
    if (info.h >= mm(p, 74))
        account_draw(p, rect_cut_top(&info, mm(p, info.h > mm(p, 86) ? 42 : 30), mm(p, 4)),
                     &view->of.amount.account);
    draw_amount(p, view, rect_cut_top(&info, mm(p, 30) < info.h ? mm(p, 30) : info.h, mm(p, 2)));
    char cap[AMOUNT_TEXT_SIZE], words[160];
    if (view->of.amount.cap_fen > 0 && info.h >= mm(p, 10))
        flow_text(p, &info, &style_small, 0,
                  strings_fill(words, sizeof words, say(p, view->of.amount.cap_key),
                               amount_text(view->of.amount.cap_fen, cap), ""));
    if (view->of.amount.preset_count > 0) {
        if (places.wide)
            draw_presets(p, view, rect_cut_left(&area, area.w * 48 / 100, mm(p, 5)), 2);
        else
            draw_presets(p, view, rect_cut_top(&area, mm(p, 50), mm(p, 6)), 3);
    }
    if (area.h > 4 * mm(p, 42))
        area.h = 4 * mm(p, 42);
    keys_draw(p, area, 3, 4, keys);
    primary_draw(p, &places, (struct touch){TOUCH_NEXT, 0}, say(p, "amount.next"),
                 view->of.amount.amount_fen <= 0);
}
