/* Confirms a refund: the last screen before anything moves. From the hospital, back to where it
 * came from. */
#include <stdio.h>

#include "ui/screens/screens.h"

#define LABEL_SIZE 160

/* When it was made and how, so that the payer recognises it. */
static void refund_label(struct painter *p, const struct view_refund *refund,
                         char label[LABEL_SIZE]) {
    snprintf(label, LABEL_SIZE, "%s · %s", say(p, refund->channel_key), refund->time);
}

static void draw_refund_rows(struct painter *p, const struct view *view, struct rect area) {
    char label[LABEL_SIZE], amount[AMOUNT_TEXT_SIZE], count[16];
    struct text_style left = style_small, right = styled(style_label, ALIGN_LEFT, COLOUR_INK);
    int named = view->of.confirm.refund_count < VIEW_REFUNDS_MAX ? view->of.confirm.refund_count
                                                                 : VIEW_REFUNDS_MAX;
    right.strong = true;
    int pad = mm(p, p->small ? 1 : 3), shown = 0;
    flow_hairline(p, &area, pad);
    for (; shown < named; shown++) {
        const struct view_refund *refund = &view->of.confirm.refunds[shown];
        refund_label(p, refund, label);
        amount_text(refund->amount_fen, amount);
        int height = pair_height(p, area.w, &left, label, &right, amount) + 2 * pad;
        int after = view->of.confirm.refund_count > shown + 1 ? text_line(p, T1) : 0;
        if (height + after > area.h)
            break;
        flow_pair(p, &area, &left, label, &right, amount);
        rect_cut_top(&area, pad, 0);
        flow_hairline(p, &area, pad);
    }
    snprintf(count, sizeof count, "%d", view->of.confirm.refund_count - shown);
    if (view->of.confirm.refund_count > shown)
        flow_text(p, &area, &left, 0,
                  strings_fill(label, sizeof label, say(p, "refund_confirm.more"), count, ""));
}

/* Hospital, arrow, the way it was paid. */
static void flow_way(struct painter *p, const struct view *view, struct rect *area) {
    int icon = mm(p, p->small ? 14 : 24);
    struct text_style head = styled(style_label, ALIGN_CENTRE, COLOUR_INK);
    const char *from = say(p, "place.hospital");
    const char *to = view->of.confirm.refund_count == 1
                         ? say(p, view->of.confirm.refunds[0].channel_key)
                         : say(p, "refund_confirm.origin");
    int half = area->w * 34 / 100;
    int words_h = text_height(p, half, &head, to);
    struct rect row = rect_cut_top(area, icon + mm(p, 2) + words_h, mm(p, p->small ? 2 : 8));
    struct rect left = rect_cut_left(&row, half, 0), right = rect_cut_right(&row, half, 0);
    icon_draw(p, rect_cut_top(&left, icon, mm(p, 2)), ICON_hospital, COLOUR_ACCENT);
    text_draw(p, left, &head, from);
    icon_draw(p, rect_cut_top(&right, icon, mm(p, 2)), ICON_wallet, COLOUR_ACCENT);
    text_draw(p, right, &head, to);
    row.h = icon;
    drawing_draw(p, rect_inset(row, 0, icon / 8), DRAWING_arrow);
}

void screen_refund_confirm(struct painter *p, const struct view *view) {
    struct places places = chrome_draw(p, view, DOCK_ACTION_BACK);
    struct rect area = places.stage;
    flow_title(p, &area, say(p, "title.refund_confirm"));
    flow_amount(p, &area, T6, mm(p, 2), view->of.confirm.refund_fen);
    flow_text(p, &area, &style_small, mm(p, 2), say(p, "refund_confirm.hint"));
    flow_notice(p, view, &places, &area);
    struct rect board = board_below(p, &places, &area);
    rect_cut_top(&board, mm(p, p->small ? 3 : 6), 0);
    flow_way(p, view, &board);
    draw_refund_rows(p, view, board);
    char amount[AMOUNT_TEXT_SIZE], words[96];
    amount_text(view->of.confirm.refund_fen, amount);
    struct action go = {
        {TOUCH_PAY, 0},
        strings_fill(words, sizeof words, say(p, "refund_confirm.next"), amount, ""),
        ICON_return,
        false};
    struct action no = {{TOUCH_BACK, 0}, say(p, "refund_confirm.no"), ICON_NONE, false};
    dock_actions(p, &places, &go, view->can_back ? &no : NULL);
}
