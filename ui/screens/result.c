/* What became of the money, and where to go now. */
#include <stdio.h>

#include "ui/screens/screens.h"

struct tone {
    enum icon icon;
    rgb ink, tint;
};
static const struct tone tones[] = {
    [TONE_GOOD] = {ICON_check, COLOUR_GOOD, COLOUR_GOOD_TINT},
    [TONE_WAIT] = {ICON_clock, COLOUR_WARN, COLOUR_WARN_TINT},
    [TONE_RETURNED] = {ICON_return, COLOUR_BACK, COLOUR_BACK_TINT},
    [TONE_WINDOW] = {ICON_desk, COLOUR_WARN, COLOUR_WARN_TINT},
    [TONE_NOT_PAID] = {ICON_cross, COLOUR_CALM, COLOUR_CALM_TINT},
};

/* Icon, title and text on the tint of the tone; takes its height from the top of `area`. */
static void draw_verdict(struct painter *p, const struct view *view, struct rect *area, int icon) {
    const struct tone *tone = &tones[view->of.result.tone];
    const char *title = say(p, view->of.result.title_key),
               *words = say(p, view->of.result.text_key);
    struct text_style head = style_title, text = styled(style_small, ALIGN_LEFT, COLOUR_INK);
    if (icon > mm(p, 30)) {
        head.em_mm = TEXT_AMOUNT;
        text.em_mm = TEXT_LABEL;
    }
    int pad = mm(p, 5), width = area->w - 2 * pad - icon - mm(p, 5);
    int text_rows = text_height(p, width, &text, words);
    int height = text_height(p, width, &head, title) + text_rows;
    height = (height < icon ? icon : height) + 2 * mm(p, 3);
    struct rect box = rect_cut_top(area, height < area->h ? height : area->h, mm(p, 3));
    canvas_round(&p->canvas, box, mm(p, RADIUS_MM), tone->tint);
    struct rect inside = rect_inset(box, pad, mm(p, 3));
    badge_draw(p, rect_cut_left(&inside, icon, mm(p, 5)), tone->icon, COLOUR_CARD, tone->ink);
    int used = text_height(p, inside.w, &head, title) + text_rows;
    if (used < inside.h)
        inside = rect_centre(inside, inside.w, used);
    flow_text(p, &inside, &head, 0, title);
    flow_text(p, &inside, &text, 0, words);
}

/* The same in the middle of a box of this height, where there is nothing else to say. */
static void draw_verdict_large(struct painter *p, const struct view *view, struct rect *area,
                               int height) {
    const struct tone *tone = &tones[view->of.result.tone];
    const char *title = say(p, view->of.result.title_key);
    const char *words = say(p, view->of.result.text_key);
    struct text_style head = styled(style_title, ALIGN_CENTRE, COLOUR_INK);
    struct text_style text = styled(style_small, ALIGN_CENTRE, COLOUR_INK);
    bool roomy = height > mm(p, 170);
    int pad = mm(p, roomy ? 10 : 4), gap = mm(p, roomy ? 6 : 2), width = area->w - 2 * pad;
    head.em_mm = roomy ? TEXT_AMOUNT : TEXT_HEAD;
    text.em_mm = roomy ? TEXT_LABEL + 1 : TEXT_SMALL;
    int used = text_height(p, width, &head, title) + gap + text_height(p, width, &text, words);
    int icon = height - used - gap - 2 * pad, most = mm(p, 76);
    icon = icon > most ? most : icon < mm(p, 18) ? 0 : icon;
    struct rect box = rect_cut_top(area, height, mm(p, 5));
    canvas_round(&p->canvas, box, mm(p, RADIUS_MM), tone->tint);
    struct rect inside = rect_inset(box, pad, pad);
    int content = used + (icon ? icon + gap : 0);
    if (content < inside.h)
        inside = rect_centre(inside, inside.w, content);
    if (icon)
        badge_draw(p, rect_cut_top(&inside, icon, gap), tone->icon, COLOUR_CARD, tone->ink);
    flow_text(p, &inside, &head, gap, title);
    flow_text(p, &inside, &text, 0, words);
}

static void draw_facts(struct painter *p, const struct view *view, struct rect area, float em_mm) {
    char paid[AMOUNT_TEXT_SIZE], back[AMOUNT_TEXT_SIZE] = "";
    amount_text(view->of.result.amount_fen, paid);
    if (view->of.result.has_returned)
        amount_text(view->of.result.returned_fen, back);
    const char *channel = view->of.result.channel_key;
    const struct {
        const char *label, *value;
    } facts[] = {
        {"result.returned", back},
        {"result.case_no", view->of.result.case_no},
        {"result.channel", channel[0] ? say(p, channel) : ""},
        {"result.time", view->of.result.time},
        {"result.order_no", view->of.result.order_no},
    };
    struct text_style sum = styled(style_head, ALIGN_RIGHT, COLOUR_INK), label = style_small;
    sum.strong = true;
    sum.em_mm = em_mm * 1.6f;
    label.em_mm = em_mm;
    label.middle = sum.middle = true;
    if (view->of.result.amount_key[0]) {
        struct rect row = rect_cut_top(&area, mm(p, em_mm * 2), 0);
        text_draw(p, row, &label, say(p, view->of.result.amount_key));
        text_draw(p, row, &sum, paid);
    }
    for (int i = 0; i < 5; i++)
        if (area.h >= mm(p, em_mm * 1.3f))
            flow_pair(p, &area, em_mm, say(p, facts[i].label), facts[i].value);
}

/* How many rows draw_facts wants. */
static int fact_count(const struct view *view) {
    return 2 + view->of.result.has_returned + (view->of.result.case_no[0] != '\0') +
           (view->of.result.channel_key[0] != '\0');
}

/* The same on a card; takes its height from `area`. */
static void draw_facts_card(struct painter *p, const struct view *view, struct rect *area,
                            float em_mm) {
    int height = fact_count(view) * mm(p, em_mm * 1.25f + 1.6f) + mm(p, 6);
    if (view->of.result.amount_key[0])
        height += mm(p, em_mm * 2);
    struct rect card = rect_cut_top(area, height < area->h ? height : area->h, mm(p, 4));
    card_draw(p, card);
    draw_facts(p, view, rect_inset(card, mm(p, 6), mm(p, 3)), em_mm);
}

static int print_width(struct painter *p) {
    return text_width(p, &style_label, say(p, "result.print")) + mm(p, 18);
}

/* The height the words about the receipt want beside the button. */
static int receipt_height(struct painter *p, const struct view *view, int width) {
    if (view->of.result.can_print)
        width -= print_width(p) + mm(p, 4);
    int text = text_height(p, width - mm(p, 13), &style_small, say(p, view->of.result.receipt_key));
    return text > mm(p, BAR_MM) ? text : mm(p, BAR_MM);
}

static void draw_receipt(struct painter *p, const struct view *view, struct rect rect) {
    if (view->of.result.can_print) {
        struct button print = {
            {TOUCH_PRINT, 0}, say(p, "result.print"), ICON_printer, LOOK_PLAIN, false};
        struct rect place = rect_cut_right(&rect, print_width(p), mm(p, 4));
        button_draw(p, rect_centre(place, place.w, mm(p, BAR_MM)), &print);
    }
    struct text_style text = styled(style_small, ALIGN_LEFT, COLOUR_INK);
    text.middle = true;
    if (!view->of.result.receipt_key[0])
        return;
    icon_draw(p, rect_cut_left(&rect, mm(p, 10), mm(p, 3)), ICON_printer, COLOUR_QUIET);
    text_draw(p, rect, &text, say(p, view->of.result.receipt_key));
}

static bool has_receipt_row(const struct view *view) {
    return view->of.result.can_print ||
           (view->of.result.receipt_key[0] && !view->of.result.photo_code[0]);
}

/* A wide panel: what happened on the left, where to go now on the right. */
static void draw_result_wide(struct painter *p, const struct view *view,
                             const struct places *places) {
    struct rect left = places->info, right = places->whole;
    bool advice = advice_given(view);
    right.x = places->controls.x;
    right.w = places->controls.w;
    if (!advice) {
        left.w = places->whole.w / 2 - mm(p, 6);
        right.x = places->whole.x + places->whole.w / 2;
        right.w = places->whole.w - places->whole.w / 2;
    }
    if (has_receipt_row(view))
        draw_receipt(p, view, rect_cut_bottom(&right, receipt_height(p, view, right.w), mm(p, 2)));
    if (advice) {
        draw_verdict(p, view, &left, mm(p, 22));
        draw_facts(p, view, left, TEXT_SMALL);
        advice_draw(p, view, right);
    } else {
        draw_verdict_large(p, view, &left, left.h);
        draw_facts_card(p, view, &right, TEXT_SMALL + 1);
    }
}

static void draw_result_tall(struct painter *p, const struct view *view,
                             const struct places *places) {
    struct rect area = places->whole;
    bool advice = advice_given(view);
    area.h = places->controls.y + places->controls.h - area.y;
    if (has_receipt_row(view))
        draw_receipt(p, view, rect_cut_bottom(&area, receipt_height(p, view, area.w), mm(p, 3)));
    if (advice)
        draw_verdict(p, view, &area, mm(p, 40));
    else
        draw_verdict_large(p, view, &area, area.h * 58 / 100);
    bool much = view->of.result.guide_count > 1 || view->of.result.photo_code[0];
    draw_facts_card(p, view, &area, advice && much ? TEXT_SMALL : TEXT_LABEL);
    if (advice)
        advice_draw(p, view, area);
}

void screen_result(struct painter *p, const struct view *view) {
    struct places places = chrome_draw(p, view, "");
    primary_draw(p, &places, (struct touch){TOUCH_HOME, 0}, say(p, "result.done"), false);
    if (places.wide)
        draw_result_wide(p, view, &places);
    else
        draw_result_tall(p, view, &places);
}
