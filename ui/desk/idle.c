/* Between calls: those of today, newest first, and what became of each. */
#include "ui/desk/parts.h"
#include "ui/screens/screens.h"

#define SHIFT_KEY_MM 60 /* "F12 End of shift" */
#define COLUMNS 7
#define ROW_MM 10.5f

/* Where a column ends, in 1/1000 of the table's width. */
static const struct {
    const char *key;
    int end;
    enum align align;
} columns[COLUMNS] = {
    {"desk.col.time", 90, ALIGN_LEFT},  {"desk.col.name", 190, ALIGN_LEFT},
    {"desk.col.what", 340, ALIGN_LEFT}, {"desk.col.amount", 490, ALIGN_RIGHT},
    {"desk.col.way", 640, ALIGN_LEFT},  {"desk.col.state", 845, ALIGN_LEFT},
    {"desk.col.no", 1000, ALIGN_LEFT},
};

static struct rect cell_of(struct painter *p, struct rect row, int n) {
    int from = n == 0 ? 0 : row.w * columns[n - 1].end / 1000, to = row.w * columns[n].end / 1000;
    int pad = mm(p, 1.5f);
    return (struct rect){row.x + from + pad, row.y, to - from - 2 * pad, row.h};
}

static void draw_cell(struct painter *p, struct rect row, int n, enum colour ink, bool bold,
                      const char *words) {
    struct text_style style = one_line(styled(style_small, columns[n].align, ink));
    style.weight = bold ? WEIGHT_BOLD : WEIGHT_REGULAR;
    style.strong = bold;
    text_draw(p, cell_of(p, row, n), &style, words);
}

static void draw_state(struct painter *p, struct rect row, const struct view_desk_row *call) {
    const struct tone_look *look = &tone_looks[call->tone];
    struct rect cell = cell_of(p, row, 5);
    struct text_style style = one_line(styled(style_small, ALIGN_LEFT, COLOUR_INK));
    struct rect icon = rect_cut_left(&cell, mm(p, 5), mm(p, 2));
    icon_draw(p, rect_centre(icon, mm(p, 5), mm(p, 5)), look->icon, look->badge);
    char words[64], amount[AMOUNT_TEXT_SIZE];
    strings_fill(words, sizeof words, say(p, call->state_key),
                 amount_text(call->change_fen, amount), "");
    text_draw(p, cell, &style, words);
}

/* A frame where keys have chosen: a row has no room for a ring. */
static void draw_row(struct painter *p, struct rect row, const struct view_desk_row *call, int n) {
    char amount[AMOUNT_TEXT_SIZE];
    struct touch touch = {TOUCH_PICK, n};
    if (p->focus.touch.kind == touch.kind && p->focus.touch.n == n) {
        canvas_fill(&p->canvas, row, colour_of(p, COLOUR_TINT));
        canvas_fill(&p->canvas, (struct rect){row.x, row.y, mm(p, 1.2f), row.h},
                    colour_of(p, COLOUR_ACCENT));
    }
    frame_add_touch(p->frame, touch, row);
    draw_cell(p, row, 0, COLOUR_INK, false, call->time);
    draw_cell(p, row, 1, COLOUR_INK, false, call->name);
    draw_cell(p, row, 2, COLOUR_INK, false, say_short(p, call->what_key));
    draw_cell(p, row, 3, COLOUR_INK, true, amount_text(call->amount_fen, amount));
    draw_cell(p, row, 4, COLOUR_INK, false, say_if(p, call->way_key));
    draw_state(p, row, call);
    draw_cell(p, row, 6, COLOUR_QUIET, false, call->no);
    hairline_draw(p, row.x, row.y + row.h, row.w);
}

static void draw_pages(struct painter *p, const struct view *view, struct rect row) {
    const struct view_desk *desk = &view->of.desk;
    struct desk_button less = {{TOUCH_LESS, 0}, "PgUp", say(p, "page.less"), "", false};
    struct desk_button more = {{TOUCH_MORE, 0}, "PgDn", say(p, "page.more"), "", false};
    if (desk->page > 0)
        desk_button_draw(p, rect_cell(row, 2, 1, mm(p, DESK_GAP_MM), 0), &less);
    if (desk->page + 1 < desk->page_count)
        desk_button_draw(p, rect_cell(row, 2, 1, mm(p, DESK_GAP_MM), 1), &more);
}

/* Beside the title: the key that ends the shift. */
static void draw_shift_key(struct painter *p, const struct rect *area) {
    struct rect row = {area->x, area->y, area->w, mm(p, 11)};
    struct desk_button button = {{TOUCH_FUNCTION, 12}, "F12", say(p, "desk.shift.key"), "", false};
    desk_button_draw(p, rect_cut_right(&row, mm(p, SHIFT_KEY_MM), 0), &button);
}

void desk_paper_flow(struct painter *p, const struct view_desk *desk, struct rect *area) {
    char words[200];
    const char *where = say_if(p, desk->receipt_key);
    if (where[0] == '\0')
        return;
    if (desk->receipt_of[0] != '\0')
        strings_fill(words, sizeof words, say(p, "desk.receipt.of"), desk->receipt_of, where);
    else
        strings_fill(words, sizeof words, say(p, "desk.slip"), where, "");
    flow_text(p, area, &style_label, mm(p, 2), words);
}

void desk_idle_draw(struct painter *p, const struct view *view) {
    const struct view_desk *desk = &view->of.desk;
    struct rect bleed, area = desk_frame(p, view, &bleed);
    if (desk_help_draw(p, view, area))
        return;
    if (desk->shift_asked) {
        desk_shift_draw(p, view, area);
        return;
    }
    if (desk->shift_began[0] != '\0')
        draw_shift_key(p, &area);
    flow_text(p, &area, &style_title, 0, say(p, "desk.idle.title"));
    flow_text(p, &area, &style_body, mm(p, 4),
              say(p, desk->row_count > 0 ? "desk.idle.pick" : "desk.idle.text"));
    desk_paper_flow(p, desk, &area);
    if (desk->row_count == 0) {
        flow_text(p, &area, &style_label, 0, say(p, "desk.idle.none"));
        return;
    }
    if (desk->page_count > 1)
        draw_pages(p, view, rect_cut_bottom(&area, mm(p, 15), mm(p, 3)));
    struct rect head = rect_cut_top(&area, mm(p, ROW_MM), 0);
    for (int i = 0; i < COLUMNS; i++)
        draw_cell(p, head, i, COLOUR_QUIET, false, say(p, columns[i].key));
    hairline_draw(p, head.x, head.y + head.h, head.w);
    int most = area.h / VIEW_DESK_ROWS, usual = mm(p, ROW_MM + 2);
    for (int i = 0; i < desk->row_count; i++)
        draw_row(p, rect_cut_top(&area, most < usual ? most : usual, 0), &desk->rows[i], i + 1);
}
