/* What is paid or given back, how much, and under which number: said the same way on every screen.
 */
#include <stdio.h>

#include "ui/screens/screens.h"

void flow_what(struct painter *p, const struct view *view, struct rect *area, enum text_size size) {
    char count[12], words[160];
    struct text_style style = styled(style_body, ALIGN_LEFT, COLOUR_QUIET);
    style.size = size;
    if (!view->what_key[0])
        return;
    snprintf(count, sizeof count, "%d", view->what_count);
    flow_text(p, area, &style, 0,
              strings_fill(words, sizeof words, say(p, view->what_key), count, ""));
}

/* "To the hospital          Bills: 3", the left part where there is the room. */
static void flow_payee(struct painter *p, const struct view *view, struct rect *area) {
    char count[12], words[160];
    struct text_style left = one_line(style_body), right = one_line(style_body);
    if (!view->what_key[0])
        return;
    snprintf(count, sizeof count, "%d", view->what_count);
    strings_fill(words, sizeof words, say(p, view->what_key), count, "");
    const char *payee = say(p, "pay.payee");
    int width = text_width(p, &right, words);
    if (p->small || view->screen == SCREEN_WAITING ||
        text_width(p, &left, payee) + width + mm(p, 6) > area->w) {
        flow_what(p, view, area, T2);
        return;
    }
    struct rect row = rect_cut_top(area, text_line(p, T2), 0);
    right.align = ALIGN_RIGHT;
    text_draw(p, row, &left, payee);
    text_draw(p, rect_cut_right(&row, width, 0), &right, words);
}

void flow_due(struct painter *p, const struct view *view, struct rect *area, int64_t fen) {
    rect_cut_top(area, mm(p, p->small ? 1 : 4), 0);
    flow_payee(p, view, area);
    flow_amount(p, area, T6, mm(p, p->small ? 1 : 3), fen);
}

const char *order_words(struct painter *p, const char *order_no, char *out, int size) {
    char grouped[GROUPED_SIZE];
    const char *words = p->small ? say_short(p, "pay.order") : say(p, "pay.order");
    return strings_fill(out, size, words, grouped_no(order_no, grouped), "");
}

int order_height(struct painter *p, int width, const char *order_no) {
    char text[128];
    if (!order_no[0])
        return 0; /* not opened yet */
    return text_height(p, width, &style_small, order_words(p, order_no, text, sizeof text));
}

void flow_order(struct painter *p, struct rect *area, enum align align, const char *order_no) {
    char text[128];
    struct text_style style = styled(style_small, align, COLOUR_QUIET);
    if (order_no[0])
        flow_text(p, area, &style, 0, order_words(p, order_no, text, sizeof text));
}
