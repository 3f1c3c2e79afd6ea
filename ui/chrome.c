#include "ui/chrome.h"

#include <stdio.h>
#include <string.h>

#define STEPS 4
#define ROOMY_MM 230 /* a wide panel this high needs not count its millimetres */

static void draw_header(struct painter *p, const struct view *view, struct rect row) {
    struct text_style name = one_line(style_label), clock = one_line(style_small);
    name.em_mm = TEXT_BODY;
    clock.align = ALIGN_RIGHT;
    int width = text_width(p, &clock, view->clock);
    text_draw(p, rect_cut_right(&row, width, mm(p, 6)), &clock, view->clock);
    text_draw(p, row, &name, view->hospital_name);
    if (view->can_staff)
        frame_add_touch(p->frame, (struct touch){TOUCH_STAFF, 0}, row);
}

static void draw_step(struct painter *p, struct rect cell, int step, int current) {
    char key[20], digit[12];
    snprintf(key, sizeof key, "step.%d", step);
    snprintf(digit, sizeof digit, "%d", step);
    bool done = step < current, here = step == current;
    struct rect disk = rect_cut_left(&cell, cell.h, mm(p, 2.5f));
    canvas_card(&p->canvas, disk, disk.h / 2, mm(p, 0.5f),
                here   ? COLOUR_ACCENT
                : done ? COLOUR_ACCENT_TINT
                       : COLOUR_CARD,
                here || done ? COLOUR_ACCENT : COLOUR_LINE);
    struct text_style number =
        one_line(styled(style_label, ALIGN_CENTRE, here ? COLOUR_ON_ACCENT : COLOUR_QUIET));
    number.em_mm = TEXT_SMALL;
    if (done)
        icon_draw(p, rect_inset(disk, disk.w / 4, disk.h / 4), ICON_check, COLOUR_ACCENT);
    else
        text_draw(p, disk, &number, digit);
    struct text_style label =
        one_line(styled(style_small, ALIGN_LEFT, here ? COLOUR_ACCENT : COLOUR_QUIET));
    label.weight = here ? WEIGHT_BOLD : WEIGHT_REGULAR;
    int width = text_width(p, &label, say(p, key)), gap = mm(p, 3);
    text_draw(p, cell, &label, say(p, key));
    if (step < STEPS && width + 2 * gap < cell.w)
        canvas_fill(&p->canvas,
                    (struct rect){cell.x + width + gap, cell.y + cell.h / 2,
                                  cell.w - width - 2 * gap, mm(p, 0.5f)},
                    done ? COLOUR_ACCENT : COLOUR_LINE);
}

static void draw_steps(struct painter *p, struct rect row, int current) {
    for (int step = 1; step <= STEPS; step++)
        draw_step(p, rect_cell(row, STEPS, 1, 0, step - 1), step, current);
}

static void draw_bar(struct painter *p, const struct view *view, struct rect row) {
    const struct {
        bool shown;
        struct button button;
    } buttons[] = {
        {view->can_back, {{TOUCH_BACK, 0}, say(p, "nav.back"), ICON_back, LOOK_PLAIN, false}},
        {view->can_home, {{TOUCH_HOME, 0}, say(p, "nav.home"), ICON_home, LOOK_PLAIN, false}},
        {view->can_help, {{TOUCH_HELP, 0}, say(p, "nav.help"), ICON_help, LOOK_PLAIN, false}},
        {true, {{TOUCH_LANG, 0}, say(p, "nav.lang"), ICON_lang, LOOK_PLAIN, false}},
    };
    for (int i = 0; i < 4; i++)
        if (buttons[i].shown)
            button_draw(p, rect_cell(row, 4, 1, mm(p, GAP_MM), i), &buttons[i].button);
}

static int draw_notice(struct painter *p, const struct view *view, struct rect area) {
    if (!view->notice_key[0])
        return 0;
    char text[1024];
    const char *sentence = say(p, view->notice_key);
    if (view->notice_code[0])
        strings_fill(text, sizeof text, say(p, "notice.code"), sentence, view->notice_code);
    else
        snprintf(text, sizeof text, "%s", sentence);
    return banner_draw(p, area, ICON_warn, COLOUR_WARN, COLOUR_WARN_TINT, text);
}

static struct places place_tall(struct painter *p, const struct view *view, struct rect body,
                                const char *title) {
    struct places places = {.wide = false, .reach = p->canvas.height / 3 + 1};
    int gap = mm(p, GAP_MM + 1);
    draw_bar(p, view, rect_cut_bottom(&body, mm(p, BAR_MM), gap));
    struct text_style style = style_title;
    style.em_mm = TEXT_TITLE + 2;
    flow_text(p, &body, &style, mm(p, 3), title);
    int notice = draw_notice(p, view, body);
    if (notice > 0)
        rect_cut_top(&body, notice, gap);
    places.whole = body;
    places.info = body;
    places.info.h = places.reach - gap - body.y;
    places.controls = body;
    places.controls.y = body.y > places.reach ? body.y : places.reach;
    places.controls.h = body.y + body.h - places.controls.y;
    places.primary = rect_cut_bottom(&places.controls, mm(p, BAR_MM + 2), gap);
    return places;
}

static struct places place_wide(struct painter *p, const struct view *view, struct rect body,
                                const char *title) {
    struct places places = {.wide = true, .reach = p->canvas.height / 3 + 1};
    bool roomy = p->canvas.height > mm(p, ROOMY_MM);
    int gap = mm(p, roomy ? GAP_MM : 2), left = body.w * 39 / 100;
    struct rect bar = rect_cut_bottom(&body, mm(p, roomy ? BAR_MM : TARGET_MM), gap);
    places.primary = rect_cut_right(&bar, body.w * 43 / 100, mm(p, 5));
    draw_bar(p, view, bar);
    bool notice = view->notice_key[0] != '\0';
    struct rect top = body;
    top.h = places.reach - gap - body.y;
    if (notice) {
        struct rect right = rect_cut_right(&top, body.w - left - mm(p, 6), mm(p, 6));
        draw_notice(p, view, right);
    }
    struct text_style style = style_title;
    style.em_mm = roomy ? TEXT_TITLE + 1 : TEXT_HEAD + 1;
    int used = text_draw(p, top, &style, title);
    rect_cut_top(&body, used, title[0] ? mm(p, 1) : 0);
    places.whole = places.info = places.controls = body;
    places.info.w = left;
    places.controls.x = body.x + left + mm(p, 6);
    places.controls.w = body.w - left - mm(p, 6);
    places.controls.y = places.reach;
    places.controls.h = body.y + body.h - places.reach;
    return places;
}

struct places chrome_draw(struct painter *p, const struct view *view, const char *title) {
    struct rect all = {0, 0, p->canvas.width, p->canvas.height};
    bool wide = all.w > all.h;
    canvas_fill(&p->canvas, all, COLOUR_PAPER);
    canvas_fill(&p->canvas, (struct rect){0, 0, all.w, mm(p, 2)}, COLOUR_ACCENT);
    bool roomy = all.h > mm(p, ROOMY_MM);
    struct rect body = rect_inset(all, mm(p, MARGIN_MM), mm(p, roomy ? MARGIN_MM : 5));
    int gap = mm(p, roomy ? 6 : 2);
    draw_header(p, view, rect_cut_top(&body, mm(p, roomy ? 13 : 10), gap));
    if (view->step > 0)
        draw_steps(p, rect_cut_top(&body, mm(p, 11), gap), view->step);
    return wide ? place_wide(p, view, body, title) : place_tall(p, view, body, title);
}

void hint_draw(struct painter *p, const struct places *places, struct rect *area,
               const char *words) {
    struct text_style style = styled(style_body, ALIGN_LEFT, COLOUR_QUIET);
    style.em_mm = places->wide ? TEXT_BODY : TEXT_LABEL;
    flow_text(p, area, &style, mm(p, 3), words);
}

void stage_draw(struct painter *p, const struct places *places, enum icon icon, const char *words) {
    struct rect box = places->info;
    int pad = mm(p, places->wide ? 6 : 8), badge = mm(p, places->wide ? 34 : 44);
    if (box.h < mm(p, 40)) { /* a notice took the room */
        hint_draw(p, places, &box, words);
        return;
    }
    canvas_round(&p->canvas, box, mm(p, RADIUS_MM + 2), COLOUR_ACCENT_TINT);
    struct rect inside = rect_inset(box, pad, mm(p, 3));
    struct text_style text = styled(style_head, ALIGN_LEFT, COLOUR_INK);
    text.shrink = false;
    text.middle = !places->wide;
    if (badge > inside.h)
        badge = inside.h;
    if (places->wide) {
        float most_mm = inside.w > mm(p, 150) ? TEXT_HEAD + 2 : TEXT_LABEL + 1;
        text.em_mm = text_fit(p, inside, &text, most_mm, words);
        int height = text_height(p, inside.w, &text, words), gap = mm(p, 5);
        if (badge + gap + height > inside.h)
            badge = inside.h - gap - height;
        inside = rect_centre(inside, inside.w, badge + gap + height);
        if (badge >= mm(p, 16))
            badge_draw(p, rect_cut_top(&inside, badge, gap), icon, COLOUR_ACCENT, COLOUR_CARD);
        text.align = ALIGN_CENTRE;
    } else {
        badge_draw(p, rect_cut_left(&inside, badge, pad), icon, COLOUR_ACCENT, COLOUR_CARD);
        text.em_mm = text_fit(p, inside, &text, TEXT_HEAD + 2, words);
    }
    text_draw(p, inside, &text, words);
}

void primary_draw(struct painter *p, const struct places *places, struct touch touch,
                  const char *label, bool off) {
    struct button button = {touch, label, ICON_NONE, LOOK_PRIMARY, off};
    button_draw(p, places->primary, &button);
}

struct rect controls_without_primary(const struct places *places) {
    struct rect rect = places->controls;
    if (!places->wide)
        rect.h = places->primary.y + places->primary.h - rect.y;
    return rect;
}

void chrome_warning(struct painter *p, const struct view *view) {
    frame_clear(p->frame);
    canvas_veil(&p->canvas, COLOUR_INK, 150);
    struct rect all = {0, 0, p->canvas.width, p->canvas.height};
    bool wide = all.w > all.h;
    int width = wide ? mm(p, 230) : all.w - 2 * mm(p, 16), height = mm(p, wide ? 116 : 172);
    struct rect box = rect_centre(all, width, height);
    if (box.y < 0)
        box = all;
    card_draw(p, box);
    struct rect inside = rect_inset(box, mm(p, 10), mm(p, 8));
    struct button extend = {
        {TOUCH_EXTEND, 0}, say(p, "warning.extend"), ICON_NONE, LOOK_PRIMARY, false};
    struct button leave = {{TOUCH_HOME, 0}, say(p, "warning.leave"), ICON_NONE, LOOK_PLAIN, false};
    struct rect low = rect_cut_bottom(&inside, mm(p, wide ? 28 : 34), mm(p, 5));
    if (view->can_home)
        button_draw(p, rect_cut_left(&low, low.w / 3, mm(p, 4)), &leave);
    button_draw(p, low, &extend);
    int ring = mm(p, wide ? 40 : 52);
    struct rect clock =
        wide ? rect_cut_left(&inside, ring, mm(p, 8)) : rect_cut_top(&inside, ring, mm(p, 6));
    countdown_draw(p, clock, view->warning_left_s,
                   view->warning_left_s > 20 ? view->warning_left_s : 20);
    struct text_style title = style_head, text = style_body;
    title.align = text.align = wide ? ALIGN_LEFT : ALIGN_CENTRE;
    flow_text(p, &inside, &title, mm(p, 2), say(p, "warning.title"));
    flow_text(p, &inside, &text, 0, say(p, "warning.text"));
}
