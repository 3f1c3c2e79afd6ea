/* Confirms a refund: the last screen before anything moves. */
#include <stdio.h>

#include "ui/screens/screens.h"

#define LABEL_SIZE 160

/* When it was made and how, so that the payer recognises it. */
static void refund_label(struct painter *p, const struct view_refund *refund,
                         char label[LABEL_SIZE]) {
    snprintf(label, LABEL_SIZE, "%s · %s", refund->time, say(p, refund->channel_key));
}

static int rows_height(struct painter *p, const struct view *view, int named, int width,
                       float em_mm) {
    char label[LABEL_SIZE], amount[AMOUNT_TEXT_SIZE];
    int height = 0;
    for (int i = 0; i < named; i++) {
        const struct view_refund *refund = &view->of.confirm.refunds[i];
        refund_label(p, refund, label);
        height += pair_height(p, width, em_mm, label, amount_text(refund->amount_fen, amount));
    }
    return height;
}

static void draw_refund_rows(struct painter *p, const struct view *view, struct rect area,
                             int named, float em_mm) {
    char label[LABEL_SIZE], amount[AMOUNT_TEXT_SIZE], count[16];
    for (int i = 0; i < named; i++) {
        const struct view_refund *refund = &view->of.confirm.refunds[i];
        refund_label(p, refund, label);
        flow_pair(p, &area, em_mm, label, amount_text(refund->amount_fen, amount));
    }
    snprintf(count, sizeof count, "%d", view->of.confirm.refund_count - named);
    if (view->of.confirm.refund_count > named)
        flow_text(p, &area, &style_small, 0,
                  strings_fill(label, sizeof label, say(p, "refund_confirm.more"), count, ""));
}

void screen_refund_confirm(struct painter *p, const struct view *view) {
    struct places places = chrome_draw(p, view, say(p, "title.refund_confirm"));
    struct rect card = places.controls;
    int count = view->of.confirm.refund_count, most = places.wide ? 2 : VIEW_REFUNDS_MAX;
    int named = count < most ? count : most;
    float em_mm = places.wide ? TEXT_SMALL : TEXT_LABEL;
    stage_draw(p, &places, ICON_refund, say(p, "refund_confirm.hint"));
    int height = mm(p, 51 + 12) + rows_height(p, view, named, card.w - 2 * mm(p, 8), em_mm);
    card = rect_rows(card, 1, height, 0);
    card_draw(p, card);
    struct rect inside = rect_inset(card, mm(p, 8), mm(p, 4));
    struct text_style label = one_line(style_body), sum = style_amount;
    text_draw(p, rect_cut_top(&inside, mm(p, 12), 0), &label, say(p, "refund_confirm.sum"));
    amount_draw(p, rect_cut_top(&inside, mm(p, 28), mm(p, 3)), &sum, view->of.confirm.refund_fen);
    draw_refund_rows(p, view, inside, named, em_mm);
    char amount[AMOUNT_TEXT_SIZE], words[96];
    amount_text(view->of.confirm.refund_fen, amount);
    primary_draw(p, &places, (struct touch){TOUCH_PAY, 0},
                 strings_fill(words, sizeof words, say(p, "refund_confirm.next"), amount, ""),
                 false);
}
