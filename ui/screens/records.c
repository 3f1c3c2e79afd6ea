/* What was paid here: what became of it, or what of it may go back. */
#include <stdio.h>

#include "ui/screens/screens.h"

static const struct {
    enum icon icon;
    rgb ink, tint;
} tones[] = {
    [TONE_GOOD] = {ICON_check, COLOUR_GOOD, COLOUR_GOOD_TINT},
    [TONE_WAIT] = {ICON_clock, COLOUR_WARN, COLOUR_WARN_TINT},
    [TONE_RETURNED] = {ICON_return, COLOUR_BACK, COLOUR_BACK_TINT},
    [TONE_WINDOW] = {ICON_desk, COLOUR_WARN, COLOUR_WARN_TINT},
    [TONE_NOT_PAID] = {ICON_cross, COLOUR_CALM, COLOUR_CALM_TINT},
};

static void draw_payment(struct painter *p, struct rect rect, const struct view_payment *payment,
                         int n) {
    card_touch(p, rect, (struct touch){TOUCH_BILL, n}, false);
    bool roomy = rect.h > mm(p, 32);
    struct rect inside = rect_inset(rect, mm(p, 3), 0);
    int badge = mm(p, roomy ? 16 : 12);
    struct rect icon = rect_cut_left(&inside, badge, mm(p, 3));
    badge_draw(p, rect_centre(icon, badge, badge), tones[payment->tone].icon,
               tones[payment->tone].ink, tones[payment->tone].tint);
    char amount[AMOUNT_TEXT_SIZE], service[48], head[200], state[240];
    struct text_style sum = one_line(styled(style_label, ALIGN_RIGHT, COLOUR_INK));
    sum.strong = true;
    sum.em_mm = roomy ? TEXT_HEAD : TEXT_BODY;
    inside = rect_centre(inside, inside.w, mm(p, roomy ? 26 : 20));
    struct rect upper = rect_cut_top(&inside, mm(p, roomy ? 13 : 10), 0);
    amount_text(payment->amount_fen, amount);
    text_draw(p, rect_cut_right(&upper, text_width(p, &sum, amount), mm(p, 3)), &sum, amount);
    snprintf(service, sizeof service, "service.%s", service_name(payment->service));
    snprintf(head, sizeof head, "%s · %s", say(p, service), payment->time);
    struct text_style title = one_line(style_label), line = one_line(style_small);
    title.em_mm = roomy ? TEXT_LABEL : TEXT_SMALL;
    title.shrink = true;
    if (text_width(p, &title, head) > upper.w) /* the state and the receipt name the service */
        snprintf(head, sizeof head, "%s", payment->time);
    text_draw(p, upper, &title, head);
    line.strong = true;
    line.ink = COLOUR_INK;
    text_draw(p, inside, &line,
              strings_fill(state, sizeof state, say(p, payment->state_key), payment->state_a,
                           payment->state_b));
}

static void draw_payment_rows(struct painter *p, const struct view *view, struct rect area) {
    int gap = mm(p, 0.8f);
    if (area.h > PAYMENTS_A_PAGE * mm(p, 42))
        area.h = PAYMENTS_A_PAGE * mm(p, 42);
    for (int i = 0; i < view->of.records.count && i < PAYMENTS_A_PAGE; i++)
        draw_payment(p, rect_cell(area, 1, PAYMENTS_A_PAGE, gap, i), &view->of.records.rows[i],
                     view->of.records.first + i + 1);
}

/* What stands beside the list: who, and what touching a row does. */
static void draw_info(struct painter *p, const struct view *view, struct rect info, bool refund) {
    struct text_style words = style_body;
    bool end = view->of.records.more && view->of.records.page + 1 == view->of.records.page_count;
    const char *hint = say(p, end ? "records.more" : refund ? "refund.hint" : "records.hint");
    int height = text_height(p, info.w, &words, hint);
    if (info.h >= height + mm(p, 24)) {
        struct rect card = rect_cut_top(&info, info.h - height - mm(p, 3), mm(p, 3));
        if (card.h > mm(p, 44))
            card.h = mm(p, 44);
        account_draw(p, card, &view->of.records.account);
        info.y = card.y + card.h + mm(p, 3);
    }
    if (info.h >= height)
        text_draw(p, info, &words, hint);
}

void screen_records(struct painter *p, const struct view *view) {
    bool refund = view->of.records.refund, paged = view->of.records.page_count > 1;
    bool balance = refund && view->of.records.balance_fen > 0;
    struct places places = chrome_draw(p, view, say(p, refund ? "title.refund" : "title.records"));
    struct rect info = places.info,
                list = balance ? places.controls : controls_without_primary(&places);
    if (paged) {
        struct rect *from = places.wide ? &info : &list;
        pager_draw(p, rect_cut_bottom(from, mm(p, BAR_MM), mm(p, GAP_MM)), view->of.records.page,
                   view->of.records.page_count);
    }
    draw_info(p, view, info, refund);
    draw_payment_rows(p, view, list);
    char amount[AMOUNT_TEXT_SIZE], label[96];
    amount_text(view->of.records.balance_fen, amount);
    if (balance)
        primary_draw(p, &places, (struct touch){TOUCH_ALL, 0},
                     strings_fill(label, sizeof label, say(p, "refund.balance"), amount, ""),
                     false);
}
