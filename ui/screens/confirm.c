/* Confirms who it is, where it is asked for; and which of several hospital cards is used. */
#include <stdio.h>

#include "ui/screens/screens.h"

#define FACTS 5
#define CARD_ROW_MAX_MM 52.0f
#define CARD_ROW_MM 28.0f

struct fact {
    const char *label, *value;
};

/* What is known of the person, masked; `amount` stays empty until it may be shown. */
static void facts_of(struct painter *p, const struct view *view, const char *amount,
                     struct fact facts[FACTS]) {
    const struct view_account *account = &view->account;
    bool stay = account->inpatient;
    facts[0] = (struct fact){say(p, "account.id_no"), account->id_no};
    facts[1] = (struct fact){say(p, stay ? "account.ipt_no" : "account.card_no"), account->card_no};
    facts[2] = (struct fact){say(p, "account.ward"), account->ward};
    facts[3] = (struct fact){say(p, "account.bed"), account->bed};
    facts[4] = (struct fact){say(p, stay ? "account.deposit" : "account.balance"), amount};
}

static void draw_person(struct painter *p, const struct view *view, struct rect area) {
    const struct view_account *account = &view->account;
    char amount[AMOUNT_TEXT_SIZE] = "";
    struct fact facts[FACTS];
    struct text_style name = style_title, label = style_body, value = style_label;
    if (account->has_balance && !view->of.confirm.hidden)
        amount_text(account->balance_fen, amount);
    facts_of(p, view, amount, facts);
    if (p->small)
        label.size = value.size = T1;
    int badge = mm(p, p->small ? 22 : 38), pad = mm(p, p->small ? 1 : 3);
    struct rect top = rect_cut_top(&area, badge, pad);
    badge_draw(p, rect_cut_left(&top, badge, mm(p, 6)), ICON_person, COLOUR_ON_ACCENT,
               COLOUR_ACCENT);
    name.middle = true;
    name.lines_max = 2;
    if (!p->small)
        name.size = text_size_for(p, top.w, &(struct text_style){.size = T5, .weight = WEIGHT_BOLD},
                                  account->name);
    if (name.size < T4)
        name.size = T3;
    text_draw(p, top, &name, account->name);
    for (int i = 0; i < FACTS; i++) {
        if (!facts[i].value[0])
            continue;
        value.lines_max = 2;
        int height = pair_height(p, area.w, &label, facts[i].label, &value, facts[i].value);
        if (height + 2 * pad > area.h)
            break; /* the hospital says more than the panel holds */
        flow_hairline(p, &area, pad);
        flow_pair(p, &area, &label, facts[i].label, &value, facts[i].value);
        rect_cut_top(&area, pad, 0);
    }
    flow_hairline(p, &area, mm(p, 3));
    struct text_style note = style_small;
    if (area.h >= icon_text_height(p, area.w, &note, say(p, "confirm.masked")))
        flow_icon_text(p, &area, ICON_lock, COLOUR_QUIET, &note, 0, say(p, "confirm.masked"));
}

void screen_confirm(struct painter *p, const struct view *view) {
    if (view->of.confirm.refund_count > 0) {
        screen_refund_confirm(p, view);
        return;
    }
    bool last4 = view->of.confirm.asks_last4, closed = view->of.confirm.closed;
    struct places places = chrome_draw(p, view, DOCK_ACTION_BACK);
    struct rect area = places.stage;
    bool bare = p->tight && view->notice_key[0]; /* the actions say what is asked */
    if (!bare) {
        flow_title(p, &area, say(p, closed ? "title.closed" : "title.confirm"));
        if (!closed)
            flow_text(p, &area, &style_body, mm(p, 3),
                      say(p, last4 ? "confirm.hint.last4" : "confirm.hint"));
    }
    flow_notice(p, view, &places, &area);
    struct rect board = board_below(p, &places, &area);
    rect_cut_top(&board, mm(p, places.wide ? 3 : 4), 0);
    draw_person(p, view, board);
    struct action next = {
        {TOUCH_NEXT, 0}, say(p, last4 ? "confirm.next.last4" : "confirm.next"), ICON_check, false};
    struct action no = {{TOUCH_BACK, 0}, say(p, "confirm.no"), ICON_NONE, false};
    struct action done = {{TOUCH_HOME, 0}, say(p, "confirm.done"), ICON_NONE, false};
    if (closed) /* going on says the same again */
        dock_actions(p, &places, &done, NULL);
    else
        dock_actions(p, &places, &next, view->can_back ? &no : NULL);
}

static void draw_hospital_card(struct painter *p, struct rect rect, const struct view_card *card,
                               int n) {
    struct rect inside = touchable_draw(p, rect, LOOK_CARD, (struct touch){TOUCH_CARD, n});
    inside = rect_inset(inside, mm(p, 5), 0);
    char text[240], built[160] = "", amount[AMOUNT_TEXT_SIZE] = "";
    struct text_style number = one_line(style_label), line = one_line(style_small);
    if (inside.w > mm(p, 120)) {
        int badge = inside.h - mm(p, 4) < mm(p, 22) ? inside.h - mm(p, 4) : mm(p, 22);
        badge_draw(p, rect_cut_left(&inside, badge, mm(p, 5)), ICON_cards, COLOUR_ON_ACCENT,
                   COLOUR_ACCENT);
        icon_draw(p, rect_cut_right(&inside, mm(p, 8), mm(p, 3)), ICON_right, COLOUR_ACCENT);
    }
    if (card->has_balance)
        amount_text(card->balance_fen, amount);
    if (card->built[0])
        strings_fill(built, sizeof built, say(p, "cards.built"), card->built, "");
    snprintf(text, sizeof text, "%s%s%s%s%s", card->type, card->type[0] && amount[0] ? " · " : "",
             amount, (card->type[0] || amount[0]) && built[0] ? " · " : "", built);
    if (text_width(p, &line, text) > inside.w)
        snprintf(text, sizeof text, "%s%s%s", card->type, card->type[0] && amount[0] ? " · " : "",
                 amount);
    if (text_width(p, &line, text) > inside.w)
        snprintf(text, sizeof text, "%s", amount[0] ? amount : card->type);
    number.size = text_size_for(
        p, inside.w, &(struct text_style){.size = T3, .weight = WEIGHT_BOLD}, card->number);
    int height = text_line(p, number.size) + (text[0] ? text_line(p, T1) : 0);
    if (height > inside.h && number.size > T2) {
        number.size = T2;
        height = text_line(p, number.size) + (text[0] ? text_line(p, T1) : 0);
    }
    inside = rect_centre(inside, inside.w, height);
    text_draw(p, rect_cut_top(&inside, text_line(p, number.size), 0), &number, card->number);
    text_draw(p, inside, &line, text);
}

/* As many a page as there is room for; the rest on the next. */
static void draw_cards(struct painter *p, const struct view *view, struct rect area) {
    int count = view->of.cards.count, gap = mm(p, GAP_MM),
        least = mm(p, p->elder ? 34 : CARD_ROW_MM);
    int columns = count > 4 ? 2 : 1, fits = (area.h + gap) / (least + gap) * columns;
    int pages = 1, page = 0;
    if (count > fits) {
        struct rect pager = rect_cut_bottom(&area, pager_height(p), gap);
        fits = (area.h + gap) / (least + gap) * columns;
        pages = (count + fits - 1) / fits;
        page = view->of.cards.page < pages ? view->of.cards.page : pages - 1;
        pager_draw(p, pager, page, pages);
    }
    int rows = pages > 1 ? fits / columns : (count + columns - 1) / columns;
    int most = rows * mm(p, CARD_ROW_MAX_MM) + (rows - 1) * gap;
    area.h = area.h < most ? area.h : most;
    for (int i = 0; i < fits && page * fits + i < count; i++)
        draw_hospital_card(p, rect_cell(area, columns, rows, gap, i),
                           &view->of.cards.cards[page * fits + i], page * fits + i + 1);
}

void screen_cards(struct painter *p, const struct view *view) {
    struct places places = chrome_draw(p, view, DOCK_PLAIN);
    struct rect area = places.stage;
    flow_title(p, &area, say(p, "title.cards"));
    flow_text(p, &area, &style_body, mm(p, 3), say(p, "cards.hint"));
    flow_notice(p, view, &places, &area);
    struct rect board = board_below(p, &places, &area);
    rect_cut_top(&board, mm(p, 3), 0);
    rect_cut_bottom(&board, mm(p, 3), 0);
    if (view->of.cards.count > 0)
        draw_cards(p, view, board);
}
