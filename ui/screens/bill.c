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

void screen_bill(struct painter *p, const struct view *view) {
    struct places places = chrome_draw(p, view, DOCK_ACTION);
    struct rect area = places.stage, list;
    struct line_row rows[BILL_LINES_A_PAGE];
    int count = 0, most = page_rows(p, PAGE_LINES);
    if (!places.wide)
        area = places.whole;
    flow_head(p, view, &area);
    list = lay_lines(p, &places, area, view->of.bill.page, view->of.bill.page_count);
    for (; count < view->of.bill.count && count < most; count++) {
        const struct view_line *line = &view->of.bill.rows[count];
        struct line_row *row = &rows[count];
        *row = (struct line_row){.name = line->name, .amount_fen = line->amount_fen};
        quantity(line, true, row->note, sizeof row->note);
        quantity(line, false, row->brief, sizeof row->brief);
    }
    lines_draw(p, list, ROW_MAX_MM, rows, count);
    struct action back = {{TOUCH_BACK, 0}, say(p, "bill.back"), ICON_NONE, false};
    dock_actions(p, &places, &back, NULL);
}
