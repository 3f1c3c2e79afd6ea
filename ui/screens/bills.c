/* What is owed: choose all or some, look into each. */
#include <stdio.h>

#include "ui/screens/screens.h"

static void draw_check(struct painter *p, struct rect rect, bool on) {
    int size = mm(p, 11);
    struct rect box = rect_centre(rect, size, size);
    canvas_card(&p->canvas, box, mm(p, 2), mm(p, 0.8f), on ? COLOUR_ACCENT : COLOUR_CARD,
                on ? COLOUR_ACCENT : COLOUR_ACCENT_LINE);
    if (on)
        icon_draw(p, rect_inset(box, mm(p, 1.5f), mm(p, 1.5f)), ICON_check, COLOUR_ON_ACCENT);
}

/* The whole row but its detail button chooses the bill. */
static void draw_bill(struct painter *p, struct rect rect, const struct view_bill *bill, int n) {
    struct rect row = rect,
                detail = rect_cut_right(&row, mm(p, rect.w > mm(p, 200) ? 34 : 27), mm(p, 1.5f));
    card_touch(p, row, (struct touch){TOUCH_BILL, n}, false);
    struct button button = {
        {TOUCH_DETAIL, n}, say(p, "bills.detail"), ICON_NONE, LOOK_PLAIN, false};
    button_draw(p, detail, &button);
    struct rect inside = rect_inset(row, mm(p, 3), 0);
    draw_check(p, rect_cut_left(&inside, mm(p, 11), mm(p, 3)), bill->selected);
    char amount[AMOUNT_TEXT_SIZE], what[400], when[120], count[16];
    bool roomy = rect.h > mm(p, 32) && rect.w > mm(p, 200);
    struct text_style sum = one_line(styled(style_label, ALIGN_RIGHT, COLOUR_INK));
    sum.em_mm = roomy ? TEXT_HEAD : TEXT_BODY;
    sum.strong = true;
    amount_text(bill->amount_fen, amount);
    text_draw(p, rect_cut_right(&inside, text_width(p, &sum, amount), mm(p, 3)), &sum, amount);
    snprintf(what, sizeof what, "%s%s%s", bill->department,
             bill->department[0] && bill->doctor[0] ? " · " : "", bill->doctor);
    snprintf(count, sizeof count, "%d", bill->line_count);
    strings_fill(when, sizeof when, say(p, "bills.when"), bill->begun, count);
    struct text_style head = one_line(style_label), line = one_line(style_small);
    head.em_mm = roomy ? TEXT_LABEL : TEXT_SMALL;
    head.shrink = false;
    if (text_width(p, &head, what) > inside.w) /* the details name the doctor */
        snprintf(what, sizeof what, "%s", bill->department);
    if (text_width(p, &line, when) > inside.w)
        snprintf(when, sizeof when, "%s", bill->begun);
    inside = rect_centre(inside, inside.w, mm(p, roomy ? 24 : 20));
    text_draw(p, rect_cut_top(&inside, mm(p, roomy ? 13 : 10), 0), &head, what);
    text_draw(p, inside, &line, when);
}

static void draw_total(struct painter *p, const struct view *view, struct rect rect) {
    char selected[16], all[16], words[128];
    snprintf(selected, sizeof selected, "%d", view->of.bills.selected_count);
    snprintf(all, sizeof all, "%d", view->of.bills.total_count);
    struct text_style label = one_line(style_small), sum = style_amount;
    struct rect row = rect_cut_top(&rect, mm(p, 11), 0);
    text_draw(p, row, &label,
              strings_fill(words, sizeof words, say(p, "bills.selected"), selected, all));
    amount_draw(p, rect, &sum, view->of.bills.selected_fen);
}

static void draw_all_button(struct painter *p, const struct view *view, struct rect rect) {
    struct button button = {{TOUCH_ALL, 0},
                            say(p, view->of.bills.all_selected ? "bills.none" : "bills.all"),
                            ICON_NONE,
                            LOOK_SOFT,
                            false};
    button_draw(p, rect, &button);
}

static void draw_bill_rows(struct painter *p, const struct view *view, struct rect area) {
    int count = view->of.bills.count, gap = mm(p, 0.8f), rows = BILLS_A_PAGE;
    if (view->of.bills.page_count == 1 && count < rows) /* few may stand wider */
        rows = count > 3 ? count : 3;
    if (area.h > rows * mm(p, 54))
        area.h = rows * mm(p, 54);
    for (int i = 0; i < count && i < rows; i++)
        draw_bill(p, rect_cell(area, 1, rows, gap, i), &view->of.bills.rows[i],
                  view->of.bills.first + i + 1);
}

static void draw_bills_tall(struct painter *p, const struct view *view,
                            const struct places *places) {
    struct rect info = places->info, list = places->controls;
    struct rect sum = rect_cut_bottom(&info, mm(p, 38), mm(p, 3));
    if (info.h >= mm(p, 20))
        account_draw(p,
                     (struct rect){info.x, info.y, info.w, info.h < mm(p, 40) ? info.h : mm(p, 40)},
                     &view->of.bills.account);
    draw_total(p, view, sum);
    struct rect low = rect_cut_bottom(&list, mm(p, BAR_MM), mm(p, GAP_MM));
    bool paged = view->of.bills.page_count > 1;
    struct rect all = paged ? rect_cut_left(&low, low.w / 4, mm(p, GAP_MM)) : low;
    draw_all_button(p, view, all);
    if (paged)
        pager_draw(p, low, view->of.bills.page, view->of.bills.page_count);
    draw_bill_rows(p, view, list);
}

static void draw_bills_wide(struct painter *p, const struct view *view,
                            const struct places *places) {
    struct rect info = places->info;
    if (view->of.bills.page_count > 1)
        pager_draw(p, rect_cut_bottom(&info, mm(p, BAR_MM), mm(p, GAP_MM)), view->of.bills.page,
                   view->of.bills.page_count);
    draw_all_button(p, view, rect_cut_bottom(&info, mm(p, BAR_MM), mm(p, 2)));
    struct rect sum = rect_cut_bottom(&info, mm(p, 36), mm(p, 1));
    draw_total(p, view, sum);
    if (info.h >= mm(p, 20))
        account_draw(p,
                     info.h > mm(p, 48) ? (struct rect){info.x, info.y, info.w, mm(p, 48)} : info,
                     &view->of.bills.account);
    draw_bill_rows(p, view, places->controls);
}

/* The hospital's word before the list: read, then go on. */
static void draw_tip(struct painter *p, const struct view *view) {
    struct places places = chrome_draw(p, view, say(p, "title.tip"));
    struct rect card = places.whole;
    card.h = places.controls.y + places.controls.h - card.y;
    card_draw(p, card);
    struct rect inside = rect_inset(card, mm(p, 10), mm(p, 8));
    badge_draw(p, rect_cut_top(&inside, mm(p, places.wide ? 22 : 40), mm(p, 6)), ICON_info,
               COLOUR_ACCENT, COLOUR_ACCENT_TINT);
    struct text_style text = style_label;
    text.weight = WEIGHT_REGULAR;
    text.shrink = false;
    text.em_mm = text_fit(p, inside, &text, TEXT_TITLE, view->of.bills.tip);
    text_draw(p, inside, &text, view->of.bills.tip);
    primary_draw(p, &places, (struct touch){TOUCH_NEXT, 0}, say(p, "tip.next"), false);
}

void screen_bills(struct painter *p, const struct view *view) {
    if (view->of.bills.tip[0]) {
        draw_tip(p, view);
        return;
    }
    struct places places = chrome_draw(p, view, say(p, "title.bills"));
    if (places.wide)
        draw_bills_wide(p, view, &places);
    else
        draw_bills_tall(p, view, &places);
    char amount[AMOUNT_TEXT_SIZE], label[96];
    amount_text(view->of.bills.selected_fen, amount);
    primary_draw(p, &places, (struct touch){TOUCH_PAY, 0},
                 strings_fill(label, sizeof label, say(p, "bills.pay"), amount, ""),
                 view->of.bills.selected_count == 0);
}
