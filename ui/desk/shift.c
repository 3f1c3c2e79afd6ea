/* The end of a shift: what the drawer should hold, what is counted, and what is missing. */
#include <stdio.h>
#include <stdlib.h>

#include "ui/desk/parts.h"

static void flow_shift_line(struct painter *p, struct rect *area, const char *key, int64_t fen,
                            bool bold) {
    char amount[AMOUNT_TEXT_SIZE];
    struct text_style label = one_line(bold ? style_head : style_body);
    struct text_style text = one_line(styled(style_amount, ALIGN_RIGHT, COLOUR_INK));
    text.size = bold ? T4 : T2;
    struct rect row = rect_cut_top(area, text_line(p, text.size) + mm(p, 3), 0), line = row;
    text_draw(p, rect_cut_left(&row, row.w / 2, 0), &label, say(p, key));
    text_draw(p, row, &text, amount_text(fen, amount));
    hairline_draw(p, line.x, line.y + line.h, line.w);
}

static void draw_counted(struct painter *p, const struct view_desk *desk, struct rect row) {
    struct text_style label = one_line(styled(style_head, ALIGN_LEFT, COLOUR_INK));
    struct text_style typed = one_line(styled(style_amount, ALIGN_RIGHT, COLOUR_INK));
    typed.size = T4;
    text_draw(p, rect_cut_left(&row, row.w / 2, 0), &label, say(p, "desk.shift.counted"));
    canvas_fill(&p->canvas, row, colour_of(p, COLOUR_ACCENT));
    row = rect_inset(row, mm(p, 0.75f), mm(p, 0.75f));
    canvas_fill(&p->canvas, row, colour_of(p, COLOUR_FIELD));
    text_draw(p, rect_inset(row, mm(p, 4), 0), &typed, desk->typed);
}

/* Too little, too much, or just so; nothing before anything is typed. */
static const char *difference_words(struct painter *p, const struct view_desk *desk, char *out,
                                    int size) {
    char amount[AMOUNT_TEXT_SIZE];
    int64_t off = desk->counted_fen - desk->drawer_fen;
    if (desk->typed[0] == '\0')
        return "";
    return strings_fill(out, size,
                        say(p, off == 0  ? "desk.shift.agrees"
                               : off < 0 ? "desk.shift.less"
                                         : "desk.shift.more"),
                        amount_text(off < 0 ? -off : off, amount), "");
}

void desk_shift_draw(struct painter *p, const struct view *view, struct rect area) {
    const struct view_desk *desk = &view->of.desk;
    char words[160], number[12];
    int gap = mm(p, DESK_GAP_MM);
    if (desk->enter_key[0] != '\0') {
        struct desk_button button = {{TOUCH_NEXT, 0}, "Enter", say(p, desk->enter_key), "", true};
        desk_button_draw(p, rect_cut_bottom(&area, mm(p, DESK_BUTTON_MM), gap), &button);
    } else {
        rect_cut_bottom(&area, mm(p, DESK_BUTTON_MM), gap);
    }
    flow_text(p, &area, &style_title, mm(p, 2), say(p, "desk.shift.title"));
    snprintf(number, sizeof number, "%d", desk->shift_calls);
    strings_fill(words, sizeof words, say(p, "desk.shift.since"), desk->shift_began,
                 desk->shift_by);
    flow_text(p, &area, &style_body, 0, words);
    strings_fill(words, sizeof words, say(p, "desk.shift.calls"), number, "");
    flow_text(p, &area, &style_body, mm(p, 4), words);
    flow_shift_line(p, &area, "desk.shift.taken", desk->cash_fen, false);
    flow_shift_line(p, &area, "desk.shift.returned", -desk->handed_fen, false);
    if (desk->held_fen > 0)
        flow_shift_line(p, &area, "desk.shift.held", desk->held_fen, false);
    flow_shift_line(p, &area, "desk.shift.expected", desk->drawer_fen, true);
    rect_cut_top(&area, mm(p, 4), 0);
    draw_counted(p, desk, rect_cut_top(&area, text_line(p, T4) + mm(p, 4), mm(p, 4)));
    flow_warning(p, &area, difference_words(p, desk, words, sizeof words));
    flow_warning(p, &area, say_if(p, view->notice_key));
    if (desk->receipt_of[0] == '\0')
        desk_paper_flow(p, desk, &area);
}
