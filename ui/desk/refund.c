/* What goes back, before it does: of which payment, how much of it, and loudly where it is less
 * than was asked. */
#include <stdio.h>

#include "ui/desk/parts.h"

static void flow_refund_sum(struct painter *p, struct rect *area, const char *key, int64_t fen) {
    char amount[AMOUNT_TEXT_SIZE];
    struct text_style label = one_line(style_body);
    struct text_style text = one_line(styled(style_label, ALIGN_RIGHT, COLOUR_INK));
    struct rect row = rect_cut_top(area, text_line(p, T2) + mm(p, 4), 0), line = row;
    text.strong = true;
    text_draw(p, rect_cut_left(&row, row.w / 2, 0), &label, say(p, key));
    text_draw(p, row, &text, amount_text(fen, amount));
    hairline_draw(p, line.x, line.y + line.h, line.w);
}

static void flow_less(struct painter *p, const struct view_desk *desk, struct rect *area) {
    char words[240], asked[AMOUNT_TEXT_SIZE], left[AMOUNT_TEXT_SIZE];
    if (desk->asked_fen <= desk->amount_fen)
        return;
    strings_fill(words, sizeof words, say(p, "desk.refund.less"),
                 amount_text(desk->asked_fen, asked), amount_text(desk->amount_fen, left));
    flow_warning(p, area, words);
}

void desk_refund_draw(struct painter *p, const struct view *view) {
    const struct view_desk *desk = &view->of.desk;
    char words[160], amount[AMOUNT_TEXT_SIZE];
    struct rect bleed, area = desk_frame(p, view, &bleed);
    if (desk_help_draw(p, view, area))
        return;
    flow_call_due(p, view, &area, say_if(p, desk->way_key), desk->time);
    strings_fill(words, sizeof words, say(p, desk->enter_key),
                 amount_text(desk->amount_fen, amount), "");
    struct desk_button button = {{TOUCH_FUNCTION, 7}, "F7", words, "", true};
    desk_button_draw(p, rect_cut_bottom(&area, mm(p, DESK_BUTTON_MM), mm(p, DESK_GAP_MM)), &button);
    flow_less(p, desk, &area);
    flow_refund_sum(p, &area, "desk.refund.paid", desk->paid_fen);
    flow_refund_sum(p, &area, "desk.refund.before", desk->before_fen);
    flow_refund_sum(p, &area, "desk.refund.asked", desk->asked_fen);
    rect_cut_top(&area, mm(p, 4), 0);
    flow_text(p, &area, &style_body, 0, say(p, "desk.refund.text"));
}
