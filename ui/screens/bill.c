/* One bill, line by line. */
#include <stdio.h>

#include "ui/screens/screens.h"

/* "¥12.50 × 2 盒" */
static void quantity_text(const struct view_line *line, char *out, size_t size) {
    snprintf(out, size, "%s%s%s%s%s", line->price, line->price[0] && line->count[0] ? " × " : "",
             line->count, line->unit[0] ? " " : "", line->unit);
}

static void draw_bill_line(struct painter *p, struct rect rect, const struct view_line *line) {
    char amount[AMOUNT_TEXT_SIZE], count[80];
    struct text_style sum = one_line(styled(style_label, ALIGN_RIGHT, COLOUR_INK));
    struct text_style name = one_line(styled(style_small, ALIGN_LEFT, COLOUR_INK));
    struct text_style note = one_line(style_small);
    sum.em_mm = TEXT_SMALL;
    sum.strong = true;
    struct rect inside = rect_inset(rect, mm(p, 4), 0);
    text_draw(p, rect_cut_right(&inside, mm(p, 48), mm(p, 3)), &sum,
              amount_text(line->amount_fen, amount));
    quantity_text(line, count, sizeof count);
    if (rect.h >= mm(p, 20)) {
        struct rect two = rect_centre(inside, inside.w, mm(p, 21));
        text_draw(p, rect_cut_top(&two, mm(p, 10.5f), 0), &name, line->name);
        struct rect right = rect_cut_right(&two, two.w / 2, mm(p, 3));
        text_draw(p, two, &note, line->spec);
        note.align = ALIGN_RIGHT;
        text_draw(p, right, &note, count);
        return;
    }
    note.align = ALIGN_RIGHT;
    text_draw(p, rect_cut_right(&inside, inside.w * 30 / 100, mm(p, 3)), &note, count);
    note.align = ALIGN_LEFT;
    text_draw(p, rect_cut_right(&inside, inside.w * 35 / 100, mm(p, 3)), &note, line->spec);
    text_draw(p, inside, &name, line->name);
}

static void draw_head(struct painter *p, const struct view_bill *bill, struct rect rect) {
    char amount[AMOUNT_TEXT_SIZE], what[400];
    struct text_style sum =
        one_line(styled(rect.h < mm(p, 20) ? style_label : style_title, ALIGN_RIGHT, COLOUR_INK));
    sum.strong = true;
    struct text_style line = one_line(style_small);
    amount_text(bill->amount_fen, amount);
    text_draw(p, rect_cut_right(&rect, text_width(p, &sum, amount), mm(p, 5)), &sum, amount);
    snprintf(what, sizeof what, "%s%s%s", bill->department,
             bill->department[0] && bill->doctor[0] ? " · " : "", bill->doctor);
    if (rect.h < mm(p, 21)) {
        text_draw(p, rect, &line, what);
        return;
    }
    struct rect two = rect_centre(rect, rect.w, mm(p, 21));
    text_draw(p, rect_cut_top(&two, mm(p, 10.5f), 0), &line, what);
    text_draw(p, two, &line, bill->begun);
}

void screen_bill(struct painter *p, const struct view *view) {
    struct places places = chrome_draw(p, view, say(p, "title.bill"));
    struct rect area = places.whole;
    if (!places.wide)
        area.h = places.controls.y + places.controls.h - area.y;
    draw_head(p, &view->of.bill.bill, rect_cut_top(&area, mm(p, places.wide ? 11 : 26), mm(p, 1)));
    struct rect card = area;
    card.h = card.h * (view->of.bill.count > 2 ? view->of.bill.count : 2) / BILL_LINES_A_PAGE;
    card_draw(p, card);
    for (int i = 0; i < view->of.bill.count && i < BILL_LINES_A_PAGE; i++) {
        struct rect row = rect_cell(area, 1, BILL_LINES_A_PAGE, 0, i);
        if (i > 0)
            canvas_fill(&p->canvas, (struct rect){row.x + mm(p, 4), row.y, row.w - mm(p, 8), 1},
                        COLOUR_LINE);
        draw_bill_line(p, row, &view->of.bill.rows[i]);
    }
    if (view->of.bill.page_count > 1)
        pager_draw(p, places.primary, view->of.bill.page, view->of.bill.page_count);
    else
        primary_draw(p, &places, (struct touch){TOUCH_BACK, 0}, say(p, "bill.back"), false);
}
