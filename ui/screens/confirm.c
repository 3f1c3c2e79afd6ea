/* Confirms who it is, and which of several hospital cards is used. */
#include <stdio.h>

#include "ui/screens/screens.h"

#define FACTS 5

struct fact {
    const char *label, *value;
};

/* What is known of the person, masked; `amount` stays empty until it may be shown. */
static void facts_of(struct painter *p, const struct view *view, const char *amount,
                     struct fact facts[FACTS]) {
    const struct view_account *account = &view->of.confirm.account;
    bool stay = account->inpatient;
    facts[0] = (struct fact){say(p, "account.id_no"), account->id_no};
    facts[1] = (struct fact){say(p, stay ? "account.ipt_no" : "account.card_no"), account->card_no};
    facts[2] = (struct fact){say(p, "account.ward"), account->ward};
    facts[3] = (struct fact){say(p, "account.bed"), account->bed};
    facts[4] = (struct fact){say(p, stay ? "account.deposit" : "account.balance"), amount};
}

static void draw_person(struct painter *p, const struct view *view, struct rect area, bool wide) {
    const struct view_account *account = &view->of.confirm.account;
    char amount[AMOUNT_TEXT_SIZE] = "";
    if (account->has_balance && !view->of.confirm.hidden)
        amount_text(account->balance_fen, amount);
    struct fact facts[FACTS];
    facts_of(p, view, amount, facts);
    bool narrow = wide && area.h < mm(p, 140);
    float em_mm = narrow ? TEXT_SMALL : wide ? TEXT_LABEL : TEXT_LABEL + 1;
    int pad = mm(p, narrow ? 4 : 10), gap = mm(p, narrow ? 2 : 6);
    int badge = mm(p, narrow ? 20 : wide ? 32 : 48);
    int height = badge + gap + 2 * pad;
    for (int i = 0; i < FACTS; i++)
        height += pair_height(p, area.w - 2 * mm(p, 8), em_mm, facts[i].label, facts[i].value);
    area = rect_rows(area, 1, height, 0);
    card_draw(p, area);
    struct rect inside = rect_inset(area, mm(p, 8), pad), top = rect_cut_top(&inside, badge, gap);
    badge_draw(p, rect_cut_left(&top, badge, mm(p, 6)), ICON_person, COLOUR_ACCENT,
               COLOUR_ACCENT_TINT);
    struct text_style name = one_line(style_title);
    text_draw(p, top, &name, account->name);
    for (int i = 0; i < FACTS; i++)
        flow_pair(p, &inside, em_mm, facts[i].label, facts[i].value);
}

void screen_confirm(struct painter *p, const struct view *view) {
    if (view->of.confirm.refund_count > 0) {
        screen_refund_confirm(p, view);
        return;
    }
    bool last4 = view->of.confirm.asks_last4;
    struct places places = chrome_draw(p, view, say(p, "title.confirm"));
    stage_draw(p, &places, ICON_person, say(p, last4 ? "confirm.hint.last4" : "confirm.hint"));
    draw_person(p, view, places.controls, places.wide);
    primary_draw(p, &places, (struct touch){TOUCH_NEXT, 0},
                 say(p, last4 ? "confirm.next.last4" : "confirm.next"), false);
}

static void draw_hospital_card(struct painter *p, struct rect rect, const struct view_card *card,
                               int n) {
    card_touch(p, rect, (struct touch){TOUCH_CARD, n}, false);
    struct rect inside = rect_inset(rect, mm(p, 4), mm(p, 1));
    struct text_style number = one_line(style_label), line = one_line(style_small);
    bool roomy = inside.h > mm(p, 50) && inside.w > mm(p, 150);
    int row = mm(p, roomy ? 15 : 10.5f);
    number.em_mm = roomy ? TEXT_HEAD : TEXT_BODY;
    line.em_mm = roomy ? TEXT_LABEL : TEXT_SMALL;
    char text[160], built[160] = "", amount[AMOUNT_TEXT_SIZE] = "";
    if (card->has_balance)
        amount_text(card->balance_fen, amount);
    snprintf(text, sizeof text, "%s%s%s", card->type, card->type[0] && amount[0] ? " · " : "",
             amount);
    if (inside.w > mm(p, 150)) {
        int most = mm(p, roomy ? 30 : 18), badge = inside.h < most ? inside.h : most;
        badge_draw(p, rect_cut_left(&inside, badge, mm(p, 5)), ICON_bankcard, COLOUR_ACCENT,
                   COLOUR_ACCENT_TINT);
        icon_draw(p, rect_cut_right(&inside, mm(p, 9), mm(p, 3)), ICON_right, COLOUR_ACCENT);
    }
    if (card->built[0])
        strings_fill(built, sizeof built, say(p, "cards.built"), card->built, "");
    if (text_width(p, &line, built) > inside.w)
        built[0] = '\0';
    const char *lines[] = {card->number, text, built};
    int rows = 0, drawn = 0;
    for (int i = 0; i < 3; i++)
        rows += lines[i][0] && (rows + 1) * row <= inside.h;
    inside = rect_centre(inside, inside.w, rows * row);
    for (int i = 0; i < 3 && drawn < rows; i++)
        if (lines[i][0])
            text_draw(p, rect_cell(inside, 1, rows, 0, drawn++), i ? &line : &number, lines[i]);
}

void screen_cards(struct painter *p, const struct view *view) {
    struct places places = chrome_draw(p, view, say(p, "title.cards"));
    struct rect area = controls_without_primary(&places);
    int count = view->of.cards.count;
    if (count < 1)
        return;
    int columns = count <= 4 ? 1 : places.wide ? 4 : 2;
    if (columns == 4) {
        area.x = places.whole.x;
        area.w = places.info.w = places.whole.w;
        places.info.h = places.reach - mm(p, GAP_MM) - places.info.y;
    }
    stage_draw(p, &places, ICON_cards, say(p, "cards.hint"));
    int rows = (count + columns - 1) / columns, gap = mm(p, GAP_MM);
    area = rect_rows(area, rows, mm(p, places.wide ? 48 : 58), gap);
    for (int i = 0; i < count; i++)
        draw_hospital_card(p, rect_cell(area, columns, rows, gap, i), &view->of.cards.cards[i],
                           i + 1);
}
