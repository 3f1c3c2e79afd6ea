/* Where a visit begins: what can be done here, and what cannot right now. */
#include <stdio.h>

#include "ui/screens/screens.h"

/* A medical cross, darker than its ground. */
static void draw_cross(struct painter *p, struct rect box) {
    int size = box.w < box.h ? box.w : box.h, arm = size / 3;
    canvas_round(&p->canvas, rect_centre(box, arm, size), arm / 5, COLOUR_ACCENT_DEEP);
    canvas_round(&p->canvas, rect_centre(box, size, arm), arm / 5, COLOUR_ACCENT_DEEP);
}

/* The cross stands beside the words, or below them where that is wider than high. */
static void draw_hero(struct painter *p, struct rect rect, bool wide) {
    canvas_round(&p->canvas, rect, mm(p, RADIUS_MM + 2), COLOUR_ACCENT);
    struct rect inside = rect_inset(rect, mm(p, 9), mm(p, 7));
    struct text_style name = styled(style_title, ALIGN_LEFT, COLOUR_ON_ACCENT);
    struct text_style line = styled(style_body, ALIGN_LEFT, COLOUR_ON_ACCENT);
    const char *title = say(p, "welcome.title"), *text = say(p, "welcome.text");
    int gap = mm(p, 4);
    if (!wide) {
        name.em_mm = TEXT_AMOUNT;
        line.em_mm = TEXT_LABEL;
        int cross = inside.h * 3 / 5 < mm(p, 52) ? inside.h * 3 / 5 : mm(p, 52);
        draw_cross(p, rect_cut_right(&inside, cross, mm(p, 5)));
    }
    int height =
        text_height(p, inside.w, &name, title) + gap + text_height(p, inside.w, &line, text);
    if (wide) {
        struct rect below = inside;
        rect_cut_top(&below, height, mm(p, 6));
        int cross = below.h < mm(p, 70) ? below.h : mm(p, 70);
        if (cross >= mm(p, 20))
            draw_cross(p, (struct rect){below.x + below.w - cross, below.y + below.h - cross, cross,
                                        cross});
    } else if (height < inside.h) {
        inside = rect_centre(inside, inside.w, height);
    }
    flow_text(p, &inside, &name, gap, title);
    flow_text(p, &inside, &line, 0, text);
}

static void draw_tile(struct painter *p, struct rect rect, const struct view_service *service) {
    char title[48], text[48];
    snprintf(title, sizeof title, "service.%s", service_name(service->service));
    snprintf(text, sizeof text, "service.%s.text", service_name(service->service));
    bool off = !service->enabled;
    card_touch(p, rect, (struct touch){TOUCH_SERVICE, service->service}, off);
    bool narrow = rect.w<mm(p, 110), tall = rect.h> mm(p, 60), huge = rect.h > mm(p, 90);
    struct rect inside = rect_inset(rect, mm(p, narrow ? 3 : tall ? 9 : 5), mm(p, narrow ? 1 : 2));
    int most = mm(p, narrow ? 15
                     : huge ? 58
                     : tall ? 42
                            : 26),
        badge = inside.h < most ? inside.h : most;
    badge_draw(p, rect_cut_left(&inside, badge, mm(p, tall ? 8 : 4)),
               icon_of_service(service->service), off ? COLOUR_OFF_TEXT : COLOUR_ACCENT,
               off ? COLOUR_LINE : COLOUR_ACCENT_TINT);
    if (!off && inside.w > mm(p, 90))
        icon_draw(p, rect_cut_right(&inside, mm(p, 9), mm(p, 3)), ICON_right, COLOUR_ACCENT);
    struct text_style head = styled(style_head, ALIGN_LEFT, off ? COLOUR_OFF_TEXT : COLOUR_INK);
    struct text_style body = style_small;
    if (tall) {
        head.em_mm = huge ? TEXT_AMOUNT : TEXT_TITLE + 1;
        body.em_mm = huge ? TEXT_HEAD : TEXT_LABEL;
    }
    const char *words = say(p, off && service->reason_key[0] ? service->reason_key : text);
    head.lines_max = narrow ? 2 : 1;
    int height = text_height(p, inside.w, &head, say(p, title));
    int rest = text_height(p, inside.w, &body, words);
    if (height + rest > inside.h && !off)
        rest = 0;
    if (height + rest < inside.h)
        inside = rect_centre(inside, inside.w, height + rest);
    flow_text(p, &inside, &head, 0, say(p, title));
    if (rest > 0)
        flow_text(p, &inside, &body, 0, words);
}

static void draw_services(struct painter *p, const struct view *view, struct rect area, bool wide) {
    int count = view->of.welcome.count;
    if (count < 1)
        return;
    int columns = wide && count > 2 ? 2 : 1, rows = (count + columns - 1) / columns;
    int gap = mm(p, GAP_MM + 1);
    int most = mm(p, wide ? 60 : rows > 2 ? 78 : 108);
    area = rect_rows(area, rows, most, gap);
    for (int i = 0; i < count; i++)
        draw_tile(p, rect_cell(area, columns, rows, gap, i), &view->of.welcome.services[i]);
}

/* What does not work now, said before anybody tries. Takes its room from the bottom of `area`. */
static void draw_device_notices(struct painter *p, const struct view *view, struct rect *area) {
    for (int i = view->device_notice_count - 1; i >= 0; i--) {
        const char *words = say(p, view->device_notice_keys[i]);
        struct rect row = rect_cut_bottom(area, banner_height(p, area->w, words), mm(p, 2));
        banner_draw(p, row, ICON_info, COLOUR_WARN, COLOUR_WARN_TINT, words);
    }
}

void screen_welcome(struct painter *p, const struct view *view) {
    struct places places = chrome_draw(p, view, "");
    struct rect info = places.info, controls = places.controls;
    draw_device_notices(p, view, places.wide ? &info : &controls);
    draw_hero(p, info, places.wide);
    draw_services(p, view, controls, places.wide);
    primary_draw(p, &places, (struct touch){TOUCH_NEXT, 0}, say(p, "welcome.start"), false);
}

void screen_service(struct painter *p, const struct view *view) {
    struct places places = chrome_draw(p, view, say(p, "title.service"));
    struct rect info = places.info, controls = controls_without_primary(&places);
    draw_device_notices(p, view, places.wide ? &info : &controls);
    bool known = view->of.welcome.identified;
    places.info = info;
    stage_draw(p, &places, known ? ICON_check : ICON_person,
               say(p, known ? "service.hint.identified" : "service.hint"));
    draw_services(p, view, controls, places.wide);
}
