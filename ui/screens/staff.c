/* The staff's pages: a menu, lists, a case with its evidence. Pages that take keys are keypads. */
#include <stdio.h>

#include "ui/screens/screens.h"

#define ROW_MAX_MM 40.0f
#define LINE_MAX_MM 18.0f

/* Whose page this is, so that no patient takes it for theirs. */
static void flow_staff_band(struct painter *p, const struct view *view, const struct places *places,
                            struct rect *area) {
    char words[120];
    struct text_style left = one_line(styled(style_small, ALIGN_LEFT, COLOUR_ON_STAFF));
    left.weight = WEIGHT_BOLD;
    struct rect box = rect_cut_top(area, mm(p, 14), 0);
    canvas_fill(&p->canvas, (struct rect){places->bleed.x, box.y, places->bleed.w, box.h},
                colour_of(p, COLOUR_STAFF));
    strings_fill(words, sizeof words, say(p, "staff.band"), view->terminal_no, "");
    text_draw(p, box, &left, words);
}

/* "C20260001 · 11-20 11:24 · 张*丰" over what it is about. */
static void draw_staff_row(struct painter *p, struct rect rect, const struct view_staff_row *row) {
    char head[240], line[240], amount[AMOUNT_TEXT_SIZE];
    struct rect inside = rect;
    if (row->touch.kind == TOUCH_NONE)
        hairline_draw(p, rect.x, rect.y + rect.h, rect.w);
    else
        inside = touchable_draw(p, rect, LOOK_CARD, row->touch);
    inside = rect_inset(inside, mm(p, p->small ? 2 : 5), 0);
    snprintf(head, sizeof head, "%s%s", say_if(p, row->head_key), row->head);
    snprintf(line, sizeof line, "%s%s%s%s", say_if(p, row->line_key), row->more_key[0] ? " · " : "",
             say_if(p, row->more_key), row->line);
    struct text_style title = one_line(style_label), small = one_line(style_small);
    struct text_style sum = one_line(styled(style_label, ALIGN_RIGHT, COLOUR_INK));
    sum.strong = true;
    int head_h = text_line(p, T2), line_h = line[0] ? text_line(p, T1) : 0;
    inside = rect_centre(inside, inside.w, head_h + line_h);
    struct rect upper = rect_cut_top(&inside, head_h, 0);
    sum.size = p->small ? T1 : T2;
    if (row->has_amount) {
        amount_text(row->amount_fen, amount);
        text_draw(p, rect_cut_right(&upper, text_width(p, &sum, amount), mm(p, 3)), &sum, amount);
    }
    title.size = text_size_for(p, upper.w, &title, head);
    text_draw(p, upper, &title, head);
    text_draw(p, inside, &small, line);
}

static void draw_staff_rows(struct painter *p, const struct view *view, struct rect area) {
    int gap = mm(p, GAP_MM), rows = STAFF_ROWS_A_PAGE;
    int most = rows * mm(p, ROW_MAX_MM) + (rows - 1) * gap;
    area.h = area.h < most ? area.h : most;
    for (int i = 0; i < view->of.staff.row_count && i < rows; i++)
        draw_staff_row(p, rect_cell(area, 1, rows, gap, i), &view->of.staff.rows[i]);
}

/* Labels and values; to be read. */
static void draw_lines(struct painter *p, const struct view *view, struct rect area) {
    int rows = STAFF_LINES_A_PAGE, most = rows * mm(p, LINE_MAX_MM);
    area.h = area.h < most ? area.h : most;
    for (int i = 0; i < view->of.staff.line_count && i < rows; i++) {
        const char *key = view->of.staff.lines[i].key;
        struct rect row = rect_cell(area, 1, rows, 0, i);
        struct text_style text = one_line(styled(style_small, ALIGN_LEFT, COLOUR_INK));
        hairline_draw(p, row.x, row.y + row.h, row.w);
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

static void draw_pager(struct painter *p, const struct view *view, struct rect *from) {
    if (view->of.staff.page_count <= 1)
        return;
    rect_cut_bottom(from, mm(p, GAP_MM), 0);
    pager_draw(p, rect_cut_bottom(from, pager_height(p), mm(p, GAP_MM)), view->of.staff.page,
               view->of.staff.page_count);
}

static void draw_file(struct painter *p, const struct view *view, struct rect area) {
    draw_pager(p, view, &area);
    draw_lines(p, view, area);
}

static void draw_staff_list(struct painter *p, const struct view *view, const struct places *places,
                            struct rect area) {
    struct rect board = board_below(p, places, &area);
    rect_cut_top(&board, mm(p, 2), 0);
    draw_pager(p, view, places->wide ? &area : &board);
    if (places->wide)
        rect_cut_bottom(&board, mm(p, GAP_MM), 0);
    draw_staff_rows(p, view, board);
}

void screen_staff(struct painter *p, const struct view *view) {
    if (view->typing) {
        screen_keypad(p, view);
        return;
    }
    struct places places =
        chrome_draw(p, view, view->of.staff.next_key[0] != '\0' ? DOCK_ACTION : DOCK_PLAIN);
    bool file = view->of.staff.line_count > 0; /* its lines are long */
    struct rect area = places.wide && !file ? places.stage : places.whole;
    if (file)
        places.bleed.w = p->canvas.width;
    flow_staff_band(p, view, &places, &area);
    flow_title(p, &area, say(p, view->of.staff.title_key));
    if (view->of.staff.text_key[0])
        flow_text(p, &area, &style_body, mm(p, 3), say(p, view->of.staff.text_key));
    flow_notice(p, view, &places, &area);
    if (view->of.staff.line_count > 0)
        draw_file(p, view, area);
    else if (view->of.staff.row_count > 0)
        draw_staff_list(p, view, &places, area);
    struct action next = {{TOUCH_NEXT, 0}, say_if(p, view->of.staff.next_key), ICON_NONE, false};
    if (view->of.staff.next_key[0])
        dock_actions(p, &places, &next, NULL);
}
