/* One bill, line by line: to be read, not touched. */
#include <stdio.h>

#include "ui/screens/screens.h"

#define ROW_MAX_MM 40.0f

/* "2 盒 × ¥12.50 · 100mg×30片"; the last part where there is the room. */
static void quantity(const struct view_line *line, bool whole, char *out, size_t size) {
    bool both = line->price[0] && line->count[0];
    char count[200];
    snprintf(count, sizeof count, "%s%s%s%s%s", line->count, line->unit[0] ? " " : "", line->unit,
             both ? " × " : "", line->price);
    snprintf(out, size, "%s%s%s", count, whole && count[0] && line->spec[0] ? " · " : "",
             whole ? line->spec : "");
}

static void draw_bill_line(struct painter *p, struct rect rect, const struct view_line *line) {
    char amount[AMOUNT_TEXT_SIZE], count[400];
    struct text_style sum = one_line(styled(style_label, ALIGN_RIGHT, COLOUR_INK));
    struct text_style name = styled(style_label, ALIGN_LEFT, COLOUR_INK);
    struct text_style note = one_line(style_small);
    sum.strong = true;
    if (rect.h < text_line(p, T2) + text_line(p, T1) + mm(p, 1))
        name.size = sum.size = T1;
    amount_text(line->amount_fen, amount);
    struct rect inside = rect_inset(rect, mm(p, 1), 0);
    text_draw(p, rect_cut_right(&inside, text_width(p, &sum, amount), mm(p, 4)), &sum, amount);
    quantity(line, true, count, sizeof count);
    if (text_width(p, &note, count) > inside.w)
        quantity(line, false, count, sizeof count);
    int lines = (inside.h - mm(p, 1) - text_line(p, T1)) / text_line(p, name.size);
    name.lines_max = lines < 1 ? 1 : lines;
    int name_h = text_height(p, inside.w, &name, line->name);
    inside = rect_centre(inside, inside.w, name_h + (count[0] ? text_line(p, T1) : 0));
    text_draw(p, rect_cut_top(&inside, name_h, 0), &name, line->name);
    text_draw(p, inside, &note, count);
}

static void flow_head(struct painter *p, const struct view *view, struct rect *area) {
    const struct view_bill *bill = &view->of.bill.bill;
    char what[600];
    snprintf(what, sizeof what, "%s%s%s%s%s", bill->department,
             bill->department[0] && bill->doctor[0] ? " · " : "", bill->doctor,
             bill->begun[0] ? " · " : "", bill->begun);
    struct text_style text = style_body;
    text.lines_max = 3;
    text.size = p->tight ? T1 : T2;
    if (!p->tight)
        flow_title(p, area, say(p, "title.bill"));
    flow_text(p, area, &text, mm(p, 2), what);
    if (!p->small)
        flow_text(p, area, &style_body, 0, say(p, "bill.you_pay"));
    flow_amount(p, area, T5, mm(p, 2), bill->amount_fen);
}

struct rect lay_lines(struct painter *p, const struct places *places, struct rect area, int page,
                      int page_count, float row_max_mm) {
    if (page_count > 1) {
        rect_cut_bottom(&area, mm(p, GAP_MM), 0);
        pager_draw(p, rect_cut_bottom(&area, pager_height(p), mm(p, GAP_MM)), page, page_count);
    }
    struct rect list = places->wide ? places->board : area;
    if (!places->wide)
        flow_hairline(p, &list, 0);
    int most = page_rows(p, PAGE_LINES) * mm(p, row_max_mm);
    list.h = list.h < most ? list.h : most;
    return list;
}

void screen_bill(struct painter *p, const struct view *view) {
    struct places places = chrome_draw(p, view, DOCK_ACTION);
    struct rect area = places.stage, list;
    int rows = page_rows(p, PAGE_LINES);
    if (!places.wide)
        area = places.whole;
    flow_head(p, view, &area);
    list = lay_lines(p, &places, area, view->of.bill.page, view->of.bill.page_count, ROW_MAX_MM);
    for (int i = 0; i < view->of.bill.count && i < rows; i++) {
        struct rect row = rect_cell(list, 1, rows, 0, i);
        hairline_draw(p, row.x, row.y + row.h, row.w);
        draw_bill_line(p, row, &view->of.bill.rows[i]);
    }
    struct action back = {{TOUCH_BACK, 0}, say(p, "bill.back"), ICON_NONE, false};
    dock_actions(p, &places, &back, NULL);
}
