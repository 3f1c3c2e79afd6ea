/* Help for the screen one came from; and what is said when nothing can be done here. */
#include <stdio.h>

#include "ui/screens/screens.h"

void screen_help(struct painter *p, const struct view *view) {
    char key[48], words[160];
    struct places places = chrome_draw(p, view, say(p, "title.help"));
    struct rect card = places.whole;
    card.h = places.controls.y + places.controls.h - card.y;
    snprintf(key, sizeof key, "help.%s",
             view->of.help.card ? "pay_card" : screen_name(view->of.help.about));
    card_draw(p, card);
    struct rect inside = rect_inset(card, mm(p, 10), mm(p, places.wide ? 5 : 9));
    if (view->of.help.phone[0]) {
        struct rect row = rect_cut_bottom(&inside, mm(p, 22), mm(p, 3));
        struct text_style phone = style_label;
        phone.middle = true;
        icon_draw(p, rect_cut_left(&row, mm(p, 12), mm(p, 5)), ICON_phone, COLOUR_ACCENT);
        text_draw(p, row, &phone,
                  strings_fill(words, sizeof words, say(p, "help.phone"), view->of.help.phone, ""));
    }
    struct text_style text = style_label;
    text.weight = WEIGHT_REGULAR;
    text.shrink = false;
    text.em_mm = text_fit(p, inside, &text, TEXT_TITLE, say(p, key));
    text_draw(p, inside, &text, say(p, key));
    primary_draw(p, &places, (struct touch){TOUCH_BACK, 0}, say(p, "help.back"), false);
}

static void draw_message(struct painter *p, struct rect area, enum icon icon, const char *title,
                         const char *words, const char *small) {
    struct text_style head = styled(style_title, ALIGN_CENTRE, COLOUR_INK);
    struct text_style text = styled(style_body, ALIGN_CENTRE, COLOUR_QUIET);
    text.em_mm = area.h > mm(p, 230) ? TEXT_HEAD : TEXT_BODY;
    struct text_style note = styled(style_small, ALIGN_CENTRE, COLOUR_QUIET);
    int badge = area.h / 4 < mm(p, 60) ? area.h / 4 : mm(p, 60), gap = mm(p, 5);
    int height = badge + text_height(p, area.w, &head, title) +
                 text_height(p, area.w, &text, words) + text_height(p, area.w, &note, small) +
                 3 * gap;
    if (height < area.h)
        area = rect_centre(area, area.w, height);
    badge_draw(p, rect_cut_top(&area, badge, gap), icon, COLOUR_ACCENT, COLOUR_ACCENT_TINT);
    flow_text(p, &area, &head, gap, title);
    flow_text(p, &area, &text, gap, words);
    flow_text(p, &area, &note, 0, small);
}

void screen_out_of_service(struct painter *p, const struct view *view) {
    char code[96] = "", words[512];
    struct places places = chrome_draw(p, view, "");
    const char *reason = view->of.out_of_service.reason_key;
    if (view->of.out_of_service.code[0])
        strings_fill(code, sizeof code, say(p, "out_of_service.code"), view->of.out_of_service.code,
                     view->terminal_no);
    snprintf(words, sizeof words, "%s%s%s", reason[0] ? say(p, reason) : "", reason[0] ? "\n" : "",
             say(p, "out_of_service.text"));
    draw_message(p, places.whole, ICON_tools, say(p, "title.out_of_service"), words, code);
}
