/* Paying: a code for the phone to read, or the phone's code for the scanner, and the time left. */
#include <stdio.h>

#include "ui/qr.h"
#include "ui/screens/screens.h"

static void draw_due(struct painter *p, struct rect *area, int64_t fen, int height) {
    struct text_style label = styled(style_small, ALIGN_CENTRE, COLOUR_QUIET);
    struct text_style sum = styled(style_amount, ALIGN_CENTRE, COLOUR_INK);
    flow_text(p, area, &label, 0, say(p, "pay.amount"));
    amount_draw(p, rect_cut_top(area, height, mm(p, 1)), &sum, fen);
}

static void draw_order_no(struct painter *p, struct rect rect, const char *order_no) {
    char text[128];
    if (!order_no[0])
        return; /* not opened yet */
    struct text_style style = one_line(styled(style_small, ALIGN_CENTRE, COLOUR_QUIET));
    style.shrink = true;
    text_draw(p, rect, &style, strings_fill(text, sizeof text, say(p, "pay.order"), order_no, ""));
}

/* The ring, and beside it what to do. */
static void draw_time(struct painter *p, struct rect rect, int left_s, int whole_s,
                      const char *words) {
    int ring = rect.h < mm(p, 38) ? rect.h : mm(p, 38);
    countdown_draw(p, rect_cut_left(&rect, ring, mm(p, 5)), left_s, whole_s);
    struct text_style text = style_body;
    text.em_mm = TEXT_LABEL;
    text.middle = true;
    if (text_height(p, rect.w, &text, words) > rect.h)
        text.em_mm = TEXT_SMALL;
    text_draw(p, rect, &text, words);
}

static void draw_cancel(struct painter *p, struct rect rect) {
    struct button cancel = {
        {TOUCH_CANCEL, 0}, say(p, "pay.cancel"), ICON_cancel, LOOK_PLAIN, false};
    button_draw(p, rect, &cancel);
}

static const char *scan_words(struct painter *p, const struct view *view, char *out, int size) {
    char key[48];
    snprintf(key, sizeof key, "channel.%s", channel_name(view->of.pay_qr.channel));
    return strings_fill(out, size, say(p, "pay_qr.text"), say(p, key), "");
}

/* The code takes the height of the panel; all else stands beside it. */
static void draw_qr_wide(struct painter *p, const struct view *view, const char *words) {
    struct places places = chrome_draw(p, view, "");
    struct rect area = places.whole;
    int side = area.h < area.w * 45 / 100 ? area.h : area.w * 45 / 100;
    code_draw(p, rect_cut_left(&area, side, mm(p, 8)), view->of.pay_qr.link);
    struct text_style title = styled(style_title, ALIGN_CENTRE, COLOUR_INK);
    title.em_mm = area.h > mm(p, 160) ? TEXT_TITLE : TEXT_HEAD;
    const char *head = say(p, "title.pay_qr");
    int used = text_height(p, area.w, &title, head) + mm(p, 11 + 30 + 1 + 34 + 12 + 8);
    if (used < area.h)
        area = rect_centre(area, area.w, used);
    flow_text(p, &area, &title, mm(p, 4), head);
    draw_due(p, &area, view->of.pay_qr.amount_fen, mm(p, 30));
    draw_time(p, rect_cut_top(&area, mm(p, 34), mm(p, 4)), view->of.pay_qr.left_s,
              view->of.pay_qr.whole_s, words);
    draw_order_no(p, rect_cut_top(&area, mm(p, 12), 0), view->of.pay_qr.order_no);
    draw_cancel(p, places.primary);
}

static void draw_qr_tall(struct painter *p, const struct view *view, const char *words) {
    struct places places = chrome_draw(p, view, say(p, "title.pay_qr"));
    struct rect area = places.whole;
    draw_cancel(p, rect_cut_bottom(&area, mm(p, BAR_MM), mm(p, 3)));
    draw_order_no(p, rect_cut_bottom(&area, mm(p, 12), mm(p, 2)), view->of.pay_qr.order_no);
    draw_due(p, &area, view->of.pay_qr.amount_fen, mm(p, 32));
    draw_time(p, rect_cut_bottom(&area, mm(p, 40), mm(p, 4)), view->of.pay_qr.left_s,
              view->of.pay_qr.whole_s, words);
    struct rect code = area;
    if (code.w > mm(p, 180) && qr_size(p->qr, view->of.pay_qr.link, mm(p, 180)) >= mm(p, QR_MM))
        code = rect_centre(area, mm(p, 180), area.h);
    code_draw(p, code, view->of.pay_qr.link);
}

void screen_pay_qr(struct painter *p, const struct view *view) {
    char words[256];
    scan_words(p, view, words, sizeof words);
    if (p->canvas.width > p->canvas.height)
        draw_qr_wide(p, view, words);
    else
        draw_qr_tall(p, view, words);
}

/* What is to be done, in a picture: at the pinpad or with the phone. */
static void draw_pay_picture(struct painter *p, struct rect rect, const struct view *view) {
    if (view->of.pay_code.card)
        pinpad_draw(p, rect, view->of.pay_code.step);
    else
        badge_draw(p, rect, ICON_phonecode, COLOUR_ACCENT, COLOUR_ACCENT_TINT);
}

/* Below it: the time there is, or that the pinpad has it. */
static void draw_pay_time(struct painter *p, struct rect rect, const struct view *view) {
    if (view->of.pay_code.whole_s > 0) {
        draw_time(p, rect, view->of.pay_code.left_s, view->of.pay_code.whole_s,
                  say(p, "pay_code.time"));
        return;
    }
    struct text_style text = styled(style_body, ALIGN_CENTRE, COLOUR_QUIET);
    text.middle = true;
    text_draw(p, rect, &text, say(p, "pay_card.decides"));
}

void screen_pay_code(struct painter *p, const struct view *view) {
    bool card = view->of.pay_code.card;
    struct places places = chrome_draw(p, view, say(p, card ? "title.pay_card" : "title.pay_code"));
    struct rect info = places.info, area = controls_without_primary(&places);
    draw_due(p, &info, view->of.pay_code.amount_fen, mm(p, 34));
    draw_order_no(p, rect_cut_top(&info, mm(p, 12), 0), view->of.pay_code.order_no);
    struct rect cancel =
        places.wide ? places.primary : rect_cut_bottom(&area, mm(p, BAR_MM), mm(p, 5));
    if (view->of.pay_code.can_cancel)
        draw_cancel(p, cancel);
    struct rect panel = area;
    if (panel.h > mm(p, 190))
        panel.h = mm(p, 190);
    card_draw(p, panel);
    struct rect inside = rect_inset(panel, mm(p, 8), mm(p, 5));
    draw_pay_time(p, rect_cut_bottom(&inside, mm(p, places.wide ? 30 : 40), mm(p, 4)), view);
    struct text_style text =
        styled(places.wide ? style_label : style_head, ALIGN_CENTRE, COLOUR_INK);
    text.shrink = false;
    text.middle = true;
    int most = mm(p, card ? 90 : 64), picture = inside.h * (card ? 60 : 45) / 100;
    if (places.wide) {
        int wide = card ? inside.w * 2 / 5 : mm(p, 36);
        text.align = ALIGN_LEFT;
        draw_pay_picture(p, rect_cut_left(&inside, wide, mm(p, 6)), view);
    } else {
        draw_pay_picture(p, rect_cut_top(&inside, picture < most ? picture : most, mm(p, 3)), view);
    }
    text_draw(p, inside, &text, say(p, view->of.pay_code.progress_key));
}

void screen_waiting(struct painter *p, const struct view *view) {
    struct places places = chrome_draw(p, view, "");
    struct rect area = places.whole;
    struct text_style title = styled(style_title, ALIGN_CENTRE, COLOUR_INK);
    struct text_style text = styled(style_body, ALIGN_CENTRE, COLOUR_QUIET);
    text.em_mm = places.wide ? TEXT_BODY : TEXT_LABEL + 1;
    char waited[16], words[64];
    int ring = mm(p, places.wide ? 36 : 60), gap = mm(p, places.wide ? 4 : 8);
    const char *title_words = say(p, view->of.waiting.title_key);
    const char *text_words = say(p, view->of.waiting.text_key);
    int sum = view->of.waiting.has_amount ? mm(p, 32) : 0;
    if (view->of.waiting.can_cancel && places.wide)
        draw_cancel(p, places.primary);
    else if (view->of.waiting.can_cancel)
        draw_cancel(p, rect_cut_bottom(&area, mm(p, BAR_MM), mm(p, 3)));
    int height = ring + gap + text_height(p, area.w, &title, title_words) + mm(p, 3) + sum +
                 text_height(p, area.w, &text, text_words) + mm(p, 26);
    if (height < area.h)
        area = rect_centre(area, area.w, height);
    spinner_draw(p, rect_cut_top(&area, ring, gap));
    flow_text(p, &area, &title, mm(p, 3), title_words);
    if (sum > 0) {
        struct text_style amount = styled(style_amount, ALIGN_CENTRE, COLOUR_INK);
        amount_draw(p, rect_cut_top(&area, sum, 0), &amount, view->of.waiting.amount_fen);
    }
    flow_text(p, &area, &text, mm(p, 3), text_words);
    snprintf(waited, sizeof waited, "%d", view->of.waiting.waited_s);
    if (view->of.waiting.waited_s > 0 && area.h >= mm(p, 10)) {
        struct text_style small = one_line(styled(style_small, ALIGN_CENTRE, COLOUR_QUIET));
        text_draw(p, rect_cut_top(&area, mm(p, 10), 0), &small,
                  strings_fill(words, sizeof words, say(p, "waiting.waited"), waited, ""));
    }
    if (view->of.waiting.order_no[0] && area.h >= mm(p, 10))
        draw_order_no(p, rect_cut_top(&area, mm(p, 10), 0), view->of.waiting.order_no);
}
