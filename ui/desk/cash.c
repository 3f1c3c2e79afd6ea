/* Cash: what is due, what was received, the change. */
#include <stdio.h>

#include "ui/desk/parts.h"

static void draw_cash_line(struct painter *p, struct rect row, const char *label,
                           const char *amount, enum text_size size, bool bold) {
    struct text_style left = one_line(
        styled(bold ? style_head : style_body, ALIGN_LEFT, bold ? COLOUR_INK : COLOUR_QUIET));
    struct text_style right = one_line(styled(style_amount, ALIGN_RIGHT, COLOUR_INK));
    right.size = size;
    text_draw(p, rect_cut_left(&row, row.w / 3, 0), &left, label);
    right.size = text_size_for(p, row.w, &right, amount);
    text_draw(p, row, &right, amount);
}

static void draw_received(struct painter *p, const struct view *view, struct rect row) {
    struct text_style label = one_line(styled(style_head, ALIGN_LEFT, COLOUR_INK));
    text_draw(p, rect_cut_left(&row, row.w / 2, 0), &label, say(p, "desk.received"));
    desk_field_draw(p, row, view->of.desk.typed, T5);
}

static void draw_notes(struct painter *p, const struct view *view, struct rect row) {
    const struct view_desk *desk = &view->of.desk;
    for (int i = 0; i < desk->note_count; i++) {
        char cap[24], amount[AMOUNT_TEXT_SIZE];
        snprintf(cap, sizeof cap, "Alt+%d", i + 1);
        struct desk_button button = {
            {TOUCH_AMOUNT, i + 1}, cap, amount_text(desk->notes_fen[i], amount), "", false};
        desk_button_draw(p, rect_cell(row, VIEW_NOTES_MAX, 1, mm(p, DESK_GAP_MM), i), &button);
    }
}

void desk_cash_draw(struct painter *p, const struct view *view) {
    char amount[AMOUNT_TEXT_SIZE];
    const struct view_desk *desk = &view->of.desk;
    struct rect bleed, area = desk_frame(p, view, &bleed);
    if (desk_help_draw(p, view, area))
        return;
    int gap = mm(p, DESK_GAP_MM), button_h = mm(p, DESK_BUTTON_MM);
    flow_call(p, view, &area);
    struct desk_button enter = {{TOUCH_NEXT, 0}, "Enter", say(p, desk->enter_key), "", true};
    desk_button_draw(p, rect_cut_bottom(&area, button_h, gap), &enter);
    draw_notes(p, view, rect_cut_bottom(&area, button_h, gap));
    flow_heed(p, view, &area, "");
    int line = text_line(p, T5) + mm(p, 4), change = text_line(p, T6) + mm(p, 4);
    struct rect rows = rect_rows(area, 1, 2 * line + change + 2 * mm(p, 5), 0);
    draw_cash_line(p, rect_cut_top(&rows, line, mm(p, 5)), say(p, "desk.due"),
                   amount_text(desk->amount_fen, amount), T5, false);
    draw_received(p, view, rect_cut_top(&rows, line, mm(p, 5)));
    hairline_draw(p, rows.x, rows.y - mm(p, 2), rows.w);
    draw_cash_line(p, rows, say(p, "desk.change"),
                   desk->enough ? amount_text(desk->change_fen, amount) : "", T6, true);
}
