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

void flow_due(struct painter *p, const struct view *view, struct rect *area, int64_t fen) {
    rect_cut_top(area, mm(p, p->small ? 1 : 3), 0);
    flow_what(p, view, area, T2);
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
