/* Where a visit begins: what can be done here, and what cannot right now. */
#include <stdio.h>

#include "ui/screens/screens.h"

static void draw_hero(struct painter *p, const struct view *view, struct rect rect) {
    canvas_round(&p->canvas, rect, mm(p, RADIUS_MM + 2), COLOUR_ACCENT);
    struct rect inside = rect_inset(rect, mm(p, 9), mm(p, 7));
    struct text_style name = styled(style_title, ALIGN_LEFT, COLOUR_ON_ACCENT);
    struct text_style line = styled(style_body, ALIGN_LEFT, COLOUR_ON_ACCENT);
    int height = text_height(p, inside.w, &name, view->hospital_name) + mm(p, 3) +
                 text_height(p, inside.w, &line, say(p, "welcome.text"));
    if (height < inside.h)
        inside.y += (inside.h - height) / 2;
    flow_text(p, &inside, &name, mm(p, 3), view->hospital_name);
    flow_text(p, &inside, &line, 0, say(p, "welcome.text"));
}

static void draw_tile(struct painter *p, struct rect rect, const struct view_service *service) {
    char title[48], text[48];
    snprintf(title, sizeof title, "service.%s", service_name(service->service));
    snprintf(text, sizeof text, "service.%s.text", service_name(service->service));
    bool off = !service->enabled;
    card_touch(p, rect, (struct touch){TOUCH_SERVICE, service->service}, off);
    struct rect inside = rect_inset(rect, mm(p, 5), mm(p, 2));
    int badge = inside.h < mm(p, 26) ? inside.h : mm(p, 26);
    badge_draw(p, rect_cut_left(&inside, badge, mm(p, 5)), icon_of_service(service->service),
               off ? COLOUR_OFF_TEXT : COLOUR_ACCENT, off ? COLOUR_LINE : COLOUR_ACCENT_TINT);
    if (!off && inside.w > mm(p, 90))
        icon_draw(p, rect_cut_right(&inside, mm(p, 9), mm(p, 3)), ICON_right, COLOUR_ACCENT);
    struct text_style head = styled(style_head, ALIGN_LEFT, off ? COLOUR_OFF_TEXT : COLOUR_INK);
    struct text_style body = style_small;
    const char *words = say(p, off && service->reason_key[0] ? service->reason_key : text);
    head.lines_max = 1;
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
    int gap = mm(p, GAP_MM + 1), row = (area.h + gap) / rows - gap;
    if (row > mm(p, 52))
        area.h = rows * (mm(p, 52) + gap) - gap;
    for (int i = 0; i < count; i++)
        draw_tile(p, rect_cell(area, columns, rows, gap, i), &view->of.welcome.services[i]);
}

/* What does not work now, said before anybody tries. Takes its room from the bottom of `area`. */
static void draw_device_notices(struct painter *p, const struct view *view, struct rect *area) {
    for (int i = view->device_notice_count - 1; i >= 0; i--) {
        struct rect row = rect_cut_bottom(area, mm(p, 15), mm(p, 2));
        banner_draw(p, row, ICON_info, COLOUR_WARN, COLOUR_WARN_TINT,
                    say(p, view->device_notice_keys[i]));
    }
}

void screen_welcome(struct painter *p, const struct view *view) {
    struct places places = chrome_draw(p, view, "");
    struct rect info = places.info, controls = places.controls;
    draw_device_notices(p, view, places.wide ? &info : &controls);
    draw_hero(p, view, info);
    draw_services(p, view, controls, places.wide);
    primary_draw(p, &places, (struct touch){TOUCH_NEXT, 0}, say(p, "welcome.start"), false);
}

void screen_service(struct painter *p, const struct view *view) {
    struct places places = chrome_draw(p, view, say(p, "title.service"));
    struct rect info = places.info, controls = controls_without_primary(&places);
    draw_device_notices(p, view, places.wide ? &info : &controls);
    flow_text(p, &info, &style_body, 0, say(p, "service.hint"));
    draw_services(p, view, controls, places.wide);
}
