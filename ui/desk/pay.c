/* How a call is paid: five ways, each with its key. */
#include <stdio.h>

#include "ui/desk/parts.h"

#define WAY_MM 27.0f
#define WAY_ICON_MM 10.0f

static const struct {
    const char *name_key, *text_key;
    enum icon icon;
} way_words[VIEW_DESK_WAYS] = {
    {"desk.way.phone", "desk.way.phone.text", ICON_phonecode},
    {"desk.way.code", "desk.way.code.text", ICON_phone},
    {"desk.way.pos1", "desk.way.pos1.text", ICON_bankcard},
    {"desk.way.pos2", "desk.way.pos2.text", ICON_bankcard},
    {"desk.way.cash", "desk.way.cash.text", ICON_wallet},
};

static bool is_way_focused(const struct painter *p, int n) {
    return p->focus.touch.kind == TOUCH_FUNCTION && p->focus.touch.n == n;
}

static void draw_pay_way(struct painter *p, const struct view *view, struct rect rect, int n) {
    const char *reason = view->of.desk.ways[n - 1].reason_key;
    bool off = reason[0] != '\0', focused = !off && is_way_focused(p, n);
    struct touch touch = {TOUCH_FUNCTION, n};
    struct rect inside =
        off ? rect : touchable_draw(p, rect, focused ? LOOK_PRIMARY : LOOK_CARD, touch);
    enum colour ink = focused ? COLOUR_ON_ACCENT : off ? COLOUR_QUIET : COLOUR_INK;
    struct text_style name = one_line(styled(style_title, ALIGN_LEFT, ink));
    struct text_style text = one_line(styled(style_body, ALIGN_LEFT, ink));
    char cap[16];
    snprintf(cap, sizeof cap, "F%d", n);
    inside = rect_inset(inside, mm(p, 5), 0);
    cap_draw(p, rect_cut_left(&inside, cap_width(p, cap), mm(p, 5)), cap, !off, focused);
    struct rect icon = rect_cut_left(&inside, mm(p, WAY_ICON_MM), mm(p, 5));
    icon_draw(p, icon, way_words[n - 1].icon, ink);
    if (focused)
        cap_draw(p, rect_cut_right(&inside, cap_width(p, "Enter"), mm(p, 4)), "Enter", true, true);
    struct rect left = rect_cut_left(&inside, inside.w * 38 / 100, mm(p, 4));
    name.size = text_size_for(p, left.w, &name, say(p, way_words[n - 1].name_key));
    text_draw(p, left, &name, say(p, way_words[n - 1].name_key));
    text_draw(p, inside, &text, say(p, off ? reason : way_words[n - 1].text_key));
}

/* What the scanner takes without a key. */
static const char *scan_key(const struct view_desk *desk, bool phones) {
    if (desk->insured)
        return phones ? "desk.scan_now.insured" : "desk.scan_now.insured_only";
    return phones ? "desk.scan_now" : "";
}

void desk_pay_draw(struct painter *p, const struct view *view) {
    struct rect bleed, area = desk_frame(p, view, &bleed);
    if (desk_help_draw(p, view, area))
        return;
    bool scans = view->of.desk.ways[0].reason_key[0] == '\0';
    flow_call_due(p, view, &area, "", "");
    flow_heed(p, view, &area, say_if(p, scan_key(&view->of.desk, scans)));
    int gap = mm(p, DESK_GAP_MM);
    struct rect grid = rect_rows(area, VIEW_DESK_WAYS, mm(p, WAY_MM), gap);
    for (int i = 0; i < VIEW_DESK_WAYS; i++)
        draw_pay_way(p, view, rect_cell(grid, 1, VIEW_DESK_WAYS, gap, i), i + 1);
}
