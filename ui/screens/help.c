/* Help for the screen one came from; and what is said when nothing can be done here. */
#include <stdio.h>

#include "ui/screens/screens.h"

/* Who helps, on a tint: before everything else. */
static void flow_phone(struct painter *p, const struct view *view, const struct places *places,
                       struct rect *area) {
    char words[200];
    if (!view->phone[0])
        return;
    struct text_style style = styled(style_label, ALIGN_LEFT, COLOUR_INK);
    strings_fill(words, sizeof words, say(p, "help.phone"), view->phone, "");
    int pad = mm(p, p->small ? 2 : 5);
    struct rect box = rect_cut_top(area, icon_text_height(p, area->w, &style, words) + 2 * pad,
                                   mm(p, p->small ? 2 : 6));
    band_draw(p, (struct rect){0, box.y, p->canvas.width, box.h}, COLOUR_TINT);
    (void)places;
    box = rect_inset(box, 0, pad);
    flow_icon_text(p, &box, ICON_phone, COLOUR_ACCENT, &style, 0, words);
}

void screen_help(struct painter *p, const struct view *view) {
    char key[48];
    struct places places = chrome_draw(p, view, DOCK_ACTION);
    struct rect area = places.whole;
    snprintf(key, sizeof key, "help.%s",
             view->of.help.card ? "pay_card" : screen_name(view->of.help.about));
    flow_title(p, &area, say(p, "title.help"));
    flow_phone(p, view, &places, &area);
    struct text_style text = styled(style_body, ALIGN_LEFT, COLOUR_INK);
    if (text_height(p, area.w, &text, say(p, key)) > area.h)
        text.size = T1;
    text_draw(p, area, &text, say(p, key));
    struct action back = {{TOUCH_BACK, 0}, say(p, "help.back"), ICON_back, false};
    dock_actions(p, &places, &back, NULL);
}

void screen_out_of_service(struct painter *p, const struct view *view) {
    char code[96] = "";
    struct places places = chrome_draw(p, view, DOCK_PLAIN);
    struct rect area = places.whole;
    const char *reason = say_if(p, view->of.out_of_service.reason_key);
    struct text_style head = style_title, text = styled(style_body, ALIGN_LEFT, COLOUR_INK);
    int badge = mm(p, p->small ? 26 : 39), gap = mm(p, 7), pad = mm(p, 6);
    int width = area.w - badge - gap;
    int used = text_height(p, width, &head, say(p, "title.out_of_service")) +
               text_height(p, width, &text, reason);
    struct rect box = rect_cut_top(&area, (used > badge ? used : badge) + 2 * pad, mm(p, 8));
    band_draw(p, (struct rect){0, box.y, p->canvas.width, box.h}, COLOUR_CALM_TINT);
    box = rect_inset(box, 0, pad);
    struct rect disk = rect_cut_left(&box, badge, gap);
    badge_draw(p, rect_centre(disk, badge, badge), ICON_tools, COLOUR_ON_TONE, COLOUR_CALM);
    box = rect_centre(box, box.w, used);
    flow_text(p, &box, &head, 0, say(p, "title.out_of_service"));
    flow_text(p, &box, &text, 0, reason);
    struct text_style bold = style_label;
    flow_icon_text(p, &area, ICON_lock, COLOUR_GOOD, &bold, mm(p, 6),
                   say(p, "out_of_service.safe"));
    flow_icon_text(p, &area, ICON_desk, COLOUR_ACCENT, &bold, mm(p, 6),
                   say(p, "out_of_service.text"));
    if (view->phone[0]) {
        char words[200];
        struct text_style style = styled(style_body, ALIGN_LEFT, COLOUR_INK);
        flow_icon_text(p, &area, ICON_phone, COLOUR_ACCENT, &style, mm(p, 6),
                       strings_fill(words, sizeof words, say(p, "welcome.phone"), view->phone, ""));
    }
    if (view->of.out_of_service.code[0]) {
        strings_fill(code, sizeof code, say(p, "out_of_service.code"), view->of.out_of_service.code,
                     view->terminal_no);
        rect_cut_bottom(&area, mm(p, 4), 0);
        int height = text_height(p, area.w, &style_small, code);
        text_draw(p, rect_cut_bottom(&area, height, 0), &style_small, code);
    }
}
