/* Is it you? And which of several hospital cards. */
#include <stdio.h>

#include "ui/screens/screens.h"

void screen_confirm(struct painter *p, const struct view *view) {
    const struct view_account *account = &view->of.confirm.account;
    struct places places = chrome_draw(p, view, say(p, "title.confirm"));
    struct rect info = places.info, card = places.controls;
    hint_draw(p, &places, &info,
              say(p, view->of.confirm.asks_last4 ? "confirm.hint.last4" : "confirm.hint"));
    bool money = account->has_balance && !view->of.confirm.hidden;
    int rows = (account->id_no[0] != 0) + (account->card_no[0] != 0) + (account->ward[0] != 0) +
               (account->bed[0] != 0) + money;
    float em = places.wide ? TEXT_SMALL : TEXT_LABEL;
    int height = mm(p, places.wide ? 34 : 58) + rows * mm(p, em * 1.25f + 3);
    if (card.h > height)
        card.h = height;
    card_draw(p, card);
    struct rect inside = rect_inset(card, mm(p, 8), mm(p, 4));
    struct rect top =
        rect_cut_top(&inside, mm(p, places.wide ? 20 : 38), mm(p, places.wide ? 2 : 6));
    badge_draw(p, rect_cut_left(&top, top.h, mm(p, 6)), ICON_person, COLOUR_ACCENT,
               COLOUR_ACCENT_TINT);
    struct text_style name = one_line(style_title);
    text_draw(p, top, &name, account->name);
    char amount[AMOUNT_TEXT_SIZE] = "";
    if (money)
        amount_text(account->balance_fen, amount);
    flow_pair(p, &inside, em, say(p, "account.id_no"), account->id_no);
    flow_pair(p, &inside, em, say(p, account->inpatient ? "account.ipt_no" : "account.card_no"),
              account->card_no);
    flow_pair(p, &inside, em, say(p, "account.ward"), account->ward);
    flow_pair(p, &inside, em, say(p, "account.bed"), account->bed);
    flow_pair(p, &inside, em, say(p, account->inpatient ? "account.deposit" : "account.balance"),
              amount);
    primary_draw(p, &places, (struct touch){TOUCH_NEXT, 0},
                 say(p, view->of.confirm.asks_last4 ? "confirm.next.last4" : "confirm.next"),
                 false);
}

static void draw_card(struct painter *p, struct rect rect, const struct view_card *card, int n) {
    card_touch(p, rect, (struct touch){TOUCH_CARD, n}, false);
    struct rect inside = rect_inset(rect, mm(p, 4), mm(p, 1));
    struct text_style number = one_line(style_label), line = one_line(style_small);
    number.em_mm = TEXT_BODY;
    char text[160], amount[AMOUNT_TEXT_SIZE] = "";
    if (card->has_balance)
        amount_text(card->balance_fen, amount);
    snprintf(text, sizeof text, "%s%s%s", card->type, card->type[0] && amount[0] ? " · " : "",
             amount);
    if (inside.w > mm(p, 150)) {
        int badge = inside.h < mm(p, 18) ? inside.h : mm(p, 18);
        badge_draw(p, rect_cut_left(&inside, badge, mm(p, 5)), ICON_bankcard, COLOUR_ACCENT,
                   COLOUR_ACCENT_TINT);
        icon_draw(p, rect_cut_right(&inside, mm(p, 9), mm(p, 3)), ICON_right, COLOUR_ACCENT);
    }
    int rows = text[0] ? 2 : 1;
    if (card->built[0] && inside.h >= mm(p, 34))
        rows = 3;
    inside = rect_centre(inside, inside.w,
                         rows * mm(p, 10.5f) < inside.h ? rows * mm(p, 10.5f) : inside.h);
    text_draw(p, rect_cell(inside, 1, rows, 0, 0), &number, card->number);
    if (rows > 1)
        text_draw(p, rect_cell(inside, 1, rows, 0, 1), &line, text);
    if (rows > 2)
        text_draw(p, rect_cell(inside, 1, rows, 0, 2), &line, card->built);
}

void screen_cards(struct painter *p, const struct view *view) {
    struct places places = chrome_draw(p, view, say(p, "title.cards"));
    struct rect info = places.info, area = controls_without_primary(&places);
    int count = view->of.cards.count;
    if (count < 1)
        return;
    int columns = count <= 4 ? 1 : places.wide ? 4 : 2;
    if (columns == 4) {
        area.x = places.whole.x;
        area.w = info.w = places.whole.w;
        info.h = places.reach - mm(p, GAP_MM) - info.y;
    }
    hint_draw(p, &places, &info, say(p, "cards.hint"));
    int rows = (count + columns - 1) / columns, gap = mm(p, GAP_MM);
    if (area.h / rows > mm(p, 40))
        area.h = rows * mm(p, 40);
    for (int i = 0; i < count; i++)
        draw_card(p, rect_cell(area, columns, rows, gap, i), &view->of.cards.cards[i], i + 1);
}
