/* The lines of a page of a bill: to be read, not touched. A row whose name is long grows into the
 * room that the others leave. */
#include <stdio.h>

#include "ui/screens/screens.h"

#define ROW_GAP_MM 1.0f

struct rect lay_lines(struct painter *p, const struct places *places, struct rect area, int page,
                      int page_count) {
    if (page_count > 1) {
        rect_cut_bottom(&area, mm(p, GAP_MM), 0);
        pager_draw(p, rect_cut_bottom(&area, pager_height(p), mm(p, GAP_MM)), page, page_count);
    }
    struct rect list = places->wide ? places->board : area;
    if (!places->wide)
        flow_hairline(p, &list, 0);
    return list;
}

static struct text_style sum_style(enum text_size size) {
    struct text_style sum = one_line(styled(style_label, ALIGN_RIGHT, COLOUR_INK));
    sum.strong = true;
    sum.size = size;
    return sum;
}

/* What the sum leaves of a row. */
static int width_of_words(struct painter *p, int width, const struct line_row *row,
                          enum text_size size) {
    char amount[AMOUNT_TEXT_SIZE];
    struct text_style sum = sum_style(size);
    amount_text(row->amount_fen, amount);
    return width - 2 * mm(p, ROW_GAP_MM) - text_width(p, &sum, amount) - mm(p, 4);
}

/* So high that nothing of the name is cut. */
static int height_wanted(struct painter *p, int width, const struct line_row *row,
                         enum text_size size) {
    struct text_style name = styled(style_label, ALIGN_LEFT, COLOUR_INK);
    name.size = size;
    return text_height(p, width_of_words(p, width, row, size), &name, row->name) +
           (row->note[0] ? text_line(p, T1) : 0) + mm(p, ROW_GAP_MM);
}

/* The common height of the rows when each gets at least what it wants; 0: they want too much. */
static int common_height(const int *wanted, int count, int cell, int room) {
    for (int height = cell; height > 0; height--) {
        int used = 0;
        for (int i = 0; i < count; i++)
            used += wanted[i] > height ? wanted[i] : height;
        if (used <= room)
            return height;
    }
    return 0;
}

static int greatest_want(const int *wanted, int count) {
    int most = 0;
    for (int i = 0; i < count; i++)
        most = wanted[i] > wanted[most] ? i : most;
    return most;
}

/* Whoever wants most gives way until all have room: none but the longest names are cut. */
static void limit_wants(int *wanted, int count, int cell, int room) {
    for (int tries = 0; tries < count; tries++) {
        int most = greatest_want(wanted, count), over = -room;
        for (int i = 0; i < count; i++)
            over += wanted[i];
        if (over <= 0)
            return;
        wanted[most] = wanted[most] - over > cell ? wanted[most] - over : cell;
    }
}

/* Where the rows stand, in the `usual` part of the list if they can, with names of `size`; false: a
 * name would be cut, and is where it `must` be. */
static bool place_rows(struct painter *p, struct rect list, struct rect usual,
                       const struct line_row *rows, int count, enum text_size size, bool must,
                       struct rect *out) {
    int wanted[VIEW_ROWS_MAX], a_page = page_rows(p, PAGE_LINES), cell = usual.h / a_page;
    for (int i = 0; i < count; i++)
        wanted[i] = height_wanted(p, list.w, &rows[i], size);
    if (must)
        limit_wants(wanted, count, cell, list.h);
    int common = common_height(wanted, count, cell, list.h);
    bool even = wanted[greatest_want(wanted, count)] <= cell;
    for (int i = 0; i < count; i++)
        out[i] = even ? rect_cell(usual, 1, a_page, 0, i)
                      : rect_cut_top(&list, wanted[i] > common ? wanted[i] : common, 0);
    return common > 0;
}

static void draw_line_row(struct painter *p, struct rect rect, const struct line_row *row,
                          enum text_size size) {
    char amount[AMOUNT_TEXT_SIZE];
    struct text_style sum = sum_style(size);
    struct text_style name = styled(style_label, ALIGN_LEFT, COLOUR_INK);
    struct text_style note = one_line(style_small);
    name.size = size;
    note.ink = row->outside ? COLOUR_INK : note.ink;
    note.strong = row->outside;
    amount_text(row->amount_fen, amount);
    struct rect inside = rect_inset(rect, mm(p, ROW_GAP_MM), 0);
    text_draw(p, rect_cut_right(&inside, text_width(p, &sum, amount), mm(p, 4)), &sum, amount);
    int mark = row->outside ? text_line(p, T1) + mm(p, 1) : 0;
    const char *told = text_width(p, &note, row->note) > inside.w - mark ? row->brief : row->note;
    int lines = (inside.h - mm(p, ROW_GAP_MM) - text_line(p, T1)) / text_line(p, size);
    name.lines_max = lines < 1 ? 1 : lines;
    int name_h = text_height(p, inside.w, &name, row->name);
    inside = rect_centre(inside, inside.w, name_h + (told[0] ? text_line(p, T1) : 0));
    text_draw(p, rect_cut_top(&inside, name_h, 0), &name, row->name);
    if (row->outside)
        icon_draw(p, rect_cut_left(&inside, text_line(p, T1), mm(p, 1)), ICON_person, COLOUR_WAIT);
    text_draw(p, inside, &note, told);
}

void lines_draw(struct painter *p, struct rect list, float row_max_mm, const struct line_row *rows,
                int count) {
    struct rect places[VIEW_ROWS_MAX];
    struct rect usual = list;
    int a_page = page_rows(p, PAGE_LINES), most = a_page * mm(p, row_max_mm);
    usual.h = usual.h < most ? usual.h : most;
    int cell = usual.h / a_page;
    if (count == 0)
        return;
    bool low = cell < text_line(p, T2) + text_line(p, T1) + mm(p, ROW_GAP_MM);
    enum text_size size = low ? T1 : T2;
    if (!place_rows(p, list, usual, rows, count, size, false, places))
        place_rows(p, list, usual, rows, count, size = T1, true, places);
    for (int i = 0; i < count; i++) {
        hairline_draw(p, places[i].x, places[i].y + places[i].h, places[i].w);
        draw_line_row(p, places[i], &rows[i], size);
    }
}
