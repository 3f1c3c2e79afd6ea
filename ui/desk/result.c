/* The end: what became of it, and its numbers. */
#include <stdio.h>

#include "ui/desk/parts.h"
#include "ui/screens/screens.h"

static void flow_fact(struct painter *p, struct rect *area, const char *key, const char *value) {
    if (value[0] == '\0')
        return;
    struct text_style label = one_line(style_body), text = one_line(style_label);
    struct rect row = rect_cut_top(area, text_line(p, T2) + mm(p, 3), 0), line = row;
    text_draw(p, rect_cut_left(&row, row.w / 4, 0), &label, say(p, key));
    text_draw(p, row, &text, value);
    hairline_draw(p, line.x, line.y + line.h, line.w);
}

static void flow_end_facts(struct painter *p, const struct view_desk *desk, struct rect *area) {
    char order[GROUPED_SIZE];
    flow_fact(p, area, "desk.fact.case", desk->case_no);
    flow_fact(p, area, "desk.fact.way", say_if(p, desk->way_key));
    flow_fact(p, area, "desk.fact.time", desk->time);
    flow_fact(p, area, "desk.fact.order",
              desk->order_no[0] != '\0' ? grouped_no(desk->order_no, order) : "");
    flow_fact(p, area, "desk.fact.trace", desk->trace_no);
    flow_fact(p, area, "desk.fact.caller", desk->caller_no);
    flow_fact(p, area, "desk.fact.receipt", say_if(p, desk->receipt_key));
}

/* What is counted out now, as large as what was paid. */
static void flow_change(struct painter *p, struct rect *area, int64_t fen) {
    char amount[AMOUNT_TEXT_SIZE];
    struct text_style label = one_line(styled(style_head, ALIGN_LEFT, COLOUR_INK));
    struct text_style text = one_line(styled(style_amount, ALIGN_LEFT, COLOUR_INK));
    if (fen <= 0)
        return;
    text.size = T5;
    struct rect row = rect_cut_top(area, text_line(p, T5), mm(p, 3));
    text_draw(p, rect_cut_left(&row, row.w / 4, 0), &label, say(p, "desk.fact.change"));
    text_draw(p, row, &text, amount_text(fen, amount));
}

void desk_result_draw(struct painter *p, const struct view *view) {
    const struct view_desk *desk = &view->of.desk;
    const struct tone_look *look = &tone_looks[desk->tone];
    struct rect bleed, area = desk_frame(p, view, &bleed);
    char more[48] = "", number[12];
    if (desk_help_draw(p, view, area))
        return;
    struct desk_verdict verdict = {look->icon, look->badge, look->tint, say(p, desk->title_key),
                                   say_if(p, desk->text_key)};
    desk_verdict_draw(p, &bleed, &area, &verdict);
    if (desk->leaves_s > 0) {
        snprintf(number, sizeof number, "%d", desk->leaves_s);
        strings_fill(more, sizeof more, say(p, "desk.leaves"), number, "");
    }
    struct desk_button button = {{TOUCH_NEXT, 0}, "Enter", say(p, desk->enter_key), more, true};
    desk_button_draw(p, rect_cut_bottom(&area, mm(p, DESK_BUTTON_MM), mm(p, DESK_GAP_MM)), &button);
    flow_call(p, view, &area);
    flow_amount(p, &area, T5, mm(p, 3), desk->amount_fen);
    flow_less(p, desk, &area);
    flow_change(p, &area, desk->change_fen);
    flow_end_facts(p, desk, &area);
}
