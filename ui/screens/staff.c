/* The staff's pages: a menu, lists, a case with its evidence. Pages that take keys are keypads. */
#include <stdio.h>

#include "ui/screens/screens.h"

/* "C20260001 · 11-20 11:24 · 张*丰" over what it is about. */
static void draw_row(struct painter *p, struct rect rect, const struct view_staff_row *row) {
    char head[240], line[240], amount[AMOUNT_TEXT_SIZE];
    if (row->touch.kind == TOUCH_NONE)
        card_draw(p, rect);
    else
        card_touch(p, rect, row->touch, false);
    struct rect inside = rect_inset(rect, mm(p, 5), 0);
    struct text_style sum = one_line(styled(style_label, ALIGN_RIGHT, COLOUR_INK));
    sum.strong = true;
    snprintf(head, sizeof head, "%s%s", row->head_key[0] ? say(p, row->head_key) : "", row->head);
    snprintf(line, sizeof line, "%s%s%s%s", row->line_key[0] ? say(p, row->line_key) : "",
             row->more_key[0] ? " · " : "", row->more_key[0] ? say(p, row->more_key) : "",
             row->line);
    struct text_style title = one_line(style_label), small = one_line(style_small);
    title.em_mm = rect.h > mm(p, 26) ? TEXT_LABEL : TEXT_SMALL;
    sum.em_mm = title.em_mm;
    inside = rect_centre(inside, inside.w, mm(p, line[0] ? 20 : 11));
    struct rect upper = rect_cut_top(&inside, mm(p, line[0] ? 10 : 11), 0);
    if (row->has_amount) {
        amount_text(row->amount_fen, amount);
        text_draw(p, rect_cut_right(&upper, text_width(p, &sum, amount), mm(p, 3)), &sum, amount);
    }
    text_draw(p, upper, &title, head);
    if (line[0])
        text_draw(p, inside, &small, line);
}

static void draw_staff_rows(struct painter *p, const struct view *view, struct rect area) {
    if (area.h > STAFF_ROWS_A_PAGE * mm(p, 36))
        area.h = STAFF_ROWS_A_PAGE * mm(p, 36);
    for (int i = 0; i < view->of.staff.row_count && i < STAFF_ROWS_A_PAGE; i++)
        draw_row(p, rect_cell(area, 1, STAFF_ROWS_A_PAGE, mm(p, 0.8f), i), &view->of.staff.rows[i]);
}

static void draw_lines(struct painter *p, const struct view *view, struct rect area) {
    if (area.h > STAFF_LINES_A_PAGE * mm(p, 18))
        area.h = STAFF_LINES_A_PAGE * mm(p, 18);
    card_draw(p, area);
    struct rect inside = rect_inset(area, mm(p, 4), mm(p, 1));
    for (int i = 0; i < view->of.staff.line_count && i < STAFF_LINES_A_PAGE; i++) {
        const char *key = view->of.staff.lines[i].key;
        struct rect row = rect_cell(inside, 1, STAFF_LINES_A_PAGE, 0, i);
        struct text_style text = one_line(styled(style_small, ALIGN_LEFT, COLOUR_INK));
        if (key[0]) {
            struct text_style label = one_line(style_small);
            label.weight = WEIGHT_BOLD;
            const char *words = say(p, key);
            text_draw(p, rect_cut_left(&row, text_width(p, &label, words) + 1, mm(p, 4)), &label,
                      words);
        }
        text_draw(p, row, &text, view->of.staff.lines[i].text);
    }
}

static void draw_file(struct painter *p, const struct view *view, const struct places *places) {
    struct rect area = places->whole;
    if (!places->wide)
        area.h = places->controls.y + places->controls.h - area.y;
    if (view->of.staff.page_count > 1)
        pager_draw(p, rect_cut_bottom(&area, mm(p, TARGET_MM), mm(p, 2)), view->of.staff.page,
                   view->of.staff.page_count);
    draw_lines(p, view, area);
}

static void draw_list(struct painter *p, const struct view *view, const struct places *places) {
    struct rect info = places->info, list = controls_without_primary(places);
    if (view->of.staff.page_count > 1) {
        struct rect *from = places->wide ? &info : &list;
        pager_draw(p, rect_cut_bottom(from, mm(p, BAR_MM), mm(p, GAP_MM)), view->of.staff.page,
                   view->of.staff.page_count);
    }
    draw_staff_rows(p, view, list);
}

void screen_staff(struct painter *p, const struct view *view) {
    if (view->typing) {
        screen_keypad(p, view);
        return;
    }
    struct places places = chrome_draw(p, view, say(p, view->of.staff.title_key));
    if (view->of.staff.text_key[0]) {
        struct rect text = places.whole;
        flow_text(p, &text, &style_label, 0, say(p, view->of.staff.text_key));
    }
    if (view->of.staff.line_count > 0)
        draw_file(p, view, &places);
    else if (view->of.staff.row_count > 0)
        draw_list(p, view, &places);
    if (view->of.staff.next_key[0])
        primary_draw(p, &places, (struct touch){TOUCH_NEXT, 0}, say(p, view->of.staff.next_key),
                     false);
}
