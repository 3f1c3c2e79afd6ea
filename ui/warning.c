/* The idle warning: a sheet over the screen with the seconds that are left. */
#include "ui/chrome.h"

#include <stdio.h>

static void draw_warning_buttons(struct painter *p, const struct view *view, struct rect *sheet) {
    struct button leave = {
        {TOUCH_HOME, 0}, say(p, "warning.leave"), ICON_NONE, LOOK_SECONDARY, T2, false, false};
    struct button extend = {
        {TOUCH_EXTEND, 0}, say(p, "warning.extend"), ICON_NONE, LOOK_PRIMARY, T4, false, false};
    int gap = mm(p, 6);
    rect_cut_bottom(sheet, mm(p, p->small ? 6 : 10), 0);
    if (p->wide) {
        struct rect row = rect_cut_bottom(sheet, mm(p, p->elder ? 34 : 30), mm(p, 5));
        if (view->can_home)
            button_draw(p, rect_cut_left(&row, row.w / 3, mm(p, GAP_MM)), &leave);
        button_draw(p, row, &extend);
        return;
    }
    if (view->can_home)
        button_draw(p, rect_cut_bottom(sheet, mm(p, p->elder ? 34 : 26), gap), &leave);
    button_draw(p, rect_cut_bottom(sheet, mm(p, 46), gap), &extend);
}

void chrome_warning(struct painter *p, const struct view *view) {
    frame_clear(p->frame);
    canvas_veil(&p->canvas, 0x14202b, 150);
    struct rect sheet = {0, 0, p->canvas.width, p->canvas.height};
    int top = sheet.h * 38 / 100;
    if (p->wide || top < p->reach)
        top = p->wide ? sheet.h / 6 : p->reach;
    rect_cut_top(&sheet, top, 0);
    canvas_fill(&p->canvas, sheet, colour_of(p, COLOUR_PAPER));
    if (view->mode.dark)
        hairline_draw(p, 0, sheet.y, sheet.w);
    sheet = rect_inset(sheet, mm(p, MARGIN_MM), 0);
    draw_warning_buttons(p, view, &sheet);
    char seconds[12], words[256];
    snprintf(seconds, sizeof seconds, "%d", view->warning_left_s);
    strings_fill(words, sizeof words, say(p, "warning.text"), seconds, "");
    struct text_style title = styled(style_title, ALIGN_CENTRE, COLOUR_INK);
    struct text_style text = styled(style_body, ALIGN_CENTRE, COLOUR_INK);
    title.size = p->small ? T4 : T5;
    int gap = mm(p, 5), ring = mm(p, p->small ? 40 : 72);
    int height = gap + text_height(p, sheet.w, &title, say(p, "warning.title")) + gap +
                 text_height(p, sheet.w, &text, words);
    if (ring > sheet.h - height - gap)
        ring = sheet.h - height - gap;
    sheet = rect_centre(sheet, sheet.w, ring + height);
    countdown_draw(p, rect_cut_top(&sheet, ring, gap), view->warning_left_s,
                   view->warning_left_s > 20 ? view->warning_left_s : 20);
    flow_text(p, &sheet, &title, gap, say(p, "warning.title"));
    flow_text(p, &sheet, &text, 0, words);
}
